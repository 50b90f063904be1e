//! The verbs of a person, a few lines each. They hold no rule.

pub(crate) mod certificates;
pub(crate) mod continuity;
pub(crate) mod people;
pub(crate) mod pin;
pub(crate) mod records;
pub(crate) mod sandbox;
pub(crate) mod session;
pub(crate) mod settings;

use relais_core::Problem;
use relais_engine::{problem_view, view::ProblemView};

/// A failure on its way to a page.
fn told(problem: Problem) -> ProblemView {
    problem_view(&problem)
}
