//! See `relais_fuzz_targets::lease::file`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    relais_fuzz_targets::lease::file(bytes);
});
