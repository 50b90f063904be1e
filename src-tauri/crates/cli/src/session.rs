//! `sign-in` and the session: with the Relais that owns the folder, or with one in this process.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use relais_core::card::Tries;
use relais_core::environment::Quality;
use relais_core::lease::{HolderKey, Means, SlotId, Stored};
use relais_core::secret::Pin;
use relais_core::session::QuestionId;
use relais_core::session::exception::{self, Why};
use relais_core::{Code, Problem};
use relais_ehealth::claims::ClaimProfile;
use relais_engine::means_name;
use relais_host::clock::Time;
use relais_host::control::{self, Caller, Reception, Reply, Request, Wanted, What, hear, send};
use relais_host::file;
use relais_host::lease_view::LeaseView;
use relais_host::looking::look_by;
use relais_host::owner;
use relais_host::profile::Profile;
use relais_host::relais::{Running, start_briefly};
use relais_host::texts::Texts;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use zeroize::Zeroizing;

use crate::arguments::{Mode, Options, Reason, Secrets, Session, SignIn};
use crate::outcome::{Outcome, mistake, progress, tell, texts};
use crate::plain::{self, Page};
use crate::{context, person, plan};

/// How long a folder may be owned by somebody who does not listen: one who is just starting, or ending.
const PATIENCE: Duration = Duration::from_secs(20);
const AGAIN: Duration = Duration::from_millis(50);

/// Either way of speaking with a Relais.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

pub async fn run(options: &Options, command: &Session) -> Result<Outcome, Problem> {
    let (request, words) = match command {
        Session::Show { person } => (Request::Show { person: slot(person.as_ref())? }, "no-session"),
        Session::End { person } => (Request::End { person: slot(person.as_ref())? }, "signed-out"),
        Session::Renew { keystore, secrets } => return renew(options, keystore.as_deref(), secrets).await,
        Session::Plan { issued, expires } => return plan::run(options, issued, expires),
    };
    let profile = context::profile(options)?;
    match ask(options, profile, request, |_| Err(Code::INTERNAL.into())).await? {
        Reply::Session { session, warnings } => {
            let text = match &session {
                Some(lease) => said(&texts(options), lease),
                None => texts(options).get(words, &[]),
            };
            let mut outcome = Outcome::new(&json!({ "session": session }), text)?;
            outcome.warnings = warnings;
            Ok(outcome)
        }
        Reply::Failed(problem) => Err(problem),
        Reply::Wanted(_)
        | Reply::SignedIn { .. }
        | Reply::Forgotten { .. }
        | Reply::TimePutBack
        | Reply::ListLooked { .. }
        | Reply::CertificatesDecided { .. }
        | Reply::Alive => Err(Code::CONTROL_SOCKET.into()),
    }
}

/// Has everything of a person erased from this PC.
pub async fn forget(options: &Options, person: Option<SlotId>) -> Result<Outcome, Problem> {
    let request = Request::Forget { person };
    let profile = context::profile(options)?;
    match ask(options, profile, request, |_| Err(Code::INTERNAL.into())).await? {
        Reply::Forgotten { person } => {
            Outcome::new(&json!({ "forgotten": person }), texts(options).get("person-forgotten", &[]))
        }
        Reply::Failed(problem) => Err(problem),
        _ => Err(Code::CONTROL_SOCKET.into()),
    }
}

pub async fn sign_in(options: &Options, command: &SignIn) -> Result<Outcome, Problem> {
    let profile = context::profile(options)?;
    let means = match command.mode {
        Mode::Eid => Means::Eid,
        Mode::EidOnly => Means::EidOnly,
        Mode::Certificate => Means::Certificate,
        Mode::Fallback => Means::Fallback,
    };
    let quality = quality(command, means)?;
    let why = why(command, means)?;
    if let Some(file) = command.keystore.as_ref().filter(|_| means.needs_keystore()) {
        file::look(file)?;
    }
    let mut person = Asked::new(options, &command.secrets);
    person.look(means)?;
    let whose = slot(command.person.as_ref())?;
    let reader = options.reader.clone();
    let keystore = whole(command.keystore.as_deref());
    let request = Request::SignIn { means, quality, reader, person: whose, why, keystore, answers: true };
    let reply = ask(options, profile, request, |wanted| person.answer(wanted)).await?;
    opened(options, reply, &person)
}

