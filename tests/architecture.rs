//! The rules about the shape of this repository that no compiler knows: who may use whom, which texts exist, what no file
//! may name. Each rule is a pure function over what was read, and is shown to fail on a planted violation.

#[path = "architecture/arrows.rs"]
mod arrows;
#[path = "architecture/dependencies.rs"]
mod dependencies;
#[path = "architecture/places.rs"]
mod places;
#[path = "architecture/proofs.rs"]
mod proofs;
#[path = "architecture/repository.rs"]
mod repository;
#[path = "architecture/texts.rs"]
mod texts;
#[path = "architecture/window.rs"]
mod window;
