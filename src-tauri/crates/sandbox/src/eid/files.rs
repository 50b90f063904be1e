//! The file system: three folders, transparent files, and what is selected (docs/reference/eid-card.md, section 2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::status::{Answer, Status};

/// The master file.
pub(super) const MF: u16 = 0x3F00;
/// The PKCS#15 folder.
pub(super) const BELPIC: u16 = 0xDF00;
/// The identity folder.
pub(super) const ID: u16 = 0xDF01;

/// AID of the applet: selects the master file.
const APPLET_AID: &[u8] = b"\xA0\x00\x00\x00\x30\x29\x05\x70\x00\xAD\x13\x10\x01\x01\xFF";
/// AID of the PKCS#15 application: selects its folder.
pub(super) const PKCS15_AID: &[u8] = b"\xA0\x00\x00\x01\x77\x50\x4B\x43\x53\x2D\x31\x35";

/// Folder and file of an elementary file; as text `DF01/4031`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(super) struct FileId {
    folder: u16,
    file: u16,
}

impl FileId {
    pub(super) const DIR: Self = Self::new(MF, 0x2F00);
    pub(super) const ODF: Self = Self::new(BELPIC, 0x5031);
    pub(super) const TOKEN_INFO: Self = Self::new(BELPIC, 0x5032);
    pub(super) const AODF: Self = Self::new(BELPIC, 0x5034);
    pub(super) const PRKDF: Self = Self::new(BELPIC, 0x5035);
    pub(super) const CDF: Self = Self::new(BELPIC, 0x5037);
    pub(super) const AUTHENTICATION: Self = Self::new(BELPIC, 0x5038);
    pub(super) const SIGNATURE: Self = Self::new(BELPIC, 0x5039);
    pub(super) const CITIZEN_CA: Self = Self::new(BELPIC, 0x503A);
    pub(super) const ROOT_CA: Self = Self::new(BELPIC, 0x503B);
    pub(super) const REGISTRY: Self = Self::new(BELPIC, 0x503C);
    pub(super) const IDENTITY: Self = Self::new(ID, 0x4031);
    pub(super) const IDENTITY_SIGNATURE: Self = Self::new(ID, 0x4032);
    pub(super) const ADDRESS: Self = Self::new(ID, 0x4033);
    pub(super) const ADDRESS_SIGNATURE: Self = Self::new(ID, 0x4034);
    pub(super) const PHOTO: Self = Self::new(ID, 0x4035);
    pub(super) const BASIC_KEY: Self = Self::new(ID, 0x4040);

    const fn new(folder: u16, file: u16) -> Self {
        Self { folder, file }
    }

    /// Full path below and with the master file, as PKCS#15 files name it.
    pub(super) fn path(self) -> Vec<u8> {
        [MF, self.folder, self.file].iter().flat_map(|part| part.to_be_bytes()).collect()
    }
}

impl From<FileId> for String {
    fn from(id: FileId) -> Self {
        format!("{:04X}/{:04X}", id.folder, id.file)
    }
}

impl TryFrom<String> for FileId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let part = |hex: &str| u16::from_str_radix(hex, 16).ok();
        text.split_once('/')
            .and_then(|(folder, file)| Some(Self::new(part(folder)?, part(file)?)))
            .ok_or_else(|| format!("{text} is not a file of the card"))
    }
}

/// Contents of all elementary files.
pub(super) type Files = BTreeMap<FileId, Vec<u8>>;

/// Where the card stands: a folder, and perhaps a file in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Selection {
    folder: u16,
    file: Option<FileId>,
}

impl Default for Selection {
    fn default() -> Self {
        Self { folder: MF, file: None }
    }
}

impl Selection {
    /// The elementary file that is selected.
    pub(super) fn file(self) -> Result<FileId, Status> {
        self.file.ok_or(Status::NO_FILE_SELECTED)
    }

    /// SELECT: what stands selected afterwards. A refused command leaves the selection as it was.
    pub(super) fn select(self, p1p2: u16, data: &[u8], files: &Files) -> Result<Self, Status> {
        match p1p2 {
            0x080C => by_path(data, files),
            0x020C => self.by_id(data, files),
            0x040C => by_name(data),
            _ => Err(Status::PARAMETERS),
        }
    }

    /// Only what lies directly in the current folder, and the master file, is found by its id.
    fn by_id(self, data: &[u8], files: &Files) -> Result<Self, Status> {
        let id = u16::from_be_bytes(*<&[u8; 2]>::try_from(data).map_err(|_| Status::LENGTH)?);
        if id == MF {
            return Ok(Self::default());
        }
        step(Self { folder: self.folder, file: None }, id, files)
    }
}

