//! An organisation signs in with its certificate, and nobody is needed while its key is open.

use super::super::notice::Matter;
use super::super::renewal::{Loudness, Renewal};
use super::*;
use crate::lease::{LeaseId, SlotId};

const HOUR: i64 = 3_600;

fn whose(key: KeyAtHand) -> Answer {
    let slot = SlotId::parse(&"a".repeat(32)).unwrap();
    let name = Some("Cabinet du Tilleul".into());
    Answer::HolderFound(Ok(Box::new(Whose {
        slot: Some(slot),
        name,
        past: Default::default(),
        goes_on: None,
        key,
    })))
}

impl Run {
    /// The service answers, and this is at hand of the organisation's key.
    fn organisation_asked(&mut self, key: KeyAtHand) -> &mut Self {
        self.event(Event::SignInAsked(Ask::by(Means::Certificate)));
        self.answer(Answer::Probed(Ok(()))).answer(whose(key))
    }

    fn organisation_granted(&mut self, life: i64) -> &mut Self {
        let assertion = self.desk.put_bytes(SecretBytes::new(vec![1]), self.now);
        let mut lease = lease(self.now.wall.as_second(), life, Means::Certificate);
        lease.id = LeaseId(format!("{:032x}", self.now.wall.as_second()));
        self.answer(Answer::Granted { lease: Box::new(lease), assertion });
        self.answer(Answer::Sealed { stored: Stored::Os, warning: None })
    }

    /// A session of 24 hours, made with a password that was typed.
    fn of_organisation() -> Self {
        let mut run = Self::new();
        run.organisation_asked(KeyAtHand::NeedsPassword);
        let entry = run.desk.put_password(crate::secret::Password::take("x".into()).unwrap(), run.now);
        run.event(Event::PasswordGiven { question: run.asked_now(), entry, remember: true });
        let claim = |effect: &Effect| matches!(effect, Effect::Claim { password: Some(typed), remember: true, .. } if *typed == entry);
        assert!(run.done.iter().any(claim));
        run.organisation_granted(24 * HOUR);
        run.done.clear();
        run
    }

    /// To the next moment of the plan, where the service answers.
    fn at_the_next_attempt(&mut self) -> &mut Self {
        let wake = deadline(&self.state).unwrap();
        self.now = at(wake.as_second() - 1_000_000);
        self.event(Event::Tick).event(Event::RenewalProbed(Ok(())))
    }

    fn asked_for(&self) -> usize {
        self.done.iter().filter(|effect| matches!(effect, Effect::Claim { .. })).count()
    }
}

#[test]
fn a_certificate_needs_no_card_no_reason_and_no_ledger() {
    let run = Run::of_organisation();
    let open = run.state.session.open().unwrap();
    assert_eq!((open.key, open.exception.is_none()), (HolderKey::Unlocked, true));
    assert_eq!(open.ends_at(), at(24 * HOUR).wall, "no cap but that of every token");
    assert!(!run.done.iter().any(|effect| matches!(effect, Effect::BeginEpisode(_))));
}

#[test]
fn with_an_open_key_it_is_renewed_at_half_of_its_life_and_nobody_is_asked() {
    let mut run = Run::of_organisation();
    let token = run.state.session.open().unwrap().lease.id.clone();
    run.at_the_next_attempt();
    assert_eq!(
        run.now.wall,
        at(12 * HOUR).wall,
        "at the moment of the plan, whatever the practice does then"
    );
    assert!(matches!(&run.state.errand, Errand::Probing { ask, .. } if ask.renews == Some(token)));
    assert_eq!(run.state.matters(), [], "nobody is told");
    run.answer(Answer::Probed(Ok(()))).answer(whose(KeyAtHand::Open));
    assert!(run.done.iter().any(|effect| matches!(effect, Effect::Claim { password: None, .. })));
    run.organisation_granted(24 * HOUR);
    assert_eq!(run.state.session.open().unwrap().ends_at(), at(36 * HOUR).wall);
    assert!(run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.event == "renewed")));
}

#[test]
fn a_renewal_that_fails_by_itself_is_an_attempt_and_no_failure_to_look_at() {
    let mut run = Run::of_organisation();
    run.at_the_next_attempt();
    run.answer(Answer::Probed(Err(Code::STS_UNREACHABLE.into())));
    assert_eq!(run.state.errand, Errand::Idle);
    let attempts = &run.state.session.open().unwrap().attempts;
    assert_eq!(attempts.iter().map(|attempt| attempt.code).collect::<Vec<_>>(), [Code::STS_UNREACHABLE]);
    run.at_the_next_attempt();
    assert_eq!(run.now.wall, at(18 * HOUR).wall);
    assert!(matches!(run.state.errand, Errand::Probing { .. }));
}

