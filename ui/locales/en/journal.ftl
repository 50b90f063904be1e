# The journal: what happened on this PC. { $t } is a time.

journal-title = What happened on this PC
journal-lede = Kept at least { $months } months, here only. No patients, no codes, no passwords.
journal-chain-whole = Nothing in it was changed.
journal-chain-after = Nothing in what is here was changed. It begins after entry { $n }; what came before is no longer in it.
journal-chain-checking = Relais checks that nothing in it was changed.
journal-chain-broken = Changed from entry { $n } on.
    .more = What follows it proves nothing any more; what stands before it is still verified.
journal-from-here = The chain is broken from here on (entry { $n }).
journal-ahead = { $day }, by the clock at the time
journal-older = Older
journal-empty = Nothing to report since the installation.
journal-empty-filter = Nothing of that kind in what is kept.
journal-empty-shown = Nothing of that kind in what is shown so far.
journal-filter = Filter
journal-all = All
journal-signins = Sign-ins
journal-nocard = Without the card
journal-services = Services
journal-certificates = Certificates
journal-until = { $person }, until { $t }.
journal-until-only = Until { $t }.
journal-of = { $person }.

journal-signed-in = Signed in with the eID
journal-signed-in-certificate = Signed in with a certificate
journal-signed-in-nocard = Signed in without the card
journal-signed-out = Signed out
journal-replaced = Session replaced by that of somebody else
journal-renewed = Session extended with the eID
journal-renewed-certificate = Session extended with its certificate
journal-renewal-failed = Renewal put off
journal-service-back = Sign-in service answers again
journal-restored = Session kept after the restart
journal-ended = Session came to its end
journal-failed = Sign-in that did not work
journal-extension-failed = Extension that did not work
journal-pin-refused = PIN refused
journal-pin-unknown = PIN tried, outcome unknown
journal-wiped = What was typed was erased
journal-remembered = Keystore password remembered on this PC
journal-forgotten = Keystore password forgotten
journal-person-forgotten = A person was forgotten on this PC
journal-clock = The clock of this PC went back
journal-time-back = Noted time put back by a person
journal-list-refused = List of services refused
journal-route-away = Calls went to another address after a failure
journal-route-back = Calls went back to the usual address
journal-route-chosen = Address chosen by somebody
journal-route-left = Chosen address given up
journal-paper-printed = Page printed to work on paper
journal-folder-agreed = Folder of certificates agreed to
journal-folder-withdrawn = Folder of certificates withdrawn
journal-certificates-told = Reminded of certificates
journal-aside = Damaged journal set aside
journal-gap = Entries are missing
journal-waited = Entries waited before they were written
journal-cut = Older entries were removed, as planned
journal-unreadable = Entry { $n } cannot be read: it was changed.
journal-other = { $subject }: { $event }
journal-subject-session = Session
journal-subject-fallback = Without the card
journal-subject-card = Card
journal-subject-service = Service
journal-subject-certificate = Certificate
journal-subject-system = This PC
journal-subject-security = Security

journal-ledger = Sessions without the card
journal-ledger-count = { $n ->
    [0] None in { $days } days.
    [one] { $n } in { $days } days.
   *[other] { $n } in { $days } days.
  }
journal-ledger-empty = No session without the card is kept here.
journal-ledger-start = Start
journal-ledger-end = End
journal-ledger-reason = Reason
journal-ledger-how = How it ended
journal-how-open = still open
journal-how-card = back to the card
journal-how-cap = twelve hours over
journal-how-life = end of the session
journal-how-person = signed out
journal-how-lost = not found again after a restart
