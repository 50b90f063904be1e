# Die Befehlszeile: was sie für Menschen zeigt, und ihre Hilfe. Namen und JSON-Felder werden nie übersetzt.

## Beside a failure

detail-file = Datei
detail-line = Zeile
detail-key = Schlüssel
detail-option = Option
detail-word = Wort
detail-environment = Umgebung
detail-possible = möglich
detail-value = Wert
detail-port = Port
detail-reader = Lesegerät
detail-program = Programm
detail-reason = Grund
detail-choices = Auswahl

reason-not-found = diese Datei gibt es nicht
reason-not-allowed = dieser Benutzer darf sie nicht öffnen
reason-folder = es ist ein Ordner
reason-no-text = es ist kein Text in UTF-8
reason-no-plain-file = es ist keine gewöhnliche Datei
reason-too-large = sie ist zu groß
reason-disk-full = die Festplatte ist voll
reason-disk-fault = das System kann sie nicht lesen oder schreiben
reason-changed = die Datei änderte sich, während Relais daran arbeitete
reason-name-taken = es gibt schon eine Datei mit diesem Namen
reason-no-certificate = sie enthält kein Zertifikat
reason-missing = fehlt
reason-no-address = das ist keine https-Adresse
reason-host-form = ein Host steht ohne Pfad, als host oder host:port
reason-signer-form = ein Eintrag lautet TYP=Wert
reason-signer-without-platform = die Klassen production und acceptance verlangen den Eintrag OU=CBE=0809394427
reason-only-in-class-sandbox = nur die Klasse sandbox darf das haben
reason-name-of-another-class = dieser Name gehört zu einer anderen Klasse
reason-not-on-this-pc = die Klasse sandbox erreicht nur diesen PC: 127.0.0.1, [::1] oder localhost
reason-port-taken = ein anderes Programm benutzt ihn
reason-port-reserved = dieser Benutzer darf ihn nicht benutzen
reason-port-refused = das System verweigert ihn
reason-not-of-the-sandbox = so hat der Sandkasten sie nicht geschrieben
reason-not-two-times = das ist keine Zeitspanne wie 09:00-12:30
reason-ends-before-it-begins = sie endet, bevor sie beginnt
reason-outside-working-hours = sie liegt außerhalb der Arbeitszeit des Tages
reason-closed-but-with-hours = ein freier Tag hat keine Zeiten
reason-too-many = es sind zu viele
reason-unknown-zone = diese Zeitzone gibt es nicht
reason-lasts-too-long = sie darf höchstens drei Tage dauern
reason-no-function = es gibt keine Funktion dieses Namens
reason-empty = dies darf nicht leer sein
reason-too-long = dies ist zu lang
reason-no-moment = das ist kein Zeitpunkt (RFC 3339) wie 2026-03-02T08:00:00Z
reason-end-before-start = das Ende liegt nicht nach dem Anfang
reason-number-of-a-person = die Nummer einer Person kommt von der Standardeingabe: schreiben Sie - an ihrer Stelle
reason-no-recipient = das nennt niemanden: ein Typ, seine Nummer und bei Organisationen eine Anwendung
reason-no-slot = das ist kein Platz; person list zeigt die dieses PCs
reason-several-people = dieser PC kennt mehrere Personen
reason-not-confirmed = niemand hat es bestätigt
reason-only-for-fallback = das gehört nur zu --mode fallback
reason-quality-of-certificate = die Eigenschaft einer Organisation ist die ihres Zertifikats
reason-no-quality = das ist kein Name einer Eigenschaft
reason-no-vpcd = es lautet vpcd:PORT
reason-no-folder = es ist kein Ordner
reason-no-days = das ist keine Anzahl Tage, etwa 90d
reason-no-certificate-id = so heißt kein Zertifikat; certificate due --json zeigt, wie sie heißen
reason-whole-disk = das ist die ganze Festplatte
reason-too-far = es sind mehr als zehn Jahre
reason-no-stretch = das ist keine Zeitspanne wie 3h, 1h30m oder -1h
reason-only-for-a-sandbox = das geht nur in einem Sandkasten, etwa --environment sandbox
reason-no-virtual-reader = dieser Sandkasten hat kein virtuelles Lesegerät; nur der des Fensters hat eins
reason-card-already-so = die Karte steckt schon, oder ist schon draußen
reason-no-address-there = der Dienst hat in dieser Zone keine Adresse, oder steht in keiner Liste
reason-no-such-scenario = diese Geschichte gibt es nicht; sandbox scenario list zeigt sie
reason-nothing-plays = es läuft keine Geschichte
reason-no-such-service = kein Dienst des Sandkastens heißt so; services show --json zeigt die Schlüssel
reason-only-for-flaps = das gehört nur zu flaps
reason-no-command = es fehlt ein Befehl; relaisctl --help zählt sie auf
reason-no-such-command = diesen Befehl gibt es nicht
reason-no-such-option = diese Option gibt es hier nicht
reason-one-too-many = dort wurde nichts erwartet
reason-not-given = das muss angegeben werden
reason-no-value = der Wert fehlt
reason-not-one-of = das ist keiner der möglichen Werte
reason-not-such-a-value = dieser Wert passt nicht
reason-given-twice = es darf nur einmal stehen, oder nicht neben einem anderen
reason-not-the-same = die beiden Male sind nicht gleich
reason-does-not-fit = das passt dort nicht


