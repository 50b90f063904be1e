//! Bad days on demand: what can go wrong between a client and the STS, one variant each, switched while it runs.
//!
//! Numbers in the comments are the faults of docs/threat-model.md. A fault never makes the STS lenient: a request that
//! breaks a rule is refused before the fault would strike its answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::http::Door;

/// One thing that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fault {
    /// Nobody listens (F6).
    RefuseConnections,
    /// The connection is reset in the handshake (F11).
    TlsReset,
    /// The server speaks TLS 1.1 only (F11).
    TlsTooOld,
    /// The server's certificate has expired (F11).
    TlsExpired,
    /// The server's certificate is for another name (F11).
    TlsWrongName,
    /// The server's certificate is from a root nobody knows (F11).
    TlsUnknownCa,
    /// An HTTP status other than 200 (F6).
    Status {
        /// 429, 500, 503.
        status: u16,
        /// Seconds to wait, for the header Retry-After.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
    },
    /// The answer is somewhere else.
    Redirect {
        /// Where.
        to: String,
    },
    /// A SOAP fault (F7) with this code: `SOA-02002`, `wst:RequestFailed`, `wsse:FailedCheck`, or one nobody knows.
    Soap {
        /// The code.
        code: String,
    },
    /// The request is read and never answered (F8).
    Silent,
    /// The right answer, one byte a second (F8).
    Drip,
    /// A body without end (F8).
    EndlessBody,
    /// A small body that unpacks to 256 MB (F8).
    GzipBomb,
    /// Chunks that are none (F8).
    ChunkedGarbage,
    /// The connection ends in the middle of the right answer (F9).
    Truncated,
    /// The right answer with bytes in it that are not UTF-8 (F9).
    NotUtf8,
    /// The right answer under another content type (F9).
    WrongContentType,
    /// The page of a hotel's portal (F9).
    Html,
    /// The answer carries another Context (F10).
    OtherContext,
    /// The assertion names another holder of key (F10).
    OtherHolder,
    /// The assertion is about somebody else (F10).
    OtherPerson,
    /// Signed by an organisation under the same CA (F10, T16).
    WrongSigner,
    /// Signed by a signer of the right name whose time is over (F10).
    ExpiredSigner,
    /// Signed by a signer of the right name under a CA nobody trusts (F10).
    UntrustedSigner,
    /// Changed after it was signed (T1).
    Tampered,
    /// The assertion of an earlier answer, under today's Context (T6).
    Replay,
    /// Issued at another instant than now (T6); signed and otherwise right.
    IssuedAt {
        /// How far from now, in milliseconds; negative is earlier.
        off_ms: i64,
    },
    /// Already over when it arrives.
    AlreadyOver,
    /// Good for so long and no longer; right otherwise. No fault of the platform's: its tokens may live as it likes.
    ShortLife {
        /// Its life.
        seconds: u32,
    },
}

/// Where in an exchange a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// At every request.
    #[default]
    Any,
    /// At requests that are no message, such as a probe with HEAD.
    Probe,
    /// At the first request, Issue or Renew.
    First,
    /// At the answer to a challenge.
    Challenge,
}

/// A fault, where it strikes, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What goes wrong.
    pub fault: Fault,
    /// Where; faults of the connection strike before any step is known.
    #[serde(default)]
    pub step: Step,
    /// How often it strikes before it is over; `None` until it is cleared. Refused connections cannot be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

impl From<Fault> for Plan {
    fn from(fault: Fault) -> Self {
        Self { fault, step: Step::Any, times: None }
    }
}

/// Which layer a fault belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    /// Before anything was said.
    Connection,
    /// In the HTTP answer.
    Http,
    /// In what the STS says.
    Answer,
}

impl Fault {
    pub(crate) fn layer(&self) -> Layer {
        match self {
            Self::RefuseConnections
            | Self::TlsReset
            | Self::TlsTooOld
            | Self::TlsExpired
            | Self::TlsWrongName
            | Self::TlsUnknownCa
            | Self::ChunkedGarbage => Layer::Connection,
            Self::Status { .. }
            | Self::Redirect { .. }
            | Self::Soap { .. }
            | Self::Silent
            | Self::Drip
            | Self::EndlessBody
            | Self::GzipBomb
            | Self::Truncated
            | Self::NotUtf8
            | Self::WrongContentType
            | Self::Html => Layer::Http,
            Self::OtherContext
            | Self::OtherHolder
            | Self::OtherPerson
            | Self::WrongSigner
            | Self::ExpiredSigner
            | Self::UntrustedSigner
            | Self::Tampered
            | Self::Replay
            | Self::IssuedAt { .. }
            | Self::AlreadyOver
            | Self::ShortLife { .. } => Layer::Answer,
        }
    }
}

