//! The signature code against Project Wycheproof.

use openssl::bn::BigNumRef;
use openssl::ecdsa::EcdsaSig;
use openssl::pkey::{PKey, Public};
use openssl::sha::sha256;
use relais_ehealth::xml::algorithm::Method;
use wycheproof::TestResult;
use wycheproof::ecdsa::{TestName as Ecdsa, TestSet as EcdsaSet};
use wycheproof::rsa_pkcs1_verify::{TestFlag as RsaFlag, TestName as Rsa, TestSet as RsaSet};

fn accepts(method: Method, key: &PKey<Public>, message: &[u8], signature: &[u8]) -> bool {
    method.verify(key, &sha256(message), signature).is_ok()
}

#[test]
fn rsa_accepts_what_wycheproof_calls_valid_and_nothing_else() {
    let mut tried = 0;
    for name in [Rsa::Rsa2048Sha256, Rsa::Rsa3072Sha256, Rsa::Rsa4096Sha256, Rsa::Rsa8192Sha256] {
        for group in RsaSet::load(name).unwrap().test_groups {
            let key = PKey::public_key_from_der(&group.der).unwrap();
            for test in &group.tests {
                let good = accepts(Method::RsaSha256, &key, &test.msg, &test.sig);
                match test.result {
                    TestResult::Valid => assert!(good, "{name:?} {}", test.tc_id),
                    TestResult::Invalid => assert!(!good, "{name:?} {}: {}", test.tc_id, test.comment),
                    // A padding without its NULL, which RFC 8017 wants: one form of a signature is enough.
                    TestResult::Acceptable => {
                        assert!(
                            test.flags.contains(&RsaFlag::MissingNull) && !good,
                            "{name:?} {}",
                            test.tc_id
                        );
                    }
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 800, "{tried}");
}

#[test]
fn ecdsa_on_p256_accepts_what_wycheproof_calls_valid_and_nothing_else() {
    let mut tried = 0;
    for group in EcdsaSet::load(Ecdsa::EcdsaSecp256r1Sha256P1363).unwrap().test_groups {
        let key = PKey::public_key_from_der(&group.der).unwrap();
        for test in &group.tests {
            let good = accepts(Method::EcdsaSha256, &key, &test.msg, &test.sig);
            assert_eq!(good, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

/// Wycheproof has P-384 with SHA-256 in DER only: what r and s side by side can say at all is tried in that form.
#[test]
fn ecdsa_on_p384_accepts_what_wycheproof_calls_valid_and_nothing_else() {
    let (mut tried, mut valid) = (0, 0);
    for group in EcdsaSet::load(Ecdsa::EcdsaSecp384r1Sha256).unwrap().test_groups {
        let key = PKey::public_key_from_der(&group.der).unwrap();
        for test in &group.tests {
            let Some(plain) = side_by_side(&test.sig) else {
                assert_eq!(test.result, TestResult::Invalid, "{}: {}", test.tc_id, test.comment);
                continue;
            };
            let good = accepts(Method::EcdsaSha256, &key, &test.msg, &plain);
            assert_eq!(good, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            assert!(!accepts(Method::EcdsaSha256, &key, &test.msg, &test.sig), "DER is another form");
            tried += 1;
            valid += usize::from(good);
        }
    }
    assert!(tried > 150 && valid > 100, "{tried} {valid}");
}

/// A strict DER signature whose numbers fit the curve, as r and s of 48 bytes each.
fn side_by_side(der: &[u8]) -> Option<Vec<u8>> {
    let signature = EcdsaSig::from_der(der).ok()?;
    let strict = signature.to_der().is_ok_and(|again| again == der);
    let half = |n: &BigNumRef| if n.is_negative() { None } else { n.to_vec_padded(48).ok() };
    let halves = half(signature.r()).zip(half(signature.s())).filter(|_| strict);
    halves.map(|(r, s)| [r, s].concat())
}
