//! A sign-in for which a command gives what is wanted of the person.
//!
//! A terminal is slow, and the window may ask, cancel and begin anew meanwhile. So every answer names its question, and
//! a command follows the sign-in that it began and no other.

use relais_core::session::exception::{Habit, Limits};
use relais_core::session::{Asking, Errand, ErrandId, Event, OpenSession, State};
use relais_core::time::Moment;
use relais_core::{Code, Problem};
use relais_engine::Handle;
use tokio::io::{AsyncRead, AsyncWrite};

use super::line::{Heard, Line};
use super::{Reply, Request, Wanted, What};
use crate::lease_view::LeaseView;

pub(super) struct Answering<'a, S> {
    heard: &'a mut Heard,
    line: &'a Line<S>,
    engine: &'a Handle,
    errand: ErrandId,
    /// The command still listens. Once it has gone the sign-in ends where it would want something.
    there: bool,
    /// Its last answer came too late; said with the next question.
    late: Option<Problem>,
    /// An answer that was none, and ended the sign-in.
    refused: Option<Problem>,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Answering<'a, S> {
    pub(super) fn new(heard: &'a mut Heard, line: &'a Line<S>, engine: &'a Handle, errand: ErrandId) -> Self {
        Self { heard, line, engine, errand, there: true, late: None, refused: None }
    }

    /// Follows the sign-in to its end.
    pub(super) async fn follow(mut self) -> Result<Reply, Problem> {
        let mut states = self.engine.states();
        let mut told: Option<Wanted> = None;
        loop {
            let state = states.borrow_and_update().clone();
            if let Some(reply) = outcome(&state, self.errand, self.engine.now()) {
                return Ok(self.instead(reply));
            }
            match wanted(&state.errand) {
                Some(_) if !self.there => self.engine.tell(Event::Cancelled).await?,
                Some(wanted) if wanted.question.is_none() => {
                    if told.as_ref() != Some(&wanted) {
                        self.there = self.line.send(&Reply::Wanted(wanted.clone())).await.is_ok();
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
                heard = self.heard.recv(), if self.there => {
                    self.there = matches!(heard, Some(Ok(Request::Cancel)));
                    self.engine.tell(Event::Cancelled).await?;
                }
            }
        }
    }

    /// Asks the command and waits until its answer has been taken.
    async fn ask(&mut self, wanted: Wanted) -> Result<(), Problem> {
        let notice = self.late.take().or(wanted.notice);
        let wanted = Wanted { notice, ..wanted };
        let (what, errand) = (wanted.what, self.errand);
        let (mut states, pc) = (self.engine.states(), self.engine.now());
        let given = match self.line.send(&Reply::Wanted(wanted)).await {
            Ok(()) => tokio::select! {
                given = self.heard.recv() => given,
                // It ended elsewhere: a terminal that nobody sits at keeps nobody from the next one.
                _ = states.wait_for(|state| outcome(state, errand, pc).is_some()) => return Ok(()),
            },
            Err(problem) => Some(Err(problem)),
        };
        self.there = matches!(given, Some(Ok(_)));
        let taken = match given {
            Some(Ok(request)) => answer(request, what, self.engine).await,
            None | Some(Err(_)) => Ok(false),
        };
        match taken {
            Ok(true) => {}
            Err(late) if late.code == Code::ANSWER_OUTDATED => self.late = Some(late),
            // A command that has gone, gave up or sent nonsense: nobody will type this PIN.
            Ok(false) | Err(_) if self.engine.state().newest() == self.errand => {
                self.refused = taken.err();
                self.engine.tell(Event::Cancelled).await?;
            }
            // Somebody else's sign-in is not for us to end.
            Ok(false) | Err(_) => self.refused = taken.err(),
        }
        self.engine.settle().await
    }

    /// A sign-in that ended because of an answer that was none, or came too late, says that, not "cancelled".
    fn instead(self, reply: Reply) -> Reply {
        match (reply, self.refused.or(self.late)) {
            (Reply::Failed(problem), Some(refused)) if problem.code == Code::PIN_CANCELLED => {
                Reply::Failed(refused)
            }
            (reply, _) => reply,
        }
    }
}

/// What a sign-in came to; none while it goes on. A session that was open before is no success of it.
pub(super) fn outcome(state: &State, errand: ErrandId, pc: Moment) -> Option<Reply> {
    let made = state.session.open().filter(|open| open.errand == Some(errand));
    if let Some(problem) = state.failure_of(errand) {
        return Some(Reply::Failed(problem.clone()));
    }
    match (&state.errand, made) {
        (_, Some(open)) => {
            let mut warnings = state.said(pc);
            let now = state.platform_moment(pc);
            warnings.extend(goes_on(open, now).or_else(|| often(state, open, now)));
            Some(Reply::SignedIn { lease: LeaseView::from(open), warnings })
        }
        (going, None) if going.busy() && state.newest() == errand => None,
        // Given up, perhaps for another one that is under way by now.
        (_, None) => Some(Reply::Failed(Code::PIN_CANCELLED.into())),
    }
}

/// A session without the card that was opened again lasts no longer for it: what is left of the twelve hours is told.
fn goes_on(open: &OpenSession, now: Moment) -> Option<Problem> {
    let again = open.exception.as_ref().filter(|exception| exception.id != open.lease.id);
    again.map(|_| {
        Problem::new(Code::EXCEPTION_GOES_ON).with("minutes", open.left(now).as_mins()).with("way", "left")
    })
}

/// A session without the card that is no exception any more is told as that (D-15). It never blocks.
fn often(state: &State, open: &OpenSession, now: Moment) -> Option<Problem> {
    open.exception.as_ref()?;
    let limits = Limits::USUAL;
    let (way, uses) = match state.uses.habit(&open.lease.person.slot, &limits, now)? {
        Habit::InARow(uses) => ("row", uses),
        Habit::Often(uses) => ("often", uses),
    };
    Some(Problem::new(Code::EXCEPTION_OFTEN).with("way", way).with("uses", uses).with("days", limits.days))
}

fn wanted(errand: &Errand) -> Option<Wanted> {
    let of = |asking: &Asking, what| Wanted {
        what,
        question: errand.question(),
        holder: asking.face.holder.clone(),
        tries: asking.face.tries,
        notice: asking.notice.clone(),
        again: asking.again.is_some(),
    };
    match errand {
        Errand::Pin(asking) if asking.needs_consent() => Some(of(asking, What::Consent)),
        Errand::Pin(asking) if asking.face.keypad => Some(of(asking, What::KeypadChoice)),
        Errand::Pin(asking) => Some(of(asking, What::Pin)),
        Errand::Password { asking, .. } => Some(of(asking, What::Password)),
        Errand::Keystore(keyed) => Some(Wanted {
            what: What::Password,
            question: errand.question(),
            holder: keyed.holder.clone().unwrap_or_default(),
            tries: relais_core::card::Tries::Unknown,
            notice: keyed.notice.clone(),
            again: false,
        }),
        Errand::Requesting(asking) if asking.on_keypad => Some(of(asking, What::Keypad)),
        Errand::Waiting { problem, .. } => Some(Wanted {
            what: What::Card,
            question: None,
            holder: String::new(),
            tries: relais_core::card::Tries::Unknown,
            notice: Some(problem.clone()),
            again: false,
        }),
        _ => None,
    }
}

/// Hands an answer on; `false` when it is none to what was asked.
///
/// # Errors
/// [`Code::ANSWER_OUTDATED`] when it is an answer to an older question; what cannot be a PIN or a password at all.
async fn answer(given: Request, what: What, engine: &Handle) -> Result<bool, Problem> {
    match (given, what) {
        (Request::Pin { question, digits }, What::Pin) => {
            engine.give_pin(question, digits.pin()?).await?;
        }
        (Request::Password { question, text }, What::Password) => {
            engine.give_password(question, text.password()?, false).await?;
        }
        (Request::Consent { question }, What::Consent) => engine.consent(question).await?,
        (Request::Keypad { question }, What::KeypadChoice) => engine.use_keypad(question).await?,
        (Request::TypeHere { question }, What::KeypadChoice) => engine.type_instead(question).await?,
        _ => return Ok(false),
    }
    Ok(true)
}
