//! Certificates in folders, in time that the test turns: each rung told once, also over a restart; answered, replaced, out
//! of reach and withdrawn.

use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509NameBuilder};
use relais_core::certificates::reminder::Rung;
use relais_core::session::notice::Matter;
use relais_engine::view::certificates::{
    CertificateGroup, CertificateRow, CertificatesQuery, CertificatesView,
};
use relais_host::certificates::{Answered, Known, view};

use super::*;

/// A person's number: it stands in no byte that is kept.
const NUMBER: &str = "85010199885";

/// A certificate of a hospital for signing in, or of a person, that lives from `from` to `until`, days from `now`.
fn certificate(owner: &str, now: Timestamp, from: i64, until: i64) -> X509 {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    for (kind, value) in
        [("C", "BE"), ("OU", "eHealth-platform Belgium"), ("OU", owner), ("OU", "SINT-ELIGIUS")]
    {
        name.append_entry_by_text(kind, value).unwrap();
    }
    let mut issuer = X509NameBuilder::new().unwrap();
    issuer.append_entry_by_text("CN", "TEST-ZetesConfidens-eHealth acceptance test-issuing CA 001").unwrap();
    let day = |days: i64| Asn1Time::from_unix(now.as_second() + days * 86_400).unwrap();
    let mut built = X509::builder().unwrap();
    built.set_version(2).unwrap();
    built.set_subject_name(&name.build()).unwrap();
    built.set_issuer_name(&issuer.build()).unwrap();
    built.set_not_before(&day(from)).unwrap();
    built.set_not_after(&day(until)).unwrap();
    built.set_pubkey(&key).unwrap();
    built.append_extension(KeyUsage::new().digital_signature().build().unwrap()).unwrap();
    built.sign(&key, MessageDigest::sha256()).unwrap();
    built.build()
}

const HOSPITAL: &str = "NIHII-HOSPITAL=71099914";

fn put(folder: &Path, file: &str, certificate: &X509) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(file), certificate.to_pem().unwrap()).unwrap();
}

/// Waits until this is true of what is known.
async fn known(relais: &Running, wanted: impl Fn(&Known) -> bool) -> Arc<Known> {
    let certificates = relais.certificates().unwrap();
    let mut states = certificates.states();
    let found = tokio::time::timeout(Duration::from_secs(60), states.wait_for(|known| wanted(known))).await;
    let found = found.map(|found| found.unwrap().clone());
    found.unwrap_or_else(|_| {
        let Known { folders, reminders, said, settled, .. } = &*certificates.known();
        panic!("that was never known, but {folders:?} {reminders:?} {said:?} {settled}")
    })
}

/// Everything has been looked at, and thought about.
async fn settled(relais: &Running) -> Arc<Known> {
    known(relais, |known| known.settled).await
}

/// Rungs that were said of the certificates in files, the latest of each.
fn rungs(known: &Known) -> Vec<Rung> {
    let lines = known.listed.overview.lines.iter().filter(|line| !line.files.is_empty());
    lines.filter_map(|line| Some(known.reminders.of(line.public.id)?.rung)).collect()
}

/// How many certificates are told outside the window now.
fn told(known: &Known) -> u32 {
    match known.matter() {
        Some(Matter::Certificates { count, .. }) => count,
        None => 0,
        Some(other) => panic!("{other:?}"),
    }
}

fn page(known: &Known, now: Timestamp, query: &CertificatesQuery) -> CertificatesView {
    view(known, query, 1, now, &TimeZone::UTC)
}

/// Rows of files on the first page.
fn rows(known: &Known, now: Timestamp) -> Vec<CertificateRow> {
    let query = CertificatesQuery { count: 50, ..CertificatesQuery::default() };
    let of_files = |row: &CertificateRow| match row {
        CertificateRow::Certificate { certificate, .. } => certificate.file_count > 0,
        CertificateRow::Closed { .. } | CertificateRow::Unreadable { .. } => true,
    };
    page(known, now, &query).rows.into_iter().filter(of_files).collect()
}

/// To the next working day at noon, so many days from now at the earliest.
fn to_a_morning(relais: &Running, practice: &Practice, days: i64) {
    let now = relais.handle.now().wall;
    let zone = relais_host::when::zone();
    let mut day = (now + SignedDuration::from_hours(24 * days)).to_zoned(zone).date();
    while !relais_core::certificates::delivery::working_day(day) {
        day = day.tomorrow().unwrap();
    }
    let then = day.at(12, 0, 0, 0).to_zoned(relais_host::when::zone()).unwrap().timestamp();
    practice.passes(then.duration_since(now).as_mins() + 1);
}

