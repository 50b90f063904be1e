//! Two people on one PC, over restarts.

use relais_core::lease::SlotId;
use relais_sandbox::World;
use relais_sandbox::eid::VirtualEid;

use super::*;

/// Signs in with whatever card is in the reader; gives the slot.
async fn signed_in(relais: &Running, practice: &Practice) -> SlotId {
    match sign_in(relais, practice, Means::EidOnly).await {
        Settled::Open(open) => open.lease.person.slot,
        other => panic!("{other:?}"),
    }
}

fn in_use(relais: &Running) -> Option<SlotId> {
    relais.handle.state().session.open().map(|open| open.lease.person.slot.clone())
}

/// The card of somebody else.
fn strangers(practice: &Practice) -> VirtualEid {
    let world = World::open(&practice.world(), practice.house.clock().clone()).unwrap();
    world.card(world.people().stranger(), Model::V18).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_finds_the_person_who_was_in_use_and_keeps_the_other_waiting() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let doctor = signed_in(&relais, &practice).await;
    practice.readers().insert(READER, strangers(&practice));
    let other = signed_in(&relais, &practice).await;
    assert_ne!(doctor, other);
    relais.stop().await;

    let relais = practice.relais().await;
    assert_eq!(in_use(&relais), Some(other.clone()));
    assert!(relais.handle.state().session_of(&doctor).is_some_and(|open| open.restored));
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    relais.handle.settle().await.unwrap();
    relais.stop().await;

    let relais = practice.relais().await;
    assert_eq!(in_use(&relais), None, "nobody takes the place of who signed out");
    let state = relais.handle.state();
    assert!(state.knows(&other) && !state.holds(&other) && state.holds(&doctor));
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_somebody_else_is_told_before_any_pin_is_asked() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let doctor = signed_in(&relais, &practice).await;
    practice.readers().insert(READER, strangers(&practice));
    relais.handle.sign_in(Ask { person: Some(doctor), ..ask(Means::EidOnly) }).await.unwrap();
    assert_eq!(failed(relais.handle.settled().await).code, Code::OTHER_PERSON);
    assert_eq!(practice.verifies(), 0);
    relais.stop().await;
}