/// The quality of a person; that of an organisation is told by its certificate and nobody else.
fn quality(command: &SignIn, means: Means) -> Result<Quality, Problem> {
    let Some(named) = &command.quality else { return Ok(Quality::doctor()) };
    if means == Means::Certificate {
        return Err(mistake("--quality", "quality-of-certificate"));
    }
    let quality = Quality::parse(named).map_err(|_| mistake("--quality", "no-quality"))?;
    match ClaimProfile::built_in(&quality) {
        Some(_) => Ok(quality),
        None => Err(Problem::new(Code::QUALITY_UNKNOWN).with("quality", quality.as_str())),
    }
}

/// A reason belongs to a session without the card, and to no other.
fn why(command: &SignIn, means: Means) -> Result<Option<Why>, Problem> {
    use exception::Reason as Named;
    let reason = command.reason.map(|reason| match reason {
        Reason::EidNotAtHand => Named::EidNotAtHand,
        Reason::TechnicalProblem => Named::TechnicalProblem,
    });
    match (means == Means::Fallback, reason) {
        (true, None) => Err(Problem::new(Code::REASON_WANTED)
            .with("option", "--reason")
            .with("possible", [Named::EidNotAtHand, Named::TechnicalProblem].map(Named::name).join(", "))),
        (false, Some(_)) => Err(mistake("--reason", "only-for-fallback")),
        (_, reason) => Ok(reason.map(|reason| Why { reason, note: command.note.clone() })),
    }
}

async fn renew(options: &Options, keystore: Option<&Path>, secrets: &Secrets) -> Result<Outcome, Problem> {
    let profile = context::profile(options)?;
    if let Some(file) = keystore {
        file::look(file)?;
    }
    let mut person = Asked::new(options, secrets);
    // A key that is open, or on the card, needs no password; an organisation needs nothing but that.
    let means = if secrets.password_fd.is_some() && secrets.pin_fd.is_none() && !person::present() {
        Means::Certificate
    } else {
        Means::EidOnly
    };
    if let Err(missing) = person.look(means) {
        match renewable(options, profile.clone()).await? {
            // Its key may be open; where it is not, its password is asked for and not given. Without a session the
            // request itself is told why there is none.
            Some(Means::Certificate) | None => {}
            Some(_) => return Err(missing),
        }
    }
    let keystore = whole(keystore);
    let request = Request::Renew { reader: options.reader.clone(), keystore, answers: true };
    let reply = ask(options, profile, request, |wanted| person.answer(wanted)).await?;
    opened(options, reply, &person)
}

/// A file by its whole path: whoever owns the folder works in another place than this command.
fn whole(file: Option<&Path>) -> Option<PathBuf> {
    // Without a folder of its own a command can only say what it was told.
    file.map(|file| std::path::absolute(file).unwrap_or_else(|_| file.to_owned()))
}

/// How the session in use was opened, where there is one and it can be renewed at all: what is missing for that matters
/// only then.
async fn renewable(options: &Options, profile: Profile) -> Result<Option<Means>, Problem> {
    let request = Request::Show { person: None };
    match ask(options, profile, request, |_| Err(Code::INTERNAL.into())).await? {
        Reply::Session { session: Some(lease), .. } if lease.mode == Means::Fallback => {
            Err(Code::NEVER_RENEWED.into())
        }
        Reply::Session { session, .. } => Ok(session.map(|lease| lease.mode)),
        Reply::Failed(problem) => Err(problem),
        _ => Err(Code::CONTROL_SOCKET.into()),
    }
}

fn opened(options: &Options, reply: Reply, person: &Asked<'_>) -> Result<Outcome, Problem> {
    match reply {
        Reply::SignedIn { lease, warnings } => {
            let text = said(&texts(options), &lease);
            let mut outcome = Outcome::new(&lease, text)?;
            outcome.warnings = warnings;
            Ok(outcome)
        }
        Reply::Failed(problem) if problem.code == Code::JUSTIFICATION_WANTED => {
            Err(problem.with("option", "--note"))
        }
        Reply::Failed(problem) => Err(person.instead(problem)),
        Reply::Wanted(_)
        | Reply::Session { .. }
        | Reply::Forgotten { .. }
        | Reply::TimePutBack
        | Reply::ListLooked { .. }
        | Reply::CertificatesDecided { .. }
        | Reply::Alive => Err(Code::CONTROL_SOCKET.into()),
    }
}

