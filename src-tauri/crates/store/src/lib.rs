//! The database of Relais: journal, settings, index of sessions, attempts, ledger of work without the card.
//!
//! One process writes ([`Store`]), others may read meanwhile ([`Reader`]). What stands here is never needed to have a
//! session back: the lease files are. Every call blocks on the disk and belongs on a thread of its own.

mod attempts;
mod backlog;
mod chain;
mod column;
mod cut;
mod error;
mod file;
mod forgetting;
mod head;
mod journal;
mod ledger;
mod meta;
mod schema;
mod sessions;
mod settings;
mod store;
mod verify;

pub use backlog::MOST_WAITING;
pub use chain::{ChainHash, Link};
pub use error::StoreError;
pub use journal::{Appended, Filter, Recorded};
pub use ledger::Lines;
pub use settings::Setting;
pub use store::{DATABASE, Opened, Reader, Store};
pub use verify::{Break, Verdict};
