//! See `relais_fuzz_targets::keystore::inventory`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    relais_fuzz_targets::keystore::inventory(bytes);
});
