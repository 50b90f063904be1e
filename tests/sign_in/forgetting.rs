//! A person is forgotten: nothing of them is left in the data folder, and what has to stay proves what it proved before.

use relais_core::lease::SlotId;
use relais_core::session::exception::{Reason, Why};
use relais_host::forgetting::forget;
use relais_sandbox::World;

use super::forms::{Canary, found_below};
use super::without_card::type_password;
use super::*;

/// What the person writes about their exception.
const NOTE: &str = "de kaart ligt bij dokter Zonderkaart thuis";

/// Several people have a keystore here: once nobody is known, one has to be named.
async fn without_card(relais: &Running, practice: &Practice, person: &SlotId) -> Settled {
    let why = Why { reason: Reason::EidNotAtHand, note: Some(NOTE.into()) };
    relais
        .handle
        .sign_in(Ask { why: Some(why), person: Some(person.clone()), ..Ask::by(Means::Fallback) })
        .await
        .unwrap();
    type_password(relais, practice.house.password()).await;
    relais.handle.settled().await
}

/// The files of the data folder that hold any of this, in any form.
fn holding(practice: &Practice, texts: &[&str]) -> Vec<String> {
    texts.iter().flat_map(|text| found_below(&practice.data, &Canary::text(text))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_person_is_left_in_the_folder_and_the_journal_still_holds() {
    let practice = Practice::new().await;
    let world = World::open(&practice.world(), practice.house.clock().clone()).unwrap();
    let (name, ssin) = (world.people().doctor().name(), world.people().doctor().ssin.reveal().to_owned());
    let relais = practice.relais().await;
    let Settled::Open(open) = sign_in(&relais, &practice, Means::Eid).await else { panic!("no session") };
    let slot = open.lease.person.slot;
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    let Settled::Open(first) = without_card(&relais, &practice, &slot).await else { panic!("no session") };
    let theirs = [name.as_str(), &ssin, NOTE];
    assert!(!holding(&practice, &theirs).is_empty(), "the database knows the name and the note");

    forget(&relais.handle, slot.clone()).await.unwrap();
    assert_eq!(holding(&practice, &theirs), Vec::<String>::new());
    for folder in ["sessions", "keys"] {
        let left = std::fs::read_dir(practice.data.join("sandbox").join(folder)).unwrap();
        assert_eq!(left.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>(), [""; 0], "{folder}");
    }
    let state = relais.handle.state();
    assert!(state.session.open().is_none() && !state.knows(&slot));
    assert_eq!(forget(&relais.handle, slot.clone()).await.unwrap_err().code, Code::PERSON_UNKNOWN);

    // The keystore asks for its password again; the twelve hours are those that had begun.
    relais.handle.sign_in(ask(Means::Eid)).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, &practice.house.pin()).await;
    let state = until(&relais, |state| !matches!(state.errand, Errand::Pin(_) | Errand::Requesting(_))).await;
    assert!(matches!(state.errand, Errand::Password { .. }), "{:?}", state.errand);
    relais.handle.tell(Event::Cancelled).await.unwrap();
    relais.handle.settle().await.unwrap();
    let Settled::Open(again) = without_card(&relais, &practice, &slot).await else { panic!("no session") };
    let moved = again.ends_at().duration_since(first.ends_at()).abs();
    assert!(moved < jiff::SignedDuration::from_secs(5), "the end moved by {moved}");
    relais.stop().await;
    assert!(practice.journal().contains(&"person-forgotten".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_after_that_knows_nobody() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    forget(&relais.handle, open.lease.person.slot).await.unwrap();
    relais.stop().await;
    let relais = practice.relais().await;
    let state = relais.handle.state();
    assert!(state.session.open().is_none() && state.known_people().is_empty() && state.warnings.is_empty());
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_forgotten_while_somebody_signs_in() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
    pin_asked(&relais).await;
    let slot = open.lease.person.slot;
    assert_eq!(forget(&relais.handle, slot.clone()).await.unwrap_err().code, Code::SIGN_IN_RUNNING);
    assert!(relais.handle.state().session.open().is_some());
    relais.handle.tell(Event::Cancelled).await.unwrap();
    relais.handle.settle().await.unwrap();
    forget(&relais.handle, slot).await.unwrap();
    relais.stop().await;
}
