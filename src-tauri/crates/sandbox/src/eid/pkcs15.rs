//! The PKCS#15 files that tell other programs what is on the card. OpenSC reads its keys and certificates from them.
//!
//! Source: PKCS #15 v1.1 (types CIO of ISO/IEC 7816-15), and the card's file list in docs/reference/eid-card.md,
//! section 2.

use crate::x509::der::{constructed, oid, sequence, tlv};

use super::files::{BELPIC, FileId, Files, MF, PKCS15_AID};
use super::model::Model;

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const ENUMERATED: u8 = 0x0A;
const UTF8_STRING: u8 = 0x0C;

/// Object flags: private and modifiable, or modifiable.
const PRIVATE: [u8; 2] = [0x06, 0xC0];
const MODIFIABLE: [u8; 2] = [0x06, 0x40];
/// Identifier of the one PIN in AODF and PrKDF.
const PIN_ID: u8 = 1;

/// Adds the directory files for a card with these certificates on it; `with_keys` is false on cards without keys.
pub(super) fn describe(files: &mut Files, model: Model, chip_number: &[u8; 16], with_keys: bool) {
    files.insert(FileId::DIR, application());
    files.insert(FileId::ODF, object_directory());
    files.insert(FileId::TOKEN_INFO, token_info(model, chip_number));
    files.insert(FileId::AODF, pin());
    files.insert(FileId::PRKDF, if with_keys { private_keys(model) } else { Vec::new() });
    files.insert(FileId::CDF, certificates(with_keys));
}

fn folder() -> Vec<u8> {
    [MF, BELPIC].iter().flat_map(|part| part.to_be_bytes()).collect()
}

/// EF(DIR): AID, label, path and OID of the application.
fn application() -> Vec<u8> {
    constructed(
        0x61,
        &[
            tlv(0x4F, PKCS15_AID),
            tlv(0x50, b"BELPIC"),
            tlv(0x51, &folder()),
            constructed(0x73, &[oid("2.16.56.2")]),
        ],
    )
}

/// EF(ODF): private keys [0], certificates [4], authentication objects [8].
fn object_directory() -> Vec<u8> {
    [(0xA0, FileId::PRKDF), (0xA4, FileId::CDF), (0xA8, FileId::AODF)]
        .map(|(tag, file)| constructed(tag, &[path(&file.path())]))
        .concat()
}

fn path(path: &[u8]) -> Vec<u8> {
    sequence(&[tlv(OCTET_STRING, path)])
}

/// TokenInfo: serial number, label, flags, and the card's four version bytes (graphical, electrical, interface, RFU).
fn token_info(model: Model, chip_number: &[u8; 16]) -> Vec<u8> {
    let electrical = if model == Model::V18 { 4 } else { 3 };
    sequence(&[
        tlv(INTEGER, &[0]),
        tlv(OCTET_STRING, chip_number),
        tlv(0x80, b"BELPIC"),
        tlv(BIT_STRING, &[0x04, 0x30]),
        tlv(0x9E, &[0x01, electrical, 0x00, 0x00]),
    ])
}

fn common(label: &str, flags: [u8; 2], pin: Option<u8>) -> Vec<u8> {
    let mut parts = vec![tlv(UTF8_STRING, label.as_bytes()), tlv(BIT_STRING, &flags)];
    parts.extend(pin.map(|id| tlv(OCTET_STRING, &[id])));
    sequence(&parts)
}

/// One PIN: local, initialised, padded with FF, packed digits, 4 to 12 of them in 8 bytes, reference 1.
fn pin() -> Vec<u8> {
    let attributes = sequence(&[
        tlv(BIT_STRING, &[0x02, 0x0C]),
        tlv(ENUMERATED, &[0]),
        tlv(INTEGER, &[4]),
        tlv(INTEGER, &[8]),
        tlv(INTEGER, &[12]),
        tlv(0x80, &[1]),
        tlv(OCTET_STRING, &[0xFF]),
        path(&folder()),
    ]);
    let identifier = sequence(&[tlv(OCTET_STRING, &[PIN_ID])]);
    sequence(&[common("Basic PIN", MODIFIABLE, None), identifier, constructed(0xA1, &[attributes])])
}

/// The two keys a person uses: identifier, label, usage, reference.
fn private_keys(model: Model) -> Vec<u8> {
    let authentication = private_key(model, 2, "Authentication", &[0x05, 0x20], 0x82);
    let signature = private_key(model, 3, "Signature", &[0x06, 0x00, 0x40], 0x83);
    [authentication, signature].concat()
}

fn private_key(model: Model, id: u8, label: &str, usage: &[u8], reference: u8) -> Vec<u8> {
    let key = sequence(&[
        tlv(OCTET_STRING, &[id]),
        tlv(BIT_STRING, usage),
        tlv(BIT_STRING, &[0x03, 0xB8]),
        tlv(INTEGER, &[0x00, reference]),
    ]);
    let size = match model {
        Model::V10 | Model::V11 => 1024u16,
        Model::V17 | Model::V17Rekeyed => 2048,
        Model::V18 => 384,
    };
    let attributes = sequence(&[path(&folder()), tlv(INTEGER, &size.to_be_bytes())]);
    let tag = if model.elliptic() { 0xA0 } else { 0x30 };
    constructed(tag, &[common(label, PRIVATE, Some(PIN_ID)), key, constructed(0xA1, &[attributes])])
}

/// The certificates on the card; those of the person are left out where there are none.
fn certificates(with_keys: bool) -> Vec<u8> {
    let own = [(2, "Authentication", FileId::AUTHENTICATION), (3, "Signature", FileId::SIGNATURE)];
    let state = [(4, "CA", FileId::CITIZEN_CA), (6, "Root", FileId::ROOT_CA)];
    let own = if with_keys { &own[..] } else { &[] };
    own.iter().chain(&state).flat_map(|(id, label, file)| certificate(*id, label, *file)).collect()
}

fn certificate(id: u8, label: &str, file: FileId) -> Vec<u8> {
    let identifier = sequence(&[tlv(OCTET_STRING, &[id])]);
    let attributes = sequence(&[path(&file.path())]);
    sequence(&[common(label, MODIFIABLE, None), identifier, constructed(0xA1, &[attributes])])
}