## Wörter, die wiederkommen

cli-unknown = unbekannt
cli-until = { $from } bis { $to }

## card list

card-list-none = Es wurde kein Kartenlesegerät gefunden.
card-state-empty = keine Karte
card-state-eid = eID
card-state-other-card = eine Karte, die keine eID ist
card-state-mute = eine Karte, die nicht antwortet
card-state-in-use = von einem anderen Programm benutzt
card-applet = Applet { $applet }
card-keypad = mit einer Tastatur für den PIN-Code

## card read

card-part-card = Karte
card-part-identity = Identität
card-part-address = Adresse
card-part-checks = Prüfungen
card-part-certificates = Zertifikate
card-number = Kartennummer
card-chip = Chipnummer
card-version = Applet
card-valid = Gültig
card-issued-by = Ausgestellt von
card-tries = Verbleibende PIN-Versuche
card-document-type = Art des Dokuments
card-special-status = Besonderer Status
card-surname = Name
card-given-names = Vornamen
card-third-name = Dritter Vorname, Initiale
card-national-number = Nationalregisternummer
card-nationality = Staatsangehörigkeit
card-birth-place = Geburtsort
card-birth-date = Geburtsdatum
card-sex = Geschlecht
card-noble = Adelstitel
card-street = Straße
card-zip = Postleitzahl
card-municipality = Gemeinde
card-check-identity = Identität
card-check-address = Adresse
card-check-photo = Foto
card-check-chain = Zertifikate
card-check-key = Schlüssel des Chips
card-check-proven = echt
card-check-no-anchor = stimmig, aber die ausstellende Stelle ist hier nicht bekannt
card-check-refuted = NICHT ECHT
card-certificate-authentication = Anmelden
card-certificate-signature = Unterschrift
card-certificate-citizen-ca = Aussteller
card-certificate-root = Wurzel
card-certificate-rrn = Nationalregister

## Sitzungen

