//! Invented certificates with the extensions real ones carry: card chain, eHealth keystores, encryption tokens,
//! TLS servers on loopback. Who may get which certificate is decided by the callers.

pub mod der;
mod usage;

use jiff::{Span, Timestamp, ToSpan, tz::TimeZone};
use openssl::asn1::{Asn1Integer, Asn1Object, Asn1OctetString, Asn1Time};
use openssl::bn::{BigNum, MsbOption};
use openssl::ec::{Asn1Flag, EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{HasPublic, PKey, PKeyRef, Private, Public};
use openssl::rsa::Rsa;
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, SubjectAlternativeName, SubjectKeyIdentifier,
};
use openssl::x509::{X509, X509Builder, X509Extension, X509Name, X509NameRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use usage::{ExtendedUse, KeyUse, Usage};

/// Kinds of key that the sandbox makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// RSA, 2048 bits.
    Rsa2048,
    /// RSA, 4096 bits; takes seconds to make.
    Rsa4096,
    /// NIST P-256.
    EcP256,
    /// NIST P-384.
    EcP384,
}

impl KeyType {
    /// A new key.
    pub fn generate(self) -> Result<PKey<Private>, ErrorStack> {
        match self {
            Self::Rsa2048 => PKey::from_rsa(Rsa::generate(2048)?),
            Self::Rsa4096 => PKey::from_rsa(Rsa::generate(4096)?),
            Self::EcP256 => ec_key(Nid::X9_62_PRIME256V1),
            Self::EcP384 => ec_key(Nid::SECP384R1),
        }
    }
}

fn ec_key(curve: Nid) -> Result<PKey<Private>, ErrorStack> {
    let mut group = EcGroup::from_curve_name(curve)?;
    group.set_asn1_flag(Asn1Flag::NAMED_CURVE);
    PKey::from_ec_key(EcKey::generate(&group)?)
}

/// The public half of a key, as [`Request`] wants it.
pub fn public(key: &PKeyRef<impl HasPublic>) -> Result<PKey<Public>, ErrorStack> {
    PKey::public_key_from_der(&key.public_key_to_der()?)
}

/// A distinguished name: (short name or dotted OID, value) pairs in the order they appear in the certificate.
///
/// Names are those of OpenSSL (`C`, `O`, `OU`, `CN`, `GN`, `SN`, `L`); `SERIALNUMBER` and `E` are understood too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject(Vec<(String, String)>);

impl Subject {
    /// The same name with one more pair at its end.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The pairs, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn name(&self) -> Result<X509Name, ErrorStack> {
        let mut name = X509Name::builder()?;
        for (short, value) in &self.0 {
            name.append_entry_by_text(openssl_name(short), value)?;
        }
        Ok(name.build())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Subject {
    fn from(pairs: [(&str, &str); N]) -> Self {
        pairs.into_iter().fold(Self::default(), |subject, (name, value)| subject.with(name, value))
    }
}

fn openssl_name(short: &str) -> &str {
    match short {
        "SERIALNUMBER" => "serialNumber",
        "E" => "emailAddress",
        other => other,
    }
}

/// From when until when a certificate is valid; whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// First moment.
    pub not_before: Timestamp,
    /// Last moment.
    pub not_after: Timestamp,
}

impl Validity {
    /// From the first moment to the last one.
    #[must_use]
    pub fn new(not_before: Timestamp, not_after: Timestamp) -> Self {
        Self { not_before, not_after }
    }

    /// Valid for so many calendar years from `start` on.
    #[must_use]
    pub fn years(start: Timestamp, years: i16) -> Self {
        Self::new(start, shifted(start, i64::from(years).years()))
    }

    /// Valid for so many days from `start` on.
    #[must_use]
    pub fn days(start: Timestamp, days: i32) -> Self {
        Self::new(start, shifted(start, i64::from(days).days()))
    }
}

fn shifted(start: Timestamp, by: Span) -> Timestamp {
    // Past jiff's calendar (year 9999) a certificate lasts until its end.
    start.to_zoned(TimeZone::UTC).checked_add(by).map_or(Timestamp::MAX, |end| end.timestamp())
}

