//! Whose encryption key is meant, and where the depot of an environment is: for whoever asks without a running Relais.

use std::path::Path;

use jiff::Timestamp;
use relais_core::continuity::list::ServiceKey;
use relais_core::continuity::plan::Target;
use relais_core::continuity::route::{Memory, choose};
use relais_core::ident::Identity;
use relais_core::lease::SlotId;
use relais_core::{Code, Problem};
use relais_ehealth::etk_depot::{EtkDepot, Recipient};
use relais_ehealth::transport::Url;
use relais_keystore::{InstallKey, find};

use crate::continuity;
use crate::preferences::Calls;
use crate::profile::Profile;
use crate::relais::transport;

/// The ETK depot in the platform's registry. Source: docs/reference/ehealth-bcp.md, section 5.
pub(crate) const DEPOT: &str = "uddi:ehealth-fgov-be:business:etkdepot:v1";

/// The depot of an environment, and its addresses: those of the list that was kept in this folder, the active one first,
/// else those of the profile.
///
/// # Errors
/// A key of the profile that cannot be used, or names no depot.
pub fn depot(
    profile: &Profile,
    calls: &Calls,
    folder: &Path,
    at: Timestamp,
) -> Result<(EtkDepot, Vec<Url>), Problem> {
    let source = continuity::source(profile)?;
    // A list that is not believed any more is no reason to ask nobody.
    let kept = source.and_then(|source| continuity::kept(folder, &source, at).ok().flatten());
    let list = kept.map(|(held, _)| held.list);
    let key = ServiceKey(DEPOT.to_owned());
    let target = Target { default: continuity::default(&key, profile), key, direct: None };
    let found = target.found(list.as_deref());
    let found = found.ok_or_else(|| profile.refused("certificates.etkdepot", "missing"))?;
    let order = choose(&found.service, &Memory::default(), at).order;
    let depot = client(profile, calls)?;
    Ok((depot, order.iter().filter_map(|url| Url::parse(url).ok()).collect()))
}

/// A client of the depot, by the one way that calls take.
///
/// # Errors
/// A key of the profile or a setting that cannot be used.
pub(crate) fn client(profile: &Profile, calls: &Calls) -> Result<EtkDepot, Problem> {
    Ok(EtkDepot {
        transport: transport(profile, calls)?,
        anchors: profile.trust.ehealth.clone(),
        signer: continuity::etk_signer(profile)?,
    })
}

/// Who has a keystore in `keystores`: the person or organisation of this slot, else the only one there is.
///
/// # Errors
/// [`Code::KEYSTORE_NOT_FOUND`], [`Code::KEYSTORE_SEVERAL`] with the slots there are.
pub fn owner(
    profile: &Profile,
    folder: &Path,
    keystores: &Path,
    slot: Option<&SlotId>,
) -> Result<Recipient, Problem> {
    let install = InstallKey::load_or_create(folder)?;
    let owners = find::owners(keystores).map_err(|error| error.problem())?;
    let slots: Result<Vec<_>, _> = owners.iter().map(|one| install.slot_id(&profile.name, one)).collect();
    let known: Vec<(&Identity, SlotId)> = owners.iter().zip(slots?).collect();
    let meant: Vec<_> = known.iter().filter(|(_, of)| slot.is_none_or(|slot| slot == of)).collect();
    match meant[..] {
        [] => Err(Code::KEYSTORE_NOT_FOUND.into()),
        [(owner, _)] => Recipient::of(owner).map_err(|_| Code::KEYSTORE_NOT_FOUND.into()),
        _ => {
            let slots: Vec<_> = known.iter().map(|(_, slot)| slot.as_str()).collect();
            Err(Problem::new(Code::KEYSTORE_SEVERAL).with("choices", slots.join("; ")))
        }
    }
}