#[test]
fn after_a_restart_the_key_is_locked_and_the_password_is_wanted_at_a_quiet_moment() {
    let mut run = Run::new();
    run.event(restored(lease(1_000_000, 24 * HOUR, Means::Certificate), HolderKey::Locked));
    run.at_the_next_attempt();
    assert_eq!(
        (run.state.errand.clone(), run.asked_for()),
        (Errand::Idle, 0),
        "nothing is tried without a key"
    );
    let [Matter::Password { loudness, .. }] = run.state.matters()[..] else {
        panic!("{:?}", run.state.matters())
    };
    assert!(loudness <= Loudness::Note);
    // The person renews now, types the password, and from then on nobody is needed.
    let ask = run.state.ask_to_renew(None).unwrap();
    run.event(Event::SignInAsked(ask)).answer(Answer::Probed(Ok(()))).answer(whose(KeyAtHand::NeedsPassword));
    assert!(matches!(run.state.errand, Errand::Keystore(_)));
}

#[test]
fn a_key_that_is_gone_when_it_is_needed_opens_no_prompt_by_itself() {
    let mut run = Run::of_organisation();
    run.at_the_next_attempt();
    run.answer(Answer::Probed(Ok(()))).answer(whose(KeyAtHand::NeedsPassword));
    assert_eq!(run.state.errand, Errand::Idle);
    assert_eq!(run.state.session.open().unwrap().key, HolderKey::Locked);
    assert!(matches!(run.state.matters()[..], [Matter::Password { .. }]));
    assert!(matches!(run.state.renewal, Renewal::Wanted { .. }));
}

/// Somebody tried their card on the PC of an organisation, and reads why that did not work.
fn reading() -> Run {
    let mut run = Run::of_organisation();
    run.event(Event::SignInAsked(Ask::by(Means::Eid)));
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Err(Code::CARD_MUTE.into())));
    run
}

fn reads(run: &Run) -> Option<Code> {
    match run.state.shown() {
        Errand::Failed { problem, .. } => Some(problem.code),
        _ => None,
    }
}

#[test]
fn what_somebody_reads_stays_while_a_renewal_goes_on_behind_it_and_after_it() {
    for granted in [true, false] {
        let mut run = reading();
        let failed = run.state.newest();
        run.at_the_next_attempt();
        assert!(run.state.errand.busy(), "the renewal waits for nobody");
        assert_eq!(reads(&run), Some(Code::CARD_MUTE));
        assert_eq!(run.state.failure_of(failed).map(|problem| problem.code), Some(Code::CARD_MUTE));
        run.answer(Answer::Probed(Ok(()))).answer(whose(KeyAtHand::Open));
        match granted {
            true => run.organisation_granted(24 * HOUR),
            false => run.answer(refused(Code::STS_UNREACHABLE, PinFate::Spent)),
        };
        assert_eq!((run.state.errand.busy(), reads(&run)), (false, Some(Code::CARD_MUTE)));
        let attempts = run.state.session.open().unwrap().attempts.len();
        assert_eq!(attempts, usize::from(!granted), "what is read counts for no attempt of the renewal");
        run.event(Event::Cancelled);
        assert_eq!(run.state.shown(), &Errand::Idle, "seen");
    }
}

#[test]
fn who_puts_a_failure_away_does_not_end_the_renewal_behind_it() {
    let mut run = reading();
    run.at_the_next_attempt();
    run.event(Event::Cancelled);
    assert!(matches!(run.state.errand, Errand::Probing { .. }));
    assert_eq!(run.state.shown(), &run.state.errand, "seen");
    // What goes on by itself can be given up as any other: that was an attempt, and the next one comes by the plan.
    run.event(Event::Cancelled);
    assert_eq!(run.state.errand, Errand::Idle);
    let attempts = &run.state.session.open().unwrap().attempts;
    assert_eq!(attempts.iter().map(|attempt| attempt.code).collect::<Vec<_>>(), [Code::PIN_CANCELLED]);
    run.at_the_next_attempt();
    assert_eq!(run.now.wall, at(18 * HOUR).wall);
    assert!(matches!(run.state.errand, Errand::Probing { .. }));
}

#[test]
fn a_renewal_that_met_another_sign_in_is_made_up_for_as_soon_as_that_is_over() {
    let mut run = Run::of_organisation();
    let wake = deadline(&run.state).unwrap();
    run.now = at(wake.as_second() - 1_000_000);
    run.event(Event::Tick);
    run.event(Event::SignInAsked(Ask::by(Means::Eid))).event(Event::RenewalProbed(Ok(())));
    assert!(matches!(&run.state.errand, Errand::Probing { ask, .. } if ask.renews.is_none()));
    run.event(Event::Cancelled);
    assert!(matches!(&run.state.errand, Errand::Probing { ask, .. } if ask.renews.is_some()));
    assert_eq!(run.state.session.open().unwrap().attempts, []);
}

#[test]
fn a_keystore_that_is_in_the_way_is_told_at_once_and_costs_no_attempt() {
    let mut run = Run::of_organisation();
    run.at_the_next_attempt();
    run.answer(Answer::Probed(Ok(()))).answer(Answer::HolderFound(Err(Code::KEYSTORE_NOT_FOUND.into())));
    assert_eq!(run.state.errand, Errand::Idle);
    assert!(matches!(run.state.matters()[..], [Matter::Password { .. }]), "{:?}", run.state.matters());
    assert_eq!(run.state.session.open().unwrap().attempts, []);
    assert!(run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.event == "extension-failed")));
}

