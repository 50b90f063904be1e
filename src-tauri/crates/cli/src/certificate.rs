//! `certificate`: what ends soon, the calendar and the table, and which folders are looked at.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use relais_core::certificates::{CertificateId, reminder};
use relais_core::environment::EnvironmentClass;
use relais_core::{Code, Problem};
use relais_host::certificates::{
    Closed, Folder, Known, Line, files, looked_over, shown_path, step, usual_folder,
};
use relais_host::control::{CertificateWish, Reply, Request};
use relais_host::file::Unreadable;
use relais_host::preferences::Preferences;
use relais_host::texts::Texts;
use relais_host::when;
use serde::Serialize;
use serde_json::json;

use crate::arguments::{Certificate, CertificateFolder, Options};
use crate::outcome::{Outcome, mistake, progress, texts};
use crate::plain::{columns, moment};
use crate::{context, services, session};

/// So many files go by before a person hears again how far a look is.
const BEAT: usize = 500;

pub async fn run(options: &Options, command: &Certificate) -> Result<Outcome, Problem> {
    match command {
        Certificate::Due { within } => due(options, days(within)?).await,
        Certificate::Ics { file } => {
            let (known, now, words) = looked(options, true).await?;
            given(options, file.as_deref(), files::calendar(&known, now, &words, &when::zone()))
        }
        Certificate::Csv { file } => {
            let (known, _, words) = looked(options, true).await?;
            given(options, file.as_deref(), files::table(&known, &words, &when::zone()))
        }
        Certificate::Acknowledge { id } => {
            let wish = CertificateWish::Acknowledge { ids: ids(id)? };
            decided(options, wish, "certificate-acknowledged").await
        }
        Certificate::Snooze { id } => {
            let wish = CertificateWish::Snooze { ids: ids(id)? };
            decided(options, wish, "certificate-snoozed").await
        }
        Certificate::Folder(CertificateFolder::Add { folder }) => {
            let usual = || usual_folder().ok_or(Code::CERTIFICATE_FOLDER_UNUSABLE);
            let folder = folder.as_deref().map_or_else(usual, |folder| Ok(whole(folder)))?;
            decided(options, CertificateWish::Agree { folder }, "certificate-folder-added").await
        }
        Certificate::Folder(CertificateFolder::Remove { folder }) => {
            let wish = CertificateWish::Withdraw { folder: whole(folder) };
            decided(options, wish, "certificate-folder-removed").await
        }
        Certificate::Folder(CertificateFolder::List) => list(options).await,
    }
}

/// A folder by its whole path: whoever owns the data folder works in another place than this command.
fn whole(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}

/// `90d`: a number of days.
fn days(within: &str) -> Result<SignedDuration, Problem> {
    let days = within.strip_suffix('d').and_then(|days| days.parse::<u16>().ok());
    let days = days.ok_or_else(|| mistake("--within", "no-days").with("value", within))?;
    Ok(SignedDuration::from_hours(24 * i64::from(days)))
}

/// None named = all.
fn ids(named: &[String]) -> Result<Option<Vec<CertificateId>>, Problem> {
    let id =
        |id: &String| CertificateId::try_from(id.clone()).map_err(|_| mistake("ID", "no-certificate-id"));
    let ids: Vec<_> = named.iter().map(id).collect::<Result<_, _>>()?;
    Ok(Some(ids).filter(|ids| !ids.is_empty()))
}

/// What is known; after a look at the folders, where that is wanted.
async fn looked(options: &Options, look: bool) -> Result<(Known, Timestamp, Texts), Problem> {
    let profile = context::profile(options)?;
    let folders = context::folders_to_look(options, &profile)?;
    let now = services::now(&profile).await;
    let preferences = Preferences::load(&folders.root)?;
    let hours = preferences.habits(&folders.root).0.hours;
    let words = texts(options);
    let told = texts(options);
    let work = move || {
        let mut last = 0;
        let mut beat = |files: usize| {
            if files >= last + BEAT {
                last = files;
                progress(&told.get("certificate-looking", &[("n", &files.to_string())]));
            }
        };
        let look: Option<&mut dyn FnMut(usize)> = if look { Some(&mut beat) } else { None };
        looked_over(&folders.environment, &hours, now, look)
    };
    let known = tokio::task::spawn_blocking(work).await.map_err(|_| Problem::new(Code::ADAPTER_PANIC))??;
    Ok((known, now, words))
}

/// A certificate as `certificate due` prints it.
#[derive(Serialize)]
struct Due {
    id: CertificateId,
    who: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<EnvironmentClass>,
    not_before: Timestamp,
    not_after: Timestamp,
    renewable_at: Timestamp,
    days_left: i64,
    today: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<Told>,
    files: Vec<String>,
    /// When it was seen last, where it cannot be looked at now.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct Told {
    rung: String,
    at: Timestamp,
    acknowledged: bool,
}

#[derive(Serialize)]
struct Shut {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    made: Option<String>,
}

#[derive(Serialize)]
struct Unread {
    file: String,
    code: Code,
}

