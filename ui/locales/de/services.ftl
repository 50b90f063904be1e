# Dienste: wie es um jeden Dienst steht, wer es sagt, und was zu tun ist.

## Zustände

svc-state-normal = normal
svc-state-backup = Notweg
svc-state-mycarenet = über MyCareNet
svc-state-unstable = instabil
svc-state-partly = teilweise gestört
svc-state-down = gestört
svc-state-unknown = unbekannt
svc-state-planned = geplant
svc-since = { $state } seit { $t }
svc-do-nothing = Sie müssen nichts tun.
svc-do-check = Prüfen Sie zuerst: { $step }
svc-do-try = Sie können es wie gewohnt versuchen.
svc-do-reached = Dieser PC bekam auf einem anderen Weg Antwort. Sie können es wie gewohnt versuchen.
svc-do-unsure = Laut der amtlichen Liste ist ein anderer Weg offen; dieser PC hat ihn noch nicht erreicht. Sie können es wie gewohnt versuchen.
svc-do-falters = Antwortet seit { $t } anscheinend nicht. Relais testet bald wieder.
svc-do-returns = Antwortet seit { $t } anscheinend wieder. Relais testet bald wieder.
svc-do-unknown = Zurzeit kann es niemand sagen. Arbeiten Sie wie gewohnt.
svc-do-offline = Dieser PC hat kein Netz: Von hier aus ist es nicht zu erkennen.

## Kurze Namen

svc-name-auth = Anmeldung
svc-name-insurability = Versicherbarkeit
svc-name-memberdata = Mitgliedsdaten
svc-name-tariff = Tarif
svc-name-mediprima-tariff = Mediprima-Tarif
svc-name-chapter4-consult = Kapitel IV: abfragen
svc-name-chapter4-request = Kapitel IV: beantragen
svc-name-encryption-known = Bekannter Empfänger
svc-name-encryption-unknown = Unbekannter Empfänger
svc-name-hub-documents = Geteilte Dokumente
svc-name-vaccination = Impfstatus
svc-name-sumehr = SumEHR
svc-name-prescription = Verschreibung
svc-name-eattest = eAttest
svc-group-patient = Der Patient
svc-group-prescribe = Verschreiben
svc-group-bill = Abrechnen
svc-group-exchange = Anmelden, austauschen

## Wie viele

svc-all = { $n ->
    [one] { $n } Dienst auf seinem normalen Weg
   *[other] { $n } Dienste auf ihrem normalen Weg
  }
svc-off = { $n ->
    [one] { $n } Dienst nicht auf seinem normalen Weg
   *[other] { $n } Dienste nicht auf ihrem normalen Weg
  }
svc-headline = { $all }, { $off } außerhalb
svc-unknown-some = { $n ->
    [one] { $n } Dienst unbekannt
   *[other] { $n } Dienste unbekannt
  }
svc-unknown-all = Zustand der Dienste unbekannt
svc-nothing-asked = von Ihnen wird nichts verlangt
svc-something-asked = was noch geht, und wie
svc-more = { $n ->
    [one] und { $n } weiterer
   *[other] und { $n } weitere
  }
svc-open-all = Alle Dienste
svc-open-past = Seit wann?

## Die amtliche Liste

svc-list-good = amtliche Liste von { $t }
svc-list-stale = amtliche Liste von { $t }, zu alt, um zu zählen
svc-list-ahead = amtliche Liste von { $t }, später als die Uhr dieses PCs: Sie zählt nicht
svc-list-refused = die zuletzt erhaltene Liste ist nicht echt, die von { $t } bleibt in Gebrauch
svc-list-refused-none = die erhaltene Liste ist nicht echt
svc-list-never = noch keine amtliche Liste
svc-list-off = keine amtliche Liste in dieser Umgebung
svc-offline = dieser PC hat seit { $t } kein Netz
svc-last-picture = letzter Überblick { $at }

## Wer sagt es

svc-lede = Drei Quellen: die amtliche Liste, die Aufrufe dieses PCs, unser Test.
svc-who = Wer sagt es?
svc-evidence-list = Amtliche Liste
svc-evidence-calls = Ihre Aufrufe
svc-evidence-check = Unser Test
svc-with-time = { $what }, { $t }
svc-said-list = { $said ->
    [works] normal
    [backup] Notweg
    [partly] teils Notweg
    [fails] außer Betrieb
    [restless] instabil
    [old] zu alt
   *[nothing] sagt nichts
  }
