//! A door: whether somebody should listen at an address, and whether somebody does.

use std::sync::Arc;

use tokio::sync::watch;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct State {
    /// A planned fault refuses connections.
    refused: bool,
    /// The zone behind it is lost.
    lost: bool,
    /// Nothing of the platform is reached.
    cut: bool,
    /// What the listener made of it; `None` while there is no listener.
    is_shut: Option<bool>,
}

impl State {
    fn shut(self) -> bool {
        self.refused || self.lost || self.cut
    }
}

/// The door of one listener. Clones are the same door.
#[derive(Clone, Default)]
pub(crate) struct Door(Arc<watch::Sender<State>>);

impl Door {
    /// Connections are refused, or no longer; comes back when the listener has followed.
    pub async fn refuse(&self, refused: bool) {
        self.set(|state| state.refused = refused).await;
    }

    /// The zone is lost, or back; comes back when the listener has followed.
    pub async fn lose(&self, lost: bool) {
        self.set(|state| state.lost = lost).await;
    }

    /// Whoever asks is cut off from the platform, or no longer; comes back when the listener has followed.
    pub async fn cut(&self, cut: bool) {
        self.set(|state| state.cut = cut).await;
    }

    async fn set(&self, change: impl FnOnce(&mut State)) {
        self.0.send_modify(change);
        let mut state = self.0.subscribe();
        // The sender lives in `self`, so waiting cannot fail.
        let _ = state.wait_for(|state| state.is_shut.is_none_or(|is| is == state.shut())).await;
    }

    /// The listener tells what it does; `None` when it is gone.
    pub fn is(&self, shut: Option<bool>) {
        self.0.send_modify(|state| state.is_shut = shut);
    }

    /// Waits until it should be shut, or open.
    pub async fn until(&self, shut: bool) {
        // As above.
        let _ = self.0.subscribe().wait_for(|state| state.shut() == shut).await;
    }
}
