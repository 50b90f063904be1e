//! `person list` and `person forget`: who this PC knows, and that it knows them no more.

use relais_core::Problem;
use relais_store::Reader;
use serde_json::json;

use crate::arguments::{Options, People};
use crate::outcome::{Outcome, texts};
use crate::{context, plain, session};

pub async fn run(options: &Options, command: &People) -> Result<Outcome, Problem> {
    match command {
        People::List => list(options),
        People::Forget { person } => session::forget(options, person.as_ref()).await,
    }
}

fn list(options: &Options) -> Result<Outcome, Problem> {
    let profile = context::profile(options)?;
    let folders = context::folders_to_look(options, &profile)?;
    let reader = Reader::open(&folders.environment).map_err(|error| error.problem())?;
    let people = reader.map_or_else(|| Ok(vec![]), |reader| reader.names());
    let people = people.map_err(|error| error.problem())?;
    let texts = texts(options);
    let name = |name: &str| {
        if name.is_empty() { texts.get("person-unnamed", &[]) } else { relais_core::code::clean(name) }
    };
    let rows: Vec<_> =
        people.iter().map(|person| vec![name(&person.name), person.slot.as_str().to_owned()]).collect();
    let text = if rows.is_empty() { texts.get("person-none", &[]) } else { plain::columns(&rows) };
    Outcome::new(&json!({ "people": people }), text)
}
