# De opdrachtregel: wat ze voor mensen toont, en haar hulp. Namen en JSON-velden worden nooit vertaald.

## Beside a failure

detail-file = bestand
detail-line = regel
detail-key = sleutel
detail-option = optie
detail-word = woord
detail-environment = omgeving
detail-possible = mogelijk
detail-value = waarde
detail-port = poort
detail-reader = lezer
detail-program = programma
detail-reason = reden
detail-choices = keuzes

reason-not-found = dat bestand bestaat niet
reason-not-allowed = deze gebruiker mag het niet openen
reason-folder = het is een map
reason-no-text = het is geen tekst in UTF-8
reason-no-plain-file = het is geen gewoon bestand
reason-too-large = het is te groot
reason-disk-full = de schijf is vol
reason-disk-fault = het systeem kan het niet lezen of schrijven
reason-changed = het bestand veranderde terwijl Relais eraan werkte
reason-name-taken = er is al een bestand met die naam
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
reason-not-two-times = dat is geen tijdvak zoals 09:00-12:30
reason-ends-before-it-begins = het eindigt voor het begint
reason-outside-working-hours = het valt buiten de werkuren van die dag
reason-closed-but-with-hours = een vrije dag heeft geen uren
reason-too-many = het zijn er te veel
reason-unknown-zone = die tijdzone bestaat niet
reason-lasts-too-long = het mag hoogstens drie dagen duren
reason-no-function = er is geen functie met die naam
reason-empty = dit mag niet leeg zijn
reason-too-long = dit is te lang
reason-no-moment = het is geen tijdstip (RFC 3339), zoals 2026-03-02T08:00:00Z
reason-end-before-start = het einde ligt niet na het begin
reason-number-of-a-person = het nummer van een persoon komt van de standaardinvoer: schrijf - in de plaats
reason-no-recipient = dit noemt niemand: een type, zijn nummer en voor een organisatie een toepassing
reason-no-slot = het is geen plaats; person list toont die van deze pc
reason-several-people = deze pc kent meerdere personen
reason-not-confirmed = niemand heeft het bevestigd
reason-only-for-fallback = het hoort alleen bij --mode fallback
reason-quality-of-certificate = de hoedanigheid van een organisatie is die van haar certificaat
reason-no-quality = het is geen naam van een hoedanigheid
reason-no-vpcd = het leest vpcd:PORT
reason-no-folder = het is geen map
reason-no-days = het is geen aantal dagen, zoals 90d
reason-no-certificate-id = zo heet geen certificaat; certificate due --json toont hoe ze heten
reason-whole-disk = dat is de hele schijf
reason-too-far = het is meer dan tien jaar
reason-no-stretch = het is geen tijdsduur zoals 3h, 1h30m of -1h
reason-only-for-a-sandbox = dit werkt alleen in een zandbak, zoals --environment sandbox
reason-no-virtual-reader = deze zandbak heeft geen virtuele lezer; alleen die van het venster heeft er een
reason-card-already-so = de kaart zit er al in, of is er al uit
reason-no-address-there = de dienst heeft geen adres in die zone, of staat in geen lijst
reason-no-such-scenario = dat verhaal bestaat niet; sandbox scenario list toont ze
reason-nothing-plays = er loopt geen verhaal
reason-no-such-service = geen dienst van de zandbak heet zo; services show --json toont hun sleutels
reason-only-for-flaps = dat hoort alleen bij flaps
reason-no-command = er ontbreekt een opdracht; relaisctl --help toont ze
reason-no-such-command = die opdracht bestaat niet
reason-no-such-option = die optie bestaat hier niet
reason-one-too-many = daar werd niets verwacht
reason-not-given = dit moet erbij
reason-no-value = de waarde ontbreekt
reason-not-one-of = het is geen van de mogelijke waarden
reason-not-such-a-value = die waarde past niet
reason-given-twice = het mag maar één keer, of niet naast een ander
reason-not-the-same = de twee keren zijn niet gelijk
reason-does-not-fit = het past daar niet


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
card-check-no-anchor = klopt, maar de autoriteit is hier niet bekend
card-check-refuted = NIET ECHT
card-certificate-authentication = Aanmelden
card-certificate-signature = Handtekening
card-certificate-citizen-ca = Uitgever
card-certificate-root = Wortel
card-certificate-rrn = Rijksregister

## Sessies

