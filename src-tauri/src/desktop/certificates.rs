//! The list of certificates: what the page asks for, and that it changes.

use std::path::PathBuf;
use std::time::Duration;

use relais_core::certificates::CertificateId;
use relais_core::{Code, Problem};
use relais_engine::view::certificates::{CertificatesFile, CertificatesQuery, CertificatesView, DeputyDraft};
use relais_host::certificates::{Certificates, draft, files, usual_folder, view};
use relais_host::texts::Texts;
use serde::{Deserialize, Serialize};
use tauri_specta::Event;

use super::{Desktop, lock};

/// The list, or what is said of it, is other than it was: whoever shows it asks for it again.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub(crate) struct CertificatesChanged;

/// Many changes of one moment are told once.
const TOGETHER: Duration = Duration::from_millis(300);

impl Desktop {
    /// The watch of certificates.
    pub(crate) fn certificates(&self) -> Result<Certificates, Problem> {
        self.of_running(relais_host::relais::Running::certificates)?
    }

    /// One page of the list.
    pub(crate) fn certificates_page(&self, query: &CertificatesQuery) -> Result<CertificatesView, Problem> {
        let revision = self.next_view();
        let (known, now) = (self.certificates()?.known(), self.engine()?.now().wall);
        let page = view(&known, query, revision, now, &relais_host::when::zone());
        let agreed =
            |folder: &PathBuf| known.folders.iter().any(|one| folder.starts_with(&one.agreed.folder));
        let usual = usual_folder().filter(|folder| folder.is_dir() && !agreed(folder));
        Ok(CertificatesView { usual_folder: usual.map(|folder| folder.display().to_string()), ..page })
    }

    /// The draft of a mail to the deputy, about one certificate.
    pub(crate) fn deputy_draft(&self, id: CertificateId) -> Result<DeputyDraft, Problem> {
        let (known, texts) = (self.certificates()?.known(), Texts::new(lock(&self.0.preferences).language()));
        let zone = relais_host::when::zone();
        let written = draft(id, &known.listed.overview.lines, &texts, &zone);
        let written = written.ok_or(Code::CERTIFICATE_NOT_LISTED)?;
        let mail = known.deputy.as_ref().map(|deputy| deputy.mail.clone()).unwrap_or_default();
        Ok(DeputyDraft { mail, subject: written.subject, body: written.body })
    }

    /// Saves the list where the person keeps documents, and says where that is.
    pub(crate) fn save_certificates(&self, kind: CertificatesFile) -> Result<PathBuf, Problem> {
        let (known, now) = (self.certificates()?.known(), self.engine()?.now().wall);
        let (texts, zone) = (Texts::new(lock(&self.0.preferences).language()), relais_host::when::zone());
        let (text, end) = match kind {
            CertificatesFile::Ics => (files::calendar(&known, now, &texts, &zone), "ics"),
            CertificatesFile::Csv => (files::table(&known, &texts, &zone), "csv"),
        };
        files::save(&text, end, now, &self.documents())
    }

    /// Tells the page of every change, and says outside the window what has to be said.
    pub(super) fn follow_certificates(&self) {
        let Ok(certificates) = self.certificates() else { return };
        let mut states = certificates.states();
        drop(certificates);
        let desktop = self.clone();
        tauri::async_runtime::spawn(async move {
            while states.changed().await.is_ok() {
                tokio::time::sleep(TOGETHER).await;
                states.mark_unchanged();
                if let Err(error) = CertificatesChanged.emit_to(desktop.app(), "main") {
                    tracing::warn!(%error, "a window does not hear");
                }
                desktop.tell_outside();
            }
        });
    }
}
