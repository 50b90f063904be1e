# Die Befehlszeile: was sie für Menschen zeigt, und ihre Hilfe. Namen und JSON-Felder werden nie übersetzt.

## Beside a failure

detail-file = Datei
detail-line = Zeile
detail-key = Schlüssel
detail-value = Wert
detail-port = Port
detail-reader = Lesegerät
detail-reason = Grund

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
card-check-no-anchor = stimmig, aber von keiner hier bekannten Stelle
card-check-refuted = NICHT ECHT
card-certificate-authentication = Anmelden
card-certificate-signature = Unterschrift
card-certificate-citizen-ca = Aussteller
card-certificate-root = Wurzel
card-certificate-rrn = Nationalregister

## Sitzungen

session-until = Angemeldet bis
session-since = Angemeldet um
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

## journal

journal-none = Im Journal steht noch nichts.
journal-whole = Das Journal ist unversehrt: Nichts darin wurde geändert.
journal-broken = Das Journal wurde geändert oder ist nicht vollständig.
journal-entries = Einträge
journal-head = Marke des letzten
journal-first-bad = Erster falscher Eintrag
journal-reason = Grund