session-until = Angemeldet bis
session-since = Angemeldet seit
session-next = Nächster Versuch
session-next-none = keine
session-environment = Umgebung
session-mode = Mittels
session-stored = Aufbewahrt
session-key = Schlüssel
session-slot = Platz
session-mode-eid = eID und Keystore
session-mode-eid-only = eID allein
session-mode-certificate = Zertifikat der Organisation
session-mode-fallback = Keystore, ohne die Karte
session-stored-os = auf diesem PC, Schlüssel im Schlüsselbund des Systems
session-stored-file = auf diesem PC, Schlüssel in einer Datei
session-stored-memory = nur im Arbeitsspeicher
session-key-unlocked = offen
session-key-locked = verlangt das Passwort des Keystores
session-key-card = auf der Karte
plan-attempt = Erneuerung { $n }
plan-end = Ende
plan-each = Eine Erneuerung genügt: Jede weitere gibt es nur, wenn alle davor misslungen sind.
plan-cut = Der Token gilt bis { $expires }; Relais zählt höchstens 24 Stunden.

## keystore inspect

keystore-none = Der Keystore ist leer.
keystore-kind-key = privater Schlüssel
keystore-kind-certificate = Zertifikat
keystore-kind-secret = anderes Geheimnis
keystore-subject = Inhaber
keystore-issuer = Aussteller
keystore-serial = Seriennummer
keystore-valid = Gültig
keystore-usage = Schlüsselverwendung
keystore-identity = Gehört zu
keystore-environment = Umgebung
keystore-file = Keystore
keystore-backup = Wie er war
keystore-entries = Einträge
keystore-changed = Das Passwort ist geändert; die alte Kopie öffnet sich noch mit dem alten Passwort.
keystore-scan-none = Hier liegen weder Keystores noch Zertifikate.
keystore-scan-not-whole = Nicht alles konnte angesehen werden.
keystore-kept = für alte Nachrichten aufbewahrt
keystore-waits = wartet auf sein Zertifikat
keystore-closed = zeigt nichts ohne Passwort
keystore-match-opens = Öffnet die Nachricht
keystore-match-certificate = Nur das Zertifikat, ohne Schlüssel
keystore-match-candidates = Zu versuchen, das Wahrscheinlichste zuerst
keystore-match-others = nennt andere Schlüssel
keystore-match-unread = Konnte nicht gelesen werden

## services

services-good = Die Liste ist echt.
services-new = Eine neue Liste wurde abgerufen.
services-same = Die Liste hat sich nicht geändert.
services-kept = Die zuletzt aufbewahrte Liste, neu geprüft.
services-not-kept = Nicht aufbewahrt: Ein anderes Relais besitzt diesen Ordner und hat eine andere Liste.
services-none = Hier wurde noch keine Liste abgerufen.
services-environment = Umgebung
services-issued = Ausgestellt
services-age = Alter: { $days } T. { $hours } Std. { $minutes } Min.
services-announced = Angekündigte Wartung
services-from = Von
services-until = Bis
services-functions = Funktionen
services-words = Ankündigung
services-source = Quelle
services-main = normal
services-backup = Notweg

## encryption keys

etk-depot = Das Depot antwortet:
etk-kept = Das Depot hat Störungen: der aufbewahrte Schlüssel.
etk-type = Typ
etk-application = Anwendung
etk-seen = Erhalten am
etk-until = Gültig bis
etk-serial = Seriennummer
etk-sha256 = SHA-256

## xml verify

xml-good = Die Signatur ist gut.
xml-covers = Signierte Teile
xml-signer = Signiert von
xml-subject = Über
xml-rule = Regel

## person

person-forgotten = Alles von dieser Person ist von diesem PC gelöscht.
person-none = Dieser PC kennt niemanden.
ask-forget = Alles von { $holder } wird von diesem PC gelöscht und kommt nicht zurück. Tippen Sie { $word }, wenn Sie das wollen:
ask-new-password = Neues Passwort des Keystores:
ask-new-password-again = Noch einmal:
person-unnamed = (Name unbekannt)

## clock

time-put-back = Die vermerkte Zeit ist zurückgestellt.

## sandbox