/// What an [`Authority`] is asked to certify.
pub struct Request<'a> {
    /// Whom the certificate is about.
    pub subject: Subject,
    /// The key it is about.
    pub key: &'a PKeyRef<Public>,
    /// What the key may be used for.
    pub usage: Usage,
    /// From when until when.
    pub validity: Validity,
    /// Serial number, big-endian and unsigned; `None` draws 127 random bits.
    pub serial: Option<Vec<u8>>,
    /// May itself issue certificates.
    pub ca: bool,
    /// Certificate policies, dotted OIDs.
    pub policies: Vec<String>,
    /// Further extensions, added last.
    pub extra: Vec<X509Extension>,
}

impl<'a> Request<'a> {
    /// A request with a random serial number, for no authority, without policies or further extensions.
    #[must_use]
    pub fn new(
        subject: impl Into<Subject>,
        key: &'a PKeyRef<Public>,
        usage: Usage,
        validity: Validity,
    ) -> Self {
        let (serial, ca, policies, extra) = (None, false, Vec::new(), Vec::new());
        Self { subject: subject.into(), key, usage, validity, serial, ca, policies, extra }
    }
}

/// A certificate with its private key: an issuer, or anybody who signs.
#[derive(Clone)]
pub struct Authority {
    /// Its certificate.
    pub certificate: X509,
    /// Its key.
    pub key: PKey<Private>,
}

impl Authority {
    /// A self-signed authority with a new key.
    pub fn root(subject: impl Into<Subject>, key: KeyType, validity: Validity) -> Result<Self, ErrorStack> {
        let key = key.generate()?;
        let public = public(&key)?;
        let request = Request { ca: true, ..Request::new(subject, &public, Usage::AUTHORITY, validity) };
        let certificate = self_signed(request, &key)?;
        Ok(Self { certificate, key })
    }

    /// An authority with a new key under this one.
    pub fn subordinate(
        &self,
        subject: impl Into<Subject>,
        key: KeyType,
        validity: Validity,
    ) -> Result<Self, ErrorStack> {
        let key = key.generate()?;
        let public = public(&key)?;
        let request = Request { ca: true, ..Request::new(subject, &public, Usage::AUTHORITY, validity) };
        Ok(Self { certificate: self.issue(request)?, key })
    }

    /// Certifies what is asked. The issuer is this certificate's subject, whether it is an authority or not.
    pub fn issue(&self, request: Request<'_>) -> Result<X509, ErrorStack> {
        build(request, self.certificate.subject_name(), Some(&self.certificate), &self.key)
    }

    /// A TLS server with a new key of this kind, valid 30 years: TLS checks real time, the sandbox's clock may be
    /// anywhere. `names` are DNS names, `addresses` IP addresses, both in the subject alternative name.
    pub fn tls_server(
        &self,
        key: KeyType,
        names: &[&str],
        addresses: &[&str],
        from: Timestamp,
    ) -> Result<Self, ErrorStack> {
        let key = key.generate()?;
        let public = public(&key)?;
        let common = names.first().or(addresses.first()).copied().unwrap_or("localhost");
        let validity = Validity::years(from, 30);
        let mut request = Request::new([("CN", common)], &public, Usage::TLS_SERVER, validity);
        let mut builder = X509::builder()?;
        request.extra.push(alternative_names(&mut builder, names, addresses)?);
        Ok(Self { certificate: self.issue(request)?, key })
    }

    /// Certificate and PKCS#8 key in one PEM text. The key is not encrypted: sandbox keys guard nothing.
    pub fn to_pem(&self) -> Result<String, ErrorStack> {
        let mut pem = self.certificate.to_pem()?;
        pem.extend(self.key.private_key_to_pem_pkcs8()?);
        Ok(String::from_utf8_lossy(&pem).into_owned())
    }

    /// Reads what [`Self::to_pem`] wrote.
    pub fn from_pem(pem: &str) -> Result<Self, ErrorStack> {
        Ok(Self {
            certificate: X509::from_pem(pem.as_bytes())?,
            key: PKey::private_key_from_pem(pem.as_bytes())?,
        })
    }
}

