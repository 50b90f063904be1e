//! Who certifies in the sandbox: an invented eHealth CA, the signers of assertions under it, and a CA for TLS.
//!
//! Nothing of it is trusted anywhere but in the sandbox's own profile, and every name says that it is invented.

use jiff::Timestamp;
use openssl::error::ErrorStack;

use super::state::{Folder, StateError};
use crate::x509::{self, Authority, KeyType, Request, Subject, Usage, Validity};

/// Attributes of the STS signer's subject that a profile asks for. `IAMSANDBOX` stands where the platform has
/// `IAMACC` or `IAMINT`, so that no sandbox signer can be taken for one of those.
/// Source: docs/reference/ehealth-sts.md, section 5 (the number is eHealth's own).
pub const STS_SIGNER: [&str; 2] = ["OU=IAMSANDBOX", "OU=CBE=0809394427"];

/// Attributes of the list signer's subject that a profile asks for; the platform's own has `SERVICELIST`.
/// Source: docs/reference/ehealth-bcp.md, section 3.
pub const LIST_SIGNER: [&str; 2] = ["OU=SERVICELISTSANDBOX", "OU=CBE=0809394427"];

/// Attributes of the subject of who signs tokens for encryption. What the platform's own has is not known.
pub const ETK_SIGNER: [&str; 2] = ["OU=ETKSANDBOX", "OU=CBE=0809394427"];

/// First moment of every authority: long before any clock of a test, and in the past for TLS.
const FOUNDED: &str = "2020-01-01T00:00:00Z";

/// Life of the authorities and of the TLS server: TLS checks real time, whatever the sandbox's clock says.
const LIFE_YEARS: i16 = 30;

fn founded() -> Timestamp {
    FOUNDED.parse().expect("a literal instant")
}

fn life() -> Validity {
    Validity::years(founded(), LIFE_YEARS)
}

/// The authorities of one sandbox.
#[derive(Clone)]
pub struct Authorities {
    /// Root of the invented eHealth CA.
    pub root: Authority,
    /// Issues eHealth certificates.
    pub issuing: Authority,
    /// Signs assertions.
    pub sts: Authority,
    /// Signs lists of services.
    pub list: Authority,
    /// Signs tokens for encryption.
    pub etk: Authority,
    /// An organisation under the same CA that calls its application as the STS does: right chain, wrong signer.
    pub impostor: Authority,
    /// The same of the publisher of lists.
    pub list_impostor: Authority,
    /// Has the name of the STS signer, but its time is over.
    pub retired: Authority,
    /// Has the name of the STS signer from a CA of the same name that nobody trusts.
    pub forged: Authority,
    /// Root for TLS.
    pub tls_root: Authority,
    /// The TLS server, for `localhost` and `127.0.0.1`.
    pub tls: Authority,
    /// A TLS server whose certificate has expired.
    pub tls_expired: Authority,
    /// A TLS server for another name.
    pub tls_elsewhere: Authority,
    /// A TLS server from a root nobody trusts.
    pub tls_unknown: Authority,
}

impl Authorities {
    /// Reads the authorities of a folder, or founds them there.
    pub(crate) fn open(state: &Folder) -> Result<Self, StateError> {
        let folder = state.inner("authority")?;
        let root = kept(&folder, "root", || ca("root CA", KeyType::Rsa2048))?;
        let issuing = kept(&folder, "issuing", || issuing(&root))?;
        let tls_root = kept(&folder, "tls-root", tls_root)?;
        Ok(Self {
            sts: kept(&folder, "sts", || {
                organisation(&issuing, STS_APPLICATION, KeyType::Rsa2048, EHEALTH, life())
            })?,
            list: kept(&folder, "list", || {
                organisation(&issuing, LIST_APPLICATION, KeyType::Rsa2048, EHEALTH, life())
            })?,
            etk: kept(&folder, "etk", || {
                organisation(&issuing, ETK_APPLICATION, KeyType::Rsa2048, EHEALTH, life())
            })?,
            impostor: kept(&folder, "impostor", || {
                organisation(&issuing, STS_APPLICATION, KeyType::EcP256, SOMEBODY, life())
            })?,
            list_impostor: kept(&folder, "list-impostor", || {
                organisation(&issuing, LIST_APPLICATION, KeyType::EcP256, SOMEBODY, life())
            })?,
            retired: kept(&folder, "retired", || retired(&issuing))?,
            forged: kept(&folder, "forged", forged)?,
            tls: kept(&folder, "tls", || server(&tls_root, "localhost", founded()))?,
            tls_expired: kept(&folder, "tls-expired", || tls_expired(&tls_root))?,
            tls_elsewhere: kept(&folder, "tls-elsewhere", || elsewhere(&tls_root))?,
            tls_unknown: kept(&folder, "tls-unknown", || server(&self::tls_root()?, "localhost", founded()))?,
            root,
            issuing,
            tls_root,
        })
    }

    /// PEM of the anchors a profile trusts for assertions and eHealth certificates: root and issuing CA.
    pub fn ehealth_anchors(&self) -> Result<Vec<u8>, ErrorStack> {
        let mut pem = self.root.certificate.to_pem()?;
        pem.extend(self.issuing.certificate.to_pem()?);
        Ok(pem)
    }
}