sandbox-wall = Uhr des PCs
sandbox-trusted = Zeit der Plattform
sandbox-outage-on = Der Anmeldedienst des Sandkastens ist weg.
sandbox-outage-off = Der Anmeldedienst des Sandkastens ist da.
sandbox-card-pulled = Die Karte ist aus dem virtuellen Lesegerät.
sandbox-card-put = Die Karte steckt im virtuellen Lesegerät.
sandbox-usual = Alles ist wie gewöhnlich.
sandbox-plays = Geschichte
sandbox-step = { $name }: { $n } von { $m } Schritten getan, der nächste um { $next }
sandbox-lasts = { $m } Min.
sandbox-zone-lost = In der Zone { $zone } hört niemand zu.
sandbox-list-state = Die Liste ist { $state }.
sandbox-list-form = Die Liste hat Version { $form }.
sandbox-faults = Andere geplante Fehler des Anmeldedienstes: { $n }
sandbox-service-listed = laut Liste dort
sandbox-service-fails = fällt aus
sandbox-service-flaps = kommt und geht

## journal

journal-because-hand = Karte nicht zur Hand
journal-because-technical = technisches Problem
journal-none = Im Protokoll steht noch nichts.
journal-whole = Das Protokoll ist unversehrt: Nichts darin wurde geändert.
journal-whole-after = Das Protokoll ist ab seinem ersten Eintrag unversehrt: Danach wurde nichts geändert. Was davor kam, steht nicht mehr darin.
journal-broken = Das Protokoll wurde geändert oder ist nicht vollständig.
journal-entries = Einträge
journal-first = Erster Eintrag
journal-head = Hash des letzten Eintrags
journal-first-bad = Erster falscher Eintrag
journal-reason = Grund

## --help

