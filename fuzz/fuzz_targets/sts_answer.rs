//! See `relais_fuzz_targets::sts::answer`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    relais_fuzz_targets::sts::answer(bytes);
});
