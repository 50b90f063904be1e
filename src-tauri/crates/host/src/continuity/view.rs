//! What the window may know of continuity, in the person's language.

use jiff::{SignedDuration, Timestamp};
use relais_core::card::{ReaderState, Readers, Tries};
use relais_core::code::Code;
use relais_core::continuity::health::Health;
use relais_core::continuity::judge::{Evidence, Said, Verdict, verdict};
use relais_core::continuity::ladder::{Condition, Fact, Known, Standing, Teller};
use relais_core::continuity::plan::{Function, VITALINK, fresh};
use relais_core::continuity::route::{By, choose};
use relais_core::continuity::watch::State;
use relais_core::session::State as Sessions;
use relais_core::time::Moment;
use relais_engine::view::Millis;
use relais_engine::view::continuity::{
    ActorView, AnnouncedView, ByView, ConditionView, Continuity, DocumentView, EvidenceView, FaultView,
    FunctionView, GroupView, HealthView, LevelView, ListState, ListView, PackageView, RouteView, SaidView,
    SentenceView, SeverityView, SoftwareView, StandingView, SwitchView,
};

use super::Facts;
use super::sentence::sentence;
use crate::preferences::{Language, Practice};
use crate::services::{
    Actor, Catalogue, GivenTo, Kind, Level, Package, Region, Service, Severity, Support, Switch,
};

/// What a view is made for.
#[derive(Debug, Clone, Copy)]
pub struct Scene {
    /// Number of the view, drawn before the states were read.
    pub revision: u32,
    /// The person's language.
    pub language: Language,
    /// The clocks of this PC.
    pub now: Moment,
    /// What this PC found out by itself.
    pub facts: Facts,
    /// What was set once of the practice.
    pub practice: Practice,
}

/// How long before it begins maintenance is told.
const AHEAD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Every function, with what is said of it and what to do.
#[must_use]
pub fn continuity(watch: &State, sessions: &Sessions, scene: Scene) -> Continuity {
    let catalogue = Catalogue::built_in();
    let view = View { watch, sessions, catalogue, scene, now: scene.now.wall };
    let known = |function: &Function| Some(view.function(catalogue.service(&function.id)?, function));
    Continuity {
        revision: scene.revision,
        list: view.list(),
        offline_since: watch.offline_since().map(millis),
        functions: watch.plan().functions.iter().filter_map(known).collect(),
        dated: catalogue.dated.to_string(),
        now: millis(view.now),
    }
}

/// Which software supports the emergency procedure.
#[must_use]
pub fn software(language: Language) -> SoftwareView {
    let support = &Catalogue::built_in().software;
    let named = |support: Support| support == Support::Listed;
    let package = |package: &Package| PackageView {
        name: package.as_printed.clone(),
        failover: named(package.failover),
        renewal: named(package.renewal),
    };
    SoftwareView {
        dated: support.dated.to_string(),
        older: support.older.of(language).clone(),
        newer: support.newer.of(language).clone(),
        caveat: support.caveat.of(language).clone(),
        packages: support.packages.iter().map(package).collect(),
    }
}

struct View<'a> {
    watch: &'a State,
    sessions: &'a Sessions,
    catalogue: &'a Catalogue,
    scene: Scene,
    now: Timestamp,
}

/// What this PC itself can tell of the facts.
struct Local<'a>(&'a Sessions, Scene);

impl Known for Local<'_> {
    fn fact(&self, fact: Fact) -> Option<bool> {
        match fact {
            Fact::TokenValid => {
                let usable = |now| self.0.session.open().is_some_and(|open| open.usable(now));
                Some(usable(self.0.platform_moment(self.1.now)))
            }
            Fact::EidLoginPossible => card_works(self.0),
            Fact::KeystoreAvailable => self.1.facts.keystore,
            // Whose key is needed only the sender knows; the software keeps its own. The own key is the one that is known.
            Fact::EtkInCache => self.1.facts.own_key.map(|_| true),
            Fact::FlemishRegion => self.1.practice.flemish,
            Fact::ModuleAvailable => self.1.practice.tariff_module,
            _ => None,
        }
    }
}

