# Die Befehlszeile: was sie für Menschen zeigt, und ihre Hilfe. Namen und JSON-Felder werden nie übersetzt.

## Beside a failure

detail-file = Datei
detail-line = Zeile
detail-key = Schlüssel
detail-value = Wert
detail-port = Port
detail-reader = Lesegerät
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

usage-no-command = Es fehlt ein Befehl; relaisctl --help zählt sie auf.

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
session-next = Nächste Erneuerung
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

## xml verify

xml-good = Die Signatur ist gut.
xml-covers = Signierte Teile
xml-signer = Signiert von
xml-subject = Über
xml-rule = Regel

## person

person-forgotten = Alles von dieser Person ist von diesem PC gelöscht.
person-none = Dieser PC kennt niemanden.
person-unnamed = (Name unbekannt)

## clock

time-put-back = Die vermerkte Zeit ist zurückgestellt.

## journal

journal-none = Im Protokoll steht noch nichts.
journal-whole = Das Protokoll ist unversehrt: Nichts darin wurde geändert.
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
help-session-show = Zeigt sie; ändert nichts
help-session-renew = Gibt ihr eine neue Dauer
help-session-end = Beendet sie und löscht sie von diesem PC
help-session-plan = Sagt, wann ein Token erneuert würde
help-person = Personen auf diesem PC
help-person-list = Zeigt, wer hier eine Sitzung hat oder hatte
help-person-forget = Löscht Sitzung, gemerktes Passwort und Namen einer Person
help-clock = Die Zeit, nach der Relais geht
help-clock-put-back = Stellt die vermerkte Zeit zurück, wenn der Anmeldedienst bestätigt, dass sie voraus liegt
help-keystore = Keystores
help-keystore-inspect = Zeigt, was ein Keystore enthält
help-xml = XML-Sicherheit
help-xml-c14n = Schreibt die exklusive kanonische Form
help-xml-verify = Beurteilt ein signiertes Dokument
help-journal = Was auf diesem PC geschah
help-journal-show = Zeigt die neuesten Einträge
help-journal-verify = Prüft, dass nichts darin geändert wurde
help-sandbox = Die erfundene Welt, zum Ausprobieren und Testen
help-sandbox-serve = Betreibt die Plattform auf diesem PC und zeigt das Profil, das dorthin führt
help-sandbox-card = Steckt die virtuelle eID in ein PC/SC-Lesegerät, bis Strg+C
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
help-arg-mode = Mit dem Keystore als Halter des Schlüssels, oder mit der Karte allein
help-arg-keystore = Keystore-Datei; sonst die neueste brauchbare in ehealth/keystore
help-arg-quality = Eigenschaft der Sitzung; Standard: doctor
help-arg-person = Wessen Sitzung: der Platz, den session show zeigt
help-arg-pin-fd = Deskriptor, von dem der PIN-Code gelesen wird, eine Zeile
help-arg-password-fd = Deskriptor, von dem das Keystore-Passwort gelesen wird, eine Zeile
help-arg-issued = Wann der Token ausgestellt wurde (RFC 3339)
help-arg-expires = Wann der Token abläuft (RFC 3339); höchstens 24 Stunden zählen
help-arg-file = Die Datei
help-arg-with-comments = Behält Kommentare
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
