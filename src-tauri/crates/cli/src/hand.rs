//! `sandbox turn`, `sandbox outage` and `sandbox card pull|put`: the hand in a sandbox that runs.

use jiff::SignedDuration;
use relais_core::Problem;
use relais_host::hand::{Clocks, Hand};
use relais_host::profile::Profile;
use serde_json::json;

use crate::arguments::{CardHand, Options, Switch, WhichClock};
use crate::context;
use crate::outcome::{Outcome, mistake, texts};
use crate::plain::{self, Page};

/// The stretch until eight o'clock of the next morning in Belgium.
const MORNING: &str = "morning";

/// Beyond that no certificate of an invented world is of any use, and no clock comes back by hand.
const FARTHEST: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);

/// Turns clocks.
pub async fn turn(options: &Options, given: &str, clock: WhichClock) -> Result<Outcome, Problem> {
    let clocks = match clock {
        WhichClock::All => Clocks::All,
        WhichClock::Wall => Clocks::Wall,
        WhichClock::Boot => Clocks::Boot,
        WhichClock::Trusted => Clocks::Trusted,
    };
    let hands = match given {
        MORNING if clocks == Clocks::All => hand(options)?.turn_to_morning().await?,
        _ => {
            let by = given.parse::<SignedDuration>();
            let by = by.map_err(|_| mistake("DURATION", "no-stretch").with("value", given))?;
            if by.abs() > FARTHEST {
                return Err(mistake("DURATION", "too-far").with("value", given));
            }
            hand(options)?.turn(clocks, by).await?
        }
    };
    let texts = texts(options);
    let page = Page::new(&texts).line("sandbox-wall", &plain::exactly(hands.wall));
    let text = page.line("sandbox-trusted", &plain::exactly(hands.trusted)).text();
    Outcome::new(&hands, text)
}

/// Takes the sign-in service away, or brings it back.
pub async fn outage(options: &Options, outage: Switch) -> Result<Outcome, Problem> {
    let away = outage == Switch::On;
    hand(options)?.service_is_there(!away).await?;
    let words = if away { "sandbox-outage-on" } else { "sandbox-outage-off" };
    Outcome::new(&json!({ "outage": away }), texts(options).get(words, &[]))
}

/// Pulls the card, or puts it back.
pub async fn card(options: &Options, act: CardHand) -> Result<Outcome, Problem> {
    let there = act == CardHand::Put;
    hand(options)?.card_is_there(there).await?;
    let words = if there { "sandbox-card-put" } else { "sandbox-card-pulled" };
    Outcome::new(&json!({ "card": there }), texts(options).get(words, &[]))
}

/// That of the sandbox that was named, else of the window's: these commands mean no other environment.
pub fn hand(options: &Options) -> Result<Hand, Problem> {
    let named = options.profile.is_some() || options.environment.is_some();
    let profile: Profile =
        if named { context::profile(options)? } else { context::profile_of_window_sandbox(options)? };
    Hand::of(&profile)
}
