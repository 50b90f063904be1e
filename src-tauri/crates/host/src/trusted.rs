//! The mark of trusted time of one environment, as it is kept: a row of the database under a seal of this installation.
//!
//! What moves it is decided in [`relais_core::trusted`]. A row that was not sealed here, or for another environment,
//! counts as none: without it the other clocks still count.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use relais_core::environment::EnvironmentName;
use relais_core::time::{Moment, TrustedMark};
use relais_core::trusted::{Told, Trust};
use relais_core::{Code, Problem};
use relais_keystore::InstallKey;
use serde::{Deserialize, Serialize};

use crate::records::{self, RecordRoom};

/// Row of the table `meta`.
const ROW: &str = "trusted-time";

/// The mark is written when it has gone on by this much. Source: docs/architecture.md, "Time".
const WRITTEN_EVERY: SignedDuration = SignedDuration::from_secs(60);

#[derive(Serialize, Deserialize)]
struct Row {
    /// [`Trust`] as JSON, byte for byte what was sealed.
    trust: String,
    seal: String,
}

/// The mark of one environment.
#[derive(Clone)]
pub struct TrustedTime {
    records: RecordRoom,
    install: Arc<InstallKey>,
    environment: EnvironmentName,
    held: Arc<Mutex<Held>>,
    /// One write at a time, each of what is newest.
    writing: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Held {
    trust: Trust,
    written: Option<Timestamp>,
}

impl TrustedTime {
    /// Reads the mark; a row that was not sealed here is told and counts as none.
    pub async fn open(
        records: RecordRoom,
        install: Arc<InstallKey>,
        environment: EnvironmentName,
    ) -> (Self, Option<Problem>) {
        let mut time = Self { records, install, environment, held: Arc::default(), writing: Arc::default() };
        let problem = match time.read().await {
            Ok(trust) => {
                time.held = Arc::new(Mutex::new(Held { trust, written: None }));
                None
            }
            Err(problem) => Some(problem),
        };
        (time, problem)
    }

    async fn read(&self) -> Result<Trust, Problem> {
        let Some(text) = self.records.noted(ROW).await? else { return Ok(Trust::default()) };
        unsealed(&text, &self.install, &self.environment)
    }

    /// The mark as it stands now.
    #[must_use]
    pub fn mark(&self, now: Moment) -> TrustedMark {
        self.held().trust.mark(now)
    }

    /// Somebody told the time; gives whether it counts.
    ///
    /// # Errors
    /// It counts, and could not be written down; it is known until Relais ends.
    pub async fn hear(&self, told: &Told, now: Moment) -> Result<bool, Problem> {
        let (counts, due) = {
            let mut held = self.held();
            let (trust, counts) = held.trust.clone().hear(told, now);
            let due = !counts && trust != held.trust || held.due(&trust, now);
            held.trust = trust;
            (counts, due)
        };
        if due {
            self.write(now).await?;
        }
        Ok(counts)
    }

    /// Writes down what the boot clock has counted since, if that is a minute or more.
    ///
    /// # Errors
    /// It could not be written down.
    pub async fn keep(&self, now: Moment) -> Result<(), Problem> {
        let due = {
            let held = self.held();
            held.due(&held.trust, now)
        };
        if due { self.write(now).await } else { Ok(()) }
    }

    /// A person asked to put the mark back, and `check` is what was told just now; gives whether it was put back.
    ///
    /// # Errors
    /// It could not be written down, and stays as it was.
    pub async fn lower(&self, check: &[Told], now: Moment) -> Result<bool, Problem> {
        let before = {
            let mut held = self.held();
            let Some(lowered) = held.trust.lowered(check, now) else { return Ok(false) };
            std::mem::replace(&mut held.trust, lowered)
        };
        if let Err(problem) = self.write(now).await {
            self.held().trust = before;
            return Err(problem);
        }
        Ok(true)
    }

    async fn write(&self, now: Moment) -> Result<(), Problem> {
        let _one = self.writing.lock().await;
        let trust = self.held().trust.keep(now);
        let text = serde_json::to_string(&trust).map_err(|_| Problem::new(Code::INTERNAL))?;
        let seal =
            self.install.seal(ROW, &bytes(&self.environment, &text)).map_err(|error| error.problem())?;
        let row =
            serde_json::to_string(&Row { trust: text, seal }).map_err(|_| Problem::new(Code::INTERNAL))?;
        self.records.note_down(ROW, row).await?;
        self.held().written = trust.mark(now).0;
        Ok(())
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Every change is one assignment, so a panic elsewhere leaves it whole.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The mark of a folder that is only looked at.
pub(crate) fn look(
    folder: &Path,
    install: &InstallKey,
    environment: &EnvironmentName,
    now: Moment,
) -> Result<TrustedMark, Problem> {
    match records::noted(folder, ROW)? {
        None => Ok(TrustedMark::default()),
        Some(text) => Ok(unsealed(&text, install, environment)?.mark(now)),
    }
}

fn unsealed(text: &str, install: &InstallKey, environment: &EnvironmentName) -> Result<Trust, Problem> {
    let row: Option<Row> = serde_json::from_str(text).ok();
    let trust = row.filter(|row| install.sealed(ROW, &bytes(environment, &row.trust), &row.seal));
    let trust = trust.and_then(|row| serde_json::from_str(&row.trust).ok());
    trust.ok_or_else(|| Code::TRUSTED_TIME_BAD.into())
}

/// What is sealed: the environment, too, so that a row of another one is none here.
fn bytes(environment: &EnvironmentName, trust: &str) -> Vec<u8> {
    [environment.as_str().as_bytes(), &[0], trust.as_bytes()].concat()
}

impl Held {
    /// The mark has gone on far enough since it was written.
    fn due(&self, trust: &Trust, now: Moment) -> bool {
        match (trust.mark(now).0, self.written) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(mark), Some(written)) => mark.duration_since(written).abs() >= WRITTEN_EVERY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Time;
    use relais_core::trusted::Teller;

    const HOUR: i64 = 3_600;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_772_434_800 + second).unwrap()
    }

