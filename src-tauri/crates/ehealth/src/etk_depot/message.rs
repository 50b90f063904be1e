//! The two messages of the depot.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use relais_core::code::clean;

use super::{DepotError, NoRecipient, Recipient};
use crate::soap;
use crate::xml::XmlError;
use crate::xml::names::{NONE, Ns, SOAP};
use crate::xml::tree::{Element, Tree};
use crate::xml::write::{Writer, document};

/// Namespace of the depot.
pub const DEPOT: Ns = Ns::new("etk", "urn:be:fgov:ehealth:etkdepot:1_0:protocol");
/// The code of a good answer.
const GOOD: &str = "200";
/// Most recipients one answer may offer; more is no help to anybody.
const MOST: usize = 100;

/// What stands in an answer; nothing of it is believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A token.
    Etk(Vec<u8>),
    /// Several have one.
    Several(Vec<Vec<Recipient>>),
    /// None was found.
    Nobody {
        /// The depot's own code.
        code: String,
    },
}

/// Asks for the key of who has all these numbers.
///
/// # Errors
/// A text that XML cannot hold, which a recipient never is.
pub fn question(whom: &[Recipient]) -> Result<Vec<u8>, XmlError> {
    let identifier = |w: &mut Writer, one: &Recipient| {
        w.element(DEPOT.tag("Identifier"), &[], |w| {
            w.leaf(DEPOT.tag("Type"), &[], one.kind());
            w.leaf(DEPOT.tag("Value"), &[], one.reveal());
            if let Some(application) = one.application() {
                w.leaf(DEPOT.tag("ApplicationID"), &[], application);
            }
        });
    };
    document(|w| {
        w.element(SOAP.tag("Envelope"), &[], |w| {
            w.element(SOAP.tag("Body"), &[], |w| {
                w.element(DEPOT.tag("GetEtkRequest"), &[], |w| {
                    w.element(DEPOT.tag("SearchCriteria"), &[], |w| {
                        whom.iter().for_each(|one| identifier(w, one));
                    });
                });
            });
        });
    })
}

/// Reads an answer.
///
/// # Errors
/// [`DepotError::Fault`], or [`DepotError::Answer`] for what is none.
pub fn read(message: &[u8]) -> Result<Answer, DepotError> {
    let tree = Tree::parse(message).map_err(DepotError::Answer)?;
    match soap::open(&tree).map_err(DepotError::Answer)? {
        soap::Answer::Fault(fault) => Err(DepotError::Fault(Box::new(fault))),
        soap::Answer::Payload(payload) => answer(payload).map_err(DepotError::Answer),
    }
}

fn answer(payload: Element<'_>) -> Result<Answer, XmlError> {
    if !payload.is(DEPOT, "GetEtkResponse") {
        return Err(XmlError::Shape);
    }
    // The children of Status have no namespace, and those of Error have one.
    let code = payload.only(DEPOT, "Status")?.only(NONE, "Code")?.text()?;
    let all = |name| payload.children().filter(move |child| child.is(DEPOT, name));
    if let Some(error) = all("Error").next() {
        return Ok(Answer::Nobody { code: clean(&error.only(DEPOT, "Code")?.text()?) });
    }
    if code.trim() != GOOD {
        return Ok(Answer::Nobody { code: clean(code.trim()) });
    }
    let several = all("MatchingEtk").take(MOST).map(recipients).collect::<Result<Vec<_>, _>>()?;
    let mut tokens = all("ETK");
    match (tokens.next(), tokens.next(), several.is_empty()) {
        (Some(token), None, true) => Ok(Answer::Etk(bytes(token)?)),
        (None, None, false) => Ok(Answer::Several(several)),
        _ => Err(XmlError::Shape),
    }
}

/// Base64, with the line breaks it may have.
fn bytes(token: Element<'_>) -> Result<Vec<u8>, XmlError> {
    let text: String = token.text()?.split_ascii_whitespace().collect();
    BASE64.decode(text).map_err(|_| XmlError::Shape)
}

fn recipients(matching: Element<'_>) -> Result<Vec<Recipient>, XmlError> {
    let identifiers = matching.children().filter(|child| child.is(DEPOT, "Identifier"));
    let all = identifiers.map(recipient).collect::<Result<Vec<_>, _>>()?;
    if all.is_empty() { Err(XmlError::Shape) } else { Ok(all) }
}

