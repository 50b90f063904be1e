//! Whose key is asked for.

use relais_core::ident::{Identity, Ssin};

/// Somebody who has a key: type and number, and for organisations an application. Prints without the number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Recipient {
    kind: String,
    value: String,
    application: Option<String>,
    /// Whose number it is, where that is known and the number is not the person's SSIN.
    person: Option<String>,
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recipient")
            .field("kind", &self.kind)
            .field("application", &self.application)
            .finish_non_exhaustive()
    }
}

/// Nobody can be named so. The number is never part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a recipient has a type, a number of its length and at most an application id")]
pub struct NoRecipient;

/// Digits of the number of a type. Source: docs/reference/ehealth-certificates.md, section 2.
fn length(kind: &str) -> Option<usize> {
    match kind {
        "SSIN" | "NIHII11" => Some(11),
        "SITE" => Some(4),
        "CBE" | "EHP" | "SITESMUR" | "SITEPIT" => Some(10),
        _ if kind.starts_with("CBE-") || kind.starts_with("EHP-") => Some(10),
        _ if kind == "NIHII" || kind.starts_with("NIHII-") => Some(8),
        _ => None,
    }
}

/// Capitals, digits, `-` and `_`, 1 to 40 of them.
fn word(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    (1..=40).contains(&text.len()) && text.bytes().all(known)
}

impl Recipient {
    /// Reads type, number and application; a shorter number gets its noughts.
    ///
    /// # Errors
    /// [`NoRecipient`].
    pub fn parse(kind: &str, value: &str, application: Option<&str>) -> Result<Self, NoRecipient> {
        let digits = length(kind).filter(|_| word(kind)).ok_or(NoRecipient)?;
        let good = (1..=digits).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
        if !good || application.is_some_and(|text| !word(text)) {
            return Err(NoRecipient);
        }
        let value = format!("{value:0>digits$}");
        Ok(Self { kind: kind.to_owned(), value, application: application.map(str::to_owned), person: None })
    }

    /// The owner of a keystore: whose own key this is.
    ///
    /// # Errors
    /// [`NoRecipient`] for a type whose length is not known.
    pub fn of(owner: &Identity) -> Result<Self, NoRecipient> {
        match owner {
            Identity::Person(person) => Self::parse("SSIN", person.reveal(), None),
            Identity::Organisation(one) => Self::parse(one.kind(), one.number(), one.application()),
        }
    }

    /// The person behind a NIHII: the depot may answer such a number with the token of their SSIN, and no other person's
    /// is taken for it.
    #[must_use]
    pub fn of_person(self, ssin: &Ssin) -> Self {
        Self { person: Some(ssin.reveal().to_owned()), ..self }
    }

    /// SSIN of the person behind a NIHII, where it is known.
    #[must_use]
    pub fn person(&self) -> Option<&str> {
        self.person.as_deref().filter(|_| matches!(self.kind(), "NIHII" | "NIHII11"))
    }

    /// Type of the number.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The application, where one is named.
    #[must_use]
    pub fn application(&self) -> Option<&str> {
        self.application.as_deref()
    }

    /// The number in full, for the message and for marks of it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gets_its_noughts_and_what_names_nobody_is_refused() {
        let value = |kind, value| Recipient::parse(kind, value, None).map(|one| one.reveal().to_owned());
        assert_eq!(value("CBE", "820563481").as_deref(), Ok("0820563481"));
        assert_eq!(value("NIHII-HOSPITAL", "71000012").as_deref(), Ok("71000012"));
        for (kind, wrong) in
            [("SSIN", ""), ("SSIN", "123456789012"), ("SSIN", "85.01.01"), ("PASSPORT", "1"), ("cbe", "1")]
        {
            assert_eq!(value(kind, wrong), Err(NoRecipient), "{kind}");
        }
        assert_eq!(Recipient::parse("CBE", "1", Some("my app")), Err(NoRecipient));
    }

    #[test]
    fn the_number_never_prints_itself() {
        let shown = format!("{:?}", Recipient::parse("SSIN", "85010199885", None));
        assert!(!shown.contains("85010199885"), "{shown}");
    }
}
