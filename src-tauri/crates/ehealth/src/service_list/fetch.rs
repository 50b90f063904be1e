//! Fetching the list: first its short hash, then the list itself if that has changed.
//!
//! The hash only says that something is new; it vouches for nothing, the signature does. It is kept together with a list that
//! is believed, so that a bad list is asked for again. Source: docs/reference/ehealth-bcp.md, section 2.

use jiff::Timestamp;
use openssl::x509::X509;
use relais_core::Problem;

use super::{Expected, ListError, Read, read};
use crate::transport::{HostList, Transport, TransportError, Url};
use crate::xml::verify::{Trust, WholeAttribute};

/// Where the list of an environment is, and what makes it believed.
#[derive(Debug, Clone)]
pub struct Source {
    /// The list's address without its ending.
    pub base: Url,
    /// Certificates its signer has to lead to.
    pub anchors: Vec<X509>,
    /// What the signer's subject has to hold, each as one whole attribute.
    pub signer: Vec<WholeAttribute>,
    /// The platform's word for the environment. `None` takes any: a sandbox.
    pub environment: Option<String>,
    /// Hosts that services may have.
    pub hosts: HostList,
}

/// What came of a look at the list.
#[derive(Debug)]
pub enum Fetched {
    /// Nothing is new since that hash.
    Same,
    /// A list that is believed.
    New(Box<New>),
}

/// A list that is believed and may take the place of the one at hand.
#[derive(Debug)]
pub struct New {
    /// What it says.
    pub read: Read,
    /// Its hash, to be asked with next time.
    pub hash: String,
    /// The document itself, to be kept as it came and verified again at the next start.
    pub document: Vec<u8>,
}

/// Why nothing was learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It did not come.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// It came and is not believed.
    #[error(transparent)]
    List(#[from] ListError),
}

impl FetchError {
    /// The code, with values that may be shown.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Transport(error) => error.problem(),
            Self::List(error) => error.problem(),
        }
    }
}

/// Whether this may be a hash at all, in hexadecimal digits or in Base64; which of them is not known. Nothing at all, or a
/// gateway's words, would be the same for ever, and each look would call the list at hand the newest.
///
/// Source: docs/reference/ehealth-bcp.md, section 2.
fn tells(hash: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_');
    (40..=128).contains(&hash.len()) && hash.bytes().all(digit)
}

impl Source {
    /// Looks whether there is another list than the one of hash `known`, and reads it. A hash that is none tells nothing, and
    /// the list itself is read.
    ///
    /// # Errors
    /// [`FetchError`]; the list at hand then stays as it is.
    pub async fn fetch(
        &self,
        transport: &Transport,
        known: Option<&str>,
        at: Timestamp,
    ) -> Result<Fetched, FetchError> {
        let hash = transport.get_line(&self.ending("sha2")).await?;
        let hash = String::from_utf8_lossy(&hash).trim().to_owned();
        if known == Some(hash.as_str()) && tells(&hash) {
            return Ok(Fetched::Same);
        }
        let document = transport.get_xml(&self.ending("xml")).await?.to_vec();
        // A long list takes its time to verify; nobody else waits for that.
        let source = self.clone();
        let judged =
            tokio::task::spawn_blocking(move || source.read(&document, at).map(|read| (read, document)));
        let (read, document) =
            judged.await.unwrap_or_else(|broken| std::panic::resume_unwind(broken.into_panic()))?;
        Ok(Fetched::New(Box::new(New { read, hash, document })))
    }

    /// Reads a document as if it had come from here: the one that was kept.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn read(&self, document: &[u8], at: Timestamp) -> Result<Read, ListError> {
        let trust = Trust { anchors: self.anchors.clone(), signer: self.signer.clone(), at };
        let expected =
            Expected { trust: &trust, environment: self.environment.as_deref(), hosts: Some(&self.hosts) };
        read(document, &expected)
    }

    /// `…/servicelist` becomes `…/servicelist.xml`.
    fn ending(&self, ending: &str) -> Url {
        let mut url = self.base.clone();
        let path = format!("{}.{ending}", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url
    }
}
