use super::*;
use crate::scripted::papers::{self, Use, ec_key, issue, name, now};
use openssl::nid::Nid;
use proptest::prelude::*;

fn certificate(x509: &X509) -> Certificate {
    Certificate::parse(&x509.to_der().unwrap()).unwrap()
}

fn login(anchors: &Anchors, leaf: &X509, ca: &X509, at: Timestamp) -> Verdict {
    chain(anchors, &certificate(leaf), Some(&certificate(ca)), X509KeyUsage::DIGITAL_SIGNATURE, at)
}

#[test]
fn a_chain_ends_at_a_root_we_were_given() {
    let p = papers::ec();
    assert_eq!(login(&p.anchors(), &p.authentication.0, &p.ca.0, now()), Verdict::Proven);
    assert_eq!(login(&Anchors::default(), &p.authentication.0, &p.ca.0, now()), Verdict::NoAnchor);
    assert_eq!(login(&papers::rekeyed().anchors(), &p.authentication.0, &p.ca.0, now()), Verdict::NoAnchor);
}

#[test]
fn a_root_of_the_same_name_and_another_key_makes_a_forgery() {
    let (p, other) = (papers::ec(), papers::impostor());
    assert_eq!(login(&p.anchors(), &other.authentication.0, &other.ca.0, now()), Verdict::Refuted);
    assert_eq!(register(&p.anchors(), &certificate(&other.rrn.0), now()), Verdict::Refuted);
}

#[test]
fn a_leaf_the_ca_did_not_sign_is_refuted_with_and_without_anchors() {
    let (p, other) = (papers::ec(), papers::impostor());
    for anchors in [p.anchors(), Anchors::default()] {
        assert_eq!(login(&anchors, &other.authentication.0, &p.ca.0, now()), Verdict::Refuted);
    }
}

#[test]
fn an_issuing_ca_may_be_an_anchor() {
    let p = papers::ec();
    let anchors = Anchors::from_der([&p.ca.0.to_der().unwrap()[..]]).unwrap();
    assert_eq!(login(&anchors, &p.authentication.0, &p.ca.0, now()), Verdict::Proven);
}

#[test]
fn a_chain_is_judged_at_the_given_time() {
    let p = papers::ec();
    for at in ["2019-12-31T23:59:59Z", "2030-01-01T00:00:01Z"] {
        assert_eq!(
            login(&p.anchors(), &p.authentication.0, &p.ca.0, at.parse().unwrap()),
            Verdict::Refuted,
            "{at}"
        );
    }
}

#[test]
fn a_certificate_is_good_for_its_own_use_only() {
    let p = papers::ec();
    assert_eq!(login(&p.anchors(), &p.signature.0, &p.ca.0, now()), Verdict::Refuted);
}

#[test]
fn a_citizens_certificate_issues_nothing() {
    let p = papers::ec();
    let own = name(&[(Nid::COMMONNAME, "Anybody")]);
    let by = (p.authentication.0.subject_name(), &p.authentication.1);
    let forged = issue(&own, &ec_key(), by, Use::Login, 10);
    let anchors = Anchors::from_der([&p.ca.0.to_der().unwrap()[..]]).unwrap();
    assert_eq!(login(&anchors, &forged, &p.authentication.0, now()), Verdict::Refuted);
}

#[test]
fn the_register_hangs_under_a_root_itself() {
    let p = papers::ec();
    assert_eq!(register(&p.anchors(), &certificate(&p.rrn.0), now()), Verdict::Proven);
    assert_eq!(register(&Anchors::default(), &certificate(&p.rrn.0), now()), Verdict::NoAnchor);
    let both = Anchors::from_der([&p.root.0.to_der().unwrap()[..], &p.ca.0.to_der().unwrap()]).unwrap();
    let citizen = certificate(&p.authentication.0);
    assert_ne!(register(&both, &citizen, now()), Verdict::Proven, "a citizen is no register");
    assert_eq!(register(&p.anchors(), &certificate(&p.ca.0), now()), Verdict::Refuted, "nor is a CA");
}

#[test]
fn only_the_bytes_the_register_signed_are_true() {
    let p = papers::ec();
    let rrn = certificate(&p.rrn.0);
    let files: std::collections::HashMap<_, _> = p.signed_files(0x18).into_iter().collect();
    use crate::file::Path;
    let [id, id_sig, adr, adr_sig] =
        [Path::IDENTITY, Path::IDENTITY_SIGNATURE, Path::ADDRESS, Path::ADDRESS_SIGNATURE]
            .map(|path| &files[&path.0]);
    assert!(identity(&rrn, id, id_sig));
    assert!(address(&rrn, adr, id_sig, adr_sig));
    let cut = &id_sig[..der_length(id_sig).unwrap()];
    assert!(identity(&rrn, id, cut), "padding is not part of the signature");
    assert!(!address(&rrn, adr, cut, adr_sig), "but it is part of what the address's signature covers");
    assert!(!identity(&rrn, adr, id_sig) && !identity(&rrn, id, adr_sig));
    assert!(!identity(&rrn, id, &[]) && !identity(&rrn, id, &[0; 112]));
}

#[test]
fn a_photo_is_named_by_a_hash_of_any_series() {
    for by in [MessageDigest::sha1(), MessageDigest::sha256(), MessageDigest::sha384()] {
        let named = hash(by, b"photo").unwrap();
        assert!(named_by_hash(b"photo", &named));
        assert!(!named_by_hash(b"other", &named));
    }
    assert!(!named_by_hash(b"photo", &[]));
}

#[test]
fn a_verdict_is_written_as_the_command_line_promises() {
    let json = serde_json::to_string(&[Verdict::Proven, Verdict::Refuted, Verdict::NoAnchor]).unwrap();
    assert_eq!(json, r#"[true,false,"no-anchor"]"#);
}

proptest! {
    #[test]
    fn one_changed_bit_refutes_an_identity(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let p = papers::ec();
        let files = p.signed_files(0x17);
        let mut changed = files[0].1.clone();
        changed[at.index(files[0].1.len())] ^= 1 << bit;
        prop_assert!(!identity(&certificate(&p.rrn.0), &changed, &files[1].1));
    }

    #[test]
    fn a_spoiled_certificate_is_refused_without_panic(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let p = papers::ec();
        let mut der = p.authentication.0.to_der().unwrap();
        let place = at.index(der.len());
        der[place] ^= 1 << bit;
        if let Ok(leaf) = Certificate::parse(&der) {
            let ca = certificate(&p.ca.0);
            let verdict = chain(&p.anchors(), &leaf, Some(&ca), X509KeyUsage::DIGITAL_SIGNATURE, now());
            prop_assert_ne!(verdict, Verdict::Proven);
            let _ = (leaf.holder(), leaf.ssin(true), leaf.facts(crate::certificate::Which::Root), leaf.is_ca());
            let _ = register(&p.anchors(), &leaf, now());
        }
    }

    #[test]
    fn any_signature_is_judged_without_panic(signature in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(!identity(&certificate(&papers::ec().rrn.0), b"anything", &signature));
    }
}
