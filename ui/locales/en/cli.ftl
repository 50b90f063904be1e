# The command line: what it prints for people, and its help. Names and JSON fields are never translated.

## Beside a failure

detail-file = file
detail-line = line
detail-key = key
detail-option = option
detail-word = word
detail-environment = environment
detail-possible = possible
detail-value = value
detail-port = port
detail-reader = reader
detail-program = program
detail-reason = reason
detail-choices = choices

reason-not-found = there is no such file
reason-not-allowed = this user may not open it
reason-folder = it is a folder
reason-no-text = it is not a text in UTF-8
reason-no-plain-file = it is not an ordinary file
reason-too-large = it is too large
reason-disk-full = the disk is full
reason-disk-fault = the system cannot read or write it
reason-changed = the file changed while Relais worked on it
reason-name-taken = there is a file of that name already
reason-no-certificate = there is no certificate in it
reason-missing = it is missing
reason-no-address = it is not an https address
reason-host-form = a host is written without path, as host or host:port
reason-signer-form = an entry is written TYPE=value
reason-signer-without-platform = class production or acceptance needs the entry OU=CBE=0809394427
reason-only-in-class-sandbox = only class sandbox may have it
reason-name-of-another-class = this name belongs to another class
reason-not-on-this-pc = class sandbox reaches only this PC: 127.0.0.1, [::1] or localhost
reason-port-taken = another program uses it
reason-port-reserved = this user may not use it
reason-port-refused = the system refuses it
reason-not-of-the-sandbox = the sandbox did not write it like this
reason-not-two-times = it is not a stretch of time such as 09:00-12:30
reason-ends-before-it-begins = it ends before it begins
reason-outside-working-hours = it lies outside the working hours of its day
reason-closed-but-with-hours = a day off has no hours
reason-too-many = there are too many
reason-unknown-zone = there is no such time zone
reason-lasts-too-long = it may last three days at most
reason-no-function = there is no function of this name
reason-empty = it may not be empty
reason-too-long = it is too long
reason-no-moment = it is not a moment (RFC 3339), such as 2026-03-02T08:00:00Z
reason-end-before-start = the end does not lie after the start
reason-number-of-a-person = the number of a person is read from standard input: write - in its place
reason-no-recipient = it names nobody: a type, its number, and for organisations an application
reason-no-slot = it is not a slot; person list shows those of this PC
reason-several-people = several people are known on this PC
reason-not-confirmed = nobody confirmed it
reason-only-for-fallback = it is only for --mode fallback
reason-quality-of-certificate = the quality of an organisation is that of its certificate
reason-no-quality = it is not the name of a quality
reason-no-vpcd = it is written vpcd:PORT
reason-no-folder = it is not a folder
reason-no-days = it is not a number of days such as 90d
reason-no-certificate-id = no certificate is called so; certificate due --json shows how they are
reason-whole-disk = it is the whole disk
reason-too-far = it is more than ten years
reason-no-stretch = it is not a length of time such as 3h, 1h30m or -1h
reason-only-for-a-sandbox = this works only in a sandbox, such as --environment sandbox
reason-no-virtual-reader = this sandbox has no virtual reader; only that of the window has one
reason-card-already-so = the card is there already, or already away
reason-no-address-there = the service has no address in that zone, or is in no list
reason-no-such-scenario = there is no such scenario; sandbox scenario list shows them
reason-nothing-plays = no scenario is being played
reason-no-such-service = no service of the sandbox is called so; services show --json prints their keys
reason-only-for-flaps = it is only for flaps
reason-no-command = a command is missing; relaisctl --help lists them
reason-no-such-command = there is no such command
reason-no-such-option = there is no such option here
reason-one-too-many = nothing was expected there
reason-not-given = it has to be given
reason-no-value = its value is missing
reason-not-one-of = that is none of the possible values
reason-not-such-a-value = that value does not fit
reason-given-twice = it may be given only once, or not beside another
reason-not-the-same = the two are not the same
reason-does-not-fit = that does not fit there


## Words that come again

cli-unknown = unknown
cli-until = { $from } to { $to }

## card list

card-list-none = No card reader was found.
card-state-empty = no card
card-state-eid = eID
card-state-other-card = a card that is not an eID
card-state-mute = a card that does not answer
card-state-in-use = used by another program
card-applet = applet { $applet }
card-keypad = with a keypad for the PIN

