//! What xmlsec1 signs, judged by us: messages, assertions and lists, with prefix lists of every kind.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use openssl::sha::sha256;
use relais_core::ports::KeyKind;
use relais_ehealth::xml::verify;

use crate::documents::{trust, trust_in, unsigned_assertion};
use crate::keys::{SoftKey, now, platform};
use crate::xmlsec;

pub const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
pub const WSU: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const X509: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";

fn method(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Rsa => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        KeyKind::EcP256 | KeyKind::EcP384 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    }
}

fn exclusive(element: &str, list: Option<&str>) -> String {
    let algorithm = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let inner = list.map_or(String::new(), |list| {
        format!(r#"<ec:InclusiveNamespaces xmlns:ec="{algorithm}" PrefixList="{list}"/>"#)
    });
    format!(r#"<ds:{element} Algorithm="{algorithm}">{inner}</ds:{element}>"#)
}

/// One reference of a template: identifier, attributes, leading transform, prefix list.
pub struct Part<'a>(pub &'a str, pub &'a str, pub bool, pub Option<&'a str>);

/// A signature that xmlsec1 fills in.
pub fn template(kind: KeyKind, list: Option<&str>, parts: &[Part<'_>], rest: &str) -> String {
    let references: String = parts
        .iter()
        .map(|Part(id, attributes, enveloped, list)| {
            let enveloped = match enveloped {
                true => r#"<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>"#,
                false => "",
            };
            format!(
                "<ds:Reference URI=\"#{id}\"{attributes}>\n<ds:Transforms>{enveloped}{}</ds:Transforms>\
                 <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue/></ds:Reference>\n",
                exclusive("Transform", *list)
            )
        })
        .collect();
    format!(
        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"sig\">\n  <ds:SignedInfo>\n{}\
         <ds:SignatureMethod Algorithm=\"{}\"/>{references}</ds:SignedInfo>\n<ds:SignatureValue/>{rest}</ds:Signature>",
        exclusive("CanonicalizationMethod", list),
        method(kind)
    )
}

fn key_file(key: &SoftKey) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), key.key.private_key_to_pem_pkcs8().unwrap()).unwrap();
    file
}

pub fn signed(template: &str, key: &SoftKey, node: &str) -> Vec<u8> {
    xmlsec::sign(template.as_bytes(), key_file(key).path(), node)
}

pub fn x509_data(key: &SoftKey) -> String {
    let der = BASE64.encode(key.certificate.to_der().unwrap());
    format!("<ds:X509Data><ds:X509Certificate>\n{der}\n</ds:X509Certificate></ds:X509Data>")
}

/// A message as WSS4J and Metro write them: namespaces far up, blanks, single quotes, empty tags.
pub fn message_template(key: &SoftKey, list: Option<&str>) -> String {
    let token = BASE64.encode(key.certificate.to_der().unwrap());
    let key_info = format!(
        "<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI='#token' ValueType='{X509}'/>\
         </wsse:SecurityTokenReference></ds:KeyInfo>"
    );
    let parts = [Part("body", "", false, list), Part("ts", "", false, list), Part("token", "", false, list)];
    let signature = template(KeyKind::Rsa, list, &parts, &key_info);
    let signature = signature.replace(method(KeyKind::Rsa), method(kind_of(key)));
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV='http://schemas.xmlsoap.org/soap/envelope/' \
         xmlns:wsu='{WSU}' xmlns:unused='urn:unused' xmlns='urn:default'>\n<SOAP-ENV:Header>\n<wsse:Security xmlns:wsse='{WSSE}'>\n\
         <wsu:Timestamp wsu:Id='ts'>\n <wsu:Created>2026-03-02T09:00:00.000+01:00</wsu:Created>\n\
         <wsu:Expires>2026-03-02T08:01:00Z</wsu:Expires></wsu:Timestamp>\
         <wsse:BinarySecurityToken wsu:Id='token' ValueType='{X509}'>{token}</wsse:BinarySecurityToken>{signature}\
         </wsse:Security></SOAP-ENV:Header>\n<SOAP-ENV:Body wsu:Id='body'>\n<ask b='2' a='&#10;1'><![CDATA[<5]]></ask>\n\
         </SOAP-ENV:Body></SOAP-ENV:Envelope>"
    )
}

