//! What the state of a function means for the person, in one sentence. It claims no more than somebody saw: a road that
//! only the list names is not said to work.

use jiff::Timestamp;
use relais_core::continuity::health::{Health, Turn};
use relais_core::continuity::judge::{Said, Verdict};
use relais_core::continuity::ladder::Standing;
use relais_engine::view::continuity::SentenceView;

use super::view::millis;
use crate::services::{Kind, Level, Switch};

/// The sentence of a function with these levels, as long as this PC is online. By what is said of the function first: as
/// long as that is well, nobody is told what to do otherwise.
pub(super) fn sentence(
    levels: &[Level],
    verdict: &Verdict,
    label: impl Fn(Kind) -> Option<String>,
    step: impl Fn(&Level) -> String,
) -> SentenceView {
    let level = verdict.level.and_then(|place| levels.get(place));
    let first = theirs_first(levels, verdict).map(&step);
    match (verdict.health, level) {
        (Health::Unknown | Health::Operational, _) => hesitant(verdict),
        (_, Some(level)) if level.switch == Switch::Manual => match first {
            Some(step) => SentenceView::CheckFirst { step },
            None => SentenceView::Yours { step: step(level) },
        },
        (_, Some(level)) if level.switch == Switch::Automatic => match verdict.turning {
            // Nobody promises a road on which the newest failed.
            Some((Turn::Faltering, since)) => falters(since),
            _ if reached(verdict) || !is_road(level.kind) => {
                SentenceView::Automatic { by: label(level.kind).unwrap_or_default() }
            }
            _ => SentenceView::Unsure,
        },
        (_, None) if verdict.standings.iter().all(|standing| *standing == Standing::Out) => {
            SentenceView::NoLevel
        }
        (_, None) if !verdict.standings.contains(&Standing::Unknown) => match first {
            Some(step) => SentenceView::CheckFirst { step },
            None => disturbed(verdict),
        },
        _ => disturbed(verdict),
    }
}

/// What works, or nobody knows of: the first failures are told before they are believed.
fn hesitant(verdict: &Verdict) -> SentenceView {
    match (verdict.turning, verdict.health) {
        (Some((Turn::Faltering, since)), _) => falters(since),
        (_, Health::Operational) => SentenceView::Normal,
        _ => SentenceView::Unknown,
    }
}

/// What is worth a try: more so when it was heard once again, or was reached by another road.
fn disturbed(verdict: &Verdict) -> SentenceView {
    match (verdict.turning, verdict.health) {
        (Some((Turn::Returning, since)), _) => SentenceView::Returns { since: millis(since) },
        (Some((Turn::Faltering, since)), Health::OnBackup) => falters(since),
        (_, Health::OnBackup) if reached(verdict) => SentenceView::Reached,
        (_, Health::OnBackup) => SentenceView::Unsure,
        _ => SentenceView::Disturbed,
    }
}

fn falters(since: Timestamp) -> SentenceView {
    SentenceView::Falters { since: millis(since) }
}

/// A call or a look of this PC came through of late, to the address in force or to another.
fn reached(verdict: &Verdict) -> bool {
    [&verdict.real, &verdict.probe].iter().any(|it| matches!(it.said, Said::Works | Said::Backup))
}

/// Something in the network has to answer; what this PC keeps itself does not.
fn is_road(kind: Kind) -> bool {
    matches!(kind, Kind::PlatformFailover | Kind::MycarenetDirect)
}

/// The first level before the one in force that only the person in front of the patient can tell to hold (D-20).
fn theirs_first<'a>(levels: &'a [Level], verdict: &Verdict) -> Option<&'a Level> {
    let before = verdict.standings.iter().take(verdict.level.unwrap_or(usize::MAX));
    let place = before.into_iter().position(|standing| *standing == Standing::IfYouSay)?;
    levels.get(place)
}

#[cfg(test)]
mod tests {
    use relais_core::continuity::judge::Evidence;

    use super::*;
    use crate::services::Catalogue;

    fn evidence(said: Said) -> Evidence {
        Evidence { health: Health::Unknown, said, at: None, hosts: vec![] }
    }

    /// The sentence of `service` when its level of this kind is in force, or none.
    fn said(
        service: &str,
        kind: Option<Kind>,
        health: Health,
        of: [Said; 3],
        turning: Option<Turn>,
    ) -> SentenceView {
        let service = Catalogue::built_in().service(service).expect("a service of the catalogue");
        let level = kind.map(|kind| service.levels.iter().position(|it| it.kind == kind).expect("its level"));
        let [authority, real, probe] = of.map(evidence);
        let standing = |place| match level {
            Some(level) if place < level => Standing::Out,
            Some(level) if place == level => Standing::InForce,
            Some(_) => Standing::Later,
            None => Standing::Unknown,
        };
        let verdict = Verdict {
            health,
            turning: turning.map(|turn| (turn, Timestamp::UNIX_EPOCH)),
            authority,
            real,
            probe,
            platform: Health::Unknown,
            insurers: None,
            standings: (0..service.levels.len()).map(standing).collect(),
            level,
        };
        sentence(&service.levels, &verdict, |kind| Some(format!("{kind:?}")), |_| "step".to_owned())
    }

    #[test]
    fn nobody_is_told_to_do_nothing_on_a_road_that_only_the_list_names() {
        use Said::*;
        let (kind, health) = (Some(Kind::MycarenetDirect), Health::OnBackup);
        let by_itself = SentenceView::Automatic { by: "MycarenetDirect".to_owned() };
        for silent in [Nothing, Old, Fails, Restless, Partly, Falters, Returns] {
            let told = said("insurability", kind, health, [Backup, silent, Old], None);
            assert_eq!(told, SentenceView::Unsure, "{silent:?}");
        }
        for own in [[Backup, Works, Nothing], [Old, Nothing, Backup], [Nothing, Fails, Works]] {
            assert_eq!(said("insurability", kind, health, own, None), by_itself, "{own:?}");
        }
        let faltering = said("insurability", kind, health, [Backup, Works, Works], Some(Turn::Faltering));
        assert!(matches!(faltering, SentenceView::Falters { .. }));
    }

    #[test]
    fn what_this_pc_keeps_itself_needs_no_look() {
        let told = said("auth", Some(Kind::LocalCache), Health::Down, [Said::Nothing; 3], None);
        assert_eq!(told, SentenceView::Automatic { by: "LocalCache".to_owned() });
    }

    #[test]
    fn another_road_that_was_reached_is_told_also_where_nobody_knows_the_level() {
        use Said::*;
        let on_backup = |of| said("insurability", None, Health::OnBackup, of, None);
        assert_eq!(on_backup([Old, Nothing, Backup]), SentenceView::Reached);
        assert_eq!(on_backup([Backup, Nothing, Old]), SentenceView::Unsure);
        assert_eq!(
            said("insurability", None, Health::Down, [Old, Fails, Fails], None),
            SentenceView::Disturbed
        );
        assert_eq!(said("insurability", None, Health::Unknown, [Old, Old, Old], None), SentenceView::Unknown);
    }
}
