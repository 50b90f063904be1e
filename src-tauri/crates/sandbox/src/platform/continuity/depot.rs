//! The ETK depot: a token for every person and organisation of the sandbox, made of what their keystore holds.
//!
//! Strict about the question; which code the real one gives where nobody is found is not known. Source:
//! docs/reference/sandbox.md, section 13.

use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use openssl::error::ErrorStack;
use openssl::pkcs7::{Pkcs7, Pkcs7Flags};
use openssl::stack::Stack;
use openssl::x509::X509;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};
use relais_ehealth::etk_depot::{DEPOT, Recipient};
use relais_ehealth::soap::{Answer, open};
use relais_ehealth::xml::XmlError;
use relais_ehealth::xml::names::{NONE, SOAP};
use relais_ehealth::xml::tree::{Element, Tree};
use relais_ehealth::xml::write::{Writer, document};

use crate::platform::keystore::AUTHENTICATION;
use crate::platform::organisations::Organisations;
use crate::platform::people::People;
use crate::platform::sts::Refusal;
use crate::x509::Authority;

/// The depot. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Depot(Arc<Inner>);

struct Inner {
    owners: Vec<Owner>,
    signer: Authority,
    issuing: Authority,
}

/// Somebody who has a token.
struct Owner {
    /// All numbers they are found by.
    known_as: Vec<Recipient>,
    keystore: std::path::PathBuf,
    password: String,
    /// Made when it is first asked for.
    token: OnceLock<Option<Vec<u8>>>,
}

impl Depot {
    pub fn new(
        people: &People,
        organisations: &Organisations,
        signer: Authority,
        issuing: Authority,
    ) -> Self {
        let person = people.iter().map(|one| Owner {
            known_as: [("SSIN", one.ssin.reveal()), ("NIHII11", one.nihii.reveal())]
                .into_iter()
                .filter_map(|(kind, number)| Recipient::parse(kind, number, None).ok())
                .collect(),
            keystore: one.keystore.clone(),
            password: one.password.clone(),
            token: OnceLock::new(),
        });
        let practice = organisations.practice();
        let organisation = Owner {
            known_as: Recipient::parse(&practice.sort, &practice.number, None).into_iter().collect(),
            keystore: practice.keystore.clone(),
            password: practice.password.clone(),
            token: OnceLock::new(),
        };
        Self(Arc::new(Inner { owners: person.chain([organisation]).collect(), signer, issuing }))
    }

    /// Answers a question. Blocks where a token is made: a keystore is opened.
    ///
    /// # Errors
    /// [`Refusal`], as the platform words it.
    pub fn answer(&self, message: &[u8]) -> Result<Vec<u8>, Refusal> {
        let tree =
            Tree::parse(message).map_err(|_| Refusal::soa(3_001, "the message is no XML of the profile"))?;
        let asked = match open(&tree) {
            Ok(Answer::Payload(payload)) => criteria(payload).map_err(|_| MALFORMED)?,
            _ => return Err(Refusal::soa(3_002, "a SOAP 1.1 envelope with one body is expected")),
        };
        if asked.is_empty() {
            return Err(MALFORMED);
        }
        let defect = Refusal::soa(1, "the sandbox could not make a token");
        let owner = self.0.owners.iter().find(|owner| asked.iter().all(|one| owner.known_as.contains(one)));
        let token = owner.map(|owner| self.token(owner).ok_or(defect.clone())).transpose()?;
        written(&asked, token.as_deref()).map_err(|_| defect)
    }

    fn token(&self, owner: &Owner) -> Option<Vec<u8>> {
        owner.token.get_or_init(|| self.made(owner)).clone()
    }

    fn made(&self, owner: &Owner) -> Option<Vec<u8>> {
        let bytes = std::fs::read(&owner.keystore).ok()?;
        let store = KeyStore::from_pkcs12(&bytes, &owner.password, Pkcs12ImportPolicy::Relaxed).ok()?;
        let mut chains = store.entries().filter_map(|(alias, entry)| match entry {
            KeyStoreEntry::PrivateKeyChain(chain) => Some((alias, chain.certs().first()?.as_der())),
            _ => None,
        });
        let (own, encryption): (Vec<_>, Vec<_>) =
            chains.by_ref().partition(|(alias, _)| *alias == AUTHENTICATION);
        let authentication = X509::from_der(own.first()?.1).ok()?;
        self.signed(&authentication, encryption.first()?.1).ok()
    }

    /// Source: docs/reference/ehealth-certificates.md, section 5, "ETK structure".
    fn signed(&self, authentication: &X509, encryption: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        let mut certificates = Stack::new()?;
        certificates.push(authentication.clone())?;
        certificates.push(self.0.issuing.certificate.clone())?;
        let Authority { certificate, key } = &self.0.signer;
        Pkcs7::sign(certificate, key, &certificates, encryption, Pkcs7Flags::BINARY | Pkcs7Flags::NOSMIMECAP)?
            .to_der()
    }
}

const MALFORMED: Refusal =
    Refusal::soa(3_006, "the request holds search criteria with identifiers and nothing else");

fn criteria(payload: Element<'_>) -> Result<Vec<Recipient>, XmlError> {
    if !payload.is(DEPOT, "GetEtkRequest") {
        return Err(XmlError::Shape);
    }
    let criteria = payload.only(DEPOT, "SearchCriteria")?;
    criteria.children().map(identifier).collect()
}

fn identifier(one: Element<'_>) -> Result<Recipient, XmlError> {
    if !one.is(DEPOT, "Identifier") {
        return Err(XmlError::Shape);
    }
    let application = one.child(DEPOT, "ApplicationID").map(|text| text.text()).transpose()?;
    let (kind, value) = (one.only(DEPOT, "Type")?.text()?, one.only(DEPOT, "Value")?.text()?);
    Recipient::parse(&kind, &value, application.as_deref()).map_err(|_| XmlError::Shape)
}

fn written(asked: &[Recipient], token: Option<&[u8]>) -> Result<Vec<u8>, XmlError> {
    let (code, message) = if token.is_some() { ("200", "SUCCESS") } else { ("404", "NOT FOUND") };
    document(|w| {
        w.element(SOAP.tag("Envelope"), &[], |w| {
            w.element(SOAP.tag("Body"), &[], |w| {
                w.element(DEPOT.tag("GetEtkResponse"), &[], |w| {
                    w.element(DEPOT.tag("Status"), &[], |w| {
                        w.leaf(NONE.tag("Code"), &[], code);
                        w.leaf(NONE.tag("Message"), &[], message);
                    });
                    w.element(DEPOT.tag("GivenSearchCriteria"), &[], |w| write_criteria(w, asked));
                    match token {
                        Some(der) => w.leaf(DEPOT.tag("ETK"), &[], &BASE64.encode(der)),
                        None => w.element(DEPOT.tag("Error"), &[], |w| {
                            w.leaf(DEPOT.tag("Code"), &[], "NO_ETK_FOUND");
                            w.leaf(DEPOT.tag("Message"), &[], "nobody of this number has a token");
                        }),
                    }
                });
            });
        });
    })
}

fn write_criteria(w: &mut Writer, asked: &[Recipient]) {
    for one in asked {
        w.element(DEPOT.tag("Identifier"), &[], |w| {
            w.leaf(DEPOT.tag("Type"), &[], one.kind());
            w.leaf(DEPOT.tag("Value"), &[], one.reveal());
            if let Some(application) = one.application() {
                w.leaf(DEPOT.tag("ApplicationID"), &[], application);
            }
        });
    }
}
