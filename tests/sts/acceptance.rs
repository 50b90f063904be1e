//! What makes an assertion ours: each rule alone broken is refused with its own code (threats T1, T6; fault F10).

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use relais_core::Code;
use relais_core::environment::Quality;
use relais_core::ident::Ssin;
use relais_core::lease::LeaseId;
use relais_ehealth::assertion::{Accepted, AssertionError, Expectations, SKEW, accept, lease_id};
use relais_ehealth::claims::{ClaimProfile, Claimant};
use relais_ehealth::sts::{Context, ISSUER};
use relais_ehealth::xml::verify::{Trust, WholeAttribute};

use super::forge::{CERTIFIED, DOCTOR_CLAIM, HOLDER_CLAIM, OTHER_SSIN, OURS, Recipe, SSIN, USER_CLAIM};
use super::keys::{now, platform};

pub fn trust(at: Timestamp) -> Trust {
    let signer = ["OU=IAMACC", "OU=CBE=0809394427"].map(|part| WholeAttribute::parse(part).unwrap());
    Trust { anchors: vec![platform().authority.certificate.clone()], signer: signer.into(), at }
}

fn judged(
    answer: &[u8],
    context: &Context,
    seen: &(dyn Fn(&LeaseId) -> bool + Sync),
) -> Result<Accepted, AssertionError> {
    let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
    let claimant = Claimant::Person(Ssin::parse(SSIN).unwrap());
    let expected = Expectations {
        trust: &trust(now()),
        issuer: ISSUER,
        holder: &platform().doctor[0].certificate.to_der().unwrap(),
        asserted: &claims.values(&claimant).unwrap(),
        requested: &claims.requested,
        context,
        asked_at: now(),
        skew: SKEW,
        seen,
    };
    accept(answer, &expected)
}

