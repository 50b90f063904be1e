//! See `relais_fuzz_targets::xml::document`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    relais_fuzz_targets::xml::document(bytes);
});
