//! `services fetch`, `services show` and `services verify`: the platform's signed list, as far as it is believed.

use std::sync::Arc;

use jiff::Timestamp;
use relais_core::code::clean;
use relais_core::continuity::announced::Announced;
use relais_core::continuity::list::{self, Refused};
use relais_core::{Code, Problem};
use relais_ehealth::service_list::{FetchError, Fetched, Read, Source};
use relais_host::clock::Time;
use relais_host::continuity;
use relais_host::control::{self, Reply, Request, hear, send};
use relais_host::folders::Folders;
use relais_host::owner::Owner;
use relais_host::preferences::Preferences;
use relais_host::profile::Profile;
use relais_host::relais::transport;
use relais_host::texts::Texts;
use serde::Serialize;

use crate::arguments::{Options, Services};
use crate::context::{folders, folders_to_look, profile, read};
use crate::outcome::{Outcome, mistake, texts};
use crate::plain::{Page, columns, moment};

/// A list that is not believed: exit 65, as for every bad signature.
const REFUSED: u8 = 65;

pub async fn run(options: &Options, command: &Services) -> Result<Outcome, Problem> {
    let profile = profile(options)?;
    let source = continuity::source(&profile)?.ok_or_else(|| profile.refused("service_list", "missing"))?;
    match command {
        Services::Fetch => fetch(options, &profile, &source).await,
        Services::Show => show(options, &profile, &source).await,
        Services::Verify { file, at } => {
            let at = match at {
                Some(text) => text.parse().map_err(|_| mistake("--at", "no-moment").with("value", text))?,
                None => now(&profile).await,
            };
            verify(&texts(options), &read(file)?, &source, at)
        }
    }
}

/// The clock that counts there. A sandbox that does not run is judged by the one of this PC.
pub async fn now(profile: &Profile) -> Timestamp {
    let time = Time::in_environment(profile).await.unwrap_or_else(|_| Time::of_this_pc());
    time.clock.now().wall
}

/// A list as a document.
#[derive(Serialize)]
struct List {
    version: u8,
    environment: String,
    issued_at: Timestamp,
    services: Vec<Service>,
    skipped: Vec<Skipped>,
}

#[derive(Serialize)]
struct Service {
    id: String,
    name: String,
    endpoints: Vec<Endpoint>,
}

#[derive(Serialize)]
struct Endpoint {
    order: u32,
    url: String,
    active: bool,
}

#[derive(Serialize)]
struct Skipped {
    id: String,
    code: Code,
}

