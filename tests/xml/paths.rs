//! Paths from a signer to an anchor, each with one thing wrong (threat T18): a certificate that can be read is not yet one
//! that is believed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::SignedDuration;
use openssl::asn1::{Asn1Object, Asn1OctetString, Asn1Time};
use openssl::bn::{BigNum, MsbOption};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use openssl::x509::{X509, X509Extension, X509Name};
use relais_core::Problem;
use relais_core::ports::{KeyKind, Later, Signer};
use relais_ehealth::xml::XmlError;
use relais_ehealth::xml::verify::{self, Trust};

use crate::documents::unsigned_assertion;
use crate::keys::{fresh_key, now, platform, raw_signature};

/// One certificate of a path, before it is issued.
struct Recipe {
    name: X509Name,
    key: PKey<Private>,
    days: (i64, i64),
    ca: Option<Option<u32>>,
    usage: fn(&mut KeyUsage) -> &mut KeyUsage,
    more: Vec<X509Extension>,
}

fn name(parts: &[(&str, &str)]) -> X509Name {
    let mut name = X509Name::builder().unwrap();
    parts.iter().for_each(|(kind, value)| name.append_entry_by_text(kind, value).unwrap());
    name.build()
}

impl Recipe {
    /// An authority that may issue whatever it wants.
    fn authority(common_name: &str) -> Self {
        let name = name(&[("C", "BE"), ("O", "Federal Government"), ("CN", common_name)]);
        Self {
            name,
            key: fresh_key(KeyKind::EcP256),
            days: (-30, 700),
            ca: Some(None),
            usage: |usage| usage.key_cert_sign().crl_sign(),
            more: vec![],
        }
    }

    /// The platform's signer.
    fn signer() -> Self {
        Self {
            name: name(&[("C", "BE"), ("O", "Federal Government"), ("OU", "IAMACC")]),
            key: fresh_key(KeyKind::EcP256),
            days: (-30, 700),
            ca: None,
            usage: |usage| usage.digital_signature().non_repudiation(),
            more: vec![],
        }
    }

    fn with(mut self, extension: X509Extension) -> Self {
        self.more.push(extension);
        self
    }

    fn issued_by(&self, issuer: &Self) -> X509 {
        let mut builder = X509::builder().unwrap();
        let mut serial = BigNum::new().unwrap();
        serial.rand(120, MsbOption::MAYBE_ZERO, false).unwrap();
        builder.set_version(2).unwrap();
        builder.set_serial_number(&serial.to_asn1_integer().unwrap()).unwrap();
        builder.set_subject_name(&self.name).unwrap();
        builder.set_issuer_name(&issuer.name).unwrap();
        let day = |days: i64| {
            Asn1Time::from_unix((now() + SignedDuration::from_hours(24 * days)).as_second()).unwrap()
        };
        builder.set_not_before(&day(self.days.0)).unwrap();
        builder.set_not_after(&day(self.days.1)).unwrap();
        builder.set_pubkey(&self.key).unwrap();
        if let Some(longest) = self.ca {
            let mut constraints = BasicConstraints::new();
            constraints.critical().ca();
            longest.map(|longest| constraints.pathlen(longest));
            builder.append_extension(constraints.build().unwrap()).unwrap();
        }
        let usage = (self.usage)(KeyUsage::new().critical()).build().unwrap();
        builder.append_extension(usage).unwrap();
        self.more.iter().for_each(|extension| builder.append_extension2(extension).unwrap());
        builder.sign(&issuer.key, MessageDigest::sha256()).unwrap();
        builder.build()
    }
}

/// What is done to a path, and how that is called.
type Change = (&'static str, fn(&mut Path));

/// Root, intermediate and signer.
struct Path {
    root: Recipe,
    between: Recipe,
    signer: Recipe,
}

impl Path {
    fn good() -> Self {
        Self {
            root: Recipe::authority("Root"),
            between: Recipe::authority("Between"),
            signer: Recipe::signer(),
        }
    }

    fn judged(&self) -> Result<(), XmlError> {
        self.judged_by(&[self.root.issued_by(&self.root)])
    }

    /// The verdict on an assertion by this signer that brings its intermediate along.
    fn judged_by(&self, anchors: &[X509]) -> Result<(), XmlError> {
        let between = self.between.issued_by(&self.root);
        let signer = self.signer.issued_by(&self.between);
        judged(&self.signer.key, &[signer, between], anchors)
    }
}

/// Signs with a key, and names the certificate that belongs to it.
struct Key<'a>(&'a PKey<Private>, Vec<u8>);

impl Signer for Key<'_> {
    fn certificate(&self) -> &[u8] {
        &self.1
    }

    fn kind(&self) -> KeyKind {
        KeyKind::EcP256
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        Box::pin(async move { Ok(raw_signature(self.0, KeyKind::EcP256, &digest)) })
    }
}

fn judged(key: &PKey<Private>, chain: &[X509], anchors: &[X509]) -> Result<(), XmlError> {
    let key = Key(key, chain[0].to_der().unwrap());
    let element = unsigned_assertion("_1", &platform().doctor[0]);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let signed = runtime.block_on(relais_ehealth::xml::sign::enveloped(&element, "_1", &key)).unwrap();
    let signed = String::from_utf8(signed).unwrap();
    let own = BASE64.encode(&key.1);
    let all: Vec<_> = chain.iter().map(|one| BASE64.encode(one.to_der().unwrap())).collect();
    let all = all.join("</ds:X509Certificate><ds:X509Certificate>");
    let trust = Trust { anchors: anchors.to_vec(), signer: vec![], at: now() };
    verify::assertion(signed.replace(&own, &all).as_bytes(), &trust).map(drop)
}

