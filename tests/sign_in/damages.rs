//! A database that is damaged, cut, empty, gone or newer (fault F18): the session comes back from its lease file, without
//! any question, and the journal goes on and says so.

use super::*;

const DATABASE: &str = "relais.db";

/// What happens to the files of the database, and what is told of it.
type Damage = (&'static str, fn(&Path), Option<Code>);

fn changed(folder: &Path, file: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let path = folder.join(file);
    let mut bytes = std::fs::read(&path).unwrap();
    change(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

const DAMAGES: [Damage; 7] = [
    ("its header", |at| changed(at, DATABASE, |all| all[..100].fill(b'x')), Some(Code::DATABASE_CORRUPT)),
    ("a page", |at| changed(at, DATABASE, |all| all[4_096..8_192].fill(0x5a)), Some(Code::DATABASE_CORRUPT)),
    ("its end", |at| changed(at, DATABASE, |all| all.truncate(5_000)), Some(Code::DATABASE_CORRUPT)),
    ("all of it", |at| changed(at, DATABASE, Vec::clear), Some(Code::JOURNAL_BROKEN)),
    ("its file", |at| std::fs::remove_file(at.join(DATABASE)).unwrap(), Some(Code::JOURNAL_BROKEN)),
    ("garbage beside it", |at| std::fs::write(at.join("relais.db-wal"), b"nothing of ours").unwrap(), None),
    (
        "a newer version",
        |at| {
            let newer = rusqlite::Connection::open(at.join(DATABASE)).unwrap();
            newer.pragma_update(None, "user_version", 99).unwrap();
        },
        Some(Code::DATABASE_NEWER),
    ),
];

fn warned(state: &State, code: Code) -> bool {
    state.warnings.iter().any(|warning| warning.code == code)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_to_the_database_the_session_comes_back_from_its_file() {
    let mut practice = Practice::new().await;
    for (what, damage, told) in DAMAGES {
        practice.data = practice.folder.path().join(what.replace(' ', "-"));
        let relais = practice.relais().await;
        let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("{what}") };
        let verifies = practice.verifies();
        relais.stop().await;
        damage(&practice.data.join("sandbox"));

        let relais = practice.relais().await;
        let state = relais.handle.state();
        let found = state.session.open().unwrap_or_else(|| panic!("{what}: no session"));
        assert_eq!((&found.lease.id, found.restored), (&open.lease.id, true), "{what}");
        assert_eq!(
            (practice.verifies(), &state.errand),
            (verifies, &Errand::Idle),
            "{what}: nobody was asked"
        );
        if let Some(code) = told {
            until(&relais, |state| warned(state, code)).await;
        }
        relais.stop().await;
        if told == Some(Code::DATABASE_NEWER) {
            continue;
        }
        let journal = practice.journal();
        assert!(journal.contains(&"restored".to_owned()), "{what}: {journal:?}");

        let relais = practice.relais().await;
        let state = relais.handle.state();
        assert!(state.session.open().is_some(), "{what}: the second start");
        assert!(
            !state.warnings.iter().any(|it| Some(it.code) == told),
            "{what}: told once: {:?}",
            state.warnings
        );
        relais.stop().await;
    }
}
