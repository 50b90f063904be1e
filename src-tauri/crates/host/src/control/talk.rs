//! One conversation with one command.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;

use relais_core::lease::{Means, SlotId};
use relais_core::session::{Ask, Event, State};
use relais_core::time::Moment;
use relais_core::{Code, Problem};
use relais_engine::Handle;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Mutex;

use super::answering::{Answering, outcome};
use super::line::{self, Heard, Line};
use super::{CertificateWish, Reply, Request};
use crate::certificates::{Answered, Certificates};
use crate::continuity::Services;
use crate::forgetting;
use crate::lease_view::LeaseView;
use crate::relais::{Running, TimeKeeper};

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
    time: Option<TimeKeeper>,
    services: Option<Services>,
    certificates: Option<Certificates>,
    signing_in: Arc<Mutex<()>>,
    ending: Arc<Mutex<()>>,
}

impl fmt::Debug for Reception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reception").finish_non_exhaustive()
    }
}

impl Reception {
    /// For the commands of one Relais.
    #[must_use]
    pub fn of(running: &Running) -> Self {
        let (time, services) = (Some(running.time_keeper()), running.services().ok());
        let certificates = running.certificates().ok();
        Self { time, services, certificates, ..Self::new(running.handle.clone()) }
    }

    /// For the commands of an engine that keeps no time.
    pub(super) fn new(engine: Handle) -> Self {
        let (time, services, certificates) = (None, None, None);
        Self { engine, time, services, certificates, signing_in: Arc::default(), ending: Arc::default() }
    }

    /// Attends to a command until it goes, or until `closing` comes back and nothing is under way.
    ///
    /// # Errors
    /// When it sends what is no frame, or goes before its answer; then the conversation is over.
    pub async fn attend<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
        caller: Caller,
        closing: impl Future<Output = ()>,
    ) -> Result<(), Problem> {
        let (from, to) = tokio::io::split(stream);
        let (heard, reading) = line::read(from);
        line::beside(self.converse(heard, Line::new(to), caller, closing), reading).await
    }

    async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut heard: Heard,
        line: Line<S>,
        caller: Caller,
        closing: impl Future<Output = ()>,
    ) -> Result<(), Problem> {
        let mut closing = pin!(closing);
        loop {
            let request = tokio::select! {
                biased;
                request = heard.recv() => request.transpose()?,
                () = &mut closing => None,
            };
            let Some(request) = request else { return Ok(()) };
            let work = self.answer(request, &mut heard, &line, caller);
            if let Some(reply) = line.living(&self.engine, work).await? {
                line.send(&reply).await?;
            }
        }
    }

    /// The answer to a request; none to an answer whose question is over with its sign-in.
    async fn answer<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        request: Request,
        heard: &mut Heard,
        line: &Line<S>,
        caller: Caller,
    ) -> Result<Option<Reply>, Problem> {
        Ok(Some(match request {
            Request::Show { person } => show(&self.engine.state(), self.engine.now(), person),
            Request::End { person } => {
                // Of several who end one session, one has ended it.
                let _turn = self.ending.lock().await;
                end(&self.engine, person).await
            }
            Request::Forget { person } => {
                let _turn = self.ending.lock().await;
                forget(&self.engine, person).await
            }
            Request::PutTimeBack => match &self.time {
                Some(time) => time.put_back().await.map_or_else(Reply::Failed, |()| Reply::TimePutBack),
                None => Reply::Failed(Code::ENGINE_STOPPED.into()),
            },
            Request::LookAtList => match &self.services {
                // One that ends soon looks at nothing.
                Some(services) if caller == Caller::Command => look_at_list(services).await,
                _ => Reply::Failed(Code::ENGINE_STOPPED.into()),
            },
            Request::Certificates(wish) => match &self.certificates {
                Some(certificates) => decide(certificates, wish).await.unwrap_or_else(Reply::Failed),
                None => Reply::Failed(Code::ENGINE_STOPPED.into()),
            },
            Request::SignIn { means, quality, reader, person, why, keystore, answers } => {
                let ask = Ask { means, quality, reader, person, renews: None, why, keystore };
                self.sign_in(heard, line, caller, ask, answers).await?
            }
            Request::Renew { reader, keystore, answers } => match self.engine.state().ask_to_renew(reader) {
                Ok(ask) => self.sign_in(heard, line, caller, Ask { keystore, ..ask }, answers).await?,
                Err(code) => Reply::Failed(code.into()),
            },
            Request::Pin { .. }
            | Request::Password { .. }
            | Request::Consent { .. }
            | Request::Keypad { .. }
            | Request::TypeHere { .. }
            | Request::Cancel => return Ok(None),
        }))
    }

    async fn sign_in<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        heard: &mut Heard,
        line: &Line<S>,
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
        // Whose keystore lies here is seen when it is looked for: nobody has to have signed in before.
        let by_keystore = matches!(ask.means, Means::Fallback | Means::Certificate);
        if !by_keystore && ask.person.as_ref().is_some_and(|person| !self.engine.state().knows(person)) {
            return Ok(Reply::Failed(Code::PERSON_UNKNOWN.into()));
        }
        match self.engine.sign_in(ask).await {
            Err(problem) => Ok(Reply::Failed(problem)),
            Ok(errand) if answers => Answering::new(heard, line, &self.engine, errand).follow().await,
            Ok(errand) => {
                let mut states = self.engine.states();
                let mut reply = None;
                let told = |state: &Arc<State>| {
                    reply = outcome(state, errand, self.engine.now());
                    reply.is_some()
                };
                // An engine that is gone leaves none.
                let _ = states.wait_for(told).await.map(drop);
                Ok(reply.unwrap_or(Reply::Failed(Code::ENGINE_STOPPED.into())))
            }
        }
    }
}

