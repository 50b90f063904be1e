//! Looks at the list and at services over the one transport, and writes down what changed.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use jiff::Timestamp;
use relais_core::continuity::watch::{Effect, Event, Heard, Looked};
use relais_core::journal::Subject;
use relais_core::ports::{Later, Watching};
use relais_core::session::Record;
use relais_core::trusted::{Teller, Told};
use relais_core::{Code, Problem};
use relais_ehealth::service_list::{FetchError, Fetched, Source};
use relais_ehealth::sts::Contact;
use relais_ehealth::transport::{Retry, Transport, TransportError, Url};

use super::{Announcements, Kept, notes};
use crate::adapters::{Adapters, chance, unwritten};

/// Looks at nothing: for a command that does one thing.
pub(super) struct NoLooks;

impl Watching for NoLooks {
    fn perform(&self, _: Effect) -> Later<'static, Option<Event>> {
        Box::pin(std::future::ready(None))
    }
}

/// Looks, and keeps what is believed.
pub(super) struct Looks(Arc<Inner>);

struct Inner {
    transport: Result<Transport, Problem>,
    source: Option<Arc<Source>>,
    kept: Kept,
    announced: Announcements,
    /// The newest list that came, until it is known whether it is kept.
    document: Mutex<Option<([u8; 32], Vec<u8>)>>,
    adapters: Weak<Adapters>,
}

impl Looks {
    pub fn new(
        transport: Result<Transport, Problem>,
        source: Option<Arc<Source>>,
        kept: Kept,
        announced: Announcements,
        adapters: Weak<Adapters>,
    ) -> Self {
        Self(Arc::new(Inner { transport, source, kept, announced, document: Mutex::default(), adapters }))
    }
}

impl Watching for Looks {
    fn perform(&self, effect: Effect) -> Later<'static, Option<Event>> {
        let all = self.0.clone();
        Box::pin(async move { all.perform(effect).await })
    }
}

impl Inner {
    async fn perform(self: Arc<Self>, effect: Effect) -> Option<Event> {
        match effect {
            Effect::LookAtList { known } => {
                self.clone().announcements().await;
                let (looked, wait) = self.list(known).await;
                Some(Event::ListLooked { looked, wait, chance: chance() })
            }
            Effect::Probe { url } => {
                if self.source.is_none() {
                    self.clone().announcements().await;
                }
                let heard = self.probe(&url).await;
                Some(Event::Probed { url, heard, chance: chance() })
            }
            Effect::KeepList { digest, hash, at } => {
                unwritten(self.keep(digest, hash, at).await);
                None
            }
            Effect::Noted { at, changes } => {
                if let Some(adapters) = self.adapters.upgrade() {
                    notes::seen(&adapters, at, changes).await;
                }
                None
            }
            Effect::Did(did) => {
                if let Some(adapters) = self.adapters.upgrade() {
                    notes::did(&adapters, *did).await;
                }
                None
            }
            Effect::KeepRoutes => {
                if let Some(adapters) = self.adapters.upgrade() {
                    notes::keep_routes(&adapters).await;
                }
                None
            }
            Effect::ListRefused(problem) => {
                if let Some(adapters) = self.adapters.upgrade() {
                    forged(&adapters, problem).await;
                }
                None
            }
        }
    }

    /// What was written down of announced maintenance, where that changed: looked at when something else is, too.
    async fn announcements(self: Arc<Self>) {
        let all = self.clone();
        let changed = tokio::task::spawn_blocking(move || all.announced.changed()).await;
        let services = self.adapters.upgrade().and_then(|adapters| adapters.watch().cloned().ok());
        if let (Ok(Some(read)), Some(services)) = (changed, services) {
            // A watch that is gone hears nothing any more.
            let _ = services.handle().tell(Event::Announced(read)).await;
        }
    }

    async fn list(&self, known: Option<String>) -> (Looked, Option<jiff::SignedDuration>) {
        let (transport, source) = match (&self.transport, &self.source) {
            (Ok(transport), Some(source)) => (transport, source),
            (Err(problem), _) => return (Looked::Failed(problem.clone()), None),
            (_, None) => return (Looked::Failed(Code::INTERNAL.into()), None),
        };
        match source.fetch(transport, known.as_deref(), self.now()).await {
            Ok(Fetched::Same) => (Looked::Same, None),
            Ok(Fetched::New(new)) => {
                let list = Arc::new(new.read.list);
                let skipped = new.read.skipped.len();
                self.signed_time(list.issued_at).await;
                *self.document.lock().unwrap_or_else(PoisonError::into_inner) =
                    Some((list.digest, new.document));
                (Looked::New { list, hash: new.hash, skipped }, None)
            }
            Err(FetchError::List(error)) => (Looked::Refused(error.problem()), None),
            Err(FetchError::Transport(error)) => {
                let problem = missed(&error);
                let wait = asked_to_wait(&error);
                (if cut_off(&error) { Looked::Unreached(problem) } else { Looked::Failed(problem) }, wait)
            }
        }
    }

