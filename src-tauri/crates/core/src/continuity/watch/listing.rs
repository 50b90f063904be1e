//! What a look at the platform's list teaches, and which list is believed.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::super::list::{self, ServiceList};
use super::offline;
use super::pace::FAILED;
use super::{Chance, Effect, Held, Looked, State};
use crate::code::{Code, Problem};
use crate::time::Moment;

impl State {
    pub(super) fn list_looked(
        &mut self,
        looked: Looked,
        wait: Option<SignedDuration>,
        chance: Chance,
        now: Moment,
    ) -> Vec<Effect> {
        let good = matches!(looked, Looked::Same | Looked::New { .. });
        let reached = !matches!(looked, Looked::Unreached(_));
        self.chance = chance;
        self.list.looks += 1;
        self.list.look.done(good, wait, chance, now);
        let effects = match looked {
            Looked::Same => {
                self.list_is_good(now.wall);
                vec![]
            }
            Looked::New { list, hash, skipped } => self.list_came(list, hash, skipped, now),
            Looked::Refused(problem) => self.list_refused(problem),
            Looked::Failed(problem) | Looked::Unreached(problem) => {
                (self.list.problem, self.list.refused) = (Some(problem), false);
                vec![]
            }
        };
        self.heard_of(offline::LIST, reached, now);
        effects
    }

    fn list_is_good(&mut self, at: Timestamp) {
        (self.list.problem, self.list.refused, self.list.kept_problem) = (None, false, None);
        if let Some(held) = &mut self.list.held {
            held.answered_at = at;
        }
    }

    fn list_came(
        &mut self,
        fresh: Arc<ServiceList>,
        hash: String,
        skipped: usize,
        now: Moment,
    ) -> Vec<Effect> {
        let held = self.list.held.as_ref();
        let newest = held.map(|held| &*held.list).or(self.list.floor.as_deref());
        if let Err(refused) = list::accept(newest, &fresh) {
            let code = match refused {
                list::Refused::Older => Code::LIST_OLDER,
                list::Refused::Twin => Code::LIST_TWIN,
            };
            return self.list_refused(code.into());
        }
        let at = now.wall;
        // A new hash with the old document: what the hash announces has not come yet, and is asked for again.
        let same = held.filter(|held| held.list.digest == fresh.digest && held.hash.is_some());
        if same.is_some_and(|held| held.hash.as_ref() != Some(&hash)) {
            self.list_is_good(at);
            return vec![];
        }
        let digest = fresh.digest;
        self.list.held = Some(Held { list: fresh, hash: Some(hash.clone()), answered_at: at, skipped });
        self.list_is_good(at);
        vec![Effect::KeepList { digest, hash, at }]
    }

    fn list_refused(&mut self, problem: Problem) -> Vec<Effect> {
        let told = self.list.refused && self.list.problem.as_ref() == Some(&problem);
        (self.list.problem, self.list.refused) = (Some(problem.clone()), true);
        if told { vec![] } else { vec![Effect::ListRefused(problem)] }
    }

    /// A call failed: the list may know why. Not more often than a failed look is repeated.
    pub(super) fn list_wanted(&mut self) {
        self.list.look.wanted_after(FAILED);
    }
}
