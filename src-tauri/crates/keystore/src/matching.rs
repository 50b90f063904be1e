//! Which keystore opens a message, by what the inventory shows without any password; where none does, in which order
//! to try them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::inventory::{Contents, Found, Public, Row, Use};
use crate::message::Recipient;
use crate::save::MOMENT;

/// What tells that a file opens the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// It holds the certificate that the message names by issuer and number.
    Certificate,
    /// It holds the certificate whose key the message names.
    KeyId,
    /// An entry is named by the number that the message names: what else is in the file is closed.
    Alias,
}

/// A file with what opens the message.
#[derive(Debug)]
pub struct Match<'a> {
    /// The file.
    pub row: &'a Row,
    /// Name of the entry, where it can be read.
    pub alias: Option<&'a str>,
    /// The certificate, where it can be read.
    pub certificate: Option<&'a Public>,
    /// How that is known.
    pub by: By,
}

impl Match<'_> {
    /// The file holds a key, not the certificate alone.
    #[must_use]
    pub fn opens(&self) -> bool {
        contents(self.row).is_some_and(|contents| contents.keystore)
    }
}

/// A keystore to try, where it cannot be told which.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// The file.
    pub row: &'a Row,
    /// Since when its key is used, by its certificate, else by the time in its name.
    pub from: Option<Timestamp>,
    /// Until when, where its certificate can be read.
    pub until: Option<Timestamp>,
    /// What can be read of it names other keys than the message does.
    pub names_others: bool,
}

/// What an inventory knows of a message.
#[derive(Debug)]
pub struct Answer<'a> {
    /// Files that open it, keystores first, those with the certificate before those with a name alone.
    pub matches: Vec<Match<'a>>,
    /// Where no keystore does: all of them, the likeliest first.
    pub candidates: Vec<Candidate<'a>>,
    /// Places that could not be read: what lies there is not known.
    pub unread: Vec<&'a Row>,
}

/// Looks for the keys of these recipients. `sent_at` is when the message was sent, where somebody knows.
#[must_use]
pub fn matching<'a>(recipients: &[Recipient], rows: &'a [Row], sent_at: Option<Timestamp>) -> Answer<'a> {
    let mut matches: Vec<Match<'a>> = rows.iter().flat_map(|row| matches_of(row, recipients)).collect();
    matches.sort_by_key(|one| (!one.opens(), one.by == By::Alias));
    let candidates =
        if matches.iter().any(Match::opens) { Vec::new() } else { candidates(rows, recipients, sent_at) };
    let unread = rows.iter().filter(|row| matches!(row.found, Found::Failed(_))).collect();
    Answer { matches, candidates, unread }
}

fn contents(row: &Row) -> Option<&Contents> {
    match &row.found {
        Found::Read(contents) => Some(contents),
        Found::Failed(_) => None,
    }
}

/// Every recipient at most once.
fn matches_of<'a>(row: &'a Row, recipients: &[Recipient]) -> Vec<Match<'a>> {
    let Some(contents) = contents(row) else { return Vec::new() };
    let of = |recipient: &Recipient| {
        let (certificate, by) = match recipient {
            Recipient::Certificate { issuer, serial } => {
                let same = |one: &&Public| one.serial == *serial && one.issuer == *issuer;
                (contents.certificates.iter().find(same), By::Certificate)
            }
            Recipient::KeyId(id) => {
                let same = |one: &&Public| !id.is_empty() && one.key_id == *id;
                (contents.certificates.iter().find(same), By::KeyId)
            }
            Recipient::Other => (None, By::Alias),
        };
        if let Some(certificate) = certificate {
            let alias = alias(contents, &certificate.serial);
            return Some(Match { row, alias, certificate: Some(certificate), by });
        }
        let Recipient::Certificate { serial, .. } = recipient else { return None };
        // Where the certificate could be read, another issuer's number is another certificate.
        let shown = contents.certificates.iter().any(|one| one.serial == *serial);
        let alias = alias(contents, serial).filter(|_| !shown && contents.keystore)?;
        Some(Match { row, alias: Some(alias), certificate: None, by: By::Alias })
    };
    recipients.iter().filter_map(of).collect()
}

