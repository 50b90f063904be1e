# Texts of the main window. The value says what is; `more` adds what that means for the person.

## Window

nav-places = Screens
nav-today = Today
nav-services = Services
nav-services-off = { $n ->
    [one] { $n } off its normal road
   *[other] { $n } off their normal road
  }
nav-journal = Journal
nav-settings = Settings
nav-key = { $place } (Ctrl+{ $number })
chip-until = Until { $t }
chip-left = { $h } h { $m } left
chip-left-hours = { $h } h left
chip-left-minutes = { $m } min left
env-acc = Acceptance environment: nothing here has real effect
env-int = Integration environment: nothing here has real effect
env-box = Sandbox: invented doctor, card and service. PIN: { $pin }
env-box-password = Keystore password: { $password }
problem-code = Code { $code }

## A moment in a sentence

# Today, yesterday or tomorrow (near), or another day. { $on } is the day, { $t } the time.
when-at = { $day ->
    [today] at { $t }
    [near] { $on } at { $t }
   *[date] on { $on } at { $t }
  }
when-about = { $day ->
    [today] about { $t }
    [near] { $on } about { $t }
   *[date] on { $on } about { $t }
  }

## First time

choose-title = What will Relais be used for on this PC?
choose-why = Nothing is chosen beforehand. Nothing is sent before you choose.
choose-production = Real work
choose-production-why = With your eID, on the eHealth platform.
choose-acceptance = Tests
choose-acceptance-why = With a test card, in the acceptance environment. Nothing there has real effect.
choose-sandbox = A sandbox, to try things out
choose-sandbox-why = Doctor, card and service are invented. Nothing leaves this PC.
choose-opening = One moment, Relais is preparing this environment.

## Today: facts

fact-ready = eID in the reader
fact-ready-tries = eID in the reader, { $n ->
    [0] no tries left
    [1] one try
   *[other] { $n } tries
  }
fact-nocard = reader without a card
fact-noreader = no reader found
fact-down = reader not reachable
fact-unusable = card not usable
fact-several = several eIDs in the readers

## Today: the sentence of the moment, what one can do, and the session

today-open = Signed in until { $t }
nocard-open = Signed in without the card until { $t }
today-none = Not signed in
today-ended = Session ended { $t }
today-open-good = All is well.
    .more = Nothing is asked of you.
today-restored = Session kept after the restart.
    .more = Nothing to do.
today-open-noted = Your session is in order.
    .more = There is something to know, see below.
today-session-good = Your session is in order.
today-offline = This PC has no network since { $since }.
    .more = The fault is on this side. Your session waits for you.
today-offline-none = This PC has no network since { $since }.
    .more = The fault is on this side. You can sign in once the network is back.
today-service-down = Signing in is disturbed right now.
    .more = You can try. What still works, and how, stands below.
today-memory = You can work.
    .more = This session is kept in memory only: stopping Relais ends it.
today-ending-30 = Less than 30 minutes.
    .more = After that, please sign in again with the eID.
today-ending-10 = Less than 10 minutes.
    .more = After that, please sign in again with the eID.
today-key-card = Leave your card in the reader.
    .more = This session needs it while you work.
today-key-card-gone = Put your card back in the reader.
    .more = This session needs it while you work.
today-none-card = Your card is here.
    .more = Only the PIN is missing.
today-none-last = Your card is here.
    .more = One try is left: one more mistake blocks it. In doubt? Do not try.
today-none-blocked = The card is blocked.
    .more = The municipality can unblock it, with the PUK.
today-none-nocard = Put your eID in the reader.
today-none-reader = The card reader is not found.
    .more = Plug it into the computer; Relais sees it by itself.
today-none-several = Several identity cards are here.
    .more = Take out those not needed, or choose a reader in the settings.
today-looking = Relais is looking for the reader and the card.
today-service-missed = The sign-in service does not answer.
    .more = Relais keeps looking and tells you as soon as it is back. You can also try yourself.
today-service-back = The sign-in service answers again.
    .more = You can sign in.
busy-probing = Relais is checking that the sign-in service answers.
busy-reading = Relais is reading the card. Leave it in the reader.
busy-asking = Relais is waiting for your answer in the other window. Take your time.
busy-working = Signing in. Leave the card in the reader.
act-sign-in = Sign in
act-sign-in-organisation = Sign in with the organisation's certificate
act-give-password = Type the password
act-retry = Try again
act-cancel = Cancel
act-seen = I have read it
act-sign-out = Sign out
act-choose-reader = Choose a reader
line-start-eid = opened with the eID
line-start-certificate = opened with a certificate
line-start-nocard = opened without the card
line-end = end
line-hour = { $h } h
line-says = Session from { $start } to { $end }. It is { $now }.
notes-title = Good to know
notes-failed = The last try did not succeed
notes-put-back = Put the noted time back
use-title = This session
use-by = Used by
use-nobody = No program uses this session: your software keeps its own connection.
use-person = Opened in the name of
use-kept = Kept
use-kept-os = On this PC only, in its key store; a restart does not lose it.
use-kept-file = On this PC only, in a sealed file; a restart does not lose it.
use-kept-memory = On this PC only, in memory; it ends when Relais stops.

