//! Codes of everything that can go wrong, and a problem as it travels to a person.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Number of a failure: `RLS-1202`. The catalogue (`catalogue/codes.toml`) says who can act and how serious it is,
/// the locales say it in words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(u16);

macro_rules! codes {
    ($($slug:ident = $number:literal,)*) => {
        #[allow(missing_docs, reason = "the sentences are in ui/locales/en/codes.ftl")]
        impl Code {
            $(pub const $slug: Code = Code($number);)*

            /// Every code with its slug.
            pub const ALL: &'static [(&'static str, Code)] = &[$((stringify!($slug), Code::$slug),)*];
        }
    };
}

codes! {
    PCSC_DOWN = 1001,
    NO_READER = 1002,
    READER_GONE = 1003,
    NO_CARD = 1004,
    CARD_MUTE = 1005,
    CARD_NOT_EID = 1006,
    CARD_PROTOCOL = 1007,
    CARD_IN_USE = 1008,
    CARD_RESET = 1009,
    CARD_REMOVED = 1010,
    CARD_CONTACT = 1011,
    PCSC_DENIED = 1012,
    PCSC_HUNG = 1013,
    CARD_ANSWER_BAD = 1014,
    CARD_CHANGED = 1015,
    CARD_NOT_ACTIVATED = 1016,
    CARD_NO_CERTIFICATE = 1017,
    CARD_CERTIFICATE_EXPIRED = 1018,
    CARD_DATA_FORGED = 1019,
    CARD_CHAIN_UNKNOWN = 1020,
    PCSC_CANCELLED = 1021,
    PCSC_OTHER = 1022,
    READER_UNKNOWN = 1023,
    SEVERAL_CARDS = 1024,
    CARD_REFUSED = 1025,
    CARD_CERTIFICATE_EARLY = 1026,
    PIN_FORMAT = 1201,
    PIN_WRONG = 1202,
    PIN_BLOCKED = 1203,
    PIN_OUTCOME_UNKNOWN = 1204,
    PIN_CANCELLED = 1205,
    PIN_TIMED_OUT = 1206,
    PIN_NOT_GIVEN = 1207,
    PIN_CONSENT_NEEDED = 1208,
    PIN_KEYPAD_REFUSED = 1209,
    DESKTOP_LOCKED = 1210,
    PIN_PAGE_LOST = 1211,
    ANSWER_OUTDATED = 1212,
    STS_UNREACHABLE = 2001,
    STS_TIMEOUT = 2002,
    STS_HTTP = 2003,
    STS_BAD_RESPONSE = 2004,
    STS_REFUSED = 2005,
    STS_DOWN = 2006,
    STS_FAULT_UNKNOWN = 2007,
    STS_OUR_FAULT = 2008,
    TLS_EXPIRED = 2010,
    TLS_WRONG_NAME = 2011,
    TLS_UNKNOWN_CA = 2012,
    TLS_TOO_OLD = 2013,
    TLS_BROKEN = 2014,
    NAME_NOT_FOUND = 2015,
    PROXY_REFUSED = 2016,
    HOST_NOT_ALLOWED = 2017,
    ANSWER_TOO_LARGE = 2018,
    REDIRECTED = 2019,
    TLS_INSPECTED = 2020,
    ASSERTION_SIGNATURE = 2101,
    ASSERTION_SIGNER = 2102,
    ASSERTION_HOLDER = 2103,
    ASSERTION_PERSON = 2104,
    ASSERTION_CONTEXT = 2105,
    ASSERTION_TIME = 2106,
    ASSERTION_REPLAYED = 2107,
    ASSERTION_SHAPE = 2108,
    NO_PLATFORM_ANCHOR = 2109,
    QUALITY_NOT_CONFIRMED = 2110,
    SESSION_ENDED = 2201,
    SESSION_IN_MEMORY = 2202,
    LEASE_UNREADABLE = 2203,
    LEASE_FOREIGN = 2204,
    SIGN_IN_RUNNING = 2205,
    NO_SESSION = 2206,
    MEANS_NOT_HERE = 2207,
    QUALITY_UNKNOWN = 2208,
    OTHER_PERSON = 2209,
    PERSON_UNKNOWN = 2210,
    NEVER_RENEWED = 2211,
    REASON_WANTED = 2212,
    EXCEPTION_ENDED = 2213,
    EXCEPTION_HELD = 2214,
    JUSTIFICATION_WANTED = 2215,
    CARD_SESSION_OPEN = 2216,
    EXCEPTION_GOES_ON = 2217,
    EXCEPTION_OFTEN = 2218,
    SESSION_ELSEWHERE = 2221,
    SESSION_WITH_COMMAND = 2222,
    XML_LIMIT = 2301,
    XML_DOCTYPE = 2302,
    XML_MALFORMED = 2303,
    XML_SIGNATURE = 2304,
    XML_PROFILE = 2305,
    XML_COVERAGE = 2306,
    XML_SIGNER = 2307,
    XML_TIME = 2308,
    LIST_OTHER_ENVIRONMENT = 3001,
    LIST_OLDER = 3002,
    LIST_TWIN = 3003,
    LIST_TIME = 3004,
    LIST_NOT_FETCHED = 3005,
    ANNOUNCED_INVALID = 3006,
    SERVICE_WITHOUT_MAIN = 3011,
    SERVICE_SAME_ORDER = 3012,
    SERVICE_NOT_ONE_ACTIVE = 3013,
    SERVICE_ADDRESS = 3014,
    SERVICE_HOST = 3015,
    SERVICE_TWICE = 3016,
    SERVICE_SHAPE = 3017,
    ETK_UNKNOWN = 3031,
    ETK_NOT_GENUINE = 3032,
    ETK_DEPOT_FAULT = 3033,
    KEYSTORE_NOT_FOUND = 4001,
    KEYSTORE_PASSWORD_WRONG = 4002,
    KEYSTORE_UNREADABLE = 4003,
    KEYSTORE_NO_KEY = 4004,
    KEYSTORE_IN_PROGRESS = 4005,
    KEYSTORE_EXPIRED = 4006,
    KEYSTORE_OTHER_PERSON = 4007,
    KEYSTORE_OTHER_ENVIRONMENT = 4008,
    KEYSTORE_TOO_COSTLY = 4009,
    KEYSTORE_TIMEOUT = 4010,
    KEYSTORE_PASSWORD_NOT_GIVEN = 4011,
    KEYSTORE_SEVERAL = 4012,
    KEYSTORE_OF_PERSON = 4013,
    KEYSTORE_KIND_UNKNOWN = 4014,
    CERTIFICATE_UNREADABLE = 4015,
    CERTIFICATE_FILE_TOO_LARGE = 4016,
    CERTIFICATE_FOLDER_UNREACHABLE = 4017,
    CERTIFICATE_LINK_NOT_FOLLOWED = 4018,
    KEYSTORE_NOT_YET_VALID = 4019,
    KEYSTORE_PASSWORD_NOT_ASCII = 4030,
    KEYSTORE_PASSWORD_TOO_SHORT = 4031,
    KEYSTORE_NOT_WRITTEN = 4032,
    KEYSTORE_NOT_VERIFIED = 4033,
    KEYSTORE_KEY_MISMATCH = 4034,
    KEYSTORE_FOREIGN_PARTS = 4035,
    MESSAGE_NOT_ENCRYPTED = 4036,
    MESSAGE_TOO_LARGE = 4037,
    MESSAGE_NO_KEYSTORE = 4038,
    CERTIFICATE_FOLDER_INSIDE = 4040,
    CERTIFICATE_FOLDER_UNUSABLE = 4041,
    CERTIFICATE_FOLDER_UNKNOWN = 4042,
    CERTIFICATES_NOT_KEPT = 4043,
    CERTIFICATE_FOLDER_NOT_NOTICED = 4044,
    CERTIFICATE_NOT_LISTED = 4045,
    CLOCK_OFF = 6001,
    KEY_STORE_MISSING = 6002,
    KEY_STORE_LOCKED = 6003,
    KEY_STORE_DENIED = 6004,
    DATA_FOLDER = 6005,
    ALREADY_OWNED = 6006,
    DATABASE_CORRUPT = 6007,
    DATABASE_NEWER = 6008,
    JOURNAL_BROKEN = 6009,
    JOURNAL_WAITING = 6010,
    DISK_FULL = 6011,
    CONTROL_SOCKET = 6012,
    PROFILE_INVALID = 6013,
    NO_ENVIRONMENT = 6014,
    USAGE = 6015,
    CONTROL_PEER_REFUSED = 6016,
    FILE_UNREADABLE = 6017,
    SETTINGS_UNREADABLE = 6018,
    INTERRUPTED = 6019,
    PASSWORD_NOT_REMEMBERED = 6020,
    PASSWORD_NOT_FORGOTTEN = 6021,
    SESSION_LOCKED_AWAY = 6022,
    OWNER_SILENT = 6023,
    SESSION_NOT_ERASED = 6024,
    PERSON_NOT_FORGOTTEN = 6025,
    DATABASE_DAMAGED = 6026,
    CLOCK_JUMPED = 6027,
    CALL_SETTING_INVALID = 6030,
    HOURS_INVALID = 6031,
    TRUSTED_TIME_BAD = 6032,
    SANDBOX_CLOCK = 6033,
    CLOCK_DIFFERS = 6034,
    TIME_AHEAD = 6035,
    TIME_NOT_AGREED = 6036,
    RECORD_NOT_MADE = 6037,
    RECORD_NOT_SAVED = 6038,
    PRINT_REFUSED = 6039,
    TRUST_UNUSABLE = 6041,
    PORT_UNUSABLE = 6042,
    NOT_HERE_YET = 6043,
    OUTPUT_UNWRITABLE = 6044,
    SANDBOX_SERVED = 6045,
    NO_SANDBOX = 6046,
    SANDBOX_NEVER_OPENED = 6047,
    NO_ENVIRONMENT_CHOSEN = 6048,
    SANDBOX_HAND_REFUSED = 6049,
    AUTOSTART_REFUSED = 6051,
    NO_NOTIFICATIONS = 6052,
    FORGETTING_UNCLEAR = 6053,
    OTHER_START = 6054,
    ADAPTER_PANIC = 9001,
    INTERNAL = 9002,
    ENGINE_STOPPED = 9003,
}

