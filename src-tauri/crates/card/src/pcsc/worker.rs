//! A thread with a state of its own that answers in time, or is left behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::backend::LinkError;

use super::UNKNOWN;

type Job<S> = Box<dyn FnOnce(&mut S) + Send>;

/// Whether somebody still waits for an answer. What nobody waits for is not begun any more: after a hang, old questions
/// must not keep new ones waiting, and a command that was given up must not reach the card.
#[derive(Clone, Default)]
pub struct Interest(Arc<AtomicBool>);

impl Interest {
    pub fn is_lost(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// The error of a wait that brought nothing; from now on nobody waits.
    pub fn lost(&self, why: RecvTimeoutError) -> LinkError {
        self.0.store(true, Ordering::Release);
        match why {
            RecvTimeoutError::Timeout => LinkError::Timeout,
            RecvTimeoutError::Disconnected => UNKNOWN,
        }
    }
}

/// The thread ends when this is dropped and the call it is in, if any, has come back.
pub struct Worker<S> {
    jobs: Option<Sender<Job<S>>>,
}

impl<S: Send + 'static> Worker<S> {
    /// Starts the thread. When the system has none left, every question is answered with an error.
    pub fn new(name: &str, mut state: S) -> Self {
        let (jobs, inbox) = channel::<Job<S>>();
        let work = move || inbox.iter().for_each(|job| job(&mut state));
        let started = std::thread::Builder::new().name(name.to_owned()).spawn(work);
        Self { jobs: started.is_ok().then_some(jobs) }
    }

    /// Has `job` done on the thread and waits at most `longest` for its result; a later result is dropped there.
    pub fn ask<T: Send + 'static>(
        &self,
        longest: Duration,
        job: impl FnOnce(&mut S) -> T + Send + 'static,
    ) -> Result<T, LinkError> {
        let (reply, answer) = channel();
        let interest = Interest::default();
        let theirs = interest.clone();
        let job = Box::new(move |state: &mut S| {
            if !theirs.is_lost() {
                // When nobody waits by now, what was asked for is let go of here.
                let _ = reply.send(job(state));
            }
        });
        self.jobs.as_ref().ok_or(UNKNOWN)?.send(job).map_err(|_| UNKNOWN)?;
        answer.recv_timeout(longest).map_err(|why| interest.lost(why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, Mutex};

    #[test]
    fn a_call_that_hangs_is_left_behind() {
        let (release, held) = channel::<()>();
        let (held, begun) = (Arc::new(Mutex::new(held)), Arc::new(AtomicBool::new(false)));
        let worker = Worker::new("test", 1);
        // A thread that is slow to start gives the call up before it begins; then it is made once more.
        while !begun.load(Ordering::Acquire) {
            let (held, begun) = (held.clone(), begun.clone());
            let hung = worker.ask(Duration::from_millis(1), move |_| {
                begun.store(true, Ordering::Release);
                held.lock().unwrap().recv().is_ok()
            });
            assert_eq!(hung, Err(LinkError::Timeout));
        }
        let behind = worker.ask(Duration::from_millis(1), |state| *state = 2);
        assert_eq!(behind, Err(LinkError::Timeout), "it waits behind the first and is never begun");
        drop(release);
        assert_eq!(worker.ask(Duration::from_secs(10), |state| *state), Ok(1));
    }

    #[test]
    fn a_thread_that_died_is_an_error_and_no_panic() {
        let worker = Worker::new("test", ());
        let died = worker.ask(Duration::from_secs(10), |()| panic!("on purpose"));
        assert_eq!(died, Err::<(), _>(UNKNOWN));
        assert_eq!(worker.ask(Duration::from_secs(10), |()| ()), Err(UNKNOWN));
    }
}
