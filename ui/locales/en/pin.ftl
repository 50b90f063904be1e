# The window for the PIN. { $t } is a time: "19:45" or "tomorrow, 01:45".

pin-title = Your PIN
pin-purpose = To open your eHealth session until { $t }. Asked by Relais.
pin-purpose-renew = To extend your eHealth session until { $t }. Asked by Relais.
pin-purpose-open = To open your eHealth session. Asked by Relais.
pin-again = The platform challenges the card itself: the PIN is asked a second time.
pin-card-end = card ending in { $end }
pin-tries = { $n ->
    [one] { $n } try left
   *[other] { $n } tries left
  }
pin-tries-last = 1 try left of 3
pin-tries-unknown = Number of tries unknown
pin-field = PIN, 4 to 12 digits
pin-range = 4 to 12 digits
pin-count = { $n ->
    [0] no digits
    [one] { $n } digit
   *[other] { $n } digits
  }
pin-keys-show = Keys on the screen
pin-keys-hide = Hide the keys
pin-erase = Erase
pin-act = Open the session
pin-act-renew = Extend the session
pin-later = Later
pin-calm = Take your time. The PIN goes to the card and is then forgotten.

pin-last = One try left
pin-last-why = One more mistake blocks the card; only the municipality can unblock it.
pin-last-use = Use the last try
pin-maybe-last = Perhaps the last try
pin-maybe-why = One more mistake could block the card; only the municipality can unblock it.
pin-maybe-use = Try this PIN
pin-doubt = In doubt? Do not try.
pin-doubt-session = Your session stays open until { $t }.
pin-last-sure = I know this PIN for certain
pin-last-first = Tick the box above first
pin-last-no = Do not try

pin-wait-title = Waiting for your card
pin-pad = Type your PIN on the reader
pin-pad-time = The reader waits 30 seconds. To stop, press its cancel key.
pin-pad-ask = Once more on the reader?
pin-pad-again = Type on the reader
pin-pad-type = Type on the computer
pin-pad-remembered = Relais remembers this for this reader; the settings undo it.

pin-blocked-title = Card blocked
pin-blocked = The card is blocked. Your session stays open until { $t }. The municipality unblocks it.
pin-blocked-alone = The card is blocked. The municipality unblocks it, with the letter that holds the PUK.
pin-close = Close

password-title = Keystore password
password-label = Password
password-hint = A mistake blocks nothing; capital letters count.
password-show = Show
password-hide = Hide
password-caps = Caps lock is on.
password-remember = Remember on this PC, for signing in with the card

pin-working-title = Signing in
pin-working = Leave the card in the reader.
pin-done = Signed in until { $t }
pin-done-open = Signed in
pin-failed-title = Signing in is not possible now
pin-code = Code to read out: { $code }
