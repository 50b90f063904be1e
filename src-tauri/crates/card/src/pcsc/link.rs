//! A connected card on a thread of its own.
//!
//! SCardBeginTransaction waits without limit, so it is the thread that waits: when nobody wants the transaction any more
//! by the time it is granted, it is ended at once and no command is sent.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use pcsc::{Card, Disposition, Protocols, ShareMode, Transaction};
use zeroize::Zeroizing;

use crate::backend::{Link, LinkError};

use super::worker::Interest;
use super::{Connected, HUNG_AFTER, UNKNOWN, named};

/// A person types on a keypad for up to 30 s.
const CONTROL_WITHIN: Duration = Duration::from_secs(60);

type Reply = Result<Vec<u8>, LinkError>;

enum Order {
    Begin,
    Transmit(Zeroizing<Vec<u8>>),
    End,
    Reconnect { reset: bool },
    Control { code: u32, data: Vec<u8> },
}

struct Errand {
    order: Order,
    interest: Interest,
    reply: Sender<Reply>,
}

/// A card over PC/SC.
pub struct PcscLink {
    orders: Option<Sender<Errand>>,
    atr: Vec<u8>,
}

impl PcscLink {
    pub fn new(card: Connected, atr: Vec<u8>) -> Self {
        let (orders, inbox) = channel();
        let started =
            std::thread::Builder::new().name("pcsc card".to_owned()).spawn(move || serve(card, &inbox));
        Self { orders: started.is_ok().then_some(orders), atr }
    }

    fn ask(&self, longest: Duration, order: Order) -> Reply {
        let (reply, answer) = channel();
        let interest = Interest::default();
        let errand = Errand { order, interest: interest.clone(), reply };
        self.orders.as_ref().ok_or(UNKNOWN)?.send(errand).map_err(|_| UNKNOWN)?;
        answer.recv_timeout(longest).unwrap_or_else(|why| Err(interest.lost(why)))
    }
}

impl Link for PcscLink {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn begin(&mut self, longest: Duration) -> Result<(), LinkError> {
        match self.ask(longest, Order::Begin) {
            Err(LinkError::Timeout) => {
                // It may be granted this very moment: behind it stands its end, for which nobody needs to wait.
                let (reply, _) = channel();
                let end = Errand { order: Order::End, interest: Interest::default(), reply };
                let _ = self.orders.as_ref().ok_or(UNKNOWN)?.send(end);
                Err(LinkError::InUse)
            }
            other => other.map(drop),
        }
    }

    fn transmit(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.ask(HUNG_AFTER, Order::Transmit(Zeroizing::new(apdu.to_vec())))
    }

    fn end(&mut self) -> Result<(), LinkError> {
        self.ask(HUNG_AFTER, Order::End).map(drop)
    }

    fn reconnect(&mut self, reset: bool) -> Result<(), LinkError> {
        self.atr = self.ask(HUNG_AFTER, Order::Reconnect { reset })?;
        Ok(())
    }

    fn control(&mut self, code: u32, data: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.ask(CONTROL_WITHIN, Order::Control { code, data: data.to_vec() })
    }

    fn feature_request(&self) -> u32 {
        // The number is unsigned long on some systems; the codes themselves have 32 bits on all.
        #[allow(clippy::useless_conversion, reason = "DWORD has another size on each system")]
        u32::try_from(pcsc::ctl_code(3400)).unwrap_or(0)
    }
}

fn serve(mut connected: Connected, orders: &Receiver<Errand>) {
    let Ok(card) = connected.card() else { return };
    for Errand { order, interest, reply } in orders {
        if interest.is_lost() {
            continue;
        }
        if !matches!(order, Order::Begin) {
            let _ = reply.send(outside(card, order));
            continue;
        }
        match card.transaction() {
            // Sending fails when the wait was given up; then the transaction ends here, by Drop.
            Ok(transaction) if reply.send(Ok(Vec::new())).is_ok() => within(transaction, orders),
            Ok(_) => {}
            Err(error) => drop(reply.send(Err(named(error)))),
        }
    }
}

/// Until the transaction ends; the end of the link ends it too.
fn within(mut transaction: Transaction<'_>, orders: &Receiver<Errand>) {
    for Errand { order, interest, reply } in orders {
        // An end is carried out even if nobody waits for it: it lets other programs in.
        if interest.is_lost() && !matches!(order, Order::End) {
            continue;
        }
        let answer = match order {
            Order::Begin => Ok(Vec::new()),
            Order::Transmit(apdu) => transmit(&transaction, &apdu),
            Order::Control { code, data } => control(&transaction, code, &data),
            Order::Reconnect { reset } => transaction
                .reconnect(ShareMode::Shared, Protocols::T0, initialization(reset))
                .map_err(named)
                .and_then(|()| atr(&transaction)),
            Order::End => {
                let ended = transaction.end(Disposition::LeaveCard).map_err(|(_, error)| named(error));
                let _ = reply.send(ended.map(|()| Vec::new()));
                return;
            }
        };
        let _ = reply.send(answer);
    }
}

fn outside(card: &mut Card, order: Order) -> Reply {
    match order {
        Order::Transmit(apdu) => transmit(card, &apdu),
        Order::Control { code, data } => control(card, code, &data),
        Order::Reconnect { reset } => {
            card.reconnect(ShareMode::Shared, Protocols::T0, initialization(reset)).map_err(named)?;
            atr(card)
        }
        // There is no transaction, so it has ended.
        Order::Begin | Order::End => Ok(Vec::new()),
    }
}

fn initialization(reset: bool) -> Disposition {
    if reset { Disposition::ResetCard } else { Disposition::LeaveCard }
}

fn atr(card: &Card) -> Reply {
    card.status2_owned().map(|status| status.atr().to_vec()).map_err(named)
}

fn transmit(card: &Card, apdu: &[u8]) -> Reply {
    let mut buffer = [0; pcsc::MAX_BUFFER_SIZE];
    match card.transmit(apdu, &mut buffer).map_err(named) {
        // With a pulled card the service can answer success and no bytes.
        Ok(answer) if answer.len() < 2 => Err(broken(card)),
        Ok(answer) => Ok(answer.to_vec()),
        Err(LinkError::Broken) => Err(broken(card)),
        Err(error) => Err(error),
    }
}

/// Why an exchange broke off: the card is gone, or its contact is bad.
fn broken(card: &Card) -> LinkError {
    match card.status2_owned().map_err(named) {
        Ok(status) if status.status().contains(pcsc::Status::ABSENT) => LinkError::Removed,
        Err(LinkError::NoCard | LinkError::Removed) => LinkError::Removed,
        Err(gone @ (LinkError::ReaderUnavailable | LinkError::NoService | LinkError::ServiceStopped)) => gone,
        _ => LinkError::Broken,
    }
}

fn control(card: &Card, code: u32, data: &[u8]) -> Reply {
    let mut buffer = [0; pcsc::MAX_BUFFER_SIZE];
    card.control(code.into(), data, &mut buffer).map(<[u8]>::to_vec).map_err(named)
}
