//! Puts engine and adapters together, the same way for the desktop and the command line.

mod adapters;
pub mod book;
pub mod cards;
pub mod catalogue;
pub mod clock;
pub mod control;
mod exchange;
pub mod file;
pub mod folders;
pub mod forgetting;
pub mod hardening;
pub mod keys;
pub mod lease_view;
pub mod leases;
pub mod lock;
pub mod logging;
pub mod looking;
mod organisation;
pub mod owner;
#[cfg(not(target_os = "linux"))]
mod platform;
pub mod policy;
pub mod preferences;
pub mod profile;
pub mod records;
pub mod relais;
mod remembered;
pub mod services;
pub mod texts;
pub mod trusted;
mod turned;
pub mod when;
pub mod without_card;
pub mod worker;
