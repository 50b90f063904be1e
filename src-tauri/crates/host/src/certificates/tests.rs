use std::sync::Arc;

use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509NameBuilder};
use proptest::prelude::*;
use relais_core::certificates::reminder::{Item, Rung};
use relais_keystore::inventory::Contents;

use super::*;
use crate::preferences::Language;

const NOW: &str = "2026-03-15T09:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn zone() -> TimeZone {
    crate::when::zone()
}

fn der(subject: &[(&str, &str)], issuer: &str, until: &str) -> Vec<u8> {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let name = |parts: &[(&str, &str)]| {
        let mut name = X509NameBuilder::new().unwrap();
        parts.iter().for_each(|(kind, value)| name.append_entry_by_text(kind, value).unwrap());
        name.build()
    };
    let mut certificate = X509::builder().unwrap();
    certificate.set_version(2).unwrap();
    certificate.set_subject_name(&name(subject)).unwrap();
    certificate.set_issuer_name(&name(&[("CN", issuer)])).unwrap();
    certificate.set_not_before(&Asn1Time::from_str("20230615220000Z").unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::from_str(until).unwrap()).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.append_extension(KeyUsage::new().digital_signature().build().unwrap()).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    certificate.build().to_der().unwrap()
}

fn hospital(name: &str, issuer: &str, until: &str) -> Vec<u8> {
    let parts =
        [("C", "BE"), ("OU", "eHealth-platform Belgium"), ("OU", "NIHII-HOSPITAL=71099914"), ("OU", name)];
    der(&parts, issuer, until)
}

const PRODUCTION: &str = "ZetesConfidens Private Trust PKI - eHealth issuing CA 001";
const ACCEPTANCE: &str = "TEST-ZetesConfidens-eHealth acceptance test-issuing CA 001";

fn row(file: &str, contents: Contents) -> Row {
    Row { path: file.into(), modified_at: Some(now()), found: Found::Read(Arc::new(contents)) }
}

fn file(name: &str, der: &[u8]) -> Row {
    row(name, inventory::read(der))
}

fn of_files(rows: &[Row]) -> Overview {
    let mut all = overview(fresh(rows), &[], now(), &zone());
    all.lines.retain(|line| !line.files.is_empty());
    all
}

#[test]
fn what_relais_trusts_is_in_the_list_and_its_end_is_told() {
    let all = overview([], &[], now(), &zone());
    assert_eq!(all.lines.len(), 12, "every authority that comes with it");
    assert!(all.lines.iter().all(|line| line.watched.reminded_of() && line.files.is_empty()));
    let issuing = all.lines.iter().find(|line| line.who() == PRODUCTION).unwrap();
    assert_eq!(issuing.public.not_after.to_string(), "2029-02-08T14:53:33Z");
    let later = overview([], &[], "2028-12-01T00:00:00Z".parse().unwrap(), &zone());
    let issuing = later.lines.iter().find(|line| line.who() == PRODUCTION).unwrap();
    assert!(matches!(issuing.today, Today::NewAnchors { .. }));
}

#[test]
fn a_certificate_in_several_files_is_one_line_and_its_successor_silences_it() {
    let (old, new) = (
        hospital("SINT-ELIGIUS", PRODUCTION, "20260601100000Z"),
        hospital("SINT-ELIGIUS", PRODUCTION, "20290601100000Z"),
    );
    let both = of_files(&[file("a.der", &old), file("copy/a.der", &old)]);
    assert_eq!((both.lines.len(), both.lines[0].files.len()), (1, 2));
    assert_eq!(both.lines[0].who(), "SINT-ELIGIUS (NIHII-HOSPITAL 71099914)");
    assert!(matches!(both.lines[0].today, Today::Renew { .. }));
    let renewed = of_files(&[file("a.der", &old), file("b.der", &new)]);
    assert_eq!(renewed.lines[0].today, Today::Keep);
    assert!(matches!(renewed.lines[1].today, Today::Wait { .. }));
}

