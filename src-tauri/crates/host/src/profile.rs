//! A profile: which platform Relais talks to, whom it trusts there, and nothing else it may call.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use openssl::x509::X509;
use relais_core::environment::{EnvironmentClass, EnvironmentName};
use relais_core::{Code, Problem};
use relais_ehealth::transport::Url;
use serde::Deserialize;

use crate::catalogue;
use crate::file::{self, Unreadable};

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
    /// Whole attributes of who signs the tokens of the depot; without it, of the platform.
    pub etk_signer: Option<Vec<String>>,
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
    /// What a refusal calls it: its file, or the name of one that comes with Relais.
    pub called: PathBuf,
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
        let read = |path: &str| {
            catalogue::file(path).map(|pem| pem.as_bytes().to_vec()).ok_or(Unreadable::NOT_FOUND)
        };
        Self::parse(text, Path::new(name), read)
    }

    /// A profile of a vendor or a test; the files it names are relative to it.
    pub fn load(path: &Path) -> Result<Self, Problem> {
        let text = file::text(path).map_err(|why| why.problem(path))?;
        let folder =
            std::path::absolute(path).ok().and_then(|p| p.parent().map(Path::to_owned)).unwrap_or_default();
        let mut profile = Self::parse(&text, path, |name| pem(&folder.join(name)))?;
        if let Some(sandbox) = &mut profile.sandbox {
            sandbox.token_file = folder.join(&sandbox.token_file);
        }
        Ok(profile)
    }

    /// Reads the text of a profile; `path` is what a refusal calls it, `read` opens the files it names.
    ///
    /// # Errors
    /// [`Code::PROFILE_INVALID`] with file, key and reason: an unknown key, a rule between fields, a file that is none.
    pub fn parse(
        text: &str,
        path: &Path,
        read: impl Fn(&str) -> Result<Vec<u8>, Unreadable>,
    ) -> Result<Self, Problem> {
        let file: ProfileFile = toml::from_str(text).map_err(|error| unreadable(text, path, &error))?;
        check(&file).map_err(|wrong| wrong.problem(path))?;
        let certificates = |key: &'static str, names: &[String]| -> Result<Vec<X509>, Problem> {
            names.iter().try_fold(vec![], |mut all, name| {
                let wrong = |reason| Wrong { key, value: Some(name.clone()), reason }.problem(path);
                let pem = read(name).map_err(|why| wrong(why.0))?;
                let found = X509::stack_from_pem(&pem).ok().filter(|found| !found.is_empty());
                all.extend(found.ok_or_else(|| wrong("no-certificate"))?);
                Ok(all)
            })
        };
        let trust = Trust {
            tls: certificates("trust.tls", &file.trust.tls)?,
            ehealth: certificates("trust.ehealth", &file.trust.ehealth)?,
            eid: certificates("trust.eid", &file.trust.eid)?,
        };
        Ok(Self {
            called: path.to_owned(),
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

    /// What the subject of the signer of encryption tokens must have. Who signs them is not known beyond the platform's own
    /// number, so that is what holds where a profile says nothing.
    #[must_use]
    pub fn etk_signer(&self) -> Vec<String> {
        self.certificates.etk_signer.clone().unwrap_or_else(|| vec![PLATFORM.to_owned()])
    }

    /// This profile cannot be used because of one key of it; the reason is a name of `ui/locales/*/cli.ftl`.
    #[must_use]
    pub fn refused(&self, key: &'static str, reason: &'static str) -> Problem {
        Wrong { key, value: None, reason }.problem(&self.called)
    }
}

/// What is wrong with a profile.
struct Wrong {
    key: &'static str,
    value: Option<String>,
    reason: &'static str,
}

impl Wrong {
    fn problem(self, path: &Path) -> Problem {
        let problem = Problem::new(Code::PROFILE_INVALID).with("file", path.display()).with("key", self.key);
        let problem = problem.with("reason", self.reason);
        self.value.map_or(problem.clone(), |value| problem.with("value", value))
    }
}

/// What TOML says, with the line. Its words name the key.
fn unreadable(text: &str, path: &Path, error: &toml::de::Error) -> Problem {
    let problem = Problem::new(Code::PROFILE_INVALID).with("file", path.display());
    let problem = problem.with("reason", error.message());
    match error.span().and_then(|span| text.get(..span.start)) {
        // A missing key stands nowhere: TOML points at the start.
        Some(before) if !before.is_empty() => problem.with("line", before.matches('\n').count() + 1),
        _ => problem,
    }
}

/// A PEM file, or all `*.pem` and `*.crt` of a folder, by name.
fn pem(path: &Path) -> Result<Vec<u8>, Unreadable> {
    if !path.is_dir() {
        return file::bytes(path);
    }
    let entries = path.read_dir().and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect());
    let mut files: Vec<PathBuf> = entries.map_err(|error| Unreadable::of(&error))?;
    files.retain(|file| file.extension().is_some_and(|kind| kind == "pem" || kind == "crt"));
    files.sort();
    files.iter().try_fold(vec![], |mut all, file| {
        all.extend(file::bytes(file)?);
        // A file may end without a line's end.
        all.push(b'\n');
        Ok(all)
    })
}

