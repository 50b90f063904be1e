# How an open session is kept. { $end } is the end; { $at } and { $ends } are moments (when-at), { $about } is one more or less.

plan-badge = PIN needed
plan-next = All is well.
    .more = Your PIN will be asked once, { $about }.
plan-next-midday = All is well.
    .more = Your PIN will be asked once, { $about }, during the midday break.
plan-next-before = All is well.
    .more = Your PIN will be asked once, { $about }, before your consultations.
plan-next-between = All is well.
    .more = Your PIN will be asked once, { $about }, between two consultations.
plan-next-after = All is well.
    .more = Your PIN will be asked once, { $about }, after your consultations.
plan-next-never = All is well.
    .more = No free moment before { $end }: a mark will show here, without disturbing you.
plan-probing = Relais checks that the sign-in service answers.
    .more = Your PIN will be asked if it does.
plan-due = Your PIN is needed,
    .more = any time before { $end }.
plan-due-snoozed = Your PIN is needed before { $end }.
    .more = Reminder { $at }.
plan-due-30 = Less than 30 minutes.
    .more = Your PIN extends the session; without it the session ends { $ends }.
plan-due-10 = Less than 10 minutes.
    .more = Your PIN extends the session; without it the session ends { $ends }.
plan-down = Signing in is disturbed, you can go on working until { $end }.
    .more = Relais tries again { $at } and will ask your PIN if the service answers.
plan-down-last = Signing in is disturbed, you can go on working until { $end }.
    .more = No further try is planned before the end.
plan-down-30 = Less than 30 minutes.
    .more = Signing in is disturbed. Relais tries again { $at } and will ask your PIN if the service answers; otherwise the session ends { $ends }.
plan-down-last-30 = Less than 30 minutes.
    .more = Signing in is disturbed, and no further try is planned: the session ends { $ends }.
plan-down-10 = Less than 10 minutes.
    .more = Signing in is disturbed. Relais tries again { $at } and will ask your PIN if the service answers; otherwise the session ends { $ends }.
plan-down-last-10 = Less than 10 minutes.
    .more = Signing in is disturbed, and no further try is planned: the session ends { $ends }.
plan-back = Your card is back.
    .more = The session without the card is not extended; with the eID you start a full session.
plan-nocard = You can work.
    .more = The session without the card is not extended. Relais tells you when your card is back.
plan-nocard-60 = Less than an hour.
    .more = The session without the card ends { $ends } and is not extended.
plan-nocard-15 = Less than 15 minutes.
    .more = The session without the card ends { $ends } and is not extended.
plan-nocard-5 = Less than 5 minutes.
    .more = The session without the card ends { $ends }. Save what you are working on.
plan-cap = The twelve hours are over.
    .more = Please sign in again.

plan-act-pin = Give the PIN
plan-act-later = Remind me { $at }
plan-act-renew = Renew now
plan-act-back = Return to the card
plan-act-nocard = Sign in without the card

plan-post-next = renewal
plan-post-again = next try
plan-post-failed = no answer
plan-post-end-cap = end, 12 h at most
plan-line-next = PIN { $about }.
plan-line-again = Next try { $at }.
plan-line-failed = { $n ->
    [one] One try had no answer.
   *[other] { $n } tries had no answer.
  }
