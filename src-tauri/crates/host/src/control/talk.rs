//! One conversation with one command.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;

use relais_core::lease::LeaseId;
use relais_core::secret::{Password, Pin};
use relais_core::session::{Ask, Asking, Errand, Event, State};
use relais_core::{Code, Problem};
use relais_engine::{Handle, Settled};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::{Reply, Request, Wanted, What, receive, send};
use crate::lease_view::LeaseView;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// The command that runs this Relais itself.
    Own,
    /// Another command, to a Relais that stays.
    Command,
    /// Another command, to one that ends soon.
    Meanwhile,
}

/// Where commands are attended to, one sign-in at a time: a PIN answers the question it was typed for, and no other.
#[derive(Clone)]
pub struct Reception {
    engine: Handle,
    signing_in: Arc<Mutex<()>>,
    ending: Arc<Mutex<()>>,
}

impl fmt::Debug for Reception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reception").finish_non_exhaustive()
    }
}

impl Reception {
    /// For the commands of one engine.
    #[must_use]
    pub fn new(engine: Handle) -> Self {
        Self { engine, signing_in: Arc::default(), ending: Arc::default() }
    }

    /// Attends to a command until it goes, or until `closing` comes back and nothing is under way.
    ///
    /// # Errors
    /// When it sends what is no frame, or goes before its answer; then the conversation is over.
    pub async fn attend<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut stream: S,
        caller: Caller,
        closing: impl Future<Output = ()>,
    ) -> Result<(), Problem> {
        let mut closing = pin!(closing);
        loop {
            let request = tokio::select! {
                biased;
                request = receive::<Request>(&mut stream) => request?,
                () = &mut closing => None,
            };
            let reply = match request {
                None => return Ok(()),
                Some(Request::Show) => Reply::Session(session(&self.engine.state())),
                Some(Request::End) => {
                    // Of several who end one session, one has ended it.
                    let _turn = self.ending.lock().await;
                    end(&self.engine).await
                }
                Some(Request::SignIn { means, quality, reader, answers }) => {
                    self.sign_in(&mut stream, caller, Ask { means, quality, reader }, answers).await?
                }
                // An answer to nothing: the sign-in it was for is over.
                Some(Request::Pin(_) | Request::Password(_) | Request::Consent | Request::Cancel) => continue,
            };
            send(&mut stream, &reply).await?;
        }
    }

    async fn sign_in<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: &mut S,
        caller: Caller,
        ask: Ask,
        answers: bool,
    ) -> Result<Reply, Problem> {
        let Ok(_turn) = self.signing_in.try_lock() else {
            return Ok(Reply::Failed(Code::SIGN_IN_RUNNING.into()));
        };
        if caller == Caller::Meanwhile {
            return Ok(Reply::Failed(Code::ALREADY_OWNED.into()));
        }
        let before = lease_id(&self.engine.state());
        match self.engine.sign_in(ask).await {
            Ok(()) if answers => {
                Answering { stream, engine: &self.engine, there: true, before, refused: None }.follow().await
            }
            Ok(()) => Ok(match self.engine.settled().await {
                Settled::Failed(problem) => Reply::Failed(problem),
                Settled::Open(_) | Settled::Cancelled => outcome(&self.engine.state(), before.as_ref())
                    .unwrap_or(Reply::Failed(Code::PIN_CANCELLED.into())),
            }),
            Err(problem) => Ok(Reply::Failed(problem)),
        }
    }
}

fn lease_id(state: &State) -> Option<LeaseId> {
    state.session.open().map(|open| open.lease.id.clone())
}

fn session(state: &State) -> Option<LeaseView> {
    state.session.open().map(LeaseView::from)
}

async fn end(engine: &Handle) -> Reply {
    if engine.state().session.open().is_none() {
        return Reply::Failed(Code::NO_SESSION.into());
    }
    let ended = async {
        engine.tell(Event::SignOutAsked).await?;
        engine.settle().await
    };
    ended.await.map_or_else(Reply::Failed, |()| Reply::Session(None))
}

