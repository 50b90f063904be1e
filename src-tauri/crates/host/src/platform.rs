//! What differs on other systems. Neither file was ever compiled here (docs/conformance.md).

#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "macos")]
pub(crate) use macos::since_boot;
#[cfg(windows)]
pub(crate) use windows::since_boot;
