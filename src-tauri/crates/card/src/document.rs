//! The whole card for `card read`: identity, address, certificates, and whether they are true.

use jiff::Timestamp;
use openssl::x509::X509KeyUsage;
use relais_core::card::{Applet, ChipNumber};
use serde::Serialize;

use crate::address::Address;
use crate::apdu::{Channel, Timing, reading};
use crate::atr::family;
use crate::backend::Link;
use crate::card_data::CardData;
use crate::certificate::{Certificate, CertificateFacts, Which};
use crate::error::CardError;
use crate::file::{Path, der_length};
use crate::identity::Identity;
use crate::verify::{self, Anchors, Verdict};

/// What a card says; serialised, the document of `card read`.
#[derive(Debug, Clone, Serialize)]
pub struct CardReading {
    /// Applet version.
    pub applet: Applet,
    /// Number printed on the card.
    pub card_number: String,
    /// Who holds it.
    pub identity: Identity,
    /// Where they live.
    pub address: Address,
    /// Tries left, `null` where the card does not tell.
    pub pin_tries_left: Option<u8>,
    /// The certificates the card has.
    pub certificates: Vec<CertificateFacts>,
    /// Whether it is true.
    pub verified: Verified,
    /// Reader it was read in.
    #[serde(skip)]
    pub reader: String,
    /// Which chip.
    #[serde(skip)]
    pub chip: ChipNumber,
    /// The photo, JPEG, when it was asked for.
    #[serde(skip)]
    pub photo: Option<Vec<u8>>,
}

/// Each part's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Identity, signed by the register.
    pub identity: Verdict,
    /// Address, signed by the register.
    pub address: Verdict,
    /// Photo, named by the identity; absent when it was not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<Verdict>,
    /// Certificates of the holder up to a root.
    pub chain: Verdict,
    /// Public key of the chip, named by the identity; only applet 1.8 has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basic_key: Option<Verdict>,
}

/// Reads a card whole, with its photo (some 13 commands more) or without, and judges it by `anchors` at `now`.
///
/// # Errors
/// A card that cannot be read. One that can, but lies, is an answer: see [`CardReading::verified`].
pub fn read_document(
    link: &mut dyn Link,
    reader: &str,
    photo: bool,
    anchors: &Anchors,
    now: Timestamp,
) -> Result<CardReading, CardError> {
    read_document_with(Timing::default(), link, reader, photo, anchors, now)
}

/// As [`read_document`], with waits of the caller's.
///
/// # Errors
/// As [`read_document`].
pub fn read_document_with(
    timing: Timing,
    link: &mut dyn Link,
    reader: &str,
    photo: bool,
    anchors: &Anchors,
    now: Timestamp,
) -> Result<CardReading, CardError> {
    if family(link.atr()).is_none() {
        return Err(CardError::NotEid);
    }
    let files = reading(link, timing, |channel| Files::read(channel, photo))?;
    let identity = Identity::parse(&files.identity)?;
    let certificates = files.certificates();
    Ok(CardReading {
        applet: files.data.applet,
        card_number: identity.card_number.clone(),
        address: Address::parse(&files.address)?,
        pin_tries_left: files.data.tries.known(),
        verified: files.judge(&identity, &certificates, anchors, now),
        certificates: certificates.iter().map(|(which, certificate)| certificate.facts(*which)).collect(),
        identity,
        reader: reader.to_owned(),
        chip: files.data.chip,
        photo: files.photo,
    })
}

/// Reads who holds the card and where they live, and nothing else: at most six commands.
///
/// # Errors
/// A card that cannot be read.
pub fn read_identity_and_address(
    link: &mut dyn Link,
    timing: Timing,
) -> Result<(Identity, Address), CardError> {
    let (identity, address) =
        reading(link, timing, |channel| Ok((channel.read_whole(Path::IDENTITY)?, channel.read_address()?)))?;
    Ok((Identity::parse(&identity)?, Address::parse(&address)?))
}

/// The files of a card, as read.
struct Files {
    data: CardData,
    identity: Vec<u8>,
    identity_signature: Vec<u8>,
    address: Vec<u8>,
    address_signature: Vec<u8>,
    photo: Option<Vec<u8>>,
    basic_key: Option<Vec<u8>>,
    certificates: Vec<(Which, Vec<u8>)>,
}

