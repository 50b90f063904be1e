# The record of an outage, printed or checked.

record-title = Record of an outage
record-function = Function
record-environment = Environment
record-from = From
record-until = Until
record-version = Version of Relais
record-key = Key of this PC
record-column-at = When
record-column-what = What
record-column-because = Seen by
record-note = Times are those of Belgium, by the clock of this PC. The file of this record is signed: relaisctl journal verify FILE says whether it was changed, and by which key it was signed.
record-gap = This PC did not look (off, asleep or closed)
record-gap-over = This PC looks again
record-genuine = Record of an outage: whole, as it was signed with the key below.
record-made-with = Made with key
record-forged = Not genuine: no record of an outage, or changed after it was signed.
record-ours = Made on this PC
record-ours-yes = yes
record-ours-no = no, or this PC has no such key
record-changes = Changes

record-health-unknown = Unknown
record-health-operational = Works as usual
record-health-on-backup = Works on its backup
record-health-degraded = Works in part
record-health-unstable = Comes and goes
record-health-down = Does not work
record-health-planned = Maintenance that was announced

record-witness-authority = List of the platform
record-witness-real = Calls of this PC
record-witness-probe = Probe of this PC

record-deed-moved-away = Calls went to another address after a failure
record-deed-moved-back = Calls went back to the usual address
record-deed-route-chosen = Somebody chose the address
record-deed-route-left = The chosen address was given up
record-deed-without-card = Somebody worked without the card
record-deed-paper-printed = A paper form was printed
