//! `person list` and `person forget`: who this PC knows, and that it knows them no more.

use relais_core::lease::{Person, SlotId};
use relais_core::{Code, Problem};
use relais_host::texts::Texts;
use relais_store::Reader;
use serde_json::json;

use crate::arguments::{Options, People};
use crate::outcome::{Outcome, texts};
use crate::{context, person, plain, session};

pub async fn run(options: &Options, command: &People) -> Result<Outcome, Problem> {
    match command {
        People::List => list(options),
        People::Forget { person, yes } => {
            let slot = session::slot(person.as_ref())?;
            let known = known(options)?;
            if let Some(whom) = meant(&known, slot.as_ref(), *yes)? {
                consent(&texts(options), whom)?;
            }
            session::forget(options, slot).await
        }
    }
}

/// Who a forgetting is to be confirmed for; none where it was, or where nobody is known by that name, which is told later.
///
/// # Errors
/// Several are known and none was named. Nobody is guessed.
fn meant<'a>(known: &'a [Person], named: Option<&SlotId>, yes: bool) -> Result<Option<&'a Person>, Problem> {
    let whom = match named {
        Some(slot) => known.iter().find(|person| person.slot == *slot),
        None if known.len() > 1 => {
            let choices = known.iter().map(|it| format!("{} {}", it.slot.as_str(), it.name));
            let choices = choices.map(|it| it.trim_end().to_owned()).collect::<Vec<_>>().join("; ");
            let unclear = Problem::new(Code::FORGETTING_UNCLEAR).with("option", "--person");
            return Err(unclear.with("reason", "several-people").with("choices", choices));
        }
        None => known.first(),
    };
    Ok(whom.filter(|_| !yes))
}

/// What is erased does not come back: a person at a terminal says that it is meant. A script was told to.
fn consent(texts: &Texts, whom: &Person) -> Result<(), Problem> {
    if !person::present() {
        return Ok(());
    }
    let word = texts.get("consent-word", &[]);
    let prompt = texts.get("ask-forget", &[("holder", &called(texts, whom)), ("word", &word)]);
    let typed = person::typed(&prompt, Code::FORGETTING_UNCLEAR)?;
    let unmeant =
        || Problem::new(Code::FORGETTING_UNCLEAR).with("option", "--yes").with("reason", "not-confirmed");
    if person::is_the_word(&typed, &word) { Ok(()) } else { Err(unmeant()) }
}

fn known(options: &Options) -> Result<Vec<Person>, Problem> {
    let profile = context::profile(options)?;
    let folders = context::folders_to_look(options, &profile)?;
    let reader = Reader::open(&folders.environment).map_err(|error| error.problem())?;
    let people = reader.map_or_else(|| Ok(vec![]), |reader| reader.names());
    people.map_err(|error| error.problem())
}

fn called(texts: &Texts, person: &Person) -> String {
    match person.name.as_str() {
        "" => texts.get("person-unnamed", &[]),
        name => relais_core::code::clean(name),
    }
}

fn list(options: &Options) -> Result<Outcome, Problem> {
    let people = known(options)?;
    let texts = texts(options);
    let rows: Vec<_> =
        people.iter().map(|person| vec![called(&texts, person), person.slot.as_str().to_owned()]).collect();
    let text = if rows.is_empty() { texts.get("person-none", &[]) } else { plain::columns(&rows) };
    Outcome::new(&json!({ "people": people }), text)
}
