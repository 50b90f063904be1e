//! The hosts of a profile: nothing else is ever called.

use reqwest::Url;

use super::error::TransportError;
use super::settings::SettingsError;

/// Hosts a profile allows, each with or without a port.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostList(Vec<HostRule>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct HostRule {
    host: String,
    /// `None`: any port.
    port: Option<u16>,
}

impl HostList {
    /// Reads entries such as `sts.test:8443` (this port only) and `127.0.0.1` (any port).
    ///
    /// # Errors
    /// When an entry is more than a host and a port.
    pub fn parse<T: AsRef<str>>(entries: &[T]) -> Result<Self, SettingsError> {
        let rule = |entry: &T| {
            HostRule::parse(entry.as_ref()).ok_or_else(|| SettingsError::Host(entry.as_ref().to_owned()))
        };
        entries.iter().map(rule).collect::<Result<_, _>>().map(Self)
    }

    /// Refuses every address but https to an allowed host; names and passwords in an address too.
    pub(super) fn check(&self, url: &Url) -> Result<(), TransportError> {
        if self.allows(url) {
            Ok(())
        } else {
            Err(TransportError::HostNotAllowed { host: url.host_str().unwrap_or_default().to_owned() })
        }
    }

    /// Whether this address may be called.
    #[must_use]
    pub fn allows(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let bare = url.username().is_empty() && url.password().is_none();
        let allowed = self.0.iter().any(|rule| {
            rule.host == host && rule.port.is_none_or(|port| Some(port) == url.port_or_known_default())
        });
        url.scheme() == "https" && bare && allowed
    }
}

impl HostRule {
    fn parse(entry: &str) -> Option<Self> {
        // The URL parser brings names to the form that addresses have: lower case, punycode, IPv6 shortened. The scheme
        // has no default port, so that a written 443 is kept.
        let as_https = Url::parse(&format!("https://{entry}/")).ok()?;
        let plain = as_https.path() == "/"
            && as_https.query().is_none()
            && as_https.fragment().is_none()
            && as_https.username().is_empty()
            && as_https.password().is_none()
            && !entry.contains(['/', '\\', '@', ' ']);
        let port = match entry.rsplit_once(':') {
            Some((_, port)) if !port.contains(']') => Some(port.parse().ok()?),
            _ => None,
        };
        let host = as_https.host_str()?.to_owned();
        plain.then_some(Self { host, port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(url: &str) -> bool {
        let list = HostList::parse(&["sts.test:8443", "127.0.0.1", "[::1]", "Services.Test:443"]).unwrap();
        list.check(&Url::parse(url).unwrap()).is_ok()
    }

    #[test]
    fn only_listed_hosts_over_https_are_allowed() {
        for good in [
            "https://sts.test:8443/x",
            "https://STS.test:8443",
            "https://127.0.0.1:1/",
            "https://127.0.0.1/",
            "https://[::1]:9/",
            "https://services.test/",
        ] {
            assert!(allowed(good), "{good}");
        }
        for bad in [
            "https://sts.test/",
            "https://sts.test:8444/",
            "http://sts.test:8443/",
            "https://evil.test/?sts.test:8443",
            "https://sts.test.evil.test:8443/",
            "https://sts.test:8443@evil.test/",
            "https://user@sts.test:8443/",
            "https://services.test:8443/",
        ] {
            assert!(!allowed(bad), "{bad}");
        }
    }

    #[test]
    fn an_entry_that_is_more_than_a_host_and_a_port_is_an_error() {
        for bad in ["", "a/b", "https://a", "a:b", "a:99999", "u@a", "a b", "a?b", "a#b", "*", "::1"] {
            let wildcard = bad == "*";
            assert!(HostList::parse(&[bad]).is_err() || wildcard, "{bad}");
        }
    }
}
