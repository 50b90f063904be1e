//! Whom a connection is made with: the system's verdict on the certificate, and whether somebody looks into it.
//!
//! TLS counts as inspected when the system's store accepts a chain that neither Mozilla's list nor the profile's own
//! anchors explain: then a root was added to this PC, by an administrator's proxy or by a virus scanner.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use openssl::nid::Nid;
use openssl::x509::X509;
use relais_core::code::clean;
use relais_core::lease::Fingerprint;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::settings::{SettingsError, Trust};

/// What was seen of a server's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFacts {
    /// It was accepted.
    pub trusted: bool,
    /// It was accepted only because of a root that was added to this PC.
    pub inspected: bool,
    /// SHA-256 of every certificate the server sent, its own first.
    pub chain: Vec<Fingerprint>,
    /// Who issued the server's certificate, made harmless for every sink.
    pub issuer: String,
}

/// The facts of each host's last connection.
#[derive(Debug, Default)]
pub(super) struct Book(Mutex<BTreeMap<String, TlsFacts>>);

impl Book {
    pub fn of(&self, host: &str) -> Option<TlsFacts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(host).cloned()
    }

    fn note(&self, host: &ServerName<'_>, facts: TlsFacts) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(host.to_str().into_owned(), facts);
    }
}

/// A TLS configuration that judges every connection anew: no session is resumed, no early data sent.
pub(super) fn client_config(
    trust: &Trust,
    refuse_inspected: bool,
    book: Arc<Book>,
) -> Result<ClientConfig, SettingsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let judge = Judge::new(trust, refuse_inspected, book, &provider).map_err(SettingsError::Anchors)?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(SettingsError::Anchors)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(judge))
        .with_no_client_auth();
    config.resumption = rustls::client::Resumption::disabled();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The system's verifier, or the profile's anchors alone, and a note of what it said.
#[derive(Debug)]
struct Judge {
    trusted: Arc<dyn ServerCertVerifier>,
    /// Roots that explain a chain: Mozilla's and the profile's. `None` when no other is trusted anyway.
    known: Option<Arc<dyn ServerCertVerifier>>,
    refuse_inspected: bool,
    book: Arc<Book>,
}

impl Judge {
    fn new(
        trust: &Trust,
        refuse_inspected: bool,
        book: Arc<Book>,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Self, Error> {
        let (trusted, known): (Arc<dyn ServerCertVerifier>, _) = match trust {
            Trust::Only(anchors) => (webpki(der(anchors)?, provider)?, None),
            Trust::System(anchors) => {
                let anchors = der(anchors)?;
                let mozilla = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned();
                let known = webpki(mozilla.chain(anchors.clone()).collect(), provider)?;
                let system =
                    rustls_platform_verifier::Verifier::new_with_extra_roots(anchors, provider.clone())?;
                (Arc::new(system), Some(known))
            }
        };
        Ok(Self { trusted, known, refuse_inspected, book })
    }
}

fn der(anchors: &[X509]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let bad = |_| Error::InvalidCertificate(CertificateError::BadEncoding);
    anchors.iter().map(|anchor| anchor.to_der().map(Into::into).map_err(bad)).collect()
}

fn webpki(
    roots: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let mut store = RootCertStore::empty();
    roots.into_iter().try_for_each(|root| store.add(root))?;
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider.clone()).build();
    Ok(verifier.map_err(|_| Error::General("no trust anchor".to_owned()))?)
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let by = |verifier: &Arc<dyn ServerCertVerifier>| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        let verdict = by(&self.trusted);
        let inspected = verdict.is_ok() && self.known.as_ref().is_some_and(|known| by(known).is_err());
        self.book.note(server_name, facts(end_entity, intermediates, verdict.is_ok(), inspected));
        if inspected && self.refuse_inspected {
            return Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure));
        }
        verdict
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trusted.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trusted.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.trusted.supported_verify_schemes()
    }
}

