//! Command APDUs as T=0 carries them: header, P3, and either data or an expected length, never both.

use super::status::Status;

/// One command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Command<'a> {
    pub(super) class: u8,
    pub(super) instruction: u8,
    pub(super) p1: u8,
    pub(super) p2: u8,
    p3: u8,
    pub(super) data: &'a [u8],
}

impl<'a> Command<'a> {
    /// Reads a command; anything that T=0 cannot carry in one exchange is a wrong length.
    pub(super) fn parse(apdu: &'a [u8]) -> Result<Self, Status> {
        let (header, rest) = apdu.split_at_checked(4).ok_or(Status::LENGTH)?;
        let (p3, data) = match rest {
            [] => (0, rest),
            [p3] => (*p3, &rest[1..]),
            [p3, data @ ..] if data.len() == usize::from(*p3) => (*p3, data),
            _ => return Err(Status::LENGTH),
        };
        Ok(Self { class: header[0], instruction: header[1], p1: header[2], p2: header[3], p3, data })
    }

    /// Expected length: P3, where 0 means 256.
    pub(super) fn expected(&self) -> usize {
        if self.p3 == 0 { 256 } else { usize::from(self.p3) }
    }

    /// P1 and P2 as one number.
    pub(super) fn p1p2(&self) -> u16 {
        u16::from_be_bytes([self.p1, self.p2])
    }

    /// The data, which must be `N` bytes.
    pub(super) fn exactly<const N: usize>(&self) -> Result<&'a [u8; N], Status> {
        self.data.try_into().map_err(|_| Status::LENGTH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_an_expected_length_together_are_refused() {
        assert_eq!(Command::parse(&[0, 0xA4, 2, 0x0C, 2, 0x3F, 0, 0]), Err(Status::LENGTH));
        assert_eq!(Command::parse(&[0, 0xA4, 2, 0x0C, 2, 0x3F]), Err(Status::LENGTH));
        assert_eq!(Command::parse(&[0, 0xB0, 0]), Err(Status::LENGTH));
    }

    #[test]
    fn an_expected_length_of_nought_means_256() {
        let read = Command::parse(&[0, 0xB0, 0x7F, 0xFF, 0]);
        assert_eq!(read.map(|it| (it.expected(), it.p1p2())), Ok((256, 0x7FFF)));
    }
}