async fn due(options: &Options, within: SignedDuration) -> Result<Outcome, Problem> {
    let (known, now, words) = looked(options, true).await?;
    let until = now.saturating_add(within).unwrap_or(Timestamp::MAX);
    let overview = &known.listed.overview;
    let ends = |line: &&Line| line.watched.reminded_of() && line.public.not_after <= until;
    let counts = |line: &&Line| line.today != relais_core::certificates::window::Today::Keep;
    let lines: Vec<&Line> = overview.lines.iter().filter(ends).filter(counts).collect();
    let certificates: Vec<Due> = lines.iter().map(|line| entry(line, &known.reminders, now)).collect();
    let closed: Vec<Shut> = overview.closed.iter().map(shut).collect();
    let unread = |(file, problem): &(PathBuf, Problem)| Unread { file: shown_path(file), code: problem.code };
    let failed: Vec<Unread> = overview.failed.iter().map(unread).collect();
    let zone = when::zone();
    let mut rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let day = when::day(line.public.not_after).to_string();
            vec![day, line.who(), step(line.today, &words, &zone)]
        })
        .collect();
    if rows.is_empty() {
        rows.push(vec![words.get("certificate-none-due", &[("n", &(within.as_hours() / 24).to_string())])]);
    }
    let mut text = vec![columns(&rows)];
    let count = |key: &str, count: usize| (count > 0).then(|| words.get(key, &[("n", &count.to_string())]));
    text.extend(known.folders.is_empty().then(|| words.get("certificate-no-folders", &[])));
    text.extend(count("certificate-closed", closed.len()));
    text.extend(count("certificate-unread", failed.len()));
    let document = json!({ "certificates": certificates, "closed": closed, "failed": failed });
    Outcome::new(&document, text.join("\n"))
}

fn entry(line: &Line, reminders: &reminder::Reminders, now: Timestamp) -> Due {
    use relais_core::certificates::window::Today;
    let told = reminders.of(line.public.id);
    Due {
        id: line.public.id,
        who: line.who(),
        environment: line.watched.world.environment(),
        not_before: line.public.not_before,
        not_after: line.public.not_after,
        renewable_at: line.opens_at,
        days_left: line.public.not_after.duration_since(now).as_hours().div_euclid(24),
        today: match line.today {
            Today::NotYetValid { .. } => "not-yet-valid",
            Today::Wait { .. } => "wait",
            Today::Renew { .. } => "renew",
            Today::AskAnew { .. } => "ask-anew",
            Today::Municipality { .. } => "municipality",
            Today::NewAnchors { .. } => "new-anchors",
            Today::Complete => "complete",
            Today::Keep => "keep",
            Today::Nothing => "nothing",
        },
        told: told.map(|told| Told {
            rung: told.rung.name(),
            at: told.at,
            acknowledged: told.acknowledged_at.is_some(),
        }),
        files: line.files.iter().map(|file| shown_path(file)).collect(),
        seen_at: line.seen_at,
    }
}

fn shut(one: &Closed) -> Shut {
    Shut { file: shown_path(&one.file), made: one.made.map(|day| day.to_string()) }
}

/// A text that goes into a file, or to whoever reads standard output.
fn given(options: &Options, file: Option<&Path>, text: String) -> Result<Outcome, Problem> {
    let Some(file) = file else {
        let mut outcome = Outcome::bytes(text.clone().into_bytes());
        outcome.document = Some(json!({ "text": text }));
        return Ok(outcome);
    };
    std::fs::write(file, text).map_err(|error| Unreadable::of(&error).problem(file))?;
    let words = texts(options);
    Outcome::new(
        &json!({ "file": file }),
        words.get("certificate-written", &[("file", &file.display().to_string())]),
    )
}

async fn decided(options: &Options, wish: CertificateWish, key: &str) -> Result<Outcome, Problem> {
    let profile = context::profile(options)?;
    match session::ask(options, profile, Request::Certificates(wish), |_| Err(Code::INTERNAL.into())).await? {
        Reply::CertificatesDecided { folder } => {
            let shown = folder.as_deref().map(shown_path);
            let values = shown.as_ref().map(|folder| ("folder", folder.as_str()));
            let text = texts(options).get(key, values.as_slice());
            let document =
                shown.map_or_else(|| json!({ "answered": true }), |folder| json!({ "folder": folder }));
            Outcome::new(&document, text)
        }
        Reply::Failed(problem) => Err(problem),
        _ => Err(Code::CONTROL_SOCKET.into()),
    }
}

/// A folder as `certificate folder list` prints it.
#[derive(Serialize)]
struct Listed {
    folder: String,
    agreed_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
}

async fn list(options: &Options) -> Result<Outcome, Problem> {
    let (known, _, words) = looked(options, false).await?;
    let listed = |one: &Folder| Listed {
        folder: shown_path(&one.agreed.folder),
        agreed_at: one.agreed.agreed_at,
        seen_at: one.whole_at,
        code: one.problem.as_ref().map(|problem| problem.code),
    };
    let folders: Vec<Listed> = known.folders.iter().map(listed).collect();
    let row = |one: &Listed| {
        let seen = one.seen_at.map(moment).unwrap_or_default();
        let code = one.code.map(|code| code.to_string()).unwrap_or_default();
        vec![one.folder.clone(), seen, code]
    };
    let text = match folders.as_slice() {
        [] => words.get("certificate-no-folders", &[]),
        folders => columns(&folders.iter().map(row).collect::<Vec<_>>()),
    };
    Outcome::new(&json!({ "folders": folders }), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_number_of_days() {
        assert_eq!(days("90d").unwrap(), SignedDuration::from_hours(90 * 24));
        assert_eq!(days("0d").unwrap(), SignedDuration::ZERO);
        for wrong in ["", "90", "d", "-1d", "1.5d", "90 d", "99999d", "3m"] {
            let problem = days(wrong).unwrap_err();
            assert_eq!((problem.code, problem.with["option"].as_str()), (Code::USAGE, "--within"), "{wrong}");
        }
    }

    #[test]
    fn a_certificate_is_named_by_its_fingerprint_and_none_is_all() {
        assert_eq!(ids(&[]).unwrap(), None);
        assert_eq!(ids(&["07".repeat(32)]).unwrap(), Some(vec![CertificateId([7; 32])]));
        assert!(ids(&["07".repeat(31)]).is_err());
    }
}