/// The window of a sandbox says that nothing leaves this PC, its clock is turned and its proofs are invented: so a
/// profile of this class calls nobody else.
fn stays_here(file: &ProfileFile) -> Result<(), Wrong> {
    let hosts = file
        .hosts
        .allowed
        .iter()
        .map(|host| ("hosts.allowed", host, Url::parse(&format!("https://{host}/")).ok()));
    let sts = file.sts.iter().map(|sts| ("sts.endpoint", &sts.endpoint));
    let list = file.service_list.iter().map(|list| ("service_list.base", &list.base));
    let control = file.sandbox.iter().map(|sandbox| ("sandbox.control", &sandbox.control));
    // What is no address at all is told at sign-in, as in every class; nobody can be called by it.
    let addresses =
        sts.chain(list).chain(control).filter_map(|(key, at)| Some((key, at, Some(Url::parse(at).ok()?))));
    let mut elsewhere = hosts.chain(addresses).filter(|(_, _, url)| !url.as_ref().is_some_and(on_this_pc));
    elsewhere
        .next()
        .map_or(Ok(()), |(key, at, _)| Err(Wrong { key, value: Some(at.clone()), reason: "not-on-this-pc" }))
}

/// An address of this PC. `localhost` is the one name that counts: whoever makes it lead elsewhere administers the PC, and
/// what answers there still has to prove itself to the profile's own `trust.tls`. Why: docs/decisions/0031.
fn on_this_pc(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    ip.map_or(host == "localhost", |ip| ip.is_loopback())
}

/// The rules between fields.
fn check(file: &ProfileFile) -> Result<(), Wrong> {
    let sts = file.sts.iter().map(|sts| ("sts.signer", &sts.signer));
    let list = file.service_list.iter().map(|list| ("service_list.signer", &list.signer));
    let depot =
        file.certificates.iter().filter_map(|it| Some(("certificates.etk_signer", it.etk_signer.as_ref()?)));
    let signers: Vec<_> = sts.chain(list).chain(depot).collect();
    let wrong = |key, reason| Err(Wrong { key, value: None, reason });
    let real = matches!(file.class, EnvironmentClass::Production | EnvironmentClass::Acceptance);
    if let Some((key, _)) = signers.iter().find(|(_, all)| real && !all.iter().any(|one| one == PLATFORM)) {
        return wrong(key, "signer-without-platform");
    }
    // The lists of all environments have one signer: only the name inside tells them apart.
    if real && file.service_list.as_ref().is_some_and(|list| list.environment.is_none()) {
        return wrong("service_list.environment", "missing");
    }
    let whole = |entry: &String| entry.split_once('=').is_some_and(|(k, v)| !k.is_empty() && !v.is_empty());
    if let Some((key, _)) = signers.iter().find(|(_, all)| !all.iter().all(whole)) {
        return wrong(key, "signer-form");
    }
    if file.sandbox.is_some() && file.class != EnvironmentClass::Sandbox {
        return wrong("sandbox", "only-in-class-sandbox");
    }
    if file.class == EnvironmentClass::Sandbox {
        stays_here(file)?;
    }
    let built_in = matches!(file.name.as_str(), "production" | "acceptance" | "integration");
    let own_class = match file.class {
        EnvironmentClass::Production => "production",
        EnvironmentClass::Acceptance => "acceptance",
        EnvironmentClass::Integration => "integration",
        EnvironmentClass::Sandbox => "sandbox",
    };
    if built_in && file.name.as_str() != own_class {
        return wrong("name", "name-of-another-class");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Profile, Problem> {
        Profile::parse(text, Path::new("test.toml"), |_| Err(Unreadable::NOT_FOUND))
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
    fn a_real_profile_says_which_environments_list_it_takes() {
        let text = |class: &str, environment: &str| {
            let list = "base = \"https://a/list\"\nsigner = [\"OU=CBE=0809394427\"]";
            format!("name = \"x\"\nclass = \"{class}\"\n[service_list]\n{list}\n{environment}")
        };
        for class in ["production", "acceptance"] {
            let refused = parse(&text(class, "")).unwrap_err();
            assert_eq!(refused.code, Code::PROFILE_INVALID);
            assert_eq!(refused.with["key"], "service_list.environment");
            assert!(parse(&text(class, "environment = \"Production\"")).is_ok());
        }
        assert!(parse(&text("integration", "")).is_ok());
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

    #[test]
    fn a_sandbox_calls_this_pc_and_nobody_else() {
        let host = |host: &str| {
            parse(&format!("name = \"x\"\nclass = \"sandbox\"\n[hosts]\nallowed = [\"{host}\"]"))
        };
        for here in ["127.0.0.1", "127.0.0.1:8443", "127.9.9.9", "[::1]:443", "localhost", "LOCALHOST:1"] {
            assert!(host(here).is_ok(), "{here}");
        }
        for there in
            ["sts.test", "10.0.0.1", "[::]", "0.0.0.0", "localhost.test:1", "127.0.0.1.test", "::1", ""]
        {
            let problem = host(there).unwrap_err();
            let told = |name: &str| problem.with[name].clone();
            assert_eq!((told("key"), told("reason")), ("hosts.allowed".into(), "not-on-this-pc".into()));
            assert_eq!((told("file"), told("value")), ("test.toml".into(), there.into()));
        }
        let at = |table: &str| {
            parse(&format!("name = \"x\"\nclass = \"sandbox\"\n{table}")).map_err(|e| e.with["key"].clone())
        };
        assert_eq!(at("[sts]\nendpoint = \"https://sts.test/\"").unwrap_err(), "sts.endpoint");
        assert!(at("[sts]\nendpoint = \"https://127.0.0.1:1/\"").is_ok());
        let control = |at: &str| format!("[sandbox]\ncontrol = \"{at}\"\ntoken_file = \"t\"");
        assert_eq!(at(&control("https://sts.test:1")).unwrap_err(), "sandbox.control");
    }
}
