//! Puts a Relais together for the desktop: which platform, which readers, which keystores.

use std::path::Path;
use std::sync::Arc;

use relais_card::pcsc::PcscBackend;
use relais_core::environment::EnvironmentClass;
use relais_core::session::Event;
use relais_core::{Code, Problem};
use relais_engine::view::{EnvironmentView, SandboxNote};
use relais_host::cards::MakeBackend;
use relais_host::clock::Time;
use relais_host::hand::Hand;
use relais_host::keys::KeystorePlace;
use relais_host::preferences::{KeyStoreChoice, Preferences};
use relais_host::profile::Profile;
use relais_host::relais::{Parts, Running, start};
use relais_sandbox::house::House;
use tokio::sync::watch;

use crate::arguments::Arguments;

/// A running Relais and, in the sandbox, the invented world around it.
pub(crate) struct Wired {
    pub(crate) running: Running,
    pub(crate) environment: EnvironmentView,
    /// The hand in the sandbox this environment is; why there is none elsewhere.
    pub(crate) hand: Result<Arc<Hand>, Problem>,
    house: Option<House>,
}

impl Wired {
    /// Tells of every turn of the clock of the sandbox in this process.
    pub(crate) fn turns(&self) -> Option<watch::Receiver<u64>> {
        self.house.as_ref().map(|house| house.clock().subscribe())
    }

    /// Tells of every change of zones, services and list of the sandbox in this process.
    pub(crate) fn changes(&self) -> Option<watch::Receiver<u64>> {
        self.house.as_ref().map(|house| house.served().stage().subscribe())
    }

    pub(crate) async fn stop(self) {
        self.running.stop().await;
        if let Some(house) = self.house {
            house.stop().await;
        }
    }
}

/// Opens the environment `name`, or the profile of the arguments.
pub(crate) async fn wire(
    arguments: &Arguments,
    name: &str,
    root: &Path,
    preferences: &Preferences,
) -> Result<Wired, Problem> {
    if arguments.profile.is_none() && name == "sandbox" {
        return sandbox(arguments, root, preferences).await;
    }
    let profile = match &arguments.profile {
        Some(path) => Profile::load(path)?,
        None => Profile::built_in(name)?,
    };
    let backend: MakeBackend = Arc::new(|| Box::new(PcscBackend::new()));
    let parts = Parts {
        backend,
        time: Time::in_environment(&profile).await?,
        keystores: keystores(arguments)?,
        key_store: key_store(arguments, preferences, profile.class),
        profile,
        data_root: Some(root.to_owned()),
        language: preferences.language(),
        calls: preferences.calls.clone(),
        typed_readers: preferences.typed_readers.clone(),
        habits: preferences.habits(root).0,
        watch: true,
    };
    let surroundings = Surroundings::of(&parts.profile, None, None);
    wired(start(parts).await?, surroundings, preferences.habits(root).1).await
}

/// Everything invented, in this process: the card in its reader, the platform on loopback.
async fn sandbox(arguments: &Arguments, root: &Path, preferences: &Preferences) -> Result<Wired, Problem> {
    let house = House::open(&root.join("sandbox-world")).await.map_err(|error| {
        tracing::error!(%error, "the sandbox cannot be opened");
        Problem::new(Code::DATA_FOLDER).with("reason", error)
    })?;
    let profile = Profile::load(house.profile_path())?;
    let readers = house.readers().clone();
    let note = SandboxNote { pin: house.pin(), password: house.password().to_owned() };
    let parts = Parts {
        backend: Arc::new(move || Box::new(readers.clone())),
        // In this process it is asked directly.
        time: Time::of(house.clock().clone()),
        keystores: match &arguments.keystore {
            Some(file) => KeystorePlace::File(file.clone()),
            None => KeystorePlace::Folder(house.keystores()),
        },
        key_store: key_store(arguments, preferences, profile.class),
        profile,
        data_root: Some(root.to_owned()),
        language: preferences.language(),
        calls: preferences.calls.clone(),
        typed_readers: preferences.typed_readers.clone(),
        habits: preferences.habits(root).0,
        watch: true,
    };
    let surroundings = Surroundings::of(&parts.profile, Some(note), Some(house));
    wired(start(parts).await?, surroundings, preferences.habits(root).1).await
}

/// The window owns the folder, so `relaisctl` is attended to from here.
/// Without a socket only `relaisctl` is left out, which is said.
async fn wired(
    running: Running,
    surroundings: Surroundings,
    hours: Option<Problem>,
) -> Result<Wired, Problem> {
    if let Some(problem) = hours {
        running.handle.tell(Event::Warned(problem)).await?;
    }
    #[cfg(unix)]
    if let Err(problem) = relais_host::control::serve(&running) {
        running.handle.tell(Event::Warned(problem)).await?;
    }
    relais_host::lock::watch(&running.handle);
    let Surroundings { environment, hand, house } = surroundings;
    Ok(Wired { running, environment, hand, house })
}

/// What is around a running Relais.
struct Surroundings {
    environment: EnvironmentView,
    hand: Result<Arc<Hand>, Problem>,
    house: Option<House>,
}

impl Surroundings {
    fn of(profile: &Profile, note: Option<SandboxNote>, house: Option<House>) -> Self {
        let hand = Hand::of(profile).map(Arc::new);
        Self { environment: environment(profile, note, hand.is_ok()), hand, house }
    }
}

fn keystores(arguments: &Arguments) -> Result<KeystorePlace, Problem> {
    match &arguments.keystore {
        Some(file) => Ok(KeystorePlace::File(file.clone())),
        None => KeystorePlace::usual().ok_or(Code::KEYSTORE_NOT_FOUND.into()),
    }
}

/// The key store of the operating system, unless somebody chose otherwise; a sandbox accepts the key file.
fn key_store(arguments: &Arguments, preferences: &Preferences, class: EnvironmentClass) -> KeyStoreChoice {
    let usual = if class == EnvironmentClass::Sandbox { KeyStoreChoice::File } else { KeyStoreChoice::Os };
    arguments.key_store.map(Into::into).or(preferences.key_store).unwrap_or(usual)
}

fn environment(profile: &Profile, sandbox_note: Option<SandboxNote>, hand: bool) -> EnvironmentView {
    let class = match profile.class {
        EnvironmentClass::Production => "production",
        EnvironmentClass::Acceptance => "acceptance",
        EnvironmentClass::Integration => "integration",
        EnvironmentClass::Sandbox => "sandbox",
    };
    EnvironmentView { name: profile.name.to_string(), class: class.to_owned(), sandbox_note, hand }
}