impl Files {
    fn read(channel: &mut Channel<'_>, photo: bool) -> Result<Self, CardError> {
        let data = channel.card_data_and_tries()?;
        let identity = channel.read_whole(Path::IDENTITY)?;
        let identity_signature = channel.read_whole(Path::IDENTITY_SIGNATURE)?;
        let address = channel.read_address()?;
        // Both signatures are of one key, so of one size.
        let address_signature = channel.read_expected(Path::ADDRESS_SIGNATURE, identity_signature.len())?;
        let basic_key =
            if data.applet == Applet::V18 { Some(channel.read_whole(Path::BASIC_KEY)?) } else { None };
        let mut certificates = Vec::new();
        for which in Which::ALL {
            if let Some(der) = channel.read_certificate(which)? {
                certificates.push((which, der));
            }
        }
        let photo = if photo { Some(channel.read_whole(Path::PHOTO)?) } else { None };
        Ok(Self {
            data,
            identity,
            identity_signature,
            address,
            address_signature,
            photo,
            basic_key,
            certificates,
        })
    }

    /// Those that can be parsed; one that cannot is as good as none.
    fn certificates(&self) -> Vec<(Which, Certificate)> {
        let parsed = self.certificates.iter().map(|(which, der)| (*which, Certificate::parse(der)));
        parsed.filter_map(|(which, read)| Some((which, read.ok()?))).collect()
    }

    fn judge(
        &self,
        identity: &Identity,
        certificates: &[(Which, Certificate)],
        anchors: &Anchors,
        now: Timestamp,
    ) -> Verified {
        let find = |wanted| certificates.iter().find(|(which, _)| *which == wanted).map(|(_, found)| found);
        let rrn = find(Which::Rrn);
        let register = rrn.map_or(Verdict::Refuted, |rrn| verify::register(anchors, rrn, now));
        let only_if = |verdict: Verdict, holds: bool| if holds { verdict } else { Verdict::Refuted };
        let of_identity = only_if(
            register,
            rrn.is_some_and(|rrn| verify::identity(rrn, &self.identity, &self.identity_signature)),
        );
        let of_address = only_if(
            register,
            rrn.is_some_and(|rrn| {
                verify::address(rrn, &self.address, &self.identity_signature, &self.address_signature)
            }),
        );
        let named = |content: &[u8], hash: &[u8]| only_if(of_identity, verify::named_by_hash(content, hash));
        let key = self
            .basic_key
            .as_deref()
            .map(|file| file.get(..der_length(file).unwrap_or(0)).unwrap_or_default());
        Verified {
            identity: of_identity,
            address: of_address,
            photo: self.photo.as_deref().map(|photo| named(photo, &identity.photo_hash)),
            chain: self.judge_chain(find(Which::CitizenCa), certificates, anchors, now).unwrap_or(register),
            basic_key: key.map(|key| named(key, &identity.basic_key_hash)),
        }
    }

