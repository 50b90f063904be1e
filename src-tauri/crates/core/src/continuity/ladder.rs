//! The levels of one function: which one is in force, what it rests on, and what comes after it.
//!
//! A level that a person has to bring about is in force only when every one before it is surely out; what nobody knows
//! never sends anybody to paper.

use serde::{Deserialize, Serialize};

/// Something that holds or does not, and that levels rest on. Source: catalogue/services.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The function works through the platform, in whatever zone.
    PlatformRouteOk,
    /// The platform's own service runs from its backup zone.
    FailoverActive,
    /// The function works by calling MyCareNet directly.
    MycarenetRouteOk,
    /// Vitalink answers. Its address is not public: where the environment does not name it, only the person can tell.
    VitalinkOk,
    /// A session is open.
    TokenValid,
    /// Reader and card are there and the PIN is not blocked.
    EidLoginPossible,
    /// A valid keystore of this person was found.
    KeystoreAvailable,
    /// The key that is needed lies in the cache.
    EtkInCache,
    /// Provider or patient belongs to the Flemish Region.
    FlemishRegion,
    /// The medical package has a tariff module of its own.
    ModuleAvailable,
    /// The patient's insurability was consulted electronically by this provider before.
    PatientRegular,
    /// That consultation is less than 30 days old.
    #[serde(rename = "insurability_age_lt_30_days")]
    InsurabilityRecent,
    /// The provider knows and trusts the patient.
    PatientKnown,
    /// The provider doubts what the patient says.
    InsurabilityInDoubt,
    /// The medical package holds a history for this patient.
    HistoryAvailable,
}

/// Who can tell a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Teller {
    /// The list, a probe or a call.
    Signal,
    /// This PC itself.
    Local,
    /// Set once.
    Setting,
    /// The person in front of the patient, where no signal tells it; it is asked, used and forgotten.
    Person,
}

impl Fact {
    /// Its name in the catalogue.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PlatformRouteOk => "platform_route_ok",
            Self::FailoverActive => "failover_active",
            Self::MycarenetRouteOk => "mycarenet_route_ok",
            Self::VitalinkOk => "vitalink_ok",
            Self::TokenValid => "token_valid",
            Self::EidLoginPossible => "eid_login_possible",
            Self::KeystoreAvailable => "keystore_available",
            Self::EtkInCache => "etk_in_cache",
            Self::FlemishRegion => "flemish_region",
            Self::ModuleAvailable => "module_available",
            Self::PatientRegular => "patient_regular",
            Self::InsurabilityRecent => "insurability_age_lt_30_days",
            Self::PatientKnown => "patient_known",
            Self::InsurabilityInDoubt => "insurability_in_doubt",
            Self::HistoryAvailable => "history_available",
        }
    }

    /// Who can tell it.
    #[must_use]
    pub fn teller(self) -> Teller {
        use Fact::*;
        match self {
            PlatformRouteOk | FailoverActive | MycarenetRouteOk => Teller::Signal,
            TokenValid | EidLoginPossible | KeystoreAvailable | EtkInCache => Teller::Local,
            FlemishRegion | ModuleAvailable => Teller::Setting,
            VitalinkOk | PatientRegular | InsurabilityRecent | PatientKnown | InsurabilityInDoubt
            | HistoryAvailable => Teller::Person,
        }
    }
}

/// A fact that has to hold, or (`!fact`) must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Condition {
    /// Which.
    pub fact: Fact,
    /// Whether it has to hold.
    pub holds: bool,
}

/// No condition reads like that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no condition is called {0:?}")]
pub struct UnknownFact(String);

impl TryFrom<String> for Condition {
    type Error = UnknownFact;

    fn try_from(given: String) -> Result<Self, UnknownFact> {
        let (name, holds) = given.strip_prefix('!').map_or((given.as_str(), true), |name| (name, false));
        let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
        let fact = Fact::deserialize(name).map_err(|_| UnknownFact(given.clone()))?;
        Ok(Self { fact, holds })
    }
}

/// What is known of the facts; `None` is not known.
pub trait Known {
    /// Whether a fact holds.
    fn fact(&self, fact: Fact) -> Option<bool>;
}

impl<F: Fn(Fact) -> Option<bool>> Known for F {
    fn fact(&self, fact: Fact) -> Option<bool> {
        self(fact)
    }
}

/// How one level stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// What it rests on holds, and every level before it is out: this is what to do now.
    InForce,
    /// It would be in force if the person in front of the patient says so.
    IfYouSay,
    /// Something it rests on does not hold.
    Out,
    /// A level before it is in force, or may be.
    Later,
    /// What it rests on is not known, so nothing is claimed.
    Unknown,
}

/// One level, as far as the rules are concerned.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rung {
    /// Its place; two of the same place are alternatives between which the person chooses.
    pub order: u32,
    /// What it rests on.
    pub when: Vec<Condition>,
}

