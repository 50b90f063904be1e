//! SOAP faults as the platform words them: code, ticket, and who should act.
//!
//! Source: docs/reference/sandbox.md, section 6.

/// What a refusal is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultCode {
    /// A code of the platform's own scheme, `SOA-` and five digits.
    Soa(u16),
    /// A fault of WS-Trust 1.3, without its prefix.
    Trust(&'static str),
    /// A fault of WS-Security 1.0, without its prefix.
    Security(&'static str),
    /// The message is older than it may be (WS-Security 1.0, section 10).
    MessageExpired,
    /// A code from nowhere, for clients that must live with one.
    Other(String),
}

/// Who has to change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Consumer,
    Provider,
}

impl FaultCode {
    /// Finds the code a person wrote: `SOA-02002`, `wst:RequestFailed`, `wsse:FailedCheck`, anything else.
    #[must_use]
    pub fn named(text: &str) -> Self {
        let soa = text.strip_prefix("SOA-").filter(|number| number.len() == 5).and_then(|it| it.parse().ok());
        if let Some(number) = soa {
            return Self::Soa(number);
        }
        let among = |known: &'static [&'static str], prefix: &str| {
            text.strip_prefix(prefix).and_then(|name| known.iter().find(|it| **it == name).copied())
        };
        if let Some(name) = among(&TRUST, "wst:") {
            return Self::Trust(name);
        }
        if let Some(name) = among(&SECURITY, "wsse:") {
            return Self::Security(name);
        }
        if text == "wsu:MessageExpired" { Self::MessageExpired } else { Self::Other(text.to_owned()) }
    }

    /// The code as it stands in `detail`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Soa(number) => format!("SOA-{number:05}"),
            Self::Trust(name) => format!("wst:{name}"),
            Self::Security(name) => format!("wsse:{name}"),
            Self::MessageExpired => "wsu:MessageExpired".to_owned(),
            Self::Other(text) => text.clone(),
        }
    }

    /// The platform could answer later without anybody changing the request.
    fn side(&self) -> Side {
        match self {
            Self::Soa(0..=999 | 2_000..=2_999) | Self::Trust("RequestFailed") | Self::Other(_) => {
                Side::Provider
            }
            _ => Side::Consumer,
        }
    }

    /// What stands in `faultcode`: a name with its namespace, or the side of SOAP 1.1.
    fn qualified(&self) -> (String, String) {
        let soap = |side| match side {
            Side::Consumer => ("SOAP-ENV:Client".to_owned(), String::new()),
            Side::Provider => ("SOAP-ENV:Server".to_owned(), String::new()),
        };
        let declared = |prefix: &str, uri: &str| (self.text(), format!(" xmlns:{prefix}=\"{uri}\""));
        match self {
            Self::Soa(_) | Self::Other(_) => soap(self.side()),
            Self::Trust(_) => declared("wst", relais_ehealth::xml::names::WST.uri),
            Self::Security(_) => declared("wsse", relais_ehealth::xml::names::WSSE.uri),
            Self::MessageExpired => declared("wsu", relais_ehealth::xml::names::WSU.uri),
        }
    }
}

/// Faults of WS-Trust 1.3, section 11.
const TRUST: [&str; 11] = [
    "InvalidRequest",
    "FailedAuthentication",
    "RequestFailed",
    "InvalidSecurityToken",
    "AuthenticationBadElements",
    "BadRequest",
    "ExpiredData",
    "InvalidTimeRange",
    "InvalidScope",
    "RenewNeeded",
    "UnableToRenew",
];

/// Faults of WS-Security 1.0, section 12.
const SECURITY: [&str; 7] = [
    "UnsupportedSecurityToken",
    "UnsupportedAlgorithm",
    "InvalidSecurity",
    "InvalidSecurityToken",
    "FailedAuthentication",
    "FailedCheck",
    "SecurityTokenUnavailable",
];

/// A request that is refused, and the rule it broke.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {rule}", .code.text())]
pub struct Refusal {
    /// What the client is told.
    pub code: FaultCode,
    /// The rule, in one sentence. It never quotes the request.
    pub rule: &'static str,
}

