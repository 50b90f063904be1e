# The place of the hand in the sandbox.

nav-sandbox = Sandbox
box-invented = Invented world
box-usual = Everything is as usual
box-unusual = { $n ->
    [one] One thing is other than usual
   *[other] { $n } things are other than usual
  }
box-lede = Doctor, card, platform and time are invented. Whatever you do here reaches no platform and no patient; Relais takes it for the real thing, and its other screens follow within seconds.
box-reset = Everything as usual
box-is-playing = A story is being played: { $title }
box-is-lost = { $zone }: nobody answers
box-is-list = Official list: { $state }
box-is-form = Official list: { $form }
box-is-moved = Services that the list places elsewhere: { $n }
box-is-failing = Services that fail somewhere: { $n }
box-is-flapping = Services that come and go somewhere: { $n }
box-is-away = The sign-in service is away
box-is-faulty = Faults of the sign-in service that were planned elsewhere: { $n }
box-is-pulled = The card is out of the reader
box-take = Take away
box-bring = Bring back
box-of = { $what }, { $name }
box-differs = differs

box-stories = Stories
box-stories-what = A story begins with everything as usual and ends so. Its steps come as time passes; you can turn the clocks to the next one.
box-which = Story
box-story = { $title } ({ $steps } steps, { $minutes } min)
box-step = { $title }: { $n } of { $m } steps done, the next { $at }.
box-play = Begin
box-next = To the next step
box-stop = Stop the story

box-time = Time
box-wall = Clock of this PC
box-trusted = Time of the platform
box-clock = What is turned
box-clock-all = Time passes for everybody
box-clock-wall = Only the clock of this PC
box-clock-trusted = Only the time of the platform
box-clock-boot = Only the time since this PC started
box-turn = Turn the clocks
box-turn-back = 1 h back
box-turn-10 = 10 min
box-turn-60 = 1 h
box-turn-360 = 6 h
box-turn-1440 = 24 h
box-morning = To the next morning

box-zones = Zones
box-zone-main = Main zone
box-zone-backup = Backup zone
box-zone-mycarenet = MyCareNet
box-zone-region = Flemish Region
box-zone-main-what = The two data centres of the platform.
box-zone-backup-what = The third data centre of the platform.
box-zone-mycarenet-what = The insurers, without the platform.
box-zone-region-what = Vaccinnet.
box-zone-there = Answers.
box-zone-gone = Lost: nobody answers.

box-hand = Sign-in and card
box-sign-in = Sign-in service
box-sign-in-what = In every zone; this also ends faults that were planned elsewhere.
box-sign-in-there = Lets itself be reached.
box-sign-in-gone = Away: nobody can connect.
box-card = Card
box-card-in = In the reader.
box-card-out = Out of the reader.
box-pull = Pull out
box-put = Put in

box-list = Official list
box-list-what = The platform's signed list of where each service is. Spoiling it moves no service.
box-list-state = The list is
box-list-honest = honest
box-list-bad-signature = changed after it was signed
box-list-wrong-signer = signed by somebody else
box-list-other-environment = of another environment
box-list-to-come = dated an hour ahead
box-list-old = older than the one in force
box-list-twin = of the same instant, with other words
box-list-gone = not to be had
box-list-form = Version
box-form-v1 = version 1
box-form-v2 = version 2
box-form-mixed = both versions, mixed
box-list-all = Place every service in:

box-functions = Services
box-functions-what = Where the list places a service, and what the service does at each of its addresses. One that comes and goes works for 4 minutes and fails for 4.
box-listed = The list says
box-works = works
box-fails = fails
box-flaps = comes and goes
box-each = Each of { $n } services by itself