#[test]
fn what_cannot_be_looked_at_now_has_its_age_and_a_copy_that_can_takes_it_away() {
    let one = hospital("SINT-ELIGIUS", PRODUCTION, "20260601100000Z");
    let (gone, here) = (file("share/a.der", &one), file("b.der", &one));
    let old = now() - jiff::SignedDuration::from_hours(72);
    let age = |rows: &[Aged<'_>]| {
        let mut all = overview(rows.iter().copied(), &[], now(), &zone());
        all.lines.retain(|line| !line.files.is_empty());
        all.lines[0].seen_at
    };
    assert_eq!(age(&[(&gone, Some(old))]), Some(old));
    assert_eq!(age(&[(&gone, Some(old)), (&here, None)]), None);
    assert_eq!(age(&[(&here, None), (&gone, Some(old))]), None);
}

#[test]
fn an_eid_never_silences_the_certificate_of_the_same_person() {
    let number = "85010199885";
    let own =
        der(&[("OU", &format!("SSIN={number}")), ("OU", "CLAIRE MARTIN")], PRODUCTION, "20260601100000Z");
    let eid = der(
        &[("CN", "Claire Martin (Authentication)"), ("serialNumber", number)],
        "Citizen CA",
        "20330601100000Z",
    );
    let card = shown(&eid).unwrap();
    let mut all = overview(fresh(&[file("a.der", &own)]), &card, now(), &zone());
    let line = |file: bool| {
        all.lines
            .iter()
            .find(|l| l.files.is_empty() != file && !matches!(l.watched.holder, Holder::Authority(_)))
            .unwrap()
    };
    assert!(matches!(line(true).today, Today::Renew { .. }));
    assert!(matches!(line(false).today, Today::Wait { .. }));
    assert_eq!(line(true).who(), "CLAIRE MARTIN");
    let texts = Texts::new(Language::En);
    all.lines[0].files.push(format!("SSIN={number} 20260102-101500.p12").into());
    let written = csv(&all, &texts, &zone()) + &ics(&all.lines, now(), &texts, &zone());
    assert!(!written.contains(number) && written.contains("CLAIRE MARTIN"), "no number of a person leaves");
    assert!(shown(b"nonsense").is_err_and(|problem| problem.code == Code::CERTIFICATE_UNREADABLE));
}

#[test]
fn a_closed_keystore_is_a_line_with_what_its_name_tells() {
    let closed = Contents { keystore: true, closed: true, ..Contents::default() };
    let named = row("x/CBE=0809394427,MYAPP 20260102-101500.p12", closed.clone());
    let all = of_files(&[named, row("x/mine.p12", closed)]);
    let owner = ("CBE".to_owned(), "0809394427".to_owned(), Some("MYAPP".to_owned()));
    assert_eq!(
        (all.closed[0].made, all.closed[0].owner.clone()),
        (Some(Date::constant(2026, 1, 2)), Some(owner))
    );
    assert_eq!((all.closed[1].made, &all.closed[1].owner), (Some(Date::constant(2026, 3, 15)), &None));
    let table = csv(&all, &Texts::new(Language::Fr), &zone());
    assert!(table.contains(";CBE;0809394427;MYAPP;"), "{table}");
    assert!(table.contains("fait le 2 janvier 2026"), "{table}");
}

fn events(text: &str) -> Vec<(Vec<String>, usize, Vec<String>)> {
    let calendar = ICalendar::parse(text).unwrap();
    let of = |kind| calendar.components.iter().filter(move |one| one.component_type == kind);
    of(ICalendarComponentType::VEvent)
        .map(|event| {
            let text = |name: ICalendarProperty| {
                let entry = event.entries.iter().find(|entry| entry.name == name).unwrap();
                match &entry.values[0] {
                    ICalendarValue::Text(text) => text.clone(),
                    other => format!("{other:?}"),
                }
            };
            let triggers = event.component_ids.iter().map(|id| {
                let alarm = &calendar.components[*id as usize];
                assert_eq!(alarm.component_type, ICalendarComponentType::VAlarm);
                let trigger =
                    alarm.entries.iter().find(|entry| entry.name == ICalendarProperty::Trigger).unwrap();
                match &trigger.values[0] {
                    ICalendarValue::Duration(span) => format!("{}", span.as_seconds()),
                    other => panic!("{other:?}"),
                }
            });
            let texts = vec![text(ICalendarProperty::Summary), text(ICalendarProperty::Description)];
            (texts, event.component_ids.len(), triggers.collect())
        })
        .collect()
}