/// Reader and card are there and the PIN is not blocked, as far as anybody looked. A card that was taken out while a
/// session is open comes back when it is needed: it is no fault, and no reason to be told what to do without one.
fn card_works(sessions: &Sessions) -> Option<bool> {
    let Readers::Seen(readers) = &sessions.readers else {
        return matches!(sessions.readers, Readers::Down(_)).then_some(false);
    };
    let blocked = |name: &str| sessions.tries.get(name) == Some(&Tries::Left(0));
    let mut cards = readers.iter().filter(|reader| reader.state == ReaderState::Eid).peekable();
    if cards.peek().is_none() && sessions.session.open().is_some() {
        return None;
    }
    Some(cards.any(|card| !blocked(&card.name)))
}

impl View<'_> {
    fn list(&self) -> ListView {
        let held = self.watch.held();
        let problem = self.watch.list_problem();
        let state = match (held, problem) {
            _ if self.watch.plan().list_every.is_none() => ListState::Off,
            (_, Some((_, true))) => ListState::Refused,
            (None, _) => ListState::Never,
            (Some(held), _) if !fresh(held.answered_at, self.now) => ListState::Stale,
            _ => ListState::Good,
        };
        ListView {
            state,
            issued_at: held.map(|held| millis(held.list.issued_at)),
            answered_at: held.map(|held| millis(held.answered_at)),
            code: problem.map(|(problem, _)| problem.code.to_string()),
            skipped: held.map_or(0, |held| u32::try_from(held.skipped).unwrap_or(u32::MAX)),
        }
    }

    fn function(&self, service: &Service, function: &Function) -> FunctionView {
        let local = Local(self.sessions, self.scene);
        let verdict = verdict(self.watch, function, &local, self.now);
        let language = self.scene.language;
        FunctionView {
            id: service.id.clone(),
            name: service.name.of(language).clone(),
            purpose: service.purpose.of(language).clone(),
            group: group(service),
            state: health(verdict.health),
            since: self.watch.since(&function.id).map(millis),
            sentence: self.sentence(service, &verdict),
            level: verdict.level.and_then(|level| u32::try_from(level).ok()),
            authority: evidence(&verdict.authority),
            real: evidence(&verdict.real),
            probe: evidence(&verdict.probe),
            levels: self.levels(service, function, &verdict),
            no_level: self.catalogue.no_level(service).of(language).clone(),
            not_foreseen: service.not_stated.iter().filter_map(|kind| self.label(*kind)).collect(),
            flemish: service.regions == [Region::Vlg],
            depends_on: service.depends_on.clone(),
            fault: self.fault(&verdict),
            announced: self.announced(function),
            routes: self.routes(function),
            sources: service.sources.clone(),
        }
    }

    fn announced(&self, function: &Function) -> Option<AnnouncedView> {
        let one = self.watch.announced(&function.id, self.now)?;
        (one.from.duration_since(self.now) <= AHEAD).then(|| AnnouncedView {
            from: millis(one.from),
            until: millis(one.until),
            now: one.holds(self.now),
            words: one.words.clone(),
            source: one.source.clone(),
        })
    }

    fn label(&self, kind: Kind) -> Option<String> {
        self.catalogue.kind(kind).map(|row| row.label.of(self.scene.language).clone())
    }

    fn sentence(&self, service: &Service, verdict: &Verdict) -> SentenceView {
        if self.watch.offline_since().is_some() {
            return SentenceView::Offline;
        }
        let step = |level: &Level| level.steps.of(self.scene.language).first().cloned().unwrap_or_default();
        sentence(&service.levels, verdict, |kind| self.label(kind), step)
    }

    fn levels(&self, service: &Service, function: &Function, verdict: &Verdict) -> Vec<LevelView> {
        let levels = service.levels.iter().zip(&verdict.standings);
        levels.map(|(level, standing)| self.level(level, *standing, function)).collect()
    }

    fn level(&self, level: &Level, standing: Standing, function: &Function) -> LevelView {
        let language = self.scene.language;
        let conditions: Vec<_> = level.when.iter().map(|it| (it, self.condition(it, function))).collect();
        let out = conditions.iter().filter(|(_, it)| it.holds.is_some_and(|holds| holds != it.wanted));
        let unknown = |person: bool| {
            let of = move |fact: Fact| (fact.teller() == Teller::Person) == person;
            let unknown = conditions.iter().filter(move |(it, told)| told.holds.is_none() && of(it.fact));
            unknown.map(|(_, told)| told.clone()).collect()
        };
        let documents = level.documents.iter().filter_map(|id| self.document(id));
        LevelView {
            kind: kind(level.kind).to_owned(),
            label: self.label(level.kind).unwrap_or_default(),
            order: level.order,
            severity: self.catalogue.kind(level.kind).map_or(SeverityView::Ok, |row| severity(row.severity)),
            standing: standing_view(standing),
            why_out: out.map(|(_, it)| it.clone()).collect(),
            asks: unknown(true),
            open: unknown(false),
            actor: actor(level.actor),
            switch: switch(level.switch),
            condition: level.condition.of(language).clone(),
            steps: level.steps.of(language).clone(),
            documents: documents.collect(),
            say_to_patient: level.say_to_patient.as_ref().map(|text| text.of(language).clone()),
            sources: level.sources.clone(),
        }
    }

    fn condition(&self, condition: &Condition, function: &Function) -> ConditionView {
        let signal = relais_core::continuity::judge::signal(self.watch, function, condition.fact, self.now);
        let local = || Local(self.sessions, self.scene).fact(condition.fact);
        let statement = self.catalogue.meaning(condition.fact);
        ConditionView {
            fact: condition.fact.name().to_owned(),
            statement: statement.map(|text| text.of(self.scene.language).clone()).unwrap_or_default(),
            wanted: condition.holds,
            holds: signal.or_else(local),
            at: self.scene.facts.own_key.filter(|_| condition.fact == Fact::EtkInCache).map(millis),
            setting: condition.fact.teller() == Teller::Setting,
        }
    }

    fn document(&self, id: &str) -> Option<DocumentView> {
        let document = self.catalogue.document(id)?;
        let given_to = match document.given_to {
            GivenTo::Patient => "patient",
            GivenTo::SicknessFund => "sickness-fund",
            GivenTo::AsTheRulesSay => "as-the-rules-say",
        };
        let language = self.scene.language;
        Some(DocumentView {
            id: document.id.clone(),
            name: document.name.of(language).clone(),
            given_to: given_to.to_owned(),
            purpose: document.purpose.of(language).clone(),
        })
    }

    fn fault(&self, verdict: &Verdict) -> FaultView {
        let clock = self.sessions.warnings.iter().any(|problem| problem.code == Code::CLOCK_OFF);
        let pc = match (clock, card_works(self.sessions)) {
            (true, _) => HealthView::Down,
            (false, Some(true)) => HealthView::Operational,
            // A card that lies in a drawer is no fault.
            (false, _) => HealthView::Unknown,
        };
        let reached = self.watch.reached_at().filter(|at| fresh(*at, self.now));
        let network = match (self.watch.offline_since(), reached) {
            (Some(_), _) => HealthView::Down,
            (None, Some(_)) => HealthView::Operational,
            (None, None) => HealthView::Unknown,
        };
        FaultView { pc, network, platform: health(verdict.platform), insurers: verdict.insurers.map(health) }
    }

    fn routes(&self, function: &Function) -> Vec<RouteView> {
        let route = |found: relais_core::continuity::plan::Found| {
            let memory = self.watch.memory(&found.key);
            let route = choose(&found.service, &memory, self.now);
            let by = match route.by {
                By::List if !found.listed => ByView::Profile,
                By::List if self.watch.held().is_some_and(|held| fresh(held.answered_at, self.now)) => {
                    ByView::List
                }
                By::List => ByView::OldList,
                By::Failure => ByView::Failure,
                By::Person => ByView::Person,
            };
            RouteView {
                key: found.key.0.clone(),
                name: found.service.name.clone(),
                url: route.order.first().cloned().unwrap_or_default(),
                by,
                addresses: found.service.endpoints().iter().map(|it| it.url.clone()).collect(),
                until: memory.manual(self.now).map(|manual| millis(manual.until)),
            }
        };
        // Nothing of ours calls Vitalink, so nobody chooses a road to it.
        let ours = function.services(self.watch.list()).into_iter().filter(|found| found.key.0 != VITALINK);
        ours.map(route).collect()
    }
}

