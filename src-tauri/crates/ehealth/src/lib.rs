//! ehealth
