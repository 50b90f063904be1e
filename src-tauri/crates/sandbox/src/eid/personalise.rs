//! Makes a card for a person: keys, certificates, files and the state's signatures over them.

use jiff::{Timestamp, ToSpan};
use openssl::error::ErrorStack;
use openssl::hash::{MessageDigest, hash};
use openssl::pkey::{PKey, PKeyRef, Private};
use openssl::rand::rand_bytes;
use openssl::rsa::Rsa;
use openssl::sign::Signer;
use openssl::x509::X509;

use crate::x509::{Authority, KeyType, Request, Subject, Usage, Validity, digest_for, public};

use super::authorities::{Chain, EidAuthorities, around};
use super::card::{Chip, VirtualEid};
use super::files::{FileId, Files};
use super::identity::{CardFacts, address_file, identity_file};
use super::model::{Model, Variant};
use super::person::Person;
use super::pin::PinSlot;
use super::pkcs15;
use super::signing::{AUTHENTICATION, BASIC, Key, Keys, SIGNATURE};

/// PIN of a new card; it stands on a note beside it.
const PIN: &str = "1234";

/// Policy of test cards. Source: docs/reference/eid-card.md, section 10.
const TEST_POLICY: &str = "2.16.56.1.40.40.40.1";

/// A small grey portrait, drawn for the purpose; no person.
const PORTRAIT: &[u8] = include_bytes!("portrait.jpg");

/// Room for the DER of a P-384 signature; the rest is zero.
const STATE_SIGNATURE: usize = 104;

impl VirtualEid {
    /// An ordinary card of this model, made two years before `now` and valid for eight more.
    pub fn personalise(
        person: &Person,
        model: Model,
        authorities: &EidAuthorities,
        now: Timestamp,
    ) -> Result<Self, ErrorStack> {
        Self::personalise_as(person, model, Variant::Ordinary, authorities, now)
    }

    /// A card with something unusual about it.
    pub fn personalise_as(
        person: &Person,
        model: Model,
        variant: Variant,
        authorities: &EidAuthorities,
        now: Timestamp,
    ) -> Result<Self, ErrorStack> {
        let press = Press { person, model, variant, chain: authorities.chain(model), now };
        Ok(Self::new(press.chip()?))
    }
}

/// Everything a card is made from.
struct Press<'a> {
    person: &'a Person,
    model: Model,
    variant: Variant,
    chain: &'a Chain,
    now: Timestamp,
}

