//! What the ETK depot answers.

use jiff::Timestamp;
use relais_ehealth::etk_depot::{Answer, DepotError, Recipient, question, read, verify};
use relais_ehealth::xml::verify::Trust;

fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().expect("a moment")
}

/// An answer as it came: no token is believed that nobody trusted signed, and a recipient that is offered can be asked for.
pub fn answer(bytes: &[u8]) -> bool {
    let trust = Trust { anchors: Vec::new(), signer: Vec::new(), at: now() };
    let whom = Recipient::parse("SSIN", "85010199885", None).expect("a number of eleven digits");
    // A token may also lie in the cache, where anybody of this user can write.
    assert!(verify(bytes, &trust, &whom).is_err(), "nobody is trusted");
    match read(bytes) {
        Ok(Answer::Etk(der)) => assert!(verify(&der, &trust, &whom).is_err(), "nobody is trusted"),
        Ok(Answer::Several(all)) => {
            assert!(all.len() <= 100 && all.iter().all(|one| !one.is_empty()));
            assert!(all.iter().all(|one| question(one).is_ok()), "who is offered can be asked for");
        }
        Ok(Answer::Nobody { code }) => {
            assert!(!code.contains(char::is_control), "a code breaks no line: {code:?}");
        }
        Err(DepotError::Fault(_)) => {}
        Err(_) => return false,
    }
    true
}
