# Services: how each service is, who says so, and what to do.

## States

svc-state-normal = normal road
svc-state-backup = on backup
svc-state-mycarenet = on backup through MyCareNet
svc-state-unstable = unstable
svc-state-partly = partly disturbed
svc-state-down = disturbed
svc-state-unknown = unknown
svc-state-planned = planned work
svc-since = { $state } since { $t }
svc-do-nothing = You have nothing to do.
svc-do-check = First check: { $step }
svc-do-try = You can try as usual.
svc-do-reached = This PC got an answer by another road. You can try as usual.
svc-do-unsure = By the official list another road is open; this PC has not reached it yet. You can try as usual.
svc-do-falters = Seems to fail since { $t }. Relais soon checks again.
svc-do-returns = Seems to answer again since { $t }. Relais soon checks again.
svc-do-unknown = Nobody can tell right now. Work as usual.
svc-do-offline = This PC has no network: it cannot be known from here.

## Short names

svc-name-auth = Sign-in
svc-name-insurability = Insurability
svc-name-memberdata = Member data
svc-name-tariff = Tariff
svc-name-mediprima-tariff = Mediprima tariff
svc-name-chapter4-consult = Chapter IV: consult
svc-name-chapter4-request = Chapter IV: request
svc-name-encryption-known = Known recipient
svc-name-encryption-unknown = Unknown recipient
svc-name-hub-documents = Shared documents
svc-name-vaccination = Vaccination status
svc-name-sumehr = SumEHR
svc-name-prescription = Prescription
svc-name-eattest = eAttest
svc-group-patient = The patient
svc-group-prescribe = Prescribe
svc-group-bill = Bill
svc-group-exchange = Sign in, exchange

## How many

svc-all = { $n ->
    [one] { $n } service on its normal road
   *[other] { $n } services on their normal road
  }
svc-off = { $n ->
    [one] { $n } service off its normal road
   *[other] { $n } services off their normal road
  }
svc-headline = { $all }, { $off } off it
svc-unknown-some = { $n ->
    [one] { $n } service unknown
   *[other] { $n } services unknown
  }
svc-unknown-all = State of the services unknown
svc-nothing-asked = nothing is asked of you
svc-something-asked = here is what still works, and how
svc-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
  }
svc-open-all = All services
svc-open-past = Since when?

## The official list

svc-list-good = official list of { $t }
svc-list-stale = official list of { $t }, too old to count
svc-list-ahead = official list of { $t }, later than the clock of this PC: it does not count
svc-list-refused = the newest list is not authentic, that of { $t } stays in use
svc-list-refused-none = the list received is not authentic
svc-list-never = no official list yet
svc-list-off = no official list in this environment
svc-offline = this PC has no network since { $t }
svc-last-picture = last overview { $at }

## Who says so

svc-lede = Three sources: the official list, the calls of this PC, our check.
svc-who = Who says so?
svc-evidence-list = Official list
svc-evidence-calls = Your calls
svc-evidence-check = Our check
svc-with-time = { $what }, { $t }
svc-said-list = { $said ->
    [works] normal
    [backup] backup
    [partly] partly backup
    [fails] out of service
    [restless] unstable
    [old] too old
   *[nothing] says nothing
  }
svc-said-calls = { $said ->
    [works] answered
    [backup] by backup
    [partly] partly no answer
    [fails] no answer
    [restless] on and off
    [falters] newest not answered
    [returns] answered again
    [old] none lately
   *[nothing] none
  }
svc-said-check = { $said ->
    [works] answers
    [backup] backup answers
    [partly] answers in part
    [fails] no answer
    [restless] on and off
    [falters] newest not answered
    [returns] answers again
    [old] too old
   *[nothing] no check
  }
svc-says-list = { $said ->
    [works] The normal road is active. Signature verified.
    [backup] A backup road is active. Signature verified.
    [partly] Part of it goes by the backup. Signature verified.
    [fails] The service is out of service there. Signature verified.
    [restless] The list changed several times. Signature verified.
    [old] The list is too old and no longer counts.
   *[nothing] The official list says nothing about this service.
  }
svc-says-calls = { $said ->
    [works] Calls of this PC are answered.
    [backup] Calls of this PC go by the backup.
    [partly] Some calls of this PC are not answered.
    [fails] Calls of this PC are not answered.
    [restless] Calls of this PC succeed now and then.
    [falters] The newest call of this PC was not answered. It is not called disturbed yet.
    [returns] The newest call of this PC was answered again. It is not called restored yet.
    [old] No call of this PC for a while.
   *[nothing] No calls of this PC.
  }
svc-says-check = { $said ->
    [works] The service answers Relais.
    [backup] The backup answers Relais.
    [partly] Part of it answers Relais.
    [fails] The service does not answer Relais.
    [restless] The service answers now and then.
    [falters] The newest check was not answered. Relais soon checks again.
    [returns] The newest check was answered again. Relais soon checks again.
    [old] The last check is too old and no longer counts.
   *[nothing] Relais cannot check this service.
  }

