//! A sandbox that is running: its endpoints, its switches, and its end.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::control::{Control, Reach};
use super::faults::Faults;
use super::http::{self, Certificates, Exchange, Heard, TlsError};
use super::profile::{self, Endpoints};
use super::state::{Folder, Serving, StateError};
use super::sts::{Rules, Sts, random_text};
use crate::World;
use crate::eid::VirtualReader;

/// Where a sandbox listens on 127.0.0.1; 0 lets the system choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ports {
    /// The STS.
    pub sts: u16,
    /// The control endpoint.
    pub control: u16,
}

/// A sandbox that cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another process serves this folder.
    #[error("this sandbox is being served already")]
    Served,
    /// A port is taken.
    #[error("the sandbox cannot listen on port {port} of 127.0.0.1")]
    Listen {
        /// Which one was asked for.
        port: u16,
        /// What the system says.
        #[source]
        because: std::io::Error,
    },
    /// Its folder refuses.
    #[error(transparent)]
    State(#[from] StateError),
    /// Its TLS certificates are refused.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

impl From<openssl::error::ErrorStack> for ServeError {
    fn from(because: openssl::error::ErrorStack) -> Self {
        Self::State(because.into())
    }
}

/// A running sandbox; dropping it stops it.
pub struct Served {
    profile_toml: String,
    profile_path: PathBuf,
    sts_url: String,
    control_url: String,
    token_file: PathBuf,
    faults: Faults,
    sts: Arc<Sts>,
    heard: Heard,
    tasks: Vec<JoinHandle<()>>,
    _serving: Serving,
}

impl Served {
    /// Starts the endpoints of a world.
    pub(crate) async fn start(
        world: &World,
        state: &Folder,
        ports: Ports,
        readers: VirtualReader,
    ) -> Result<Self, ServeError> {
        // Before anything is written: the profile there is leads to whoever serves already.
        let serving = state.serving()?.ok_or(ServeError::Served)?;
        let (sts_listener, sts_at) = listen(ports.sts).await?;
        let (control_listener, control_at) = listen(ports.control).await?;
        let token = [random_text(), random_text()].concat();
        let token_file = state.write("control.token", token.as_bytes())?;
        let (sts_url, control_url) =
            (format!("https://{sts_at}{}", http::PATH), format!("https://{control_at}"));
        let hosts = [sts_at.to_string(), control_at.to_string()];
        let at = Endpoints { sts: &sts_url, control: &control_url, token_file: &token_file, hosts };
        let anchors = world.anchors();
        let (profile_path, profile_toml) = profile::write(state, world.authorities(), &anchors.eid, &at)?;

        let faults = Faults::default();
        let (clock, known) = (world.clock().clone(), (world.people().clone(), world.organisations().clone()));
        let sts = Arc::new(Sts::new(clock.clone(), world.authorities(), known, anchors, faults.clone())?);
        let certificates = Arc::new(Certificates::new(world.authorities())?);
        let reach = Reach { clock: clock.clone(), faults: faults.clone(), sts: sts.clone(), readers };
        let control = Control::new(control_at, &token, reach);
        let heard = Heard::default();
        let handler = http::sts(sts.clone(), faults.clone(), clock, heard.clone());
        faults.door_is(Some(false));
        let served = http::serve(sts_listener, sts_at, certificates.clone(), Some(faults.clone()), handler);
        let controlled = http::serve(control_listener, control_at, certificates, None, control);
        let tasks = vec![tokio::spawn(served), tokio::spawn(controlled)];
        Ok(Self {
            profile_toml,
            profile_path,
            sts_url,
            control_url,
            token_file,
            faults,
            sts,
            heard,
            tasks,
            _serving: serving,
        })
    }

    /// The profile that points a client here, as text.
    #[must_use]
    pub fn profile_toml(&self) -> &str {
        &self.profile_toml
    }

    /// The same as a file.
    #[must_use]
    pub fn profile_path(&self) -> &Path {
        &self.profile_path
    }

    /// Address of the STS.
    #[must_use]
    pub fn sts_url(&self) -> &str {
        &self.sts_url
    }

    /// Address of the control endpoint.
    #[must_use]
    pub fn control_url(&self) -> &str {
        &self.control_url
    }

    /// The file with the token the control endpoint asks for.
    #[must_use]
    pub fn token_file(&self) -> &Path {
        &self.token_file
    }

    /// What goes wrong.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The switches for what is not known of the real platform.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.sts.rules()
    }

    /// Turns the switches.
    pub fn set_rules(&self, rules: Rules) {
        self.sts.set_rules(rules);
    }

    /// The last messages the STS heard, oldest first.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.heard.all()
    }

    /// Closes every connection and every port, and comes back when that is done.
    pub async fn stop(mut self) {
        for task in self.tasks.drain(..) {
            task.abort();
            // It was just aborted, so the only outcome is that it is.
            let _ = task.await;
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), ServeError> {
    let refused = |because| ServeError::Listen { port, because };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok((listener, address))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use super::*;

    /// The STS of a world, without HTTP around it.
    pub(crate) fn served(world: &World) -> Arc<Sts> {
        let (clock, known) = (world.clock().clone(), (world.people().clone(), world.organisations().clone()));
        Arc::new(Sts::new(clock, world.authorities(), known, world.anchors(), Faults::default()).unwrap())
    }
}
