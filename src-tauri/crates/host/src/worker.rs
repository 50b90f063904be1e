//! A thread for work that blocks: PC/SC, SQLite, the key store of the system, key derivation.
//!
//! A panic there becomes a code, what the work held is dropped (and so wiped), and the tool is made anew once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use relais_core::{Code, Problem};
use tokio::sync::{mpsc, oneshot};

type Job<T> = Box<dyn FnOnce(&mut T) + Send>;

/// How often a tool is made anew after a panic.
const SECOND_CHANCES: u32 = 1;

/// The handle to such a thread; the thread ends when the last handle is gone.
pub struct Worker<T> {
    jobs: mpsc::UnboundedSender<Job<T>>,
    silent_after: Duration,
}

impl<T> Clone for Worker<T> {
    fn clone(&self) -> Self {
        Self { jobs: self.jobs.clone(), silent_after: self.silent_after }
    }
}

impl<T: 'static> Worker<T> {
    /// Starts a thread called `name` that works with what `make` makes. A call that takes longer than `silent_after`
    /// is given up (its thread goes on, nobody waits).
    pub fn start(
        name: &str,
        silent_after: Duration,
        make: impl Fn() -> T + Send + 'static,
    ) -> Result<Self, Problem> {
        let (jobs, mut queue) = mpsc::unbounded_channel::<Job<T>>();
        let work = move || {
            for _ in 0..=SECOND_CHANCES {
                let mut tool = make();
                let clean = catch_unwind(AssertUnwindSafe(|| {
                    while let Some(job) = queue.blocking_recv() {
                        job(&mut tool);
                    }
                }));
                if clean.is_ok() {
                    return;
                }
            }
        };
        let started = std::thread::Builder::new().name(name.to_owned()).spawn(work);
        started.map(|_| Self { jobs, silent_after }).map_err(|_| Code::INTERNAL.into())
    }

    /// Does `job` there and waits for what it gives.
    pub async fn call<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut T) -> R + Send + 'static,
    ) -> Result<R, Silence> {
        self.call_within(self.silent_after, job).await
    }

    /// Does `job` there after all before it; nobody waits.
    pub fn put(&self, job: impl FnOnce(&mut T) + Send + 'static) {
        // A thread that is gone is told to whoever waits for something.
        let _ = self.jobs.send(Box::new(job));
    }

    /// As [`Self::call`], for a job in which a person takes their time.
    pub async fn call_within<R: Send + 'static>(
        &self,
        silent_after: Duration,
        job: impl FnOnce(&mut T) -> R + Send + 'static,
    ) -> Result<R, Silence> {
        self.queued(silent_after, false, job).await
    }

    /// As [`Self::call`], for a job that is done though nobody waits for it any more: what it puts away would be lost.
    pub async fn call_to_the_end<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut T) -> R + Send + 'static,
    ) -> Result<R, Silence> {
        self.call_to_the_end_within(self.silent_after, job).await
    }

    /// As [`Self::call_to_the_end`], for who waits shorter or longer.
    pub async fn call_to_the_end_within<R: Send + 'static>(
        &self,
        silent_after: Duration,
        job: impl FnOnce(&mut T) -> R + Send + 'static,
    ) -> Result<R, Silence> {
        self.queued(silent_after, true, job).await
    }

    async fn queued<R: Send + 'static>(
        &self,
        silent_after: Duration,
        to_the_end: bool,
        job: impl FnOnce(&mut T) -> R + Send + 'static,
    ) -> Result<R, Silence> {
        let (answer, waiting) = oneshot::channel();
        let job: Job<T> = Box::new(move |tool| {
            // Whoever asked gave up before this began: it is not done any more, and a PIN it holds is wiped.
            if answer.is_closed() && !to_the_end {
                return;
            }
            // Whoever asked has given up waiting; the result is dropped, and so wiped.
            let _ = answer.send(job(tool));
        });
        self.jobs.send(job).map_err(|_| Silence::Broken)?;
        match tokio::time::timeout(silent_after, waiting).await {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(_)) => Err(Silence::Broken),
            Err(_) => Err(Silence::Hung),
        }
    }
}

/// Why a worker did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// Its work panicked: our defect.
    Broken,
    /// It took too long: the system behind it hangs.
    Hung,
}

impl Silence {
    /// As a problem; `hung` is the code for a system that hangs.
    pub fn problem(self, hung: Code) -> Problem {
        match self {
            Self::Broken => Code::ADAPTER_PANIC.into(),
            Self::Hung => hung.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worker() -> Worker<u32> {
        Worker::start("test", Duration::from_secs(30), || 7).unwrap()
    }

    #[tokio::test]
    async fn a_panic_costs_one_answer_and_the_tool_is_made_anew_once() {
        let worker = worker();
        assert_eq!(worker.call(|tool| std::mem::replace(tool, 8)).await, Ok(7));
        assert_eq!(worker.call(|_| -> u32 { panic!("planted") }).await, Err(Silence::Broken));
        assert_eq!(worker.call(|tool| *tool).await, Ok(7), "a new tool");
        assert_eq!(worker.call(|_| -> u32 { panic!("planted") }).await, Err(Silence::Broken));
        assert_eq!(worker.call(|tool| *tool).await, Err(Silence::Broken));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_to_be_put_away_is_put_away_though_nobody_waits_any_more() {
        let worker = worker();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let (begin, begun) = std::sync::mpsc::channel();
        let busy = worker.clone();
        let block = move |_: &mut _| (begin.send(()).is_ok(), held.recv().is_ok());
        let blocking = tokio::spawn(async move { busy.call(block).await });
        tokio::task::yield_now().await;
        // One that was given up before it began would not block.
        begun.recv().unwrap();
        assert_eq!(worker.call(|tool| *tool = 1).await, Err(Silence::Hung), "behind the one that blocks");
        let (put, away) = std::sync::mpsc::channel();
        let putting = worker.call_to_the_end(move |tool| put.send(*tool + 10));
        assert_eq!(putting.await, Err(Silence::Hung));
        drop(release);
        assert_eq!(blocking.await.unwrap(), Err(Silence::Hung));
        // Waited for on the thread's own time: the runtime's stands still and would give up at once.
        assert_eq!(away.recv(), Ok(17), "the second was done, the first was not");
    }

    #[tokio::test(start_paused = true)]
    async fn a_job_with_a_person_in_it_is_waited_for_longer_than_the_others() {
        let worker = worker();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let begun = tokio::time::Instant::now();
        let waiting = worker.call_within(Duration::from_secs(75), move |_| held.recv().is_ok());
        assert_eq!(waiting.await, Err(Silence::Hung));
        assert_eq!(begun.elapsed().as_secs(), 75);
        drop(release);
    }

    #[tokio::test(start_paused = true)]
    async fn a_system_that_hangs_is_given_up() {
        let worker = worker();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let waiting = worker.call(move |_| held.recv().is_ok());
        assert_eq!(waiting.await, Err(Silence::Hung));
        drop(release);
    }
}
