//! A profile: which platform Relais talks to, whom it trusts there, and nothing else it may call.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use openssl::x509::X509;
use relais_core::environment::{EnvironmentClass, EnvironmentName};
use relais_core::{Code, Problem};
use serde::Deserialize;

use crate::catalogue;

/// eHealth's own enterprise number as a whole attribute of a certificate's subject.
///
/// A customer may choose an application id such as IAMACC under the same authority, so a profile of class production
/// or acceptance without this entry is refused. Source: docs/reference/ehealth-sts.md, section 5.
const PLATFORM: &str = "OU=CBE=0809394427";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    name: EnvironmentName,
    class: EnvironmentClass,
    #[serde(default)]
    hosts: Hosts,
    #[serde(default)]
    trust: TrustFiles,
    sts: Option<Sts>,
    service_list: Option<ServiceList>,
    certificates: Option<Certificates>,
    #[serde(default)]
    services: BTreeMap<String, String>,
    sandbox: Option<SandboxFiles>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hosts {
    #[serde(default)]
    allowed: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TrustFiles {
    #[serde(default)]
    tls: Vec<String>,
    #[serde(default)]
    ehealth: Vec<String>,
    #[serde(default)]
    eid: Vec<String>,
}

/// The sign-in service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sts {
    /// Address of the WS-Trust endpoint.
    pub endpoint: String,
    /// Whole attributes (`TYPE=value`) that the subject of its signing certificate must have.
    #[serde(default)]
    pub signer: Vec<String>,
}

/// The signed service list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceList {
    /// Address without `.xml`.
    pub base: String,
    /// Whole attributes of its signer.
    #[serde(default)]
    pub signer: Vec<String>,
    /// Name of the environment inside the list.
    pub environment: Option<String>,
    /// Minutes between two polls.
    pub poll_minutes: Option<u32>,
}

/// The registration services.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificates {
    /// CertRA.
    pub certra: Option<String>,
    /// EtkRa.
    pub etkra: Option<String>,
    /// ETKDepot.
    pub etkdepot: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SandboxFiles {
    control: String,
    token_file: String,
}

/// How to turn a sandbox's clock and break its services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxControl {
    /// Address of its control endpoint.
    pub control: String,
    /// File with the token it asks for.
    pub token_file: PathBuf,
}

/// Certificates that are trusted, by purpose.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Added to the system's store for TLS.
    pub tls: Vec<X509>,
    /// Signers of assertions, lists and certificates.
    pub ehealth: Vec<X509>,
    /// Roots (and, if need be, issuing authorities) of the card's chain.
    pub eid: Vec<X509>,
}

/// A profile that has been read and checked.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name: also that of its data folder.
    pub name: EnvironmentName,
    /// Its class.
    pub class: EnvironmentClass,
    /// Nothing else is ever called: `host` or `host:port`.
    pub allowed: Vec<String>,
    /// Whom it trusts.
    pub trust: Trust,
    /// The sign-in service, where it has one.
    pub sts: Option<Sts>,
    /// The service list, where it has one.
    pub service_list: Option<ServiceList>,
    /// The registration services.
    pub certificates: Certificates,
    /// Default endpoint per registry key.
    pub services: BTreeMap<String, String>,
    /// Only for class sandbox.
    pub sandbox: Option<SandboxControl>,
}

impl Profile {
    /// One of the profiles that come with Relais: `production`, `acceptance`, `integration`.
    pub fn built_in(name: &str) -> Result<Self, Problem> {
        let text = catalogue::file(&format!("environments/{name}.toml"))
            .ok_or_else(|| Problem::new(Code::NO_ENVIRONMENT).with("environment", name))?;
        let read = |path: &str| catalogue::file(path).map(|pem| pem.as_bytes().to_vec());
        Self::parse(text, Path::new(name), read)
    }

    /// A profile of a vendor or a test; the files it names are relative to it.
    pub fn load(path: &Path) -> Result<Self, Problem> {
        let text = std::fs::read_to_string(path).map_err(|e| {
            Problem::new(Code::FILE_UNREADABLE).with("file", path.display()).with("reason", e.kind())
        })?;
        let folder =
            std::path::absolute(path).ok().and_then(|p| p.parent().map(Path::to_owned)).unwrap_or_default();
        let mut profile = Self::parse(&text, path, |name| pem(&folder.join(name)).ok())?;
        if let Some(sandbox) = &mut profile.sandbox {
            sandbox.token_file = folder.join(&sandbox.token_file);
        }
        Ok(profile)
    }