fn kind_of(key: &SoftKey) -> KeyKind {
    relais_core::ports::Signer::kind(key)
}

/// A list of services as the platform publishes it.
pub fn list_template(key: &SoftKey) -> String {
    let digest = BASE64.encode(sha256(&key.certificate.to_der().unwrap()));
    let rest = format!(
        "<ds:KeyInfo>{}{}</ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\" \
         Target=\"#sig\"><xades:SignedProperties Id=\"sig-xades-signedprops\"><xades:SignedSignatureProperties>\
         <xades:SigningTime>2026-03-01T00:00:00Z</xades:SigningTime><xades:SigningCertificate><xades:Cert><xades:CertDigest>\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>{digest}</ds:DigestValue>\
         </xades:CertDigest></xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties>\
         </xades:SignedProperties></xades:QualifyingProperties></ds:Object>",
        x509_data(key),
        x509_data(&platform().authority),
    );
    let properties = " Type=\"http://uri.etsi.org/01903#SignedProperties\"";
    let parts = [Part("list", "", true, None), Part("sig-xades-signedprops", properties, false, None)];
    let signature = template(KeyKind::Rsa, None, &parts, &rest);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<ServiceList xmlns=\"urn:be:fgov:ehealth:bcp:protocol:v1\" \
         xmlns:ns2=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"list\" IssueInstant=\"2026-03-02T07:00:00Z\" \
         Environment=\"Acceptation\">\n <Service Id=\"uddi:x:v1'\" Name=\"X\"><Endpoint Order=\"0\" Status=\"ACTIVE\"> \
         https://services-acpt.ehealth.fgov.be/X/v1 </Endpoint></Service>{signature}</ServiceList>"
    )
}

#[test]
fn we_accept_what_xmlsec_signs_with_every_kind_of_key_and_prefix_list() {
    for key in &platform().doctor {
        for list in
            [None, Some(""), Some("SOAP-ENV"), Some("wsse SOAP-ENV unused"), Some("#default wsu unbound")]
        {
            let message = signed(&message_template(key, list), key, "//*[local-name()='Signature']");
            let verified = verify::soap(&message, &trust(), now())
                .unwrap_or_else(|refused| panic!("{list:?}: {refused}"));
            assert_eq!(verified.covers, ["Body", "Timestamp", "BinarySecurityToken"]);
            let ask = verified.body.element().children().next().unwrap();
            assert_eq!(ask.text().unwrap(), "<5");
        }
    }
}

#[test]
fn we_accept_assertions_that_xmlsec_signs() {
    for (sts, list) in platform().sts.iter().zip([None, Some(""), Some("xs xsi")]) {
        let unsigned =
            String::from_utf8(unsigned_assertion("_a1", &platform().doctor[0]).as_bytes().to_vec()).unwrap();
        let key_info = format!("<ds:KeyInfo>{}</ds:KeyInfo>", x509_data(sts));
        let signature = template(kind_of(sts), list, &[Part("_a1", "", true, list)], &key_info);
        let document = unsigned.replace("</Assertion>", &format!("{signature}</Assertion>"));
        let document = document.replace("<Assertion ", "<Assertion xmlns:xs='urn:xs' ");
        let assertion = signed(&document, sts, "//*[local-name()='Assertion']/*[local-name()='Signature']");
        let verified = verify::assertion(&assertion, &trust_in(&["OU=IAMACC"])).unwrap();
        assert_eq!(verified.holder().unwrap(), platform().doctor[0].certificate);
    }
}

#[test]
fn we_accept_service_lists_that_xmlsec_signs() {
    let list = signed(&list_template(&platform().list), &platform().list, "//*[local-name()='Signature']");
    let verified = verify::service_list(&list, &trust_in(&["OU=SERVICELIST", "OU=CBE=0809394427"])).unwrap();
    assert_eq!(verified.covers, ["ServiceList", "SignedProperties"]);
    let services: Vec<_> =
        verified.verified.element().children().map(|child| child.local_name().to_owned()).collect();
    assert_eq!(services, ["Service"], "the signature is not part of what is read");
}
