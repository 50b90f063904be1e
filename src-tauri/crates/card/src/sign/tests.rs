use super::*;
use crate::backend::LinkError;
use crate::face::{FaceReader, FaceSettings};
use crate::scripted::papers::{self, Papers, now};
use crate::scripted::{ATR_18, Card, Log, Script, bytes, no_pause};
use proptest::prelude::*;
use relais_core::card::ChipNumber;

const DIGEST: [u8; 32] = [0x5A; 32];

fn face(card: &mut Card) -> CardFace {
    FaceReader::new(FaceSettings { timing: no_pause(), ..FaceSettings::default() })
        .read(card, "R", now())
        .unwrap()
}

fn pin(digits: &str) -> Pin {
    Pin::from_ascii(digits.as_bytes()).unwrap()
}

/// A card whose face was read; its log starts empty.
fn ready(papers: &Papers, applet: u8) -> (Card, CardFace) {
    let mut card = Card::of(papers, applet);
    let face = face(&mut card);
    card.log = Log::default();
    (card, face)
}

fn signed(card: &mut Card, face: &CardFace, key: CardKey, digits: &str) -> Result<Vec<u8>, SignFailure> {
    sign_with(no_pause(), card, face, key, pin(digits), DIGEST)
}

#[test]
fn one_pin_buys_one_signature_in_one_transaction() {
    let (mut card, face) = ready(papers::ec(), 0x18);
    let plain = signed(&mut card, &face, CardKey::Authentication, "1234").unwrap();
    assert_eq!(plain.len(), 96, "plain r and s of P-384");
    let lines = card.log.lines();
    let words: Vec<_> = lines.iter().filter(|line| !line.contains(' ')).collect();
    assert_eq!(words, ["begin", "end"]);
    let apdus = card.log.apdus();
    assert_eq!(
        apdus[3..].iter().map(|apdu| &apdu[..14]).collect::<Vec<_>>(),
        ["00 22 41 B6 05", "00 20 00 01 08", "00 2A 9E 9A 20", "00 C0 00 00 60", "80 E6 00 00 00"]
    );
    assert_eq!(apdus[3], "00 22 41 B6 05 04 80 01 84 82");
    assert!(!card.is_verified(), "the right was taken back");
}

#[test]
fn a_sign_in_costs_at_most_eight_commands_beyond_its_certificate() {
    for (papers, applet) in [(papers::ec(), 0x18), (papers::rekeyed(), 0x17)] {
        let mut card = Card::of(papers, applet);
        let face = face(&mut card);
        signed(&mut card, &face, CardKey::Authentication, "1234").unwrap();
        let apdus = card.log.apdus();
        let own =
            apdus.iter().filter(|apdu| !apdu.starts_with("00 A4") && !apdu.starts_with("00 B0")).count();
        assert!(own <= 8, "{apdus:?}");
    }
}

#[test]
fn an_rsa_card_signs_one_block() {
    let (mut card, face) = ready(papers::rekeyed(), 0x17);
    assert_eq!(signed(&mut card, &face, CardKey::Authentication, "1234").unwrap().len(), 256);
    assert!(card.log.apdus().contains(&"00 22 41 B6 05 04 80 08 84 82".to_owned()));
    assert!(card.log.apdus().contains(&"00 C0 00 00 00".to_owned()), "256 bytes are asked for as 00");
}

#[test]
fn nothing_stands_between_the_pin_and_a_signature_as_by_hand() {
    for (papers, applet) in [(papers::ec(), 0x18), (papers::rekeyed(), 0x17)] {
        let (mut card, face) = ready(papers, applet);
        signed(&mut card, &face, CardKey::Signature, "1234").unwrap();
        let apdus = card.log.apdus();
        let at = apdus.iter().position(|apdu| apdu.starts_with("00 20")).unwrap();
        assert!(apdus[at - 1].starts_with("00 22 41 B6 05 04 80") && apdus[at - 1].ends_with("84 83"));
        assert!(apdus[at + 1].starts_with("00 2A"));
    }
}

#[test]
fn a_wrong_pin_costs_one_try_and_is_not_sent_again() {
    let (mut card, face) = ready(papers::ec(), 0x18);
    let failure = signed(&mut card, &face, CardKey::Authentication, "9999").unwrap_err();
    assert_eq!(failure.error, CardError::PinWrong { tries_left: 2 });
    assert!(failure.pin.is_none());
    assert_eq!((card.log.pins_sent(), card.tries), (1, 2));
    assert_eq!(card.log.lines().last().unwrap(), "end");
    assert!(card.log.apdus().last().unwrap().starts_with("80 E6"), "logged off all the same");
}

