//! An organisation signs in with its certificate: no card, no reason, renewed by itself while its key is open.

use jiff::SignedDuration;
use relais_core::lease::SlotId;
use relais_core::session::notice::Matter;
use relais_sandbox::clock::Turn;
use relais_sandbox::platform::faults::Fault;
use relais_store::Lines;

use super::*;

async fn type_password(relais: &Running, password: &str) {
    let asked = |state: &State| matches!(state.errand, Errand::Keystore(_) | Errand::Failed { .. });
    let state = until(relais, asked).await;
    assert!(matches!(state.errand, Errand::Keystore(_)), "{:?}", state.errand);
    let password = Password::take(password.to_owned()).unwrap();
    let question = relais.handle.question().expect("a question");
    relais.handle.give_password(question, password, false).await.unwrap();
    relais.handle.settle().await.unwrap();
}

pub async fn opened(relais: &Running, practice: &Practice) -> Settled {
    relais.handle.sign_in(ask(Means::Certificate)).await.unwrap();
    type_password(relais, &practice.house.organisation().password).await;
    relais.handle.settled().await
}

impl Practice {
    async fn relais_with(&self, file: &Path) -> Running {
        let keystores = KeystorePlace::File(file.to_owned());
        start(Parts { keystores, ..self.parts(KeyStoreChoice::File) }).await.unwrap()
    }

