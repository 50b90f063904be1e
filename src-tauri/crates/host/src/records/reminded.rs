//! What somebody was told of certificates, and what they decided about them, as the database keeps it.

use std::path::Path;

use jiff::Timestamp;
use relais_core::Problem;
use relais_core::certificates::CertificateId;
use relais_core::certificates::reminder::Told;
use relais_store::{Reader, Setting, StoreError};

use super::RecordRoom;

/// Folders that a person agreed to, hidden.
const DECIDED: Setting<String> = Setting::new("agreed-folders");

impl RecordRoom {
    /// What was said last of each certificate.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn reminders(&self) -> Result<Vec<(CertificateId, Told)>, Problem> {
        self.look(|store| store.reader().reminders()).await
    }

    /// Notes what was said last of these, at `now`.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn note_reminders(
        &self,
        told: Vec<(CertificateId, Told)>,
        now: Timestamp,
    ) -> Result<(), Problem> {
        self.write(None, move |store| store.note_reminders(&told, now)).await
    }

    /// Forgets that anybody was told of these.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn forget_reminders(&self, ids: Vec<CertificateId>) -> Result<(), Problem> {
        self.write(None, move |store| store.forget_reminders(&ids)).await
    }

    /// What was decided about the inventory, hidden; none where nobody decided anything.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn decided(&self) -> Result<Option<String>, Problem> {
        self.look(|store| store.reader().setting(&DECIDED)).await
    }

    /// Keeps what was decided.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn keep_decided(&self, hidden: String) -> Result<(), Problem> {
        self.write(Some("agreed folders".to_owned()), move |store| store.set(&DECIDED, &hidden)).await
    }
}

/// As [`RecordRoom::decided`], of a folder that is only looked at.
pub(crate) fn decided(folder: &Path) -> Result<Option<String>, Problem> {
    let look = || Reader::open(folder)?.map_or(Ok(None), |reader| reader.setting(&DECIDED));
    look().map_err(|error: StoreError| error.while_reading())
}

/// As [`RecordRoom::reminders`], of a folder that is only looked at. A database of an older Relais knows none.
pub(crate) fn reminders(folder: &Path) -> Result<Vec<(CertificateId, Told)>, Problem> {
    let look = || Reader::open(folder)?.map_or(Ok(vec![]), |reader| reader.reminders());
    look().map_err(|error: StoreError| error.while_reading())
}