/// The practice, its folder with one certificate that ends in so many days, and Relais that was told to look there.
async fn agreed(days: i64) -> (Practice, Running, PathBuf) {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let folder = practice.folder.path().join("keys");
    put(&folder, "a.pem", &certificate(HOSPITAL, relais.handle.now().wall, -900, days));
    relais.certificates().unwrap().agree(folder.clone()).await.unwrap();
    known(&relais, |known| known.settled && known.folders.iter().any(|one| one.whole_at.is_some())).await;
    (practice, relais, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_rung_is_told_once_also_over_a_restart_and_answers_hold() {
    let (practice, relais, _) = agreed(120).await;
    assert_eq!(
        (rungs(&*settled(&relais).await), told(&*settled(&relais).await)),
        (vec![], 0),
        "it is too early"
    );
    to_a_morning(&relais, &practice, 40);
    let now = known(&relais, |known| told(known) == 1).await;
    assert_eq!(rungs(&now), [Rung::Opened]);
    relais.stop().await;

    let relais = practice.relais().await;
    let again =
        known(&relais, |known| known.settled && !known.folders.is_empty() && rungs(known).len() == 1).await;
    assert_eq!((rungs(&again), told(&again)), (vec![Rung::Opened], 0), "a restart repeats nothing");
    to_a_morning(&relais, &practice, 25);
    let sixty = known(&relais, |known| rungs(known) == [Rung::Days(60)]).await;
    assert_eq!(told(&sixty), 1);
    let certificates = relais.certificates().unwrap();
    certificates.answer(None, Answered::Later).await.unwrap();
    let later = known(&relais, |known| told(known) == 0).await;
    assert_eq!(rungs(&later), [Rung::Days(60)]);
    to_a_morning(&relais, &practice, 1);
    known(&relais, |known| told(known) == 1 && rungs(known) == [Rung::Days(60)]).await;
    certificates.answer(None, Answered::Known).await.unwrap();
    known(&relais, |known| told(known) == 0).await;
    to_a_morning(&relais, &practice, 2);
    let quiet = settled(&relais).await;
    assert_eq!(
        (told(&quiet), rungs(&quiet)),
        (0, vec![Rung::Days(60)]),
        "who knows is told at the next rung"
    );
    relais.stop().await;

    let relais = practice.relais().await;
    to_a_morning(&relais, &practice, 28);
    known(&relais, |known| rungs(known) == [Rung::Days(30)] && told(known) == 1).await;
    to_a_morning(&relais, &practice, 60);
    known(&relais, |known| rungs(known) == [Rung::Ended] && told(known) == 1).await;
    relais.stop().await;
    let told = practice.journal().into_iter().filter(|event| event == "certificates-told").count();
    assert!((5..=8).contains(&told), "{told}: opened, 60 twice, 30, what came between, and the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_successor_takes_the_reminder_back_and_the_old_one_is_kept() {
    let (practice, relais, folder) = agreed(50).await;
    to_a_morning(&relais, &practice, 1);
    known(&relais, |known| told(known) == 1).await;
    let now = relais.handle.now().wall;
    put(&folder, "b.pem", &certificate(HOSPITAL, now, -1, 1_000));
    // Nobody has to ask: the change is noticed.
    let after = known(&relais, |known| told(known) == 0 && rows(known, now).len() == 2).await;
    let groups: Vec<_> = rows(&after, now)
        .into_iter()
        .map(|row| match row {
            CertificateRow::Certificate { group, .. } => group,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(groups, [CertificateGroup::Fine, CertificateGroup::Kept]);
    to_a_morning(&relais, &practice, 45);
    let later = settled(&relais).await;
    assert_eq!(told(&later), 0);
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_vanishes_is_told_with_its_age_and_comes_back_by_itself() {
    let (practice, relais, folder) = agreed(50).await;
    let before = settled(&relais).await.folders[0].whole_at;
    let away = practice.folder.path().join("away");
    fs::rename(&folder, &away).unwrap();
    relais.certificates().unwrap().look_now();
    let lost = known(&relais, |known| known.settled && known.folders[0].problem.is_some()).await;
    assert_eq!(lost.folders[0].problem.as_ref().unwrap().code, Code::CERTIFICATE_FOLDER_UNREACHABLE);
    assert_eq!(lost.folders[0].whole_at, before);
    let shown = rows(&lost, relais.handle.now().wall);
    let certificate = shown.iter().find_map(|row| match row {
        CertificateRow::Certificate { certificate, .. } => Some(certificate),
        _ => None,
    });
    assert!(certificate.unwrap().seen_at.is_some(), "what was known stays, with its age: {shown:?}");
    assert!(
        shown.iter().any(
            |row| matches!(row, CertificateRow::Unreadable { problem, .. } if problem.code == "RLS-4017")
        )
    );
    relais.stop().await;

    // Also over a restart it is reminded of, though nobody can look.
    let relais = practice.relais().await;
    to_a_morning(&relais, &practice, 21);
    known(&relais, |known| known.settled && told(known) == 1 && rungs(known) == [Rung::Days(30)]).await;
    fs::rename(&away, &folder).unwrap();
    practice.passes(6 * 60 + 1);
    let back = known(&relais, |known| known.settled && known.folders[0].problem.is_none()).await;
    assert!(back.folders[0].whole_at > before);
    assert_eq!(rows(&back, relais.handle.now().wall).len(), 1);
    relais.stop().await;
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![];
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.is_file() {
            // A socket has no bytes.
            all.push(path);
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_withdrawn_erases_what_was_known_and_no_number_of_a_person_ever_lay_in_the_data_folder() {
    let (practice, relais, folder) = agreed(50).await;
    let now = relais.handle.now().wall;
    let file = format!("SSIN={NUMBER} 20260102-101500.pem");
    put(&folder, &file, &certificate(&format!("SSIN={NUMBER}"), now, -900, 40));
    relais.certificates().unwrap().look_now();
    known(&relais, |known| known.settled && rows(known, now).len() == 2).await;
    to_a_morning(&relais, &practice, 1);
    let both = known(&relais, |known| told(known) == 2).await;
    let text = serde_json::to_string(&page(
        &both,
        now,
        &CertificatesQuery { count: 50, ..CertificatesQuery::default() },
    ));
    assert!(!text.unwrap().contains(NUMBER), "no page shows it either");
    let clean = || {
        for path in files(&practice.data) {
            let bytes = fs::read(&path).unwrap();
            let there = |needle: &str| bytes.windows(needle.len()).any(|part| part == needle.as_bytes());
            assert!(!there(NUMBER) && !path.to_string_lossy().contains(NUMBER), "{}", path.display());
            assert!(!there("SINT-ELIGIUS"), "{}", path.display());
        }
    };
    clean();
    let shelves = practice.data.join("sandbox/certificates");
    assert_eq!(files(&shelves).len(), 1);
    let certificates = relais.certificates().unwrap();
    let unknown = certificates.withdraw(folder.join("none")).await.unwrap_err();
    assert_eq!(unknown.code, Code::CERTIFICATE_FOLDER_UNKNOWN);
    certificates.withdraw(folder.clone()).await.unwrap();
    let after = known(&relais, |known| known.settled && known.folders.is_empty()).await;
    assert_eq!((rows(&after, now), told(&after)), (vec![], 0));
    assert_eq!(files(&shelves), Vec::<PathBuf>::new());
    relais.stop().await;
    clean();
    let journal = practice.journal();
    assert!(journal.contains(&"certificate-folder-agreed".to_owned()), "{journal:?}");
    assert!(journal.contains(&"certificate-folder-withdrawn".to_owned()), "{journal:?}");

    // Whoever agrees again is told again: nothing was known any more.
    let relais = practice.relais().await;
    assert!(settled(&relais).await.folders.is_empty(), "nobody agreed in this run");
    relais.certificates().unwrap().agree(folder).await.unwrap();
    known(&relais, |known| told(known) == 2).await;
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_and_the_keystore_of_a_session_are_in_the_list_until_their_person_is_forgotten() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    assert!(matches!(sign_in(&relais, &practice, Means::Eid).await, Settled::Open(_)));
    let shown = known(&relais, |known| {
        known.own.is_some()
            && page(known, relais.handle.now().wall, &CertificatesQuery::default()).own.is_some()
    })
    .await;
    let own = page(&shown, relais.handle.now().wall, &CertificatesQuery::default()).own.unwrap();
    assert!(own.left.is_some(), "one line: what is left of it");
    let cards = |known: &Known| {
        let lines = known.listed.overview.lines.iter();
        lines.filter(|line| matches!(line.watched.holder, relais_core::certificates::Holder::Card(_))).count()
    };
    assert_eq!(cards(&shown), 1);
    let slot = relais.handle.state().person_in_use().unwrap();
    relais.stop().await;

    let relais = practice.relais().await;
    let again = known(&relais, |known| known.settled && known.own.is_some()).await;
    assert_eq!(cards(&again), 1, "without the card in the reader, too");
    relais_host::forgetting::forget(&relais.handle, slot).await.unwrap();
    let gone = known(&relais, |known| known.settled && cards(known) == 0).await;
    assert_eq!(gone.own, None);
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keystore_that_a_session_opened_shows_its_dates_in_its_folder_from_then_on_also_after_a_restart() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    relais.certificates().unwrap().agree(practice.house.keystores()).await.unwrap();
    let looked = |known: &Known| known.settled && known.folders.iter().any(|one| one.whole_at.is_some());
    let before = known(&relais, looked).await.listed.overview.closed.len();
    assert!(before > 0, "nothing is shown without a password");
    assert!(matches!(sign_in(&relais, &practice, Means::Eid).await, Settled::Open(_)));
    let shown =
        |known: &Known| known.own.and_then(|id| known.line(id)).is_some_and(|line| !line.files.is_empty());
    let after = known(&relais, |known| known.settled && shown(known)).await;
    assert_eq!(after.listed.overview.closed.len(), before - 1);
    relais.stop().await;
    let relais = practice.relais().await;
    let again = known(&relais, |known| looked(known) && shown(known)).await;
    assert_eq!(again.listed.overview.closed.len(), before - 1, "no password is needed twice");
    relais.stop().await;
}
