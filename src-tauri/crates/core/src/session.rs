//! The session and its rules.
