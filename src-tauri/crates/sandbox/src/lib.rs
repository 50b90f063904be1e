//! Everything Relais talks to, invented and strict: virtual eID, STS, keystores, faults on demand.

pub mod clock;
pub mod eid;
pub mod house;
pub mod platform;
pub mod world;
pub mod x509;

pub use world::World;