pub(crate) fn millis(at: Timestamp) -> Millis {
    at.as_millisecond() as Millis
}

/// What one does with a function. Source: catalogue/services.toml.
fn group(service: &Service) -> GroupView {
    match service.id.as_str() {
        "insurability" | "memberdata" | "chapter4-consult" | "chapter4-request" => GroupView::Patient,
        "prescription" | "vaccination" => GroupView::Prescribe,
        "tariff" | "mediprima-tariff" | "eattest" => GroupView::Bill,
        _ => GroupView::Exchange,
    }
}

pub(crate) fn health(health: Health) -> HealthView {
    match health {
        Health::Unknown => HealthView::Unknown,
        Health::Operational => HealthView::Operational,
        Health::OnBackup => HealthView::OnBackup,
        Health::Degraded => HealthView::Degraded,
        Health::Unstable => HealthView::Unstable,
        Health::Down => HealthView::Down,
        Health::Planned => HealthView::Planned,
    }
}

fn evidence(evidence: &Evidence) -> EvidenceView {
    let said = match evidence.said {
        Said::Nothing => SaidView::Nothing,
        Said::Old => SaidView::Old,
        Said::Works => SaidView::Works,
        Said::Backup => SaidView::Backup,
        Said::Partly => SaidView::Partly,
        Said::Fails => SaidView::Fails,
        Said::Restless => SaidView::Restless,
        Said::Falters => SaidView::Falters,
        Said::Returns => SaidView::Returns,
    };
    EvidenceView {
        health: health(evidence.health),
        said,
        at: evidence.at.map(millis),
        hosts: evidence.hosts.clone(),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Normal => "normal",
        Kind::PlatformFailover => "platform-failover",
        Kind::MycarenetDirect => "mycarenet-direct",
        Kind::LocalCache => "local-cache",
        Kind::VendorModule => "vendor-module",
        Kind::Paper => "paper",
        Kind::AlternateCredential => "alternate-credential",
        Kind::AlternateApp => "alternate-app",
        Kind::PatientStatement => "patient-statement",
        Kind::Defer => "defer",
    }
}

fn severity(severity: Severity) -> SeverityView {
    match severity {
        Severity::Ok => SeverityView::Ok,
        Severity::Info => SeverityView::Info,
        Severity::Notice => SeverityView::Notice,
        Severity::Action => SeverityView::Action,
    }
}

fn standing_view(standing: Standing) -> StandingView {
    match standing {
        Standing::InForce => StandingView::InForce,
        Standing::IfYouSay => StandingView::IfYouSay,
        Standing::Out => StandingView::Out,
        Standing::Later => StandingView::Later,
        Standing::Unknown => StandingView::Unknown,
    }
}

fn actor(actor: Actor) -> ActorView {
    match actor {
        Actor::Nobody => ActorView::Nobody,
        Actor::Software => ActorView::Software,
        Actor::Person => ActorView::Person,
    }
}

fn switch(switch: Switch) -> SwitchView {
    match switch {
        Switch::Usual => SwitchView::Usual,
        Switch::Automatic => SwitchView::Automatic,
        Switch::Manual => SwitchView::Manual,
    }
}