impl Press<'_> {
    fn chip(&self) -> Result<Chip, ErrorStack> {
        let number = chip_number()?;
        let keys = self.keys()?;
        let mut files = Files::new();
        pkcs15::describe(&mut files, self.model, &number, self.has_certificates());
        self.certificates(&keys, &mut files)?;
        self.identity(&number, &keys, &mut files)?;
        let mut pin = PinSlot::new(PIN);
        if self.variant == Variant::Blocked {
            pin.set_tries_left(0);
        }
        let activated = self.variant != Variant::NotActivated;
        Ok(Chip { model: self.model, number, activated, pin, basic_calls: 0, keys, files })
    }

    fn has_certificates(&self) -> bool {
        self.variant != Variant::Kids
    }

    fn keys(&self) -> Result<Keys, ErrorStack> {
        let mut keys = Keys::new();
        if self.has_certificates() {
            keys.insert(AUTHENTICATION, Key(self.new_key()?));
            keys.insert(SIGNATURE, Key(self.new_key()?));
        }
        if self.model == Model::V18 {
            keys.insert(BASIC, Key(self.new_key()?));
        }
        Ok(keys)
    }

    fn new_key(&self) -> Result<PKey<Private>, ErrorStack> {
        match self.model {
            Model::V10 | Model::V11 => PKey::from_rsa(Rsa::generate(1024)?),
            Model::V17 | Model::V17Rekeyed => KeyType::Rsa2048.generate(),
            Model::V18 => KeyType::EcP384.generate(),
        }
    }

    fn certificates(&self, keys: &Keys, files: &mut Files) -> Result<(), ErrorStack> {
        let own = [
            (FileId::AUTHENTICATION, AUTHENTICATION, "Authentication", Usage::AUTHENTICATION),
            (FileId::SIGNATURE, SIGNATURE, "Signature", Usage::NON_REPUDIATION),
        ];
        for (file, reference, purpose, usage) in own {
            let content = match keys.get(&reference) {
                Some(key) => self.padded(&self.own_certificate(&key.0, purpose, usage)?)?,
                None => vec![0; self.model.missing_certificate()],
            };
            files.insert(file, content);
        }
        files.insert(FileId::CITIZEN_CA, self.padded(&self.chain.citizen.certificate)?);
        files.insert(FileId::ROOT_CA, self.padded(&self.chain.root.certificate)?);
        files.insert(FileId::REGISTRY, self.padded(&self.chain.registry.certificate)?);
        Ok(())
    }

    fn padded(&self, certificate: &X509) -> Result<Vec<u8>, ErrorStack> {
        let mut content = certificate.to_der()?;
        content.resize(content.len() + self.model.certificate_padding(), 0);
        Ok(content)
    }

    /// Subject as on real cards: the common name has the first given name only.
    fn own_certificate(
        &self,
        key: &PKeyRef<Private>,
        purpose: &str,
        usage: Usage,
    ) -> Result<X509, ErrorStack> {
        let subject = Subject::from([("C", "BE")])
            .with("CN", &format!("{} ({purpose})", self.person.name()))
            .with("SN", &self.person.surname)
            .with("GN", &self.person.given_names)
            .with("serialNumber", self.person.ssin().reveal());
        let public = public(key)?;
        let mut request = Request::new(subject, &public, usage, self.certificate_validity());
        request.policies = vec![TEST_POLICY.to_owned()];
        self.chain.citizen.issue(request)
    }

    fn card_validity(&self) -> Validity {
        around(self.now, 2, 8)
    }

    fn certificate_validity(&self) -> Validity {
        let card = self.card_validity();
        if self.variant == Variant::ExpiredCertificates {
            return Validity::new(card.not_before, self.now - 24.hours());
        }
        card
    }

    fn identity(&self, number: &[u8; 16], keys: &Keys, files: &mut Files) -> Result<(), ErrorStack> {
        let photo_hash = hash(self.photo_digest(), PORTRAIT)?;
        let basic = keys.get(&BASIC).map(|key| key.0.public_key_to_der()).transpose()?;
        let basic_hash = basic.as_deref().map(|it| hash(MessageDigest::sha384(), it)).transpose()?;
        let card_number = card_number()?;
        let validity = self.card_validity();
        let facts = CardFacts {
            card_number: &card_number,
            chip_number: number,
            from: validity.not_before,
            until: validity.not_after,
            document_type: if self.has_certificates() { "1" } else { "6" },
            photo_hash: &photo_hash,
            basic_key_hash: basic_hash.as_deref(),
            version_tag: self.variant == Variant::VersionTag,
        };
        files.insert(FileId::PHOTO, self.photo());
        files.extend(basic.map(|content| (FileId::BASIC_KEY, content)));
        self.signed_files(&facts, files)
    }

    fn photo_digest(&self) -> MessageDigest {
        match self.model {
            Model::V10 | Model::V11 => MessageDigest::sha1(),
            Model::V17 | Model::V17Rekeyed => MessageDigest::sha256(),
            Model::V18 => MessageDigest::sha384(),
        }
    }

    /// The portrait; when forged with a byte that no viewer shows.
    fn photo(&self) -> Vec<u8> {
        let mut photo = PORTRAIT.to_vec();
        if self.variant == Variant::ForgedPhoto {
            photo.push(0);
        }
        photo
    }

    /// Identity and address with the registry's signatures; forgery happens after the state has signed.
    fn signed_files(&self, facts: &CardFacts<'_>, files: &mut Files) -> Result<(), ErrorStack> {
        let identity = identity_file(self.person, facts);
        let address = address_file(self.person);
        let identity_signature = state_signature(&self.chain.registry, &identity)?;
        let signed_address = [trimmed(&address), &identity_signature].concat();
        files.insert(FileId::ADDRESS_SIGNATURE, state_signature(&self.chain.registry, &signed_address)?);
        files.insert(FileId::IDENTITY_SIGNATURE, identity_signature);
        let forged = self.forged_person();
        let identity =
            if self.variant == Variant::ForgedIdentity { identity_file(&forged, facts) } else { identity };
        let address = if self.variant == Variant::ForgedAddress { address_file(&forged) } else { address };
        files.insert(FileId::IDENTITY, identity);
        files.insert(FileId::ADDRESS, address);
        Ok(())
    }

    fn forged_person(&self) -> Person {
        let mut forged = self.person.clone();
        forged.surname.push('s');
        forged.street.push('B');
        forged
    }
}

/// What the address signature covers: no zero byte at the end (docs/reference/eid-card.md, section 5).
fn trimmed(file: &[u8]) -> &[u8] {
    let end = file.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    &file[..end]
}

/// The registry's signature: RSA as it is, ECDSA as DER with zeros up to the file's fixed size.
fn state_signature(registry: &Authority, data: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let mut signer = Signer::new(digest_for(&registry.key)?, &registry.key)?;
    let mut made = signer.sign_oneshot_to_vec(data)?;
    if registry.key.rsa().is_err() {
        made.resize(STATE_SIGNATURE, 0);
    }
    Ok(made)
}

/// Two reserved bytes, two for the maker, twelve drawn.
fn chip_number() -> Result<[u8; 16], ErrorStack> {
    let mut number = *b"\x53\x4C\x49\x4E............";
    rand_bytes(&mut number[4..])?;
    Ok(number)
}

/// Twelve digits, the last two being the first ten modulo 97.
fn card_number() -> Result<String, ErrorStack> {
    let mut drawn = [0; 4];
    rand_bytes(&mut drawn)?;
    let ten = 5_920_000_000 + u64::from(u32::from_be_bytes(drawn)) % 10_000_000;
    Ok(format!("{ten}{:02}", if ten % 97 == 0 { 97 } else { ten % 97 }))
}