## card read

card-part-card = Card
card-part-identity = Identity
card-part-address = Address
card-part-checks = Checks
card-part-certificates = Certificates
card-number = Card number
card-chip = Chip number
card-version = Applet
card-valid = Valid
card-issued-by = Issued by
card-tries = PIN tries left
card-document-type = Document type
card-special-status = Special status
card-surname = Surname
card-given-names = Given names
card-third-name = Third name, initial
card-national-number = National number
card-nationality = Nationality
card-birth-place = Place of birth
card-birth-date = Date of birth
card-sex = Sex
card-noble = Title of nobility
card-street = Street
card-zip = Postal code
card-municipality = Municipality
card-check-identity = Identity
card-check-address = Address
card-check-photo = Photo
card-check-chain = Certificates
card-check-key = Key of the chip
card-check-proven = genuine
card-check-no-anchor = consistent, but its authority is not known here
card-check-refuted = NOT GENUINE
card-certificate-authentication = Signing in
card-certificate-signature = Signature
card-certificate-citizen-ca = Issuer
card-certificate-root = Root
card-certificate-rrn = National register

## Sessions

session-until = Signed in until
session-since = Signed in on
session-next = Next attempt
session-next-none = none
session-environment = Environment
session-mode = By means of
session-stored = Kept
session-key = Key
session-slot = Slot
session-mode-eid = eID and keystore
session-mode-eid-only = eID alone
session-mode-certificate = certificate of the organisation
session-mode-fallback = keystore, without the card
session-stored-os = on this PC, key in the key store of the system
session-stored-file = on this PC, key in a file
session-stored-memory = in memory only
session-key-unlocked = open
session-key-locked = asks for the password of the keystore
session-key-card = on the card
plan-attempt = Renewal { $n }
plan-end = End
plan-each = One renewal is enough: each further one only happens if all before it failed.
plan-cut = The token lasts until { $expires }; Relais counts 24 hours at most.

## keystore inspect

keystore-none = The keystore is empty.
keystore-kind-key = private key
keystore-kind-certificate = certificate
keystore-kind-secret = another secret
keystore-subject = Subject
keystore-issuer = Issuer
keystore-serial = Serial number
keystore-valid = Valid
keystore-usage = Key usage
keystore-identity = Belongs to
keystore-environment = Environment
keystore-file = Keystore
keystore-backup = As it was
keystore-entries = Entries
keystore-changed = The password is changed; the old copy still opens with the old password.
keystore-scan-none = There are no keystores or certificates here.
keystore-scan-not-whole = Not everything could be looked at.
keystore-kept = kept for old messages
keystore-waits = waits for its certificate
keystore-closed = shows nothing without its password
keystore-match-opens = Opens the message
keystore-match-certificate = The certificate alone, without a key
keystore-match-candidates = To try, the likeliest first
keystore-match-others = names other keys
keystore-match-unread = Could not be read

## services

services-good = The list is authentic.
services-new = A new list was fetched.
services-same = The list has not changed.
services-kept = The list that was kept last, verified again.
services-not-kept = Not kept: another Relais owns this folder and has another list.
services-none = No list was fetched here yet.
services-environment = Environment
services-issued = Issued
services-age = Age: { $days } d { $hours } h { $minutes } min
services-announced = Announced maintenance
services-from = From
services-until = Until
services-functions = Functions
services-words = Announced
services-source = Source
services-main = normal road
services-backup = on backup

## encryption keys

etk-depot = The depot says:
etk-kept = The depot is in trouble: the key that was kept.
etk-type = Type
etk-application = Application
etk-seen = Told on
etk-until = Valid until
etk-serial = Serial number
etk-sha256 = SHA-256

## xml verify

xml-good = The signature is good.
xml-covers = Signed parts
xml-signer = Signed by
xml-subject = About
xml-rule = Rule

## person

person-forgotten = Everything of this person is erased from this PC.
person-none = This PC knows nobody.
ask-forget = Everything of { $holder } is erased from this PC and does not come back. Type { $word } if you mean it:
ask-new-password = New password of the keystore:
ask-new-password-again = Once more:
person-unnamed = (name not known)

## clock

time-put-back = The noted time is put back.

## sandbox

