//! Which service is on its backup, who says so, and where a call goes (docs/architecture.md, "Continuity").
//!
//! Pure rules: the platform's list and what came of calls go in, states, routes and ladders come out.

pub mod health;
pub mod ladder;
pub mod list;
pub mod recent;
pub mod route;
