//! What a profile and the settings say about calls.

use std::time::Duration;

use openssl::x509::X509;
use relais_core::{Code, Problem};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{ClientBuilder, Proxy};

use super::hosts::HostList;

/// Everything a [`super::Transport`] is made of.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Hosts that may be called.
    pub hosts: HostList,
    /// Whom to believe.
    pub trust: Trust,
    /// Refuse connections that something on this PC opens and looks into.
    pub refuse_inspected: bool,
    /// Which way out.
    pub proxy: ProxyChoice,
    /// `product/version` parts with blanks between them; the platform recognises the vendor by it.
    pub user_agent: String,
    /// E-mail address of the vendor's support, if the platform shall know it.
    pub from: Option<String>,
    /// Times and sizes.
    pub limits: Limits,
}

/// Whose certificates a server may show.
#[derive(Debug, Clone)]
pub enum Trust {
    /// Those of the system's store, and these.
    System(Vec<X509>),
    /// These alone: a sandbox.
    Only(Vec<X509>),
}

/// Which way calls leave this PC.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ProxyChoice {
    /// What environment and system settings say.
    #[default]
    System,
    /// None: the sandbox on this PC.
    Direct,
    /// This one, by its `http://` address: for a PC whose proxy stands in a script only.
    Fixed(String),
}

/// Times and sizes of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the first name lookup to the last byte of the answer.
    pub deadline: Duration,
    /// Until the connection stands, handshake included.
    pub connect: Duration,
    /// Largest answer, decoded, in bytes.
    pub answer_bytes: usize,
}

impl Default for Limits {
    /// 30 s, 10 s, 4 MB (docs/threat-model.md, faults F8 and F12).
    fn default() -> Self {
        let (deadline, connect) = (Duration::from_secs(30), Duration::from_secs(10));
        Self { deadline, connect, answer_bytes: 4 * 1024 * 1024 }
    }
}

impl Settings {
    /// Settings with our own name, the system's proxies and the usual limits.
    #[must_use]
    pub fn new(hosts: HostList, trust: Trust) -> Self {
        Self {
            hosts,
            trust,
            refuse_inspected: false,
            proxy: ProxyChoice::System,
            user_agent: concat!("Relais/", env!("CARGO_PKG_VERSION")).to_owned(),
            from: None,
            limits: Limits::default(),
        }
    }

    pub(super) fn headers(&self) -> Result<HeaderMap, SettingsError> {
        let mut headers = HeaderMap::new();
        if !is_user_agent(&self.user_agent) {
            return Err(SettingsError::UserAgent);
        }
        let agent = HeaderValue::from_str(&self.user_agent).map_err(|_| SettingsError::UserAgent)?;
        headers.insert(header::USER_AGENT, agent);
        if let Some(from) = &self.from {
            let good = from.contains('@') && from.bytes().all(|b| b.is_ascii_graphic());
            let from = HeaderValue::from_str(from).ok().filter(|_| good).ok_or(SettingsError::From)?;
            headers.insert(header::FROM, from);
        }
        Ok(headers)
    }
}

/// Each part matches `[a-zA-Z0-9]*/[0-9a-zA-Z-_.]*`.
///
/// Source: docs/reference/ehealth-sts.md, section 6.
fn is_user_agent(text: &str) -> bool {
    let part = |part: &str| {
        part.split_once('/').is_some_and(|(product, version)| {
            product.bytes().all(|b| b.is_ascii_alphanumeric())
                && version.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        })
    };
    text.len() <= 200 && text.split(' ').all(part)
}

impl ProxyChoice {
    pub(super) fn apply(&self, client: ClientBuilder) -> Result<ClientBuilder, SettingsError> {
        match self {
            Self::System => Ok(client),
            Self::Direct => Ok(client.no_proxy()),
            Self::Fixed(address) => Ok(client.proxy(Proxy::all(address).map_err(|_| SettingsError::Proxy)?)),
        }
    }
}

/// Why calls cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// An entry of the host list is not a host with or without a port.
    #[error("{0:?} is not a host")]
    Host(String),
    /// The name for the platform breaks its pattern.
    #[error("the user agent is not made of product/version parts")]
    UserAgent,
    /// The support address is no e-mail address.
    #[error("the support address is no e-mail address")]
    From,
    /// The proxy's address cannot be read.
    #[error("the address of the proxy cannot be read")]
    Proxy,
    /// A trust anchor cannot be used, or there is none at all.
    #[error("the trust anchors cannot be used")]
    Anchors(#[source] rustls::Error),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made")]
    Client(#[source] reqwest::Error),
}

impl SettingsError {
    /// The failure for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let invalid = |what: &str| Problem::new(Code::PROFILE_INVALID).with("what", what);
        let setting = |what: &str| Problem::new(Code::CALL_SETTING_INVALID).with("what", what);
        match self {
            Self::Host(entry) => invalid("hosts.allowed").with("value", entry),
            Self::UserAgent => setting("user agent"),
            Self::From => setting("support address"),
            Self::Proxy => setting("proxy"),
            Self::Anchors(_) => invalid("trust.tls"),
            Self::Client(_) => Problem::new(Code::INTERNAL),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_agent_is_made_of_products_and_versions() {
        for good in ["Relais/0.1.0", "Relais/0.1.0 eHealthTechnical/4.7.3", "a/b-c_d.1"] {
            assert!(is_user_agent(good), "{good}");
        }
        for bad in ["", "Relais", "Relais/1\r\nX: y", "Rel ais/1", "a/b/c", "é/1", "a/1  b/2"] {
            assert!(!is_user_agent(bad), "{bad}");
        }
    }

    #[test]
    fn a_support_address_cannot_smuggle_a_header() {
        let mut settings = Settings::new(HostList::default(), Trust::Only(vec![]));
        settings.from = Some("help@relais.test".into());
        assert_eq!(settings.headers().unwrap()["from"], "help@relais.test");
        for bad in ["nobody", "a@b\r\nX: y", "a@b c"] {
            settings.from = Some(bad.into());
            assert!(matches!(settings.headers(), Err(SettingsError::From)), "{bad}");
        }
    }
}
