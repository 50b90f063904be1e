//! Relais.
fn main() {}
