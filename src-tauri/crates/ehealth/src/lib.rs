//! ehealth

pub mod xml;
