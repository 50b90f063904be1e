//! Windows.

use jiff::SignedDuration;

/// Time since start, sleep and hibernation included.
#[allow(unsafe_code, reason = "the only way to ask Windows")]
pub(crate) fn since_boot() -> SignedDuration {
    // SAFETY: takes no argument, cannot fail.
    let milliseconds = unsafe { windows_sys::Win32::System::SystemInformation::GetTickCount64() };
    SignedDuration::from_millis(i64::try_from(milliseconds).unwrap_or(i64::MAX))
}