fn recipient(identifier: Element<'_>) -> Result<Recipient, XmlError> {
    let text = |name| Ok::<_, XmlError>(identifier.only(DEPOT, name)?.text()?.trim().to_owned());
    let application = identifier.child(DEPOT, "ApplicationID").map(|one| one.text()).transpose()?;
    let application = application.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let (kind, value) = (text("Type")?, text("Value")?);
    Recipient::parse(&kind, &value, application).map_err(|NoRecipient| XmlError::Shape)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn envelope(inside: &str) -> Vec<u8> {
        format!(
            r#"<s:Envelope xmlns:s="{}"><s:Body><e:GetEtkResponse xmlns:e="{}">{inside}</e:GetEtkResponse></s:Body></s:Envelope>"#,
            SOAP.uri, DEPOT.uri
        )
        .into_bytes()
    }

    const STATUS: &str = "<e:Status><Code>200</Code><Message>SUCCESS</Message></e:Status>";

    fn answered(inside: &str) -> Result<Answer, DepotError> {
        read(&envelope(&format!("{STATUS}{inside}")))
    }

    #[test]
    fn a_token_comes_in_base64_with_or_without_line_breaks() {
        assert_eq!(answered("<e:ETK>AQID</e:ETK>"), Ok(Answer::Etk(vec![1, 2, 3])));
        assert_eq!(answered("<e:ETK>\n AQ\r\nID </e:ETK>"), Ok(Answer::Etk(vec![1, 2, 3])));
        assert_eq!(answered("<e:ETK>no base64!</e:ETK>"), Err(DepotError::Answer(XmlError::Shape)));
    }

    #[test]
    fn several_are_offered_by_their_numbers() {
        let one = |value: &str, more: &str| {
            format!(
                "<e:MatchingEtk><e:Identifier><e:Type>CBE</e:Type><e:Value>{value}</e:Value>{more}</e:Identifier></e:MatchingEtk>"
            )
        };
        let both = one("820563481", "<e:ApplicationID>MYCARENET</e:ApplicationID>") + &one("0809394427", "");
        let expected = [("0820563481", Some("MYCARENET")), ("0809394427", None)];
        let expected = expected.map(|(value, app)| vec![Recipient::parse("CBE", value, app).unwrap()]);
        assert_eq!(answered(&both), Ok(Answer::Several(expected.to_vec())));
        assert!(answered(&one("not a number", "")).is_err());
        assert!(answered(&format!("{}<e:ETK>AQID</e:ETK>", one("1", ""))).is_err(), "one thing or the other");
        assert!(answered("").is_err());
        assert!(answered("<e:ETK>AQID</e:ETK><e:ETK>AQID</e:ETK>").is_err());
    }

    #[test]
    fn nobody_is_told_by_the_code_of_the_depot() {
        let nobody = |code: &str| Ok(Answer::Nobody { code: code.to_owned() });
        assert_eq!(
            answered("<e:Error><e:Code>NOT_FOUND</e:Code><e:Message/></e:Error>"),
            nobody("NOT_FOUND")
        );
        let status = "<e:Status><Code>404</Code></e:Status>";
        assert_eq!(read(&envelope(status)), nobody("404"));
        assert!(read(&envelope("<e:ETK>AQID</e:ETK>")).is_err(), "an answer has a status");
    }

    #[test]
    fn what_is_asked_is_written_as_the_depot_reads_it() {
        let whom = Recipient::parse("CBE", "820563481", Some("MYCARENET")).unwrap();
        let text = String::from_utf8(question(&[whom]).unwrap()).unwrap();
        let inside = "<etk:Type>CBE</etk:Type><etk:Value>0820563481</etk:Value><etk:ApplicationID>MYCARENET</etk:ApplicationID>";
        assert!(text.contains(inside), "{text}");
    }

    proptest! {
        #[test]
        fn no_answer_breaks_the_reader(inside in "[<>/a-zA-Z0-9:= \"]{0,200}") {
            // Refused or read; never a panic, and never a token out of nothing.
            let read = answered(&inside);
            prop_assert!(!matches!(read, Ok(Answer::Etk(_))) || inside.contains("ETK"));
        }
    }
}