session-until = Aangemeld tot
session-since = Aangemeld sinds
session-next = Volgende poging
session-next-none = geen
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
plan-each = Eén vernieuwing volstaat: elke volgende komt er alleen als alle vorige mislukten.
plan-cut = Het token geldt tot { $expires }; Relais rekent hoogstens 24 uur.

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
keystore-file = Keystore
keystore-backup = Zoals hij was
keystore-entries = Items
keystore-changed = Het wachtwoord is veranderd; de oude kopie opent nog met het oude wachtwoord.
keystore-scan-none = Er liggen hier geen keystores of certificaten.
keystore-scan-not-whole = Niet alles kon bekeken worden.
keystore-kept = bewaard voor oude berichten
keystore-waits = wacht op zijn certificaat
keystore-closed = toont niets zonder wachtwoord
keystore-match-opens = Opent het bericht
keystore-match-certificate = Alleen het certificaat, zonder sleutel
keystore-match-candidates = Te proberen, de waarschijnlijkste eerst
keystore-match-others = noemt andere sleutels
keystore-match-unread = Kon niet gelezen worden

## services

services-good = De lijst is echt.
services-new = Er is een nieuwe lijst opgehaald.
services-same = De lijst is niet gewijzigd.
services-kept = De laatst bewaarde lijst, opnieuw gecontroleerd.
services-not-kept = Niet bewaard: een andere Relais bezit deze map en heeft een andere lijst.
services-none = Hier is nog geen lijst opgehaald.
services-environment = Omgeving
services-issued = Uitgegeven
services-age = Ouderdom: { $days } d { $hours } u { $minutes } min
services-announced = Aangekondigde onderbreking
services-from = Van
services-until = Tot
services-functions = Functies
services-words = Aankondiging
services-source = Bron
services-main = normale route
services-backup = op noodroute

## encryption keys

etk-depot = Het depot antwoordt:
etk-kept = Het depot heeft problemen: de bewaarde sleutel.
etk-type = Type
etk-application = Toepassing
etk-seen = Verkregen op
etk-until = Geldig tot
etk-serial = Serienummer
etk-sha256 = SHA-256

## xml verify

xml-good = De handtekening is goed.
xml-covers = Ondertekende delen
xml-signer = Ondertekend door
xml-subject = Over
xml-rule = Regel

## person

person-forgotten = Alles van deze persoon is van deze pc gewist.
person-none = Deze pc kent niemand.
ask-forget = Alles van { $holder } wordt van deze pc gewist en komt niet terug. Typ { $word } als u dat wilt:
ask-new-password = Nieuw wachtwoord van de keystore:
ask-new-password-again = Nog een keer:
person-unnamed = (naam onbekend)

## clock

time-put-back = De genoteerde tijd is teruggezet.

## sandbox

sandbox-wall = Klok van de pc
sandbox-trusted = Tijd van het platform
sandbox-outage-on = De aanmelddienst van de zandbak is weg.
sandbox-outage-off = De aanmelddienst van de zandbak is er.
sandbox-card-pulled = De kaart is uit de virtuele lezer.
sandbox-card-put = De kaart zit in de virtuele lezer.
sandbox-usual = Alles is zoals gewoonlijk.
sandbox-plays = Verhaal
sandbox-step = { $name }: { $n } van { $m } stappen gedaan, de volgende om { $next }
sandbox-lasts = { $m } min
sandbox-zone-lost = In zone { $zone } luistert niemand.
sandbox-list-state = De lijst is { $state }.
sandbox-list-form = De lijst heeft versie { $form }.
sandbox-faults = Andere geplande fouten van de aanmeldingsdienst: { $n }
sandbox-service-listed = daar volgens de lijst
sandbox-service-fails = faalt
sandbox-service-flaps = komt en gaat

## journal

journal-because-hand = kaart niet bij de hand
journal-because-technical = technisch probleem
journal-none = Er staat nog niets in het logboek.
journal-whole = Het logboek is ongeschonden: er is niets in gewijzigd.
journal-whole-after = Het logboek is ongeschonden vanaf zijn eerste regel: daarna is er niets gewijzigd. Wat ervoor kwam, staat er niet meer in.
journal-broken = Het logboek is gewijzigd, of is niet volledig.
journal-entries = Items
journal-first = Eerste regel
journal-head = Hash van de laatste regel
journal-first-bad = Eerste fout item
journal-reason = Reden

## --help

