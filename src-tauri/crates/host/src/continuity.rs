//! Watches the platform's services: joins the rules of the core to the list, the probes, the calls of this PC and the disk.
//!
//! The list is public; what makes it count is its signature, which is verified anew when it is read from the disk.

mod announced;
mod facts;
mod kept;
mod looks;
mod notes;
mod plan;
mod recent;
mod sentence;
pub mod view;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Weak};
use std::time::Duration;

use jiff::SignedDuration;
use relais_core::code::{clean, without_numbers};
use relais_core::continuity::announced::Announced;
use relais_core::continuity::list::{ServiceKey, ServiceList};
use relais_core::continuity::route::{By, Manual};
use relais_core::continuity::watch::{Event, Held};
use relais_core::ports::Watching;
use relais_core::session::State as Sessions;
use relais_core::{Code, Problem};
use relais_ehealth::service_list::{Read, Source};
use relais_ehealth::sts::Contact;
use relais_ehealth::transport::{HostList, Transport, Url};
use relais_ehealth::xml::verify::WholeAttribute;
use relais_engine::{Handle, WatchHandle, WatchSetup, Watcher};
use tokio::sync::watch;

use crate::adapters::Adapters;
use crate::clock::Time;
use crate::preferences::Language;
use crate::profile::Profile;
use crate::services::Catalogue;
use announced::Announcements;
use facts::Finding;
use kept::Kept;
use looks::{Looks, NoLooks};

pub use facts::Facts;
pub(crate) use looks::forged;
pub use looks::missed;
pub(crate) use notes::printed;
pub use plan::SIGN_IN;
pub(crate) use plan::default;
pub use recent::recent;

/// How long a look at the list is waited for that somebody asked for.
const LOOKED_WITHIN: Duration = Duration::from_secs(15);

/// The watch of one environment. Clones are the same one.
#[derive(Clone)]
pub struct Services {
    handle: WatchHandle,
    facts: Finding,
    /// Somebody looks at the window.
    window: watch::Sender<bool>,
}

/// Where the list of a profile is, and what makes it believed; `None` where it has none.
///
/// # Errors
/// A key of the profile that cannot be used.
pub fn source(profile: &Profile) -> Result<Option<Source>, Problem> {
    let Some(list) = &profile.service_list else { return Ok(None) };
    let invalid = |key, reason| profile.refused(key, reason);
    let base = Url::parse(&list.base).ok().filter(|url| url.scheme() == "https");
    let base = base.ok_or_else(|| invalid("service_list.base", "no-address"))?;
    let signer: Option<Vec<_>> = list.signer.iter().map(|entry| WholeAttribute::parse(entry)).collect();
    let signer = signer.ok_or_else(|| invalid("service_list.signer", "signer-form"))?;
    let hosts = HostList::parse(&profile.allowed).map_err(|_| invalid("hosts.allowed", "host-form"))?;
    let (anchors, environment) = (profile.trust.ehealth.clone(), list.environment.clone());
    Ok(Some(Source { base, anchors, signer, environment, hosts }))
}

/// The list that was kept in this folder, verified anew.
///
/// # Errors
/// It cannot be read, or is not believed any more.
pub fn kept(folder: &Path, source: &Source, at: jiff::Timestamp) -> Result<Option<(Held, Read)>, Problem> {
    Kept::in_folder(folder).read(source, at)
}

/// What was written down in this folder of announced maintenance.
///
/// # Errors
/// It cannot be read, or not used.
pub fn announced(folder: &Path) -> Result<Arc<[Announced]>, Problem> {
    Announcements::in_folder(folder).changed().unwrap_or_else(|| Ok(Arc::default()))
}

/// The list that was kept in this folder, judged at the moment it came: nothing older takes its place, whatever the clock
/// says now.
#[must_use]
pub fn newest(folder: &Path, source: &Source) -> Option<Arc<ServiceList>> {
    Kept::in_folder(folder).newest(source)
}

/// Keeps a list that is believed in the place of the one before.
///
/// # Errors
/// It cannot be written.
pub fn keep(folder: &Path, document: &[u8], hash: String, at: jiff::Timestamp) -> Result<(), Problem> {
    Kept::in_folder(folder).write(document, hash, at)
}

