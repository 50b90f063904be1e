//! What the window may know of continuity: which function is on which level, who says so, and what to do now. The words are
//! those of the catalogue in the person's language; what is a single word here has its text in the interface.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Millis;

/// Every function, and where what is said of it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Continuity {
    /// Counts up: a view that arrives after a younger one is old, and not shown.
    pub revision: u32,
    /// The platform's official list.
    pub list: ListView,
    /// This PC reaches nothing since then; every function is unknown as long as it lasts.
    pub offline_since: Option<Millis>,
    /// The functions, in the order of the catalogue.
    pub functions: Vec<FunctionView>,
    /// The day the catalogue was laid down, `YYYY-MM-DD`.
    pub dated: String,
    /// The clock of this environment.
    pub now: Millis,
}

/// The platform's official list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListView {
    /// How far it counts.
    pub state: ListState,
    /// When the platform issued the one in use.
    pub issued_at: Option<Millis>,
    /// When the platform last answered with it, or said that it has not changed: its age counts from here.
    pub answered_at: Option<Millis>,
    /// Why the newest answer was not taken, or none came: `RLS-3001`.
    pub code: Option<String>,
    /// Services of it that could not be used, so that nothing is known of them.
    pub skipped: u32,
}

/// How far the list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ListState {
    /// It was heard of lately.
    Good,
    /// It is the last good one, and too old to say what is true now.
    Stale,
    /// What came last is not authentic, or not for here: the last good one stays in use.
    Refused,
    /// None was ever heard.
    Never,
    /// This environment has none.
    Off,
}

/// One function that a practice needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FunctionView {
    /// Its name in the catalogue: `insurability`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it is good for.
    pub purpose: String,
    /// What one does with it.
    pub group: GroupView,
    /// The worst of what is said of it now.
    pub state: HealthView,
    /// Since when it is in this state; none while that is not known.
    pub since: Option<Millis>,
    /// What that means for the person.
    pub sentence: SentenceView,
    /// The level in force, as its place in `levels`; none while nobody can tell.
    pub level: Option<u32>,
    /// What the official list says.
    pub authority: EvidenceView,
    /// What came of the calls of this PC.
    pub real: EvidenceView,
    /// What came of our own looks.
    pub probe: EvidenceView,
    /// Its levels, by their order.
    pub levels: Vec<LevelView>,
    /// What to do when every level is out.
    pub no_level: String,
    /// Levels on which the platform says nothing for this function, by their names for people.
    pub not_foreseen: Vec<String>,
    /// It belongs to the Flemish Region alone.
    pub flemish: bool,
    /// The functions that have to work first, by `id`.
    pub depends_on: Vec<String>,
    /// Where the fault is.
    pub fault: FaultView,
    /// What was announced of it: what holds now, else what comes within a week.
    pub announced: Option<AnnouncedView>,
    /// Where its calls go.
    pub routes: Vec<RouteView>,
    /// Requirements it rests on: `R-102`.
    pub sources: Vec<String>,
}

/// What one does with a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum GroupView {
    /// Looking something up about a patient.
    Patient,
    /// Prescribing, vaccinating.
    Prescribe,
    /// Charging.
    Bill,
    /// Signing in, and exchanging documents and messages.
    Exchange,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HealthView {
    /// Its normal road works.
    Operational,
    /// It works, by its backup.
    OnBackup,
    /// Part of it works.
    Degraded,
    /// It does not work.
    Down,
    /// Nobody can tell: neutral, no alarm.
    Unknown,
    /// It does not work, and that was announced.
    Planned,
    /// It comes and goes.
    Unstable,
}

/// What the state of a function means for the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SentenceView {
    /// All as usual.
    Normal,
    /// Another road is taken by itself: there is nothing to do.
    Automatic {
        /// The level in force, by its name for people.
        by: String,
    },
    /// The person acts; the level in force begins with this step.
    Yours {
        /// The first step.
        step: String,
    },
    /// Before anything else the person looks whether another level holds, which only they can tell: it begins with this
    /// step.
    CheckFirst {
        /// The first step.
        step: String,
    },
    /// A call or a look of this PC reached it by another road, and nobody can tell which level that is: it is worth a try.
    Reached,
    /// By the list another road is open, and neither a call nor a look of this PC reached it: nothing is promised.
    Unsure,
    /// It is disturbed, and not known to be out: it is worth a try.
    Disturbed,
    /// It seems to fail: so few calls or looks have that nobody calls it disturbed yet.
    Falters {
        /// Since when.
        since: Millis,
    },
    /// It was disturbed and seems to answer again: so few have that nobody calls it back yet.
    Returns {
        /// Since when.
        since: Millis,
    },
    /// Nobody can tell.
    Unknown,
    /// This PC is offline, so nobody can tell.
    Offline,
    /// Every level is out.
    NoLevel,
}