svc-said-calls = { $said ->
    [works] Antwort
    [backup] über Notweg
    [partly] teils Antwort
    [fails] keine Antwort
    [restless] mal ja, mal nein
    [falters] letzter ohne Antwort
    [returns] wieder Antwort
    [old] keine neueren
   *[nothing] keine
  }
svc-said-check = { $said ->
    [works] antwortet
    [backup] Notweg antwortet
    [partly] antwortet teilweise
    [fails] keine Antwort
    [restless] mal ja, mal nein
    [falters] letzter ohne Antwort
    [returns] antwortet wieder
    [old] zu alt
   *[nothing] kein Test
  }
svc-says-list = { $said ->
    [works] Der normale Weg ist aktiv. Unterschrift geprüft.
    [backup] Ein Notweg ist aktiv. Unterschrift geprüft.
    [partly] Ein Teil läuft über den Notweg. Unterschrift geprüft.
    [fails] Der Dienst ist dort außer Betrieb. Unterschrift geprüft.
    [restless] Die Liste hat mehrmals gewechselt. Unterschrift geprüft.
    [old] Die Liste ist zu alt und zählt nicht mehr.
   *[nothing] Die amtliche Liste sagt nichts zu diesem Dienst.
  }
svc-says-calls = { $said ->
    [works] Die Aufrufe dieses PCs werden beantwortet.
    [backup] Die Aufrufe dieses PCs gehen über den Notweg.
    [partly] Ein Teil der Aufrufe dieses PCs bleibt ohne Antwort.
    [fails] Die Aufrufe dieses PCs bleiben ohne Antwort.
    [restless] Die Aufrufe dieses PCs gelingen zeitweise.
    [falters] Der letzte Aufruf dieses PCs blieb ohne Antwort. Das gilt noch nicht als Störung.
    [returns] Der letzte Aufruf dieses PCs wurde wieder beantwortet. Das gilt noch nicht als behoben.
    [old] Seit einer Weile kein Aufruf dieses PCs.
   *[nothing] Keine Aufrufe dieses PCs.
  }
svc-says-check = { $said ->
    [works] Der Dienst antwortet Relais.
    [backup] Der Notweg antwortet Relais.
    [partly] Ein Teil antwortet Relais.
    [fails] Der Dienst antwortet Relais nicht.
    [restless] Der Dienst antwortet zeitweise.
    [falters] Der letzte Test blieb ohne Antwort. Relais testet bald wieder.
    [returns] Der letzte Test wurde wieder beantwortet. Relais testet bald wieder.
    [old] Der letzte Test ist zu alt und zählt nicht mehr.
   *[nothing] Relais kann diesen Dienst nicht testen.
  }

## Tabelle

svc-col-name = Dienst
svc-col-state = Zustand
svc-view = Ansicht
svc-view-now = Jetzt
svc-view-past = Verlauf

## Karte

svc-back = Dienste
svc-print = Karte drucken
svc-print-document = Drucken: { $name }, mit Erklärung
svc-levels = Stufen
svc-level-in-force = in Kraft
svc-level-now = jetzt zu tun
svc-level-if = wenn es zutrifft
svc-level-out = jetzt nicht möglich
svc-level-not-needed = nicht im Gang
svc-level-unknown = unbekannt
svc-why-out = Das trifft nicht zu: { $what }
svc-why-out-not = Das trifft zu: { $what }
svc-open = Niemand weiß, ob dies zutrifft: { $what }
svc-open-setting = In den Einstellungen noch nicht gesagt: { $what }
svc-announced = Angekündigt von { $from } bis { $until }: { $words } ({ $source })
svc-question = Trifft das zu? { $condition }
svc-patient = Dem Patienten
svc-quote = „{ $text }“
svc-document = { $name }: { $purpose }
svc-source = Nach der eHealth-Plattform, gelesen am { $d } ({ $ids }).
svc-then-mycarenet = Danach, nur wenn auch MyCareNet nicht mehr antwortet:
svc-then = Danach, nur wenn auch das nicht mehr geht:
svc-not-foreseen = Für diesen Dienst nicht vorgesehen: { $names }
svc-flemish = Flämische Region
svc-depends = Stützt sich auf: { $names }

## Wo ist die Störung

svc-fault = Wo ist die Störung?
svc-fault-none = Keine bekannte Störung
svc-fault-pc = Dieser PC und Ihre Karte
svc-fault-network = Ihr Netz
svc-fault-platform = eHealth-Plattform
svc-fault-insurers = Krankenkassen (MyCareNet)
svc-fault-good = in Ordnung