/// A sign-in for which a command gives what is wanted of the person.
struct Answering<'a, S> {
    stream: &'a mut S,
    engine: &'a Handle,
    /// The command still listens. Once it has gone the sign-in ends where it would want something.
    there: bool,
    before: Option<LeaseId>,
    /// An answer that was none, and ended the sign-in.
    refused: Option<Problem>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Answering<'_, S> {
    /// Follows the sign-in to its end.
    async fn follow(mut self) -> Result<Reply, Problem> {
        let mut states = self.engine.states();
        let mut told: Option<Wanted> = None;
        loop {
            let state = states.borrow_and_update().clone();
            if let Some(reply) = outcome(&state, self.before.as_ref()) {
                return Ok(self.instead(reply));
            }
            match wanted(&state.errand) {
                Some(_) if !self.there => self.engine.tell(Event::Cancelled).await?,
                Some(wanted) if matches!(wanted.what, What::Keypad | What::Card) => {
                    if told.as_ref() != Some(&wanted) {
                        self.there = send(self.stream, &Reply::Wanted(wanted.clone())).await.is_ok();
                        told = Some(wanted);
                    }
                }
                Some(wanted) => {
                    self.ask(wanted).await?;
                    continue;
                }
                None => told = None,
            }
            tokio::select! {
                changed = states.changed() => if changed.is_err() {
                    return Ok(Reply::Failed(Code::ENGINE_STOPPED.into()));
                },
                heard = receive::<Request>(self.stream), if self.there => {
                    self.there = matches!(heard, Ok(Some(Request::Cancel)));
                    self.engine.tell(Event::Cancelled).await?;
                }
            }
        }
    }

    /// Asks the command and waits until its answer has been taken.
    async fn ask(&mut self, wanted: Wanted) -> Result<(), Problem> {
        let what = wanted.what;
        let given = match send(self.stream, &Reply::Wanted(wanted)).await {
            Ok(()) => receive(self.stream).await,
            Err(problem) => Err(problem),
        };
        self.there = matches!(given, Ok(Some(_)));
        let taken = match given {
            Ok(Some(request)) => answer(request, what, self.engine).await,
            Ok(None) | Err(_) => Ok(false),
        };
        // A command that has gone, gave up or sent nonsense: nobody will type this PIN.
        if !matches!(taken, Ok(true)) {
            self.refused = taken.err();
            self.engine.tell(Event::Cancelled).await?;
        }
        self.engine.settle().await
    }

    /// A sign-in that ended because of an answer that was none says that, not "cancelled".
    fn instead(self, reply: Reply) -> Reply {
        match (reply, self.refused) {
            (Reply::Failed(problem), Some(refused)) if problem.code == Code::PIN_CANCELLED => {
                Reply::Failed(refused)
            }
            (reply, _) => reply,
        }
    }
}

/// What a sign-in came to; `before` is the session there was when it began, which a sign-in given up leaves open.
fn outcome(state: &State, before: Option<&LeaseId>) -> Option<Reply> {
    let new = session(state).filter(|_| lease_id(state).as_ref() != before);
    match (&state.errand, new) {
        (Errand::Failed { problem, .. }, _) => Some(Reply::Failed(problem.clone())),
        (Errand::Idle, Some(lease)) => Some(Reply::SignedIn { lease, warnings: state.warnings.clone() }),
        (Errand::Idle, None) => Some(Reply::Failed(Code::PIN_CANCELLED.into())),
        _ => None,
    }
}

fn wanted(errand: &Errand) -> Option<Wanted> {
    let of = |asking: &Asking, what| Wanted {
        what,
        holder: asking.face.holder.clone(),
        tries: asking.face.tries,
        notice: asking.notice.clone(),
        again: asking.again,
    };
    match errand {
        Errand::Pin(asking) if asking.needs_consent() => Some(of(asking, What::Consent)),
        Errand::Pin(asking) => Some(of(asking, What::Pin)),
        Errand::Password { asking, .. } => Some(of(asking, What::Password)),
        Errand::Requesting(asking) if asking.on_keypad => Some(of(asking, What::Keypad)),
        Errand::Waiting { problem, .. } => Some(Wanted {
            what: What::Card,
            holder: String::new(),
            tries: relais_core::card::Tries::Unknown,
            notice: Some(problem.clone()),
            again: false,
        }),
        _ => None,
    }
}

/// Hands an answer on; `false` when it is none to what was asked.
async fn answer(given: Request, what: What, engine: &Handle) -> Result<bool, Problem> {
    match (given, what) {
        (Request::Pin(digits), What::Pin) => {
            let pin = Pin::from_ascii(digits.as_bytes()).map_err(|_| Problem::new(Code::PIN_FORMAT))?;
            engine.give_pin(pin).await?;
        }
        (Request::Password(text), What::Password) => engine.give_password(password(text)?, false).await?,
        (Request::Consent, What::Consent) => engine.tell(Event::Consented).await?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn password(mut text: Zeroizing<String>) -> Result<Password, Problem> {
    Password::take(std::mem::take(&mut *text)).map_err(|_| Code::KEYSTORE_PASSWORD_WRONG.into())
}