/// The session in use, or the one of a person, with everything that must be said.
pub(crate) fn show(state: &State, pc: Moment, person: Option<SlotId>) -> Reply {
    let now = state.platform_moment(pc);
    let session = match &person {
        Some(person) if !state.knows(person) => return Reply::Failed(Code::PERSON_UNKNOWN.into()),
        Some(person) => state.session_of(person).filter(|other| other.usable(now)),
        // A PC that slept past the end has not been told yet.
        None => state.session.open().filter(|open| open.usable(now)),
    };
    Reply::Session { session: session.map(LeaseView::from), warnings: state.said(pc) }
}

async fn decide(certificates: &Certificates, wish: CertificateWish) -> Result<Reply, Problem> {
    let folder = match wish {
        CertificateWish::Agree { folder } => Some(certificates.agree(folder).await?),
        CertificateWish::Withdraw { folder } => Some(certificates.withdraw(folder).await?),
        CertificateWish::Acknowledge { ids } => {
            certificates.answer(ids, Answered::Known).await.map(|()| None)?
        }
        CertificateWish::Snooze { ids } => certificates.answer(ids, Answered::Later).await.map(|()| None)?,
    };
    Ok(Reply::CertificatesDecided { folder })
}

async fn look_at_list(services: &Services) -> Reply {
    match services.look_at_list().await {
        Ok((digest, problem)) => Reply::ListLooked { digest, problem },
        Err(problem) => Reply::Failed(problem),
    }
}

async fn end(engine: &Handle, person: Option<SlotId>) -> Reply {
    match ended(engine, person).await {
        Ok(()) => Reply::Session { session: None, warnings: vec![] },
        Err(problem) => Reply::Failed(problem),
    }
}

/// Forgets a person: the one who is named, else the one in use. Nobody is guessed.
async fn forget(engine: &Handle, person: Option<SlotId>) -> Reply {
    // Whose session is over is not in use: nobody is erased who was not named.
    let in_use = || engine.state().session.open().map(|open| open.lease.person.slot.clone());
    let named = person.or_else(in_use);
    let Some(person) = named else { return Reply::Failed(Code::NO_SESSION.into()) };
    match forgetting::forget(engine, person.clone()).await {
        Ok(()) => Reply::Forgotten { person },
        Err(problem) => Reply::Failed(problem),
    }
}

/// Ends a session; what remains of it on this PC is a failure.
async fn ended(engine: &Handle, person: Option<SlotId>) -> Result<(), Problem> {
    let state = engine.state();
    let (slots, event) = match person {
        Some(person) if !state.knows(&person) => return Err(Code::PERSON_UNKNOWN.into()),
        Some(person) if !state.holds(&person) => return Err(nothing_to_end(&state).into()),
        Some(person) => (vec![person.clone()], Event::SignOutOf(person)),
        None => {
            let left = || state.people.unerased.keys().cloned().collect();
            let in_use = state.session.open().map(|open| vec![open.lease.person.slot.clone()]);
            (in_use.unwrap_or_else(left), Event::SignOutAsked)
        }
    };
    if slots.is_empty() {
        return Err(nothing_to_end(&state).into());
    }
    engine.tell(event).await?;
    engine.settle().await?;
    let state = engine.state();
    let remains = slots.iter().find_map(|slot| state.people.unerased.get(slot));
    remains.map_or(Ok(()), |problem| Err(problem.clone()))
}

/// Nobody is told that there is no session where one lies that this Relais cannot open.
fn nothing_to_end(state: &State) -> Code {
    if !state.people.unopened.is_empty() {
        return Code::SESSION_LOCKED_AWAY;
    }
    let elsewhere = state.warnings.iter().any(|warning| warning.code == Code::SESSION_ELSEWHERE);
    if elsewhere { Code::SESSION_ELSEWHERE } else { state.why_nobody() }
}