fn by_path(data: &[u8], files: &Files) -> Result<Selection, Status> {
    let (parts, rest) = data.as_chunks::<2>();
    if parts.is_empty() || !rest.is_empty() {
        return Err(Status::LENGTH);
    }
    let ids = parts.iter().map(|part| u16::from_be_bytes(*part));
    let below = ids.clone().next() == Some(MF);
    ids.skip(usize::from(below)).try_fold(Selection::default(), |at, id| step(at, id, files))
}

/// One step down: into a folder of the master file, or to a file of the current folder.
fn step(at: Selection, id: u16, files: &Files) -> Result<Selection, Status> {
    let file = FileId::new(at.folder, id);
    if at.file.is_some() {
        Err(Status::NO_SUCH_FILE)
    } else if at.folder == MF && (id == BELPIC || id == ID) {
        Ok(Selection { folder: id, file: None })
    } else if files.contains_key(&file) {
        Ok(Selection { folder: at.folder, file: Some(file) })
    } else {
        Err(Status::NO_SUCH_FILE)
    }
}

fn by_name(name: &[u8]) -> Result<Selection, Status> {
    match name {
        APPLET_AID => Ok(Selection::default()),
        PKCS15_AID => Ok(Selection { folder: BELPIC, file: None }),
        _ => Err(Status::NO_SUCH_FILE),
    }
}

/// READ BINARY: an offset at or past the end is 6B00, too long a read names the right length.
pub(super) fn read(content: &[u8], offset: u16, expected: usize) -> Result<Answer, Status> {
    let rest = content.get(usize::from(offset)..).filter(|rest| !rest.is_empty()).ok_or(Status::OFFSET)?;
    match rest.get(..expected) {
        Some(part) => Ok(Answer::data(part.to_vec())),
        None => Err(Status::exact(rest.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        Files::from([(FileId::DIR, vec![1]), (FileId::IDENTITY, vec![2]), (FileId::ODF, vec![3])])
    }

    fn selected(p1p2: u16, data: &[u8], from: Selection) -> Result<Option<FileId>, Status> {
        from.select(p1p2, data, &files()).map(|it| it.file)
    }

    #[test]
    fn a_path_works_with_and_without_the_master_file() {
        for path in [&[0xDF, 1, 0x40, 0x31][..], &[0x3F, 0, 0xDF, 1, 0x40, 0x31]] {
            assert_eq!(selected(0x080C, path, Selection::default()), Ok(Some(FileId::IDENTITY)));
        }
        assert_eq!(selected(0x080C, &[0x40, 0x31], Selection::default()), Err(Status::NO_SUCH_FILE));
        assert_eq!(selected(0x080C, &[0xDF], Selection::default()), Err(Status::LENGTH));
    }

    #[test]
    fn an_id_is_looked_for_in_the_current_folder_only() {
        let top = Selection::default();
        assert_eq!(selected(0x020C, &[0x40, 0x31], top), Err(Status::NO_SUCH_FILE));
        let folder = top.select(0x020C, &[0xDF, 1], &files()).unwrap_or_default();
        assert_eq!(selected(0x020C, &[0x40, 0x31], folder), Ok(Some(FileId::IDENTITY)));
        assert_eq!(selected(0x020C, &[0xDF, 0], folder), Err(Status::NO_SUCH_FILE));
        assert_eq!(selected(0x020C, &[0x3F, 0], folder), Ok(None));
    }

    #[test]
    fn names_are_matched_whole() {
        assert_eq!(selected(0x040C, APPLET_AID, Selection::default()), Ok(None));
        assert_eq!(selected(0x040C, &APPLET_AID[..14], Selection::default()), Err(Status::NO_SUCH_FILE));
        assert_eq!(selected(0x0400, APPLET_AID, Selection::default()), Err(Status::PARAMETERS));
    }

    #[test]
    fn reads_end_at_the_end() {
        let content = [7; 300];
        assert_eq!(read(&content, 0, 256).map(|it| it.data.len()), Ok(256));
        assert_eq!(read(&content, 256, 256), Err(Status::exact(44)));
        assert_eq!(read(&content, 256, 44).map(|it| it.data.len()), Ok(44));
        assert_eq!(read(&content, 300, 1), Err(Status::OFFSET));
        assert_eq!(read(&content, 0x8000, 1), Err(Status::OFFSET));
    }

    #[test]
    fn a_file_name_survives_its_text() {
        let text = String::from(FileId::PHOTO);
        assert_eq!(FileId::try_from(text), Ok(FileId::PHOTO));
        assert!(FileId::try_from("DF01".to_owned()).is_err());
    }
}
