//! Each bad day, and the one code the client of Relais gives it.

use jiff::SignedDuration;
use relais_core::Code;
use relais_ehealth::sts::StsError;
use relais_ehealth::transport::Retry;
use relais_sandbox::platform::faults::{Fault, Plan, Step};

use crate::letter::{keystore_key, other_key};
use crate::world::{Sandbox, noon};

/// Signs in by keystore while this goes wrong.
async fn on_a_day_of(sandbox: &Sandbox, plan: impl Into<Plan>) -> StsError {
    let key = keystore_key(sandbox.world.people().doctor());
    sandbox.served.faults().set(plan).await;
    let refused = sandbox.sign_in(&key, &key).await.unwrap_err();
    sandbox.served.faults().clear().await;
    refused
}

fn status(status: u16, retry_after: Option<u32>) -> Fault {
    Fault::Status { status, retry_after }
}

fn soap(code: &str) -> Fault {
    Fault::Soap { code: code.to_owned() }
}

/// Every fault but those of a connection that is never made, with the code it must have.
fn days() -> Vec<(Fault, Code)> {
    vec![
        (Fault::RefuseConnections, Code::STS_UNREACHABLE),
        (Fault::TlsReset, Code::TLS_BROKEN),
        (Fault::TlsTooOld, Code::TLS_TOO_OLD),
        (Fault::TlsExpired, Code::TLS_EXPIRED),
        (Fault::TlsWrongName, Code::TLS_WRONG_NAME),
        (Fault::TlsUnknownCa, Code::TLS_UNKNOWN_CA),
        (status(500, None), Code::STS_HTTP),
        (status(503, Some(120)), Code::STS_HTTP),
        (status(429, None), Code::STS_HTTP),
        (Fault::Redirect { to: "https://elsewhere.invalid/".into() }, Code::REDIRECTED),
        (soap("SOA-00001"), Code::STS_FAULT_UNKNOWN),
        (soap("SOA-01001"), Code::STS_REFUSED),
        (soap("SOA-01002"), Code::STS_REFUSED),
        (soap("SOA-02001"), Code::STS_DOWN),
        (soap("SOA-02002"), Code::STS_DOWN),
        (soap("SOA-03001"), Code::STS_OUR_FAULT),
        (soap("SOA-03007"), Code::STS_OUR_FAULT),
        (soap("wst:FailedAuthentication"), Code::STS_REFUSED),
        (soap("wst:InvalidRequest"), Code::STS_OUR_FAULT),
        (soap("wsse:FailedCheck"), Code::STS_OUR_FAULT),
        (soap("wsu:MessageExpired"), Code::CLOCK_OFF),
        (soap("NEW-4711"), Code::STS_FAULT_UNKNOWN),
        (Fault::Silent, Code::STS_TIMEOUT),
        (Fault::Drip, Code::STS_TIMEOUT),
        (Fault::EndlessBody, Code::ANSWER_TOO_LARGE),
        (Fault::GzipBomb, Code::ANSWER_TOO_LARGE),
        (Fault::ChunkedGarbage, Code::STS_BAD_RESPONSE),
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
        (Fault::IssuedAt { off_ms: -6 * 60_000 }, Code::ASSERTION_TIME),
        (Fault::AlreadyOver, Code::ASSERTION_TIME),
    ]
}

#[tokio::test]
async fn every_bad_day_has_one_code_and_the_next_day_is_good() {
    let sandbox = Sandbox::open().await;
    let key = keystore_key(sandbox.world.people().doctor());
    let mut wrong = Vec::new();
    for (fault, code) in days() {
        let told = on_a_day_of(&sandbox, fault.clone()).await.problem();
        if told.code != code {
            wrong.push(format!("{fault:?}: {told} instead of {code:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    sandbox.sign_in(&key, &key).await.unwrap();
}

#[tokio::test]
async fn the_wait_the_sts_asks_for_is_the_wait_the_client_tells() {
    let sandbox = Sandbox::open().await;
    let refused = on_a_day_of(&sandbox, status(503, Some(120))).await;
    assert_eq!(refused.retry(), Retry::After(SignedDuration::from_secs(120)));
    assert_eq!(on_a_day_of(&sandbox, soap("SOA-03006")).await.retry(), Retry::Never);
}

#[tokio::test]
async fn an_earlier_assertion_is_refused_for_its_age_and_at_once_when_it_was_seen() {
    let sandbox = Sandbox::open().await;
    let key = keystore_key(sandbox.world.people().doctor());
    let first = sandbox.sign_in(&key, &key).await.unwrap();
    sandbox.served.faults().set(Fault::Replay).await;
    let seen = sandbox.sign_in_knowing(&key, &key, &|id| *id == first.id).await.unwrap_err();
    assert_eq!(seen.problem().code, Code::ASSERTION_REPLAYED);
    let later = relais_sandbox::clock::Turn::all(SignedDuration::from_mins(6));
    sandbox.served.faults().clear().await;
    sandbox.world.clock().turn(later);
    sandbox.served.faults().set(Fault::Replay).await;
    let old = sandbox.sign_in(&key, &key).await.unwrap_err();
    assert_eq!(old.problem().code, Code::ASSERTION_TIME);
}

#[tokio::test]
async fn a_fault_at_the_challenge_leaves_the_first_step_alone() {
    let sandbox = Sandbox::open().await;
    let person = sandbox.world.people().doctor();
    let years = relais_sandbox::x509::Validity::years(noon(), 3);
    let (header, holder) = (keystore_key(person), other_key(&sandbox.world, person, years));
    for (fault, code) in [(status(500, None), Code::STS_HTTP), (Fault::OtherContext, Code::ASSERTION_CONTEXT)]
    {
        sandbox.served.faults().set(Plan { fault, step: Step::Challenge, times: Some(1) }).await;
        let refused = sandbox.sign_in(&header, &holder).await.unwrap_err();
        assert_eq!(refused.problem().code, code);
        sandbox.sign_in(&header, &holder).await.unwrap();
    }
    sandbox.served.faults().set(Plan { fault: Fault::OtherContext, step: Step::First, times: Some(1) }).await;
    let astray = sandbox.sign_in(&header, &holder).await.unwrap_err();
    assert_eq!(
        astray.problem().code,
        Code::ASSERTION_CONTEXT,
        "a challenge of another exchange is not signed"
    );
    let answered = sandbox
        .served
        .exchanges()
        .iter()
        .filter(|it| it.request.windows(21).any(|w| w == b"SignChallengeResponse"))
        .count();
    assert_eq!(answered, 4, "two failed and two good sign-ins answered their challenge, the last did not");
}

#[tokio::test]
async fn a_broken_rule_is_refused_whatever_else_goes_wrong() {
    let sandbox = Sandbox::open().await;
    sandbox.served.faults().set(Fault::Html).await;
    assert_eq!(sandbox.post("RequestSecurityToken", b"<a/>").await.fault(), "SOA-03002");
}

#[tokio::test]
async fn a_stopped_sandbox_leaves_its_ports() {
    let Sandbox { world, served, dir: _kept } = Sandbox::open().await;
    let port = served.sts_url().rsplit(':').next().unwrap().split('/').next().unwrap().parse().unwrap();
    served.stop().await;
    let ports = relais_sandbox::platform::Ports { sts: port, control: 0 };
    let again = world.serve(ports).await.unwrap();
    assert!(again.sts_url().contains(&format!(":{port}/")));
}
