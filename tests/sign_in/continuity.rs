//! The platform moves its services, and Relais follows: what the list says is seen within one poll, what is forged
//! changes nothing, and a session goes on in the other zone without another PIN (threat T16, faults F6, F27).

use jiff::SignedDuration;
use relais_core::continuity::health::Health;
use relais_core::continuity::judge;
use relais_core::continuity::plan::VITALINK;
use relais_core::continuity::watch::State as Watched;
use relais_engine::view::continuity::{
    ConditionView, Continuity, FunctionView, HealthView, ListState as ListView, SentenceView,
};
use relais_host::continuity::Facts;
use relais_host::continuity::SIGN_IN;
use relais_host::continuity::view::{Scene, continuity};
use relais_host::etk_ask;
use relais_host::etk_cache::EtkCache;
use relais_host::preferences;
use relais_sandbox::clock::Turn;
use relais_sandbox::platform::continuity::registry::Zone;
use relais_sandbox::platform::continuity::situation::{Act, ListState, Place};

use super::*;

const KGSS: &str = "uddi:ehealth-fgov-be:business:kgss:v1";

pub(super) fn health(state: &Watched, id: &str, at: jiff::Timestamp) -> Health {
    let function = state.plan().functions.iter().find(|function| function.id == id).unwrap();
    judge::health(state, function, at)
}

impl Practice {
    pub(super) async fn act(&self, act: Act) {
        self.house.served().stage().act(&act).await.unwrap();
    }

    pub(super) fn passes(&self, minutes: i64) {
        self.house.clock().turn(Turn::all(SignedDuration::from_mins(minutes)));
    }
}

/// Waits until the watch has seen it; every look that is due meanwhile is made. The turned clock goes on by itself, too: what
/// an answer that came in another order left for the next minute is seen in that minute.
pub(super) async fn seen(relais: &Running, wanted: impl Fn(&Watched) -> bool) -> Arc<Watched> {
    let mut states = relais.services().unwrap().handle().states();
    let found = tokio::time::timeout(Duration::from_secs(200), states.wait_for(|state| wanted(state))).await;
    found.expect("it was never seen").unwrap().clone()
}

/// Every look that is due is made.
pub(super) async fn seen_at_rest(relais: &Running) {
    let handle = relais.services().unwrap().handle().clone();
    seen(relais, |state| state.rests(handle.now().wall)).await;
}

pub(super) async fn is(relais: &Running, id: &str, wanted: Health) {
    let clock = relais.services().unwrap().handle().clone();
    seen(relais, |state| health(state, id, clock.now().wall) == wanted).await;
}

/// Minute after minute passes until a function is so. A look that was missed is made again a minute later, and by a clock
/// that nobody turns that minute is a real one.
async fn becomes(relais: &Running, practice: &Practice, id: &str, wanted: Health) {
    let handle = relais.services().unwrap().handle().clone();
    let is = || health(&handle.state(), id, handle.now().wall);
    for _ in 0..40 {
        seen_at_rest(relais).await;
        if is() == wanted {
            return;
        }
        practice.passes(1);
    }
    panic!("{id} never became {wanted:?}: {:?}", function(relais, id));
}

/// Minute after minute passes until the list is held: a look at a service may be answered before it.
async fn listed(relais: &Running, practice: &Practice) {
    let handle = relais.services().unwrap().handle().clone();
    for _ in 0..40 {
        seen_at_rest(relais).await;
        if handle.state().held().is_some() {
            return;
        }
        practice.passes(1);
    }
    panic!("no list was ever held: {:?}", handle.state().list_problem());
}

/// Minute after minute passes until a function is shown as wanted.
async fn shown(
    relais: &Running,
    practice: &Practice,
    id: &str,
    wanted: impl Fn(&FunctionView) -> bool,
) -> FunctionView {
    for _ in 0..40 {
        let seen = function(relais, id);
        if wanted(&seen) {
            return seen;
        }
        practice.passes(1);
        seen_at_rest(relais).await;
    }
    panic!("never shown as wanted: {:?}", function(relais, id));
}

fn in_force(seen: &FunctionView) -> Option<&str> {
    seen.level.map(|level| seen.levels[level as usize].kind.as_str())
}

/// Minute after minute passes until this level is in force.
async fn reaches(relais: &Running, practice: &Practice, id: &str, kind: &str) -> FunctionView {
    shown(relais, practice, id, |seen| in_force(seen) == Some(kind)).await
}

