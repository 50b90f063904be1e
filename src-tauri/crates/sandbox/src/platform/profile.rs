//! The profile that points a client at this sandbox, with the anchors beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use openssl::error::ErrorStack;
use openssl::x509::X509;
use serde::Serialize;

use super::authority::{Authorities, ETK_SIGNER, LIST_SIGNER, STS_SIGNER};
use super::continuity::publisher::ENVIRONMENT;
use super::state::{Folder, StateError};

/// Minutes between two looks at the list: nobody waits long in a sandbox.
const POLL_MINUTES: u32 = 1;

/// Where the endpoints of a running sandbox are.
pub(crate) struct Endpoints<'a> {
    pub sts: &'a str,
    pub control: &'a str,
    pub token_file: &'a Path,
    /// Address of the list, without its ending.
    pub list: &'a str,
    /// The ETK depot.
    pub etk_depot: Option<String>,
    /// Every key with its main address.
    pub services: BTreeMap<&'a str, String>,
    pub hosts: Vec<String>,
}

#[derive(Serialize)]
struct Profile<'a> {
    name: &'static str,
    class: &'static str,
    hosts: Hosts<'a>,
    trust: Trust,
    sts: Sts<'a>,
    service_list: List<'a>,
    certificates: Certificates<'a>,
    services: &'a BTreeMap<&'a str, String>,
    sandbox: Control<'a>,
}

#[derive(Serialize)]
struct Hosts<'a> {
    allowed: &'a [String],
}

#[derive(Serialize)]
struct Trust {
    tls: [PathBuf; 1],
    ehealth: [PathBuf; 1],
    eid: [PathBuf; 1],
}

#[derive(Serialize)]
struct Sts<'a> {
    endpoint: &'a str,
    signer: [&'static str; 2],
}

#[derive(Serialize)]
struct List<'a> {
    base: &'a str,
    signer: [&'static str; 2],
    environment: &'static str,
    poll_minutes: u32,
}

#[derive(Serialize)]
struct Certificates<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    etkdepot: Option<&'a str>,
    etk_signer: [&'static str; 2],
}

#[derive(Serialize)]
struct Control<'a> {
    control: &'a str,
    token_file: &'a Path,
}

/// Writes the anchors and the profile and gives back its text. Paths are absolute, so the text works anywhere.
pub(crate) fn write(
    state: &Folder,
    authorities: &Authorities,
    card_anchors: &[X509],
    at: &Endpoints<'_>,
) -> Result<(PathBuf, String), StateError> {
    let folder = state.inner("trust")?;
    let trust = Trust {
        tls: [folder.write("tls.pem", &authorities.tls_root.certificate.to_pem()?)?],
        ehealth: [folder.write("ehealth.pem", &authorities.ehealth_anchors()?)?],
        eid: [folder.write("eid.pem", &pem(card_anchors)?)?],
    };
    let profile = Profile {
        name: "sandbox",
        class: "sandbox",
        hosts: Hosts { allowed: &at.hosts },
        trust,
        sts: Sts { endpoint: at.sts, signer: STS_SIGNER },
        service_list: List {
            base: at.list,
            signer: LIST_SIGNER,
            environment: ENVIRONMENT,
            poll_minutes: POLL_MINUTES,
        },
        certificates: Certificates { etkdepot: at.etk_depot.as_deref(), etk_signer: ETK_SIGNER },
        services: &at.services,
        sandbox: Control { control: at.control, token_file: at.token_file },
    };
    let foreign = |_| StateError::Foreign { path: state.path().to_owned() };
    let text = toml::to_string(&profile).map_err(foreign)?;
    Ok((state.write("profile.toml", text.as_bytes())?, text))
}

fn pem(certificates: &[X509]) -> Result<Vec<u8>, ErrorStack> {
    let all = certificates.iter().map(|certificate| certificate.to_pem()).collect::<Result<Vec<_>, _>>()?;
    Ok(all.concat())
}