fn facts(
    own: &CertificateDer<'_>,
    others: &[CertificateDer<'_>],
    trusted: bool,
    inspected: bool,
) -> TlsFacts {
    let chain =
        std::iter::once(own).chain(others).map(|der| Fingerprint(openssl::sha::sha256(der))).collect();
    TlsFacts { trusted, inspected, chain, issuer: issuer(own).unwrap_or_default() }
}

/// Common name of the issuer, else its organisation.
fn issuer(der: &[u8]) -> Option<String> {
    let certificate = X509::from_der(der).ok()?;
    let name = certificate.issuer_name();
    let entry = [Nid::COMMONNAME, Nid::ORGANIZATIONNAME]
        .into_iter()
        .find_map(|nid| name.entries_by_nid(nid).next())?;
    Some(clean(&entry.data().to_string().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use openssl::asn1::Asn1Time;
    use openssl::ec::{EcGroup, EcKey};
    use openssl::hash::MessageDigest;
    use openssl::pkey::{PKey, Private};
    use openssl::x509::X509Name;
    use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};

    const HOST: &str = "sts.test";

    fn key() -> PKey<Private> {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
    }

    fn name(text: &str) -> X509Name {
        let mut name = X509Name::builder().unwrap();
        name.append_entry_by_nid(Nid::COMMONNAME, text).unwrap();
        name.build()
    }

    /// A root, and a certificate for [`HOST`] that it issued.
    fn root_and_leaf() -> (X509, X509) {
        let (root_key, leaf_key) = (key(), key());
        let made = |subject: &str, key: &PKey<Private>, root: bool| {
            let mut made = X509::builder().unwrap();
            made.set_version(2).unwrap();
            made.set_subject_name(&name(subject)).unwrap();
            made.set_issuer_name(&name("A scanner's own root")).unwrap();
            made.set_pubkey(key).unwrap();
            made.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
            made.set_not_after(&Asn1Time::days_from_now(2).unwrap()).unwrap();
            let mut constraints = BasicConstraints::new();
            let constraints = if root { constraints.critical().ca() } else { constraints.critical() };
            made.append_extension(constraints.build().unwrap()).unwrap();
            let names =
                SubjectAlternativeName::new().dns(HOST).build(&made.x509v3_context(None, None)).unwrap();
            made.append_extension(names).unwrap();
            made.sign(&root_key, MessageDigest::sha256()).unwrap();
            made.build()
        };
        (made("A scanner's own root", &root_key, true), made(HOST, &leaf_key, false))
    }

    /// Judges a leaf of `root` on a PC whose own store holds `root`, with a profile that has these anchors.
    fn judged(root: &X509, leaf: &X509, anchors: &[X509], refuse_inspected: bool) -> (bool, TlsFacts) {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mozilla = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned();
        let known = webpki(mozilla.chain(der(anchors).unwrap()).collect(), &provider).unwrap();
        let trusted = webpki(der(std::slice::from_ref(root)).unwrap(), &provider).unwrap();
        let judge = Judge { trusted, known: Some(known), refuse_inspected, book: Arc::default() };
        let leaf = CertificateDer::from(leaf.to_der().unwrap());
        let host = ServerName::try_from(HOST).unwrap();
        let verdict = judge.verify_server_cert(&leaf, &[], &host, &[], UnixTime::now());
        (verdict.is_ok(), judge.book.of(HOST).unwrap())
    }

    #[test]
    fn a_root_that_was_added_to_this_pc_counts_as_inspection_and_policy_may_refuse_it() {
        let (root, leaf) = root_and_leaf();
        let (accepted, facts) = judged(&root, &leaf, &[], false);
        assert!(accepted && facts.trusted && facts.inspected);
        assert_eq!(facts.issuer, "A scanner's own root");
        let (accepted, facts) = judged(&root, &leaf, &[], true);
        assert!(!accepted && facts.inspected);
    }

    #[test]
    fn a_root_that_the_profile_names_is_no_inspection() {
        let (root, leaf) = root_and_leaf();
        let (accepted, facts) = judged(&root, &leaf, std::slice::from_ref(&root), true);
        assert!(accepted && !facts.inspected);
    }

    #[test]
    fn without_a_single_anchor_there_is_no_client() {
        let made = client_config(&Trust::Only(vec![]), false, Arc::default());
        assert!(matches!(made, Err(SettingsError::Anchors(_))));
    }
}