    /// The holder's certificates; `None` when the card has none, as a kids card.
    fn judge_chain(
        &self,
        ca: Option<&Certificate>,
        certificates: &[(Which, Certificate)],
        anchors: &Anchors,
        now: Timestamp,
    ) -> Option<Verdict> {
        let usage = |which| match which {
            Which::Authentication => Some(X509KeyUsage::DIGITAL_SIGNATURE),
            Which::Signature => Some(X509KeyUsage::NON_REPUDIATION),
            Which::CitizenCa | Which::Root | Which::Rrn => None,
        };
        // One that cannot be parsed must not drop out of the judgement.
        let judge = |(which, _): &(Which, Vec<u8>)| {
            let usage = usage(*which)?;
            let found = certificates.iter().find(|(other, _)| other == which);
            Some(found.map_or(Verdict::Refuted, |(_, leaf)| verify::chain(anchors, leaf, ca, usage, now)))
        };
        self.certificates.iter().filter_map(judge).reduce(Verdict::and)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::scripted::papers::{self, now};
    use crate::scripted::{Card, no_pause};

    fn read(card: &mut Card, photo: bool, anchors: &Anchors) -> CardReading {
        read_document_with(no_pause(), card, "R", photo, anchors, now()).unwrap()
    }

    #[test]
    fn a_true_card_is_proven_in_every_part() {
        for (papers, applet) in [(papers::ec(), 0x18), (papers::rekeyed(), 0x17)] {
            let reading = read(&mut Card::of(papers, applet), true, &papers.anchors());
            let basic_key = (applet == 0x18).then_some(Verdict::Proven);
            let (identity, address, chain) = (Verdict::Proven, Verdict::Proven, Verdict::Proven);
            let wanted = Verified { identity, address, photo: Some(Verdict::Proven), chain, basic_key };
            assert_eq!(reading.verified, wanted);
            assert_eq!(reading.pin_tries_left, Some(3));
            assert_eq!(reading.photo.map(|photo| photo.len()), Some(2_700));
        }
    }

    #[test]
    fn the_document_has_the_shape_the_command_line_promises() {
        let json =
            serde_json::to_value(read(&mut Card::of(papers::ec(), 0x18), true, &papers::ec().anchors()))
                .unwrap();
        assert_eq!((&json["applet"], &json["card_number"]), (&"1.8".into(), &"592012345678".into()));
        assert_eq!(
            json["address"],
            serde_json::json!({"street": "Kerkstraat 1", "zip": "1000", "municipality": "Brussel"})
        );
        let which: Vec<_> =
            json["certificates"].as_array().unwrap().iter().map(|one| &one["which"]).collect();
        assert_eq!(which, ["authentication", "signature", "citizen-ca", "root", "rrn"]);
        let first = &json["certificates"][0];
        assert_eq!(
            first["subject"],
            "serialNumber=85010199786,GN=Ada Bea,SN=Proef,CN=Ada Proef (Authentication),C=BE"
        );
        assert_eq!(
            (&first["not_before"], &first["key"]),
            (&"2020-01-01T00:00:00Z".into(), &"ec-p384".into())
        );
        assert_eq!(json["verified"]["photo"], true);
        assert!(json.get("photo").is_none() && json.get("reader").is_none());
    }

    #[test]
    fn without_our_root_the_card_is_read_and_said_to_have_no_anchor() {
        let verified = read(&mut Card::of(papers::ec(), 0x18), true, &Anchors::default()).verified;
        assert_eq!((verified.identity, verified.chain), (Verdict::NoAnchor, Verdict::NoAnchor));
        assert_eq!((verified.address, verified.photo), (Verdict::NoAnchor, Some(Verdict::NoAnchor)));
    }

    #[test]
    fn a_changed_part_is_false_and_takes_no_other_part_along() {
        let spoil = |path: Path, at: usize| {
            let mut card = Card::of(papers::ec(), 0x18);
            card.files.get_mut(&path.0).unwrap()[at] ^= 1;
            read(&mut card, true, &papers::ec().anchors()).verified
        };
        let address = spoil(Path::ADDRESS, 5);
        assert_eq!((address.identity, address.address), (Verdict::Proven, Verdict::Refuted));
        let photo = spoil(Path::PHOTO, 1_000);
        assert_eq!((photo.identity, photo.photo), (Verdict::Proven, Some(Verdict::Refuted)));
        let key = spoil(Path::BASIC_KEY, 60);
        assert_eq!((key.identity, key.basic_key), (Verdict::Proven, Some(Verdict::Refuted)));
        let identity = spoil(Path::IDENTITY, 5);
        assert_eq!((identity.identity, identity.photo), (Verdict::Refuted, Some(Verdict::Refuted)));
        assert_eq!((identity.address, identity.chain), (Verdict::Proven, Verdict::Proven));
        let chain = spoil(Path::of(Which::Signature), 300);
        assert_eq!((chain.chain, chain.identity), (Verdict::Refuted, Verdict::Proven));
    }

    #[test]
    fn a_card_without_certificates_is_read_and_judged_by_its_register() {
        let mut card = Card::of(papers::ec(), 0x18).without(Which::Authentication).without(Which::Signature);
        let reading = read(&mut card, false, &papers::ec().anchors());
        assert_eq!((reading.certificates.len(), reading.verified.chain), (3, Verdict::Proven));
        let mut card = Card::of(papers::ec(), 0x18).without(Which::Rrn);
        let verified = read(&mut card, false, &papers::ec().anchors()).verified;
        assert_eq!(
            (verified.identity, verified.chain, verified.photo),
            (Verdict::Refuted, Verdict::Proven, None)
        );
    }

    #[test]
    fn reading_a_card_sends_it_no_pin() {
        let mut card = Card::of(papers::rekeyed(), 0x17);
        read(&mut card, true, &Anchors::default());
        assert_eq!((card.log.pins_sent(), card.tries), (0, 3));
    }
}
