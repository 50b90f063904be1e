//! Profile files.

use std::path::Path;

use relais_core::environment::EnvironmentClass;
use relais_host::profile::Profile;

/// No rule between the fields is lost, whatever else the file says. Nothing it names is opened.
pub fn file(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(profile) =
        Profile::parse(text, Path::new("fuzzed.toml"), |_| Err(relais_host::file::Unreadable::NOT_FOUND))
    else {
        return false;
    };
    let sandbox = profile.class == EnvironmentClass::Sandbox;
    assert!(sandbox || profile.sandbox.is_none(), "only a sandbox may be told to turn its clock");
    let real = matches!(profile.class, EnvironmentClass::Production | EnvironmentClass::Acceptance);
    let signers = [profile.sts.map(|sts| sts.signer), profile.service_list.map(|list| list.signer)];
    for signer in signers.into_iter().flatten().filter(|_| real) {
        assert!(
            signer.iter().any(|entry| entry == "OU=CBE=0809394427"),
            "the platform's own number is wanted"
        );
    }
    let folder = profile.name.as_str();
    assert!(
        !folder.is_empty() && !folder.contains(['/', '\\', '.']),
        "the name is that of a folder: {folder:?}"
    );
    true
}
