//! Cards and authorities on disk, so that a demonstration survives a restart, wrong PINs included.

use std::io::Write;
use std::path::{Path, PathBuf};

use openssl::error::ErrorStack;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a card or an authority could not be made, kept or read back.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be read or written.
    #[error("the sandbox file {} cannot be used", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The file is not what the sandbox wrote.
    #[error("the sandbox file {} is damaged", file.display())]
    Damaged {
        /// Which.
        file: PathBuf,
        /// What does not fit.
        #[source]
        cause: serde_json::Error,
    },
    /// A key or certificate could not be made.
    #[error("OpenSSL refused to make a key or certificate")]
    Crypto(#[from] ErrorStack),
}

pub(super) fn read<T: DeserializeOwned>(file: &Path) -> Result<T, StoreError> {
    let text = std::fs::read(file).map_err(|cause| unusable(file, cause))?;
    serde_json::from_slice(&text).map_err(|cause| StoreError::Damaged { file: file.to_owned(), cause })
}

/// Writes beside the file and renames, so that a killed process leaves the old card or the new one.
pub(super) fn write<T: Serialize>(file: &Path, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_vec_pretty(value)
        .map_err(|cause| StoreError::Damaged { file: file.to_owned(), cause })?;
    replace(file, &text).map_err(|cause| unusable(file, cause))
}

fn replace(file: &Path, text: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = file.with_extension("new");
    let mut out = crate::platform::state::private(&beside)?;
    out.set_len(0)?;
    out.write_all(text)?;
    out.sync_all()?;
    std::fs::rename(&beside, file)
}

fn unusable(file: &Path, cause: std::io::Error) -> StoreError {
    StoreError::File { file: file.to_owned(), cause }
}

/// Bytes as base64 text.
pub(super) mod base64_map {
    use std::collections::BTreeMap;

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::eid::files::{FileId, Files};

    pub(in crate::eid) fn serialize<S: Serializer>(files: &Files, to: S) -> Result<S::Ok, S::Error> {
        let text = files.iter().map(|(id, bytes)| (*id, STANDARD.encode(bytes)));
        text.collect::<BTreeMap<FileId, String>>().serialize(to)
    }

    pub(in crate::eid) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Files, D::Error> {
        BTreeMap::<FileId, String>::deserialize(from)?
            .into_iter()
            .map(|(id, text)| Ok((id, STANDARD.decode(text).map_err(serde::de::Error::custom)?)))
            .collect()
    }
}