    async fn probe(&self, url: &str) -> Heard {
        let (Ok(transport), Ok(url)) = (&self.transport, Url::parse(url)) else { return Heard::Lost };
        match transport.head(&url).await {
            Ok(answered) => answers(answered.status, answered.wait),
            Err(error) => heard(&error),
        }
    }

    async fn keep(self: Arc<Self>, digest: [u8; 32], hash: String, at: Timestamp) -> Result<(), Problem> {
        let came = self.document.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((_, document)) = came.filter(|(of, _)| *of == digest) else { return Ok(()) };
        let written = tokio::task::spawn_blocking(move || self.kept.write(&document, hash, at)).await;
        written.unwrap_or_else(|_| Err(Code::ADAPTER_PANIC.into()))
    }

    /// The platform's own time where that was measured.
    fn now(&self) -> Timestamp {
        self.adapters.upgrade().map_or(Timestamp::MIN, |adapters| adapters.now().wall)
    }

    async fn signed_time(&self, at: Timestamp) {
        if let Some(adapters) = self.adapters.upgrade() {
            adapters.time_told(Told { at, by: Teller::Signature }).await;
        }
    }
}

/// There is a list that is not the platform's, or not for here.
pub(crate) async fn forged(adapters: &Adapters, problem: Problem) {
    unwritten(
        adapters
            .record(Record {
                at: adapters.clock.now().wall,
                subject: Subject::Security,
                event: "list-refused",
                slot: None,
                code: Some(problem.code),
                detail: problem.with,
            })
            .await,
    );
}

/// What the watch hears of a contact. A look that somebody's sign-in waits for is no call of theirs, but one that finds a
/// zone out of order moves the route: what follows it goes to the other zone at once.
pub(super) fn told(contact: Contact) -> Event {
    let Contact { url, outcome, reached, look } = contact;
    let url = url.to_string();
    if look { Event::PassedBy { url, outcome, reached } } else { Event::Called { url, outcome, reached } }
}

/// A gateway that is there may have nobody behind it. Any other status is an answer: services take POST alone.
fn answers(status: u16, wait: Option<jiff::SignedDuration>) -> Heard {
    match (status, wait) {
        (502..=504, wait) => Heard::Fails { wait },
        (_, Some(wait)) => Heard::Busy { wait },
        (_, None) => Heard::Answers,
    }
}

/// The list did not come, and why.
#[must_use]
pub fn missed(error: &TransportError) -> Problem {
    Problem::new(Code::LIST_NOT_FETCHED).with("reason", error.code())
}

fn asked_to_wait(error: &TransportError) -> Option<jiff::SignedDuration> {
    match error.retry() {
        Retry::After(wait) => Some(wait),
        Retry::Never | Retry::Later => None,
    }
}

/// Nobody was reached at all, so it may be this PC.
fn cut_off(error: &TransportError) -> bool {
    use TransportError::*;
    matches!(error, NameNotFound | Unreachable | Timeout | Proxy(_) | Tls(_))
}

fn heard(error: &TransportError) -> Heard {
    match error {
        TransportError::HostNotAllowed { .. } => Heard::Lost,
        error if cut_off(error) => Heard::Unreached,
        error => Heard::Fails { wait: asked_to_wait(error) },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::SignedDuration;
    use relais_core::continuity::route::Outcome;

    use super::*;

    #[test]
    fn who_asks_to_be_left_alone_is_heard_whether_or_not_it_works() {
        let wait = SignedDuration::from_mins(20);
        assert_eq!(answers(405, None), Heard::Answers);
        assert_eq!(answers(429, Some(wait)), Heard::Busy { wait });
        assert_eq!(answers(200, Some(wait)), Heard::Busy { wait });
        assert_eq!(answers(503, Some(wait)), Heard::Fails { wait: Some(wait) });
        assert_eq!(answers(502, None), Heard::Fails { wait: None });
    }

    #[test]
    fn a_look_of_a_sign_in_is_no_call_of_this_pc() {
        for outcome in [Outcome::Answered, Outcome::Switch, Outcome::TokenRefused] {
            let url = Url::parse("https://platform.test/IAM/v1").unwrap();
            let contact = |look| Contact { url: url.clone(), outcome, reached: true, look };
            let url = url.to_string();
            assert_eq!(
                told(contact(true)),
                Event::PassedBy { url: url.clone(), outcome, reached: true },
                "{outcome:?}"
            );
            assert_eq!(told(contact(false)), Event::Called { url, outcome, reached: true }, "{outcome:?}");
        }
    }
}
