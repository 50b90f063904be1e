# Signing in without the card. { $t } is a time, { $n } which use this is in { $days } days.

nocard-title = Sign in without the card
nocard-what = For once, when the card or the reader fails. { $hours ->
    [12] Twelve hours
   *[other] { $hours } hours
  } at most, then sign in again.
nocard-same = The session without the card opened { $at } still counts: its end does not move.
nocard-useless = The sign-in service does not answer now.
    .more = Signing in without the card goes through it too: it will most likely not help.

nocard-found = Found by Relais:
nocard-found-unknown = reader and card not seen yet
nocard-found-down = card readers cannot be reached
nocard-found-noreader = no reader found
nocard-found-nocard = reader without a card
nocard-found-unusable = card cannot be used
nocard-found-several = several eIDs in the readers
nocard-found-ready = eID in the reader
nocard-found-tries = { $n ->
    [one] eID in the reader, { $n } try left
   *[other] eID in the reader, { $n } tries left
  }
nocard-found-blocked = PIN blocked
nocard-service-unknown = sign-in service not checked yet
nocard-service-answers = sign-in service answers
nocard-service-silent = sign-in service does not answer now

nocard-why = Why without the card?
nocard-group-hand = I do not have it at hand
nocard-group-technical = A technical problem
nocard-reason-forgotten = Forgotten
nocard-reason-lost = Lost or stolen
nocard-reason-notrecognised = Reader or card not recognised
nocard-reason-pinblocked = PIN blocked
nocard-reason-other = Other, please say
nocard-lost-tip = have it blocked: DOC STOP
nocard-fits = matches what Relais finds
nocard-other = What is it?
nocard-other-hint = One line, kept in the journal of this PC. No patient, no code, no password.

nocard-password = Keystore password of { $person }
nocard-password-nobody = Keystore password
nocard-where = Where to find it, by your note: “{ $hint }”.
nocard-show = Show
nocard-hide = Hide
nocard-caps = Caps lock is on.

nocard-count = { $n ->
    [1] First use in { $days } days.
   *[other] Use { $n } in { $days } days.
  }
nocard-noted = The use is written in the journal of this PC with its reason; never the password.
nocard-often = Use { $n } in { $days } days. The rule keeps this way for exceptions; here is what can avoid it.
nocard-row = Use { $n } in a row without the card. The rule keeps this way for exceptions; here is what can avoid it.
nocard-cure = A card that stays with the keys, a second reader, a PIN unblocked at the municipality.
nocard-cure-forgotten = A card that stays with the keys rather than in the reader.
nocard-cure-lost = The municipality hands out a new card.
nocard-cure-notrecognised = A second reader, or trying the card on another PC.
nocard-cure-pinblocked = The municipality unblocks the card with the PUK.
nocard-cure-other = The helpdesk of your software often knows the cause.
nocard-justify = Why is this way still needed?
nocard-justify-hint = One sentence is enough, for the journal of this PC. It forbids nothing: care comes first.

nocard-act = Sign in until { $t } at the latest
nocard-missing = The reason and the password are still missing.
nocard-missing-reason = The reason is still missing.
nocard-missing-note = Give the reason in one line.
nocard-missing-justification = The sentence that says why is missing.
nocard-missing-password = The password is still missing.
nocard-cancel = Cancel
nocard-close = Close
nocard-working = Signing in without the card.

choice-title = Whose keystore is it?
choice-what = Keystores of several people are on this PC. Without their password Relais knows no more of them than this.
choice-what-organisations = Keystores of several organisations are on this PC.
choice-made = Keystore made { $t }
choice-unnamed = A keystore without a date
choice-act = Continue
