//! The notifications, judged by a service of our own on a private bus.

#[cfg(target_os = "linux")]
#[path = "../../../tests/support/notification_daemon.rs"]
mod daemon;

use jiff::Timestamp;
use relais_core::session::exception::Warning;
use relais_core::session::notice::{Matter, notice};
use relais_core::session::renewal::Loudness;
use relais_host::preferences::Language;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn pin(loudness: Loudness) -> Notice {
    notice(Matter::Pin { loudness, ends_at: at("2026-03-02T18:45:00Z") })
}

fn matters() -> Vec<Matter> {
    let ends_at = at("2026-03-02T18:45:00Z");
    let pins = [Loudness::Note, Loudness::Soon, Loudness::Last];
    let pins = pins.map(|loudness| Matter::Pin { loudness, ends_at });
    let alone = Warning::ALL.map(|(warning, _)| Matter::WithoutCard { warning, ends_at });
    let ended = [false, true].map(|capped| Matter::Ended { at: ends_at, capped });
    let normal = [Some(0), None].map(|function| Matter::Normal { function, at: ends_at });
    let certificates =
        [1, 3].map(|count| Matter::Certificates { count, first_ends_at: ends_at, told_at: ends_at });
    [&pins[..], &alone, &ended, &normal, &certificates, &[Matter::CardBack, Matter::ServiceBack]].concat()
}

#[test]
fn every_notice_has_its_words_in_every_language() {
    let now = at("2026-03-02T18:00:00Z");
    for language in Language::ALL {
        for matter in matters() {
            let notice = notice(matter);
            let words = Words::of(&notice, notice.function.map(|_| "Recip-e"), &Texts::new(language), now);
            let all = format!("{}|{}|{}", words.summary, words.body, words.button);
            assert!(!all.contains("note-") && !all.contains("{ $"), "{} {all}", language.name());
            assert!(!words.summary.is_empty() && !words.body.is_empty() && !words.button.is_empty());
            assert_eq!(all.contains("19:45"), notice.time.is_some(), "{} {all}", language.name());
            assert_eq!(all.contains("Recip-e"), notice.function.is_some(), "{} {all}", language.name());
            assert_eq!(all.contains("2026"), notice.ends.is_some(), "{} {all}", language.name());
        }
    }
}

#[test]
fn an_end_after_midnight_is_tomorrow_by_the_clock_of_belgium() {
    let notice = notice(Matter::Pin { loudness: Loudness::Soon, ends_at: at("2026-03-02T23:10:00Z") });
    let summary = |now| Words::of(&notice, None, &Texts::new(Language::En), at(now)).summary;
    assert_eq!(summary("2026-03-02T22:45:00Z"), "The session ends tomorrow, 00:10.");
    assert_eq!(summary("2026-03-02T23:02:00Z"), "The session ends at 00:10.");
}

#[cfg(target_os = "linux")]
mod on_a_bus {
    use std::sync::Mutex;

    use super::daemon::{Asked, Daemon, Notify};
    use super::*;
    use crate::private_bus::{on_private_bus, until};

    /// What came back so far.
    #[derive(Clone, Default)]
    struct Ear(Arc<Mutex<Vec<Heard>>>);

    impl Ear {
        fn start(&self) -> Notifications {
            let ear = self.clone();
            Notifications::start(move |heard| ear.0.lock().unwrap().push(heard)).unwrap()
        }

        fn heard(&self) -> Vec<Heard> {
            self.0.lock().unwrap().clone()
        }

        fn hears(&self, wanted: Heard) {
            until("it is heard", || self.heard().contains(&wanted).then_some(()));
        }
    }

    fn english(notice: &Notice) -> Words {
        Words::of(notice, None, &Texts::new(Language::En), at("2026-03-02T18:00:00Z"))
    }

    fn asked(daemon: &Daemon, count: usize) -> Vec<Asked> {
        until("the service is asked", || Some(daemon.asked()).filter(|asked| asked.len() >= count))
    }

    fn whole(name: &str) -> String {
        format!("notifications::tests::on_a_bus::{name}")
    }

    #[test]
    fn it_is_shown_silently_replaced_by_its_id_and_taken_back() {
        on_private_bus(&whole("it_is_shown_silently_replaced_by_its_id_and_taken_back"), || {
            let (daemon, ear) = (Daemon::start(&["actions", "body", "body-markup"]), Ear::default());
            let notifications = ear.start();
            notifications.change(Change::Show(pin(Loudness::Note)), english);
            notifications.change(Change::Replace(pin(Loudness::Last)), english);
            notifications.change(Change::TakeBack(Key::Session), english);
            let expected = [
                Asked::Notify(Box::new(Notify {
                    id: 1,
                    app: "Relais".into(),
                    replaces: 0,
                    icon: "relais".into(),
                    summary: "Your PIN extends the session.".into(),
                    body: "Any time before 19:45.".into(),
                    actions: ["default", "Give the PIN", "open", "Give the PIN"].map(Into::into).to_vec(),
                    urgency: Some(1),
                    silent: true,
                    entry: Some("relais".into()),
                    timeout: -1,
                })),
                Asked::Notify(Box::new(Notify {
                    id: 1,
                    app: "Relais".into(),
                    replaces: 1,
                    icon: "relais".into(),
                    summary: "The session ends at 19:45.".into(),
                    body: "Less than 10 minutes. Your PIN extends it.".into(),
                    actions: ["default", "Give the PIN", "open", "Give the PIN"].map(Into::into).to_vec(),
                    urgency: Some(2),
                    silent: true,
                    entry: Some("relais".into()),
                    timeout: 0,
                })),
                Asked::Close(1),
            ];
            assert_eq!(asked(&daemon, 3), expected);
            assert_eq!(ear.heard(), [Heard::Shows(true)], "we took it back, so nobody has to be told");
        });
    }

