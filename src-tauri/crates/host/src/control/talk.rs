//! One conversation with one command.

use relais_core::secret::{Password, Pin};
use relais_core::session::{Ask, Asking, Errand, Event, State};
use relais_core::{Code, Problem};
use relais_engine::Handle;
use tokio::io::{AsyncRead, AsyncWrite};
use zeroize::Zeroizing;

use super::{Reply, Request, Wanted, What, receive, send};
use crate::lease_view::LeaseView;

/// Attends to a command until it goes.
///
/// # Errors
/// When it sends what is no frame; then the conversation is over.
pub async fn attend<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, engine: Handle) -> Result<(), Problem> {
    while let Some(request) = receive::<Request>(&mut stream).await? {
        let reply = match request {
            Request::Show => Reply::Session(session(&engine.state())),
            Request::End => end(&engine).await,
            Request::SignIn { means, quality, reader, answers } => {
                let ask = Ask { means, quality, reader };
                match engine.sign_in(ask).await {
                    Ok(()) => follow(&mut stream, &engine, answers).await?,
                    Err(problem) => Reply::Failed(problem),
                }
            }
            // An answer to nothing: the sign-in it was for is over.
            Request::Pin(_) | Request::Password(_) | Request::Consent | Request::Cancel => continue,
        };
        send(&mut stream, &reply).await?;
    }
    Ok(())
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

/// Follows a sign-in to its end, asking the command for what is wanted.
async fn follow<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    engine: &Handle,
    answers: bool,
) -> Result<Reply, Problem> {
    let mut states = engine.states();
    let mut told: Option<Wanted> = None;
    loop {
        let state = states.borrow_and_update().clone();
        if let Some(reply) = outcome(&state) {
            return Ok(reply);
        }
        match wanted(&state.errand).filter(|_| answers) {
            Some(wanted) if matches!(wanted.what, What::Keypad | What::Card) => {
                if told.as_ref() != Some(&wanted) {
                    send(stream, &Reply::Wanted(wanted.clone())).await?;
                    told = Some(wanted);
                }
            }
            Some(wanted) => {
                ask(stream, engine, wanted).await?;
                continue;
            }
            None => told = None,
        }
        if states.changed().await.is_err() {
            return Ok(Reply::Failed(Code::ENGINE_STOPPED.into()));
        }
    }
}

/// Asks the command and waits until its answer has been taken.
async fn ask<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    engine: &Handle,
    wanted: Wanted,
) -> Result<(), Problem> {
    send(stream, &Reply::Wanted(wanted)).await?;
    // A command that has gone, gave up or sent nonsense: nobody will type this PIN.
    if !matches!(answer(receive(stream).await, engine).await, Ok(true)) {
        engine.tell(Event::Cancelled).await?;
    }
    engine.settle().await
}

fn outcome(state: &State) -> Option<Reply> {
    match (&state.errand, session(state)) {
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

/// Hands an answer on; `false` when there is none.
async fn answer(given: Result<Option<Request>, Problem>, engine: &Handle) -> Result<bool, Problem> {
    match given? {
        Some(Request::Pin(digits)) => {
            let pin = Pin::from_ascii(digits.as_bytes()).map_err(|_| Problem::new(Code::PIN_FORMAT))?;
            engine.give_pin(pin).await?;
        }
        Some(Request::Password(text)) => {
            let password = password(text)?;
            engine.give_password(password, false).await?;
        }
        Some(Request::Consent) => engine.tell(Event::Consented).await?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn password(mut text: Zeroizing<String>) -> Result<Password, Problem> {
    Password::take(std::mem::take(&mut *text)).map_err(|_| Code::KEYSTORE_PASSWORD_WRONG.into())
}
