//! The list of certificates: one page of it at a time, so that ten thousand rows make no window wait. No SSIN is in it.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Millis, ProblemView};

/// Most rows of a page.
pub const MOST_ROWS: u32 = 200;
/// Most files of a row that are named; the others are counted.
pub const MOST_FILES: usize = 8;

/// Groups of the list, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CertificateGroup {
    /// Something can be done today.
    Now,
    /// A request waits for its certificate.
    UnderWay,
    /// It may be renewed within three months.
    Soon,
    /// Nothing to do.
    Fine,
    /// A keystore that shows its dates only once it was opened.
    Closed,
    /// What could not be read.
    Unreadable,
    /// Replaced, for messages only, or nobody of ours.
    Kept,
}

impl CertificateGroup {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Now, Self::UnderWay, Self::Soon, Self::Fine, Self::Closed, Self::Unreadable, Self::Kept];
}

/// What can be done about a certificate today.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TodayView {
    /// It begins later.
    NotYetValid {
        /// When.
        from: Millis,
    },
    /// Too early for another.
    Wait {
        /// From when it may be renewed.
        opens_at: Millis,
    },
    /// It may be renewed.
    Renew {
        /// Until then.
        until: Millis,
    },
    /// It has ended: a new request.
    AskAnew {
        /// Since then.
        since: Millis,
    },
    /// An eID: the municipality makes another.
    Municipality {
        /// Its end.
        until: Millis,
    },
    /// An authority that Relais trusts: a newer Relais brings its successor.
    NewAnchors {
        /// Its end.
        until: Millis,
    },
    /// Wait for the platform's e-mail, then complete the request.
    Complete,
    /// A newer one is there, or it only opens messages: keep it for the old ones.
    Keep,
    /// Only listed.
    Nothing,
}

/// How much it presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PressView {
    /// Nothing can be done.
    None,
    /// It can be done.
    Possible,
    /// 60 days are left, or less.
    Soon,
    /// 14 days are left, or less.
    Urgent,
    /// It has ended.
    TooLate,
}

/// What its key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PurposeView {
    /// Signing in.
    Authentication,
    /// Signing documents.
    Signature,
    /// Opening messages.
    Encryption,
    /// Issuing others.
    Authority,
    /// The stand-in of a request.
    InProgress,
}

/// Where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SourceView {
    /// In files.
    Files,
    /// On an eID.
    Card,
    /// It comes with Relais.
    Relais,
    /// In the keystore of a session.
    Keystore,
}

/// Where its window lies on the axis of the page, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BarView {
    /// Where it may be renewed from.
    pub opens: f64,
    /// Where it ends.
    pub ends: f64,
    /// Where what is left of the window begins: its opening, or today.
    pub left: f64,
    /// Another one has taken its place, or is on its way.
    pub dashed: bool,
}

/// How long it lives still: one count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftView {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: LeftUnitView,
}

/// In what it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LeftUnitView {
    /// Whole years.
    Years,
    /// Whole months.
    Months,
    /// Whole days.
    Days,
}

/// What was said of it, and what somebody answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ToldView {
    /// `opened`, `days-30`, `ended`.
    pub rung: String,
    /// When.
    pub at: Millis,
    /// When somebody said that they know.
    pub acknowledged_at: Option<Millis>,
    /// When somebody wants to hear it again.
    pub again_at: Option<Millis>,
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificateView {
    /// What it is known by: the SHA-256 of the certificate.
    pub id: String,
    /// Whose it is: a name, and the number of an organisation, never a person's.
    pub who: String,
    /// Name of the environment, where its issuer is known.
    pub environment: Option<String>,
    /// What its key is for.
    pub purpose: PurposeView,
    /// Where it was found.
    pub source: SourceView,
    /// Files that hold it, at most eight; numbers of people are left out.
    pub files: Vec<String>,
    /// How many hold it.
    pub file_count: u32,
    /// First moment it is valid.
    pub begins_at: Millis,
    /// Last moment it is valid.
    pub ends_at: Millis,
    /// How long it lives still; none once it has ended.
    pub left: Option<LeftView>,
    /// What can be done today.
    pub today: TodayView,
    /// How much that presses.
    pub press: PressView,
    /// Its window.
    pub bar: BarView,
    /// What was said of it.
    pub told: Option<ToldView>,
    /// When it was seen last, where it cannot be looked at now.
    pub seen_at: Option<Millis>,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CertificateRow {
    /// A certificate.
    Certificate {
        /// Its group.
        group: CertificateGroup,
        /// The certificate.
        certificate: Box<CertificateView>,
    },
    /// A keystore that shows nothing without its password.
    Closed {
        /// The file; numbers of people are left out.
        file: String,
        /// The day it was made, `YYYY-MM-DD`, where that is known.
        made: Option<String>,
        /// Whose it is by its name: an organisation's type and number, of a person the type alone.
        who: Option<String>,
        /// When it was seen last, where it cannot be looked at now.
        seen_at: Option<Millis>,
    },
    /// What could not be read, or not whole.
    Unreadable {
        /// The place; numbers of people are left out.
        file: String,
        /// Why.
        problem: ProblemView,
    },
}

/// A folder that a person agreed to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgreedFolderView {
    /// The folder.
    pub folder: String,
    /// When they agreed.
    pub agreed_at: Millis,
    /// When the whole of it was seen last.
    pub whole_at: Option<Millis>,
    /// Files that the look that is under way has found.
    pub looking: Option<u32>,
    /// Why it, or a change in it, is not seen now.
    pub problem: Option<ProblemView>,
}

/// How many rows a group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GroupCount {
    /// The group.
    pub group: CertificateGroup,
    /// Its rows that match what is searched for.
    pub rows: u32,
}

/// Who could look after certificates where nobody answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeputyView {
    /// Their name.
    pub name: String,
    /// Their mail address; empty = not said.
    pub mail: String,
}

/// The draft of a mail to a deputy: the person sends it, nobody else does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeputyDraft {
    /// To whom; empty = the person knows.
    pub mail: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// A file that the list is given away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CertificatesFile {
    /// A calendar with alarms.
    Ics,
    /// A table for spreadsheets.
    Csv,
}

/// What of the list is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificatesQuery {
    /// Only this group; none = all.
    pub group: Option<CertificateGroup>,
    /// Words that a row has to have, in any order; empty = any row.
    pub search: String,
    /// The first row.
    pub from: u32,
    /// How many, at most 200.
    pub count: u32,
}

/// One page of the list, and what is true of the whole of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificatesView {
    /// Counts up: a view that arrives after a younger one is old.
    pub revision: u32,
    /// The clock of this environment.
    pub now: Millis,
    /// The folders.
    pub folders: Vec<AgreedFolderView>,
    /// Where eHealth's own tool puts keystores, where that is here and nobody agreed to it yet.
    pub usual_folder: Option<String>,
    /// Rows of each group that match what is searched for, whatever group is wanted.
    pub counts: Vec<GroupCount>,
    /// Rows that match, of all pages.
    pub total: u32,
    /// The rows of this page.
    pub rows: Vec<CertificateRow>,
    /// Where today lies on the axis of the windows, from 0 to 1.
    pub today: f64,
    /// Beginning of that axis.
    pub axis_from: Millis,
    /// Its end.
    pub axis_until: Millis,
    /// The certificate with which the person in use signs in.
    pub own: Option<Box<CertificateView>>,
    /// Certificates of which something was said that nobody has answered.
    pub unanswered: u32,
    /// Who could look after them.
    pub deputy: Option<DeputyView>,
    /// What could not be kept.
    pub problem: Option<ProblemView>,
}
