//! `keystore inspect`, `scan`, `match` and `change-password`.

mod change;
mod folder;

use std::path::Path;

use relais_core::secret::Password;
use relais_core::{Code, Problem};
use relais_host::texts::Texts;
use relais_keystore::{Facts, Inspection, KeystoreError, Kind, Line, find, p12};
use serde::Serialize;

use crate::arguments::{Keystore, Options};
use crate::outcome::{Outcome, texts};
use crate::person;
use crate::plain::{self, Page};

pub async fn run(options: &Options, command: &Keystore) -> Result<Outcome, Problem> {
    match command {
        Keystore::Inspect { file, password_fd } => inspect(&texts(options), file, *password_fd),
        Keystore::Scan { dir } => folder::scan(options, dir).await,
        Keystore::Match { message, dir, sent } => {
            folder::matching(options, message, dir, sent.as_deref()).await
        }
        Keystore::ChangePassword { file, password_fd, new_password_fd } => {
            change::run(&texts(options), file, *password_fd, *new_password_fd)
        }
    }
}

fn inspect(words: &Texts, file: &Path, password_fd: Option<u32>) -> Result<Outcome, Problem> {
    relais_host::file::look(file)?;
    let bytes = find::read(file).map_err(|e| e.problem().with("file", file.display()))?;
    let password = password(words, password_fd)?;
    let refused = |e: KeystoreError| e.problem().with("file", file.display());
    let inspection = p12::open(&bytes, &password).map_err(refused)?.inspect();
    Outcome::new(&inspection, told(words, &inspection))
}

/// The password that opens a keystore. One that is longer than any opens none.
fn password(words: &Texts, descriptor: Option<u32>) -> Result<Password, Problem> {
    let mut typed = match descriptor {
        Some(number) => person::line(number, Code::KEYSTORE_PASSWORD_NOT_GIVEN)?,
        None => person::typed(&words.get("ask-password", &[]), Code::KEYSTORE_PASSWORD_NOT_GIVEN)?,
    };
    Password::take(std::mem::take(&mut *typed)).map_err(|_| Code::KEYSTORE_PASSWORD_WRONG.into())
}

fn told(texts: &Texts, inspection: &Inspection) -> String {
    if inspection.entries.is_empty() {
        return texts.get("keystore-none", &[]);
    }
    inspection.entries.iter().fold(Page::new(texts), |page, line| entry(texts, page, line)).text()
}

fn entry<'a>(texts: &Texts, page: Page<'a>, line: &Line) -> Page<'a> {
    let kind = match line.kind {
        Kind::Key => "keystore-kind-key",
        Kind::Certificate => "keystore-kind-certificate",
        Kind::Secret => "keystore-kind-secret",
    };
    let page = page.titled(&format!("{} ({})", line.alias, texts.get(kind, &[])));
    match &line.certificate {
        Some(facts) => certificate(texts, page, facts),
        None => page,
    }
}

fn certificate<'a>(texts: &Texts, page: Page<'a>, facts: &Facts) -> Page<'a> {
    let identity = facts.identity.as_ref().map(|owner| format!("{} {}", owner.kind, owner.id));
    page.line("keystore-subject", &facts.subject)
        .line("keystore-issuer", &facts.issuer)
        .line("keystore-serial", &facts.serial)
        .line("keystore-valid", &plain::span(texts, facts.not_before, facts.not_after))
        .line("keystore-usage", &names(&facts.key_usage).join(", "))
        .line("keystore-identity", &identity.unwrap_or_default())
        .line("keystore-environment", &names(facts.environment.as_slice()).join(", "))
}

/// As the document names them.
fn names<T: Serialize>(all: &[T]) -> Vec<String> {
    let name = |one: &T| serde_json::to_value(one).ok().and_then(|name| name.as_str().map(str::to_owned));
    all.iter().filter_map(name).collect()
}