help-relaisctl = Houdt een zorgpraktijk aangemeld op het eHealth-platform.
help-card = Lezers en kaarten
help-card-list = Toont de lezers en wat erin zit
help-card-read = Leest de kaart en gaat na of ze echt is
help-sign-in = Meldt aan, met de eID of uitzonderlijk zonder
help-session = De sessie
help-session-show = Toont de sessie; wijzigt niets
help-session-renew = Geeft de sessie een nieuwe duur
help-session-end = Beëindigt de sessie en wist ze van deze pc
help-session-plan = Zegt wanneer een token vernieuwd zou worden
help-person = Personen op deze pc
help-person-list = Toont wie hier een sessie heeft of had
help-person-forget = Wist sessie, onthouden wachtwoord en naam van een persoon
help-clock = De tijd waaraan Relais zich houdt
help-clock-put-back = Zet de genoteerde tijd terug, als de aanmelddienst bevestigt dat hij in de toekomst ligt
help-keystore = Keystores
help-keystore-inspect = Toont wat een keystore bevat
help-keystore-scan = Toont keystores en certificaten in een map, zonder wachtwoord
help-keystore-match = Zegt welke keystore in een map een bericht opent
help-keystore-change-password = Verandert het wachtwoord van een keystore; een kopie blijft
help-certificate = Certificaten en hun einde
help-certificate-due = Toont welke binnenkort eindigen, en wat er kan gebeuren
help-certificate-ics = Schrijft een agenda van hun einde, met alarmen
help-certificate-csv = Schrijft een tabel van alles, voor een rekenblad
help-certificate-acknowledge = Zegt dat u het weet: niets meer tot de volgende herinnering
help-certificate-snooze = Stelt wat gezegd is uit tot de volgende ochtend
help-certificate-folder = Mappen die bekeken worden
help-certificate-folder-add = Spreekt af dat een map en alles eronder bekeken wordt
help-certificate-folder-remove = Neemt dat terug en wist wat over die map bekend is
help-certificate-folder-list = Toont de afgesproken mappen
help-services = De dienstenlijst van het platform
help-services-fetch = Haalt de lijst op en bewaart ze als ze echt is
help-services-show = Toont de laatst bewaarde lijst
help-services-verify = Beoordeelt een lijst die hier staat
help-etk = Vercijferingssleutels (ETK)
help-etk-show = Toont de vercijferingssleutel van een bestemmeling; de uwe, als er geen genoemd is
help-xml = XML-beveiliging
help-xml-c14n = Schrijft de exclusieve canonieke vorm
help-xml-verify = Beoordeelt een ondertekend document
help-journal = Wat er op deze pc gebeurde
help-journal-show = Toont de nieuwste items
help-journal-verify = Gaat na of er niets in het logboek, of in een verslag van een storing, gewijzigd is
help-sandbox = De verzonnen wereld, om te proberen en te testen
help-sandbox-serve = Draait het platform op deze pc en toont het profiel dat erheen leidt
help-sandbox-card = Steekt de virtuele eID in een PC/SC-lezer; pull, put: in de zandbak
help-sandbox-turn = Draait aan de klok van een zandbak die loopt
help-sandbox-outage = Laat de aanmelddienst van de zandbak uitvallen, of brengt hem terug
help-sandbox-show = Toont een draaiende zandbak: klokken, zones, diensten, lijst, verhaal
help-sandbox-service = Maakt een dienst van de zandbak stuk of heel, of verplaatst hem in de lijst
help-sandbox-zone = Neemt een zone van de zandbak weg, of brengt ze terug
help-sandbox-list = Bederft de lijst van de zandbak, of maakt ze weer eerlijk
help-sandbox-scenario = Verhalen van slechte dagen in de zandbak
help-sandbox-scenario-list = Somt de verhalen op die er zijn
help-sandbox-scenario-play = Begint een verhaal
help-sandbox-scenario-next = Draait elke klok tot de volgende stap van het verhaal
help-sandbox-scenario-stop = Stopt het verhaal; zones, diensten en lijst zijn weer gewoon
help-sandbox-reset = Maakt alles in de zandbak weer gewoon, behalve de klokken
help-heading-usage = Gebruik
help-heading-commands = Opdrachten
help-heading-arguments = Argumenten
help-heading-options = Opties
help-heading-everywhere = Opties van elke opdracht
help-arg-json = Toont één JSON-document
help-arg-profile = Profielbestand; gaat voor op --environment
help-arg-environment = production, acceptance, integration of sandbox
help-arg-data-dir = Map voor alles wat Relais bewaart
help-arg-reader = Lezer, bij naam; voor sandbox card vpcd:PORT
help-arg-key-store = Waar sessiesleutels bewaard worden
help-arg-language = Taal van de berichten
help-arg-help = Toont deze hulp; achter een opdracht die van de opdracht
help-arg-version = Toont de versie
help-arg-photo = Schrijft de foto (JPEG) ook naar dit bestand
help-arg-mode = eid, eid-only, certificate (organisatie) of fallback (zonder de kaart)
help-arg-keystore = Keystorebestand; anders het nieuwste bruikbare in ehealth/keystore
help-arg-quality = Hoedanigheid van de sessie; standaard doctor
help-arg-person = Van wie: de plaats die person list toont
help-arg-pin-fd = Descriptor om de pincode van te lezen, één regel
help-arg-password-fd = Descriptor om het wachtwoord van de keystore van te lezen, één regel
help-arg-new-password-fd = Descriptor om het nieuwe wachtwoord van te lezen, één regel
help-arg-dir = De map, met alles daaronder
help-arg-message = Het bericht, nog versleuteld
help-arg-sent = Wanneer het verzonden is (RFC 3339); anders de tijd van zijn bestand
help-arg-kind = Type van het nummer: CBE, NIHII-HOSPITAL, SSIN enzovoort
help-arg-value = Het nummer; - leest het van de standaardinvoer, verplicht bij een persoon
help-arg-application = Toepassing van een organisatie
help-arg-issued = Wanneer het token uitgereikt is (RFC 3339)
help-arg-expires = Wanneer het token vervalt (RFC 3339); hoogstens 24 uur telt
help-arg-file = Het bestand
help-arg-within = Hoe gauw: een aantal dagen, zoals 90d
help-arg-folder = De map; bij add zonder map: die van eHealth zelf
help-arg-id = Welk certificaat, zoals certificate due --json het noemt; zonder: alle
help-arg-with-comments = Behoudt commentaar
help-arg-yes = Het is de bedoeling: er wordt niets gevraagd
help-arg-prefix-list = Prefixen die inclusief behandeld worden, met spaties ertussen
help-arg-trust = PEM-bestand met de vertrouwde certificaten
help-arg-as = Wat het document is
help-arg-at = Het moment van de beoordeling (RFC 3339); anders nu
help-arg-signer = Attribuut dat de ondertekenaar moet hebben; mag herhaald worden
help-arg-limit = Hoeveel; standaard 50
help-arg-state = Map waar de wereld in leeft
help-arg-reason = Waarom zonder de kaart: eid-not-at-hand of technical-problem
help-arg-note = Wat aan de reden toe te voegen is, in één zin
help-arg-sts-port = Poort van de aanmelddienst; anders kiest het systeem
help-arg-control-port = Poort van het stuurpunt; anders kiest het systeem
help-arg-applet = Welke kaart; standaard 1.8
help-arg-hand = pull of put: de kaart in de virtuele lezer van de zandbak die loopt
help-arg-by = Hoeveel: 3h, 1h30m; -1h draait terug; morning: tot 8 uur 's ochtends
help-arg-clock = all, wall (van de pc), boot of trusted (van het platform); standaard all
help-arg-outage = on: de dienst is weg; off: hij is er weer
help-arg-key = Sleutel van de dienst, of het einde ervan: kgss:v1
help-arg-act = works, fails, flaps of listed; van een zone lost, there of listed
help-arg-zone = main, backup, mycarenet of region; zonder keuze main voor een dienst
help-arg-seconds = Hoelang een dienst die flaps doet werkt, en dan faalt; anders 240
help-arg-served = honest, bad-signature, wrong-signer, other-environment, old, …, gone
help-arg-form = Versie van de lijst: v1, v2 of mixed
help-arg-scenario = De naam, zoals scenario list ze toont

## Certificaten

certificate-none-due = Niets eindigt binnen { $n } dagen.
certificate-no-folders = Er is nog geen map afgesproken; certificate folder add doet dat.
certificate-closed = { $n ->
    [1] Eén keystore toont zijn data pas als hij geopend werd.
   *[other] { $n } keystores tonen hun data pas als ze geopend werden.
  }
certificate-unread = { $n ->
    [1] Eén plaats kon niet gelezen worden; --json zegt waarom.
   *[other] { $n } plaatsen konden niet gelezen worden; --json zegt waarom.
  }
certificate-looking = { $n } bestanden bekeken
certificate-written = Geschreven: { $file }
certificate-acknowledged = Genoteerd: u weet het.
certificate-snoozed = Uitgesteld tot de volgende ochtend.
certificate-folder-added = Deze map wordt voortaan bekeken: { $folder }
certificate-folder-removed = Deze map wordt niet meer bekeken, en wat erover bekend was is gewist: { $folder }
