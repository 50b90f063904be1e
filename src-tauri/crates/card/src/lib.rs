//! The Belgian eID over a [`backend::Backend`].

pub mod backend;
