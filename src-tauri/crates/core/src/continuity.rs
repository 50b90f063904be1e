//! Which service is on its backup, who says so, and where a call goes (docs/architecture.md, "Continuity").
//!
//! Pure rules: the platform's list and what came of calls go in, states, routes and ladders come out.

pub mod announced;
pub mod health;
pub mod judge;
pub mod ladder;
pub mod list;
pub mod own_key;
pub mod past;
pub mod plan;
pub mod recent;
pub mod record;
pub mod returns;
pub mod route;
pub mod timeline;
pub mod watch;
