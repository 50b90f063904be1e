//! `keystore inspect`.

use relais_core::secret::Password;
use relais_core::{Code, Problem};
use relais_keystore::{find, p12};

use crate::arguments::{Keystore, Options};
use crate::outcome::{Outcome, texts};
use crate::person;

pub fn run(options: &Options, command: &Keystore) -> Result<Outcome, Problem> {
    let Keystore::Inspect { file, password_fd } = command;
    relais_host::file::look(file)?;
    let bytes = find::read(file).map_err(|e| e.problem().with("file", file.display()))?;
    let mut typed = match password_fd {
        Some(number) => person::line(*number, Code::KEYSTORE_PASSWORD_NOT_GIVEN)?,
        None => person::typed(&texts(options).get("ask-password", &[]), Code::KEYSTORE_PASSWORD_NOT_GIVEN)?,
    };
    let password = Password::take(std::mem::take(&mut *typed)).map_err(|_| Code::KEYSTORE_PASSWORD_WRONG)?;
    let inspection = p12::open(&bytes, &password).map_err(|e| e.problem())?.inspect();
    let document = serde_json::to_value(&inspection).map_err(|_| Problem::new(Code::INTERNAL))?;
    let entries = document["entries"].as_array().cloned().unwrap_or_default();
    let field =
        |entry: &serde_json::Value, name: &str| relais_core::code::clean(entry[name].as_str().unwrap_or("-"));
    let text = entries
        .iter()
        .map(|one| {
            let (alias, kind, until) = (field(one, "alias"), field(one, "kind"), field(one, "not_after"));
            format!("{alias}\t{kind}\t{until}\t{}", field(one, "subject"))
        })
        .collect::<Vec<_>>()
        .join("\n");
    Outcome::new(&document, text)
}