/// What one witness says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceView {
    /// How things are, by it.
    pub health: HealthView,
    /// What it says.
    pub said: SaidView,
    /// When it said so last.
    pub at: Option<Millis>,
    /// The hosts it speaks of, where it names any.
    pub hosts: Vec<String>,
}

/// What a witness says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SaidView {
    /// Nothing: the list does not name it, nothing was called, nothing can be looked at.
    Nothing,
    /// What it said is too old to count.
    Old,
    /// Its main address is active; the calls were answered; the look was.
    Works,
    /// A backup address is active.
    Backup,
    /// Some of its addresses are on their backup, or answer, and some are not.
    Partly,
    /// Nothing answers.
    Fails,
    /// It comes and goes.
    Restless,
    /// The newest failed, which is not believed yet.
    Falters,
    /// It failed, and the newest worked, which is not believed yet.
    Returns,
}

/// One level of a function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LevelView {
    /// Which kind: `mycarenet-direct`.
    pub kind: String,
    /// What that is called.
    pub label: String,
    /// Its place; two of the same place are alternatives between which the person chooses.
    pub order: u32,
    /// How it is shown.
    pub severity: SeverityView,
    /// How it stands now.
    pub standing: StandingView,
    /// What keeps it out.
    pub why_out: Vec<ConditionView>,
    /// What only the person in front of the patient knows; it is asked, used and forgotten.
    pub asks: Vec<ConditionView>,
    /// What else it depends on and nobody knows: a signal that is missing, something this PC cannot find out, a setting
    /// that nobody made.
    pub open: Vec<ConditionView>,
    /// Who acts.
    pub actor: ActorView,
    /// How it comes into force.
    pub switch: SwitchView,
    /// When it is in force, in words.
    pub condition: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What is handed out on paper.
    pub documents: Vec<DocumentView>,
    /// What the patient may be told.
    pub say_to_patient: Option<String>,
    /// Requirements it rests on: `R-106`.
    pub sources: Vec<String>,
}

/// How a kind of level is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SeverityView {
    /// All is well.
    Ok,
    /// Worth knowing.
    Info,
    /// Other than usual.
    Notice,
    /// Somebody has to do something.
    Action,
}

/// How one level stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StandingView {
    /// What it rests on holds, and every level before it is out: this is what to do now.
    InForce,
    /// It would be in force if the person says so.
    IfYouSay,
    /// Something it rests on does not hold.
    Out,
    /// A level before it is in force, or may be.
    Later,
    /// What it rests on is not known, so nothing is claimed.
    Unknown,
}

/// Something that a level rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConditionView {
    /// Its name in the catalogue: `patient_known`.
    pub fact: String,
    /// What it means, as a statement.
    pub statement: String,
    /// The level needs the statement to hold, or needs it not to.
    pub wanted: bool,
    /// Whether it holds; none where only the person knows.
    pub holds: Option<bool>,
    /// Since when that is known, where it has an age: when the key that is kept was given out.
    pub at: Option<Millis>,
    /// It is a setting of this PC.
    pub setting: bool,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ActorView {
    /// Nobody: there is nothing to do.
    Nobody,
    /// The software.
    Software,
    /// The person who gives care.
    Person,
}

/// How a level comes into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SwitchView {
    /// It is the normal one.
    Usual,
    /// By itself; nobody is asked.
    Automatic,
    /// Somebody does it.
    Manual,
}

/// Something on paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DocumentView {
    /// Its name in the catalogue: `annexe-30`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// `patient`, `sickness-fund` or `as-the-rules-say`.
    pub given_to: String,
    /// What it is good for.
    pub purpose: String,
}