impl Code {
    /// The bare number.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0
    }

    /// The slug of the catalogue.
    #[must_use]
    pub fn slug(self) -> &'static str {
        Self::ALL.iter().find(|(_, code)| *code == self).map_or("UNKNOWN", |(slug, _)| slug)
    }

    /// Reads `RLS-1202` or `1202`; only codes of the catalogue.
    #[must_use]
    pub fn parse(given: &str) -> Option<Self> {
        let number: u16 = given.trim().trim_start_matches("RLS-").parse().ok()?;
        Self::ALL.iter().map(|(_, code)| *code).find(|code| code.0 == number)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RLS-{:04}", self.0)
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self} {}", self.slug())
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for Code {
    type Error = String;
    fn try_from(given: String) -> Result<Self, Self::Error> {
        Self::parse(&given).ok_or_else(|| format!("no such code: {given}"))
    }
}

/// A failure on its way to a person: the code, and the values its sentence names.
///
/// Values are short and safe to show: counts, times, reader names, fault codes. Never a secret. Somebody who asked may
/// see the file they named and whose keystores lie here; written out as one line, as a log has it, it names nobody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Which failure.
    pub code: Code,
    /// Values for the sentence, by their name in the locales.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
}

impl Problem {
    /// A failure without values.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, with: BTreeMap::new() }
    }

    /// Adds a value; a foreign text is cut to 300 characters and loses its control characters (threats T14, T25).
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.with.insert(name.to_owned(), clean(&value.to_string()));
        self
    }

    /// How long the platform asks to be left alone, where it said so (`Retry-After`).
    #[must_use]
    pub fn wait(&self) -> Option<SignedDuration> {
        let seconds = self.with.get("seconds").filter(|_| self.code == Code::STS_HTTP)?;
        seconds.parse().ok().map(SignedDuration::from_secs)
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.code.slug())?;
        self.with.iter().try_for_each(|(name, value)| match name.as_str() {
            // Names of people, for whoever has to choose between them.
            "choices" => Ok(()),
            _ => write!(f, " {name}={:?}", without_numbers(value)),
        })
    }
}