## Settings

set-this-pc = This PC
set-advanced = Advanced
set-language = Language
set-language-effect = All windows and messages of Relais are in English.
set-appearance = Appearance
set-appearance-system = System
set-appearance-light = Light
set-appearance-dark = Dark
set-appearance-system-effect = Follows the computer.
set-appearance-light-effect = Always light.
set-appearance-dark-effect = Always dark.
set-autostart = Start with the computer
set-autostart-on = Yes
set-autostart-off = No
set-autostart-on-effect = Relais starts with the computer, without a window, near the clock.
set-autostart-off-effect = Relais starts when you open it.
set-notify = Notifications
set-notify-all = All
set-notify-essential = Essential
set-notify-none = None
set-notify-all-effect = Relais tells, without a sound, also the quiet moment at which the PIN can be given.
set-notify-essential-effect = Only what cannot wait: a session that ends soon, or has ended.
set-notify-none-effect = Nothing pops up. The icon near the clock and the window say it all.
set-notify-none-window-effect = Nothing pops up. This desktop has no place for an icon: the window alone says it all.
set-notify-missing-effect = This desktop shows no notifications (RLS-6052). The icon near the clock and the window say it all.
set-notify-missing-window-effect = This desktop shows neither notifications (RLS-6052) nor an icon: the window alone says it all. Leave it open.
set-closing = Closing the window
set-closing-hides = Hides it
set-closing-stops = Stops Relais
set-closing-hides-effect = The window is hidden. Relais goes on near the clock; the icon opens it again.
set-closing-shrinks-effect = This desktop has no place near the clock: the window is minimised, and Relais goes on.
set-closing-stops-effect = Relais stops: no renewal, no notifications. The session stays valid on this PC.
set-closing-stops-lost-effect = Relais stops, and the session in memory ends.
set-organisation = This PC signs in for
set-organisation-on = An organisation
set-organisation-off = A person
set-organisation-on-effect = Relais signs in with the certificate of an organisation, such as a hospital or a group practice: without a card. The keystore of a person is refused.
set-organisation-off-effect = Relais signs in with the eID of a person.
set-practice = The practice
set-practice-unsaid = Not said
set-practice-yes = Yes
set-practice-no = No
set-flemish = Flemish Region
set-flemish-unsaid-effect = Where Vitalink does not answer, Relais says that Vaccinnet is for the Flemish Region.
set-flemish-yes-effect = You work in the Flemish Region, or your patients live there: where Vitalink does not answer, Vaccinnet takes its place.
set-flemish-no-effect = You do not: Vaccinnet is not offered.
set-module = Tariff module in your software
set-module-unsaid-effect = Where no road to the tariff works, Relais says that it depends on such a module.
set-module-yes-effect = Where no road to the tariff works, the module of your software is what remains.
set-module-no-effect = Your software has none: Relais does not send you there.
set-reader = Card reader
set-reader-auto = Automatic
set-reader-auto-effect = Relais takes the reader that holds an eID.
set-reader-one-effect = Relais looks at this reader only.
set-reader-away-effect = Relais looks at this reader only, which is not plugged in now.
set-keypad = Keypad of the reader
set-keypad-effect = The PIN is typed on this computer with the reader { $reader }.
set-keypad-use = Use the keypad
set-keystore = Where to keep the session
set-keystore-os = Key store
set-keystore-file = File
set-keystore-memory = Memory
set-keystore-os-effect = The key stays in this PC's key store; the session survives a restart. Holds from the next sign-in on.
set-keystore-file-effect = The key stays in a file that only your account reads; the session survives a restart. Holds from the next sign-in on.
set-keystore-memory-effect = The key is written nowhere; stopping Relais ends the session. Holds from the next sign-in on.
set-environment = Environment
set-environment-production = Real work, on the eHealth platform.
set-environment-acceptance = Acceptance: nothing has real effect.
set-environment-integration = Integration: nothing has real effect.
set-environment-sandbox = Sandbox: everything is invented, nothing leaves this PC.
set-environment-again = Choose another environment
set-environment-again-effect = Relais then starts anew and asks. A session kept on this PC stays there; one in memory only ends.

organisation-none = This PC signs in for an organisation.
    .more = Its certificate is enough: no card is needed.
organisation-locked = The key of the organisation is locked.
    .more = With its password Relais renews the session by itself.
organisation-due = The password of the organisation's keystore is needed,
    .more = before the session ends.
organisation-title = Sign in for the organisation
organisation-what = The keystore of the organisation signs in for 24 hours. While its key is open, Relais renews the session by itself.
organisation-remember = Remember on this PC
organisation-remember-hint = Then Relais renews the session after a restart, too. Whoever uses this account of the PC can sign in for the organisation.