#[test]
fn a_path_is_shown_without_the_numbers_of_people_and_with_all_others() {
    for (path, shown) in [
        ("/k/SSIN=85010199885 20260102-101500.p12", "/k/SSIN=… 20260102-101500.p12"),
        ("/k/85.01.01-998.85/é.pem", "/k/…/é.pem"),
        (
            "/2026/NIHII-HOSPITAL=71099914 20260102-101500.p12",
            "/2026/NIHII-HOSPITAL=71099914 20260102-101500.p12",
        ),
        ("/850101998851/a", "/850101998851/a"),
    ] {
        assert_eq!(shown_path(Path::new(path)), shown);
    }
}

#[test]
fn a_calendar_library_reads_the_event_with_an_alarm_at_every_rung() {
    // Ends at midnight of 15 to 16 June in Belgium.
    let all = of_files(&[file("a.der", &hospital("HÔPITAL; \\ \"É,T\"", ACCEPTANCE, "20260615220000Z"))]);
    let text = ics(&all.lines, now(), &Texts::new(Language::Fr), &zone());
    assert!(text.contains("DTSTART;VALUE=DATE:20260616\r\nDTEND;VALUE=DATE:20260617\r\n"), "{text}");
    assert!(text.contains("DTSTAMP:20260315T090000Z\r\n"));
    assert!(text.lines().all(|line| line.len() <= 75 && !line.contains('\r')));
    let [(texts, alarms, triggers)] = &events(&text)[..] else { panic!("{text}") };
    let title =
        "Tests (Acceptation)\u{a0}: le certificat de HÔPITAL; \\ \"É,T\" (NIHII-HOSPITAL 71099914) expire";
    assert_eq!(texts[0], title);
    assert!(texts[1].starts_with("À renouveler à partir du 16 mars 2026."), "{}", texts[1]);
    let hours_before = |days: i64| ((9 - 24 * days) * 3_600).to_string();
    let expected: Vec<_> = [92, 60, 30, 14, 7, 6, 5, 4, 3, 2, 1, 0].map(hours_before).to_vec();
    assert_eq!(
        (*alarms, triggers),
        (12, &expected),
        "the window, every rung, and the day itself, each at nine"
    );
}

#[test]
fn what_was_replaced_or_belongs_to_strangers_is_in_no_calendar() {
    let old = hospital("SINT-ELIGIUS", PRODUCTION, "20260601100000Z");
    let new = hospital("SINT-ELIGIUS", PRODUCTION, "20290601100000Z");
    let web = der(&[("CN", "www.hospital.test")], "Some CA", "20260601100000Z");
    let all = of_files(&[file("a.der", &old), file("b.der", &new), file("c.der", &web)]);
    assert_eq!(all.lines.len(), 3);
    assert_eq!(events(&ics(&all.lines, now(), &Texts::new(Language::Nl), &zone())).len(), 1);
}