sandbox-wall = Clock of the PC
sandbox-trusted = Time of the platform
sandbox-outage-on = The sign-in service of the sandbox is away.
sandbox-outage-off = The sign-in service of the sandbox is there.
sandbox-card-pulled = The card is pulled from the virtual reader.
sandbox-card-put = The card is in the virtual reader.
sandbox-usual = Everything is as usual.
sandbox-plays = Scenario
sandbox-step = { $name }: { $n } of { $m } steps done, the next at { $next }
sandbox-lasts = { $m } min
sandbox-zone-lost = Nobody listens in zone { $zone }.
sandbox-list-state = The list is { $state }.
sandbox-list-form = The list is of version { $form }.
sandbox-faults = Other faults of the sign-in service that are planned: { $n }
sandbox-service-listed = placed there by the list
sandbox-service-fails = fails
sandbox-service-flaps = comes and goes

## journal

journal-because-hand = card not at hand
journal-because-technical = technical problem
journal-none = Nothing is in the journal yet.
journal-whole = The journal is whole: nothing in it was changed.
journal-whole-after = The journal is whole from its first entry on: nothing after that was changed. What came before is no longer in it.
journal-broken = The journal was changed, or is not complete.
journal-entries = Entries
journal-first = First entry
journal-head = Hash of the last entry
journal-first-bad = First wrong entry
journal-reason = Reason

## --help

