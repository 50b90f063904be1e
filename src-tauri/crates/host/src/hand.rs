//! The hand in a sandbox: turns its clocks, takes zones and services away, spoils its list, plays its scenarios, and pulls the
//! card from its virtual reader. The window and `relaisctl` use the same one. Source: docs/reference/sandbox.md, 9 and 12.

mod page;
#[cfg(test)]
mod tests;
pub mod world;

use jiff::civil::{Time, time};
use jiff::{SignedDuration, Timestamp, Zoned};
use relais_core::environment::EnvironmentClass;
use relais_core::{Code, Problem};
use relais_ehealth::transport::Verb;
use relais_engine::view::sandbox::{SandboxForm, SandboxList, SandboxZone};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::profile::Profile;
use crate::turned::{Line, silent};
use crate::when;
use world::{Look, World};

pub use page::view;

/// How long a service works, and then fails, that comes and goes: in half an hour often enough to be called unstable.
pub const FLAPS: u32 = 240;

/// When a morning begins, in Belgium.
const MORNING: Time = time(8, 0, 0, 0);

/// Which clocks of a sandbox are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clocks {
    /// Time passes for everybody.
    All,
    /// Somebody sets the wall clock of the PC.
    Wall,
    /// The time since the PC started.
    Boot,
    /// The time the platform lives by.
    Trusted,
}

/// What a service does at one of its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// It answers.
    Works,
    /// It answers that it is out of order.
    Fails,
    /// It works for so long and fails for as long, again and again.
    Flaps {
        /// How long.
        seconds: u32,
    },
}

/// What the clocks of a sandbox say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hands {
    /// The wall clock of the PC.
    pub wall: Timestamp,
    /// What the platform takes for the time.
    pub trusted: Timestamp,
    /// Time since the PC started, in milliseconds.
    pub boot_ms: i64,
    /// How often somebody has turned them.
    pub turns: u64,
}

/// Whoever may read the token file that a profile of class sandbox names.
pub struct Hand {
    line: Line,
}

impl Hand {
    /// The hand in the sandbox of a profile.
    ///
    /// # Errors
    /// [`Code::USAGE`] where the profile leads to no sandbox with a control endpoint, [`Code::PROFILE_INVALID`] where
    /// what it says of one is wrong.
    pub fn of(profile: &Profile) -> Result<Self, Problem> {
        match &profile.sandbox {
            Some(control) if profile.class == EnvironmentClass::Sandbox => {
                Ok(Self { line: Line::to(profile, control)? })
            }
            _ => Err(Problem::new(Code::USAGE)
                .with("environment", &profile.name)
                .with("reason", "only-for-a-sandbox")),
        }
    }

