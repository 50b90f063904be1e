//! The list of certificates: which folders, what is answered, and what is given away.

use std::path::PathBuf;

use relais_core::Code;
use relais_core::certificates::CertificateId;
use relais_engine::view::ProblemView;
use relais_engine::view::certificates::{
    CertificatesFile, CertificatesQuery, CertificatesView, DeputyDraft, DeputyView,
};
use relais_host::certificates::{Answered, Deputy, usual_folder};
use tauri::State;

use super::told;
use crate::desktop::Desktop;

/// One page of the list, and what is true of the whole of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn certificates(
    desktop: State<'_, Desktop>,
    query: CertificatesQuery,
) -> Result<CertificatesView, ProblemView> {
    desktop.certificates_page(&query).map_err(told)
}

/// A person agrees that a folder and all below it is looked at; none = where eHealth's own tool puts keystores.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates_agree(
    desktop: State<'_, Desktop>,
    folder: Option<String>,
) -> Result<(), ProblemView> {
    let certificates = desktop.certificates().map_err(told)?;
    let folder = folder.map(PathBuf::from).or_else(usual_folder);
    let folder = folder.ok_or_else(|| told(Code::CERTIFICATE_FOLDER_UNUSABLE.into()))?;
    certificates.agree(folder).await.map(drop).map_err(told)
}

/// A person takes that back: what is known of the folder is erased.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates_withdraw(
    desktop: State<'_, Desktop>,
    folder: String,
) -> Result<(), ProblemView> {
    let certificates = desktop.certificates().map_err(told)?;
    certificates.withdraw(folder.into()).await.map(drop).map_err(told)
}

/// Looks at every folder now.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn certificates_look(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.certificates().map(|certificates| certificates.look_now()).map_err(told)
}

/// Gives up the looks that are under way.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn certificates_give_up(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.certificates().map(|certificates| certificates.give_up()).map_err(told)
}

/// "I know" of these certificates: nothing more until the next rung. None = of all of which something was said.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates_acknowledge(
    desktop: State<'_, Desktop>,
    ids: Option<Vec<String>>,
) -> Result<(), ProblemView> {
    answer(&desktop, ids, Answered::Known).await
}

/// "Remind me later" of these certificates: the next morning. None = of all of which something was said.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates_snooze(
    desktop: State<'_, Desktop>,
    ids: Option<Vec<String>>,
) -> Result<(), ProblemView> {
    answer(&desktop, ids, Answered::Later).await
}

async fn answer(desktop: &Desktop, ids: Option<Vec<String>>, how: Answered) -> Result<(), ProblemView> {
    let ids = ids.map(|ids| ids.into_iter().map(named).collect::<Result<_, _>>()).transpose()?;
    desktop.certificates().map_err(told)?.answer(ids, how).await.map_err(told)
}

fn named(id: String) -> Result<CertificateId, ProblemView> {
    CertificateId::try_from(id).map_err(|_| told(Code::CERTIFICATE_NOT_LISTED.into()))
}

/// Somebody could look after certificates where nobody answers; none = nobody.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_deputy(
    desktop: State<'_, Desktop>,
    deputy: Option<DeputyView>,
) -> Result<(), ProblemView> {
    let deputy = deputy.map(|it| Deputy::of(&it.name, &it.mail)).transpose().map_err(told)?;
    desktop.certificates().map_err(told)?.set_deputy(deputy).await.map_err(told)
}

/// The draft of a mail to the deputy, about one certificate. Nothing is sent.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn deputy_draft(desktop: State<'_, Desktop>, id: String) -> Result<DeputyDraft, ProblemView> {
    desktop.deputy_draft(named(id)?).map_err(told)
}

/// Saves the list where the person keeps documents, and says where that is.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn certificates_save(
    desktop: State<'_, Desktop>,
    kind: CertificatesFile,
) -> Result<String, ProblemView> {
    desktop.save_certificates(kind).map(|path| path.display().to_string()).map_err(told)
}
