//! A thread with a state of its own that answers in time, or is left behind.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::backend::LinkError;

use super::UNKNOWN;

type Job<S> = Box<dyn FnOnce(&mut S) + Send>;

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
        let job = Box::new(move |state: &mut S| {
            // Nobody waits any more: what was asked for is let go of here.
            let _ = reply.send(job(state));
        });
        self.jobs.as_ref().ok_or(UNKNOWN)?.send(job).map_err(|_| UNKNOWN)?;
        answer.recv_timeout(longest).map_err(|error| match error {
            RecvTimeoutError::Timeout => LinkError::Timeout,
            RecvTimeoutError::Disconnected => UNKNOWN,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_hangs_is_left_behind() {
        let (release, held) = channel::<()>();
        let worker = Worker::new("test", 1);
        let hung = worker.ask(Duration::from_millis(1), move |_| held.recv().is_ok());
        assert_eq!(hung, Err(LinkError::Timeout));
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