    /// Reads the text of a profile; `path` is what a refusal calls it, `read` opens the files it names.
    ///
    /// # Errors
    /// [`Code::PROFILE_INVALID`] with the reason: an unknown key, a rule between fields, a file that is none.
    pub fn parse(text: &str, path: &Path, read: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Problem> {
        let invalid = |reason: &str| {
            Problem::new(Code::PROFILE_INVALID).with("file", path.display()).with("reason", reason)
        };
        let file: ProfileFile = toml::from_str(text).map_err(|e| invalid(e.message()))?;
        check(&file).map_err(invalid)?;
        let certificates = |names: &[String]| -> Result<Vec<X509>, Problem> {
            names.iter().try_fold(vec![], |mut all, name| {
                let pem = read(name).ok_or_else(|| invalid(&format!("{name} cannot be read")))?;
                let found = X509::stack_from_pem(&pem).ok().filter(|found| !found.is_empty());
                all.extend(found.ok_or_else(|| invalid(&format!("{name} holds no PEM certificate")))?);
                Ok(all)
            })
        };
        let trust = Trust {
            tls: certificates(&file.trust.tls)?,
            ehealth: certificates(&file.trust.ehealth)?,
            eid: certificates(&file.trust.eid)?,
        };
        Ok(Self {
            name: file.name,
            class: file.class,
            allowed: file.hosts.allowed,
            trust,
            sts: file.sts,
            service_list: file.service_list,
            certificates: file.certificates.unwrap_or_default(),
            services: file.services,
            sandbox: file
                .sandbox
                .map(|s| SandboxControl { control: s.control, token_file: PathBuf::from(s.token_file) }),
        })
    }
}

/// A PEM file, or all `*.pem` and `*.crt` of a folder, by name.
fn pem(path: &Path) -> std::io::Result<Vec<u8>> {
    if !path.is_dir() {
        return std::fs::read(path);
    }
    let mut files: Vec<PathBuf> =
        path.read_dir()?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|kind| kind == "pem" || kind == "crt"));
    files.sort();
    files.iter().try_fold(vec![], |mut all, file| {
        all.extend(std::fs::read(file)?);
        // A file may end without a line's end.
        all.push(b'\n');
        Ok(all)
    })
}

/// The rules between fields.
fn check(file: &ProfileFile) -> Result<(), &'static str> {
    let named = |signer: &[String]| signer.iter().any(|entry| entry == PLATFORM);
    let real = matches!(file.class, EnvironmentClass::Production | EnvironmentClass::Acceptance);
    let signers = file.sts.iter().map(|s| &s.signer).chain(file.service_list.iter().map(|s| &s.signer));
    if real && signers.into_iter().any(|signer| !named(signer)) {
        return Err("a profile of class production or acceptance needs the signer entry OU=CBE=0809394427");
    }
    let entries =
        file.sts.iter().flat_map(|s| &s.signer).chain(file.service_list.iter().flat_map(|s| &s.signer));
    if entries
        .into_iter()
        .any(|entry| entry.split_once('=').is_none_or(|(kind, value)| kind.is_empty() || value.is_empty()))
    {
        return Err("a signer entry reads TYPE=value");
    }
    if file.sandbox.is_some() && file.class != EnvironmentClass::Sandbox {
        return Err("only a profile of class sandbox may have [sandbox]");
    }
    let built_in = matches!(file.name.as_str(), "production" | "acceptance" | "integration");
    let own_class = match file.class {
        EnvironmentClass::Production => "production",
        EnvironmentClass::Acceptance => "acceptance",
        EnvironmentClass::Integration => "integration",
        EnvironmentClass::Sandbox => "sandbox",
    };
    if built_in && file.name.as_str() != own_class {
        return Err("the name belongs to another class");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Profile, Problem> {
        Profile::parse(text, Path::new("test.toml"), |_| None)
    }

    #[test]
    fn the_built_in_profiles_are_whole_and_integration_has_no_anchors() {
        for name in ["production", "acceptance"] {
            let profile = Profile::built_in(name).unwrap();
            assert_eq!(profile.name.as_str(), name);
            assert!(!profile.trust.ehealth.is_empty() && !profile.trust.eid.is_empty());
        }
        assert!(Profile::built_in("integration").unwrap().trust.ehealth.is_empty());
        assert_eq!(Profile::built_in("moon").unwrap_err().code, Code::NO_ENVIRONMENT);
    }

    #[test]
    fn an_acceptance_profile_without_the_platforms_number_is_refused() {
        let text = |signer: &str| {
            format!(
                "name = \"x\"\nclass = \"acceptance\"\n[sts]\nendpoint = \"https://a/\"\nsigner = [{signer}]"
            )
        };
        assert!(parse(&text("\"OU=IAMACC\", \"OU=CBE=0809394427\"")).is_ok());
        assert_eq!(parse(&text("\"OU=IAMACC\"")).unwrap_err().code, Code::PROFILE_INVALID);
        assert!(parse(&text("\"OU=CBE=08093944271\"")).is_err(), "a whole attribute, never a part");
    }

    #[test]
    fn a_folder_of_certificates_is_trusted_whole_and_an_empty_one_is_an_error() {
        let temp = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| std::fs::write(temp.path().join(name), text).unwrap();
        let anchors = Profile::built_in("acceptance").unwrap().trust.ehealth;
        let pem = |at: usize| String::from_utf8(anchors[at].to_pem().unwrap()).unwrap();
        file("x.toml", "name = \"x\"\nclass = \"integration\"\n[trust]\nehealth = [\"ca\"]");
        std::fs::create_dir(temp.path().join("ca")).unwrap();
        let load = || Profile::load(&temp.path().join("x.toml"));
        assert_eq!(load().unwrap_err().code, Code::PROFILE_INVALID);
        file("ca/b.pem", pem(0).trim_end());
        file("ca/c.crt", &pem(anchors.len() - 1));
        file("ca/README", "not a certificate");
        assert_eq!(load().unwrap().trust.ehealth.len(), 2);
    }

    #[test]
    fn unknown_keys_a_foreign_sandbox_key_and_a_borrowed_name_are_errors() {
        let base = "name = \"x\"\nclass = \"integration\"\n";
        assert!(parse(base).is_ok());
        assert!(parse(&format!("{base}colour = 3")).is_err());
        assert!(parse(&format!("{base}[sandbox]\ncontrol = \"c\"\ntoken_file = \"t\"")).is_err());
        assert!(parse("name = \"production\"\nclass = \"sandbox\"").is_err());
        assert!(parse(&format!("{base}[trust]\nehealth = [\"gone.pem\"]")).is_err());
    }
}