#[test]
fn the_table_is_read_by_its_library_and_holds_no_formula() {
    let name = "=HYPERLINK(\"x\";\"y\")\r\nB";
    let all = of_files(&[
        file("a.der", &hospital(name, PRODUCTION, "20260601220000Z")),
        Row {
            path: "-gone".into(),
            modified_at: None,
            found: Found::Failed(Code::CERTIFICATE_FOLDER_UNREACHABLE),
        },
    ]);
    for language in Language::ALL {
        let text = csv(&all, &Texts::new(language), &zone());
        let body = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(body.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(&rows[0][0], "'=HYPERLINK(\"x\";\"y\")  B");
        assert_eq!((&rows[0][2], &rows[0][7]), ("71099914", "2026-06-02"), "the day in Belgium");
        assert!(rows[1][8].starts_with("RLS-4017: ") && &rows[1][9] == "'-gone");
        assert!(!text.contains("certificates-"), "{} has every text: {text}", language.name());
    }
}

#[test]
fn a_reminder_names_the_next_step_and_many_are_one_sentence() {
    let all = of_files(&[file("a.der", &hospital("SINT-ELIGIUS", PRODUCTION, "20260413100000Z"))]);
    let id = all.lines[0].public.id;
    let item = |rung| Item { id, rung, deputy: false };
    for language in Language::ALL {
        let texts = Texts::new(language);
        for rung in [Rung::Opened, Rung::Days(1), Rung::Days(14), Rung::Ended] {
            let said = told(&[item(rung)], &all.lines, &texts, &zone()).unwrap();
            assert!(
                said.contains("SINT-ELIGIUS") && !said.contains("certificates-") && said.ends_with('.'),
                "{said}"
            );
        }
        let said = failed(id, Code::CERTIFICATE_UNREADABLE, &all.lines, &texts);
        let draft = draft(id, &all.lines, &texts, &zone()).unwrap();
        assert!(
            said.contains("SINT-ELIGIUS")
                && draft.body.contains("2026")
                && !draft.subject.contains("certificates-")
        );
    }
    let english = Texts::new(Language::En);
    let one = told(&[item(Rung::Days(30))], &all.lines, &english, &zone()).unwrap();
    let who = "The certificate of SINT-ELIGIUS (NIHII-HOSPITAL 71099914)";
    assert_eq!(one, format!("{who} ends in 30 days, on 13 April 2026. Renew before 13 April 2026."));
    let many = told(&[item(Rung::Days(30)), item(Rung::Opened)], &all.lines, &english, &zone()).unwrap();
    assert!(many.starts_with("2 certificates need attention"), "{many}");
    let stranger = Item { id: CertificateId([9; 32]), rung: Rung::Ended, deputy: false };
    assert_eq!(told(&[stranger], &all.lines, &english, &zone()), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_name_breaks_the_calendar_or_the_table(name in "\\PC{0,80}[\r\n\t;,\\\\\"=+]{0,4}\\PC{0,80}") {
        let mut all = overview([], &[], now(), &zone());
        all.lines.retain(|line| line.today != Today::Keep);
        all.lines.truncate(1);
        all.lines[0].public.name = Some(name);
        let texts = Texts::new(Language::Fr);
        let text = ics(&all.lines, now(), &texts, &zone());
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75));
        prop_assert_eq!(events(&text).len(), 1);
        let table = csv(&all, &texts, &zone());
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        prop_assert_eq!(reader.records().map(Result::unwrap).count(), 1);
    }
}

/// A shelf of so many certificates of hospitals, one of them written three ways.
fn shelf(count: usize) -> Arc<relais_keystore::inventory::Shelf> {
    let read = inventory::read(&hospital("SINT-ELIGIUS", PRODUCTION, "20260615220000Z"));
    let rows = (0..count).map(|number| {
        let mut contents = read.clone();
        let digits: [u8; 8] = (number as u64).to_be_bytes();
        let mut id = [0; 32];
        id[..8].copy_from_slice(&digits);
        contents.certificates[0].id = CertificateId(id);
        contents.certificates[0].owner.as_mut().unwrap().id = format!("{number:08}");
        row(&format!("/keys/NIHII-HOSPITAL={number:08} 20260102-101500.pem"), contents)
    });
    let mut shelf = relais_keystore::inventory::Shelf::default();
    shelf.take_up(&relais_keystore::inventory::Seen::of(rows.collect(), true), false, now());
    Arc::new(shelf)
}