help-relaisctl = Keeps a health-care practice signed in at the eHealth platform.
help-card = Readers and cards
help-card-list = Lists the readers and what they hold
help-card-read = Reads the card and judges whether it is genuine
help-sign-in = Signs in, with the eID or exceptionally without
help-session = The session
help-session-show = Shows the session; changes nothing
help-session-renew = Gives the session a new life
help-session-end = Ends the session and erases it from this PC
help-session-plan = Tells when a token would be renewed
help-person = People of this PC
help-person-list = Lists who has, or had, a session here
help-person-forget = Erases session, remembered password and name of a person
help-clock = The time Relais goes by
help-clock-put-back = Puts the noted time back, where the sign-in service agrees that it lies ahead
help-keystore = Keystores
help-keystore-inspect = Lists what a keystore holds
help-keystore-scan = Lists keystores and certificates in a folder, without a password
help-keystore-match = Tells which keystore in a folder opens a message
help-keystore-change-password = Changes the password of a keystore; a copy stays
help-certificate = Certificates and their ends
help-certificate-due = Shows which end soon, and what can be done
help-certificate-ics = Writes a calendar of their ends, with alarms
help-certificate-csv = Writes a table of everything for spreadsheets
help-certificate-acknowledge = Says that you know: nothing more until the next reminder
help-certificate-snooze = Puts off what was said until the next morning
help-certificate-folder = Folders that are looked at
help-certificate-folder-add = Agrees that a folder and all below it is looked at
help-certificate-folder-remove = Takes that back and erases what is known of it
help-certificate-folder-list = Shows the folders that were agreed to
help-services = The platform's list of services
help-services-fetch = Fetches the list and keeps it if it is authentic
help-services-show = Shows the list that was kept last
help-services-verify = Judges a list that lies here
help-etk = Encryption keys (ETK)
help-etk-show = Shows the encryption key of a recipient; your own, where none is named
help-xml = XML security
help-xml-c14n = Writes the exclusive canonical form
help-xml-verify = Judges a signed document
help-journal = What happened on this PC
help-journal-show = Shows the newest entries
help-journal-verify = Checks that nothing in the journal, or in a record of an outage, was changed
help-sandbox = The invented world, for trying and testing
help-sandbox-serve = Serves the platform on this PC and prints the profile that leads there
help-sandbox-card = Puts the virtual eID into a PC/SC reader; pull, put: in the running sandbox
help-sandbox-turn = Turns the clock of a sandbox that runs
help-sandbox-outage = Takes the sign-in service of a running sandbox away, or brings it back
help-sandbox-show = Shows a sandbox that runs: clocks, zones, services, list, scenario
help-sandbox-service = Breaks or mends a service of the sandbox, or moves it in the list
help-sandbox-zone = Takes a zone of the sandbox away, or brings it back
help-sandbox-list = Spoils the list of the sandbox, or makes it honest again
help-sandbox-scenario = Stories of bad days in the sandbox
help-sandbox-scenario-list = Lists the stories that can be played
help-sandbox-scenario-play = Begins a story
help-sandbox-scenario-next = Turns every clock to the next step of the story
help-sandbox-scenario-stop = Ends the story; zones, services and list are as usual
help-sandbox-reset = Makes everything in the sandbox as usual, its clocks aside
help-heading-usage = Usage
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-everywhere = Options of every command
help-arg-json = Print one JSON document
help-arg-profile = Profile file; wins over --environment
help-arg-environment = production, acceptance, integration or sandbox
help-arg-data-dir = Folder for everything Relais keeps
help-arg-reader = Reader, by its name; for sandbox card vpcd:PORT
help-arg-key-store = Where session keys are kept
help-arg-language = Language of messages
help-arg-help = Print this help; behind a command, its own
help-arg-version = Print the version
help-arg-photo = Also write the photo (JPEG) to this file
help-arg-mode = eid, eid-only, certificate (organisation) or fallback (without the card)
help-arg-keystore = Keystore file; else the newest usable one in ehealth/keystore
help-arg-quality = Quality to sign in with; doctor, unless named
help-arg-person = Whose, by the slot that person list prints
help-arg-pin-fd = Descriptor to read the PIN from, one line
help-arg-password-fd = Descriptor to read the keystore password from, one line
help-arg-new-password-fd = Descriptor to read the new password from, one line
help-arg-dir = The folder, with all below it
help-arg-message = The message, still encrypted
help-arg-sent = When it was sent (RFC 3339); else the time of its file
help-arg-kind = Type of the number: CBE, NIHII-HOSPITAL, SSIN and so on
help-arg-value = The number; - reads it from standard input, as that of a person has to be
help-arg-application = Application of an organisation
help-arg-issued = When the token was issued (RFC 3339)
help-arg-expires = When the token expires (RFC 3339); at most 24 hours count
help-arg-file = The file
help-arg-within = How soon: a number of days, such as 90d
help-arg-folder = The folder; with add, without one: that of eHealth's own tool
help-arg-id = Which certificate, as certificate due --json names it; without: all
help-arg-with-comments = Keep comments
help-arg-yes = It is meant: nobody is asked
help-arg-prefix-list = Prefixes to treat inclusively, with blanks between them
help-arg-trust = PEM file with the certificates that are trusted
help-arg-as = What the document is
help-arg-at = The moment it is judged at (RFC 3339); else now
help-arg-signer = Attribute the signer must have; may be given again
help-arg-limit = How many; 50 by default
help-arg-state = Folder the world lives in
help-arg-reason = Why without the card: eid-not-at-hand or technical-problem
help-arg-note = What is to be added to the reason, in a sentence
help-arg-sts-port = Port of the sign-in service; else the system chooses
help-arg-control-port = Port of the control endpoint; else the system chooses
help-arg-applet = Which card; 1.8 by default
help-arg-hand = pull or put: the card of the running sandbox, in its virtual reader
help-arg-by = By how much: 3h, 1h30m; -1h turns it back; morning: until 8 o'clock
help-arg-clock = all, wall (of the PC), boot or trusted (of the platform); all by default
help-arg-outage = on: the service is away; off: it is back
help-arg-key = Key of the service, or its end: kgss:v1
help-arg-act = works, fails, flaps or listed; of a zone lost, there or listed
help-arg-zone = main, backup, mycarenet or region; main for a service, unless named
help-arg-seconds = How long a service that flaps works, and then fails; else 240
help-arg-served = honest, bad-signature, wrong-signer, other-environment, old, …, gone
help-arg-form = Version of the list: v1, v2 or mixed
help-arg-scenario = Its name, as scenario list shows it

## Certificates

certificate-none-due = Nothing ends within { $n } days.
certificate-no-folders = No folder was agreed to yet; certificate folder add does that.
certificate-closed = { $n ->
    [1] One keystore shows its dates only once it was opened.
   *[other] { $n } keystores show their dates only once they were opened.
  }
certificate-unread = { $n ->
    [1] One place could not be read; --json says why.
   *[other] { $n } places could not be read; --json says why.
  }
certificate-looking = { $n } files looked at
certificate-written = Written: { $file }
certificate-acknowledged = Noted: you know.
certificate-snoozed = Put off until the next morning.
certificate-folder-added = This folder is looked at from now on: { $folder }
certificate-folder-removed = This folder is not looked at any more, and what was known of it is erased: { $folder }
