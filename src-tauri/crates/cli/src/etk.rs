//! `etk show`: the encryption key of a recipient, as the depot says or, when it is in trouble, as it said before.

use jiff::{Timestamp, Unit};
use relais_core::lease::SlotId;
use relais_core::{Code, Problem};
use relais_ehealth::etk_depot::Recipient;
use relais_host::etk_ask;
use relais_host::etk_cache::{EtkCache, Known};
use relais_host::folders::Folders;
use relais_host::preferences::Preferences;
use relais_host::profile::Profile;
use relais_host::texts::Texts;
use serde::Serialize;

use crate::arguments::{Etk, Options};
use crate::context::{folders, profile};
use crate::outcome::{Outcome, mistake, texts};
use crate::plain::{Page, exactly};
use crate::{person, services};

/// The number is read from standard input.
const FROM_INPUT: &str = "-";

#[derive(Serialize)]
struct Shown {
    recipient: Named,
    /// `depot`, or `kept` where the depot is in trouble.
    from: &'static str,
    /// When the depot said so.
    seen_at: Timestamp,
    age_seconds: i64,
    valid_until: Timestamp,
    serial: String,
    sha256: String,
}

/// Whose key it is. Numbers are not repeated: one may be a person's.
#[derive(Serialize)]
struct Named {
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<String>,
}

pub async fn run(options: &Options, command: &Etk) -> Result<Outcome, Problem> {
    let Etk::Show { kind, value, application, person } = command;
    let profile = profile(options)?;
    let given = given(kind.as_deref(), value.as_deref(), application.as_deref())?;
    let folders = folders(options, &profile)?;
    let whom = match given {
        Some(whom) => whom,
        None => own(&profile, &folders, person.as_deref())?,
    };
    let calls = Preferences::load(&folders.root)?.calls;
    // As it is kept.
    let now = services::now(&profile).await.round(Unit::Millisecond).map_err(|_| Code::INTERNAL)?;
    let (depot, endpoints) = etk_ask::depot(&profile, &calls, &folders.environment, now)?;
    let cache = EtkCache::open(&folders.environment, profile.name.clone())?;
    let known = cache.ask(&depot, &endpoints, &whom, now).await?;
    let shown = shown(&whom, &known, now);
    Outcome::new(&shown, told(&texts(options), &shown))
}

/// Whom the command line names; nobody, where it names no type.
fn given(
    kind: Option<&str>,
    value: Option<&str>,
    application: Option<&str>,
) -> Result<Option<Recipient>, Problem> {
    let Some(kind) = kind else { return Ok(None) };
    let typed = match value {
        None => return Err(mistake("VALUE", "not-given")),
        // Everybody on this PC may read a command line.
        Some(value) if kind == "SSIN" && value != FROM_INPUT => {
            return Err(mistake("VALUE", "number-of-a-person"));
        }
        Some(FROM_INPUT) => person::line(0, Code::USAGE)?,
        Some(value) => value.to_owned().into(),
    };
    let whom = Recipient::parse(kind, typed.trim(), application);
    whom.map(Some).map_err(|_| mistake("TYPE VALUE", "no-recipient"))
}

fn own(profile: &Profile, folders: &Folders, slot: Option<&str>) -> Result<Recipient, Problem> {
    let slot =
        slot.map(|slot| SlotId::parse(slot).map_err(|_| mistake("--person", "no-slot"))).transpose()?;
    let keystores = relais_keystore::find::default_folder().ok_or(Code::KEYSTORE_NOT_FOUND)?;
    etk_ask::owner(profile, &folders.environment, &keystores, slot.as_ref())
}

fn shown(whom: &Recipient, known: &Known, now: Timestamp) -> Shown {
    let age = known.age.unwrap_or_default();
    Shown {
        recipient: Named { kind: whom.kind().to_owned(), application: whom.application().map(str::to_owned) },
        from: if known.age.is_some() { "kept" } else { "depot" },
        seen_at: now - age,
        age_seconds: age.as_secs(),
        valid_until: known.etk.until(),
        serial: known.etk.serial(),
        sha256: known.etk.sha256(),
    }
}

fn told(texts: &Texts, shown: &Shown) -> String {
    let title = if shown.from == "kept" { "etk-kept" } else { "etk-depot" };
    Page::new(texts)
        .part(title)
        .line("etk-type", &shown.recipient.kind)
        .line("etk-application", shown.recipient.application.as_deref().unwrap_or_default())
        .line("etk-seen", &exactly(shown.seen_at))
        .line("etk-until", &exactly(shown.valid_until))
        .line("etk-serial", &shown.serial)
        .line("etk-sha256", &shown.sha256)
        .text()
}