/// Judges an answer of which one thing was changed.
fn of(change: impl FnOnce(Recipe) -> Recipe) -> Result<Accepted, AssertionError> {
    let context = Context::random();
    judged(&change(Recipe::good(context.as_str())).answer(), &context, &|_| false)
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

#[test]
fn an_assertion_that_fits_is_kept_to_the_byte_with_all_it_says() {
    for collection in [false, true] {
        let context = Context::random();
        let recipe = Recipe { collection, ..Recipe::good(context.as_str()) };
        let accepted = judged(&recipe.answer(), &context, &|_| false).unwrap();
        assert_eq!(accepted.assertion.reveal(), recipe.assertion());
        assert_eq!(accepted.id, lease_id("_0a1b2c3d"));
        assert_eq!((accepted.issued_at, accepted.expires_at), (now(), now() + minutes(24 * 60)));
        assert_eq!(accepted.holder.0, openssl::sha::sha256(&recipe.holder));
        assert_eq!(accepted.name.as_deref(), Some("Claire Lambert"));
        let fpsph = "urn:be:fgov:person:ssin:ehealth:1.0:fpsph:doctor:boolean".to_owned();
        assert_eq!(accepted.certified, [(DOCTOR_CLAIM.to_owned(), true), (fpsph, false)]);
        assert!(!format!("{accepted:?}").contains(SSIN));
    }
}

type Spoil = fn(Recipe) -> Recipe;

#[test]
fn each_rule_alone_broken_is_refused_with_its_own_reason() {
    let table: &[(&str, Spoil, Code)] = &[
        ("stranger's signature", |r| Recipe { signer: &platform().stranger, ..r }, Code::ASSERTION_SIGNER),
        ("signer of another service", |r| Recipe { signer: &platform().list, ..r }, Code::ASSERTION_SIGNER),
        (
            "signer not for signing",
            |r| Recipe { signer: &platform().encryption, ..r },
            Code::ASSERTION_SIGNER,
        ),
        (
            "other issuer",
            |r| Recipe { issuer: "urn:be:fgov:ehealth:sts:1_1".into(), ..r },
            Code::ASSERTION_SIGNER,
        ),
        (
            "other holder",
            |r| Recipe { holder: platform().doctor[1].certificate.to_der().unwrap(), ..r },
            Code::ASSERTION_HOLDER,
        ),
        (
            "bearer",
            |r| Recipe { method: "urn:oasis:names:tc:SAML:1.0:cm:bearer".into(), ..r },
            Code::ASSERTION_HOLDER,
        ),
        ("other user", |r| r.attribute(USER_CLAIM, Some(OTHER_SSIN)), Code::ASSERTION_PERSON),
        ("other owner", |r| r.attribute(HOLDER_CLAIM, Some(OTHER_SSIN)), Code::ASSERTION_PERSON),
        ("no user", |r| r.attribute(USER_CLAIM, None), Code::ASSERTION_PERSON),
        ("two users", |r| also(r, USER_CLAIM, OURS, OTHER_SSIN), Code::ASSERTION_PERSON),
        (
            "other request",
            |r| Recipe { context: "context-00000000000000000000000000000000".into(), ..r },
            Code::ASSERTION_CONTEXT,
        ),
        ("no context", |r| Recipe { context: String::new(), ..r }, Code::ASSERTION_CONTEXT),
        ("issued before we asked", |r| Recipe { issued: now() - minutes(6), ..r }, Code::ASSERTION_TIME),
        ("expired", |r| until(r, now().to_string()), Code::ASSERTION_TIME),
        (
            "ends before it begins",
            |r| until(Recipe { issued: now() + minutes(10), ..r }, (now() + minutes(5)).to_string()),
            Code::ASSERTION_TIME,
        ),
        ("no end", |r| until(r, String::new()), Code::ASSERTION_SHAPE),
        ("SAML 2", |r| Recipe { version: ("2".into(), "0".into()), ..r }, Code::ASSERTION_SHAPE),
    ];
    for (what, spoil, code) in table {
        let error = of(spoil).expect_err(what);
        assert_eq!(error.code(), *code, "{what}: {error}");
        assert_eq!(error.problem().code, *code);
        let told = format!("{error} {error:?} {}", error.problem());
        assert!(!told.contains(SSIN) && !told.contains(OTHER_SSIN), "{what} tells a number");
    }
}

fn until(recipe: Recipe, until: String) -> Recipe {
    Recipe { until, ..recipe }
}

fn also(mut recipe: Recipe, name: &str, space: &str, value: &str) -> Recipe {
    recipe.attributes.push((name.to_owned(), space.to_owned(), value.to_owned()));
    recipe
}

#[test]
fn what_lies_within_the_skew_is_accepted() {
    assert!(of(|r| Recipe { issued: now() - minutes(5), ..r }).is_ok());
    assert!(of(|r| Recipe { issued: now() + minutes(5), ..r }).is_ok());
    assert!(of(|r| until(r, (now() + SignedDuration::from_millis(1)).to_string())).is_ok());
}

#[test]
fn a_claim_counts_only_when_the_platform_itself_says_true() {
    let doctor = |change: fn(Recipe) -> Recipe| of(change).unwrap().certified[0].clone();
    let denied = (DOCTOR_CLAIM.to_owned(), false);
    assert_eq!(doctor(|r| r.attribute(DOCTOR_CLAIM, Some("false"))), denied, "denied");
    assert_eq!(doctor(|r| r.attribute(DOCTOR_CLAIM, None)), denied, "absent");
    assert_eq!(doctor(|r| r.attribute(DOCTOR_CLAIM, Some("TRUE"))), denied, "another text");
    assert_eq!(doctor(|r| also(r, DOCTOR_CLAIM, CERTIFIED, "false")), denied, "both");
    assert_eq!(
        doctor(|r| also(r.attribute(DOCTOR_CLAIM, None), DOCTOR_CLAIM, OURS, "true")),
        denied,
        "asserted"
    );
}

#[test]
fn one_changed_byte_of_the_assertion_breaks_it() {
    let context = Context::random();
    let recipe = Recipe::good(context.as_str());
    let text = String::from_utf8(recipe.assertion()).unwrap();
    for (from, to) in [
        ("Claire", "Claira"),
        (">true<", ">TRUE<"),
        ("_0a1b2c3d", "_0a1b2c3e"),
        ("Z\" Issuer", "Z\"  Issuer"),
    ] {
        let answer = recipe.answer_with(text.replace(from, to).as_bytes());
        let judged = judged(&answer, &context, &|_| false);
        // Blanks between attributes are not part of what is signed.
        let harmless = from.starts_with('Z');
        assert_eq!(
            judged.err().map(|error| error.code()),
            (!harmless).then_some(Code::ASSERTION_SIGNATURE),
            "{from}"
        );
    }
}

#[test]
fn an_assertion_that_was_received_before_is_refused_whoever_brings_it() {
    let received: Mutex<Vec<LeaseId>> = Mutex::default();
    let seen = |id: &LeaseId| received.lock().unwrap().contains(id);
    let context = Context::random();
    let answer = Recipe::good(context.as_str()).answer();
    let first = judged(&answer, &context, &seen).unwrap();
    received.lock().unwrap().push(first.id);
    assert_eq!(judged(&answer, &context, &seen).unwrap_err(), AssertionError::Replayed);
}

#[test]
fn an_answer_without_an_assertion_is_refused_without_panic() {
    let context = Context::random();
    let recipe = Recipe::good(context.as_str());
    for (answer, code) in [
        (recipe.challenge("abc"), Code::ASSERTION_SHAPE),
        (recipe.answer_with(b"<a></a>"), Code::ASSERTION_SHAPE),
        (recipe.assertion(), Code::ASSERTION_SHAPE),
        (super::forge::fault("soap:Server", "no", None), Code::ASSERTION_SHAPE),
        (b"<!DOCTYPE a><a/>".to_vec(), Code::ASSERTION_SHAPE),
        (b"not xml".to_vec(), Code::ASSERTION_SHAPE),
    ] {
        assert_eq!(judged(&answer, &context, &|_| false).unwrap_err().code(), code);
    }
}
