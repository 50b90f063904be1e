//! A SOAP 1.1 fault with the platform's error in its detail.

use relais_core::code::clean;

use crate::xml::names::{NONE, Ns};
use crate::xml::tree::Element;

/// What a fault says. Every text is foreign: harmless for all sinks and cut to 300 characters, otherwise verbatim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fault {
    /// `faultcode` as written, prefix included.
    pub faultcode: String,
    /// `faultstring`, which is often a code too.
    pub text: String,
    /// Ticket to quote to the platform's contact centre.
    pub ticket: Option<String>,
    /// Code of the `SystemError` or `BusinessError` in the detail.
    pub code: Option<String>,
    /// Its first message.
    pub message: Option<String>,
    /// Who caused it, as the platform sees it: `Consumer`, `Provider`.
    pub origin: Option<String>,
    /// Whether the platform says that trying again helps.
    pub retry: Option<bool>,
}

/// Namespace of the platform's errors. Their children have none.
pub const ERRORS: Ns = Ns { prefix: "soa", uri: "urn:be:fgov:ehealth:errors:soa:v1" };

impl Fault {
    /// Reads what is there; a fault is shown however little of it can be understood.
    #[must_use]
    pub fn read(fault: Element<'_>) -> Self {
        let error = child(fault, "detail").and_then(platform_error);
        let of_error = |name| error.and_then(|error| text_of(error, name));
        Self {
            faultcode: text_of(fault, "faultcode").unwrap_or_default(),
            text: text_of(fault, "faultstring").unwrap_or_default(),
            ticket: error.and_then(|error| error.attribute(NONE, "Id")).map(clean),
            code: of_error("Code"),
            message: of_error("Message"),
            origin: of_error("Origin"),
            retry: of_error("Retry").and_then(|retry| boolean(&retry)),
        }
    }

    /// The local part of `faultcode`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.faultcode.rsplit(':').next().unwrap_or_default()
    }

    /// The code a person quotes: the platform's own, else what stands in `faultcode`.
    #[must_use]
    pub fn quotable(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.faultcode)
    }
}

fn platform_error(detail: Element<'_>) -> Option<Element<'_>> {
    detail.children().find(|error| error.is(ERRORS, "SystemError") || error.is(ERRORS, "BusinessError"))
}

/// By local name: gateways qualify these children though the schema does not.
fn child<'t>(parent: Element<'t>, name: &str) -> Option<Element<'t>> {
    parent.children().find(|child| child.local_name() == name)
}

fn text_of(parent: Element<'_>, name: &str) -> Option<String> {
    let text = clean(child(parent, name)?.text().ok()?.trim());
    (!text.is_empty()).then_some(text)
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap::{Answer, open};
    use crate::xml::tree::Tree;
    use proptest::prelude::*;

    fn fault(inner: &str) -> Option<Fault> {
        let text = format!(
            r#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>{inner}</e:Fault></e:Body></e:Envelope>"#
        );
        let tree = Tree::parse(text.as_bytes()).ok()?;
        match open(&tree).ok()? {
            Answer::Fault(fault) => Some(fault),
            Answer::Payload(_) => None,
        }
    }

    #[test]
    fn the_platforms_error_is_read_from_the_detail() {
        let found = fault(
            r#"<faultcode>e:Server</faultcode><faultstring>SOA-02002</faultstring><detail>
               <soa:SystemError xmlns:soa="urn:be:fgov:ehealth:errors:soa:v1" Id="7f3a-19">
               <Origin>Provider</Origin><Code>SOA-02002</Code><Message xml:lang="en">Temporarily not available</Message>
               <Message xml:lang="fr">Indisponible</Message><Retry>true</Retry></soa:SystemError></detail>"#,
        )
        .unwrap();
        assert_eq!(
            found,
            Fault {
                faultcode: "e:Server".into(),
                text: "SOA-02002".into(),
                ticket: Some("7f3a-19".into()),
                code: Some("SOA-02002".into()),
                message: Some("Temporarily not available".into()),
                origin: Some("Provider".into()),
                retry: Some(true),
            }
        );
        assert_eq!((found.local(), found.quotable()), ("Server", "SOA-02002"));
    }

    #[test]
    fn foreign_text_in_a_fault_cannot_break_a_line_or_colour_a_terminal() {
        let found =
            fault("<faultcode>a&#10;b</faultcode><faultstring>x&#13;&#10;y&#x202e;z</faultstring>").unwrap();
        assert!(
            !format!("{}{}", found.faultcode, found.text)
                .contains(|c: char| c.is_control() || c == '\u{202e}')
        );
    }

    #[test]
    fn an_empty_fault_is_still_a_fault() {
        assert_eq!(fault(""), Some(Fault::default()));
    }

    proptest! {
        #[test]
        fn garbage_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(tree) = Tree::parse(&bytes) {
                let _ = open(&tree);
            }
        }

        #[test]
        fn any_mixture_of_elements_is_read_without_panic(
            parts in prop::collection::vec(prop::sample::select(vec![
                "<faultcode>", "</faultcode>", "<detail>", "</detail>", "<a/>", "x", "<!--c-->", "&amp;", "<Retry>",
                "</Retry>", r#"<s:SystemError xmlns:s="urn:be:fgov:ehealth:errors:soa:v1">"#, "</s:SystemError>",
                "<Code>", "</Code>", "<![CDATA[<]]>", "<?p?>",
            ]), 0..24),
        ) {
            let _ = fault(&parts.concat());
        }
    }
}
