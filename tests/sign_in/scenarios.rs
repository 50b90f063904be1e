//! The stories of the sandbox, played to their ends in turned time before a running Relais.

use jiff::SignedDuration;
use relais_engine::view::continuity::{HealthView, ListState, SentenceView};
use relais_sandbox::clock::Turn;

use super::continuity::{function, seen_at_rest, view};
use super::*;

/// One story before one Relais that somebody looks at.
struct Story {
    practice: Practice,
    relais: Running,
}

impl Story {
    async fn begin(name: &str) -> Self {
        let practice = Practice::new().await;
        let relais = practice.relais().await;
        relais.services().unwrap().looked_at(true);
        seen_at_rest(&relais).await;
        practice.house.served().stage().play(name).await.unwrap();
        Self { practice, relais }
    }

    /// What is due on the stage happens, and then every look that is due ends.
    async fn passes(&self, seconds: i64) {
        self.practice.house.clock().turn(Turn::all(SignedDuration::from_secs(seconds)));
        let (stage, clock) = (self.practice.house.served().stage(), self.relais.handle.clone());
        let played = async {
            while stage.playing().is_some_and(|play| play.next_at <= clock.now().wall) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), played).await.expect("the story stands still");
        seen_at_rest(&self.relais).await;
    }

    /// Minute after minute; how the function was, each state once in a row, and what was seen on the way.
    async fn states(&self, id: &str, minutes: i64, mut meanwhile: impl FnMut(i64)) -> Vec<HealthView> {
        let mut states = vec![];
        for minute in 0..minutes {
            let state = function(&self.relais, id).state;
            if state != HealthView::Unknown && states.last() != Some(&state) {
                states.push(state);
            }
            assert_eq!(view(&self.relais).offline_since, None, "minute {minute}");
            meanwhile(minute);
            self.passes(60).await;
        }
        assert!(self.practice.house.served().stage().playing().is_none(), "it was played to its end");
        states
    }

    async fn end(self) {
        self.relais.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_comes_and_goes_is_called_so() {
    let story = Story::begin("flapping").await;
    let mut seen = None;
    for step in 0..183 {
        story.passes(20).await;
        if function(&story.relais, "eattest").state == HealthView::Unstable {
            seen = Some(step);
            break;
        }
    }
    assert!(seen.is_some(), "{:?}", function(&story.relais, "eattest"));
    story.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_monday_morning_prescriptions_go_by_the_backup_and_come_back_with_the_list() {
    let story = Story::begin("recip-e-monday-morning").await;
    let states = story.states("prescription", 150, |_| {}).await;
    assert_eq!(states, [HealthView::Operational, HealthView::OnBackup, HealthView::Operational]);
    story.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_a_bad_signature_moves_nothing_until_an_honest_one_does() {
    let story = Story::begin("bad-list-signature").await;
    let mut refused = vec![];
    let states = story
        .states("encryption-unknown", 90, |minute| {
            if view(&story.relais).list.state == ListState::Refused {
                refused.push(minute);
            }
        })
        .await;
    assert_eq!(states, [HealthView::Operational, HealthView::OnBackup, HealthView::Operational]);
    assert!((10..=40).all(|minute| refused.contains(&minute)), "{refused:?}");
    assert!(refused.iter().all(|minute| *minute <= 50), "{refused:?}");
    story.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_everything_lost_the_ladder_is_gone_down_and_up_again() {
    let story = Story::begin("everything-lost").await;
    let mut paper = vec![];
    let states = story
        .states("insurability", 180, |minute| {
            let seen = function(&story.relais, "insurability");
            let level = seen.level.map(|level| seen.levels[level as usize].kind.clone());
            if level.as_deref() == Some("paper") {
                assert!(matches!(seen.sentence, SentenceView::CheckFirst { .. }), "{:?}", seen.sentence);
                paper.push(minute);
            }
        })
        .await;
    use HealthView::{Degraded, Down, OnBackup, Operational};
    // It rests on several services, which are lost and come back within minutes of each other.
    let mut settled: Vec<_> = states.into_iter().filter(|state| *state != Degraded).collect();
    settled.dedup();
    assert_eq!(settled, [Operational, OnBackup, Down, OnBackup, Operational]);
    assert!((30..=70).all(|minute| paper.contains(&minute)), "{paper:?}");
    assert!(paper.iter().all(|minute| (11..=85).contains(minute)), "{paper:?}");
    story.end().await;
}
