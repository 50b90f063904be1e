# Der Ort der Hand im Sandkasten.

nav-sandbox = Sandkasten
box-invented = Erfundene Welt
box-usual = Alles ist wie gewöhnlich
box-unusual = { $n ->
    [one] Eines ist anders als gewöhnlich
   *[other] { $n } Dinge sind anders als gewöhnlich
  }
box-lede = Ärztin, Karte, Plattform und Zeit sind erfunden. Was Sie hier tun, erreicht weder Plattform noch Patienten; Relais hält es für echt, und seine anderen Seiten folgen binnen Sekunden.
box-reset = Alles wie gewöhnlich
box-is-playing = Es läuft eine Geschichte: { $title }
box-is-lost = { $zone }: niemand antwortet
box-is-list = Offizielle Liste: { $state }
box-is-form = Offizielle Liste: { $form }
box-is-moved = Dienste, die die Liste anderswo führt: { $n }
box-is-failing = Dienste, die irgendwo ausfallen: { $n }
box-is-flapping = Dienste, die irgendwo kommen und gehen: { $n }
box-is-away = Der Anmeldedienst ist weg
box-is-faulty = Fehler des Anmeldedienstes, die anderswo geplant wurden: { $n }
box-is-pulled = Die Karte steckt nicht im Lesegerät
box-take = Wegnehmen
box-bring = Zurückbringen
box-of = { $what }, { $name }
box-differs = verschieden

box-stories = Geschichten
box-stories-what = Eine Geschichte beginnt und endet mit allem wie gewöhnlich. Ihre Schritte kommen mit der Zeit; Sie können die Uhren zum nächsten drehen.
box-which = Geschichte
box-story = { $title } ({ $steps } Schritte, { $minutes } Min.)
box-step = { $title }: { $n } von { $m } Schritten getan, der nächste { $at }.
box-play = Beginnen
box-next = Zum nächsten Schritt
box-stop = Geschichte beenden

box-time = Zeit
box-wall = Uhr dieses PCs
box-trusted = Zeit der Plattform
box-clock = Was gedreht wird
box-clock-all = Die Zeit vergeht für alle
box-clock-wall = Nur die Uhr dieses PCs
box-clock-trusted = Nur die Zeit der Plattform
box-clock-boot = Nur die Zeit seit dem Start dieses PCs
box-turn = Uhren drehen
box-turn-back = 1 Std. zurück
box-turn-10 = 10 Min.
box-turn-60 = 1 Std.
box-turn-360 = 6 Std.
box-turn-1440 = 24 Std.
box-morning = Zum nächsten Morgen

box-zones = Zonen
box-zone-main = Hauptzone
box-zone-backup = Ersatzzone
box-zone-mycarenet = MyCareNet
box-zone-region = Flämische Region
box-zone-main-what = Die zwei Rechenzentren der Plattform.
box-zone-backup-what = Das dritte Rechenzentrum der Plattform.
box-zone-mycarenet-what = Die Krankenkassen, ohne die Plattform.
box-zone-region-what = Vaccinnet.
box-zone-there = Antwortet.
box-zone-gone = Verloren: niemand antwortet.

box-hand = Anmeldung und Karte
box-sign-in = Anmeldedienst
box-sign-in-what = In jeder Zone; das beendet auch Fehler, die anderswo geplant wurden.
box-sign-in-there = Ist zu erreichen.
box-sign-in-gone = Weg: niemand bekommt Verbindung.
box-card = Karte
box-card-in = Im Lesegerät.
box-card-out = Nicht im Lesegerät.
box-pull = Herausziehen
box-put = Einstecken

box-list = Offizielle Liste
box-list-what = Die signierte Liste der Plattform, die sagt, wo jeder Dienst ist. Wer sie verdirbt, versetzt keinen Dienst.
box-list-state = Die Liste ist
box-list-honest = ehrlich
box-list-bad-signature = nach der Signatur geändert
box-list-wrong-signer = von jemand anderem signiert
box-list-other-environment = aus einer anderen Umgebung
box-list-to-come = eine Stunde vordatiert
box-list-old = älter als die geltende
box-list-twin = vom selben Augenblick, mit anderen Worten
box-list-gone = nicht zu bekommen
box-list-form = Version
box-form-v1 = Version 1
box-form-v2 = Version 2
box-form-mixed = beide Versionen gemischt
box-list-all = Jeden Dienst versetzen nach:

box-functions = Dienste
box-functions-what = Wo die Liste einen Dienst führt, und was er an jeder seiner Adressen tut. Ein Dienst, der kommt und geht, läuft 4 Minuten und fällt 4 Minuten aus.
box-listed = Laut Liste
box-works = läuft
box-fails = fällt aus
box-flaps = kommt und geht
box-each = Jeder der { $n } Dienste für sich
