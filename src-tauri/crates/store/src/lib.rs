//! The database of Relais: journal, settings, index of sessions, attempts, ledger of work without the card, timeline of the
//! functions, what was told of certificates.
//!
//! One process writes ([`Store`]), others may read meanwhile ([`Reader`]). What stands here is never needed to have a
//! session back: the lease files are. Every call blocks on the disk and belongs on a thread of its own.

mod attempts;
mod backlog;
mod certificates;
mod chain;
mod column;
mod cut;
mod dated;
mod error;
mod file;
mod forgetting;
mod gap;
mod head;
mod journal;
mod ledger;
mod meta;
mod past;
mod schema;
mod sessions;
mod settings;
mod store;
mod timeline;
mod verify;

pub use backlog::{Backlog, MOST_WAITING};
pub use chain::{ChainHash, Link};
pub use error::StoreError;
pub use gap::IN_PLACE_OF;
pub use journal::{Appended, Filter, Recorded};
pub use ledger::Lines;
pub use past::{Departures, MOST_SHOWN, Story};
pub use relais_core::continuity::timeline::LONGEST_PAUSE;
pub use settings::Setting;
pub use store::{DATABASE, Opened, Reader, Store};
pub use verify::{Break, Verdict};
