//! What Relais writes to its log: to standard error, `RELAIS_LOG` sets how much. Fields are typed and carry no secret.

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log; `unset` is how much is written where `RELAIS_LOG` says nothing.
pub fn start(unset: &str) {
    let wanted = EnvFilter::try_from_env("RELAIS_LOG").unwrap_or_else(|_| EnvFilter::new(unset));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let log = tracing_subscriber::registry().with(lines.with_filter(wanted.and(filter_fn(may_be_written))));
    // A second start within one process (tests) keeps the first log.
    let _ = log.try_init();
}

/// Only for our own lines do we promise that they carry no secret: a library may say that something is wrong, and no
/// more, whatever was asked for.
fn may_be_written(line: &Metadata<'_>) -> bool {
    line.target().starts_with("relais") || *line.level() <= Level::WARN
}
