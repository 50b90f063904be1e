use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509NameBuilder};
use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, Pkcs12Archive, PrivateKey,
    PrivateKeyChain,
};

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::*;

/// A key in PKCS#8 and a certificate of its own.
fn pair() -> (Vec<u8>, Vec<u8>) {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "one name for all").unwrap();
    let name = name.build();
    let mut certificate = X509::builder().unwrap();
    certificate.set_subject_name(&name).unwrap();
    certificate.set_issuer_name(&name).unwrap();
    certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    (key.private_key_to_pkcs8().unwrap(), certificate.build().to_der().unwrap())
}

#[test]
fn an_independent_library_writes_what_we_read_and_reads_the_same() {
    let pairs = [("authentication", pair()), ("1001", pair()), ("1002", pair())];
    let mut theirs = KeyStore::new();
    for (alias, (key, certificate)) in &pairs {
        let (key, certificate) =
            (PrivateKey::from_der(key).unwrap(), Certificate::from_der(certificate).unwrap());
        let chain = PrivateKeyChain::new(*alias, key, [certificate]);
        theirs.add_entry(alias, KeyStoreEntry::PrivateKeyChain(chain));
    }
    for (scheme, mac) in [
        (EncryptionAlgorithm::PbeWithHmacSha256AndAes256, MacAlgorithm::HmacSha256),
        (EncryptionAlgorithm::PbeWithShaAnd40BitRc4Cbc, MacAlgorithm::HmacSha1),
        (EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc, MacAlgorithm::HmacSha512),
    ] {
        let writer = theirs.writer("d'été").encryption_algorithm(scheme).encryption_iterations(3);
        let bytes = writer.mac_algorithm(mac).mac_iterations(3).write().unwrap();
        let judge = Pkcs12Archive::from_pkcs12(&bytes, "d'été").unwrap();
        let ours = open(&bytes, &Password::take("d'été".to_owned()).unwrap()).unwrap();
        assert_eq!((judge.keys.len(), ours.entries().len()), (3, 3));
        for (alias, (key, certificate)) in &pairs {
            let entry = ours.entries().iter().find(|entry| entry.alias == *alias).unwrap();
            assert_eq!(&entry.key().unwrap().private_key_to_pkcs8().unwrap(), key);
            assert_eq!(entry.certificate.as_ref().unwrap().der(), certificate, "paired by key, not by name");
            assert!(judge.keys.iter().any(|bag| bag.key.as_der() == key));
        }
    }
}

fn labels() -> impl Strategy<Value = Label> {
    let alias = proptest::option::of(".{0,12}");
    let id = proptest::option::of(proptest::collection::vec(any::<u8>(), 0..24));
    (alias, id, any::<bool>()).prop_map(|(alias, local_key_id, trusted)| Label {
        alias,
        local_key_id,
        trusted,
    })
}

proptest! {
    // Each derives keys, which is slow on purpose.
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_is_written_reads_back_byte_for_byte_and_for_nobody_else(
        parts in proptest::collection::vec((labels(), any::<bool>(), proptest::collection::vec(any::<u8>(), 0..400)), 0..5),
        typed in "[ -~]{0,20}",
    ) {
        let bag = |(label, key, bytes): (Label, bool, Vec<u8>)| {
            let content = if key { Content::Key(Zeroizing::new(bytes)) } else { Content::Certificate(bytes) };
            Bag { label, content }
        };
        let mut written: Vec<Bag> = parts.into_iter().map(bag).collect();
        let password = Password::take(typed.clone()).unwrap();
        let bytes = write(&written, &password).unwrap();
        written.sort_by_key(|bag| matches!(bag.content, Content::Key(_)));
        prop_assert!(bags(&bytes, &password).unwrap() == written);
        let other = Password::take(format!("{typed}x")).unwrap();
        prop_assert!(matches!(bags(&bytes, &other), Err(KeystoreError::PasswordWrong)));
    }
}

#[test]
fn an_independent_library_reads_what_we_write() {
    let pairs = [("authentication", pair()), ("1001", pair())];
    let label = |alias: &str| Label { alias: Some(alias.to_owned()), local_key_id: None, trusted: false };
    let mut all = Vec::new();
    for (alias, (key, certificate)) in &pairs {
        all.push(Bag { label: label(alias), content: Content::Certificate(certificate.clone()) });
        all.push(Bag { label: label(alias), content: Content::Key(Zeroizing::new(key.clone())) });
    }
    let bytes = write(&all, &Password::take("clair-obscur".to_owned()).unwrap()).unwrap();
    let judge = Pkcs12Archive::from_pkcs12(&bytes, "clair-obscur").unwrap();
    for (_, (key, certificate)) in &pairs {
        assert!(judge.keys.iter().any(|bag| bag.key.as_der() == key));
        assert!(judge.certs.iter().any(|bag| bag.cert.as_der() == certificate));
    }
    assert!(Pkcs12Archive::from_pkcs12(&bytes, "clair obscur").is_err());
}
