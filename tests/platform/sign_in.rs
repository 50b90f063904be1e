//! Whole sign-ins of the client of Relais, by card, by card alone and by keystore.

use jiff::SignedDuration;
use relais_core::environment::EnvironmentClass;
use relais_core::ports::Signer;
use relais_core::secret::Password;
use relais_host::profile::Profile;
use relais_keystore::{Anchors, Keystore, Wanted, find};
use relais_sandbox::clock::Turn;
use relais_sandbox::eid::Model;
use relais_sandbox::platform::sts::{Challenges, Rules};

use crate::letter::keystore_key;
use crate::world::{Sandbox, noon};

#[tokio::test]
async fn the_card_signs_once_and_the_keystore_is_holder_of_key() {
    let sandbox = Sandbox::open().await;
    for model in [Model::V18, Model::V17] {
        let (card, keystore) = (sandbox.card(model), keystore_key(sandbox.world.people().doctor()));
        let granted = sandbox.sign_in(&card, &keystore).await.unwrap();
        assert_eq!(granted.expires_at, noon() + SignedDuration::from_hours(24), "{model:?}");
        assert_eq!(granted.name.as_deref(), Some("Claire Lambert"));
        assert!(granted.certified.iter().all(|(_, yes)| *yes) && granted.certified.len() == 2);
        assert_eq!(card.verifies(), 1, "{model:?}: one PIN entry, one VERIFY");
        let asked = sandbox.served.exchanges();
        assert_eq!(
            asked.iter().filter(|exchange| exchange.refused.is_none()).count() % 2,
            0,
            "a challenge each"
        );
    }
}

#[tokio::test]
async fn the_card_alone_signs_once_and_a_second_time_only_when_it_is_challenged() {
    let sandbox = Sandbox::open().await;
    for model in [Model::V18, Model::V17] {
        let card = sandbox.card(model);
        sandbox.served.set_rules(Rules::default());
        sandbox.sign_in(&card, &card).await.unwrap();
        assert_eq!(card.verifies(), 1, "{model:?}");
        sandbox.served.set_rules(Rules {
            challenges: Challenges::Always,
            collection: true,
            ..Rules::default()
        });
        sandbox.sign_in(&card, &card).await.unwrap();
        assert_eq!(card.verifies(), 3, "{model:?}");
    }
}

#[tokio::test]
async fn the_keystore_file_opens_with_its_password_and_signs_in_alone() {
    let sandbox = Sandbox::open().await;
    let person = sandbox.world.people().doctor();
    let password = Password::take(person.password.clone()).unwrap();
    let found = find::candidates(sandbox.keystore().parent().unwrap(), &person.ssin.into()).unwrap();
    assert_eq!(found, [sandbox.keystore()]);
    let keystore: Keystore = find::open_file(sandbox.keystore(), &password).unwrap();
    assert_eq!(keystore.encryption_keys().count(), 1);
    let pem = sandbox.world.authorities().ehealth_anchors().unwrap();
    let anchors = Anchors::from_pem([pem.as_slice()]).unwrap();
    let wanted = Wanted { owner: Some(&person.ssin.into()), now: noon(), anchors: &anchors };
    let holder = keystore.into_holder(&wanted).unwrap();
    let granted = sandbox.sign_in(&holder.signer, &holder.signer).await.unwrap();
    assert_eq!(granted.holder.0, openssl::sha::sha256(holder.signer.certificate()));
}

#[tokio::test]
async fn a_pc_whose_clock_is_hours_off_is_refused_and_told_by_how_much_before_anybody_types() {
    let sandbox = Sandbox::open().await;
    sandbox.world.clock().turn(Turn::wall(SignedDuration::from_hours(-3)));
    let probe = sandbox.client().probe(sandbox.world.clock()).await.unwrap();
    assert_eq!(probe.offset.unwrap().as_hours(), 3);
    let key = keystore_key(sandbox.world.people().doctor());
    let refused = sandbox.sign_in(&key, &key).await.unwrap_err();
    assert_eq!(refused.problem().code, relais_core::Code::CLOCK_OFF);
}

#[tokio::test]
async fn a_holder_that_ends_within_the_day_shortens_the_token() {
    let sandbox = Sandbox::open().await;
    let end = sandbox.world.people().doctor().authentication.certificate.not_after().to_owned();
    assert!(end > openssl::asn1::Asn1Time::from_unix(noon().as_second()).unwrap());
    // Three years and three months after it was made, less an hour.
    let almost = SignedDuration::from_hours(24) * days_until_end(&sandbox) - SignedDuration::from_hours(1);
    sandbox.world.clock().turn(Turn::all(almost));
    let key = keystore_key(sandbox.world.people().doctor());
    let granted = sandbox.sign_in(&key, &key).await.unwrap();
    assert_eq!(granted.expires_at.duration_since(granted.issued_at), SignedDuration::from_hours(1));
}

fn days_until_end(sandbox: &Sandbox) -> i32 {
    let noon = openssl::asn1::Asn1Time::from_unix(noon().as_second()).unwrap();
    noon.diff(sandbox.world.people().doctor().authentication.certificate.not_after()).unwrap().days
}

#[tokio::test]
async fn the_profile_of_a_sandbox_is_one_that_relais_reads() {
    let sandbox = Sandbox::open().await;
    let profile = Profile::load(sandbox.served.profile_path()).unwrap();
    assert_eq!(profile.class, EnvironmentClass::Sandbox);
    assert_eq!(profile.sts.unwrap().endpoint, sandbox.served.sts_url());
    assert_eq!((profile.trust.tls.len(), profile.trust.ehealth.len(), profile.trust.eid.len()), (1, 2, 4));
    let control = profile.sandbox.unwrap();
    assert_eq!(control.control, sandbox.served.control_url());
    assert_eq!(control.token_file, sandbox.served.token_file());
}