fn kept(
    folder: &Folder,
    name: &str,
    found: impl FnOnce() -> Result<Authority, ErrorStack>,
) -> Result<Authority, StateError> {
    let file = format!("{name}.pem");
    if let Some(pem) = folder.read(&file)? {
        return Ok(Authority::from_pem(&pem)?);
    }
    let new = found()?;
    folder.write(&file, new.to_pem()?.as_bytes())?;
    Ok(new)
}

fn ca_name(what: &str) -> Subject {
    Subject::from([("C", "BE"), ("O", "Relais sandbox")])
        .with("CN", &format!("Relais sandbox eHealth {what} 001"))
}

fn ca(what: &str, key: KeyType) -> Result<Authority, ErrorStack> {
    Authority::root(ca_name(what), key, life())
}

fn issuing(root: &Authority) -> Result<Authority, ErrorStack> {
    root.subordinate(ca_name("issuing CA"), KeyType::Rsa2048, life())
}

fn forged() -> Result<Authority, ErrorStack> {
    let root = ca("root CA", KeyType::EcP256)?;
    let issuing = root.subordinate(ca_name("issuing CA"), KeyType::EcP256, life())?;
    organisation(&issuing, STS_APPLICATION, KeyType::EcP256, EHEALTH, life())
}

fn retired(issuing: &Authority) -> Result<Authority, ErrorStack> {
    organisation(issuing, STS_APPLICATION, KeyType::EcP256, EHEALTH, Validity::days(founded(), 1))
}

/// Number of the platform itself.
const EHEALTH: &str = "0809394427";
/// Number of an organisation that could be anybody's; it keeps the check rule.
const SOMEBODY: &str = "0200000043";
/// Application id of the STS.
const STS_APPLICATION: &str = "IAMSANDBOX";
/// Application id of the publisher of lists.
const LIST_APPLICATION: &str = "SERVICELISTSANDBOX";
/// Application id of the ETK depot.
const ETK_APPLICATION: &str = "ETKSANDBOX";

/// An organisation certificate of one application.
/// Source: docs/reference/ehealth-certificates.md, section 2.
fn organisation(
    issuing: &Authority,
    application: &str,
    key: KeyType,
    cbe: &str,
    validity: Validity,
) -> Result<Authority, ErrorStack> {
    let key = key.generate()?;
    let public = x509::public(&key)?;
    let subject = Subject::from([("C", "BE"), ("O", "Federal Government"), ("OU", application)])
        .with("OU", &format!("CBE={cbe}"))
        .with("OU", "RELAIS-SANDBOX")
        .with("OU", "eHealth-platform Belgium")
        .with("CN", &format!("CBE={cbe}, {application}"));
    let certificate = issuing.issue(Request::new(subject, &public, Usage::EHEALTH, validity))?;
    Ok(Authority { certificate, key })
}

fn tls_root() -> Result<Authority, ErrorStack> {
    Authority::root(
        [("C", "BE"), ("O", "Relais sandbox"), ("CN", "Relais sandbox TLS root 001")],
        KeyType::EcP256,
        life(),
    )
}

fn server(root: &Authority, name: &str, from: Timestamp) -> Result<Authority, ErrorStack> {
    root.tls_server(KeyType::EcP256, &[name], &["127.0.0.1"], from)
}

fn elsewhere(root: &Authority) -> Result<Authority, ErrorStack> {
    root.tls_server(KeyType::EcP256, &["elsewhere.invalid"], &[], founded())
}

fn tls_expired(root: &Authority) -> Result<Authority, ErrorStack> {
    server(root, "localhost", "1995-01-01T00:00:00Z".parse().expect("a literal instant"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use openssl::nid::Nid;

    #[test]
    fn authorities_are_founded_once_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let state = Folder::open(dir.path()).unwrap();
        let first = Authorities::open(&state).unwrap();
        let second = Authorities::open(&state).unwrap();
        for (one, two) in [(&first.sts, &second.sts), (&first.tls, &second.tls), (&first.root, &second.root)]
        {
            assert_eq!(one.certificate.to_der().unwrap(), two.certificate.to_der().unwrap());
            assert!(two.certificate.public_key().unwrap().public_eq(&two.key));
        }
    }

    #[test]
    fn only_the_true_signer_carries_every_attribute_the_profile_asks_for() {
        let dir = tempfile::tempdir().unwrap();
        let all = Authorities::open(&Folder::open(dir.path()).unwrap()).unwrap();
        let fits = |who: &Authority| {
            let units: Vec<_> = who
                .certificate
                .subject_name()
                .entries_by_nid(Nid::ORGANIZATIONALUNITNAME)
                .map(|it| format!("OU={}", it.data().to_string().unwrap()))
                .collect();
            STS_SIGNER.iter().all(|wanted| units.iter().any(|unit| unit == wanted))
        };
        assert!(fits(&all.sts) && fits(&all.retired) && fits(&all.forged));
        assert!(!fits(&all.impostor));
    }
}
