//! Everything that can go wrong at the sign-in service, while a session is renewed (faults F6 to F10): the token in use
//! stays, each PIN is used once, and each bad day has its code. Times and tables are those of docs/reference.

use jiff::{SignedDuration, Timestamp};
use relais_core::session::exception::{Reason, Warning, Why};
use relais_core::session::notice::Matter;
use relais_core::session::renewal::Renewal;
use relais_sandbox::clock::Turn;
use relais_sandbox::platform::faults::{Fault, Plan, Step};

use super::keeping::{attempts, awake, due, renew, until_wall, wanted};
use super::*;

/// At the answer to a message, and not at a probe before it.
fn at_messages(fault: Fault) -> Plan {
    Plan { fault, step: Step::First, times: None }
}

fn at_probes(fault: Fault) -> Plan {
    Plan { fault, step: Step::Probe, times: None }
}

fn soap(code: &str) -> Fault {
    Fault::Soap { code: code.into() }
}

fn status(status: u16) -> Fault {
    Fault::Status { status, retry_after: None }
}

/// Bad days of the answer, but for those that last as long as their deadline, which `tests/sts` has.
fn days() -> Vec<(Fault, Code)> {
    vec![
        (status(500), Code::STS_HTTP),
        (status(429), Code::STS_HTTP),
        (status(503), Code::STS_HTTP),
        (soap("wst:FailedAuthentication"), Code::STS_REFUSED),
        (soap("wsse:FailedCheck"), Code::STS_OUR_FAULT),
        (soap("SOA-02002"), Code::STS_DOWN),
        (soap("NEW-4711"), Code::STS_FAULT_UNKNOWN),
        (Fault::EndlessBody, Code::ANSWER_TOO_LARGE),
        (Fault::GzipBomb, Code::ANSWER_TOO_LARGE),
        (Fault::Truncated, Code::STS_BAD_RESPONSE),
        (Fault::NotUtf8, Code::STS_BAD_RESPONSE),
        (Fault::WrongContentType, Code::STS_BAD_RESPONSE),
        (Fault::Html, Code::STS_BAD_RESPONSE),
        (Fault::OtherContext, Code::ASSERTION_CONTEXT),
        (Fault::OtherHolder, Code::ASSERTION_HOLDER),
        (Fault::OtherPerson, Code::ASSERTION_PERSON),
        (Fault::WrongSigner, Code::ASSERTION_SIGNER),
        (Fault::ExpiredSigner, Code::ASSERTION_SIGNER),
        (Fault::UntrustedSigner, Code::ASSERTION_SIGNER),
        (Fault::Tampered, Code::ASSERTION_SIGNATURE),
        (Fault::AlreadyOver, Code::ASSERTION_TIME),
    ]
}