#[test]
fn the_last_try_blocks_and_a_blocked_card_is_sent_nothing() {
    let (mut card, _) = ready(papers::ec(), 0x18);
    card.tries = 1;
    let face = face(&mut card);
    let failure = signed(&mut card, &face, CardKey::Authentication, "9999").unwrap_err();
    assert_eq!(failure.error, CardError::PinBlocked);
    assert_eq!(card.log.pins_sent(), 1);
    let failure = signed(&mut card, &face, CardKey::Authentication, "1234").unwrap_err();
    assert_eq!(failure.error, CardError::PinBlocked);
    assert_eq!(card.log.pins_sent(), 1, "the card said before that it is blocked");
}

#[test]
fn a_last_try_the_person_did_not_know_of_needs_consent() {
    let (mut card, face) = ready(papers::ec(), 0x18);
    card.tries = 1;
    let failure = signed(&mut card, &face, CardKey::Authentication, "1234").unwrap_err();
    assert_eq!(failure.error, CardError::ConsentNeeded);
    assert!(failure.pin.is_some());
    assert_eq!(card.log.pins_sent(), 0);
}

#[test]
fn another_card_in_the_reader_is_never_sent_the_pin() {
    let (_, face) = ready(papers::ec(), 0x18);
    let mut other_chip = Card::of(papers::ec(), 0x18);
    other_chip.chip = ChipNumber([9; 16]);
    let other_certificate = Card::of(papers::impostor(), 0x18);
    let other_applet = Card::of(papers::rekeyed(), 0x17);
    let none = Card::of(papers::ec(), 0x18).without(Which::Authentication);
    let mut no_file = Card::of(papers::ec(), 0x18);
    no_file.files.remove(&Path::of(Which::Authentication).0);
    for mut card in [other_chip, other_certificate, other_applet, none, no_file] {
        for key in [CardKey::Authentication, CardKey::Signature] {
            let failure = signed(&mut card, &face, key, "1234").unwrap_err();
            assert_eq!(failure.error, CardError::Changed);
            assert!(failure.pin.is_some());
            assert_eq!(card.log.verifies(), 0);
        }
    }
}

#[test]
fn a_card_that_signs_with_another_key_is_forged() {
    let (mut card, face) = ready(papers::ec(), 0x18);
    card.keys.insert(0x82, papers::ec_key());
    let failure = signed(&mut card, &face, CardKey::Authentication, "1234").unwrap_err();
    assert_eq!((failure.error, failure.pin.is_none()), (CardError::Forged, true));
    for answer in ["90 00", "AA 90 00"] {
        let (mut card, face) = ready(papers::ec(), 0x18);
        card.instead.insert(ins::GET_RESPONSE, bytes(answer));
        let failure = signed(&mut card, &face, CardKey::Authentication, "1234").unwrap_err();
        assert_eq!(failure.error, CardError::Forged, "{answer}");
    }
}

#[test]
fn a_signature_certificate_of_somebody_else_is_forged_and_a_missing_one_is_missing() {
    let (mut card, face) = ready(papers::ec(), 0x18);
    card.files.insert(Path::of(Which::Signature).0, papers::ec().authentication.0.to_der().unwrap());
    let failure = signed(&mut card, &face, CardKey::Signature, "1234").unwrap_err();
    assert_eq!(failure.error, CardError::Forged, "it is not for signing by hand");
    assert_eq!(card.log.pins_sent(), 0);
    let mut card = card.without(Which::Signature);
    let failure = signed(&mut card, &face, CardKey::Signature, "1234").unwrap_err();
    assert_eq!(failure.error, CardError::NoCertificate(Which::Signature));
}

#[test]
fn a_card_that_will_not_log_off_is_reset() {
    let (mut card, face) = ready(papers::ec(), 0x18);
    card.instead.insert(ins::LOG_OFF, bytes("6F 00"));
    signed(&mut card, &face, CardKey::Authentication, "1234").unwrap();
    assert!(card.log.lines().contains(&"reset".to_owned()));
    assert!(!card.is_verified());
}

#[test]
fn half_a_pin_is_not_sent() {
    let (mut card, face) = ready(papers::ec(), 0x18);
    let mut half = Pin::empty();
    half.push(1);
    let failure = sign_with(no_pause(), &mut card, &face, CardKey::Authentication, half, DIGEST).unwrap_err();
    assert_eq!(failure.error, CardError::PinFormat);
    assert!(card.log.lines().is_empty());
}

