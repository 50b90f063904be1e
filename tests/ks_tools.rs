//! Keystores made by other people's tools: keytool and openssl. Everything in them is invented.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use relais_core::ident::Ssin;
use relais_core::secret::Password;

/// Password of every keystore here.
pub const PASSWORD: &str = "geheim 1";

/// An SSIN built by the rule; no person's.
pub fn ssin(nine: u64) -> Ssin {
    Ssin::parse(&format!("{nine:09}{:02}", 97 - nine % 97)).unwrap()
}

/// The person most keystores here belong to.
pub fn doctor() -> Ssin {
    ssin(800_101_123)
}

/// Takes a password as a person would type it.
pub fn password(text: &str) -> Password {
    Password::take(text.to_owned()).unwrap()
}

/// Subject of a person's eHealth certificate, for `openssl req -subj`.
pub fn subject(person: &Ssin) -> String {
    let number = person.reveal();
    format!(
        "/C=BE/O=Federal Government/OU=SSIN={number}/OU=LAMBERT CLAIRE/OU=eHealth-platform Belgium/CN=SSIN={number}"
    )
}

/// Names and contents of files.
pub type Files = Vec<(std::ffi::OsString, Vec<u8>)>;

/// A folder in which keystores are made.
pub struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with these files.
    pub fn with(files: &Files) -> Self {
        let bench = Self::new();
        files.iter().for_each(|(name, bytes)| std::fs::write(bench.path().join(name), bytes).unwrap());
        bench
    }

    /// Its files.
    pub fn files(&self) -> Files {
        let all = std::fs::read_dir(self.path()).unwrap().map(Result::unwrap);
        all.map(|file| (file.file_name(), std::fs::read(file.path()).unwrap())).collect()
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.file(name)).unwrap()
    }

    /// Runs a tool in the folder; its failure is the test's.
    pub fn run(&self, program: &str, arguments: &[&str]) {
        let out = Command::new(program)
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|cause| panic!("{program} is needed for this test: {cause}"));
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(
            out.status.success(),
            "{program} {arguments:?}: {said} {}",
            String::from_utf8_lossy(&out.stdout)
        );
    }

    pub fn openssl(&self, arguments: &str) {
        self.run("openssl", &words(arguments));
    }

    pub fn keytool(&self, arguments: &str) {
        self.run("keytool", &words(arguments));
    }

    /// An authority: `NAME.key`, `NAME.pem`.
    pub fn authority(&self, name: &str) {
        self.openssl(&format!(
            "req|-x509|-newkey|rsa:2048|-nodes|-keyout|{name}.key|-out|{name}.pem|-days|3650|-subj|/C=BE/O=Invented/CN={name}"
        ));
    }

    /// A key and a certificate of an authority: `NAME.key`, `NAME.pem`, its public key being digitalSignature.
    pub fn issued(&self, authority: &str, name: &str, subject: &str, key: &str, serial: u64) {
        self.openssl(&format!("req|-new|{key}|-nodes|-keyout|{name}.key|-out|{name}.csr|-subj|{subject}"));
        let usage = "keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment\n";
        std::fs::write(self.file("usage.cnf"), usage).unwrap();
        self.openssl(&format!(
            "x509|-req|-in|{name}.csr|-CA|{authority}.pem|-CAkey|{authority}.key|-set_serial|{serial}|-days|365|-extfile|usage.cnf|-out|{name}.pem"
        ));
    }

    /// Puts a key and its certificate into `FILE` under an alias, adding to what is there, as Java does.
    pub fn add_to_java(&self, file: &str, name: &str, alias: &str, flags: &str) {
        let part = format!("{name}.part.p12");
        self.openssl(&format!(
            "pkcs12|-export|-inkey|{name}.key|-in|{name}.pem|-name|{alias}|-out|{part}|-passout|pass:{PASSWORD}"
        ));
        self.keytool(&format!(
            "{flags}-importkeystore|-noprompt|-srckeystore|{part}|-srcstoretype|PKCS12|-srcstorepass|{PASSWORD}|-destkeystore|{file}|-deststoretype|PKCS12|-deststorepass|{PASSWORD}"
        ));
    }
}

fn words(line: &str) -> Vec<&str> {
    line.split('|').collect()
}
