# De opdrachtregel: wat ze voor mensen toont, en haar hulp. Namen en JSON-velden worden nooit vertaald.

## Beside a failure

detail-file = bestand
detail-line = regel
detail-key = sleutel
detail-value = waarde
detail-port = poort
detail-reader = lezer
detail-reason = reden

reason-not-found = dat bestand bestaat niet
reason-not-allowed = deze gebruiker mag het niet openen
reason-folder = het is een map
reason-no-text = het is geen tekst in UTF-8
reason-no-plain-file = het is geen gewoon bestand
reason-too-large = het is te groot
reason-disk-full = de schijf is vol
reason-disk-fault = het systeem kan het niet lezen of schrijven
reason-no-certificate = er staat geen certificaat in
reason-missing = ontbreekt
reason-no-address = dat is geen https-adres
reason-host-form = een host staat zonder pad, als host of host:poort
reason-signer-form = een item leest TYPE=waarde
reason-signer-without-platform = de klassen production en acceptance vragen het item OU=CBE=0809394427
reason-only-in-class-sandbox = alleen de klasse sandbox mag dit hebben
reason-name-of-another-class = die naam hoort bij een andere klasse
reason-not-on-this-pc = de klasse sandbox bereikt alleen deze pc: 127.0.0.1, [::1] of localhost
reason-port-taken = een ander programma gebruikt ze
reason-port-reserved = deze gebruiker mag ze niet gebruiken
reason-port-refused = het systeem weigert ze
reason-not-of-the-sandbox = zo heeft de zandbak het niet geschreven

usage-no-command = Er ontbreekt een opdracht; relaisctl --help toont ze.

## Woorden die terugkomen

cli-unknown = onbekend
cli-until = { $from } tot { $to }

## card list

card-list-none = Er is geen kaartlezer gevonden.
card-state-empty = geen kaart
card-state-eid = eID
card-state-other-card = een kaart die geen eID is
card-state-mute = een kaart die niet antwoordt
card-state-in-use = in gebruik door een ander programma
card-applet = applet { $applet }
card-keypad = met een toetsenbord voor de pincode

## card read

card-part-card = Kaart
card-part-identity = Identiteit
card-part-address = Adres
card-part-checks = Controles
card-part-certificates = Certificaten
card-number = Kaartnummer
card-chip = Chipnummer
card-version = Applet
card-valid = Geldig
card-issued-by = Uitgereikt door
card-tries = Resterende pinpogingen
card-document-type = Soort document
card-special-status = Bijzonder statuut
card-surname = Naam
card-given-names = Voornamen
card-third-name = Derde voornaam, initiaal
card-national-number = Rijksregisternummer
card-nationality = Nationaliteit
card-birth-place = Geboorteplaats
card-birth-date = Geboortedatum
card-sex = Geslacht
card-noble = Adellijke titel
card-street = Straat
card-zip = Postcode
card-municipality = Gemeente
card-check-identity = Identiteit
card-check-address = Adres
card-check-photo = Foto
card-check-chain = Certificaten
card-check-key = Sleutel van de chip
card-check-proven = echt
card-check-no-anchor = klopt, maar van geen autoriteit die hier bekend is
card-check-refuted = NIET ECHT
card-certificate-authentication = Aanmelden
card-certificate-signature = Handtekening
card-certificate-citizen-ca = Uitgever
card-certificate-root = Wortel
card-certificate-rrn = Rijksregister

## Sessies

session-until = Aangemeld tot
session-since = Aangemeld om
session-environment = Omgeving
session-mode = Door middel van
session-stored = Bewaard
session-key = Sleutel
session-slot = Plaats
session-mode-eid = eID en keystore
session-mode-eid-only = eID alleen
session-mode-certificate = certificaat van de organisatie
session-mode-fallback = keystore, zonder de kaart
session-stored-os = op deze pc, sleutel in de sleutelbos van het systeem
session-stored-file = op deze pc, sleutel in een bestand
session-stored-memory = alleen in het geheugen
session-key-unlocked = open
session-key-locked = vraagt het wachtwoord van de keystore
session-key-card = op de kaart
plan-attempt = Vernieuwing { $n }
plan-end = Einde

## keystore inspect

keystore-none = De keystore is leeg.
keystore-kind-key = private sleutel
keystore-kind-certificate = certificaat
keystore-kind-secret = ander geheim
keystore-subject = Onderwerp
keystore-issuer = Uitgever
keystore-serial = Serienummer
keystore-valid = Geldig
keystore-usage = Sleutelgebruik
keystore-identity = Hoort bij
keystore-environment = Omgeving

## xml verify

xml-good = De handtekening is goed.
xml-covers = Ondertekende delen
xml-signer = Ondertekend door
xml-subject = Over
xml-rule = Regel

## journal

journal-none = Er staat nog niets in het logboek.
journal-whole = Het logboek is ongeschonden: er is niets in gewijzigd.
journal-broken = Het logboek is gewijzigd, of is niet volledig.
journal-entries = Items
journal-head = Merk van het laatste
journal-first-bad = Eerste fout item
journal-reason = Reden