pub(super) fn view(relais: &Running) -> Continuity {
    let (services, engine) = (relais.services().unwrap(), &relais.handle);
    let (facts, practice) =
        (services.facts(), preferences::Practice { flemish: Some(true), tariff_module: None });
    let scene = Scene { revision: 1, language: Language::En, now: engine.now(), facts, practice };
    continuity(&services.handle().state(), &engine.state(), scene)
}

pub(super) fn function(relais: &Running, id: &str) -> FunctionView {
    view(relais).functions.into_iter().find(|function| function.id == id).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_the_list_moves_is_on_backup_with_the_next_look_and_normal_again_with_another() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    listed(&relais, &practice).await;
    becomes(&relais, &practice, "encryption-unknown", Health::Operational).await;
    practice.act(Act::Publish(Place { service: KGSS.into(), zone: Zone::Backup })).await;
    becomes(&relais, &practice, "encryption-unknown", Health::OnBackup).await;
    assert_eq!(in_force(&function(&relais, "encryption-unknown")), Some("platform-failover"));
    // Once it was reached there, nobody has anything to do.
    let by_itself = |seen: &FunctionView| matches!(seen.sentence, SentenceView::Automatic { .. });
    shown(&relais, &practice, "encryption-unknown", by_itself).await;
    becomes(&relais, &practice, "encryption-known", Health::Operational).await;
    practice.act(Act::AllWell).await;
    becomes(&relais, &practice, "encryption-unknown", Health::Operational).await;
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_list_changes_nothing_is_told_once_and_the_last_good_one_is_found_after_a_restart() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    listed(&relais, &practice).await;
    becomes(&relais, &practice, "encryption-unknown", Health::Operational).await;
    let issued = view(&relais).list.issued_at;
    practice.act(Act::List(ListState::BadSignature)).await;
    practice.act(Act::Publish(Place { service: KGSS.into(), zone: Zone::Backup })).await;
    for _ in 0..2 {
        // The first refusal still stands while the second look is made.
        let looks = relais.services().unwrap().handle().state().list_looks();
        practice.passes(7);
        let refused = |state: &Watched| state.list_problem().is_some_and(|(_, refused)| refused);
        seen(&relais, |state| state.list_looks() > looks && refused(state)).await;
    }
    let list = view(&relais).list;
    assert_eq!((list.state, list.issued_at), (ListView::Refused, issued));
    assert_eq!(list.code.as_deref(), Some("RLS-2304"));
    relais.stop().await;
    assert_eq!(practice.journal().iter().filter(|event| *event == "list-refused").count(), 1);

    let kept = practice.data.join("sandbox/service-list.xml");
    practice.act(Act::List(ListState::Gone)).await;
    let relais = practice.relais().await;
    assert_eq!(view(&relais).list.issued_at, issued, "its signature was verified anew");
    seen(&relais, |state| state.list_problem().is_some()).await;
    practice.act(Act::List(ListState::Honest)).await;
    becomes(&relais, &practice, "encryption-unknown", Health::OnBackup).await;
    relais.stop().await;
    // A list on disk that somebody changed is not believed, and told.
    let text = std::fs::read_to_string(&kept).unwrap();
    let changed = text.replacen(" Name=\"", " Name=\"Not ", 1);
    assert_ne!(changed, text);
    std::fs::write(&kept, changed).unwrap();
    practice.act(Act::List(ListState::Gone)).await;
    let relais = practice.relais().await;
    assert!(view(&relais).list.issued_at.is_none());
    relais.stop().await;
    assert_eq!(practice.journal().iter().filter(|event| *event == "list-refused").count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_platform_and_insurers_lost_paper_is_in_force_and_no_cut_cable_is_claimed() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    becomes(&relais, &practice, "insurability", Health::Operational).await;
    for zone in [Zone::Main, Zone::Backup] {
        practice.act(Act::Lose(zone)).await;
    }
    let direct = reaches(&relais, &practice, "insurability", "mycarenet-direct").await;
    assert_eq!(direct.state, HealthView::OnBackup);
    practice.act(Act::Lose(Zone::Mycarenet)).await;
    let lost = reaches(&relais, &practice, "insurability", "paper").await;
    let SentenceView::CheckFirst { step } = lost.sentence else { panic!("{:?}", lost.sentence) };
    assert_eq!(step, lost.levels[2].steps[0], "the last consultation comes before paper");
    assert_eq!((lost.state, view(&relais).offline_since), (HealthView::Down, None), "the list answers");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_zone_of_the_sign_in_service_costs_no_renewal_and_no_second_pin() {
    let practice = Practice::new().await;
    let relais = super::keeping::awake(&practice).await;
    let Settled::Open(first) = sign_in(&relais, &practice, Means::EidOnly).await else {
        panic!("no session")
    };
    seen(&relais, |state| state.list().is_some()).await;
    practice.act(Act::Lose(Zone::Main)).await;
    super::keeping::due(&relais, &practice).await;
    super::keeping::wanted(&relais).await;
    let before = practice.verifies();
    let Settled::Open(second) = super::keeping::renew(&relais, &practice).await else {
        panic!("no renewal: {:?}", relais.handle.state().errand)
    };
    assert_ne!(first.lease.id, second.lease.id);
    assert_eq!(practice.verifies(), before + 1);
    assert!(second.attempts.is_empty(), "nothing failed");
    let real = function(&relais, "auth").real;
    assert!(real.at.is_some() && real.hosts.len() <= 2, "{real:?}");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zone_that_takes_a_signed_message_and_fails_is_passed_by_without_another_verify() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    seen(&relais, |state| state.list().is_some()).await;
    relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
    pin_asked(&relais).await;
    // It answered when it was asked before the PIN, and is out of order when the message comes.
    practice.act(Act::Break(Place { service: SIGN_IN.into(), zone: Zone::Main })).await;
    give_pin(&relais, &practice.house.pin()).await;
    let Settled::Open(_) = relais.handle.settled().await else {
        panic!("no session: {:?}", relais.handle.state().errand)
    };
    assert_eq!(practice.verifies(), 1, "signed once, sent twice");
    relais.stop().await;
}

/// Waits until this is found out; somebody looks meanwhile, minute after minute.
async fn found(relais: &Running, practice: &Practice, wanted: impl Fn(&Facts) -> bool) -> Facts {
    let services = relais.services().unwrap();
    let mut facts = services.found();
    for _ in 0..40 {
        practice.passes(2);
        let _ = services.facts();
        let found = facts.wait_for(|facts| wanted(facts));
        if let Ok(found) = tokio::time::timeout(Duration::from_secs(1), found).await {
            return *found.unwrap();
        }
    }
    panic!("it was never found out: {:?}", services.facts());
}

fn condition(relais: &Running, id: &str, fact: &str) -> ConditionView {
    let levels = function(relais, id).levels;
    let all = levels.iter().flat_map(|level| level.open.iter().chain(&level.asks).chain(&level.why_out));
    all.into_iter()
        .find(|one| one.fact == fact)
        .cloned()
        .unwrap_or_else(|| panic!("{fact} is not said to be missing: {levels:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keystore_is_known_to_be_in_time_once_it_was_opened_and_to_be_missing_where_there_is_none() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    assert_eq!(condition(&relais, "auth", "keystore_available").holds, None, "only its password tells");
    assert!(matches!(sign_in(&relais, &practice, Means::Eid).await, Settled::Open(_)));
    found(&relais, &practice, |facts| facts.keystore == Some(true)).await;
    relais.stop().await;

    let mut parts = practice.parts(KeyStoreChoice::File);
    parts.keystores = KeystorePlace::Folder(practice.folder.path().join("nothing"));
    let relais = start(parts).await.unwrap();
    found(&relais, &practice, |facts| facts.keystore == Some(false)).await;
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_own_encryption_key_that_comes_by_itself_is_a_fact_with_its_age_and_goes_with_its_owner() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    assert!(matches!(sign_in(&relais, &practice, Means::Eid).await, Settled::Open(_)));
    let slot = relais.handle.state().person_in_use().unwrap();
    let (profile, folder) = (relais.profile.clone(), relais.folders.environment.clone());
    let whom = etk_ask::owner(&profile, &folder, &practice.house.keystores(), Some(&slot)).unwrap();
    let facts = found(&relais, &practice, |facts| facts.own_key.is_some()).await;
    let cache = EtkCache::open(&folder, profile.name.clone()).unwrap();
    assert_eq!(facts.own_key, cache.seen(&whom).unwrap());
    practice.act(Act::Lose(Zone::Main)).await;
    practice.act(Act::Lose(Zone::Backup)).await;
    let seen = reaches(&relais, &practice, "encryption-known", "local-cache").await;
    assert!(matches!(seen.sentence, SentenceView::Automatic { .. }), "{:?}", seen.sentence);
    practice.act(Act::AllWell).await;
    relais_host::forgetting::forget(&relais.handle, slot).await.unwrap();
    assert_eq!(cache.seen(&whom).unwrap(), None);
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vitalink_whose_address_is_known_is_looked_at_and_vaccinnet_takes_its_place_in_flanders() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    becomes(&relais, &practice, "vaccination", Health::Operational).await;
    practice.act(Act::Break(Place { service: VITALINK.into(), zone: Zone::Region })).await;
    let seen = reaches(&relais, &practice, "vaccination", "alternate-app").await;
    assert!(matches!(seen.sentence, SentenceView::Yours { .. }), "{:?}", seen.sentence);
    assert_eq!((seen.fault.platform, seen.routes), (HealthView::Unknown, vec![]), "it is not the platform's");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_announced_is_planned_and_a_mistake_in_it_is_told_and_loses_nothing() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    becomes(&relais, &practice, "encryption-unknown", Health::Operational).await;
    let now = relais.services().unwrap().handle().now().wall;
    let (from, until) = (now - SignedDuration::from_hours(1), now + SignedDuration::from_hours(20));
    let text = format!(
        "[[window]]\nfunctions = [\"encryption-unknown\"]\nfrom = \"{from}\"\nuntil = \"{until}\"\n\
         words = \"KGSS: new version\"\nsource = \"a mail\"\n"
    );
    let path = relais.folders.environment.join("announced.toml");
    std::fs::write(&path, &text).unwrap();
    practice.act(Act::Lose(Zone::Main)).await;
    practice.act(Act::Lose(Zone::Backup)).await;
    for _ in 0..40 {
        if function(&relais, "encryption-unknown").state == HealthView::Planned {
            break;
        }
        practice.passes(1);
        seen_at_rest(&relais).await;
    }
    let planned = function(&relais, "encryption-unknown");
    let announced = planned.announced.clone().expect("it was announced");
    assert_eq!(
        (planned.state, announced.now, announced.words.as_str()),
        (HealthView::Planned, true, "KGSS: new version")
    );
    assert_eq!(function(&relais, "prescription").announced, None);
    std::fs::write(&path, text.replace("unknown\"", "nothing\"")).unwrap();
    practice.act(Act::AllWell).await;
    let told = |state: &Watched| state.troubles().iter().any(|it| it.code == Code::ANNOUNCED_INVALID);
    for _ in 0..40 {
        practice.passes(1);
        seen_at_rest(&relais).await;
        if told(&relais.services().unwrap().handle().state()) {
            break;
        }
    }
    assert!(told(&relais.services().unwrap().handle().state()));
    assert_eq!(function(&relais, "encryption-unknown").announced, Some(announced), "what was known stays");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_list_that_somebody_changed_is_told_with_its_code_until_a_good_one_comes() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    // A look may be answered before the list is.
    seen(&relais, |state| state.held().is_some()).await;
    let kept = relais.folders.environment.join("service-list.xml");
    relais.stop().await;
    let text = std::fs::read_to_string(&kept).unwrap();
    std::fs::write(&kept, text.replacen("INACTIVE", "ACTIVE", 1)).unwrap();
    practice.act(Act::List(ListState::Gone)).await;
    let relais = practice.relais().await;
    seen_at_rest(&relais).await;
    let state = relais.services().unwrap().handle().state();
    assert_eq!(state.troubles().iter().map(|it| it.code).collect::<Vec<_>>(), [Code::XML_SIGNATURE]);
    let list = view(&relais).list;
    assert_eq!(
        (list.state, list.code.as_deref(), list.issued_at),
        (ListView::Refused, Some("RLS-2304"), None)
    );
    practice.act(Act::List(ListState::Honest)).await;
    practice.passes(7);
    seen(&relais, |state| state.troubles().is_empty() && state.held().is_some()).await;
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_taken_out_while_a_session_is_open_puts_no_other_level_in_force() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let Settled::Open(_) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    let level = |seen: &FunctionView| seen.level.map(|level| seen.levels[level as usize].kind.clone());
    assert_eq!(level(&function(&relais, "auth")).as_deref(), Some("normal"));
    practice.readers().remove(READER).unwrap();
    let mut states = relais.handle.states();
    let gone = |state: &Arc<relais_core::session::State>| {
        let relais_core::card::Readers::Seen(readers) = &state.readers else { return false };
        readers.iter().all(|reader| reader.state != relais_core::card::ReaderState::Eid)
    };
    let seen = tokio::time::timeout(Duration::from_secs(60), states.wait_for(gone)).await;
    assert!(seen.unwrap().unwrap().session.open().is_some());
    let auth = function(&relais, "auth");
    assert_eq!((auth.state, level(&auth)), (HealthView::Operational, None));
    relais.stop().await;
}
