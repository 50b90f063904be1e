//! Readers and cards as a person reads them.

use relais_card::CardReading;
use relais_card::certificate::{CertificateFacts, Which};
use relais_card::document::Verified;
use relais_card::verify::Verdict;
use relais_core::card::Applet;
use relais_core::code::clean;
use relais_host::texts::Texts;

use super::Line;
use crate::plain::{self, Page};

pub(super) fn listed(texts: &Texts, readers: &[Line]) -> String {
    if readers.is_empty() {
        return texts.get("card-list-none", &[]);
    }
    let row = |line: &Line| {
        let mut state = texts.get(&format!("card-state-{}", line.state), &[]);
        if let Some(applet) = line.applet.map(applet_name) {
            state += &format!(", {}", texts.get("card-applet", &[("applet", &applet)]));
        }
        if line.keypad {
            state += &format!(", {}", texts.get("card-keypad", &[]));
        }
        vec![clean(&line.name), state]
    };
    plain::columns(&readers.iter().map(row).collect::<Vec<_>>())
}

/// As the document names it.
fn applet_name(applet: Applet) -> String {
    serde_json::to_value(applet).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) fn told(texts: &Texts, reading: &CardReading) -> String {
    let identity = &reading.identity;
    let tries = reading.pin_tries_left.map_or_else(|| texts.get("cli-unknown", &[]), |left| left.to_string());
    let valid = [("from", identity.valid_from.as_str()), ("to", identity.valid_until.as_str())];
    let page = Page::new(texts)
        .part("card-part-card")
        .line("card-number", &reading.card_number)
        .line("card-chip", &identity.chip_number)
        .line("card-version", &applet_name(reading.applet))
        .line("card-valid", &texts.get("cli-until", &valid))
        .line("card-issued-by", &identity.municipality)
        .line("card-document-type", &identity.document_type)
        .line("card-tries", &tries);
    let page = holder(page, reading);
    let page = checks(page, &reading.verified);
    certificates(texts, page, &reading.certificates).text()
}

fn holder<'a>(page: Page<'a>, reading: &CardReading) -> Page<'a> {
    let (identity, address) = (&reading.identity, &reading.address);
    page.part("card-part-identity")
        .line("card-surname", &identity.surname)
        .line("card-given-names", &identity.given_names)
        .line("card-third-name", &identity.third_name_initial)
        .line("card-national-number", &identity.national_number)
        .line("card-birth-date", &identity.birth_date)
        .line("card-birth-place", &identity.birth_place)
        .line("card-sex", &identity.sex)
        .line("card-nationality", &identity.nationality)
        .line("card-noble", &identity.noble_condition)
        .line("card-special-status", &identity.special_status)
        .part("card-part-address")
        .line("card-street", &address.street)
        .line("card-zip", &address.zip)
        .line("card-municipality", &address.municipality)
}

fn checks<'a>(page: Page<'a>, verified: &Verified) -> Page<'a> {
    let all = [
        ("card-check-identity", Some(verified.identity)),
        ("card-check-address", Some(verified.address)),
        ("card-check-photo", verified.photo),
        ("card-check-chain", Some(verified.chain)),
        ("card-check-key", verified.basic_key),
    ];
    let page = page.part("card-part-checks");
    all.into_iter().filter_map(|(label, verdict)| Some((label, verdict?))).fold(
        page,
        |page, (label, verdict)| {
            let words = match verdict {
                Verdict::Proven => "card-check-proven",
                Verdict::NoAnchor => "card-check-no-anchor",
                Verdict::Refuted => "card-check-refuted",
            };
            page.words(label, words)
        },
    )
}

fn certificates<'a>(texts: &Texts, page: Page<'a>, all: &[CertificateFacts]) -> Page<'a> {
    all.iter().fold(page.part("card-part-certificates"), |page, one| {
        let label = match one.which {
            Which::Authentication => "card-certificate-authentication",
            Which::Signature => "card-certificate-signature",
            Which::CitizenCa => "card-certificate-citizen-ca",
            Which::Root => "card-certificate-root",
            Which::Rrn => "card-certificate-rrn",
        };
        page.line(label, &format!("{}, {}", plain::span(texts, one.not_before, one.not_after), one.key))
    })
}