## Table

svc-col-name = Service
svc-col-state = State
svc-view = View
svc-view-now = Now
svc-view-past = History

## Card

svc-back = Services
svc-print = Print the card
svc-print-document = Print: { $name }, explained
svc-levels = Levels
svc-level-in-force = in force
svc-level-now = to do now
svc-level-if = if that is so
svc-level-out = not possible now
svc-level-not-needed = not under way
svc-level-unknown = not known
svc-why-out = This is not so: { $what }
svc-why-out-not = This is so: { $what }
svc-open = Nobody knows whether this holds: { $what }
svc-open-setting = Not said in the settings yet: { $what }
svc-announced = Announced from { $from } to { $until }: { $words } ({ $source })
svc-question = Is this the case? { $condition }
svc-patient = To the patient
svc-quote = “{ $text }”
svc-document = { $name }: { $purpose }
svc-source = From the eHealth platform, read on { $d } ({ $ids }).
svc-then-mycarenet = Then, only if MyCareNet stops answering too:
svc-then = Then, only if that stops working too:
svc-not-foreseen = Not foreseen for this service: { $names }
svc-flemish = Flemish Region
svc-depends = Rests on: { $names }

## Where is the fault

svc-fault = Where is the fault?
svc-fault-none = No known fault
svc-fault-pc = This PC and your card
svc-fault-network = Your network
svc-fault-platform = eHealth platform
svc-fault-insurers = Insurers (MyCareNet)
svc-fault-good = in order

## Less than 30 days

svc-recent-open = Check a date
svc-recent-label = Date of the last electronic consultation
svc-recent-how = day/month/year, for example { $d }
svc-recent-ask = Check
svc-recent-yes = Yes: it counts up to { $d }.
svc-recent-no = No: it counted up to { $d }.
svc-recent-future = That date is still to come.
svc-recent-none = Give a whole date.
svc-recent-kept = Relais answers and forgets the date.

## Announcements

svc-spoken-one = { $name }: { $state }. { $do }
svc-spoken-more = { $n } services changed their road.

## History

svc-past-count = { $n ->
    [0] No departure in 24 hours
    [one] One departure in 24 hours
   *[other] { $n } departures in 24 hours
  }
svc-past-going = { $count }, { $n } going on
svc-past-month = Thirty days, departures by day
svc-past-month-none = No departure in 30 days
svc-past-lede = A thin line: the normal road. A bar: a departure. Dashed: we do not know. Hatched: nobody looked.
svc-past-month-lede = One box a day. Pale: the normal road. Dashed: we do not know. Hatched: nobody looked.
svc-past-period = Period
svc-past-day = 24 hours
svc-past-30 = 30 days
svc-past-picture = Timeline, { $period }. Key T: the same content as a table.
svc-past-table = Show as a table (T)
svc-past-lines = Show as lines (T)
svc-past-from = Start
svc-past-until = End
svc-past-length = Length
svc-past-now = going on
svc-past-off = nobody looked (PC off or Relais closed)
svc-past-every = all
svc-past-minutes = { $n } min
svc-past-hours = { $h } h { $m }
svc-past-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
  }
svc-past-bar = { $name }: { $state }, { $when }
svc-past-what = { $name }: { $state }
svc-past-open = since { $t }, still going on
svc-past-closed = from { $from } to { $until }, { $length }
svc-past-seen = { $who } { $at }: { $state }.
svc-past-legend-line = normal
svc-past-today = today

## Record

svc-record = Outage record
svc-record-save = Save the signed file
svc-record-saved = Saved as { $path }
svc-record-print = Print

## Print

svc-sheet = Backup card
svc-sheet-language = Language of the card
svc-sheet-close = Close
svc-sheet-dated = As of: { $d }. From the eHealth platform, read on { $dated }.
svc-sheet-when = When: { $condition }
svc-sheet-last = And if nothing works

## Where the calls go

svc-routes = Where the calls go
svc-routes-why = For whoever helps on the phone: nothing has to be changed here for the backup to work.
svc-route-profile = as set for this environment
svc-route-list = as the official list says
svc-route-old-list = as the last official list said, which is too old to count
svc-route-failure = moved there after a failure on this PC
svc-route-person = chosen by a person until { $t }
svc-route-choose = Send the calls elsewhere
svc-route-release = By the official list again
svc-route-where = Where to
svc-route-long = For how long
svc-route-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
  }
svc-route-reason = Why
svc-route-go = Send them there
svc-route-close = Leave it

## Software

svc-software = Software that takes part
svc-software-read = Two pages of the platform disagree. Both were read on { $d }; they bear no date.
svc-software-package = Package
svc-software-failover = Emergency procedure
svc-software-renewal = Renewal
svc-software-named = named
svc-software-unnamed = not named