## Weniger als 30 Tage

svc-recent-open = Ein Datum prüfen
svc-recent-label = Datum der letzten elektronischen Abfrage
svc-recent-how = Tag/Monat/Jahr, zum Beispiel { $d }
svc-recent-ask = Prüfen
svc-recent-yes = Ja: Sie zählt bis zum { $d }.
svc-recent-no = Nein: Sie zählte bis zum { $d }.
svc-recent-future = Dieses Datum liegt in der Zukunft.
svc-recent-none = Geben Sie ein vollständiges Datum an.
svc-recent-kept = Relais antwortet und vergisst das Datum.

## Ansagen

svc-spoken-one = { $name }: { $state }. { $do }
svc-spoken-more = { $n } Dienste haben den Weg gewechselt.

## Verlauf

svc-past-count = { $n ->
    [0] Keine Abweichung in 24 Stunden
    [one] Eine Abweichung in 24 Stunden
   *[other] { $n } Abweichungen in 24 Stunden
  }
svc-past-going = { $count }, davon { $n } im Gang
svc-past-month = Dreißig Tage, Abweichungen je Tag
svc-past-month-none = Keine Abweichung in 30 Tagen
svc-past-lede = Eine dünne Linie: der normale Weg. Ein Balken: eine Abweichung. Gestrichelt: Wir wissen es nicht. Schraffiert: Niemand sah nach.
svc-past-month-lede = Ein Feld je Tag. Blass: der normale Weg. Gestrichelt: Wir wissen es nicht. Schraffiert: Niemand sah nach.
svc-past-period = Zeitraum
svc-past-day = 24 Stunden
svc-past-30 = 30 Tage
svc-past-picture = Zeitleiste, { $period }. Taste T: derselbe Inhalt als Tabelle.
svc-past-table = Als Tabelle zeigen (T)
svc-past-lines = Als Linien zeigen (T)
svc-past-from = Beginn
svc-past-until = Ende
svc-past-length = Dauer
svc-past-now = im Gang
svc-past-off = niemand sah nach (PC aus oder Relais geschlossen)
svc-past-every = alle
svc-past-minutes = { $n } Min.
svc-past-hours = { $h } Std. { $m }
svc-past-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tage
  }
svc-past-bar = { $name }: { $state }, { $when }
svc-past-what = { $name }: { $state }
svc-past-open = seit { $t }, noch im Gang
svc-past-closed = von { $from } bis { $until }, { $length }
svc-past-seen = { $who } { $at }: { $state }.
svc-past-legend-line = normal
svc-past-today = heute

## Bescheinigung

svc-record = Bescheinigung der Nichtverfügbarkeit
svc-record-save = Unterschriebene Datei speichern
svc-record-saved = Gespeichert als { $path }
svc-record-print = Drucken

## Ausdruck

svc-sheet = Notfallkarte
svc-sheet-language = Sprache der Karte
svc-sheet-close = Schließen
svc-sheet-dated = Stand: { $d }. Nach der eHealth-Plattform, gelesen am { $dated }.
svc-sheet-when = Wann: { $condition }
svc-sheet-last = Und wenn nichts geht

## Wohin die Aufrufe gehen

svc-routes = Wohin die Aufrufe gehen
svc-routes-why = Für die Hilfe am Telefon: Der Notweg funktioniert, ohne dass hier etwas geändert wird.
svc-route-profile = wie für diese Umgebung eingestellt
svc-route-list = wie die amtliche Liste sagt
svc-route-old-list = wie die letzte amtliche Liste sagte, die zu alt ist, um zu zählen
svc-route-failure = nach einer Störung auf diesem PC verlegt
svc-route-person = von jemandem gewählt bis { $t }
svc-route-choose = Die Aufrufe woandershin schicken
svc-route-release = Wieder nach der amtlichen Liste
svc-route-where = Wohin
svc-route-long = Wie lange
svc-route-hours = { $n ->
    [one] { $n } Stunde
   *[other] { $n } Stunden
  }
svc-route-reason = Warum
svc-route-go = Dorthin schicken
svc-route-close = So lassen

## Software

svc-software = Software, die teilnimmt
svc-software-read = Zwei Seiten der Plattform widersprechen sich. Beide wurden am { $d } gelesen; selbst tragen sie kein Datum.
svc-software-package = Programm
svc-software-failover = Notfallverfahren
svc-software-renewal = Erneuerung
svc-software-named = genannt
svc-software-unnamed = nicht genannt
