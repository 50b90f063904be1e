//! The services of the sandbox: those of the platform's published list and of its registry, with the platform's paths.
//!
//! Source: docs/reference/ehealth-bcp.md, sections 5 and 6.

use serde::{Deserialize, Serialize};

/// A set of addresses that is lost and comes back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// The platform's own two data centres, one address for both.
    Main,
    /// The platform's third data centre.
    Backup,
    /// The insurers' own network.
    Mycarenet,
    /// The Flemish Region's.
    Region,
}

impl Zone {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Main, Self::Backup, Self::Mycarenet, Self::Region];
}

/// A service and where it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Key in the registry.
    pub key: &'static str,
    /// Name in the list; `None` for one that is in the registry alone.
    pub listed: Option<&'static str>,
    /// Zone and path by their order, the main one first.
    pub places: &'static [(Zone, &'static str)],
}

impl Row {
    /// Its path in a zone.
    #[must_use]
    pub fn path(&self, zone: Zone) -> Option<&'static str> {
        self.places.iter().find(|(place, _)| *place == zone).map(|(_, path)| *path)
    }
}

/// Key of the STS.
pub const STS: &str = "uddi:ehealth-fgov-be:business:iamsecuritytokenservice:v1";
/// Key of the ETK depot.
pub const ETK_DEPOT: &str = "uddi:ehealth-fgov-be:business:etkdepot:v1";

/// The service of this key.
#[must_use]
pub fn row(key: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.key == key)
}

/// The service at a path of a zone.
#[must_use]
pub fn at(zone: Zone, path: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.path(zone) == Some(path))
}

macro_rules! key {
    ($name:literal) => {
        concat!("uddi:ehealth-fgov-be:business:", $name)
    };
}

/// At one path in both zones of the platform.
macro_rules! twin {
    ($key:literal, $name:literal, $path:literal) => {
        Row { key: key!($key), listed: Some($name), places: &[(Zone::Main, $path), (Zone::Backup, $path)] }
    };
}

/// On the platform, and at the insurers' own address.
macro_rules! mycarenet {
    ($key:literal, $name:literal, $path:literal, $direct:literal) => {
        Row {
            key: key!($key),
            listed: Some($name),
            places: &[(Zone::Main, $path), (Zone::Mycarenet, $direct)],
        }
    };
}

/// In the registry, and in no list.
macro_rules! unlisted {
    ($key:literal, $path:literal) => {
        Row { key: key!($key), listed: None, places: &[(Zone::Main, $path)] }
    };
}

