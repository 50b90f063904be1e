//! The platform's list of services: enveloped XAdES, with the list and its signed properties both covered.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use openssl::hash::{MessageDigest, hash};
use openssl::x509::{X509, X509Ref};

use super::super::error::XmlError;
use super::super::names::{DS, NONE, SERVICE_LIST_V1, SERVICE_LIST_V2, XADES};
use super::super::tree::{Element, Tree};
use super::VerifiedElement;
use super::places::{Ids, own_signature, whole_texts};
use super::signature::Signature;
use super::trust::{Trust, subject_of};

/// A service list that the platform signed.
#[derive(Debug)]
pub struct VerifiedServiceList {
    /// What was signed; the only part to be read.
    pub verified: VerifiedElement,
    /// What the signature covers: `ServiceList`, `SignedProperties`.
    pub covers: Vec<String>,
    /// Subject of the signer.
    pub signer: String,
    /// Certificate of the signer.
    pub signer_certificate: X509,
}

/// Verifies a service list of either version.
///
/// # Errors
/// The first rule of the profile that is broken; [`XmlError::PropertiesNotCovered`] for a plain enveloped signature.
pub fn service_list(document: &[u8], trust: &Trust) -> Result<VerifiedServiceList, XmlError> {
    let tree = Tree::parse(document)?;
    let root = tree.root();
    if !root.is(SERVICE_LIST_V1, "ServiceList") && !root.is(SERVICE_LIST_V2, "ServiceList") {
        return Err(XmlError::Root);
    }
    whole_texts(root)?;
    // A service's `Id` is its key in the registry; one that stands twice is its reader's to skip.
    let service = |element: Element<'_>| {
        element.is(SERVICE_LIST_V1, "Service") || element.is(SERVICE_LIST_V2, "Service")
    };
    let ids = Ids::beside(root, service)?;
    let signature = Signature::read(own_signature(root)?)?;
    let properties = properties(&signature)?;
    let canonical = covered(root, properties, &signature, &ids)?;
    let certificates = signature.certificates()?;
    names_signer(properties, certificates.first().ok_or(XmlError::NoCertificate)?)?;
    let (signer_certificate, key) = trust.key_of(&certificates)?;
    signature.check_value(&key)?;
    Ok(VerifiedServiceList {
        verified: VerifiedElement::read(canonical)?,
        covers: vec!["ServiceList".to_owned(), "SignedProperties".to_owned()],
        signer: subject_of(&signer_certificate),
        signer_certificate,
    })
}

/// `Object/QualifyingProperties/SignedProperties`, about this signature.
fn properties<'t>(signature: &Signature<'t>) -> Result<Element<'t>, XmlError> {
    let [object] = signature.objects[..] else { return Err(XmlError::PropertiesNotCovered) };
    let missing = |_| XmlError::PropertiesNotCovered;
    let qualifying = object.only(XADES, "QualifyingProperties").map_err(missing)?;
    let target = qualifying.attribute(NONE, "Target").and_then(|target| target.strip_prefix('#'));
    if target.is_none() || target != signature.element.attribute(NONE, "Id") {
        return Err(XmlError::PropertiesNotCovered);
    }
    qualifying.only(XADES, "SignedProperties").map_err(missing)
}

/// Exactly two references, one for the list and one for the properties, each in the way that belongs to it.
fn covered(
    root: Element<'_>,
    properties: Element<'_>,
    signature: &Signature<'_>,
    ids: &Ids<'_>,
) -> Result<Vec<u8>, XmlError> {
    let (mut list, mut signed_properties) = (None, false);
    for reference in &signature.references {
        let element = ids.find(reference.id)?;
        if element == root && reference.enveloped && list.is_none() {
            list = Some(signature.covered(reference, root)?);
        } else if element == properties && reference.properties && !reference.enveloped && !signed_properties
        {
            signature.check(reference, properties)?;
            signed_properties = true;
        } else {
            return Err(XmlError::Misplaced);
        }
    }
    if signed_properties { list.ok_or(XmlError::ListNotCovered) } else { Err(XmlError::PropertiesNotCovered) }
}

/// The properties name the certificate that stands first in the KeyInfo.
fn names_signer(properties: Element<'_>, signer: &X509Ref) -> Result<(), XmlError> {
    let wrong = |_| XmlError::SigningCertificate;
    let first = || {
        let properties = properties.only(XADES, "SignedSignatureProperties")?;
        let named =
            properties.only(XADES, "SigningCertificate")?.child(XADES, "Cert").ok_or(XmlError::Shape)?;
        named.only(XADES, "CertDigest")
    };
    let digest = first().map_err(wrong)?;
    let method = digest.only(DS, "DigestMethod").map_err(wrong)?.attribute(NONE, "Algorithm").unwrap_or("");
    let algorithm = match method {
        "http://www.w3.org/2001/04/xmlenc#sha256" => MessageDigest::sha256(),
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => MessageDigest::sha384(),
        "http://www.w3.org/2001/04/xmlenc#sha512" => MessageDigest::sha512(),
        "http://www.w3.org/2000/09/xmldsig#sha1" => return Err(XmlError::Sha1),
        _ => return Err(XmlError::DigestAlgorithm),
    };
    let der = signer.to_der().map_err(|_| XmlError::SigningCertificate)?;
    let computed = hash(algorithm, &der).map_err(|_| XmlError::SigningCertificate)?;
    let text = digest.only(DS, "DigestValue").and_then(Element::text).map_err(wrong)?;
    let same = BASE64.decode(text.trim()).is_ok_and(|named| named == *computed);
    if same { Ok(()) } else { Err(XmlError::SigningCertificate) }
}
