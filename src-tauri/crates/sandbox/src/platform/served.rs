//! A sandbox that is running: its endpoints, its switches, and its end.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::authority::Authorities;
use super::continuity::Depot;
use super::continuity::business::{Business, StsInZone};
use super::continuity::publisher::{Addresses, BASE, Publisher, Signers};
use super::continuity::registry::{self, ETK_DEPOT, ROWS, Zone};
use super::continuity::stage::Stage;
use super::control::{Control, Reach};
use super::faults::Faults;
use super::http::{self, Asked, Certificates, Door, Exchange, Handler, Heard, StsHandler, TlsError};
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
    stage: Stage,
    sts: Arc<Sts>,
    heard: Heard,
    doors: Vec<Door>,
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
        let listeners = Listeners::open(ports).await?;
        let token = [random_text(), random_text()].concat();
        let token_file = state.write("control.token", token.as_bytes())?;
        let (addresses, control_at) = (listeners.addresses(), listeners.control.1);
        let sts_url = format!("https://{}{}", addresses.sts[0], http::PATH);
        let control_url = format!("https://{control_at}");
        let (list_url, anchors) = (format!("https://{}{BASE}", listeners.list.1), world.anchors());
        let at = Endpoints {
            sts: &sts_url,
            control: &control_url,
            token_file: &token_file,
            list: &list_url,
            etk_depot: registry::row(ETK_DEPOT).map(|row| addresses.urls(row).swap_remove(0)),
            services: ROWS.iter().map(|row| (row.key, addresses.urls(row).swap_remove(0))).collect(),
            hosts: listeners.hosts(),
        };
        let (profile_path, profile_toml) = profile::write(state, world.authorities(), &anchors.eid, &at)?;

        let (faults, heard, clock) = (Faults::default(), Heard::default(), world.clock().clone());
        let known = (world.people().clone(), world.organisations().clone());
        let sts = Arc::new(Sts::new(clock.clone(), world.authorities(), known, anchors, faults.clone())?);
        let handler = http::sts(sts.clone(), faults.clone(), clock.clone(), heard.clone());
        let doors = Doors::default();
        let stage = Stage::new(clock.clone(), doors.zones(), state.clone())?;
        let (every, list) = (doors.every(), doors.list.clone());
        let mut tasks = Tasks::new(Certificates::new(world.authorities())?);
        tasks.0.push(tokio::spawn(stage.clone().run()));
        let platform = Platform { world, doors, stage: &stage, faults: &faults, sts: handler };
        tasks.platform(platform, listeners.sts, listeners.zones);
        let publisher = Publisher::new(stage.clone(), addresses, signers(world.authorities()), clock.clone());
        tasks.serve(listeners.list.0, Some(list), None, publisher);
        let reach = Reach { clock, faults: faults.clone(), sts: sts.clone(), readers, stage: stage.clone() };
        tasks.serve(listeners.control.0, None, None, Control::new(control_at, &token, reach));
        Ok(Self {
            profile_toml,
            profile_path,
            sts_url,
            control_url,
            token_file,
            faults,
            stage,
            sts,
            heard,
            doors: every,
            tasks: tasks.0,
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

    /// Which zones, services and lists have a bad day.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.stage
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

    /// How often the STS was asked so far, faults of an answer included; a connection that was refused asked nothing.
    #[must_use]
    pub fn asked(&self) -> Asked {
        self.heard.asked()
    }

    /// Takes the cable out of whoever uses this platform, or puts it back: nothing of it answers but its control endpoint.
    pub async fn cut_off(&self, cut: bool) {
        for door in &self.doors {
            door.cut(cut).await;
        }
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

/// A port that is held, and its address.
type Held = (TcpListener, SocketAddr);

/// Everything that listens, before anything answers.
struct Listeners {
    sts: [Held; 2],
    zones: [Held; 4],
    list: Held,
    control: Held,
}

impl Listeners {
    async fn open(ports: Ports) -> Result<Self, ServeError> {
        Ok(Self {
            sts: [listen(ports.sts).await?, listen(0).await?],
            zones: [listen(0).await?, listen(0).await?, listen(0).await?, listen(0).await?],
            list: listen(0).await?,
            control: listen(ports.control).await?,
        })
    }

    fn addresses(&self) -> Addresses {
        Addresses { sts: self.sts.each_ref().map(|one| one.1), zones: self.zones.each_ref().map(|one| one.1) }
    }

    fn hosts(&self) -> Vec<String> {
        let all = self.sts.iter().chain(&self.zones).chain([&self.list, &self.control]);
        all.map(|(_, address)| address.to_string()).collect()
    }
}

/// The doors of the zones; the STS has one of its own in each of its two. The list lies outside of all.
#[derive(Default)]
struct Doors {
    sts: [Door; 2],
    zones: [Door; 4],
    list: Door,
}

/// Zones in which the STS is.
const STS_ZONES: [Zone; 2] = [Zone::Main, Zone::Backup];

impl Doors {
    fn zones(&self) -> Vec<(Zone, Door)> {
        let zones = STS_ZONES.into_iter().chain(Zone::ALL);
        zones.zip(self.sts.iter().chain(&self.zones).cloned()).collect()
    }

    fn every(&self) -> Vec<Door> {
        self.sts.iter().chain(&self.zones).chain([&self.list]).cloned().collect()
    }
}

/// What answers in the zones.
struct Platform<'a> {
    world: &'a World,
    doors: Doors,
    stage: &'a Stage,
    faults: &'a Faults,
    sts: StsHandler,
}

/// What runs until the sandbox stops.
struct Tasks(Vec<JoinHandle<()>>, Arc<Certificates>);

impl Tasks {
    fn new(certificates: Certificates) -> Self {
        Self(vec![], Arc::new(certificates))
    }

    fn serve<H: Handler>(
        &mut self,
        listener: TcpListener,
        door: Option<Door>,
        faults: Option<Faults>,
        handler: H,
    ) {
        // It is open already; whoever shuts it waits for the listener from now on.
        door.iter().for_each(|door| door.is(Some(false)));
        self.0.push(tokio::spawn(http::serve(listener, self.1.clone(), door, faults, handler)));
    }

    fn platform(&mut self, of: Platform<'_>, sts: [Held; 2], zones: [Held; 4]) {
        let (world, clock) = (of.world, of.world.clock());
        let (etk, issuing) = (world.authorities().etk.clone(), world.authorities().issuing.clone());
        let depot = Depot::new(world.people(), world.organisations(), etk, issuing);
        for (((listener, _), zone), door) in sts.into_iter().zip(STS_ZONES).zip(of.doors.sts) {
            of.faults.keep(door.clone());
            let (stage, sts, clock) = (of.stage.clone(), of.sts.clone(), clock.clone());
            self.serve(listener, Some(door), Some(of.faults.clone()), StsInZone { stage, zone, sts, clock });
        }
        for (((listener, _), zone), door) in zones.into_iter().zip(Zone::ALL).zip(of.doors.zones) {
            let (stage, depot, clock) = (of.stage.clone(), depot.clone(), clock.clone());
            self.serve(listener, Some(door), None, Business { stage, zone, clock, depot });
        }
    }
}

fn signers(authorities: &Authorities) -> Signers {
    Signers {
        list: authorities.list.clone(),
        impostor: authorities.list_impostor.clone(),
        issuing: authorities.issuing.clone(),
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