#[test]
fn the_note_about_a_password_waits_for_a_quiet_moment_though_the_renewal_did_not() {
    let mut run = Run::of_organisation();
    run.at_the_next_attempt();
    let always = note_of(&run);
    run.answer(Answer::Probed(Ok(()))).answer(whose(KeyAtHand::NeedsPassword));
    let quiet = super::super::quiet::note_at(
        at(12 * HOUR).wall,
        run.now.wall,
        run.state.session.open().unwrap().kept().unwrap().life,
        &run.state.habits.hours,
    );
    assert_ne!(always, quiet, "else this shows nothing");
    assert_eq!(note_of(&run), quiet);
}

fn note_of(run: &Run) -> Option<jiff::Timestamp> {
    match &run.state.renewal {
        Renewal::Wanted { note_at, .. } => *note_at,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_key_that_is_at_hand_after_a_start_renews_by_itself_from_then_on() {
    let mut run = Run::new();
    let found = lease(1_000_000, 24 * HOUR, Means::Certificate);
    let slot = found.person.slot.clone();
    run.event(restored(found, HolderKey::Locked)).at_the_next_attempt();
    assert_eq!(run.state.errand, Errand::Idle);
    run.event(Event::KeyAtHand(slot));
    assert!(
        matches!(&run.state.errand, Errand::Probing { ask, .. } if ask.renews.is_some()),
        "{:?}",
        run.state.errand
    );
    // Of a person's session nothing is unlocked by it.
    let mut run = Run::new();
    let found = lease(1_000_000, 24 * HOUR, Means::Eid);
    let slot = found.person.slot.clone();
    run.event(restored(found, HolderKey::Locked)).event(Event::KeyAtHand(slot));
    assert_eq!(run.state.session.open().unwrap().key, HolderKey::Locked);
}

#[test]
fn the_next_sign_in_of_a_person_takes_the_place_of_what_they_read() {
    let mut run = reading();
    run.at_the_next_attempt();
    run.answer(Answer::Probed(Ok(()))).answer(whose(KeyAtHand::Open)).organisation_granted(24 * HOUR);
    run.event(Event::SignInAsked(Ask::by(Means::Eid)));
    assert!(matches!(run.state.shown(), Errand::Probing { .. }));
}

#[test]
fn a_renewal_by_itself_leaves_what_was_said_of_the_password_and_judges_the_quality_anew() {
    let said = [Code::PASSWORD_NOT_REMEMBERED, Code::QUALITY_NOT_CONFIRMED];
    for again in [true, false] {
        let mut run = Run::of_organisation();
        for code in said {
            run.event(Event::Warned(code.into()));
        }
        run.at_the_next_attempt();
        assert_eq!(run.state.warnings, said.map(Problem::from), "nothing came in its place yet");
        run.answer(Answer::Probed(Ok(()))).answer(whose(KeyAtHand::Open));
        if again {
            run.event(Event::Warned(Code::QUALITY_NOT_CONFIRMED.into()));
        }
        run.organisation_granted(24 * HOUR);
        let left = if again { &said[..] } else { &said[..1] };
        assert_eq!(run.state.warnings.iter().map(|problem| problem.code).collect::<Vec<_>>(), left);
    }
}

proptest! {
    /// Whatever answers and fails: one sign-in at a time, no prompt, and a token that is good is never given up.
    #[test]
    fn a_session_of_an_organisation_lives_as_long_as_the_service_answers_now_and_then(
        answers in prop::collection::vec(0u8..4, 1..40)
    ) {
        let mut run = Run::of_organisation();
        for answer in answers {
            let Some(open) = run.state.session.open().cloned() else { break };
            let Some(wake) = deadline(&run.state) else { break };
            let wake = wake.max(run.now.wall);
            run.now = at(wake.as_second() - 1_000_000);
            run.event(Event::Tick);
            if matches!(run.state.renewal, Renewal::Probing { .. }) {
                let unreachable = Err(Code::STS_UNREACHABLE.into());
                run.event(Event::RenewalProbed(if answer == 0 { unreachable } else { Ok(()) }));
            }
            if run.state.errand.busy() {
                run.answer(Answer::Probed(Ok(()))).answer(whose(KeyAtHand::Open));
                match answer {
                    1 => run.answer(refused(Code::STS_UNREACHABLE, PinFate::Spent)),
                    2 => run.answer(refused(Code::KEYSTORE_EXPIRED, PinFate::Spent)),
                    _ => run.organisation_granted(24 * HOUR),
                };
                if answer == 2 {
                    let told = matches!(run.state.matters()[..], [Matter::Password { .. }]);
                    prop_assert!(told, "somebody has to see to the keystore");
                    prop_assert!(run.state.session.open().is_some());
                    break;
                }
            }
            prop_assert_eq!(&run.state.errand, &Errand::Idle);
            let wanted = |matter: &Matter| matches!(matter, Matter::Pin { .. } | Matter::Password { .. });
            prop_assert!(!run.state.matters().iter().any(wanted));
            let lives = run.state.session.open().is_some();
            prop_assert!(run.now.wall >= open.ends_at() || lives);
        }
    }
}
