# Texts that the program itself shows: window titles and the command line.
pin-window-title = Relais, PIN
ask-pin = PIN of { $holder } ({ $tries ->
    [unknown] number of tries unknown
    [one] one try left
   *[other] { $tries } tries left
  }):
ask-password = Password of the keystore:
ask-again = The platform challenges the card itself: the PIN is asked a second time.
ask-consent = One more mistake blocks the card. Type YES if you know this PIN for certain:
consent-word = YES
on-keypad = Type your PIN on the reader.
ask-keypad = Press Enter to type the PIN on the reader again, or type { $word } to type it on this keyboard:
keyboard-word = PC
keyboard-unclear = That was not understood: press Enter alone, or type { $word }.
signed-in = { $person }: signed in until { $until }
no-session = Not signed in
signed-out = The session is over and erased from this PC.
advice = What to do: { $advice }
when-tomorrow = tomorrow, { $t }
when-yesterday = yesterday, { $t }
when-day = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
  } { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sept
    [10] Oct
    [11] Nov
   *[12] Dec
  }, { $t }
