//! A secret inside a frame. It is written in hexadecimal: JSON then has nothing to escape, so the reader finds the whole
//! of it in the frame itself and unpacks it into one buffer that is wiped, with no copy of its own in between.

use std::fmt;

use relais_core::secret::{Password, Pin};
use relais_core::{Code, Problem};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

/// A PIN or a password between a command and the Relais that owns the folder.
pub struct Carried(Zeroizing<String>);

impl From<Zeroizing<String>> for Carried {
    fn from(typed: Zeroizing<String>) -> Self {
        Self(typed)
    }
}

impl Carried {
    /// As a PIN.
    ///
    /// # Errors
    /// [`Code::PIN_FORMAT`] where it cannot be one.
    pub(super) fn pin(&self) -> Result<Pin, Problem> {
        Pin::from_ascii(self.0.as_bytes()).map_err(|_| Code::PIN_FORMAT.into())
    }

    /// As a password.
    ///
    /// # Errors
    /// [`Code::KEYSTORE_PASSWORD_WRONG`] where it is longer than any.
    pub(super) fn password(mut self) -> Result<Password, Problem> {
        Password::take(std::mem::take(&mut *self.0)).map_err(|_| Code::KEYSTORE_PASSWORD_WRONG.into())
    }
}

impl Serialize for Carried {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = Zeroizing::new(vec![0; 2 * self.0.len()]);
        hex::encode_to_slice(self.0.as_bytes(), &mut written).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(std::str::from_utf8(&written).map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Carried {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(InTheFrame)
    }
}

/// Takes what lies in the frame as it is. What would have to be unescaped into a buffer of the reader is refused.
struct InTheFrame;

impl Visitor<'_> for InTheFrame {
    type Value = Carried;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text in hexadecimal")
    }

    // Errors of the decoders name what they met: none of it is repeated.
    fn visit_borrowed_str<E: Error>(self, written: &str) -> Result<Carried, E> {
        let nonsense = || E::custom("no text in hexadecimal");
        let mut text = Zeroizing::new(vec![0; written.len() / 2]);
        hex::decode_to_slice(written, &mut text).map_err(|_| nonsense())?;
        std::str::from_utf8(&text).map_err(|_| nonsense())?;
        // It was looked at: this moves the buffer and copies nothing.
        let text = String::from_utf8(std::mem::take(&mut *text)).map_err(|_| nonsense())?;
        Ok(Carried(Zeroizing::new(text)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn carried(text: &str) -> Carried {
        Zeroizing::new(text.to_owned()).into()
    }

    #[test]
    fn a_secret_with_an_escape_in_it_is_refused_unread() {
        assert!(serde_json::from_str::<Carried>(r#""313233\u0034""#).is_err());
        for nonsense in [r#""123""#, r#""zz""#, r#""ff""#, "1234", "[49, 50]"] {
            let told = serde_json::from_str::<Carried>(nonsense).map(drop).unwrap_err().to_string();
            assert!(told.starts_with("no text in hexadecimal") || told.starts_with("invalid type"), "{told}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_password_holds_its_frame_needs_no_escape_and_brings_it_back(text in any::<String>()) {
            let written = serde_json::to_string(&carried(&text)).unwrap();
            prop_assert!(!written.contains('\\'));
            let Ok(read) = serde_json::from_str::<Carried>(&written) else { panic!("it is refused") };
            prop_assert_eq!(read.0.as_str(), text);
        }
    }
}