#[test]
fn ten_thousand_rows_come_page_by_page_and_are_searched_and_counted_as_a_whole() {
    use relais_core::certificates::reminder::Reminders;
    use relais_core::session::quiet::Hours;
    use relais_engine::view::certificates::{CertificateGroup, CertificateRow, CertificatesQuery, MOST_ROWS};

    const ROWS: usize = 10_000;
    let hours = Hours::usual(zone());
    let listed = known::listed(&[shelf(ROWS)], &relais_keystore::inventory::Shelf::default(), &hours, now());
    let known = Known {
        folders: vec![],
        listed: Arc::new(listed),
        reminders: Arc::new(Reminders::default()),
        said: None,
        deputy: None,
        own: None,
        problem: None,
        settled: true,
    };
    let page = |query: CertificatesQuery| view(&known, &query, 1, now(), &zone());
    let soon = Some(CertificateGroup::Soon);
    let begun = std::time::Instant::now();
    let first = page(CertificatesQuery { group: soon, count: 1_000, ..CertificatesQuery::default() });
    // It is made beside the window; ten times what a window may wait is a watchdog.
    assert!(begun.elapsed() < std::time::Duration::from_millis(10 * 16), "{:?}", begun.elapsed());
    assert_eq!(
        (first.rows.len(), first.total),
        (MOST_ROWS as usize, ROWS as u32),
        "as many as a page may have"
    );
    let count = |group| first.counts.iter().find(|one| one.group == group).unwrap().rows;
    assert_eq!((count(CertificateGroup::Soon), count(CertificateGroup::Closed)), (ROWS as u32, 0));
    let last =
        page(CertificatesQuery { group: soon, from: 9_900, count: 200, ..CertificatesQuery::default() });
    assert_eq!(last.rows.len(), 100);
    let found = page(CertificatesQuery {
        search: "eligius 00000042".into(),
        count: 9,
        ..CertificatesQuery::default()
    });
    let [CertificateRow::Certificate { certificate, .. }] = &found.rows[..] else {
        panic!("{:?}", found.rows)
    };
    assert_eq!(certificate.who, "SINT-ELIGIUS (NIHII-HOSPITAL 00000042)");
    assert!(certificate.bar.opens < certificate.bar.ends && !certificate.bar.dashed);
    assert!(serde_json::to_vec(&first).unwrap().len() < 256 * 1024, "a page is small");
}

#[test]
fn a_closed_keystore_and_a_broken_file_are_rows_of_their_own_and_show_no_number_of_a_person() {
    use relais_engine::view::certificates::{CertificateGroup, CertificateRow, CertificatesQuery};

    let closed = Contents { keystore: true, closed: true, ..Contents::default() };
    let lost = Row {
        path: "/k/85010199885".into(),
        modified_at: None,
        found: Found::Failed(Code::CERTIFICATE_FOLDER_UNREACHABLE),
    };
    let rows = vec![row("/k/SSIN=85010199885 20260102-101500.p12", closed), lost];
    let mut shelf = relais_keystore::inventory::Shelf::default();
    shelf.take_up(&relais_keystore::inventory::Seen::of(rows, false), false, now());
    let hours = relais_core::session::quiet::Hours::usual(zone());
    let listed =
        known::listed(&[Arc::new(shelf)], &relais_keystore::inventory::Shelf::default(), &hours, now());
    let known = Known {
        folders: vec![],
        listed: Arc::new(listed),
        reminders: Arc::default(),
        said: None,
        deputy: None,
        own: None,
        problem: None,
        settled: true,
    };
    let query = CertificatesQuery { count: 50, ..CertificatesQuery::default() };
    let page = view(&known, &query, 1, now(), &zone());
    let shown = serde_json::to_string(&page).unwrap();
    assert!(!shown.contains("85010199885"), "{shown}");
    let of = |wanted: CertificateGroup| page.counts.iter().find(|one| one.group == wanted).unwrap().rows;
    assert_eq!((of(CertificateGroup::Closed), of(CertificateGroup::Unreadable)), (1, 1));
    let made = page.rows.iter().find_map(|row| match row {
        CertificateRow::Closed { made, who, .. } => Some((made.clone(), who.clone())),
        _ => None,
    });
    assert_eq!(made, Some((Some("2026-01-02".to_owned()), Some("SSIN".to_owned()))));
    let none = view(&known, &CertificatesQuery { search: "85010199885".into(), ..query }, 1, now(), &zone());
    assert_eq!(none.total, 0, "nobody is found by their number");
}
