//! The sandbox, for whoever looks at its place or acts there; and the watch of the services, which follows what happens in it
//! within seconds, however seldom it looks by itself.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use relais_core::continuity::health::FAILURES;
use relais_core::{Code, Problem};
use relais_engine::view::sandbox::{SandboxDeed, SandboxView};
use relais_host::hand::world::World;
use relais_host::hand::{Hand, view};
use tokio::sync::watch;

use super::{Desktop, lock};

/// So many looks decide that a service is gone, or back; one more, since one may be under way already.
const LOOKS: u8 = FAILURES + 1;
/// Between two of them: these hosts are this PC's own.
const PAUSE: Duration = Duration::from_secs(2);

impl Desktop {
    fn hand(&self) -> Result<Arc<Hand>, Problem> {
        let wired = lock(&self.0.wired);
        wired.as_ref().map_or_else(|| Err(Code::NO_ENVIRONMENT_CHOSEN.into()), |wired| wired.hand.clone())
    }

    /// The sandbox as it is now.
    pub(crate) async fn sandbox(&self) -> Result<SandboxView, Problem> {
        let world = self.hand()?.look().await?;
        Ok(self.seen(world))
    }

    /// Does something there, and tells how it is then.
    pub(crate) async fn sandbox_do(&self, deed: SandboxDeed) -> Result<SandboxView, Problem> {
        let hand = self.hand()?;
        hand.does(deed).await?;
        let world = hand.look().await?;
        Ok(self.seen(world))
    }

    /// What is other than at the last look is looked at by the watch, too, whoever did it.
    fn seen(&self, world: World) -> SandboxView {
        let language = lock(&self.0.preferences).language();
        let shown = view(&world, language);
        let before = lock(&self.0.world).replace(world.clone());
        if before.is_some_and(|before| !before.differs_by_time_alone(&world)) {
            let desktop = self.clone();
            tauri::async_runtime::spawn(async move { desktop.look_at_services().await });
        }
        shown
    }

    /// Every change in the sandbox of this process is followed.
    pub(super) fn follow_sandbox(&self, mut changes: watch::Receiver<u64>) {
        let desktop = self.clone();
        tauri::async_runtime::spawn(async move {
            while changes.changed().await.is_ok() {
                desktop.look_at_services().await;
            }
        });
    }

    async fn look_at_services(&self) {
        for _ in 0..LOOKS {
            // Listeners follow a moment after what is said of them.
            tokio::time::sleep(PAUSE / 2).await;
            let Ok(services) = self.services() else { return };
            if services.look_now(SignedDuration::ZERO).await.is_err() {
                return;
            }
            tokio::time::sleep(PAUSE / 2).await;
        }
    }
}
