//! Where a command works: profile, folders, readers, keystores.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use relais_card::backend::Backend;
use relais_card::pcsc::PcscBackend;
use relais_core::environment::EnvironmentClass;
use relais_core::{Code, Problem};
use relais_host::clock::Time;
use relais_host::file;
use relais_host::folders::{self, Folders};
use relais_host::keys::KeystorePlace;
use relais_host::leases::Place;
use relais_host::preferences::{KeyStoreChoice, Preferences};
use relais_host::profile::Profile;
use relais_host::relais::Parts;

use crate::arguments::{KeyStore, Options};

/// The profile of the options: the file, the name, or the environment that was chosen in the window.
pub fn profile(options: &Options) -> Result<Profile, Problem> {
    if let Some(path) = &options.profile {
        return Profile::load(path);
    }
    let root = folders::root(options.data_dir.as_deref())?;
    let name = match &options.environment {
        Some(name) => name.clone(),
        None => Preferences::load(&root)?.environment.ok_or(Code::NO_ENVIRONMENT_CHOSEN)?.to_string(),
    };
    if name == "sandbox" {
        return profile_of_window_sandbox(options);
    }
    Profile::built_in(&name)
}

/// The window's own sandbox writes its profile beside its world.
pub fn profile_of_window_sandbox(options: &Options) -> Result<Profile, Problem> {
    let root = folders::root(options.data_dir.as_deref())?;
    let written = root.join("sandbox-world").join("profile.toml");
    // Nobody named this file: that it is not there yet says that no sandbox ever was.
    match written.try_exists() {
        Ok(false) => Err(Code::SANDBOX_NEVER_OPENED.into()),
        _ => Profile::load(&written),
    }
}

/// Looks at the profile of the options where the command itself needs none: a wrong one is told all the same.
pub fn look_at_profile(options: &Options) -> Result<(), Problem> {
    let named = options.profile.is_some() || options.environment.is_some();
    if named { profile(options).map(drop) } else { Ok(()) }
}

/// The folders of a profile.
pub fn folders(options: &Options, profile: &Profile) -> Result<Folders, Problem> {
    Folders::open(options.data_dir.as_deref(), &profile.name)
}

/// The same folders for a command that only looks: none is made.
pub fn folders_to_look(options: &Options, profile: &Profile) -> Result<Folders, Problem> {
    Folders::find(options.data_dir.as_deref(), &profile.name)
}

/// Where the sessions of a profile are.
pub fn place(options: &Options, profile: &Profile, folders: &Folders) -> Result<Place, Problem> {
    let choice = key_store(options, profile, &Preferences::load(&folders.root)?);
    Ok(Place { folder: folders.environment.clone(), environment: profile.name.clone(), choice })
}

/// Where session keys are kept: the option, else the setting, else what suits the class.
fn key_store(options: &Options, profile: &Profile, preferences: &Preferences) -> KeyStoreChoice {
    let usual =
        if profile.class == EnvironmentClass::Sandbox { KeyStoreChoice::File } else { KeyStoreChoice::Os };
    options.key_store.map(choice).or(preferences.key_store).unwrap_or(usual)
}

/// What a Relais in this process is made of; `watch` lets it look at readers and cards by itself.
pub fn parts(options: &Options, profile: Profile, time: Time, watch: bool) -> Result<Parts, Problem> {
    let root = folders::root(options.data_dir.as_deref())?;
    let preferences = Preferences::load(&root)?;
    let keystores = KeystorePlace::usual().unwrap_or_else(|| KeystorePlace::Folder(PathBuf::new()));
    let habits = preferences.habits(&root).0;
    Ok(Parts {
        key_store: key_store(options, &profile, &preferences),
        language: preferences.language(),
        calls: preferences.calls,
        habits,
        typed_readers: preferences.typed_readers,
        profile,
        data_root: Some(root),
        backend: Arc::new(|| Box::new(PcscBackend::new())),
        keystores,
        time,
        watch,
    })
}

fn choice(key_store: KeyStore) -> KeyStoreChoice {
    match key_store {
        KeyStore::Os => KeyStoreChoice::Os,
        KeyStore::File => KeyStoreChoice::File,
        KeyStore::Memory => KeyStoreChoice::Memory,
    }
}

/// The readers of this PC.
pub fn readers() -> Box<dyn Backend> {
    Box::new(PcscBackend::new())
}

/// A document's bytes.
pub fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    file::start(path).map_err(|why| why.problem(path))
}
