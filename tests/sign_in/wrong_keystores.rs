//! Keystores that are not what they should be: each has its code, nothing is lost by it, and no try of the card is used.

use jiff::SignedDuration;
use relais_core::ident::Identity;
use relais_core::session::exception::{Reason, Why};
use relais_sandbox::World;
use relais_sandbox::clock::Turn;
use relais_sandbox::platform::keystore::{Keystore, file_name};
use relais_sandbox::x509::Validity;

use super::*;

impl Practice {
    async fn with_keystore(&self, keystore: PathBuf) -> Running {
        let keystores = KeystorePlace::File(keystore);
        start(Parts { keystores, ..self.parts(KeyStoreChoice::File) }).await.unwrap()
    }

    fn world_again(&self) -> World {
        World::open(&self.world(), self.house.clock().clone()).unwrap()
    }
}

/// A sign-in with the card and this keystore; what comes of it.
async fn with_card(relais: &Running, practice: &Practice, password: &str) -> Problem {
    relais.handle.sign_in(ask(Means::Eid)).await.unwrap();
    pin_asked(relais).await;
    give_pin(relais, &practice.house.pin()).await;
    given(relais, password).await;
    match told(relais).await {
        Some(notice) => notice,
        None => failed(relais.handle.settled().await),
    }
}

async fn given(relais: &Running, password: &str) {
    let asked = |state: &State| {
        matches!(state.errand, Errand::Password { .. } | Errand::Keystore(_) | Errand::Failed { .. })
    };
    until(relais, asked).await;
    let password = Password::take(password.to_owned()).unwrap();
    if let Some(question) = relais.handle.question() {
        relais.handle.give_password(question, password, false).await.unwrap();
        relais.handle.settle().await.unwrap();
    }
}

/// What the question says that is asked again, where it is.
async fn told(relais: &Running) -> Option<Problem> {
    let over = |state: &State| match &state.errand {
        Errand::Password { asking, .. } => asking.notice.is_some(),
        Errand::Keystore(keyed) => keyed.notice.is_some(),
        errand => !errand.busy(),
    };
    match &until(relais, over).await.errand {
        Errand::Password { asking, .. } => asking.notice.clone(),
        Errand::Keystore(keyed) => keyed.notice.clone(),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keystore_of_somebody_else_or_of_elsewhere_is_told_and_no_try_is_used() {
    let practice = Practice::new().await;
    let world = practice.world_again();
    let (doctor, stranger) = (world.people().doctor().clone(), world.people().stranger().clone());
    let foreign = practice.folder.path().join("foreign");
    std::fs::create_dir(&foreign).unwrap();
    let now = practice.house.clock().read().wall;
    let life = Validity::years(now - SignedDuration::from_hours(1), 3);
    let owner = Identity::Person(doctor.ssin);
    let elsewhere = Keystore::issue(&world.authorities().forged, &owner, &doctor.name(), life).unwrap();
    let chain = [&world.authorities().forged.certificate];
    let elsewhere_file = foreign.join(file_name(&owner, now));
    std::fs::write(&elsewhere_file, elsewhere.to_pkcs12(&chain, &doctor.password).unwrap()).unwrap();

    // A session that is good, from before.
    let relais = practice.relais().await;
    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    relais.stop().await;
    for (file, password, code) in [
        (stranger.keystore.clone(), stranger.password.as_str(), Code::KEYSTORE_OTHER_PERSON),
        (elsewhere_file, doctor.password.as_str(), Code::KEYSTORE_OTHER_ENVIRONMENT),
    ] {
        let relais = practice.with_keystore(file).await;
        let problem = with_card(&relais, &practice, password).await;
        assert_eq!(problem.code, code, "{problem}");
        let state = relais.handle.state();
        let kept = state.session.open().map(|open| open.lease.id.clone());
        assert_eq!(kept, Some(open.lease.id.clone()), "{code}: the session stays");
        relais.stop().await;
    }
    assert_eq!((practice.verifies(), practice.tries()), (1, 3), "the PIN waited for the keystore");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_lock_nothing_and_hint_nothing() {
    let practice = Practice::new().await;
    let doctor = practice.world_again().people().doctor().clone();
    let relais = practice.with_keystore(doctor.keystore.clone()).await;
    relais.handle.sign_in(ask(Means::Eid)).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, &practice.house.pin()).await;
    for wrong in ["x", "clair-obscu", "clair-obscurr", "CLAIR-OBSCUR", " clair-obscur", "zonder-kaart"] {
        given(&relais, wrong).await;
        let notice = told(&relais).await.expect("it is asked again");
        assert_eq!((notice.code, notice.with.len()), (Code::KEYSTORE_PASSWORD_WRONG, 0), "{wrong}");
    }
    assert_eq!(practice.verifies(), 0, "no PIN is spent on it");
    given(&relais, &doctor.password).await;
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)), "the right one opens it still");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keystore_whose_certificate_is_over_is_told_before_anything_is_signed() {
    let practice = Practice::new().await;
    let doctor = practice.world_again().people().doctor().clone();
    practice.house.clock().turn(Turn::all(SignedDuration::from_hours(24 * 365 * 4)));
    let relais = practice.with_keystore(doctor.keystore.clone()).await;
    let ask = Ask { why: Some(Why::just(Reason::EidNotAtHand)), ..Ask::by(Means::Fallback) };
    relais.handle.sign_in(ask).await.unwrap();
    given(&relais, &doctor.password).await;
    let problem = match told(&relais).await {
        Some(notice) => notice,
        None => failed(relais.handle.settled().await),
    };
    assert_eq!(problem.code, Code::KEYSTORE_EXPIRED, "{problem}");
    assert_eq!(practice.house.served().asked().messages, 0);
    relais.stop().await;
}

/// For the process below: the folder of the practice.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the test below"]
async fn process_whose_share_hangs() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    relais.handle.sign_in(ask(Means::Eid)).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, &practice.house.pin()).await;
    given(&relais, practice.house.password()).await;
    // Until it is given up everything else answers.
    assert_eq!(relais.handle.state().session.open().map(|it| &it.lease.id), Some(&open.lease.id));
    let problem = match told(&relais).await {
        Some(notice) => notice,
        None => failed(relais.handle.settled().await),
    };
    assert_eq!(problem.code, Code::KEYSTORE_TIMEOUT, "{problem}");
    relais.handle.tell(Event::Cancelled).await.unwrap();
    relais.handle.settle().await.unwrap();
    assert!(relais.handle.state().session.open().is_some(), "the session with the card goes on");
    relais.stop().await;
}

#[cfg(target_os = "linux")]
#[test]
fn a_keystore_on_a_share_that_hangs_is_given_up_and_the_session_goes_on() {
    let ran = shim::Broken::test("wrong_keystores::process_whose_share_hangs").hanging_at(".p12").run();
    let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && told.contains("1 passed"), "{told}");
}
