//! See `relais_fuzz_targets::keystore::message`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    relais_fuzz_targets::keystore::message(bytes);
});