    fn time_passes(&self, time: SignedDuration) {
        self.house.clock().turn(Turn::all(time));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_signs_its_organisation_in_for_a_day_without_card_reason_or_ledger() {
    let practice = Practice::new().await;
    practice.readers().remove(READER);
    let relais = practice.relais().await;
    let settled = opened(&relais, &practice).await;
    let Settled::Open(open) = settled else { panic!("{settled:?}") };
    assert_eq!((open.lease.means, open.key), (Means::Certificate, HolderKey::Unlocked));
    assert_eq!(open.lease.person.name, practice.house.organisation().name);
    assert_eq!(open.lease.quality.as_str(), "officedoctors");
    assert!(open.left(relais.handle.now()) > SignedDuration::from_hours(23), "no cap of twelve hours");
    let warned: Vec<_> = relais.handle.state().warnings.iter().map(|it| it.code).collect();
    assert!(!warned.contains(&Code::QUALITY_NOT_CONFIRMED), "{warned:?}");
    relais.stop().await;
    assert_eq!(practice.journal(), ["signed-in"]);
    let reader = Reader::open(&practice.data.join("sandbox")).unwrap().unwrap();
    assert_eq!(reader.ledger(&Lines::default(), 10).unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_renewed_by_itself_and_an_outage_of_eleven_hours_is_lived_through() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let Settled::Open(first) = opened(&relais, &practice).await else { panic!("no session") };
    practice.time_passes(SignedDuration::from_hours(12));
    let other = |state: &State, id: &relais_core::lease::LeaseId| {
        state.session.open().is_some_and(|open| open.lease.id != *id)
    };
    let state = until(&relais, |state| other(state, &first.lease.id)).await;
    let second = state.session.open().unwrap().clone();
    assert_eq!(second.lease.means, Means::Certificate);
    assert_eq!(state.errand, Errand::Idle);

    practice.house.served().faults().set(Fault::RefuseConnections).await;
    practice.time_passes(SignedDuration::from_hours(12));
    let tried = |state: &State| state.session.open().is_some_and(|open| !open.attempts.is_empty());
    let state = until(&relais, tried).await;
    assert_eq!(state.matters(), [], "nobody can do anything, so nobody is told");
    practice.house.served().faults().clear().await;
    practice.time_passes(SignedDuration::from_hours(6));
    until(&relais, |state| other(state, &second.lease.id)).await;
    relais.stop().await;
    assert_eq!(practice.journal(), ["signed-in", "renewed", "renewal-failed", "renewed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_key_renews_though_its_file_lies_elsewhere_or_on_a_stick_that_is_gone() {
    for named in [false, true] {
        let practice = Practice::new().await;
        let keystore = practice.house.organisation().keystore.clone();
        let stick = practice.folder.path().join("stick.p12");
        if named {
            std::fs::rename(&keystore, &stick).unwrap();
        }
        let relais = practice.relais().await;
        let named = named.then(|| stick.clone());
        relais.handle.sign_in(Ask { keystore: named.clone(), ..ask(Means::Certificate) }).await.unwrap();
        type_password(&relais, &practice.house.organisation().password).await;
        let Settled::Open(first) = relais.handle.settled().await else { panic!("no session") };
        std::fs::remove_file(named.unwrap_or(keystore)).unwrap();
        practice.time_passes(SignedDuration::from_hours(12));
        let renewed =
            |state: &State| state.session.open().is_some_and(|open| open.lease.id != first.lease.id);
        until(&relais, renewed).await;
        relais.stop().await;
        assert_eq!(practice.journal(), ["signed-in", "renewed"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_the_session_stays_and_the_password_is_wanted_for_its_renewal() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let Settled::Open(first) = opened(&relais, &practice).await else { panic!("no session") };
    relais.stop().await;
    let relais = practice.relais().await;
    let state = relais.handle.state();
    let found = state.session.open().expect("it is found again");
    assert_eq!((&found.lease.id, found.key), (&first.lease.id, HolderKey::Locked));
    practice.time_passes(SignedDuration::from_hours(12));
    let state =
        until(&relais, |state| state.matters().iter().any(|it| matches!(it, Matter::Password { .. }))).await;
    let ask = state.ask_to_renew(None).unwrap();
    relais.handle.sign_in(ask).await.unwrap();
    type_password(&relais, &practice.house.organisation().password).await;
    let Settled::Open(renewed) = relais.handle.settled().await else { panic!("no session") };
    assert_eq!(renewed.key, HolderKey::Unlocked);
    assert_ne!(renewed.lease.id, first.lease.id);
    relais.stop().await;
    assert_eq!(practice.journal(), ["signed-in", "restored", "renewed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keystore_of_a_person_is_refused_and_that_of_an_organisation_opens_no_session_of_a_person() {
    let practice = Practice::new().await;
    let doctors = std::fs::read_dir(practice.house.keystores()).unwrap().map(|file| file.unwrap().path());
    let is_doctors = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().starts_with("SSIN=8501");
    let doctors = doctors.into_iter().find(is_doctors).unwrap();
    // Whatever the file is called: the certificate in it decides.
    let disguised = practice.folder.path().join("NIHII-OFFICE_DOCTORS=80000056 20260101-080000.p12");
    std::fs::copy(&doctors, &disguised).unwrap();
    let relais = practice.relais_with(&disguised).await;
    relais.handle.sign_in(ask(Means::Certificate)).await.unwrap();
    type_password(&relais, practice.house.password()).await;
    assert_eq!(failed(relais.handle.settled().await).code, Code::KEYSTORE_OF_PERSON);
    relais.stop().await;

    let organisation = practice.house.organisation();
    let relais = practice.relais_with(&organisation.keystore).await;
    let why =
        relais_core::session::exception::Why::just(relais_core::session::exception::Reason::EidNotAtHand);
    relais.handle.sign_in(Ask { why: Some(why), ..ask(Means::Fallback) }).await.unwrap();
    type_password(&relais, &organisation.password).await;
    assert_eq!(failed(relais.handle.settled().await).code, Code::KEYSTORE_OTHER_PERSON);
    relais.stop().await;

    // A folder with keystores of people alone says so before anybody types.
    std::fs::remove_file(&organisation.keystore).unwrap();
    let relais = practice.relais().await;
    relais.handle.sign_in(ask(Means::Certificate)).await.unwrap();
    assert_eq!(failed(relais.handle.settled().await).code, Code::KEYSTORE_OF_PERSON);
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_somebody_who_was_not_meant_does_not_stay_open() {
    let practice = Practice::new().await;
    let organisation = practice.house.organisation();
    let relais = practice.relais_with(&organisation.keystore).await;
    let other = SlotId::parse(&"0".repeat(32)).unwrap();
    relais.handle.sign_in(Ask { person: Some(other), ..ask(Means::Certificate) }).await.unwrap();
    type_password(&relais, &organisation.password).await;
    assert_eq!(failed(relais.handle.settled().await).code, Code::KEYSTORE_OTHER_PERSON);
    // It was open for nobody: whoever signs in with it types its password.
    let settled = opened(&relais, &practice).await;
    assert!(matches!(settled, Settled::Open(_)), "{settled:?}");
    relais.stop().await;
}