/// The entry that is named by a serial number.
fn alias<'a>(contents: &'a Contents, serial: &str) -> Option<&'a str> {
    let named = |alias: &&String| is_number(alias) && alias.trim_start_matches('0') == serial;
    contents.aliases.iter().find(named).map(String::as_str)
}

fn is_number(alias: &str) -> bool {
    !alias.is_empty() && alias.bytes().all(|byte| byte.is_ascii_digit())
}

/// All keystores: first those that name no other key, then those that were in use when the message was sent, the newest of
/// them first; then older ones, the newest first; then those that came later, the oldest first.
fn candidates<'a>(
    rows: &'a [Row],
    recipients: &[Recipient],
    sent_at: Option<Timestamp>,
) -> Vec<Candidate<'a>> {
    let by_number = recipients.iter().all(|one| matches!(one, Recipient::Certificate { .. }));
    let keystores = rows.iter().filter(|row| contents(row).is_some_and(|contents| contents.keystore));
    let mut all: Vec<_> = keystores.map(|row| candidate(row, by_number, sent_at)).collect();
    all.sort_by_key(|one| (one.names_others, distance(one, sent_at)));
    all
}

fn candidate(row: &Row, by_number: bool, sent_at: Option<Timestamp>) -> Candidate<'_> {
    let contents = contents(row);
    let own = |one: &&Public| matches!(one.purpose, Use::Authentication | Use::Encryption);
    let certificates = contents.into_iter().flat_map(|contents| contents.certificates.iter().filter(own));
    let in_use = |one: &Public| sent_at.is_some_and(|at| one.not_before <= at && at <= one.not_after);
    let best = certificates.max_by_key(|one| (in_use(one), one.not_before));
    // Every key for messages is named by its number where the file follows the convention.
    let conventional = |alias: &String| is_number(alias) || alias.eq_ignore_ascii_case("authentication");
    let aliases = contents.map(|contents| contents.aliases.as_slice()).unwrap_or_default();
    Candidate {
        row,
        from: best.map(|one| one.not_before).or_else(|| made(row)),
        until: best.map(|one| one.not_after),
        names_others: by_number && !aliases.is_empty() && aliases.iter().all(conventional),
    }
}

