//! A computer whose power is cut (fault F20): a whole life of a session behind the log of the shim, and a start on the
//! folder as it can be after a cut at each place in it. Whatever was acknowledged before the cut is there.

use std::collections::BTreeSet;

use super::killed::{Crash, Life};
use super::power::{Cut, Log};
use super::*;

/// Cuts of a run that is no soak; a soak of a hundred makes every one of them.
const FEW: usize = 40;

/// Every cut in a whole soak, else some.
fn some(cuts: &[Cut]) -> Vec<Cut> {
    let percent = usize::try_from(number("RELAIS_SOAK").unwrap_or(1).clamp(1, 100)).unwrap();
    if percent == 100 {
        return cuts.to_vec();
    }
    let count = FEW.max(cuts.len() * percent / 100);
    let seed = number("RELAIS_SEED").unwrap_or(7);
    drawn_from(seed, proptest::collection::vec(0..cuts.len(), count)).into_iter().map(|n| cuts[n]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_power_cut_at_any_write_whatever_was_acknowledged_is_there_and_no_pin_is_used_again() {
    let mut crash = Crash::new().await;
    let (whole, path) = crash.logged();
    assert_eq!(whole.last(), "stopped", "{:?}", whole.has);
    let log = Log::read(&path);
    let cuts = log.cuts();
    assert!(cuts.len() > 500, "only {} cuts: the shim sees nothing", cuts.len());
    let mut seen = BTreeSet::new();
    for cut in some(&cuts) {
        let said = log.said(cut.after).flat_map(str::lines);
        let has: Vec<_> = said.filter_map(|line| line.strip_prefix("HAS ")).map(str::to_owned).collect();
        let image = log.image(cut);
        if !seen.insert(image.fingerprint(has.len())) {
            continue;
        }
        crash.fresh_folder();
        image.build(&crash.practice.data);
        crash.after(&Life::that_said(has), &format!("{cut:?} of {}", log.acts())).await;
        std::fs::remove_dir_all(&crash.practice.data).unwrap();
    }
}