/// Puts the noted time back, where the sign-in service agrees.
pub async fn put_time_back(options: &Options) -> Result<Outcome, Problem> {
    let profile = context::profile(options)?;
    match ask(options, profile, Request::PutTimeBack, |_| Err(Code::INTERNAL.into())).await? {
        Reply::TimePutBack => {
            Outcome::new(&json!({ "put_back": true }), texts(options).get("time-put-back", &[]))
        }
        Reply::Failed(problem) => Err(problem),
        Reply::Wanted(_)
        | Reply::SignedIn { .. }
        | Reply::Session { .. }
        | Reply::Forgotten { .. }
        | Reply::ListLooked { .. }
        | Reply::CertificatesDecided { .. }
        | Reply::Alive => Err(Code::CONTROL_SOCKET.into()),
    }
}

/// What cannot be a slot is not repeated: it may be a number that nobody should have typed here.
pub fn slot(given: Option<&String>) -> Result<Option<SlotId>, Problem> {
    given.map(|given| SlotId::parse(given).map_err(|_| mistake("--person", "no-slot"))).transpose()
}

/// For a person: their own clock, to the minute. Scripts take --json.
fn said(texts: &Texts, lease: &LeaseView) -> String {
    let stored = match lease.stored {
        Stored::Os => "session-stored-os",
        Stored::File => "session-stored-file",
        Stored::Memory => "session-stored-memory",
    };
    let key = match lease.key {
        HolderKey::Unlocked => "session-key-unlocked",
        HolderKey::Locked => "session-key-locked",
        HolderKey::Card => "session-key-card",
    };
    let next = lease.next_attempt_at.map_or_else(|| texts.get("session-next-none", &[]), plain::moment);
    Page::new(texts)
        .titled(&lease.person.name)
        .line("session-until", &plain::moment(lease.ends_at))
        .line("session-since", &plain::moment(lease.issued_at))
        .line("session-next", &next)
        .line("session-environment", &lease.environment)
        .words("session-mode", &format!("session-mode-{}", means_name(lease.mode)))
        .words("session-stored", stored)
        .words("session-key", key)
        .line("session-slot", lease.person.slot.as_str())
        .text()
}