fn extension(oid: &str, critical: bool, der: &[u8]) -> X509Extension {
    let (oid, der) = (Asn1Object::from_str(oid).unwrap(), Asn1OctetString::new_from_bytes(der).unwrap());
    X509Extension::new_from_der(&oid, critical, &der).unwrap()
}

/// NameConstraints that allow only what lies below a name. Source: RFC 5280, section 4.2.1.10.
fn only_below(name: &X509Name) -> X509Extension {
    let wrapped = |tag: u8, content: &[u8]| [&[tag, u8::try_from(content.len()).unwrap()], content].concat();
    let base = wrapped(0xA4, &name.to_der().unwrap());
    let der = wrapped(0x30, &wrapped(0xA0, &wrapped(0x30, &base)));
    extension("2.5.29.30", true, &der)
}

/// An extension that nobody knows.
fn unknown(critical: bool) -> X509Extension {
    extension("1.3.6.1.4.1.99999.1", critical, &[0x05, 0x00])
}

#[test]
fn a_path_with_one_thing_wrong_leads_nowhere() {
    let broken: [Change; 12] = [
        ("an expired signer", |path| path.signer.days = (-30, -1)),
        ("an expired intermediate", |path| path.between.days = (-30, -1)),
        ("an intermediate of tomorrow", |path| path.between.days = (1, 30)),
        ("an expired root", |path| path.root.days = (-30, -1)),
        ("an intermediate that is no authority", |path| path.between.ca = None),
        ("an intermediate whose key signs no certificates", |path| {
            path.between.usage = |usage| usage.digital_signature();
        }),
        ("a root that allows no intermediate", |path| path.root.ca = Some(Some(0))),
        ("an intermediate of another name", |path| {
            path.signer = Recipe::signer();
            path.between.more.push(only_below(&name(&[("C", "BE"), ("O", "Somebody Else")])));
        }),
        ("an unknown critical extension of the signer", |path| path.signer.more.push(unknown(true))),
        ("an unknown critical extension of the intermediate", |path| path.between.more.push(unknown(true))),
        ("an unknown critical extension of the root", |path| path.root.more.push(unknown(true))),
        ("an intermediate signed by a stranger of the root's name", |path| {
            path.root.key = fresh_key(KeyKind::EcP256)
        }),
    ];
    let root = Recipe::authority("Root");
    let anchor = root.issued_by(&root);
    for (what, spoil) in broken {
        let mut path =
            Path { root: Recipe { key: root.key.clone(), ..Recipe::authority("Root") }, ..Path::good() };
        assert_eq!(path.judged(), Ok(()), "before: {what}");
        spoil(&mut path);
        // The anchor is what the profile holds; only where the root itself is spoilt it is the spoilt one.
        let same_key = path.root.key.public_eq(&root.key);
        let verdict = if same_key { path.judged() } else { path.judged_by(std::slice::from_ref(&anchor)) };
        assert_eq!(verdict, Err(XmlError::Chain), "{what}");
    }
}

#[test]
fn a_path_with_nothing_wrong_that_matters_is_believed() {
    let fine: [Change; 4] = [
        ("an intermediate as deep as allowed", |path| path.root.ca = Some(Some(1))),
        ("an unknown extension that may be passed over", |path| path.signer.more.push(unknown(false))),
        ("names below the one allowed", |path| {
            path.between.more.push(only_below(&name(&[("C", "BE"), ("O", "Federal Government")])));
        }),
        // Which extended uses the platform's signers name is not known; key usage and subject are what decides.
        ("an extended key usage", |path| {
            path.signer.more.push(ExtendedKeyUsage::new().client_auth().build().unwrap());
        }),
    ];
    for (what, change) in fine {
        let mut path = Path::good();
        change(&mut path);
        assert_eq!(path.judged(), Ok(()), "{what}");
    }
}

#[test]
fn names_alone_make_no_path() {
    let path = Path::good();
    let anchor = [path.root.issued_by(&path.root)];
    let impostor = Path { root: Recipe::authority("Root"), ..Path::good() };
    assert_eq!(impostor.judged_by(&anchor), Err(XmlError::Chain), "another root of the same name");
    let alone = impostor.signer.issued_by(&impostor.signer);
    assert_eq!(judged(&impostor.signer.key, &[alone], &anchor), Err(XmlError::Chain), "its own authority");
    let brought = impostor.root.issued_by(&impostor.root);
    let between = impostor.between.issued_by(&impostor.root);
    let signer = impostor.signer.issued_by(&impostor.between);
    let chain = [signer, between, brought];
    assert_eq!(
        judged(&impostor.signer.key, &chain, &anchor),
        Err(XmlError::Chain),
        "the root in the message"
    );
    let skipped = path.signer.issued_by(&path.between);
    assert_eq!(
        judged(&path.signer.key, &[skipped], &anchor),
        Err(XmlError::Chain),
        "the intermediate left out"
    );
}

#[test]
fn a_signer_without_a_signing_key_usage_is_refused() {
    let mut path = Path::good();
    path.signer.usage = |usage| usage.key_encipherment();
    assert_eq!(path.judged(), Err(XmlError::KeyUsage));
    let path = Path { signer: Recipe::signer().with(unknown(true)), ..path };
    assert_eq!(path.judged(), Err(XmlError::Chain), "the path comes first");
}