/// How each of these levels stands. They are given by their `order`.
#[must_use]
pub fn standings(rungs: &[Rung], known: &impl Known) -> Vec<Standing> {
    let mut all = vec![Standing::Later; rungs.len()];
    let mut orders: Vec<_> = rungs.iter().map(|rung| rung.order).collect();
    orders.sort_unstable();
    orders.dedup();
    for order in orders {
        let mut reached = false;
        for (standing, rung) in all.iter_mut().zip(rungs).filter(|(_, rung)| rung.order == order) {
            *standing = alone(rung, known);
            // What only the person knows does not bar the way: it is offered beside what follows.
            reached |= matches!(standing, Standing::InForce | Standing::Unknown);
        }
        if reached {
            break;
        }
    }
    all
}

fn alone(rung: &Rung, known: &impl Known) -> Standing {
    let answers = rung.when.iter().map(|condition| {
        (condition.fact.teller(), known.fact(condition.fact).map(|holds| holds == condition.holds))
    });
    let mut standing = Standing::InForce;
    for (teller, answer) in answers {
        standing = match (answer, teller, standing) {
            (Some(false), ..) => return Standing::Out,
            (Some(true), _, so_far) => so_far,
            (None, Teller::Person, Standing::InForce) => Standing::IfYouSay,
            (None, Teller::Person, so_far) => so_far,
            (None, ..) => Standing::Unknown,
        };
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rung(order: u32, when: &[&str]) -> Rung {
        let when = when.iter().map(|name| Condition::try_from((*name).to_owned()).unwrap()).collect();
        Rung { order, when }
    }

    /// The levels of insurability, as catalogue/services.toml has them.
    fn insurability() -> Vec<Rung> {
        let out = ["!platform_route_ok", "!mycarenet_route_ok"];
        vec![
            rung(0, &["platform_route_ok"]),
            rung(1, &["!platform_route_ok", "mycarenet_route_ok"]),
            rung(2, &[out[0], out[1], "patient_regular", "insurability_age_lt_30_days"]),
            rung(3, &[out[0], out[1], "patient_known", "!insurability_in_doubt"]),
            rung(3, &out),
        ]
    }

    fn stand(facts: &[(Fact, bool)]) -> Vec<Standing> {
        let known = |fact| facts.iter().find(|(known, _)| *known == fact).map(|(_, holds)| *holds);
        standings(&insurability(), &known)
    }

    #[test]
    fn the_first_level_that_holds_is_in_force_and_the_others_wait() {
        use Standing::*;
        assert_eq!(stand(&[(Fact::PlatformRouteOk, true)]), [InForce, Later, Later, Later, Later]);
        let direct = [(Fact::PlatformRouteOk, false), (Fact::MycarenetRouteOk, true)];
        assert_eq!(stand(&direct), [Out, InForce, Later, Later, Later]);
    }

    #[test]
    fn what_only_the_person_knows_is_offered_beside_what_follows() {
        use Standing::*;
        let out = [(Fact::PlatformRouteOk, false), (Fact::MycarenetRouteOk, false)];
        assert_eq!(stand(&out), [Out, Out, IfYouSay, IfYouSay, InForce]);
        let regular = [(Fact::PatientRegular, true), (Fact::InsurabilityRecent, true)];
        assert_eq!(stand(&[out, regular].concat()), [Out, Out, InForce, Later, Later]);
    }

    #[test]
    fn what_nobody_knows_sends_nobody_to_paper() {
        use Standing::*;
        assert_eq!(stand(&[]), [Unknown, Later, Later, Later, Later]);
        assert_eq!(stand(&[(Fact::PlatformRouteOk, false)]), [Out, Unknown, Later, Later, Later]);
    }

    #[test]
    fn a_fact_is_called_as_the_catalogue_writes_it() {
        for name in ["platform_route_ok", "insurability_age_lt_30_days", "etk_in_cache", "patient_regular"] {
            assert_eq!(Condition::try_from(name.to_owned()).unwrap().fact.name(), name);
        }
    }

    #[test]
    fn a_condition_that_does_not_exist_is_an_error() {
        assert_eq!(Condition::try_from("moon_full".to_owned()), Err(UnknownFact("moon_full".into())));
        let condition = Condition::try_from("!insurability_age_lt_30_days".to_owned()).unwrap();
        assert_eq!(condition, Condition { fact: Fact::InsurabilityRecent, holds: false });
    }

    proptest! {
        #[test]
        fn a_level_is_in_force_only_when_every_one_before_it_is_out_or_the_persons_to_say(
            facts in prop::collection::vec(prop::option::of(any::<bool>()), 6),
        ) {
            let of = |fact| match fact {
                Fact::PlatformRouteOk => facts[0],
                Fact::MycarenetRouteOk => facts[1],
                Fact::PatientRegular => facts[2],
                Fact::InsurabilityRecent => facts[3],
                Fact::PatientKnown => facts[4],
                _ => facts[5],
            };
            let (rungs, all) = (insurability(), standings(&insurability(), &of));
            for (rung, standing) in rungs.iter().zip(&all) {
                if *standing == Standing::InForce {
                    let before = rungs.iter().zip(&all).filter(|(other, _)| other.order < rung.order);
                    for (_, earlier) in before {
                        prop_assert!(matches!(earlier, Standing::Out | Standing::IfYouSay));
                    }
                }
            }
        }
    }
}
