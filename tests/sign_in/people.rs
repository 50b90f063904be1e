//! Two people on one PC, over restarts.

use relais_core::lease::SlotId;
use relais_core::session::LastUsed;
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

/// The key store hung while it was to be erased, and Relais was quit meanwhile: nothing but a note is left of the end.
fn ended_and_not_erased(practice: &Practice, slot: &SlotId) {
    let path = practice.data.join("sandbox").join(relais_store::DATABASE);
    let database = rusqlite::Connection::open(path).unwrap();
    let note = |name: &str, value: String| {
        let sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)";
        database.execute(sql, [name, &value]).unwrap();
    };
    note("unerased-sessions", serde_json::json!([slot]).to_string());
    note("last-used", serde_json::to_string(&LastUsed::Nobody).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_ended_and_not_erased_is_erased_by_the_next_start_and_never_found() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let slot = signed_in(&relais, &practice).await;
    relais.stop().await;
    ended_and_not_erased(&practice, &slot);
    let relais = practice.relais().await;
    let state = relais.handle.state();
    assert_eq!(in_use(&relais), None);
    assert!(state.session_of(&slot).is_none(), "nor does it wait for anybody");
    assert!(state.people.unerased.is_empty(), "it could be erased now");
    relais.stop().await;
    let relais = practice.relais().await;
    assert!(relais.handle.state().session_of(&slot).is_none());
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