#[test]
fn a_card_removed_at_any_command_is_sent_the_pin_at_most_once_and_the_entry_comes_back_only_before() {
    for key in [CardKey::Authentication, CardKey::Signature] {
        let (mut whole, face) = ready(papers::ec(), 0x18);
        signed(&mut whole, &face, key, "1234").unwrap();
        let apdus = whole.log.apdus();
        let verify = apdus.iter().position(|apdu| apdu.starts_with("00 20")).unwrap();
        for at in 0..apdus.len() {
            for error in [LinkError::Removed, LinkError::Broken, LinkError::Reset, LinkError::Timeout] {
                for worked in [false, true] {
                    let (_, face) = ready(papers::ec(), 0x18);
                    let mut card = Card::of(papers::ec(), 0x18);
                    card.breaks = Some((at, error, worked));
                    let result = signed(&mut card, &face, key, "1234");
                    let log = &card.log;
                    assert_eq!(log.pins_sent(), usize::from(at >= verify), "{error} at {at}");
                    assert!(log.lines().contains(&"end".to_owned()));
                    if at == apdus.len() - 1 {
                        assert!(result.is_ok(), "only the log-off failed");
                        continue;
                    }
                    let failure = result.unwrap_err();
                    assert_eq!(failure.pin.is_some(), at < verify, "{error} at {at}");
                    let wanted =
                        if at == verify { CardError::PinOutcomeUnknown } else { CardError::Link(error) };
                    assert_eq!(failure.error, wanted, "{error} at {at}");
                }
            }
        }
    }
}

#[test]
fn a_lost_answer_to_the_pin_is_told_as_such_and_never_asked_again() {
    let (mut card, face) = ready(papers::ec(), 0x18);
    for answer in ["6C 08", "61 10", "63 00", "65 81", "64 00"] {
        card.log = Log::default();
        card.instead.insert(ins::VERIFY, bytes(answer));
        card.instead.insert(ins::GET_RESPONSE, bytes("6F 00"));
        let failure = signed(&mut card, &face, CardKey::Authentication, "1234").unwrap_err();
        assert_eq!(failure.error, CardError::PinOutcomeUnknown, "{answer}");
        assert_eq!(card.log.pins_sent(), 1);
    }
}

#[test]
fn neither_the_pin_nor_any_data_reaches_the_log() {
    use std::sync::{Arc, Mutex};
    use tracing_subscriber::fmt::MakeWriter;

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);
    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    impl<'a> MakeWriter<'a> for Sink {
        type Writer = Self;
        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    // Set for the whole process: a subscriber of one thread may find a callsite that another thread has switched off.
    let sink = Sink::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(sink.clone())
        .with_ansi(false);
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let (mut card, face) = ready(papers::ec(), 0x18);
    let failure = signed(&mut card, &face, CardKey::Authentication, "735192").unwrap_err();
    tracing::error!(?failure, "as a caller would");
    card.breaks = Some((4, LinkError::Broken, false));
    let _ = signed(&mut card, &face, CardKey::Authentication, "735192");
    let text = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("63C2"), "the status word is there");
    for secret in ["735192", "73, 51, 92", "115, 81, 146", "7, 3, 5, 1, 9, 2", papers::SSIN, "5A5A"] {
        assert!(!text.contains(secret), "{secret} in the log");
    }
}

proptest! {
    #[test]
    fn garbage_in_place_of_an_answer_never_gets_a_second_pin(
        at in prop::sample::select(vec![ins::SELECT, ins::READ, ins::CARD_DATA, ins::SET_KEY, ins::VERIFY, ins::SIGN, ins::GET_RESPONSE]),
        garbage in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let (mut card, face) = ready(papers::ec(), 0x18);
        card.instead.insert(at, garbage.clone());
        let result = signed(&mut card, &face, CardKey::Authentication, "1234");
        prop_assert!(card.log.pins_sent() <= 1);
        let before = [ins::READ, ins::CARD_DATA].contains(&at);
        if before {
            prop_assert_eq!(card.log.pins_sent(), 0);
        }
        let harmless = matches!(garbage[..], [.., 0x90, 0x00] | [.., 0x61, _]);
        prop_assert!(result.is_err() || harmless);
    }

    #[test]
    fn a_card_of_nothing_but_garbage_is_never_sent_a_pin(
        answers in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..260), 0..12),
    ) {
        let (_, face) = ready(papers::ec(), 0x18);
        let mut link = Script::new(ATR_18, &[]);
        link.answers = answers.into_iter().map(Ok).collect();
        let log = link.log.clone();
        let failure = sign_with(no_pause(), &mut link, &face, CardKey::Authentication, pin("1234"), DIGEST);
        prop_assert!(failure.is_err_and(|failure| failure.pin.is_some()));
        prop_assert_eq!(log.verifies(), 0);
    }
}