impl Refusal {
    pub(crate) const fn soa(number: u16, rule: &'static str) -> Self {
        Self { code: FaultCode::Soa(number), rule }
    }

    pub(crate) const fn trust(name: &'static str, rule: &'static str) -> Self {
        Self { code: FaultCode::Trust(name), rule }
    }

    pub(crate) const fn security(name: &'static str, rule: &'static str) -> Self {
        Self { code: FaultCode::Security(name), rule }
    }

    /// The SOAP 1.1 message; `ticket` is what a person quotes to the help desk.
    pub(crate) fn to_soap(&self, ticket: &str) -> Vec<u8> {
        let (faultcode, namespace) = self.code.qualified();
        let code = escaped(&self.code.text());
        let (origin, error, retry) = match self.code.side() {
            Side::Consumer => ("Consumer", "BusinessError", false),
            Side::Provider => ("Provider", "SystemError", true),
        };
        // The platform puts its own code into the fault string; WS-* faults have a sentence there.
        let rule = escaped(self.rule);
        let text = if matches!(self.code, FaultCode::Soa(_) | FaultCode::Other(_)) { &code } else { &rule };
        format!(
            concat!(
                r#"<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>"#,
                r#"<SOAP-ENV:Fault><faultcode{namespace}>{faultcode}</faultcode><faultstring>{text}</faultstring>"#,
                r#"<detail><soa:{error} xmlns:soa="urn:be:fgov:ehealth:errors:soa:v1" Id="{ticket}">"#,
                r#"<Origin>{origin}</Origin><Code>{code}</Code><Message xml:lang="en">{rule}</Message>"#,
                r#"<Retry>{retry}</Retry><soa:Environment>Simulation</soa:Environment></soa:{error}></detail>"#,
                r#"</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>"#,
            ),
            namespace = namespace,
            faultcode = faultcode,
            text = text,
            error = error,
            ticket = ticket,
            origin = origin,
            code = code,
            rule = rule,
            retry = retry,
        )
        .into_bytes()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use relais_ehealth::xml::names::{NONE, Ns, SOAP};
    use relais_ehealth::xml::tree::Tree;

    const SOA: Ns = Ns::new("soa", "urn:be:fgov:ehealth:errors:soa:v1");

    #[test]
    fn every_fault_is_well_formed_and_carries_code_ticket_and_origin() {
        for (code, origin) in [
            ("SOA-01001", "Consumer"),
            ("SOA-02002", "Provider"),
            ("SOA-03006", "Consumer"),
            ("wst:InvalidTimeRange", "Consumer"),
            ("wsse:FailedCheck", "Consumer"),
            ("wsu:MessageExpired", "Consumer"),
            ("XYZ<&>-9", "Provider"),
        ] {
            let refusal = Refusal { code: FaultCode::named(code), rule: "a < b & c" };
            let bytes = refusal.to_soap("ticket-1");
            let tree = Tree::parse(&bytes).unwrap();
            let fault = tree.root().only(SOAP, "Body").unwrap().only(SOAP, "Fault").unwrap();
            let error = fault.only(NONE, "detail").unwrap().children().next().unwrap();
            assert_eq!(error.namespace(), SOA.uri);
            assert_eq!(error.attribute(NONE, "Id"), Some("ticket-1"));
            assert_eq!(error.only(NONE, "Code").unwrap().text().unwrap(), code);
            assert_eq!(error.only(NONE, "Origin").unwrap().text().unwrap(), origin);
        }
    }

    #[test]
    fn a_code_is_found_by_the_name_people_write() {
        assert_eq!(FaultCode::named("SOA-02001"), FaultCode::Soa(2001));
        assert_eq!(FaultCode::named("wst:BadRequest"), FaultCode::Trust("BadRequest"));
        assert_eq!(FaultCode::named("wst:Nonsense"), FaultCode::Other("wst:Nonsense".to_owned()));
        assert_eq!(FaultCode::named("SOA-2"), FaultCode::Other("SOA-2".to_owned()));
    }
}