impl Serialize for Authority {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_pem().map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Authority {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::from_pem(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

/// A certificate that signs itself; `key` is the private half of the requested one.
pub fn self_signed(request: Request<'_>, key: &PKeyRef<Private>) -> Result<X509, ErrorStack> {
    let issuer = request.subject.name()?;
    build(request, &issuer, None, key)
}

fn build(
    request: Request<'_>,
    issuer: &X509NameRef,
    authority: Option<&X509>,
    key: &PKeyRef<Private>,
) -> Result<X509, ErrorStack> {
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    builder.set_serial_number(serial(request.serial.as_deref())?.as_ref())?;
    builder.set_subject_name(request.subject.name()?.as_ref())?;
    builder.set_issuer_name(issuer)?;
    builder.set_pubkey(request.key)?;
    builder.set_not_before(time(request.validity.not_before)?.as_ref())?;
    builder.set_not_after(time(request.validity.not_after)?.as_ref())?;
    extend(&mut builder, request, authority)?;
    builder.sign(key, digest_for(key)?)?;
    Ok(builder.build())
}

fn extend(
    builder: &mut X509Builder,
    request: Request<'_>,
    authority: Option<&X509>,
) -> Result<(), ErrorStack> {
    let mut constraints = BasicConstraints::new();
    constraints.critical();
    if request.ca {
        constraints.ca();
    }
    builder.append_extension(constraints.build()?)?;
    builder.append_extension(request.usage.key_usage()?)?;
    if let Some(extended) = request.usage.extended_key_usage()? {
        builder.append_extension(extended)?;
    }
    let subject_key = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
    builder.append_extension(subject_key)?;
    if let Some(issuer) = authority {
        let context = builder.x509v3_context(Some(issuer), None);
        let issuer_key = AuthorityKeyIdentifier::new().keyid(false).build(&context)?;
        builder.append_extension(issuer_key)?;
    }
    if !request.policies.is_empty() {
        builder.append_extension(policies(&request.policies)?)?;
    }
    request.extra.into_iter().try_for_each(|extension| builder.append_extension(extension))
}

/// The extension `certificatePolicies` (RFC 5280, 4.2.1.4) without qualifiers.
fn policies(oids: &[String]) -> Result<X509Extension, ErrorStack> {
    let each = oids.iter().map(|oid| der::sequence(&[der::oid(oid)])).collect::<Vec<_>>();
    raw_extension("2.5.29.32", false, &der::sequence(&each))
}

/// An extension from its OID and the DER of its value.
pub fn raw_extension(oid: &str, critical: bool, value: &[u8]) -> Result<X509Extension, ErrorStack> {
    let value = Asn1OctetString::new_from_bytes(value)?;
    X509Extension::new_from_der(Asn1Object::from_str(oid)?.as_ref(), critical, &value)
}

fn alternative_names(
    builder: &mut X509Builder,
    names: &[&str],
    addresses: &[&str],
) -> Result<X509Extension, ErrorStack> {
    let mut all = SubjectAlternativeName::new();
    for name in names {
        all.dns(name);
    }
    for address in addresses {
        all.ip(address);
    }
    all.build(&builder.x509v3_context(None, None))
}

fn serial(given: Option<&[u8]>) -> Result<Asn1Integer, ErrorStack> {
    let number = match given {
        Some(bytes) => BigNum::from_slice(bytes)?,
        None => {
            let mut drawn = BigNum::new()?;
            drawn.rand(127, MsbOption::MAYBE_ZERO, false)?;
            drawn
        }
    };
    number.to_asn1_integer()
}

fn time(at: Timestamp) -> Result<Asn1Time, ErrorStack> {
    Asn1Time::from_unix(at.as_second())
}

/// The hash that goes with a key: SHA-384 for P-384, else SHA-256.
pub fn digest_for(key: &PKeyRef<Private>) -> Result<MessageDigest, ErrorStack> {
    let p384 = key.id() == openssl::pkey::Id::EC && key.bits() == 384;
    Ok(if p384 { MessageDigest::sha384() } else { MessageDigest::sha256() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use openssl::stack::Stack;
    use openssl::x509::X509StoreContext;
    use openssl::x509::store::X509StoreBuilder;

    fn from() -> Timestamp {
        "2026-01-05T08:00:00Z".parse().unwrap()
    }

    fn root(kind: KeyType) -> Authority {
        Authority::root([("C", "BE"), ("CN", "Root")], kind, Validity::years(from(), 20)).unwrap()
    }

    fn shown(certificate: &X509) -> String {
        String::from_utf8_lossy(&certificate.to_text().unwrap()).into_owned()
    }

    fn verifies(leaf: &X509, between: &[&X509], root: &X509) -> bool {
        let mut store = X509StoreBuilder::new().unwrap();
        store.add_cert(root.clone()).unwrap();
        let mut param = openssl::x509::verify::X509VerifyParam::new().unwrap();
        param.set_time(from().as_second() + 60);
        store.set_param(&param).unwrap();
        let mut chain = Stack::new().unwrap();
        between.iter().for_each(|it| chain.push((*it).clone()).unwrap());
        let mut context = X509StoreContext::new().unwrap();
        context.init(&store.build(), leaf, &chain, |it| it.verify_cert()).unwrap()
    }

    #[test]
    fn openssl_accepts_a_chain_of_every_kind_of_key() {
        for kind in [KeyType::Rsa2048, KeyType::EcP256, KeyType::EcP384] {
            let root = root(kind);
            let issuing = root.subordinate([("CN", "Issuing")], kind, Validity::years(from(), 10)).unwrap();
            let key = kind.generate().unwrap();
            let public = public(&key).unwrap();
            let request =
                Request::new([("CN", "Leaf")], &public, Usage::AUTHENTICATION, Validity::days(from(), 30));
            let leaf = issuing.issue(request).unwrap();
            assert!(verifies(&leaf, &[&issuing.certificate], &root.certificate), "{kind:?}");
            assert!(!verifies(&leaf, &[], &root.certificate), "without its issuer");
        }
    }

    #[test]
    fn a_leaf_may_not_issue() {
        let root = root(KeyType::EcP256);
        let key = KeyType::EcP256.generate().unwrap();
        let public = public(&key).unwrap();
        let ask = |cn| Request::new([("CN", cn)], &public, Usage::AUTHENTICATION, Validity::days(from(), 9));
        let leaf = Authority { certificate: root.issue(ask("leaf")).unwrap(), key: key.clone() };
        let child = leaf.issue(ask("child")).unwrap();
        assert!(!verifies(&child, &[&leaf.certificate], &root.certificate));
    }

    #[test]
    fn a_subject_keeps_its_order_and_its_several_units() {
        let root = root(KeyType::EcP256);
        let key = KeyType::EcP256.generate().unwrap();
        let public = public(&key).unwrap();
        let subject =
            Subject::from([("C", "BE"), ("OU", "eHealth-platform Belgium"), ("OU", "ZOË"), ("SN", "S")])
                .with("GN", "G")
                .with("SERIALNUMBER", "85010199788");
        let mut request = Request::new(subject, &public, Usage::EHEALTH, Validity::days(from(), 9));
        request.serial = Some(vec![0x80, 1, 2]);
        request.policies = vec!["2.16.56.1.40.40.40.1".to_owned()];
        let leaf = root.issue(request).unwrap();
        let names = leaf
            .subject_name()
            .entries()
            .map(|e| e.object().nid().short_name().unwrap().to_owned())
            .collect::<Vec<_>>();
        assert_eq!(names, ["C", "OU", "OU", "SN", "GN", "serialNumber"]);
        assert_eq!(leaf.serial_number().to_bn().unwrap().to_vec(), [0x80, 1, 2]);
        let text = shown(&leaf);
        assert!(text.contains("Policy: 2.16.56.1.40.40.40.1"), "{text}");
        assert!(
            text.contains(
                "X509v3 Key Usage: critical\n                Digital Signature, Non Repudiation, Key"
            )
        );
        assert!(text.contains("TLS Web Client Authentication, E-mail Protection"));
    }

    #[test]
    fn a_tls_server_is_named_by_dns_and_address_for_thirty_years() {
        let server = root(KeyType::EcP256)
            .tls_server(KeyType::EcP256, &["localhost"], &["127.0.0.1"], from())
            .unwrap();
        let text = shown(&server.certificate);
        assert!(text.contains("DNS:localhost, IP Address:127.0.0.1"));
        assert!(text.contains("Not After : Jan  5 08:00:00 2056 GMT"), "{text}");
        let again = Authority::from_pem(&server.to_pem().unwrap()).unwrap();
        assert!(again.key.public_eq(&server.certificate.public_key().unwrap()));
    }

    #[test]
    fn a_certificate_that_signs_itself_can_be_any_kind() {
        let key = KeyType::Rsa2048.generate().unwrap();
        let public = public(&key).unwrap();
        let ended = Validity::days("2020-01-01T00:00:00Z".parse().unwrap(), 1);
        let mut request = Request::new([("C", "BE")], &public, Usage::EHEALTH, ended);
        request.serial = Some(vec![0]);
        let made = self_signed(request, &key).unwrap();
        assert!(made.verify(&key).unwrap());
        assert_eq!(made.serial_number().to_bn().unwrap().to_vec(), Vec::<u8>::new());
    }
}