/// Everything a watch needs of its environment.
pub(crate) struct Place<'a> {
    pub profile: &'a Profile,
    pub transport: Result<Transport, Problem>,
    pub folder: &'a Path,
    pub time: &'a Time,
    pub adapters: Weak<Adapters>,
    /// It looks by itself. A command only knows what an earlier run kept.
    pub looks: bool,
    /// Routes that a person chose in an earlier run.
    pub chosen: BTreeMap<ServiceKey, Manual>,
}

/// A watch of this environment, and what could not be used of what was kept.
///
/// # Errors
/// A key of the profile that cannot be used.
pub(crate) async fn open(place: Place<'_>) -> Result<(Services, Option<Problem>), Problem> {
    let source = source(place.profile)?.map(Arc::new);
    let now = place.time.clock.now().wall;
    let found = source.as_deref().map_or(Ok(None), |source| kept(place.folder, source, now));
    let (held, problem) = match found {
        Ok(found) => (found.map(|(held, _)| held), None),
        Err(problem) => (None, Some(problem)),
    };
    let newest = source.as_deref().filter(|_| held.is_none()).and_then(|source| newest(place.folder, source));
    let facts = finding(&place)?;
    let announced = Announcements::in_folder(place.folder);
    let first = announced.changed().map(Event::Announced);
    // A command looks at nothing, and knows all the same what came of its own calls.
    let ports: Arc<dyn Watching> = match place.looks {
        true => Arc::new(Looks::new(
            place.transport,
            source,
            Kept::in_folder(place.folder),
            announced,
            place.adapters,
        )),
        false => Arc::new(NoLooks),
    };
    let (watcher, handle) = Watcher::new(WatchSetup {
        plan: plan::of(place.profile, Catalogue::built_in()),
        kept: held,
        newest,
        chosen: place.chosen,
        ports,
        clock: place.time.clock.clone(),
        timer: place.time.timer.clone(),
    });
    for event in problem.clone().map(Event::KeptRefused).into_iter().chain(first) {
        handle.tell(event).await?;
    }
    tokio::spawn(watcher.run());
    Ok((Services { handle, facts, window: watch::Sender::new(false) }, problem))
}

fn finding(place: &Place<'_>) -> Result<Finding, Problem> {
    let signer = etk_signer(place.profile)?;
    let anchors = place.profile.trust.ehealth.clone();
    let at = (place.folder.to_owned(), place.profile.name.clone());
    Ok(Finding::new(place.adapters.clone(), at, anchors, signer))
}

/// Who signs encryption tokens, by this profile.
pub(crate) fn etk_signer(profile: &Profile) -> Result<Vec<WholeAttribute>, Problem> {
    let signer: Option<Vec<_>> = profile.etk_signer().iter().map(|one| WholeAttribute::parse(one)).collect();
    signer.ok_or_else(|| profile.refused("certificates.etk_signer", "signer-form"))
}

impl Services {
    /// What this PC found out by itself; what is old is found out anew meanwhile.
    #[must_use]
    pub fn facts(&self) -> Facts {
        self.facts.known()
    }

    /// Tells when something else was found out.
    #[must_use]
    pub fn found(&self) -> watch::Receiver<Facts> {
        self.facts.found()
    }

    /// The watch itself.
    #[must_use]
    pub fn handle(&self) -> &WatchHandle {
        &self.handle
    }

    /// The name of a function, by its place in the plan.
    #[must_use]
    pub fn function_name(&self, place: usize, language: Language) -> Option<String> {
        let state = self.handle.state();
        let service = Catalogue::built_in().service(&state.plan().functions.get(place)?.id)?;
        Some(service.name.of(language).clone())
    }

    /// Looks at the platform's list now, unless it asked to be left alone; gives the digest of the list that is in use
    /// then, and why the look taught nothing.
    ///
    /// # Errors
    /// [`Code::LIST_NOT_FETCHED`] when no look ends in time.
    pub async fn look_at_list(&self) -> Result<(Option<[u8; 32]>, Option<Problem>), Problem> {
        let mut states = self.handle.states();
        let before = states.borrow_and_update().list_looks();
        self.handle.tell(Event::ListWanted).await?;
        let looked = states.wait_for(|state| state.list_looks() > before);
        let late = || Problem::new(Code::LIST_NOT_FETCHED).with("reason", Code::STS_TIMEOUT);
        let state = tokio::time::timeout(LOOKED_WITHIN, looked).await.map_err(|_| late())?;
        let state = state.map_err(|_| Problem::new(Code::ENGINE_STOPPED))?;
        let problem = state.list_problem().map(|(problem, _)| problem.clone());
        Ok((state.list().map(|list| list.digest), problem))
    }

