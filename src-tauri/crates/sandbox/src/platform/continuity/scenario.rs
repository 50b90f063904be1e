//! Scenarios: files that say what happens to the platform and when, in turned time.
//!
//! They are read strictly: a key or a service that nobody knows is an error, since a step that silently does nothing would
//! show a good day for a bad one.

use std::sync::LazyLock;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::situation::{Act, Impossible};

/// What it is called, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// In Dutch.
    pub nl: String,
    /// In French.
    pub fr: String,
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// How long after the step before; the first one counts from the start.
    pub after: SignedDuration,
    /// What is done, in this order.
    #[serde(rename = "do")]
    pub acts: Vec<Act>,
}

/// A story in steps. It begins with everything as usual.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it is called.
    pub title: Title,
    /// Its steps.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// A file that is no scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// It is not written as one.
    #[error("{0}")]
    Unreadable(String),
    /// A step does what cannot be done.
    #[error("step {step}: {because}")]
    Impossible {
        /// Which, from 1.
        step: usize,
        /// Why not.
        #[source]
        because: Impossible,
    },
    /// A step comes before the one before it.
    #[error("step {step} lies before the one before it")]
    Backwards {
        /// Which, from 1.
        step: usize,
    },
    /// Nothing happens.
    #[error("nothing happens")]
    Empty,
}

impl Scenario {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ScenarioError`].
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let read: Self =
            toml::from_str(text).map_err(|error| ScenarioError::Unreadable(error.message().to_owned()))?;
        if read.steps.is_empty() {
            return Err(ScenarioError::Empty);
        }
        for (step, one) in (1..).zip(&read.steps) {
            if one.after.is_negative() {
                return Err(ScenarioError::Backwards { step });
            }
            let acts = one.acts.iter().try_for_each(Act::check);
            acts.map_err(|because| ScenarioError::Impossible { step, because })?;
        }
        Ok(read)
    }

    /// The moment of each step, counted from the start.
    pub fn moments(&self) -> impl Iterator<Item = (SignedDuration, &Step)> {
        self.steps.iter().scan(SignedDuration::ZERO, |at, step| {
            *at = at.saturating_add(step.after);
            Some((*at, step))
        })
    }

    /// One of those that come with the sandbox.
    #[must_use]
    pub fn built_in(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|(known, _)| *known == name).map(|(_, scenario)| scenario)
    }

    /// Those that come with the sandbox, by name.
    #[must_use]
    pub fn all() -> &'static [(&'static str, Self)] {
        &BUILT_IN
    }
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../scenarios/", $name, ".toml")))),*]
    };
}

static BUILT_IN: LazyLock<Vec<(&'static str, Scenario)>> = LazyLock::new(|| {
    let files = files![
        "recip-e-monday-morning",
        "sts-zone-lost",
        "everything-lost",
        "bad-list-signature",
        "flapping",
    ];
    let read = |text| Scenario::parse(text).expect("a test reads every scenario that comes along");
    files.map(|(name, text)| (name, read(text))).into()
});

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::situation::Situation;
    use super::*;

    #[test]
    fn every_scenario_can_be_played_to_its_end_and_leaves_all_well() {
        assert_eq!(Scenario::all().len(), 5);
        for (name, scenario) in Scenario::all() {
            let start = "2026-03-02T07:00:00Z".parse::<jiff::Timestamp>().unwrap();
            let mut situation = Situation::default();
            let mut eventful = false;
            for (after, step) in scenario.moments() {
                step.acts.iter().for_each(|act| situation.apply(act, start + after).unwrap());
                eventful |= situation != Situation::default();
            }
            assert!(eventful, "{name}: nothing happened");
            assert_eq!(situation, Situation::default(), "{name} does not tidy up");
            assert_eq!(situation.check(), Ok(()));
            let title = &scenario.title;
            assert!([&title.nl, &title.fr, &title.de, &title.en].iter().all(|words| !words.is_empty()));
        }
    }

    const TITLE: &str = "title = { nl = 'a', fr = 'b', de = 'c', en = 'd' }\n";

    #[test]
    fn what_is_not_known_is_an_error_and_not_a_step_that_does_nothing() {
        let parse = |rest: &str| Scenario::parse(&format!("{TITLE}{rest}"));
        assert!(parse("[[step]]\nafter = '5m'\ndo = [{ lose = 'main' }]").is_ok());
        for (rest, expected) in [
            ("[[step]]\nafter = '5m'\ndo = [{ loose = 'main' }]", "unknown variant"),
            ("[[step]]\nafter = '5m'\nthen = []\ndo = []", "unknown field"),
            ("speed = 2\n[[step]]\nafter = '5m'\ndo = []", "unknown field"),
            ("[[step]]\nafter = 'soon'\ndo = []", ""),
            ("[[step]]\nafter = '-5m'\ndo = []", "step 1 lies before"),
            ("step = []", "nothing happens"),
            (
                "[[step]]\nafter = '5m'\ndo = [{ break = { service = 'uddi:x', zone = 'main' } }]",
                "step 1: no service is called uddi:x",
            ),
        ] {
            let error = parse(rest).unwrap_err().to_string();
            assert!(error.contains(expected), "{rest}: {error}");
        }
    }
}