/// The time in the name of a file; in which zone it was written nobody knows, and hours do not matter here.
fn made(row: &Row) -> Option<Timestamp> {
    let at = DateTime::strptime(MOMENT, row.named()?.made()).ok()?;
    at.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// How unlikely it is that a keystore was the one: less is likelier.
fn distance(one: &Candidate<'_>, sent_at: Option<Timestamp>) -> (u8, i64) {
    match (one.from, sent_at) {
        (None, _) => (3, 0),
        (Some(from), None) => (0, -from.as_second()),
        (Some(from), Some(at)) if from > at => (2, from.as_second()),
        (Some(from), Some(at)) => (u8::from(one.until.is_some_and(|until| until < at)), -from.as_second()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use relais_core::Code;
    use relais_core::certificates::CertificateId;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn public(serial: &str, issuer: &str, from: &str, until: &str) -> Public {
        Public {
            id: CertificateId([0; 32]),
            serial: serial.to_owned(),
            key_id: format!("{serial:0>40}"),
            subject: issuer.to_owned(),
            issuer: issuer.to_owned(),
            not_before: at(from),
            not_after: at(until),
            purpose: Use::Encryption,
            owner: None,
            name: None,
            card: false,
            environment: None,
        }
    }

    fn row(path: &str, keystore: bool, aliases: &[&str], certificates: Vec<Public>) -> Row {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        let contents = Contents { keystore, closed: keystore, aliases, certificates, problem: None };
        Row { path: path.into(), modified_at: None, found: Found::Read(Arc::new(contents)) }
    }

    fn named(issuer: &str, serial: &str) -> Recipient {
        Recipient::Certificate { issuer: issuer.to_owned(), serial: serial.to_owned() }
    }

    fn paths<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<&'a str> {
        rows.into_iter().map(|row| row.path.to_str().unwrap()).collect()
    }

    const FROM: &str = "2024-01-01T00:00:00Z";
    const UNTIL: &str = "2027-01-01T00:00:00Z";

    #[test]
    fn a_key_is_found_by_its_certificate_by_its_identifier_and_by_its_name_alone() {
        let own = || vec![public("77", "CN=us", FROM, UNTIL), public("78", "CN=us", FROM, UNTIL)];
        let rows = [
            row("alone.pem", false, &[], own()),
            row("closed.p12", true, &["authentication", "0078"], vec![]),
            row("open.p12", true, &["Authentication", "78"], own()),
            row("other.p12", true, &["78"], vec![public("78", "CN=them", FROM, UNTIL)]),
            row("letters.p12", true, &["78a"], vec![]),
        ];
        let told = |recipient: Recipient| {
            let answer = matching(&[recipient, Recipient::Other], &rows, None);
            assert!(answer.candidates.is_empty());
            let one =
                |one: &Match<'_>| (one.row.path.display().to_string(), one.alias.map(str::to_owned), one.by);
            answer.matches.iter().map(one).collect::<Vec<_>>()
        };
        let row = |path: &str, alias: Option<&str>, by| (path.to_owned(), alias.map(str::to_owned), by);
        let expected = [
            row("open.p12", Some("78"), By::Certificate),
            row("closed.p12", Some("0078"), By::Alias),
            row("alone.pem", None, By::Certificate),
        ];
        assert_eq!(told(named("CN=us", "78")), expected);
        let by_key = told(Recipient::KeyId(format!("{:0>40}", "78")));
        let expected = [
            row("open.p12", Some("78"), By::KeyId),
            row("other.p12", Some("78"), By::KeyId),
            row("alone.pem", None, By::KeyId),
        ];
        assert_eq!(by_key, expected);
    }

    #[test]
    fn a_sidecar_from_before_keys_were_noted_matches_no_empty_identifier() {
        let noted = Public { key_id: String::new(), ..public("78", "CN=us", FROM, UNTIL) };
        let rows = [row("open.p12", true, &[], vec![noted])];
        assert!(matching(&[Recipient::KeyId(String::new())], &rows, None).matches.is_empty());
    }

    #[test]
    fn where_nothing_matches_the_keystore_of_that_time_comes_first() {
        let life = |from: &str, until: &str| vec![public("1", "CN=us", from, until)];
        let rows = [
            row("later.p12", true, &[], life("2026-02-01T00:00:00Z", "2029-02-01T00:00:00Z")),
            row("ended.p12", true, &[], life("2019-01-01T00:00:00Z", "2022-01-01T00:00:00Z")),
            row("then.p12", true, &[], life("2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z")),
            row("nothing known.p12", true, &[], vec![]),
            row("SSIN=85010199885 20250102-101500.p12", true, &[], vec![]),
            row("another.p12", true, &["authentication", "5"], life("2025-06-01T00:00:00Z", UNTIL)),
            row("no key.pem", false, &[], life("2024-01-01T00:00:00Z", UNTIL)),
            Row {
                path: "broken.p12".into(),
                modified_at: None,
                found: Found::Failed(Code::KEYSTORE_UNREADABLE),
            },
        ];
        let order = |sent: Option<&str>, recipient: Recipient| {
            let answer = matching(&[recipient], &rows, sent.map(at));
            assert_eq!(paths(answer.unread), ["broken.p12"]);
            paths(answer.candidates.iter().map(|one| one.row))
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let by_number = named("CN=us", "99");
        let expected = [
            "SSIN=85010199885 20250102-101500.p12",
            "then.p12",
            "ended.p12",
            "later.p12",
            "nothing known.p12",
            "another.p12",
        ];
        assert_eq!(order(Some("2025-09-01T00:00:00Z"), by_number.clone()), expected);
        let newest = order(None, by_number);
        assert_eq!(newest[..2], ["later.p12", "SSIN=85010199885 20250102-101500.p12"]);
        let by_key = order(Some("2025-09-01T00:00:00Z"), Recipient::KeyId("aa".repeat(20)));
        assert_eq!(by_key[0], "another.p12", "a name rules nothing out where the message names a key");
    }

    #[test]
    fn a_certificate_without_a_key_opens_nothing() {
        let rows = [
            row("alone.pem", false, &[], vec![public("78", "CN=us", FROM, UNTIL)]),
            row("old.p12", true, &[], vec![]),
        ];
        let answer = matching(&[named("CN=us", "78")], &rows, None);
        assert_eq!(answer.matches.len(), 1);
        assert!(!answer.matches[0].opens());
        assert_eq!(paths(answer.candidates.iter().map(|one| one.row)), ["old.p12"]);
    }
}