/// The services, in the order of the list.
pub const ROWS: &[Row] = &[
    twin!("iamsecuritytokenservice:v1", "I.AM STS WSTRUST", "/IAM/SecurityTokenService/v1"),
    twin!("iamsaml11tokenservice:v1", "I.AM STS SAML11", "/IAM/Saml11TokenService/v1"),
    twin!("iamattributeauthority:v1", "I.AM AA", "/IAM/AttributeAuthority/v1"),
    twin!("etkdepot:v1", "ETEE ETKDEPOT V1", "/EtkDepot/v1"),
    twin!("kgss:v1", "ETEE KGSS V1", "/Kgss/v1"),
    twin!("metahub:v2", "METAHUB V2", "/MetaHub/v2"),
    twin!("timestampauthority:v1", "TSA V1", "/TimestampAuthority/v1"),
    twin!("timestampauthority:v2", "TSA V2", "/TimestampAuthority/v2"),
    Row {
        key: key!("insurability:v2"),
        listed: Some("MCN INSURABILITY V2"),
        places: &[
            (Zone::Main, "/Insurability/v2"),
            (Zone::Backup, "/Insurability/v2"),
            (Zone::Mycarenet, "/ehealth/bcp/insurability"),
        ],
    },
    mycarenet!(
        "genericinsurability:v1",
        "MCN GENERIC INSURABILITY V1",
        "/GenericInsurability/v1",
        "/ehealth/bcp/genericinsurability/v1"
    ),
    // Of this key in the list alone; the registry calls it otherwise, see below.
    mycarenet!(
        "memberdata:v1",
        "MCN MEMBERDATA V1",
        "/MyCareNet/MemberData/v1",
        "/mycarenet/bed/bcp/memberData"
    ),
    mycarenet!(
        "mycarenettarification:v1",
        "MCN TARIFICATION V1",
        "/MyCareNet/Tarification/v1",
        "/ehealth/bcp/tarification/v1"
    ),
    mycarenet!(
        "mycarenettarificationmediprima:v1",
        "MCN TARIFICATION MEDIPRIMA V1",
        "/MyCareNet/TarificationMediPrima/v1",
        "/ehealth/bcp/TarificationMediPrima/v1"
    ),
    mycarenet!(
        "chapterivchapterivagreementconsultation:v1",
        "MCN CHAPIV CONSULTATION V1",
        "/ChapterIV/ChapterIVAgreementConsultation/v1",
        "/ehealth/bcp/ChapterIVAgreementConsultation/v1"
    ),
    mycarenet!(
        "chapterivchapterivagreementadmission:v1",
        "MCN CHAPIV ADMISSION V1",
        "/ChapterIV/ChapterIVAgreementAdmission/v1",
        "/ehealth/bcp/ChapterIVAgreementAdmission/v1"
    ),
    mycarenet!("mycareneteattest:v1", "MCN EATTEST V1", "/MyCareNet/eAttest/v1", "/ehealth/bcp/eattest/v1"),
    mycarenet!("mycareneteattest:v2", "MCN EATTEST V2", "/MyCareNet/eAttest/v2", "/ehealth/bcp/eattest/v2"),
    mycarenet!("mycareneteattest:v3", "MCN EATTEST V3", "/MyCareNet/eAttest/v3", "/ehealth/bcp/eattest/v3"),
    mycarenet!(
        "mycareneteagreement:v1",
        "MCN EAGREEMENT V1",
        "/MyCareNet/eAgreement/v1",
        "/ehealth/bcp/eagreement"
    ),
    twin!("recip-eprescriber:v1", "RECIP-E Prescriber v1", "/Recip-e/v1/Prescriber_v1"),
    twin!("recip-eprescriber:v4", "RECIP-E Prescriber v4", "/Recip-e/v4/Prescriber"),
    twin!("recip-eexecutor:v2", "RECIP-E Executor v2", "/Recip-e/v2/Executor_v2"),
    twin!("recip-eexecutor:v3", "RECIP-E Executor v3", "/Recip-e/v3/Executor_v3"),
    twin!("recip-eexecutor:v4", "RECIP-E Executor v4", "/Recip-e/v4/Executor"),
    Row {
        key: "uddi:vaccinnet-vlanderen-be:business:vacination:v2",
        listed: Some("Vaccinnet v2"),
        places: &[(Zone::Region, "/VaccinnetUPL/wupl/VaccinationService-2_1")],
    },
    // Of no registry: what a profile calls Vitalink.
    Row { key: "relais:vitalink", listed: None, places: &[(Zone::Region, "/Vitalink/v1")] },
    unlisted!("mycarenetmemberdata:v1", "/MyCareNet/MemberData/v1"),
    unlisted!("consent:v1", "/Consent/v1"),
    unlisted!("therlink:v1", "/TherLink/v1"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_there_once_and_begins_where_it_usually_answers() {
        for row in ROWS {
            assert_eq!(ROWS.iter().filter(|other| other.key == row.key).count(), 1, "{}", row.key);
            assert!(matches!(row.places[0].0, Zone::Main | Zone::Region), "{}", row.key);
            let mut zones: Vec<_> = row.places.iter().map(|(zone, _)| zone).collect();
            zones.dedup();
            assert_eq!(zones.len(), row.places.len(), "{}", row.key);
        }
        assert!(row(STS).is_some() && row(ETK_DEPOT).is_some());
    }
}
