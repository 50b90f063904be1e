//! Everything Relais talks to, invented and strict: virtual eID, STS, keystores, faults on demand.

pub mod x509;