    #[test]
    fn a_click_opens_its_place_once_and_nothing_is_left_to_take_back() {
        on_private_bus(&whole("a_click_opens_its_place_once_and_nothing_is_left_to_take_back"), || {
            for action in ["default", "open"] {
                let (daemon, ear) = (Daemon::start(&["actions"]), Ear::default());
                let notifications = ear.start();
                notifications.change(Change::Show(pin(Loudness::Soon)), english);
                asked(&daemon, 1);
                let opened = Heard::Opened(Key::Session, Sheet::Renew);
                daemon.act(2, action);
                daemon.act(1, action);
                ear.hears(opened);
                drop(notifications);
                assert_eq!(ear.heard(), [Heard::Shows(true), opened], "that of another program is not ours");
                assert_eq!(daemon.asked().len(), 1);
            }
        });
    }

    #[test]
    fn a_click_while_it_is_replaced_is_heard() {
        on_private_bus(&whole("a_click_while_it_is_replaced_is_heard"), || {
            let (daemon, ear) = (Daemon::start(&["actions"]), Ear::default());
            let notifications = ear.start();
            notifications.change(Change::Show(pin(Loudness::Note)), english);
            asked(&daemon, 1);
            for _ in 0..20 {
                notifications.change(Change::Replace(pin(Loudness::Soon)), english);
            }
            asked(&daemon, 5);
            daemon.act(1, "default");
            ear.hears(Heard::Opened(Key::Session, Sheet::Renew));
        });
    }

    #[test]
    fn one_that_was_put_away_is_told_and_its_place_gets_a_new_one() {
        on_private_bus(&whole("one_that_was_put_away_is_told_and_its_place_gets_a_new_one"), || {
            let (daemon, ear) = (Daemon::start(&[]), Ear::default());
            let notifications = ear.start();
            notifications.change(Change::Show(pin(Loudness::Note)), english);
            asked(&daemon, 1);
            daemon.closed(1, 2);
            ear.hears(Heard::Gone(Key::Session));
            notifications.change(Change::TakeBack(Key::Session), english);
            notifications.change(Change::Show(pin(Loudness::Soon)), english);
            asked(&daemon, 2);
            let second = daemon.notified().pop().unwrap();
            assert_eq!((second.replaces, second.actions), (0, vec![]), "no buttons where there can be none");
        });
    }

    #[test]
    fn two_places_stand_beside_each_other_and_both_go_when_relais_ends() {
        on_private_bus(&whole("two_places_stand_beside_each_other_and_both_go_when_relais_ends"), || {
            let (daemon, ear) = (Daemon::start(&["actions"]), Ear::default());
            let notifications = ear.start();
            notifications.change(Change::Show(pin(Loudness::Last)), english);
            asked(&daemon, 1);
            notifications.change(Change::Show(notice(Matter::ServiceBack)), english);
            asked(&daemon, 2);
            assert_eq!(daemon.notified().iter().map(|it| it.replaces).collect::<Vec<_>>(), [0, 0]);
            drop(notifications);
            // Each place is kept by a task of its own: which of them is quicker means nothing.
            let last = &daemon.asked()[2..];
            assert_eq!(last.len(), 2);
            assert!([1, 2].iter().all(|id| last.contains(&Asked::Close(*id))), "{last:?}");
        });
    }

    #[test]
    fn a_desktop_without_notifications_is_told_once_and_served_when_it_has_them() {
        on_private_bus(
            &whole("a_desktop_without_notifications_is_told_once_and_served_when_it_has_them"),
            || {
                let ear = Ear::default();
                let notifications = ear.start();
                ear.hears(Heard::Shows(false));
                notifications.change(Change::Show(pin(Loudness::Note)), english);
                ear.hears(Heard::Gone(Key::Session));
                notifications.change(Change::TakeBack(Key::Session), english);
                let daemon = Daemon::start(&["actions"]);
                notifications.change(Change::Replace(pin(Loudness::Soon)), english);
                assert_eq!(asked(&daemon, 1).len(), 1);
                ear.hears(Heard::Shows(true));
                let expected = [Heard::Shows(false), Heard::Gone(Key::Session), Heard::Shows(true)];
                assert_eq!(ear.heard(), expected);
            },
        );
    }
}
