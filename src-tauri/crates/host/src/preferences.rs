//! How Relais looks and behaves on this PC; needed before any environment is open, so not in a database.

mod hours;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use relais_core::environment::EnvironmentName;
use relais_core::session::notice::Popups;
use relais_core::session::quiet::Hours;
use relais_core::session::renewal::Habits;
use relais_core::{Code, Problem};
use serde::{Deserialize, Serialize};

use crate::folders::{private, refused};
use crate::policy::Policy;
use crate::when;

pub use hours::{DaySettings, HoursError, HoursMistake, WeekSettings};

/// The languages of Relais.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Dutch.
    Nl,
    /// French.
    Fr,
    /// German.
    De,
    /// English.
    En,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fr, Self::Nl, Self::De, Self::En];

    /// `nl`, `fr`, `de` or `en`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::Fr => "fr",
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// The language of a locale such as `fr_BE.UTF-8` or `de-DE`.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let name = locale.get(..2)?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.name() == name)
    }

    /// The language of this system, else English.
    #[must_use]
    pub fn of_system() -> Self {
        sys_locale::get_locale().and_then(|locale| Self::of_locale(&locale)).unwrap_or(Self::En)
    }
}

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Appearance {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What closing the window does. Stopping Relais is a line of its menu in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Closing {
    /// Relais goes on: the window is hidden, or only made small where nothing else would bring it back.
    #[default]
    Hides,
    /// Relais ends.
    Stops,
}

/// Where the keys of sealed sessions are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyStoreChoice {
    /// In the key store of the operating system.
    #[default]
    Os,
    /// In a file that the person accepted.
    File,
    /// Nowhere: sessions live in memory only.
    Memory,
}

/// How calls leave this PC. No window changes these: an administrator or a vendor writes them, below `[calls]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calls {
    /// `product/version` parts with blanks between them, in place of Relais's own.
    pub user_agent: Option<String>,
    /// E-mail address of the support, sent as `From`; none = not sent.
    pub from: Option<String>,
    /// Address of a proxy, `http://host:port`; none = what environment and system settings say.
    pub proxy: Option<String>,
    /// Refuse connections that something on this PC opens and looks into.
    pub refuse_inspected: bool,
}

/// What only the practice knows of itself, and the levels of a function depend on. None = it was not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Practice {
    /// It lies in the Flemish Region, or its patients live there.
    pub flemish: Option<bool>,
    /// Its software has a tariff module of its own.
    pub tariff_module: Option<bool>,
}

/// Everything that is remembered of this PC.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// Environment to open; none on a fresh install.
    pub environment: Option<EnvironmentName>,
    /// Language; none = the system's.
    pub language: Option<Language>,
    /// Appearance.
    pub appearance: Appearance,
    /// Reader to use when there are several.
    pub reader: Option<String>,
    /// Relais starts with the computer.
    pub autostart: bool,
    /// Which notifications are shown.
    pub notifications: Popups,
    /// What closing the window does.
    pub closing: Closing,
    /// This PC signs in for an organisation, with its certificate; else for the person of the card.
    pub organisation: bool,
    /// Where session keys are kept; none = what suits the environment.
    pub key_store: Option<KeyStoreChoice>,
    /// Readers with a keypad at which the person chose to type the PIN on this PC.
    pub typed_readers: BTreeSet<String>,
    /// How calls leave this PC. Tables come last, because TOML wants them after values.
    pub calls: Calls,
    /// What the levels of a function depend on.
    pub practice: Practice,
    /// When the practice works, and when nobody is to be disturbed.
    pub hours: WeekSettings,
}

impl Preferences {
    fn path(root: &Path) -> PathBuf {
        root.join("preferences.toml")
    }

    /// Reads them; a fresh install has the defaults.
    pub fn load(root: &Path) -> Result<Self, Problem> {
        let path = Self::path(root);
        match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text)
                .map_err(|error: toml::de::Error| unreadable(&path).with("reason", error.message())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(refused(&path, &e)),
        }
    }

    /// Reads them for a change: a file that cannot be read is set aside, never written over.
    pub fn load_to_change(root: &Path) -> Result<Self, Problem> {
        match Self::load(root) {
            Err(problem) if problem.code == Code::SETTINGS_UNREADABLE => {
                let path = Self::path(root);
                let aside = path.with_extension("unreadable.toml");
                fs::rename(&path, aside).map_err(|e| refused(&path, &e))?;
                Ok(Self::default())
            }
            read => read,
        }
    }

    /// Writes them, whole or not at all.
    pub fn save(&self, root: &Path) -> Result<(), Problem> {
        let path = Self::path(root);
        let text = toml::to_string(self).map_err(|_| Problem::new(Code::INTERNAL))?;
        let write = || -> io::Result<()> {
            private(root)?;
            let mut file = tempfile::NamedTempFile::new_in(root)?;
            io::Write::write_all(&mut file, text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            relais_keystore::vault::sync_folder(root)
        };
        write().map_err(|e| refused(&path, &e))
    }

    /// The hours of the practice. A mistake in them leaves the other settings in force; the usual hours are kept then.
    ///
    /// # Errors
    /// [`Code::HOURS_INVALID`] with file, key and reason.
    pub fn hours(&self, root: &Path) -> Result<Hours, Problem> {
        let told = |error: HoursError| error.problem().with("file", Self::path(root).display());
        self.hours.hours(&Policy::built_in().day(), &when::zone()).map_err(told)
    }

    /// How sessions are kept here; hours that cannot be used are told, and the usual ones are kept.
    #[must_use]
    pub fn habits(&self, root: &Path) -> (Habits, Option<Problem>) {
        let policy = Policy::built_in();
        match self.hours(root) {
            Ok(hours) => (policy.habits(hours), None),
            Err(problem) => {
                let week = std::array::from_fn(|_| policy.day());
                (policy.habits(Hours { week, zone: when::zone() }), Some(problem))
            }
        }
    }

    /// Writes other hours, if they can be used; what else is set stays.
    ///
    /// # Errors
    /// As [`Self::hours`], and nothing is written; or the file cannot be written.
    pub fn set_hours(root: &Path, hours: WeekSettings) -> Result<Hours, Problem> {
        let changed = Self { hours, ..Self::load_to_change(root)? };
        let meant = changed.hours(root)?;
        changed.save(root)?;
        Ok(meant)
    }

    /// The language in force.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language.unwrap_or_else(Language::of_system)
    }
}

