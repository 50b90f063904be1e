//! A page of memory of its own: never swapped where the system allows it, wiped when it goes.

use zeroize::Zeroize;

/// Size of a page on every system Relais runs on, or a divisor of it.
pub const SIZE: usize = 4096;

#[repr(C, align(4096))]
struct Bytes([u8; SIZE]);

/// The lock must go before the memory does, so it stands first (fields are dropped in order, after `Drop::drop`).
pub struct Page {
    _lock: Option<region::LockGuard>,
    bytes: Box<Bytes>,
}

impl Page {
    /// An empty page. When the system refuses to lock it (a limit on locked memory), it is used all the same:
    /// care comes first, and swap is the smaller risk.
    pub fn new() -> Self {
        let bytes = Box::new(Bytes([0; SIZE]));
        let _lock = region::lock(bytes.0.as_ptr(), SIZE).ok();
        Self { _lock, bytes }
    }

    pub fn bytes(&self) -> &[u8; SIZE] {
        &self.bytes.0
    }

    pub fn bytes_mut(&mut self) -> &mut [u8; SIZE] {
        &mut self.bytes.0
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.bytes.0.zeroize();
    }
}