impl std::fmt::Debug for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Problem {}

/// Digits of an SSIN.
const SSIN_DIGITS: usize = 11;

/// A text in which no SSIN is left, however it is written: eHealth's own tool names a keystore `SSIN=...`.
#[must_use]
pub fn without_numbers(text: &str) -> String {
    let (mut out, mut run) = (String::with_capacity(text.len()), String::new());
    let close = |run: &mut String, out: &mut String| {
        let long = run.bytes().filter(u8::is_ascii_digit).count() >= SSIN_DIGITS;
        let kept = run.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
        out.push_str(if long { "…" } else { &run[..kept] });
        out.push_str(&run[kept..]);
        run.clear();
    };
    for c in text.chars() {
        match c {
            '0'..='9' => run.push(c),
            ' ' | '.' | '-' | '/' if !run.is_empty() => run.push(c),
            _ => {
                close(&mut run, &mut out);
                out.push(c);
            }
        }
    }
    close(&mut run, &mut out);
    out
}

/// Foreign text made harmless for every sink: no control character, no direction mark, nothing invisible,
/// no line break, 300 characters.
#[must_use]
pub fn clean(text: &str) -> String {
    let harmless = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
            && !matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
    };
    let mut out: String = text.chars().map(|c| if harmless(c) { c } else { ' ' }).take(300).collect();
    if text.chars().nth(300).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_catalogue_and_the_constants_are_the_same_list() {
        let catalogue: toml::Table = include_str!("../../../catalogue/codes.toml").parse().unwrap();
        let rows: BTreeSet<(String, i64)> = catalogue["code"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["slug"].as_str().unwrap().to_owned(), row["number"].as_integer().unwrap()))
            .collect();
        let ours = Code::ALL.iter().map(|(slug, code)| ((*slug).to_owned(), i64::from(code.0))).collect();
        assert_eq!(rows, ours);
        assert_eq!(
            rows.iter().map(|(_, number)| number).collect::<BTreeSet<_>>().len(),
            rows.len(),
            "a number twice"
        );
    }

    #[test]
    fn foreign_text_cannot_break_a_line_or_turn_the_page() {
        let nasty = Problem::new(Code::STS_REFUSED).with("text", "a\r\nb\u{1b}[31m\u{202e}c");
        assert_eq!(nasty.with["text"], "a  b [31m c");
        assert_eq!(clean("a\u{61c}b\u{ad}c\u{2067}d\u{2063}e\u{e0041}f\u{feff}"), "a b c d e f ");
        assert_eq!(clean("Zoë D’Haese-Müller Łukasz"), "Zoë D’Haese-Müller Łukasz");
        assert_eq!(clean(&"x".repeat(1_000)).chars().count(), 301);
    }

    #[test]
    fn a_log_line_names_nobody_whose_keystore_it_speaks_of() {
        let file = Problem::new(Code::KEYSTORE_NOT_FOUND)
            .with("file", "keystore/SSIN=85010199700 20260302-071500.p12");
        let spaced = Problem::new(Code::KEYSTORE_NOT_FOUND).with("file", "85.01.01-997.00.p12");
        for line in [file.to_string(), format!("{file:?}"), spaced.to_string(), format!("{spaced:?}")] {
            assert!(!line.contains("997"), "{line}");
            assert!(line.contains(".p12"), "what else the name says helps: {line}");
        }
        let several =
            Problem::new(Code::KEYSTORE_SEVERAL).with("choices", "3f9a Claire Lambert; 77c1 Jan Peeters");
        for line in [several.to_string(), format!("{several:?}")] {
            assert!(!line.contains("Lambert") && !line.contains("Peeters"), "{line}");
        }
        let counted = Problem::new(Code::STS_HTTP).with("status", 503).with("seconds", 3_600);
        assert_eq!(
            counted.to_string(),
            format!("{} {} seconds=\"3600\" status=\"503\"", counted.code, counted.code.slug())
        );
    }

    #[test]
    fn a_code_is_written_and_read_the_same() {
        assert_eq!(Code::PIN_WRONG.to_string(), "RLS-1202");
        assert_eq!(Code::parse("RLS-1202"), Some(Code::PIN_WRONG));
        assert_eq!(Code::parse("RLS-1299"), None);
    }
}
