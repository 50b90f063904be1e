//! The password of a keystore.

use super::page::{Page, SIZE};
use zeroize::Zeroize;

/// A password longer than Relais accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a password has at most {} bytes", Password::MAX)]
pub struct PasswordTooLong;

/// A keystore password in a locked page that is wiped when it goes. It may be empty: some files have no password.
pub struct Password {
    page: Page,
    len: usize,
}

impl Password {
    /// Most bytes of UTF-8 that are accepted.
    pub const MAX: usize = SIZE;

    /// Nothing yet; characters follow with [`Self::push`].
    pub fn empty() -> Self {
        Self { page: Page::new(), len: 0 }
    }

    /// Adds a character.
    pub fn push(&mut self, character: char) -> Result<(), PasswordTooLong> {
        let end = self.len + character.len_utf8();
        character.encode_utf8(self.page.bytes_mut().get_mut(self.len..end).ok_or(PasswordTooLong)?);
        self.len = end;
        Ok(())
    }

    /// Takes a typed text over and wipes it.
    pub fn take(mut typed: String) -> Result<Self, PasswordTooLong> {
        let taken = Self::copy(typed.as_str());
        typed.zeroize();
        taken
    }

    fn copy(text: &str) -> Result<Self, PasswordTooLong> {
        let mut page = Page::new();
        page.bytes_mut().get_mut(..text.len()).ok_or(PasswordTooLong)?.copy_from_slice(text.as_bytes());
        Ok(Self { page, len: text.len() })
    }

    /// The password. Only for the library that derives keys from it.
    pub fn reveal(&self) -> &str {
        std::str::from_utf8(&self.page.bytes()[..self.len]).expect("made of characters")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_as_typed_up_to_its_limit() {
        assert_eq!(
            Password::take("d'été 1".to_owned()).map(|p| p.reveal().to_owned()),
            Ok("d'été 1".to_owned())
        );
        let mut typed = Password::empty();
        "d'été 1".chars().for_each(|character| assert!(typed.push(character).is_ok()));
        assert_eq!(typed.reveal(), "d'été 1");
        assert!(Password::take("x".repeat(Password::MAX)).is_ok_and(|mut full| full.push('x').is_err()));
        assert!(Password::take("x".repeat(Password::MAX + 1)).is_err());
    }
}