/// Where the fault of a function is. `unknown` where nobody can tell, or nothing of the kind is on its road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FaultView {
    /// This PC: reader, card, clock.
    pub pc: HealthView,
    /// The network of this PC.
    pub network: HealthView,
    /// The eHealth platform.
    pub platform: HealthView,
    /// The insurers; none where the function has nothing to do with them.
    pub insurers: Option<HealthView>,
}

/// Maintenance that was announced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnnouncedView {
    /// From when.
    pub from: Millis,
    /// Until when.
    pub until: Millis,
    /// It holds now.
    pub now: bool,
    /// What was announced, in its own words and language.
    pub words: String,
    /// Who says so, or where it is to be read.
    pub source: String,
}

/// Until when a consultation of a patient's insurability may be relied on. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecentView {
    /// It may be today.
    pub usable: bool,
    /// The last day on which it may, `YYYY-MM-DD`.
    pub until: String,
}

/// Where the calls of one service of the platform go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RouteView {
    /// Its key in the platform's registry.
    pub key: String,
    /// The name the list gives it, else its key.
    pub name: String,
    /// The address in force.
    pub url: String,
    /// Who put it there.
    pub by: ByView,
    /// Every address it has, by its order: what a person may choose from.
    pub addresses: Vec<String>,
    /// Until when a person's choice holds.
    pub until: Option<Millis>,
}

/// Who decided where calls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ByView {
    /// The settings of this environment; the list is silent.
    Profile,
    /// The platform's list.
    List,
    /// The last good list of the platform, which is too old to say what is true now.
    OldList,
    /// A failure on this PC.
    Failure,
    /// A person.
    Person,
}

/// What there was, up to now: when each function was off its normal road, or nobody knew, and when nobody looked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PastView {
    /// From.
    pub from: Millis,
    /// To: the clock of this environment.
    pub now: Millis,
    /// In the order in which they began.
    pub departures: Vec<DepartureView>,
    /// This PC, or Relais, was off.
    pub off: Vec<OffView>,
}

/// A time in which a function was not on its normal road, or nothing was known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DepartureView {
    /// Names it for as long as it is kept: `prescription@1772434800000`.
    pub id: String,
    /// The function, as in the catalogue.
    pub function: String,
    /// How it was; never operational.
    pub state: HealthView,
    /// From.
    pub from: Millis,
    /// To; none while it goes on.
    pub until: Option<Millis>,
    /// What it rests on, each witness once; empty where only hours are told apart.
    pub seen: Vec<SeenView>,
}

/// What a witness said last before a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeenView {
    /// Who.
    pub by: WitnessView,
    /// What.
    pub health: HealthView,
    /// When.
    pub at: Millis,
}

/// Who says how a function is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WitnessView {
    /// The platform's signed list.
    Authority,
    /// Calls of this PC.
    Real,
    /// Our own looks.
    Probe,
}

/// A time in which nobody looked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OffView {
    /// From.
    pub from: Millis,
    /// To.
    pub until: Millis,
}

/// The page of the record of an outage, in the words of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    /// Its title.
    pub title: String,
    /// What is recorded: labels and values.
    pub facts: Vec<(String, String)>,
    /// Titles of the columns: when, what, by what.
    pub columns: (String, String, String),
    /// What happened, in its order.
    pub rows: Vec<PageRowView>,
    /// How the page is checked.
    pub note: String,
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageRowView {
    /// When.
    pub at: String,
    /// What.
    pub what: String,
    /// What it rests on; empty where somebody did it.
    pub because: String,
}

/// Which software supports the emergency procedure, as far as two pages of the platform say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SoftwareView {
    /// The day on which both were read, `YYYY-MM-DD`; they bear none themselves.
    pub dated: String,
    /// What the page that looks older says, which names the packages.
    pub older: String,
    /// What the page that looks newer says.
    pub newer: String,
    /// What neither of them is.
    pub caveat: String,
    /// The packages, as the page has them and in its order.
    pub packages: Vec<PackageView>,
}

/// A package that the older page names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PackageView {
    /// As the page prints it.
    pub name: String,
    /// Named for the emergency procedure.
    pub failover: bool,
    /// Named for the renewal of sessions.
    pub renewal: bool,
}
