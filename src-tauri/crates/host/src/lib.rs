//! Puts engine and adapters together, the same way for the desktop and the command line.

pub mod catalogue;
pub mod clock;
pub mod folders;
pub mod owner;
#[cfg(not(target_os = "linux"))]
mod platform;
pub mod preferences;
pub mod profile;
pub mod worker;