/// Has the conversation: with the owner of the folder if there is one, else with a Relais of our own.
pub async fn ask(
    options: &Options,
    profile: Profile,
    request: Request,
    mut answer: impl FnMut(&Wanted) -> Result<Option<Request>, Problem>,
) -> Result<Reply, Problem> {
    // Looking makes no folder.
    let folders = match &request {
        Request::Show { .. } => context::folders_to_look(options, &profile)?,
        _ => context::folders(options, &profile)?,
    };
    let signs_in = matches!(request, Request::SignIn { .. } | Request::Renew { .. });
    let started = Instant::now();
    loop {
        let heard = match control::connect(&folders).await {
            Some(mut owner) => talk(&mut owner, &request, &mut answer).await?,
            None if let Request::Show { person } = &request => match owner::taken(&folders.environment)? {
                // Somebody who is just starting, or ending, and may hold a session in memory.
                true => None,
                false => {
                    let place = context::place(options, &profile, &folders)?;
                    return look_by(&profile, place, person.clone()).await;
                }
            },
            None => {
                let time = Time::in_environment(&profile).await?;
                match start_briefly(context::parts(options, profile.clone(), time, signs_in)?).await {
                    Ok(running) => return own(options, running, &request, answer).await,
                    Err(problem) if problem.code == Code::ALREADY_OWNED => None,
                    Err(problem) => return Err(problem),
                }
            }
        };
        match heard {
            Some(Reply::Failed(problem)) if problem.code == Code::ALREADY_OWNED => {}
            Some(reply) => return Ok(reply),
            None => {}
        }
        if started.elapsed() > PATIENCE {
            return Err(owner::owned(&folders.environment));
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Has the conversation with a Relais in this process, which other commands find at the folder's socket meanwhile.
async fn own(
    options: &Options,
    running: Running,
    request: &Request,
    answer: impl FnMut(&Wanted) -> Result<Option<Request>, Problem>,
) -> Result<Reply, Problem> {
    let listening = control::serve_meanwhile(&running);
    let reception = match &listening {
        Ok(listening) => listening.reception(),
        Err(problem) => {
            tell(&texts(options), problem);
            Reception::of(&running)
        }
    };
    let (mut ours, theirs) = control::pipe();
    let attending =
        tokio::spawn(async move { reception.attend(theirs, Caller::Own, std::future::pending()).await });
    let reply = talk(&mut ours, request, answer).await;
    drop(ours);
    // What went wrong on their side is in our reply.
    let _ = attending.await.map_err(|_| Problem::new(Code::INTERNAL))?;
    if let Ok(listening) = listening {
        listening.close().await;
    }
    running.stop().await;
    reply?.map(ends_with_us).ok_or(Code::CONTROL_SOCKET.into())
}

/// A session in our memory is gone before anybody reads our last line.
fn ends_with_us(reply: Reply) -> Reply {
    match reply {
        Reply::SignedIn { lease, mut warnings } if lease.stored == Stored::Memory => {
            warnings.retain(|warning| warning.code != Code::SESSION_IN_MEMORY);
            warnings.push(Code::SESSION_WITH_COMMAND.into());
            Reply::SignedIn { lease, warnings }
        }
        reply => reply,
    }
}

/// `None` when the other side has gone before it answered anything: it has done nothing yet.
async fn talk(
    stream: &mut impl Stream,
    request: &Request,
    mut answer: impl FnMut(&Wanted) -> Result<Option<Request>, Problem>,
) -> Result<Option<Reply>, Problem> {
    let sent = send(stream, request).await;
    let mut heard = match sent {
        Ok(()) => match hear(stream).await {
            Err(problem) if problem.code == Code::OWNER_SILENT => return Err(problem),
            heard => heard.unwrap_or(None),
        },
        Err(_) => return Ok(None),
    };
    while let Some(Reply::Wanted(wanted)) = &heard {
        // A terminal blocks, and so may this: nothing else happens meanwhile.
        if let Some(given) = tokio::task::block_in_place(|| answer(wanted))? {
            send(stream, &given).await?;
        }
        heard = Some(hear(stream).await?.ok_or(Code::CONTROL_SOCKET)?);
    }
    Ok(heard)
}

/// Digits that can be a PIN at all.
fn checked(digits: &str) -> Result<(), Problem> {
    Pin::from_ascii(digits.as_bytes()).map(drop).map_err(|_| Code::PIN_FORMAT.into())
}

/// Where a person types their PIN.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    Reader,
    Here,
}

impl Place {
    /// Enter alone means the reader: this PC's keyboard has to be named.
    fn of(typed: &str, word: &str) -> Option<Self> {
        match typed.trim() {
            "" => Some(Self::Reader),
            named if named.eq_ignore_ascii_case(word) => Some(Self::Here),
            _ => None,
        }
    }
}

/// Who answers what is wanted: descriptors, or the person at the terminal.
struct Asked<'a> {
    secrets: &'a Secrets,
    texts: Texts,
    missing: Option<Problem>,
}

impl<'a> Asked<'a> {
    fn new(options: &Options, secrets: &'a Secrets) -> Self {
        Self { secrets, texts: texts(options), missing: None }
    }

    /// A secret that nobody can give is told before anything is sent to a card.
    fn look(&self, means: Means) -> Result<(), Problem> {
        match self.secrets.pin_fd.filter(|_| means.needs_card()) {
            Some(number) => drop(person::descriptor(number)?),
            None if person::present() || !means.needs_card() => {}
            None => return Err(Code::PIN_NOT_GIVEN.into()),
        }
        match self.secrets.password_fd.filter(|_| means.needs_keystore()) {
            Some(number) => drop(person::descriptor(number)?),
            None if person::present() || !means.needs_keystore() => {}
            None => return Err(Code::KEYSTORE_PASSWORD_NOT_GIVEN.into()),
        }
        Ok(())
    }

    fn answer(&mut self, wanted: &Wanted) -> Result<Option<Request>, Problem> {
        if let Some(notice) = &wanted.notice {
            // A descriptor holds one PIN for one try; nobody is there to type another.
            let spent = match wanted.what {
                What::Pin | What::Consent | What::KeypadChoice => self.secrets.pin_fd.is_some(),
                What::Password => self.secrets.password_fd.is_some(),
                // Nobody is there to put the card back.
                What::Card => !person::present(),
                What::Keypad => false,
            };
            if spent {
                self.missing = Some(notice.clone());
                return Ok(Some(Request::Cancel));
            }
            tell(&self.texts, notice);
        }
        match (wanted.what, wanted.question) {
            (What::Pin, Some(question)) => {
                self.pin(wanted).map(|digits| Some(Request::Pin { question, digits: digits.into() }))
            }
            (What::Password, Some(question)) => {
                self.password().map(|text| Some(Request::Password { question, text: text.into() }))
            }
            (What::Consent, Some(question)) => self.consent(question).map(Some),
            (What::KeypadChoice, Some(question)) => Ok(Some(self.place(question, wanted.notice.as_ref()))),
            (What::Keypad, _) => {
                progress(&self.texts.get("on-keypad", &[]));
                Ok(None)
            }
            // Nothing to send.
            (What::Card, _) | (_, None) => Ok(None),
        }
    }

    fn pin(&self, wanted: &Wanted) -> Result<Zeroizing<String>, Problem> {
        if wanted.again {
            progress(&self.texts.get("ask-again", &[]));
        }
        if let Some(number) = self.secrets.pin_fd {
            let digits = person::line(number, Code::PIN_NOT_GIVEN)?;
            return checked(&digits).map(|()| digits);
        }
        let tries = match wanted.tries {
            Tries::Left(n) => n.to_string(),
            Tries::Unknown => "unknown".to_owned(),
        };
        let prompt = self.texts.get("ask-pin", &[("holder", &wanted.holder), ("tries", &tries)]);
        loop {
            let digits = person::typed(&prompt, Code::PIN_NOT_GIVEN)?;
            match checked(&digits) {
                Ok(()) => return Ok(digits),
                // It never reaches the card: a slip of the keyboard costs nothing.
                Err(problem) => tell(&self.texts, &problem),
            }
        }
    }

    fn password(&self) -> Result<Zeroizing<String>, Problem> {
        match self.secrets.password_fd {
            Some(number) => person::line(number, Code::KEYSTORE_PASSWORD_NOT_GIVEN),
            None => person::typed(&self.texts.get("ask-password", &[]), Code::KEYSTORE_PASSWORD_NOT_GIVEN),
        }
    }

    /// The last try is never used by a program: only a person at a terminal can say that they are certain.
    fn consent(&mut self, question: QuestionId) -> Result<Request, Problem> {
        let typed = if self.secrets.pin_fd.is_some() {
            Err(Problem::new(Code::PIN_CONSENT_NEEDED))
        } else {
            person::typed(&self.texts.get("ask-consent", &[]), Code::PIN_CONSENT_NEEDED)
        };
        match typed {
            Ok(word) if person::is_the_word(&word, &self.texts.get("consent-word", &[])) => {
                Ok(Request::Consent { question })
            }
            _ => {
                self.missing = Some(Code::PIN_CONSENT_NEEDED.into());
                Ok(Request::Cancel)
            }
        }
    }

    /// The reader's keypad once more, unless the person says that they type here.
    fn place(&mut self, question: QuestionId, notice: Option<&Problem>) -> Request {
        let word = self.texts.get("keyboard-word", &[]);
        let prompt = self.texts.get("ask-keypad", &[("word", &word)]);
        loop {
            match person::typed(&prompt, Code::PIN_NOT_GIVEN).map(|typed| Place::of(&typed, &word)) {
                Ok(Some(Place::Reader)) => return Request::Keypad { question },
                Ok(Some(Place::Here)) => return Request::TypeHere { question },
                // Digits, perhaps: they were not asked for, and are gone.
                Ok(None) => progress(&self.texts.get("keyboard-unclear", &[("word", &word)])),
                // Nobody is there to type at either.
                Err(missing) => {
                    self.missing = Some(notice.cloned().unwrap_or(missing));
                    return Request::Cancel;
                }
            }
        }
    }

    /// A sign-in that was given up because of something says that, not "cancelled".
    fn instead(&self, problem: Problem) -> Problem {
        match &self.missing {
            Some(missing) if problem.code == Code::PIN_CANCELLED => missing.clone(),
            _ => problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_typed_on_this_pc_only_where_the_person_names_it() {
        assert_eq!(Place::of("", "PC"), Some(Place::Reader));
        for named in ["PC", "pc", " Pc\n"] {
            assert_eq!(Place::of(named, "PC"), Some(Place::Here), "{named:?}");
        }
        for other in ["pc?", "1234", "YES"] {
            assert_eq!(Place::of(other, "PC"), None, "{other}");
        }
    }
}
