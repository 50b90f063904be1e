//! A reminder in words: one for a certificate with its next step, one for many; and the draft of a mail to a deputy,
//! which nobody sends but the person.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use relais_core::certificates::CertificateId;
use relais_core::certificates::reminder::{Item, Rung};
use relais_core::{Code, Problem};

use super::{Line, date, step};
use crate::texts::Texts;

/// The draft of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// What is said of these, the most urgent first; nothing where none of them is known any more.
#[must_use]
pub fn told(items: &[Item], lines: &[Line], texts: &Texts, zone: &TimeZone) -> Option<String> {
    let known: Vec<(&Item, &Line)> =
        items.iter().filter_map(|item| Some((item, line(item.id, lines)?))).collect();
    let (item, first) = known.first()?;
    let (who, d) = (first.who(), day(first.public.not_after, texts, zone));
    let values = [("who", who.as_str()), ("d", d.as_str())];
    if known.len() > 1 {
        let count = known.len().to_string();
        return Some(texts.get("certificates-told-many", &[&values[..], &[("count", &count)]].concat()));
    }
    let sentence = match item.rung {
        Rung::Opened => texts.get("certificates-told-opened", &values),
        Rung::Ended => texts.get("certificates-told-ended", &values),
        Rung::Days(days) => {
            texts.get("certificates-told-days", &[&values[..], &[("days", &days.to_string())]].concat())
        }
    };
    Some(format!("{sentence} {}.", step(first.today, texts, zone)))
}

/// What is said of a renewal that failed.
#[must_use]
pub fn failed(id: CertificateId, code: Code, lines: &[Line], texts: &Texts) -> String {
    let who = line(id, lines).map_or_else(|| "•".to_owned(), Line::who);
    let sentence = texts.get("certificates-told-failed", &[("who", &who)]);
    format!("{sentence} {}", texts.sentence(&Problem::new(code)))
}

/// The draft for a deputy; none for a certificate that is not known.
#[must_use]
pub fn draft(id: CertificateId, lines: &[Line], texts: &Texts, zone: &TimeZone) -> Option<Draft> {
    let line = line(id, lines)?;
    let (who, d) = (line.who(), day(line.public.not_after, texts, zone));
    let values = [("who", who.as_str()), ("d", d.as_str())];
    Some(Draft {
        subject: texts.get("certificates-deputy-subject", &values),
        body: texts.get("certificates-deputy-body", &values),
    })
}

fn line(id: CertificateId, lines: &[Line]) -> Option<&Line> {
    lines.iter().find(|line| line.public.id == id)
}

fn day(at: Timestamp, texts: &Texts, zone: &TimeZone) -> String {
    date(at.to_zoned(zone.clone()).date(), texts)
}