    fn now(second: i64) -> Moment {
        Moment { wall: at(second), boot: SignedDuration::from_secs(100_000 + second) }
    }

    fn signed(second: i64) -> Told {
        Told { at: at(second), by: Teller::Signature }
    }

    fn host(name: &str, second: i64) -> Told {
        Told { at: at(second), by: Teller::Host(name.into()) }
    }

    async fn opened(folder: &Path, name: &str) -> (TrustedTime, Option<Problem>) {
        let environment = EnvironmentName::parse(name).unwrap();
        let install = Arc::new(InstallKey::load_or_create(folder).unwrap());
        let records = RecordRoom::open(folder, environment.clone(), Time::of_this_pc().clock).unwrap();
        TrustedTime::open(records, install, environment).await
    }

    async fn reopened(folder: &Path) -> TrustedTime {
        let (time, problem) = opened(folder, "sandbox").await;
        assert_eq!(problem, None);
        time
    }

    async fn row(time: &TrustedTime) -> Option<String> {
        time.records.noted(ROW).await.unwrap()
    }

    #[tokio::test]
    async fn the_mark_is_there_after_a_restart_and_so_is_a_jump_that_waits() {
        let folder = tempfile::tempdir().unwrap();
        let time = reopened(folder.path()).await;
        assert_eq!(time.mark(now(0)).0, None);
        assert!(time.hear(&signed(0), now(0)).await.unwrap());
        assert!(!time.hear(&host("a", 20 * HOUR), now(0)).await.unwrap());
        let again = reopened(folder.path()).await;
        assert_eq!(again.mark(now(HOUR)).0, Some(at(HOUR)));
        assert!(again.hear(&host("b", 21 * HOUR), now(HOUR)).await.unwrap());
        assert_eq!(reopened(folder.path()).await.mark(now(HOUR)).0, Some(at(21 * HOUR)));
    }

    #[tokio::test]
    async fn it_is_written_once_a_minute_not_at_every_answer() {
        let folder = tempfile::tempdir().unwrap();
        let time = reopened(folder.path()).await;
        time.hear(&signed(0), now(0)).await.unwrap();
        let first = row(&time).await;
        for second in 1..60 {
            time.hear(&host("a", second), now(second)).await.unwrap();
        }
        assert_eq!(row(&time).await, first);
        time.hear(&host("a", 60), now(60)).await.unwrap();
        let second = row(&time).await;
        assert_ne!(second, first);
        time.keep(now(119)).await.unwrap();
        assert_eq!(row(&time).await, second);
        time.keep(now(120)).await.unwrap();
        let rebooted = Moment { wall: at(0), boot: SignedDuration::from_secs(30) };
        assert_eq!(
            reopened(folder.path()).await.mark(rebooted).0,
            Some(at(120)),
            "though nobody told it since"
        );
    }

    #[tokio::test]
    async fn a_mark_that_was_changed_or_comes_from_elsewhere_is_told_and_counts_as_none() {
        let (here, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let time = reopened(here.path()).await;
        time.hear(&signed(0), now(0)).await.unwrap();
        let good = row(&time).await.unwrap();
        let foreign = reopened(elsewhere.path()).await;
        foreign.hear(&signed(HOUR), now(0)).await.unwrap();
        let (acceptance, _) = opened(here.path(), "acceptance").await;
        assert_eq!(acceptance.mark(now(0)).0, None, "not the mark of the sandbox");
        let forged = [
            good.replace("2026", "2027"),
            row(&foreign).await.unwrap(),
            good[..good.len() / 2].to_owned(),
            String::new(),
        ];
        for text in forged {
            time.records.note_down(ROW, text.clone()).await.unwrap();
            let (again, problem) = opened(here.path(), "sandbox").await;
            assert_eq!(problem.map(|problem| problem.code), Some(Code::TRUSTED_TIME_BAD), "{text}");
            assert_eq!(again.mark(now(0)).0, None);
            again.hear(&signed(5), now(5)).await.unwrap();
            assert_eq!(reopened(here.path()).await.mark(now(5)).0, Some(at(5)), "and is noted anew");
        }
    }

    #[tokio::test]
    async fn a_person_puts_it_back_when_a_check_agrees_and_it_stays_so() {
        let folder = tempfile::tempdir().unwrap();
        let time = reopened(folder.path()).await;
        time.hear(&signed(9_000 * HOUR), now(0)).await.unwrap();
        assert!(!time.lower(&[host("a", -HOUR)], now(0)).await.unwrap(), "it differs from this PC's clock");
        assert_eq!(time.mark(now(0)).0, Some(at(9_000 * HOUR)));
        assert!(time.lower(&[host("a", 3)], now(0)).await.unwrap());
        assert_eq!(reopened(folder.path()).await.mark(now(0)).0, Some(at(3)));
    }

    #[tokio::test]
    async fn without_a_database_it_lives_as_long_as_relais() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(relais_store::DATABASE)).unwrap();
        let time = reopened(folder.path()).await;
        assert!(time.hear(&signed(0), now(0)).await.unwrap());
        assert_eq!(time.mark(now(0)).0, Some(at(0)));
    }
}
