//! Stages of a longer run: each says its name when it starts and its time when it ends; the first failure ends the run.

use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::workspace;

/// What a stage beside the others does: its output goes to the file it is given.
pub type QuietWork = fn(&Path) -> Result<(), Failure>;

/// The stages run so far.
pub struct Stages {
    began: Instant,
    done: Vec<(&'static str, Duration)>,
}

impl Stages {
    /// Starts the clock of the whole run.
    pub fn begin() -> Self {
        Self { began: Instant::now(), done: Vec::new() }
    }

    /// Runs one stage with its output on ours.
    pub fn run(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        println!("\n=== {name}");
        let began = Instant::now();
        let result = work();
        self.close(name, began.elapsed(), result)
    }

    /// Starts stages that run one after the other beside the ones to come; [`Stages::join`] shows what they said.
    pub fn beside(&self, lane: &'static str, stages: &[(&'static str, QuietWork)]) -> Lane {
        println!("\n=== {lane}: started beside the next stages");
        let stages = stages.to_vec();
        Lane { lane, worker: thread::spawn(move || stages.into_iter().map_while(Finished::of()).collect()) }
    }

    /// Waits for the stages of a lane and prints their output as if they had run now.
    pub fn join(&mut self, lane: Lane) -> Result<(), Failure> {
        let finished = lane.worker.join().map_err(|_| Failure::Found(format!("{} panicked", lane.lane)))?;
        for stage in finished {
            println!("\n=== {}", stage.name);
            print!("{}", std::fs::read_to_string(&stage.log).unwrap_or_default());
            self.close(stage.name, stage.took, stage.result)?;
        }
        Ok(())
    }

    /// Prints the table of times.
    pub fn end(self, whole: &str) {
        println!("\n=== {whole}: all {} stages passed in {}", self.done.len(), spoken(self.began.elapsed()));
        for (name, took) in &self.done {
            println!("    {:>9}  {name}", spoken(*took));
        }
    }

    fn close(
        &mut self,
        name: &'static str,
        took: Duration,
        result: Result<(), Failure>,
    ) -> Result<(), Failure> {
        match result {
            Ok(()) => println!("=== {name}: passed in {}", spoken(took)),
            Err(cause) => {
                println!("=== {name}: FAILED after {}", spoken(took));
                return Err(Failure::Stage { name: name.to_owned(), cause: Box::new(cause) });
            }
        }
        self.done.push((name, took));
        Ok(())
    }
}

/// Stages running beside the others.
#[must_use = "join it, or its failure is lost"]
pub struct Lane {
    lane: &'static str,
    worker: JoinHandle<Vec<Finished>>,
}

/// A stage that ran beside the others.
struct Finished {
    name: &'static str,
    log: PathBuf,
    took: Duration,
    result: Result<(), Failure>,
}

impl Finished {
    /// Runs one stage after the other, up to and with the first that fails.
    fn of() -> impl FnMut((&'static str, QuietWork)) -> Option<Self> {
        let mut failed = false;
        move |(name, work)| {
            if failed {
                return None;
            }
            let log = workspace::target().join("xtask").join(format!("{}.log", name.replace(' ', "-")));
            // A log that is not there yet is what we want.
            let _ = std::fs::remove_file(&log);
            let began = Instant::now();
            let result = work(&log);
            failed = result.is_err();
            Some(Self { name, log, took: began.elapsed(), result })
        }
    }
}

/// `1 min 04 s`, or `3.2 s` below a minute.
pub fn spoken(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_failed_stage_is_named_and_ends_the_run() {
        let mut stages = Stages::begin();
        stages.run("first", || Ok(())).unwrap();
        let failure = stages.run("second", || Err(Failure::Found("it rained".into()))).unwrap_err();
        assert_eq!(failure.to_string(), "stage `second` failed: it rained");
        assert_eq!(stages.done.len(), 1);
    }

    #[test]
    fn a_failure_beside_the_others_is_seen_when_they_are_joined() {
        let mut stages = Stages::begin();
        let lane = stages.beside(
            "lane",
            &[
                ("lane one", |_| Ok(())),
                ("lane two", |_| Err(Failure::Found("it rained".into()))),
                ("lane three", |_| panic!("a stage after a failed one does not run")),
            ],
        );
        let failure = stages.join(lane).unwrap_err();
        assert_eq!(failure.to_string(), "stage `lane two` failed: it rained");
    }

    #[test]
    fn times_are_said_in_minutes_and_seconds() {
        assert_eq!(spoken(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(spoken(Duration::from_secs(64)), "1 min 04 s");
    }
}
