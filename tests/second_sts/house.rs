//! The service itself: takes messages, asks the judges, writes down what they said, and answers.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use openssl::x509::X509;

use crate::assertion::{self, escaped};
use crate::envelope::{self, Envelope};
use crate::http::Request;
use crate::message::{self, Wanted};
use crate::names::{CHALLENGE_ACTION, ISSUE_ACTION, SAML_1_1, SOAP, WSSE, WST, WSU};
use crate::tool;
use crate::wish::{self, Wish};

/// Why a message is refused: the fault's code, and words for whoever wrote the client.
#[derive(Debug, Clone)]
pub struct Refusal {
    code: &'static str,
    text: &'static str,
}

impl Refusal {
    pub fn new(code: &'static str, text: &'static str) -> Self {
        Self { code, text }
    }
}

pub struct House {
    folder: PathBuf,
    eid_roots: PathBuf,
    eid_issuers: PathBuf,
    messages: AtomicUsize,
    /// Challenges that are out, by context; each is answered once.
    pending: Mutex<HashMap<String, (String, Wanted)>>,
    last_id: Mutex<Option<String>>,
}

/// What is said back: a word for the record, and the payload.
type Said = (&'static str, String);

impl House {
    pub fn new(folder: PathBuf, eid_roots: PathBuf, eid_issuers: PathBuf) -> Self {
        let (messages, pending, last_id) = (AtomicUsize::new(0), Mutex::default(), Mutex::default());
        Self { folder, eid_roots, eid_issuers, messages, pending, last_id }
    }

    /// Answers a SOAP message: status line and body.
    pub fn answer(&self, request: &Request) -> (&'static str, String) {
        let action = request.header("SOAPAction").unwrap_or_default().trim_matches('"').to_owned();
        let step = action.rsplit(':').next().unwrap_or_default().to_owned();
        match self.handle(request, &action) {
            Ok((word, payload)) => {
                self.record(&format!("{step}\t{word}\n"));
                ("200 OK", envelope_of(&payload))
            }
            Err(refusal) => {
                self.record(&format!("{step}\t{}\t{}\n", refusal.code, refusal.text));
                ("500 Internal Server Error", envelope_of(&fault(&refusal)))
            }
        }
    }

    fn handle(&self, request: &Request, action: &str) -> Result<Said, Refusal> {
        let soap = |text| Refusal::new("SOAP-ENV:Client", text);
        let kind = request.header("Content-Type").unwrap_or_default().to_ascii_lowercase();
        if !kind.starts_with("text/xml") || !kind.contains("utf-8") {
            return Err(soap("the content is text/xml in UTF-8"));
        }
        let text = std::str::from_utf8(&request.body).map_err(|_| soap("not UTF-8"))?;
        let number = self.messages.fetch_add(1, Ordering::Relaxed) + 1;
        let file = self.folder.join(format!("message-{number}.xml"));
        std::fs::write(&file, text).expect("the folder can be written to");
        let judged = envelope::judge(self, text, &file)?;
        match action {
            ISSUE_ACTION => self.asked(judged, &file),
            CHALLENGE_ACTION => self.proven(&judged),
            _ => Err(soap("no such SOAPAction")),
        }
    }

    /// The first message: an assertion at once, or a challenge for the holder's key.
    fn asked(&self, judged: Envelope, file: &Path) -> Result<Said, Refusal> {
        let wanted = message::wanted(&judged.payload, judged.signer, Timestamp::now())?;
        let wish = wish::of(&self.folder);
        if same(&wanted.holder, &wanted.signer) && wish != Wish::Challenge {
            return self.granted(&wanted);
        }
        let holder = envelope::written(&file.with_extension("holder"), &wanted.holder)?;
        if !self.knows(&holder) {
            return Err(Refusal::new(
                "wst:InvalidSecurityToken",
                "openssl does not know the holder's issuer",
            ));
        }
        let challenge = random();
        let context = escaped(&wanted.context);
        let payload = format!(
            r#"<wst:RequestSecurityTokenResponse xmlns:wst="{WST}" Context="{context}"><wst:SignChallenge><wst:Challenge>{challenge}</wst:Challenge></wst:SignChallenge></wst:RequestSecurityTokenResponse>"#
        );
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.insert(wanted.context.clone(), (challenge, wanted));
        Ok(("challenged", payload))
    }

    /// The second message: signed by the holder's key, about our challenge.
    fn proven(&self, judged: &Envelope) -> Result<Said, Refusal> {
        let (context, answer) = message::challenge(&judged.payload)?;
        let found = self.pending.lock().unwrap_or_else(PoisonError::into_inner).remove(&context);
        let refused = |text| Refusal::new("wst:FailedAuthentication", text);
        let (challenge, wanted) = found.ok_or_else(|| refused("no challenge is out for this context"))?;
        if answer != challenge {
            return Err(refused("another challenge"));
        }
        if !same(&judged.signer, &wanted.holder) {
            return Err(refused("not signed by the holder's key"));
        }
        self.granted(&wanted)
    }

    fn granted(&self, wanted: &Wanted) -> Result<Said, Refusal> {
        let wish = wish::of(&self.folder);
        if wish == Wish::Fault {
            return Err(Refusal::new("wst:FailedAuthentication", "as was wished"));
        }
        let mut last = self.last_id.lock().unwrap_or_else(PoisonError::into_inner);
        let id = match (&*last, wish) {
            (Some(id), Wish::Again) => id.clone(),
            _ => format!("_{}", random()),
        };
        let assertion = assertion::issue(&self.folder, wanted, &id, wish);
        *last = Some(id);
        let context = if wish == Wish::OtherContext { random() } else { escaped(&wanted.context) };
        let response = format!(
            r#"<wst:RequestSecurityTokenResponse xmlns:wst="{WST}" Context="{context}"><wst:TokenType>{SAML_1_1}</wst:TokenType><wst:RequestedSecurityToken>{assertion}</wst:RequestedSecurityToken></wst:RequestSecurityTokenResponse>"#
        );
        if wish != Wish::Collection {
            return Ok(("issued", response));
        }
        let open = format!(r#"<wst:RequestSecurityTokenResponseCollection xmlns:wst="{WST}">"#);
        Ok(("issued", format!("{open}{response}</wst:RequestSecurityTokenResponseCollection>")))
    }

    /// The state's cards and our own authority's customers are known.
    pub fn knows(&self, certificate: &Path) -> bool {
        tool::chain_holds(certificate, &self.eid_roots, Some(&self.eid_issuers))
            || tool::chain_holds(certificate, &self.folder.join("ca.pem"), None)
    }

    pub fn record_signature(&self, holds: bool) {
        self.record(if holds { "xmlsec1\taccepted\n" } else { "xmlsec1\trefused\n" });
    }

    fn record(&self, line: &str) {
        let file = std::fs::File::options().create(true).append(true).open(self.folder.join("record.tsv"));
        let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
        written.expect("the folder can be written to");
    }
}

fn same(one: &X509, other: &X509) -> bool {
    one.to_der().ok() == other.to_der().ok()
}

/// 128 random bits in hexadecimal.
fn random() -> String {
    let mut bits = [0; 16];
    openssl::rand::rand_bytes(&mut bits).expect("OpenSSL has random bits");
    bits.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn envelope_of(payload: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="{SOAP}"><S:Body>{payload}</S:Body></S:Envelope>"#
    )
}

fn fault(refusal: &Refusal) -> String {
    let (code, text) = (refusal.code.replace("SOAP-ENV:", "S:"), escaped(refusal.text));
    format!(
        r#"<S:Fault xmlns:wst="{WST}" xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}"><faultcode>{code}</faultcode><faultstring>{text}</faultstring></S:Fault>"#
    )
}
