//! The client of Relais, pointed at a sandbox by its profile, and cards that sign.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use jiff::SignedDuration;
use openssl::x509::X509;
use relais_card::apdu::Timing;
use relais_card::backend::{Backend, Link};
use relais_card::sign::sign_with;
use relais_card::{CardKey, FaceReader, FaceSettings};
use relais_core::card::CardFace;
use relais_core::environment::Quality;
use relais_core::lease::LeaseId;
use relais_core::ports::{KeyKind, Later, Signer};
use relais_core::secret::Pin;
use relais_core::{Code, Problem};
use relais_ehealth::claims::{ClaimProfile, Claimant};
use relais_ehealth::sts::{Granted, IssueAsk, StsClient, StsError, StsProfile};
use relais_ehealth::transport::{HostList, Limits, ProxyChoice, Settings, Transport, Trust, Url};
use relais_ehealth::xml::verify::WholeAttribute;
use relais_sandbox::eid::{Model, VirtualEid, VirtualReader};

use crate::world::{Sandbox, noon};

/// Reader that test cards lie in.
const READER: &str = "Virtual reader 0";

impl Sandbox {
    /// A client made of what the profile says, and of nothing else.
    pub fn client(&self) -> StsClient {
        let profile: toml::Table = self.served.profile_toml().parse().unwrap();
        let texts = |value: &toml::Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
        };
        let certificates = |kind: &str| -> Vec<X509> {
            let files = texts(&profile["trust"][kind]);
            files
                .iter()
                .flat_map(|file| X509::stack_from_pem(&std::fs::read(file).unwrap()).unwrap())
                .collect()
        };
        let hosts = HostList::parse(&texts(&profile["hosts"]["allowed"])).unwrap();
        let mut settings = Settings::new(hosts, Trust::Only(certificates("tls")));
        settings.proxy = ProxyChoice::Direct;
        settings.limits = Limits { deadline: Duration::from_millis(2_500), ..Limits::default() };
        let signer = texts(&profile["sts"]["signer"]);
        let signer = signer.iter().map(|entry| WholeAttribute::parse(entry).unwrap()).collect();
        let endpoint = Url::parse(profile["sts"]["endpoint"].as_str().unwrap()).unwrap();
        let sts = StsProfile::new(endpoint, signer, certificates("ehealth"));
        StsClient::new(sts, Transport::new(settings).unwrap())
    }

    /// Signs the doctor in, with 24 hours wished for.
    pub async fn sign_in(&self, identity: &dyn Signer, holder: &dyn Signer) -> Result<Granted, StsError> {
        self.sign_in_knowing(identity, holder, &|_| false).await
    }

    /// The same, for a client that remembers assertions.
    pub async fn sign_in_knowing(
        &self,
        identity: &dyn Signer,
        holder: &dyn Signer,
        seen: &(dyn Fn(&LeaseId) -> bool + Sync),
    ) -> Result<Granted, StsError> {
        let claimant = Claimant::Person(self.world.people().doctor().ssin);
        let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
        let ask = IssueAsk {
            claimant: &claimant,
            claims: &claims,
            life: SignedDuration::from_hours(24),
            clock: self.world.clock(),
            offset: SignedDuration::ZERO,
            seen,
        };
        self.client().issue(ask, identity, holder).await
    }

    /// The doctor's card in a reader of its own.
    pub fn card(&self, model: Model) -> CardSigner {
        CardSigner::insert(self.world.card(self.world.people().doctor(), model).unwrap())
    }

    /// Where the keystore of the doctor is.
    pub fn keystore(&self) -> &Path {
        &self.world.people().doctor().keystore
    }
}

/// A card as a signer: one VERIFY for each signature, by the product's own card code.
pub struct CardSigner {
    reader: VirtualReader,
    link: Mutex<Box<dyn Link>>,
    face: CardFace,
    pin: String,
}

impl CardSigner {
    fn insert(card: VirtualEid) -> Self {
        let pin = card.pin().to_owned();
        let mut reader = VirtualReader::new(READER);
        reader.insert(READER, card);
        let mut link = reader.connect(READER).unwrap();
        let face = FaceReader::new(FaceSettings::default()).read(&mut *link, READER, noon()).unwrap();
        Self { reader, link: Mutex::new(link), face, pin }
    }

    /// VERIFY commands with a PIN that the card has seen.
    pub fn verifies(&self) -> u32 {
        self.reader.with_card(READER, |card| card.counters().verifies).unwrap()
    }

    fn typed(&self) -> Pin {
        let mut pin = Pin::empty();
        self.pin.bytes().for_each(|digit| assert!(pin.push(digit - b'0')));
        pin
    }
}

impl Signer for CardSigner {
    fn certificate(&self) -> &[u8] {
        &self.face.certificate
    }

    fn kind(&self) -> KeyKind {
        let bits = X509::from_der(&self.face.certificate).unwrap().public_key().unwrap().bits();
        if bits == 384 { KeyKind::EcP384 } else { KeyKind::Rsa }
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        let mut link = self.link.lock().unwrap();
        let signed = sign_with(
            Timing::default(),
            &mut **link,
            &self.face,
            CardKey::Authentication,
            self.typed(),
            digest,
        );
        Box::pin(std::future::ready(signed.map_err(|_| Problem::new(Code::CARD_REFUSED))))
    }
}
