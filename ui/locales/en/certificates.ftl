# Certificates: what can be done, reminders, and what goes into a calendar or a table. { $d } is a date, { $who } the owner.

certificates-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  } { $year }

certificates-today-early = Valid from { $d }
certificates-today-wait = May be renewed from { $d }
certificates-today-renew = Renew before { $d }
certificates-today-ask-anew = Expired on { $d }: ask for a new one, with the eID
certificates-today-municipality = Ask the municipality for a new card: this one ends on { $d }, and it takes weeks
certificates-today-anchors = Relais trusts this authority until { $d }: a newer version of Relais brings its successor
certificates-today-complete = Request in progress: complete it when the e-mail of eHealth has come
certificates-today-keep = Keep the old file: it is needed to read old messages
certificates-today-nothing = Nothing to do
certificates-closed = Opens with its password only
certificates-closed-of = Opens with its password only; made on { $d }

certificates-use-authentication = Signing in
certificates-use-signature = Signing
certificates-use-encryption = Reading messages
certificates-use-authority = Authority
certificates-use-in-progress = Request

certificates-environment-production = Production
certificates-environment-acceptance = Acceptance
certificates-environment-integration = Integration
certificates-environment-sandbox = Sandbox

certificates-column-who = Owner
certificates-column-type = Type
certificates-column-number = Number
certificates-column-application = Application
certificates-column-environment = Environment
certificates-column-use = Use
certificates-column-from = Valid from
certificates-column-until = Valid until
certificates-column-today = What can be done
certificates-column-files = Files

certificates-event = Certificate of { $who } ends
certificates-event-card = Identity card of { $who } ends
certificates-event-tests = Tests ({ $environment }): certificate of { $who } ends
certificates-event-step = May be renewed from { $d }. The renewal gives a new key: keep the old file and its password.

certificates-told-opened = The certificate of { $who } may be renewed, until { $d }.
certificates-told-days = The certificate of { $who } ends in { $days ->
    [1] one day
   *[other] { $days } days
  }, on { $d }.
certificates-told-ended = The certificate of { $who } ended on { $d }.
certificates-told-many = { $count } certificates need attention; the most urgent is that of { $who } ({ $d }).
certificates-told-failed = The renewal of the certificate of { $who } failed.

certificates-deputy-subject = Certificate of { $who }: can you take over?
certificates-deputy-body = Dear colleague, the certificate of { $who } ends on { $d }. Can you take over its renewal?
