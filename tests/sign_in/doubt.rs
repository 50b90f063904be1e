//! A card that hides its counter, and a try that went wrong, over a new sign-in and over a restart.

use relais_sandbox::eid::reader::Fault;

use super::*;

/// Asks for the PIN of a card that does not tell its tries, as an applet that nobody has told us about; says whether
/// the person has to say first that they are certain.
async fn asked(relais: &Running, practice: &Practice) -> bool {
    untold(practice);
    relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
    match &pin_asked(relais).await.errand {
        Errand::Pin(asking) => {
            assert_eq!(asking.face.tries, Tries::Unknown);
            asking.needs_consent()
        }
        other => panic!("{other:?}"),
    }
}

/// The next answer to GET CARD DATA names an applet that nobody has told us about.
fn untold(practice: &Practice) {
    let get_card_data = [0x80, 0xE4, 0x00, 0x00, 0x1C];
    let mut data = practice.readers().with_card(READER, |card| card.transmit(&get_card_data)).unwrap();
    data[21] = 0x19;
    practice.readers().arm(READER, 0, Fault::Answer(data));
}

async fn typed(relais: &Running, practice: &Practice, pin: &str) {
    untold(practice);
    give_pin(relais, pin).await;
}

async fn alone(practice: &Practice) -> Running {
    // Nobody else may ask the card anything.
    start(Parts { watch: false, ..practice.parts(KeyStoreChoice::File) }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_new_sign_in_nor_a_restart_forgets_a_try_of_a_card_that_hides_its_counter() {
    let practice = Practice::new().await;
    let relais = alone(&practice).await;
    assert!(!asked(&relais, &practice).await, "the first try is free");
    typed(&relais, &practice, "9999").await;
    let over = |errand: &Errand| match errand {
        Errand::Pin(asking) => asking.notice.is_some(),
        other => matches!(other, Errand::Failed { .. }),
    };
    let state = until(&relais, |state| over(&state.errand)).await;
    assert!(matches!(state.errand, Errand::Pin(_)), "{:?}", state.errand);
    relais.handle.tell(Event::Cancelled).await.unwrap();
    relais.handle.settle().await.unwrap();
    assert!(asked(&relais, &practice).await);
    relais.stop().await;

    let relais = alone(&practice).await;
    assert!(asked(&relais, &practice).await, "also after a restart");
    give_pin(&relais, "9999").await;
    assert_eq!((practice.tries(), practice.verifies()), (2, 1), "no second VERIFY without a word");
    let chip = practice.readers().with_card(READER, |card| card.chip_number()).unwrap();
    for file in std::fs::read_dir(practice.data.join("sandbox")).unwrap().map(|file| file.unwrap().path()) {
        let bytes = if file.is_file() { std::fs::read(&file).unwrap() } else { vec![] };
        assert!(!bytes.windows(16).any(|window| window == chip), "the chip stands in {}", file.display());
    }

    relais.handle.consent(relais.handle.question().unwrap()).await.unwrap();
    typed(&relais, &practice, &practice.house.pin()).await;
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)));
    relais.stop().await;
    let relais = alone(&practice).await;
    assert!(!asked(&relais, &practice).await, "a VERIFY that succeeded ends the doubt");
    relais.stop().await;
}
