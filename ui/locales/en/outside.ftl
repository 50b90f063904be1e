# Texts outside the windows: notifications, and the icon near the clock. { $t } is a time, with its day where { $day } is not "today".

note-pin = Your PIN extends the session.
    .more = Any time before { $t }.
note-pin-30 = The session ends { $day ->
    [today] at { $t }
   *[other] { $t }
  }.
    .more = Less than 30 minutes. Your PIN extends it.
note-pin-10 = The session ends { $day ->
    [today] at { $t }
   *[other] { $t }
  }.
    .more = Less than 10 minutes. Your PIN extends it.
note-password = The password of the organisation's keystore extends the session.
    .more = Any time before { $t }.
note-password-30 = The session ends { $day ->
    [today] at { $t }
   *[other] { $t }
  }.
    .more = Less than 30 minutes. The password of the organisation's keystore extends it.
note-password-10 = The session ends { $day ->
    [today] at { $t }
   *[other] { $t }
  }.
    .more = Less than 10 minutes. The password of the organisation's keystore extends it.
note-nocard-60 = The session without the card ends { $day ->
    [today] at { $t }
   *[other] { $t }
  }.
    .more = Less than an hour. It is not extended.
note-nocard-15 = The session without the card ends { $day ->
    [today] at { $t }
   *[other] { $t }
  }.
    .more = Less than 15 minutes. It is not extended.
note-nocard-5 = The session without the card ends { $day ->
    [today] at { $t }
   *[other] { $t }
  }.
    .more = Less than 5 minutes. Save what you are working on.
note-card-back = Your card is back.
    .more = Return to a full session.
note-ended = Session ended { $day ->
    [today] at { $t }
   *[other] { $t }
  }
    .more = Please sign in again.
note-capped = The twelve hours are over.
    .more = Please sign in again.
note-service-back = The sign-in service answers again.
    .more = You can sign in now.
note-normal = { $function } runs normally again.
    .more = Since { $t }. There is nothing you have to do.
note-normal-several = Services run normally again.
    .more = Since { $t }. There is nothing you have to do.
note-certificates = { $count ->
    [1] One certificate needs you.
   *[other] { $count } certificates need you.
  }
    .more = { $count ->
        [1] Its end: { $d }.
       *[other] End of the first: { $d }.
    }
note-act-renew = Give the PIN
note-act-password = Type the password
note-act-sign-in = Sign in
note-act-return = Return to the card
note-act-services = See the services
note-act-certificates = Open Relais

tray-nobody = Not signed in
tray-ended = Session ended { $day ->
    [today] at { $t }
   *[other] { $t }
  }
tray-held = Session without the card kept, but not used
tray-open = Signed in until { $t }
tray-soon = The session ends { $day ->
    [today] at { $t }
   *[other] { $t }
  }
tray-nocard = Signed in without the card until { $t }
tray-tests = Tests: nothing has real effect
tray-act-open = Open Relais
tray-act-renew = Renew now
tray-act-hide = Hide the window
tray-act-stop = Stop Relais
tray-act-stop-kept = Stop Relais (the session stays valid)
tray-act-stop-lost = Stop Relais (the session will be lost)