impl Practice {
    /// The lease files.
    fn leases(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.data.join("sandbox/sessions")).unwrap();
        let mut found: Vec<_> = entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "lease"))
            .collect();
        found.sort();
        found
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_bad_answer_to_a_renewal_costs_the_session_or_a_second_try_or_is_ever_kept() {
    let practice = Practice::new().await;
    let relais = awake(&practice).await;
    let Settled::Open(first) = sign_in(&relais, &practice, Means::EidOnly).await else {
        panic!("no session")
    };
    let kept = practice.leases();
    let mut pins = 1;
    for (fault, code) in days() {
        practice.house.served().faults().set(at_messages(fault.clone())).await;
        let heard = practice.house.served().asked();
        let problem = failed(renew(&relais, &practice).await);
        pins += 1;
        assert_eq!(problem.code, code, "{fault:?}: {problem}");
        assert_eq!(practice.verifies(), pins, "{fault:?}: one PIN, one VERIFY");
        let asked = practice.house.served().asked().since(heard).messages;
        // What a zone cannot do the other is asked for, once and with the same signature; a refusal is nobody else's.
        let zones = [Code::STS_HTTP, Code::STS_DOWN, Code::ANSWER_TOO_LARGE, Code::STS_BAD_RESPONSE];
        let most = if zones.contains(&code) { 2 } else { 1 };
        assert!((1..=most).contains(&asked), "{fault:?}: {asked} messages");
        let state = relais.handle.state();
        let open = state.session.open().expect("the session goes on");
        assert_eq!((&open.lease.id, open.usable(relais.handle.now())), (&first.lease.id, true), "{fault:?}");
    }
    relais.handle.settle().await.unwrap();
    relais.stop().await;
    assert_eq!(practice.leases(), kept, "one file of one session");
    let relais = awake(&practice).await;
    let state = relais.handle.state();
    let found = state.session.open().expect("the session is found again");
    assert_eq!(
        (&found.lease, found.restored),
        (&first.lease, true),
        "what lies on the disk is the old one, whole"
    );
    practice.house.served().faults().clear().await;
    let Settled::Open(second) = renew(&relais, &practice).await else { panic!("the next day is good") };
    assert_ne!(second.lease.id, first.lease.id);
    relais.stop().await;
    let journal = practice.journal();
    let failures = journal.iter().filter(|event| *event == "extension-failed").count();
    assert_eq!(failures, days().len(), "one line each: {journal:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_asks_to_be_left_alone_hears_nothing_until_then() {
    let practice = Practice::new().await;
    let relais = awake(&practice).await;
    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    // 45 minutes are left; the next attempt would come after 22 and a half.
    until_wall(&practice, open.ends_at() - SignedDuration::from_mins(45));
    let busy = Fault::Status { status: 503, retry_after: Some(1_800) };
    practice.house.served().faults().set(at_probes(busy)).await;
    wanted_or_tried(&relais).await;
    let state = relais.handle.state();
    let tried = state.session.open().unwrap().attempts.last().copied().expect("an attempt");
    assert_eq!(tried.code, Code::STS_HTTP);
    let asked_for = tried.not_before.expect("the service said how long");
    assert!(asked_for.duration_since(tried.at) >= SignedDuration::from_mins(30));
    assert_eq!(state.session.open().unwrap().next_attempt(), Some(asked_for));

    practice.house.served().faults().clear().await;
    until_wall(&practice, asked_for - SignedDuration::from_secs(5));
    relais.handle.settle().await.unwrap();
    assert!(matches!(relais.handle.state().renewal, Renewal::Resting(_)), "it is left alone");
    until_wall(&practice, asked_for);
    wanted(&relais).await;
    assert!(matches!(renew(&relais, &practice).await, Settled::Open(_)));
    relais.stop().await;
}

/// The attempt that is due by now is over.
async fn wanted_or_tried(relais: &Running) {
    let over = |state: &State| {
        let tried = state.session.open().is_some_and(|open| !open.attempts.is_empty());
        tried || matches!(state.renewal, Renewal::Wanted { .. })
    };
    until(relais, over).await;
}

/// A row of the worked tables of requirement R-074: the service is down from and to, in seconds after the issue; at which
/// seconds it was looked at; whether the last of them found it.
type Row = (std::ops::Range<i64>, &'static [i64], bool);

const HOUR: i64 = 3_600;

/// A token of 24 hours.
const DAYS: [Row; 4] = [
    (0..0, &[43_200], true),
    (11 * HOUR..19 * HOUR, &[43_200, 64_800, 75_600], true),
    (11 * HOUR..23 * HOUR + 3_000, &[43_200, 64_800, 75_600, 81_000, 83_700, 85_050, 85_950], true),
    (11 * HOUR..30 * HOUR, &[43_200, 64_800, 75_600, 81_000, 83_700, 85_050, 85_950, 86_280], false),
];

/// These seconds, but for those that a busy machine needs between a request and its token.
fn near(span: SignedDuration, seconds: i64) -> bool {
    (span - SignedDuration::from_secs(seconds)).abs() < SignedDuration::from_secs(10)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_of_the_sliding_window_is_lived() {
    let mut practice = Practice::new().await;
    for (down, looks, found) in DAYS {
        practice.move_to(&format!("until-{}", down.end)).await;
        let relais = awake(&practice).await;
        let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else {
            panic!("{down:?}")
        };
        let life = open.kept().unwrap().life;
        assert!(near(life.length(), 24 * HOUR), "{:#}", life.length());
        for (count, look) in looks.iter().enumerate() {
            let planned = relais.handle.state().session.open().unwrap().next_attempt().expect("a look");
            let after = planned.duration_since(life.issued_at);
            assert!(near(after, *look), "{down:?}: look {count} after {after:#}");
            match down.contains(look) {
                true => practice.house.served().faults().set(Fault::RefuseConnections).await,
                false => practice.house.served().faults().clear().await,
            }
            due(&relais, &practice).await;
            if !down.contains(look) {
                wanted(&relais).await;
                continue;
            }
            attempts(&relais, count + 1).await;
            let state = relais.handle.state();
            let tried = state.session.open().unwrap().attempts[count];
            assert_eq!(tried.planned, planned);
            assert!(tried.at.duration_since(planned) < SignedDuration::from_secs(60), "{tried:?}");
        }
        assert_eq!(practice.verifies(), 1, "{down:?}: nobody was asked");
        if found {
            let Settled::Open(renewed) = renew(&relais, &practice).await else { panic!("{down:?}") };
            assert!(renewed.ends_at() > open.ends_at(), "a whole life from this moment");
        } else {
            until_wall(&practice, life.ends_at);
            until(&relais, |state| state.session.open().is_none()).await;
            assert!(relais.handle.state().lookout.waits(), "looked for without a PIN");
        }
        relais.stop().await;
    }
}

/// What is warned of after how many minutes.
const WARNINGS: [(i64, Option<Warning>); 8] = [
    (360, None),
    (540, None),
    (659, None),
    (660, Some(Warning::Hour)),
    (704, Some(Warning::Hour)),
    (705, Some(Warning::Quarter)),
    (714, Some(Warning::Quarter)),
    (715, Some(Warning::Minutes)),
];

fn said(state: &State) -> Option<Warning> {
    state.matters().into_iter().find_map(|matter| match matter {
        Matter::WithoutCard { warning, .. } => Some(warning),
        _ => None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn twelve_hours_without_the_card_are_warned_of_three_times_and_never_renewed() {
    let practice = Practice::new().await;
    let relais = awake(&practice).await;
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    let ask = Ask { why: Some(Why::just(Reason::EidNotAtHand)), ..Ask::by(Means::Fallback) };
    relais.handle.sign_in(ask).await.unwrap();
    until(&relais, |state| matches!(state.errand, Errand::Keystore(_))).await;
    let password = Password::take(practice.house.password().to_owned()).unwrap();
    relais.handle.give_password(relais.handle.question().unwrap(), password, false).await.unwrap();
    let Settled::Open(open) = relais.handle.settled().await else { panic!("no session") };
    let heard = practice.house.served().asked().messages;
    let began: Timestamp = open.exception.as_ref().unwrap().ends_at() - SignedDuration::from_hours(12);
    for (minutes, warning) in WARNINGS {
        until_wall(&practice, began + SignedDuration::from_mins(minutes));
        until(&relais, |state| said(state) == warning).await;
        relais.handle.settle().await.unwrap();
        let state = relais.handle.state();
        assert_eq!((said(&state), &state.renewal), (warning, &Renewal::Off), "after {minutes} minutes");
        assert!(!state.errand.busy(), "after {minutes} minutes");
    }
    // The watch of the services looks, and that is all.
    assert_eq!(practice.house.served().asked().messages, heard, "nothing was asked of the platform");
    practice.house.clock().turn(Turn::all(SignedDuration::from_mins(5)));
    until(&relais, |state| state.session.open().is_none()).await;
    relais.stop().await;
}
