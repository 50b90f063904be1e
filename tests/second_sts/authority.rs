//! Keys and certificates of the service, and the profile that leads to it. All names are invented but eHealth's number,
//! which its signer must carry.

use std::path::Path;

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::ssl::{SslAcceptor, SslMethod};
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAlternativeName,
    SubjectKeyIdentifier,
};
use openssl::x509::{X509, X509Builder, X509NameBuilder};

type Pair = (PKey<Private>, X509);

/// The signer's name, whole attributes of which stand in the profile.
const SIGNER: [&str; 4] = ["IAMINT", "CBE=0809394427", "EHEALTH-PLATFORM", "eHealth-platform Belgium"];
/// A customer may call its application as the platform calls its own.
const CUSTOMER: [&str; 4] = ["IAMINT", "CBE=0123456749", "EHEALTH-PLATFORM", "eHealth-platform Belgium"];

/// Makes everything in `folder`: `NAME.key` and `NAME.pem` for `ca`, `tls`, `signer`, `customer`, `other` (the signer's
/// name under another authority), and `profile.toml`.
pub fn found(folder: &Path, eid_roots: &Path, port: u16) -> Result<SslAcceptor, ErrorStack> {
    let authority = made("Invented CA", &[], Use::Authority, None)?;
    let foreign = made("Invented CA", &[], Use::Authority, None)?;
    let tls = made("127.0.0.1", &[], Use::Server, Some(&authority))?;
    let all = [
        ("signer", made("CBE=0809394427, IAMINT", &SIGNER, Use::Signer, Some(&authority))?),
        ("customer", made("CBE=0123456749, IAMINT", &CUSTOMER, Use::Signer, Some(&authority))?),
        ("other", made("CBE=0809394427, IAMINT", &SIGNER, Use::Signer, Some(&foreign))?),
    ];
    for (name, pair) in all.iter().map(|(name, pair)| (*name, pair)).chain([("ca", &authority)]) {
        written(&folder.join(format!("{name}.key")), &pair.0.private_key_to_pem_pkcs8()?);
        written(&folder.join(format!("{name}.pem")), &pair.1.to_pem()?);
    }
    written(&folder.join("profile.toml"), profile(eid_roots, port).as_bytes());
    acceptor(&tls)
}

fn acceptor((key, certificate): &Pair) -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_private_key(key)?;
    builder.set_certificate(certificate)?;
    Ok(builder.build())
}

fn profile(eid_roots: &Path, port: u16) -> String {
    let path = crate::names::PATH;
    let roots = eid_roots.display();
    format!(
        r#"# How a vendor leads Relais to a token service of their own.
name = "vendor-test"
class = "integration"
[hosts]
allowed = ["127.0.0.1:{port}"]
[trust]
tls = ["ca.pem"]
ehealth = ["ca.pem"]
eid = ["{roots}"]
[sts]
endpoint = "https://127.0.0.1:{port}{path}"
signer = ["OU=IAMINT", "OU=CBE=0809394427"]
"#
    )
}

fn written(file: &Path, bytes: &[u8]) {
    std::fs::write(file, bytes).expect("the folder can be written to");
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Authority,
    Server,
    Signer,
}

fn made(name: &str, units: &[&str], usage: Use, by: Option<&Pair>) -> Result<Pair, ErrorStack> {
    let key = PKey::from_rsa(Rsa::generate(2048)?)?;
    let mut subject = X509NameBuilder::new()?;
    subject.append_entry_by_text("C", "BE")?;
    subject.append_entry_by_text("O", if units.is_empty() { "Second STS" } else { "Federal Government" })?;
    for unit in units {
        subject.append_entry_by_text("OU", unit)?;
    }
    subject.append_entry_by_text("CN", name)?;
    let subject = subject.build();
    let mut builder = X509Builder::new()?;
    builder.set_version(2)?;
    let mut serial = BigNum::new()?;
    serial.rand(120, openssl::bn::MsbOption::MAYBE_ZERO, false)?;
    builder.set_serial_number(&*serial.to_asn1_integer()?)?;
    builder.set_subject_name(&subject)?;
    builder.set_issuer_name(by.map_or(&*subject, |(_, issuer)| issuer.subject_name()))?;
    builder.set_not_before(&*Asn1Time::days_from_now(0)?)?;
    builder.set_not_after(&*Asn1Time::days_from_now(90)?)?;
    builder.set_pubkey(&key)?;
    extend(&mut builder, usage, by)?;
    builder.sign(by.map_or(&key, |(issuer, _)| issuer), MessageDigest::sha256())?;
    Ok((key, builder.build()))
}

fn extend(builder: &mut X509Builder, usage: Use, by: Option<&Pair>) -> Result<(), ErrorStack> {
    let mut basic = BasicConstraints::new();
    let mut key_usage = KeyUsage::new();
    if usage == Use::Authority {
        basic.ca();
        key_usage.key_cert_sign().crl_sign();
    } else {
        key_usage.digital_signature();
    }
    builder.append_extension(basic.critical().build()?)?;
    builder.append_extension(key_usage.critical().build()?)?;
    let context = builder.x509v3_context(by.map(|(_, issuer)| &**issuer), None);
    let subject_key = SubjectKeyIdentifier::new().build(&context)?;
    builder.append_extension(subject_key)?;
    if by.is_some() {
        let context = builder.x509v3_context(by.map(|(_, issuer)| &**issuer), None);
        let authority_key = AuthorityKeyIdentifier::new().keyid(true).build(&context)?;
        builder.append_extension(authority_key)?;
    }
    if usage == Use::Server {
        let context = builder.x509v3_context(by.map(|(_, issuer)| &**issuer), None);
        let name = SubjectAlternativeName::new().ip("127.0.0.1").build(&context)?;
        builder.append_extension(name)?;
        builder.append_extension(ExtendedKeyUsage::new().server_auth().build()?)?;
    }
    Ok(())
}