help-relaisctl = Hält eine Praxis an der eHealth-Plattform angemeldet.
help-card = Lesegeräte und Karten
help-card-list = Zeigt die Lesegeräte und was darin steckt
help-card-read = Liest die Karte und prüft, ob sie echt ist
help-sign-in = Meldet an, mit der eID oder ausnahmsweise ohne
help-session = Die Sitzung
help-session-show = Zeigt die Sitzung; ändert nichts
help-session-renew = Gibt der Sitzung eine neue Dauer
help-session-end = Beendet die Sitzung und löscht sie von diesem PC
help-session-plan = Sagt, wann ein Token erneuert würde
help-person = Personen auf diesem PC
help-person-list = Zeigt, wer hier eine Sitzung hat oder hatte
help-person-forget = Löscht Sitzung, gemerktes Passwort und Namen einer Person
help-clock = Die Zeit, nach der Relais geht
help-clock-put-back = Stellt die vermerkte Zeit zurück, wenn der Anmeldedienst bestätigt, dass sie voraus liegt
help-keystore = Keystores
help-keystore-inspect = Zeigt, was ein Keystore enthält
help-keystore-scan = Zeigt Keystores und Zertifikate eines Ordners, ohne Passwort
help-keystore-match = Sagt, welcher Keystore eines Ordners eine Nachricht öffnet
help-keystore-change-password = Ändert das Passwort eines Keystores; eine Kopie bleibt
help-certificate = Zertifikate und ihr Ende
help-certificate-due = Zeigt, welche bald enden, und was getan werden kann
help-certificate-ics = Schreibt einen Kalender ihrer Enden, mit Erinnerungen
help-certificate-csv = Schreibt eine Tabelle von allem, für Tabellenprogramme
help-certificate-acknowledge = Sagt, dass Sie es wissen: nichts mehr bis zur nächsten Erinnerung
help-certificate-snooze = Verschiebt, was gesagt wurde, auf den nächsten Morgen
help-certificate-folder = Ordner, die angesehen werden
help-certificate-folder-add = Vereinbart, dass ein Ordner mit allem darin angesehen wird
help-certificate-folder-remove = Nimmt das zurück und löscht, was über ihn bekannt ist
help-certificate-folder-list = Zeigt die vereinbarten Ordner
help-services = Die Dienstliste der Plattform
help-services-fetch = Ruft die Liste ab und bewahrt sie auf, wenn sie echt ist
help-services-show = Zeigt die zuletzt aufbewahrte Liste
help-services-verify = Beurteilt eine Liste, die hier liegt
help-etk = Verschlüsselungsschlüssel (ETK)
help-etk-show = Zeigt den Verschlüsselungsschlüssel eines Empfängers; Ihren eigenen, wenn keiner genannt ist
help-xml = XML-Sicherheit
help-xml-c14n = Schreibt die exklusive kanonische Form
help-xml-verify = Beurteilt ein signiertes Dokument
help-journal = Was auf diesem PC geschah
help-journal-show = Zeigt die neuesten Einträge
help-journal-verify = Prüft, dass im Protokoll oder im Bericht über einen Ausfall nichts geändert wurde
help-sandbox = Die erfundene Welt, zum Ausprobieren und Testen
help-sandbox-serve = Betreibt die Plattform auf diesem PC und zeigt das Profil, das dorthin führt
help-sandbox-card = Steckt die virtuelle eID in ein PC/SC-Lesegerät; pull, put: im Sandkasten
help-sandbox-turn = Dreht an der Uhr eines laufenden Sandkastens
help-sandbox-outage = Lässt den Anmeldedienst des Sandkastens ausfallen, oder bringt ihn wieder
help-sandbox-show = Zeigt einen laufenden Sandkasten: Uhren, Zonen, Dienste, Liste
help-sandbox-service = Macht einen Dienst des Sandkastens kaputt oder heil, oder versetzt ihn
help-sandbox-zone = Nimmt dem Sandkasten eine Zone, oder bringt sie zurück
help-sandbox-list = Verdirbt die Liste des Sandkastens, oder macht sie wieder ehrlich
help-sandbox-scenario = Geschichten von schlechten Tagen im Sandkasten
help-sandbox-scenario-list = Zählt die Geschichten auf, die es gibt
help-sandbox-scenario-play = Beginnt eine Geschichte
help-sandbox-scenario-next = Dreht jede Uhr bis zum nächsten Schritt der Geschichte
help-sandbox-scenario-stop = Beendet die Geschichte; Zonen, Dienste, Liste wie gewöhnlich
help-sandbox-reset = Macht im Sandkasten alles wie gewöhnlich, die Uhren ausgenommen
help-heading-usage = Aufruf
help-heading-commands = Befehle
help-heading-arguments = Argumente
help-heading-options = Optionen
help-heading-everywhere = Optionen jedes Befehls
help-arg-json = Gibt ein JSON-Dokument aus
help-arg-profile = Profildatei; geht --environment vor
help-arg-environment = production, acceptance, integration oder sandbox
help-arg-data-dir = Ordner für alles, was Relais aufbewahrt
help-arg-reader = Name des Lesegeräts; für sandbox card vpcd:PORT
help-arg-key-store = Wo Sitzungsschlüssel liegen
help-arg-language = Sprache der Meldungen
help-arg-help = Zeigt diese Hilfe; hinter einem Befehl dessen eigene
help-arg-version = Zeigt die Version
help-arg-photo = Schreibt auch das Foto (JPEG) in diese Datei
help-arg-mode = eid, eid-only, certificate (Organisation) oder fallback (ohne die Karte)
help-arg-keystore = Keystore-Datei; sonst die neueste brauchbare in ehealth/keystore
help-arg-quality = Eigenschaft der Sitzung; Standard: doctor
help-arg-person = Wessen: der Platz, den person list zeigt
help-arg-pin-fd = Deskriptor, von dem der PIN-Code gelesen wird, eine Zeile
help-arg-password-fd = Deskriptor, von dem das Keystore-Passwort gelesen wird, eine Zeile
help-arg-new-password-fd = Deskriptor, von dem das neue Passwort gelesen wird, eine Zeile
help-arg-dir = Der Ordner, mit allem darunter
help-arg-message = Die Nachricht, noch verschlüsselt
help-arg-sent = Wann sie gesendet wurde (RFC 3339); sonst die Zeit ihrer Datei
help-arg-kind = Typ der Nummer: CBE, NIHII-HOSPITAL, SSIN und so weiter
help-arg-value = Die Nummer; - liest sie von der Standardeingabe, Pflicht bei Personen
help-arg-application = Anwendung einer Organisation
help-arg-issued = Wann der Token ausgestellt wurde (RFC 3339)
help-arg-expires = Wann der Token abläuft (RFC 3339); höchstens 24 Stunden zählen
help-arg-file = Die Datei
help-arg-within = Wie bald: eine Anzahl Tage, etwa 90d
help-arg-folder = Der Ordner; bei add ohne Ordner: der von eHealth selbst
help-arg-id = Welches Zertifikat, wie certificate due --json es nennt; sonst alle
help-arg-with-comments = Behält Kommentare
help-arg-yes = Es ist so gewollt: niemand wird gefragt
help-arg-prefix-list = Präfixe, die inklusiv behandelt werden, mit Leerzeichen dazwischen
help-arg-trust = PEM-Datei mit den vertrauenswürdigen Zertifikaten
help-arg-as = Was das Dokument ist
help-arg-at = Der Augenblick der Beurteilung (RFC 3339); sonst jetzt
help-arg-signer = Attribut, das der Unterzeichner haben muss; darf wiederholt werden
help-arg-limit = Wie viele; Standard: 50
help-arg-state = Ordner, in dem die Welt lebt
help-arg-reason = Warum ohne die Karte: eid-not-at-hand oder technical-problem
help-arg-note = Was dem Grund hinzuzufügen ist, in einem Satz
help-arg-sts-port = Port des Anmeldedienstes; sonst wählt das System
help-arg-control-port = Port des Steuerpunkts; sonst wählt das System
help-arg-applet = Welche Karte; Standard: 1.8
help-arg-hand = pull oder put: die Karte im virtuellen Lesegerät des Sandkastens
help-arg-by = Um wie viel: 3h, 1h30m; -1h dreht zurück; morning: bis 8 Uhr früh
help-arg-clock = all, wall (des PCs), boot oder trusted (der Plattform); Standard: all
help-arg-outage = on: der Dienst ist weg; off: er ist wieder da
help-arg-key = Schlüssel des Dienstes, oder sein Ende: kgss:v1
help-arg-act = works, fails, flaps oder listed; bei einer Zone lost, there oder listed
help-arg-zone = main, backup, mycarenet oder region; ohne Angabe main für einen Dienst
help-arg-seconds = Wie lange ein Dienst mit flaps läuft und dann ausfällt; sonst 240
help-arg-served = honest, bad-signature, wrong-signer, other-environment, old, …, gone
help-arg-form = Version der Liste: v1, v2 oder mixed
help-arg-scenario = Ihr Name, wie scenario list ihn zeigt

## Zertifikate

certificate-none-due = Nichts endet in den nächsten { $n } Tagen.
certificate-no-folders = Noch ist kein Ordner vereinbart; certificate folder add tut das.
certificate-closed = { $n ->
    [1] Ein Keystore zeigt seine Daten erst, wenn er geöffnet wurde.
   *[other] { $n } Keystores zeigen ihre Daten erst, wenn sie geöffnet wurden.
  }
certificate-unread = { $n ->
    [1] Eine Stelle konnte nicht gelesen werden; --json sagt, warum.
   *[other] { $n } Stellen konnten nicht gelesen werden; --json sagt, warum.
  }
certificate-looking = { $n } Dateien angesehen
certificate-written = Geschrieben: { $file }
certificate-acknowledged = Vermerkt: Sie wissen es.
certificate-snoozed = Auf den nächsten Morgen verschoben.
certificate-folder-added = Dieser Ordner wird von nun an angesehen: { $folder }
certificate-folder-removed = Dieser Ordner wird nicht mehr angesehen, und was darüber bekannt war, ist gelöscht: { $folder }