    /// Everything that the hand can change, as it is now.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn look(&self) -> Result<World, Problem> {
        let told = self.line.look("/v1/look").await?;
        let look: Look = serde_json::from_slice(&told).map_err(|_| silent(Code::STS_BAD_RESPONSE))?;
        Ok(look.into())
    }

    /// Turns clocks, and tells what they say then.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn turn(&self, clocks: Clocks, by: SignedDuration) -> Result<Hands, Problem> {
        let ms = i64::try_from(by.as_millis())
            .map_err(|_| Problem::new(Code::USAGE).with("reason", "no-stretch"))?;
        let turn = match clocks {
            Clocks::All => json!({ "wall_ms": ms, "boot_ms": ms, "trusted_ms": ms }),
            Clocks::Wall => json!({ "wall_ms": ms }),
            Clocks::Boot => json!({ "boot_ms": ms }),
            Clocks::Trusted => json!({ "trusted_ms": ms }),
        };
        let told = self.told(Verb::Post, "/v1/clock/turn", &turn).await?;
        serde_json::from_slice(&told).map_err(|_| silent(Code::STS_BAD_RESPONSE))
    }

    /// The sign-in service goes, or comes back; whatever faults were planned are planned no more.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn service_is_there(&self, there: bool) -> Result<(), Problem> {
        let plans = if there { json!([]) } else { json!([{ "fault": { "kind": "refuse-connections" } }]) };
        self.told(Verb::Put, "/v1/faults", &plans).await.map(drop)
    }

    /// The card is pulled from the only virtual reader, or put back.
    ///
    /// # Errors
    /// [`Code::SANDBOX_HAND_REFUSED`] where there is no such reader, or the card is not where it would have to be.
    pub async fn card_is_there(&self, there: bool) -> Result<(), Problem> {
        let act = if there { "put-back" } else { "pull" };
        self.told(Verb::Post, "/v1/readers", &json!({ "act": act })).await.map(drop)
    }

    /// Time passes for everybody until the next morning.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn turn_to_morning(&self) -> Result<Hands, Problem> {
        let by = until_morning(self.look().await?.hands.wall);
        self.turn(Clocks::All, by).await
    }

    /// The list places a service in a zone.
    ///
    /// # Errors
    /// [`Code::SANDBOX_HAND_REFUSED`] where it has no address there or is in no list.
    pub async fn publish(&self, service: &str, zone: SandboxZone) -> Result<(), Problem> {
        self.act(json!({ "publish": { "service": service, "zone": zone } })).await
    }

    /// The list places every service in a zone that has an address there.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn publish_all(&self, zone: SandboxZone) -> Result<(), Problem> {
        self.act(json!({ "publish-all": zone })).await
    }

    /// A service works, fails, or comes and goes in a zone.
    ///
    /// # Errors
    /// [`Code::SANDBOX_HAND_REFUSED`] where it has no address there.
    pub async fn service_does(&self, service: &str, zone: SandboxZone, doing: Doing) -> Result<(), Problem> {
        let place = json!({ "service": service, "zone": zone });
        // Whatever was the matter with it ends: it is one thing or the other.
        self.act(json!({ "mend": place })).await?;
        match doing {
            Doing::Works => Ok(()),
            Doing::Fails => self.act(json!({ "break": place })).await,
            Doing::Flaps { seconds } => {
                self.act(json!({ "flap": { "service": service, "zone": zone, "seconds": seconds } })).await
            }
        }
    }

    /// A zone is lost, or comes back.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn zone_is_there(&self, zone: SandboxZone, there: bool) -> Result<(), Problem> {
        self.act(if there { json!({ "restore": zone }) } else { json!({ "lose": zone }) }).await
    }

    /// The list is served so.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn list_is(&self, state: SandboxList) -> Result<(), Problem> {
        self.act(json!({ "list": state })).await
    }

    /// The list is written in this version of its schema.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn list_is_written(&self, form: SandboxForm) -> Result<(), Problem> {
        self.act(json!({ "form": form })).await
    }

    /// A scenario begins, with zones, services and list as usual.
    ///
    /// # Errors
    /// [`Code::SANDBOX_HAND_REFUSED`] where none has this name.
    pub async fn play(&self, name: &str) -> Result<(), Problem> {
        self.told(Verb::Post, "/v1/scenarios", &json!({ "play": name })).await.map(drop)
    }

    /// Time passes for everybody until the next step of the scenario.
    ///
    /// # Errors
    /// [`Code::SANDBOX_HAND_REFUSED`] where none is being played.
    pub async fn next(&self) -> Result<(), Problem> {
        self.told(Verb::Post, "/v1/scenarios", &json!("next")).await.map(drop)
    }

    /// A scenario ends; zones, services and list are as usual.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn stop(&self) -> Result<(), Problem> {
        self.told(Verb::Post, "/v1/scenarios", &json!("stop")).await.map(drop)
    }

    /// Everything is as usual: no scenario, no fault, every zone, service and list, and the card in its reader. The clocks
    /// stay as they are: time that has passed does not come back.
    ///
    /// # Errors
    /// [`Code::SANDBOX_CLOCK`] where the sandbox does not answer.
    pub async fn as_usual(&self) -> Result<(), Problem> {
        self.stop().await?;
        self.service_is_there(true).await?;
        if self.look().await?.card == Some(false) { self.card_is_there(true).await } else { Ok(()) }
    }

    async fn act(&self, act: serde_json::Value) -> Result<(), Problem> {
        self.told(Verb::Post, "/v1/continuity", &act).await.map(drop)
    }

    async fn told(&self, verb: Verb, path: &str, what: &serde_json::Value) -> Result<Vec<u8>, Problem> {
        match self.line.tell(verb, path, what.to_string()).await? {
            Ok(told) => Ok(told.to_vec()),
            Err(status) => Err(Problem::new(Code::SANDBOX_HAND_REFUSED).with("reason", reason(path, status))),
        }
    }
}

/// Why the sandbox cannot do something, by what it was asked and how it said so.
fn reason(path: &str, status: u16) -> &'static str {
    match (path, status) {
        ("/v1/continuity", _) => "no-address-there",
        ("/v1/scenarios", 404) => "no-such-scenario",
        ("/v1/scenarios", _) => "nothing-plays",
        (_, 404) => "no-virtual-reader",
        _ => "card-already-so",
    }
}

/// How long it is until the next morning.
fn until_morning(wall: Timestamp) -> SignedDuration {
    let now = wall.to_zoned(when::zone());
    let morning = |day: Zoned| day.with().time(MORNING).build().ok();
    let days = [Some(now.clone()), now.tomorrow().ok()];
    let coming = days.into_iter().flatten().filter_map(morning).find(|morning| *morning > now);
    coming.map_or(SignedDuration::from_hours(24), |morning| morning.duration_since(&now))
}
