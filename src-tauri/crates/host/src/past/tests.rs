use super::*;
use relais_core::continuity::health::Health;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_772_434_800 + 60 * minute).unwrap()
}

fn span(from: i64, until: i64, health: Option<Health>) -> Span {
    Span { from: at(from), until: at(until), health }
}

#[test]
fn an_hour_in_which_something_was_wrong_leads_to_the_outage_in_it() {
    use Health::*;
    let spans = [span(0, 70, Some(Operational)), span(70, 75, Some(Down)), span(75, 300, Some(Operational))];
    assert_eq!(found(&spans, at(70)), Some((at(70), at(75))));
    assert_eq!(found(&spans, at(60)), Some((at(70), at(75))), "only hours were told apart");
    assert_eq!(found(&spans, at(120)), None);
}

#[test]
fn of_a_story_the_part_that_lies_in_the_time_is_taken_with_how_it_began() {
    use Health::*;
    let change = |minute, health| Change { at: at(minute), health, seen: vec![] };
    let changes =
        vec![change(0, Operational), change(10, Down), change(20, OnBackup), change(30, Operational)];
    let spans = vec![
        span(0, 10, Some(Operational)),
        span(10, 20, Some(Down)),
        span(20, 30, Some(OnBackup)),
        span(30, 40, Some(Operational)),
    ];
    let story = Story { spans: spans.clone(), changes: changes.clone() };
    let (some, parts) = within(story.clone(), (at(10), at(30)));
    assert_eq!((some, parts), (changes[1..3].to_vec(), spans[1..3].to_vec()));
    let (some, parts) = within(story.clone(), (at(15), at(25)));
    let cut = vec![span(15, 20, Some(Down)), span(20, 25, Some(OnBackup))];
    assert_eq!((some, parts), (changes[1..3].to_vec(), cut), "how it stood at the beginning is in it");
    let (some, parts) = within(story, (at(-20), at(-10)));
    assert_eq!((some, parts), (vec![], vec![]));
}