    /// Somebody looks at the window, or nobody does any more.
    pub fn looked_at(&self, somebody: bool) {
        self.window.send_if_modified(|seen| std::mem::replace(seen, somebody) != somebody);
    }

    /// Somebody wants to know how things are now; whatever was looked at less than `after` ago waits until then.
    ///
    /// # Errors
    /// The watch is gone.
    pub async fn look_now(&self, after: SignedDuration) -> Result<(), Problem> {
        self.handle.tell(Event::Wanted { after }).await
    }

    /// Where a service is called, the first address at the front; empty where nobody says.
    pub(crate) fn road(&self, key: &str) -> Vec<Url> {
        let now = self.handle.now().wall;
        let route = self.handle.route(&ServiceKey(key.to_owned()), now);
        let order = route.map(|route| route.order).unwrap_or_default();
        order.iter().filter_map(|url| Url::parse(url).ok()).collect()
    }

    /// A person sends the calls of a service elsewhere until a moment, or takes that back. Their reason goes into the
    /// journal, without numbers of people.
    ///
    /// # Errors
    /// The service has no such address, or the moment is past.
    pub async fn choose(&self, key: &str, manual: Option<Manual>) -> Result<(), Problem> {
        let now = self.handle.now().wall;
        let key = ServiceKey(key.to_owned());
        let route = self.handle.route(&key, now).ok_or(Code::USAGE)?;
        if manual.as_ref().is_some_and(|it| it.until <= now || !route.order.contains(&it.url)) {
            return Err(Code::USAGE.into());
        }
        let manual = manual.map(|it| Manual { reason: without_numbers(&clean(&it.reason)), ..it });
        self.handle.tell(Event::Chosen { key, manual }).await?;
        self.handle.settle().await
    }

    /// Who decided where a service is called.
    #[must_use]
    pub fn decided_by(&self, key: &str) -> Option<By> {
        self.handle.route(&ServiceKey(key.to_owned()), self.handle.now().wall).map(|route| route.by)
    }

    /// What came of contacts that were made anyway.
    pub(crate) async fn heard(&self, contacts: Vec<Contact>) {
        for contact in contacts {
            // A watch that is gone hears nothing any more.
            let _ = self.handle.tell(looks::told(contact)).await;
        }
        // The next message goes by what this one met.
        let _ = self.handle.settle().await;
    }

    /// Looks more often while a session is open or somebody looks at the window.
    pub(crate) fn follow(&self, sessions: &Handle) {
        let (watch, mut window) = (self.handle.clone(), self.window.subscribe());
        let mut sessions = sessions.states();
        tokio::spawn(async move {
            loop {
                let open = |state: &Sessions| state.session.open().is_some();
                let used = open(&sessions.borrow_and_update()) || *window.borrow_and_update();
                if watch.state().in_use() != used && watch.tell(Event::InUse(used)).await.is_err() {
                    return;
                }
                let gone = tokio::select! {
                    changed = sessions.changed() => changed.is_err(),
                    changed = window.changed() => changed.is_err(),
                };
                if gone {
                    return;
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_asked_for_over_https_alone_and_its_signer_is_written_as_an_attribute() {
        let with = |change: fn(&mut crate::profile::ServiceList)| {
            let mut profile = Profile::built_in("acceptance").unwrap();
            change(profile.service_list.as_mut().unwrap());
            source(&profile).map(|found| found.is_some()).map_err(|problem| problem.with["key"].clone())
        };
        assert_eq!(with(|_| ()), Ok(true));
        for base in ["http://servicelist.test/servicelist", "servicelist.test", "file:///etc/passwd", ""] {
            let mut profile = Profile::built_in("acceptance").unwrap();
            profile.service_list.as_mut().unwrap().base = base.to_owned();
            let problem = source(&profile).unwrap_err();
            assert_eq!(
                (problem.code, problem.with["key"].as_str()),
                (Code::PROFILE_INVALID, "service_list.base")
            );
        }
        assert_eq!(with(|list| list.signer = vec!["OU".into()]), Err("service_list.signer".into()));
    }
}