impl List {
    fn of(read: &Read) -> Self {
        let service = |it: &list::Service| Service {
            id: it.key.0.clone(),
            name: it.name.clone(),
            endpoints: it
                .endpoints()
                .iter()
                .map(|it| Endpoint { order: it.order, url: it.url.clone(), active: it.active })
                .collect(),
        };
        Self {
            version: read.version,
            environment: read.environment.clone(),
            issued_at: read.list.issued_at,
            services: read.list.services.iter().map(service).collect(),
            skipped: read
                .skipped
                .iter()
                .map(|it| Skipped { id: it.key.clone(), code: it.problem.code })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Verdict {
    ok: bool,
    /// How long before the moment it was judged at it was issued.
    age_seconds: i64,
    #[serde(flatten)]
    list: List,
}

#[derive(Serialize)]
struct Refusal {
    ok: bool,
    code: Code,
    message: String,
    advice: String,
}

fn verify(texts: &Texts, document: &[u8], source: &Source, at: Timestamp) -> Result<Outcome, Problem> {
    match source.read(document, at) {
        Ok(read) => {
            let age_seconds = at.duration_since(read.list.issued_at).as_secs().max(0);
            let text = format!("{}\n{}", told(texts, "services-good", &read), old(texts, age_seconds));
            Outcome::new(&Verdict { ok: true, age_seconds, list: List::of(&read) }, text)
        }
        Err(error) => refused(texts, &error.problem()),
    }
}

/// How old a list is, for a person.
fn old(texts: &Texts, seconds: i64) -> String {
    let minutes = seconds / 60;
    let [days, hours, minutes] =
        [minutes / (24 * 60), minutes / 60 % 24, minutes % 60].map(|part| part.to_string());
    texts.get("services-age", &[("days", &days), ("hours", &hours), ("minutes", &minutes)])
}

/// A list that is not believed is an answer.
fn refused(texts: &Texts, problem: &Problem) -> Result<Outcome, Problem> {
    let (message, advice) = (texts.sentence(problem), texts.advice(problem));
    let text = format!("{}: {message}\n{}", problem.code, texts.get("advice", &[("advice", &advice)]));
    let mut outcome = Outcome::new(&Refusal { ok: false, code: problem.code, message, advice }, text)?;
    outcome.exit = REFUSED;
    Ok(outcome)
}

#[derive(Serialize)]
struct Fetch {
    changed: bool,
    kept: bool,
    list: List,
}

/// Fetches the list. It is kept for the next start; a Relais that owns the folder keeps its own, and is asked to look now.
async fn fetch(options: &Options, profile: &Profile, source: &Source) -> Result<Outcome, Problem> {
    let folders = folders(options, profile)?;
    let owner = Owner::take(&folders.environment);
    let transport = transport(profile, &Preferences::load(&folders.root)?.calls)?;
    let at = now(profile).await;
    // What was kept and is not believed any more is no reason to believe nothing.
    let held = continuity::kept(&folders.environment, source, at).ok().flatten();
    let fetched = source.fetch(&transport, None, at).await.map_err(missed)?;
    let Fetched::New(new) = fetched else { return Err(Code::INTERNAL.into()) };
    // A clock that is behind cannot use a list from after its time; nothing older takes the place of that either.
    let newest = match &held {
        Some((held, _)) => Some(held.list.clone()),
        None => continuity::newest(&folders.environment, source),
    };
    list::accept(newest.as_deref(), &new.read.list).map_err(code)?;
    let changed = held.is_none_or(|(held, _)| held.list.digest != new.read.list.digest);
    let kept = match owner {
        Ok(_owner) => {
            continuity::keep(&folders.environment, &new.document, new.hash.clone(), at)?;
            true
        }
        Err(problem) if problem.code == Code::ALREADY_OWNED => {
            owner_has(&folders, new.read.list.digest).await
        }
        Err(problem) => return Err(problem),
    };
    let texts = texts(options);
    let title = if changed { "services-new" } else { "services-same" };
    let mut text = told(&texts, title, &new.read);
    if !kept {
        text = format!("{text}\n{}", texts.get("services-not-kept", &[]));
    }
    Outcome::new(&Fetch { changed, kept, list: List::of(&new.read) }, text)
}

/// Whether the Relais that owns the folder has this list, once it has looked itself: what counts there is what it verified
/// there. A look that was under way may have been too early, so it is asked twice.
async fn owner_has(folders: &Folders, digest: [u8; 32]) -> bool {
    for _ in 0..2 {
        let Some(mut owner) = control::connect(folders).await else { return false };
        if send(&mut owner, &Request::LookAtList).await.is_err() {
            return false;
        }
        match hear(&mut owner).await {
            Ok(Some(Reply::ListLooked { digest: Some(theirs), .. })) if theirs == digest => return true,
            Ok(Some(Reply::ListLooked { .. })) => {}
            _ => return false,
        }
    }
    false
}

fn missed(error: FetchError) -> Problem {
    match error {
        FetchError::Transport(error) => continuity::missed(&error),
        FetchError::List(error) => error.problem(),
    }
}

fn code(refused: Refused) -> Problem {
    match refused {
        Refused::Older => Code::LIST_OLDER.into(),
        Refused::Twin => Code::LIST_TWIN.into(),
    }
}

#[derive(Serialize)]
struct Show {
    list: Option<Shown>,
    announced: Vec<Window>,
}

/// Announced maintenance.
#[derive(Serialize)]
struct Window {
    /// None named means every one.
    functions: Vec<String>,
    from: Timestamp,
    until: Timestamp,
    words: String,
    source: String,
}

impl Window {
    fn of(one: &Announced) -> Self {
        let Announced { functions, from, until, words, source } = one.clone();
        Self { functions, from, until, words, source }
    }
}

#[derive(Serialize)]
struct Shown {
    answered_at: Timestamp,
    #[serde(flatten)]
    list: List,
}

fn announced(texts: &Texts, one: &Announced) -> String {
    let functions = one.functions.join(", ");
    Page::new(texts)
        .part("services-announced")
        .line("services-from", &moment(one.from))
        .line("services-until", &moment(one.until))
        .line("services-functions", &functions)
        .line("services-words", &one.words)
        .line("services-source", &one.source)
        .text()
}

/// The list that was kept last, its signature verified anew, and what was announced. Nothing is fetched.
async fn show(options: &Options, profile: &Profile, source: &Source) -> Result<Outcome, Problem> {
    let folders = folders_to_look(options, profile)?;
    let texts = texts(options);
    let kept = continuity::kept(&folders.environment, source, now(profile).await)?;
    let (windows, mistake) = match continuity::announced(&folders.environment) {
        Ok(all) => (all, None),
        Err(problem) => (Arc::default(), Some(problem)),
    };
    let text = match &kept {
        Some((_, read)) => told(&texts, "services-kept", read),
        None => texts.get("services-none", &[]),
    };
    let list = kept.map(|(held, read)| Shown { answered_at: held.answered_at, list: List::of(&read) });
    let parts = std::iter::once(text).chain(windows.iter().map(|one| announced(&texts, one)));
    let text = parts.collect::<Vec<_>>().join("\n");
    let mut outcome =
        Outcome::new(&Show { list, announced: windows.iter().map(Window::of).collect() }, text)?;
    outcome.warnings.extend(mistake);
    Ok(outcome)
}

/// For a person: what the list is, where each service is called, and what of it is left out.
fn told(texts: &Texts, title: &str, read: &Read) -> String {
    let page = Page::new(texts)
        .part(title)
        .line("services-environment", &read.environment)
        .line("services-issued", &moment(read.list.issued_at));
    let row = |service: &list::Service| {
        let state = if service.on_backup() { "services-backup" } else { "services-main" };
        vec![clean(&service.name), texts.get(state, &[]), clean(&service.active().url)]
    };
    let rows: Vec<_> = read.list.services.iter().map(row).collect();
    let skipped = read.skipped.iter().map(|it| {
        let key = if it.key.is_empty() { "-" } else { &it.key };
        format!("{}: {} {}", it.problem.code, clean(key), texts.sentence(&it.problem))
    });
    let parts = [page.text(), columns(&rows)].into_iter().chain(skipped);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}