/// The switchboard. Clones share it.
#[derive(Clone, Default)]
pub struct Faults {
    plans: Arc<Mutex<Vec<Plan>>>,
    doors: Arc<Mutex<Vec<Door>>>,
}

impl Faults {
    // A panic while the lock is held leaves whole plans behind, so a poisoned lock is still a good one.
    fn plans(&self) -> MutexGuard<'_, Vec<Plan>> {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on this goes wrong, and nothing else.
    pub async fn set(&self, plan: impl Into<Plan>) {
        self.replace(vec![plan.into()]).await;
    }

    /// This goes wrong as well.
    pub async fn add(&self, plan: impl Into<Plan>) {
        self.plans().push(plan.into());
        self.settle().await;
    }

    /// These go wrong, and nothing else.
    pub async fn replace(&self, plans: Vec<Plan>) {
        *self.plans() = plans;
        self.settle().await;
    }

    /// All is well again.
    pub async fn clear(&self) {
        self.replace(Vec::new()).await;
    }

    /// What is planned now.
    #[must_use]
    pub fn planned(&self) -> Vec<Plan> {
        self.plans().clone()
    }

    /// Opens or shuts the doors as planned and waits until that is done.
    async fn settle(&self) {
        let refused = self.plans().iter().any(|plan| plan.fault == Fault::RefuseConnections);
        let doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for door in doors {
            door.refuse(refused).await;
        }
    }

    /// From now on this door shuts too when connections are refused.
    pub(crate) fn keep(&self, door: Door) {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner).push(door);
    }

    /// The fault that strikes now in this layer, if one is planned; it counts as having struck.
    pub(crate) fn strike(&self, layer: Layer, step: Step) -> Option<Fault> {
        let mut plans = self.plans();
        let place = plans
            .iter()
            .position(|plan| plan.fault.layer() == layer && (plan.step == Step::Any || plan.step == step))?;
        let plan = &mut plans[place];
        let fault = plan.fault.clone();
        match &mut plan.times {
            Some(0 | 1) => drop(plans.remove(place)),
            Some(left) => *left -= 1,
            None => {}
        }
        Some(fault)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fault_planned_twice_strikes_twice() {
        let faults = Faults::default();
        faults.set(Plan { fault: Fault::Html, step: Step::Any, times: Some(2) }).await;
        let strike = || faults.strike(Layer::Http, Step::First);
        assert_eq!([strike(), strike(), strike()], [Some(Fault::Html), Some(Fault::Html), None]);
    }

    #[tokio::test]
    async fn a_fault_strikes_only_at_its_step_and_layer() {
        let faults = Faults::default();
        faults.set(Plan { fault: Fault::Silent, step: Step::Challenge, times: None }).await;
        assert_eq!(faults.strike(Layer::Http, Step::First), None);
        assert_eq!(faults.strike(Layer::Answer, Step::Challenge), None);
        assert_eq!(faults.strike(Layer::Http, Step::Challenge), Some(Fault::Silent));
        faults.clear().await;
        assert_eq!(faults.strike(Layer::Http, Step::Challenge), None);
    }

    #[test]
    fn a_plan_is_read_as_people_write_it() {
        let plan: Plan =
            serde_json::from_str(r#"{"fault":{"kind":"status","status":503,"retry_after":120},"times":1}"#)
                .unwrap();
        let fault = Fault::Status { status: 503, retry_after: Some(120) };
        assert_eq!(plan, Plan { fault, step: Step::Any, times: Some(1) });
        assert!(serde_json::from_str::<Plan>(r#"{"fault":{"kind":"earthquake"}}"#).is_err());
        assert!(serde_json::from_str::<Plan>(r#"{"fault":{"kind":"html"},"tmies":1}"#).is_err());
    }
}
