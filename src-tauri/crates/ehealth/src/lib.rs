//! Messages of the eHealth platform: what is asked of its STS, what comes back, and the way there.

pub mod assertion;
pub mod claims;
pub mod etk_depot;
pub mod service_list;
pub mod soap;
pub mod sts;
pub mod transport;
pub mod xml;