fn unreadable(path: &Path) -> Problem {
    Problem::new(Code::SETTINGS_UNREADABLE).with("file", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monday(lunch: &str) -> WeekSettings {
        let consultations = vec!["09:00-18:00".to_owned(), "18:30-19:00".to_owned()];
        let monday = DaySettings { consultations, lunch: Some(lunch.into()), ..Default::default() };
        WeekSettings { zone: Some("Europe/Brussels".into()), monday, ..Default::default() }
    }

    #[test]
    fn hours_are_written_beside_what_is_set_and_found_again() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("relais");
        let calls = Calls { proxy: Some("http://proxy.vendor.test:3128".into()), ..Default::default() };
        let before = Preferences { language: Some(Language::Nl), calls, ..Default::default() };
        before.save(&root).unwrap();
        let meant = Preferences::set_hours(&root, monday("12:30-13:30")).unwrap();
        let after = Preferences::load(&root).unwrap();
        assert_eq!(after, Preferences { hours: monday("12:30-13:30"), ..before });
        assert_eq!(after.hours(&root).unwrap(), meant);
        assert_eq!(meant.week[0].consultations.len(), 3);
    }

    #[test]
    fn hours_that_cannot_be_used_are_refused_by_name_and_cost_nothing_else() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("relais");
        Preferences::set_hours(&root, monday("12:30-13:30")).unwrap();
        let refused = Preferences::set_hours(&root, monday("25:00")).unwrap_err();
        assert_eq!((refused.code, refused.with["key"].as_str()), (Code::HOURS_INVALID, "hours.monday.lunch"));
        assert_eq!(Preferences::load(&root).unwrap().hours, monday("12:30-13:30"), "nothing was written");
        let path = Preferences::path(&root);
        fs::write(&path, "language = \"fr\"\n[hours.monday]\nlunch = \"late\"").unwrap();
        let read = Preferences::load(&root).unwrap();
        assert_eq!(read.language, Some(Language::Fr));
        let problem = read.hours(&root).unwrap_err();
        assert_eq!(problem.with["reason"], "not-two-times");
        assert!(problem.with["file"].ends_with("preferences.toml"));
        fs::write(&path, "[hours.someday]\nlunch = \"12:00-13:00\"").unwrap();
        let unknown = Preferences::load(&root).unwrap_err();
        assert_eq!(unknown.code, Code::SETTINGS_UNREADABLE);
        assert!(unknown.with["reason"].contains("someday"));
    }

    #[test]
    fn what_was_saved_is_found_again_and_nonsense_is_told() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("relais");
        assert_eq!(Preferences::load(&root).unwrap(), Preferences::default());
        let chosen = Preferences {
            language: Some(Language::Nl),
            reader: Some("ACR38 00 00".into()),
            typed_readers: ["Keypad \"3\" 00 00".into()].into(),
            practice: Practice { flemish: Some(false), tariff_module: None },
            ..Default::default()
        };
        chosen.save(&root).unwrap();
        assert_eq!(Preferences::load(&root).unwrap(), chosen);
        fs::write(Preferences::path(&root), "colour = 3").unwrap();
        assert_eq!(Preferences::load(&root).unwrap_err().code, Code::SETTINGS_UNREADABLE);
        assert_eq!(Preferences::load_to_change(&root).unwrap(), Preferences::default());
        let aside = fs::read_to_string(root.join("preferences.unreadable.toml")).unwrap();
        assert_eq!(aside, "colour = 3", "what an administrator wrote is still there");
        assert_eq!(Preferences::load_to_change(&root).unwrap(), Preferences::default());
    }

    #[test]
    fn a_locale_tells_the_language() {
        assert_eq!(Language::of_locale("fr_BE.UTF-8"), Some(Language::Fr));
        assert_eq!(Language::of_locale("de-DE"), Some(Language::De));
        assert_eq!(Language::of_locale("C"), None);
        assert_eq!(Language::of_locale("é"), None);
    }
}
