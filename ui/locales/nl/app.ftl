# Teksten van het hoofdvenster. De waarde zegt wat er is; ‘more’ voegt toe wat dat voor de persoon betekent.

## Venster

nav-places = Schermen
nav-today = Vandaag
nav-services = Diensten
nav-services-off = { $n ->
   *[other] { $n } niet op de normale route
  }
nav-journal = Logboek
nav-settings = Instellingen
nav-key = { $place } (Ctrl+{ $number })
chip-until = Tot { $t }
chip-left = nog { $h } u { $m }
chip-left-hours = nog { $h } u
chip-left-minutes = nog { $m } min
env-acc = Acceptatieomgeving: niets van wat hier gebeurt heeft echt effect
env-int = Integratieomgeving: niets van wat hier gebeurt heeft echt effect
env-box = Zandbak: verzonnen arts, kaart en dienst. Pincode: { $pin }
env-box-password = Wachtwoord van de keystore: { $password }
problem-code = Code { $code }

## Een ogenblik in een zin

# Vandaag, gisteren of morgen (near), of een andere dag. { $on } is de dag, { $t } het uur.
when-at = { $day ->
    [today] om { $t }
    [near] { $on } om { $t }
   *[date] op { $on } om { $t }
  }
when-about = { $day ->
    [today] rond { $t }
    [near] { $on } rond { $t }
   *[date] op { $on } rond { $t }
  }

## Eerste keer

choose-title = Waarvoor gaat Relais op deze pc dienen?
choose-why = Niets is vooraf gekozen. Er wordt niets verstuurd vóór uw keuze.
choose-production = Echt werk
choose-production-why = Met uw eID, op het eHealth-platform.
choose-acceptance = Tests
choose-acceptance-why = Met een testkaart, in de acceptatieomgeving. Niets heeft er echt effect.
choose-sandbox = Een zandbak, om te proberen
choose-sandbox-why = Arts, kaart en dienst zijn verzonnen. Niets verlaat deze pc.
choose-opening = Even geduld, Relais maakt deze omgeving klaar.

## Vandaag: feiten

fact-ready = eID in de lezer
fact-ready-tries = eID in de lezer, { $n ->
    [0] geen pogingen meer
    [1] één poging
   *[other] { $n } pogingen
  }
fact-nocard = lezer zonder kaart
fact-noreader = geen lezer gevonden
fact-down = lezer niet bereikbaar
fact-unusable = kaart niet bruikbaar
fact-several = meerdere eID's in de lezers

## Vandaag: de zin van het ogenblik, wat men kan doen en de sessie

today-open = Sessie open tot { $t }
nocard-open = Sessie zonder kaart tot { $t }
today-none = Geen sessie open
today-ended = Sessie beëindigd { $t }
today-open-good = Alles in orde.
    .more = U moet niets doen.
today-restored = Sessie teruggevonden na de herstart.
    .more = Niets te doen.
today-open-noted = Uw sessie is in orde.
    .more = Eén ding is goed om te weten, het staat hieronder.
today-session-good = Uw sessie is in orde.
today-offline = Deze pc heeft geen netwerk sinds { $since }.
    .more = De storing ligt aan deze kant. Uw sessie wacht op u.
today-offline-none = Deze pc heeft geen netwerk sinds { $since }.
    .more = De storing ligt aan deze kant. U kunt zich aanmelden zodra het netwerk terug is.
today-service-down = Aanmelden is nu verstoord.
    .more = U kunt het proberen. Wat nog werkt, en hoe, staat hieronder.
today-memory = U kunt werken.
    .more = Deze sessie staat alleen in het geheugen: Relais stoppen beëindigt ze.
today-ending-30 = Minder dan 30 minuten.
    .more = Daarna moet u opnieuw aanmelden met de eID.
today-ending-10 = Minder dan 10 minuten.
    .more = Daarna moet u opnieuw aanmelden met de eID.
today-key-card = Laat uw kaart in de lezer.
    .more = Deze sessie heeft ze nodig terwijl u werkt.
today-key-card-gone = Steek uw kaart opnieuw in de lezer.
    .more = Deze sessie heeft ze nodig terwijl u werkt.
today-none-card = Uw kaart is er.
    .more = Alleen de pincode ontbreekt.
today-none-last = Uw kaart is er.
    .more = Nog één poging: nog één fout blokkeert ze. Twijfelt u? Probeer niet.
today-none-blocked = De kaart is geblokkeerd.
    .more = De gemeente kan ze deblokkeren, met de pukcode.
today-none-nocard = Steek uw eID in de lezer.
today-none-reader = De kaartlezer wordt niet gevonden.
    .more = Sluit hem aan op de computer; Relais ziet hem vanzelf.
today-none-several = Er zijn meerdere identiteitskaarten.
    .more = Neem weg wat niet dient, of kies een lezer in de instellingen.
today-looking = Relais zoekt de lezer en de kaart.
today-service-missed = De aanmelddienst antwoordt niet.
    .more = Relais blijft kijken en verwittigt u zodra hij terug is. U kunt het ook zelf proberen.
today-service-back = De aanmelddienst antwoordt weer.
    .more = U kunt zich aanmelden.
busy-probing = Relais gaat na of de aanmelddienst antwoordt.
busy-reading = Relais leest de kaart. Laat ze in de lezer.
busy-asking = Relais wacht op uw antwoord in het andere venster. Neem uw tijd.
busy-working = U wordt aangemeld. Laat de kaart in de lezer.
act-sign-in = Aanmelden
act-sign-in-organisation = Aanmelden met het certificaat van de organisatie
act-give-password = Het wachtwoord typen
act-retry = Opnieuw proberen
act-cancel = Annuleren
act-seen = Gelezen
act-sign-out = Afmelden
act-choose-reader = Een lezer kiezen
line-start-eid = geopend met de eID
line-start-certificate = geopend met een certificaat
line-start-nocard = geopend zonder kaart
line-end = einde
line-hour = { $h } u
line-says = Sessie van { $start } tot { $end }. Het is { $now }.
notes-title = Goed om te weten
notes-failed = De laatste poging is niet gelukt
notes-put-back = Genoteerde tijd terugzetten
use-title = Deze sessie
use-by = Gebruikt door
use-nobody = Geen programma gebruikt deze sessie: uw software behoudt haar eigen verbinding.
use-person = Geopend op naam van
use-kept = Bewaard
use-kept-os = Alleen op deze pc, in zijn sleutelbos; een herstart verliest ze niet.
use-kept-file = Alleen op deze pc, in een verzegeld bestand; een herstart verliest ze niet.
use-kept-memory = Alleen op deze pc, in het geheugen; ze eindigt als Relais stopt.

## Instellingen

set-this-pc = Deze pc
set-advanced = Geavanceerd
set-language = Taal
set-language-effect = Alle vensters en berichten van Relais zijn in het Nederlands.
set-appearance = Uiterlijk
set-appearance-system = Systeem
set-appearance-light = Licht
set-appearance-dark = Donker
set-appearance-system-effect = Volgt de computer.
set-appearance-light-effect = Altijd licht.
set-appearance-dark-effect = Altijd donker.
set-autostart = Starten met de computer
set-autostart-on = Ja
set-autostart-off = Nee
set-autostart-on-effect = Relais start met de computer, zonder venster, bij de klok.
set-autostart-off-effect = Relais start wanneer u het opent.
set-notify = Meldingen
set-notify-all = Alles
set-notify-essential = Het belangrijkste
set-notify-none = Niets
set-notify-all-effect = Relais meldt, zonder geluid, ook het rustige moment waarop de pincode kan worden gegeven.
set-notify-essential-effect = Enkel wat niet kan wachten: een sessie die bijna eindigt, of die beëindigd is.
set-notify-none-effect = Er verschijnt niets op het scherm. Het pictogram bij de klok en het venster zeggen alles.
set-notify-none-window-effect = Er verschijnt niets op het scherm. Dit bureaublad heeft geen plaats voor een pictogram: enkel het venster zegt alles.
set-notify-missing-effect = Dit bureaublad toont geen meldingen (RLS-6052). Het pictogram bij de klok en het venster zeggen alles.
set-notify-missing-window-effect = Dit bureaublad toont geen meldingen (RLS-6052) en geen pictogram: enkel het venster zegt alles. Laat het open.
set-closing = Het venster sluiten
set-closing-hides = Verbergt
set-closing-stops = Stopt Relais
set-closing-hides-effect = Het venster wordt verborgen. Relais gaat door bij de klok; het pictogram opent het weer.
set-closing-shrinks-effect = Dit bureaublad heeft geen plaats bij de klok: het venster wordt klein gemaakt, en Relais gaat door.
set-closing-stops-effect = Relais stopt: geen vernieuwing, geen meldingen. De sessie blijft geldig op deze pc.
set-closing-stops-lost-effect = Relais stopt, en de sessie in het geheugen eindigt.
set-organisation = Deze pc meldt zich aan voor
set-organisation-on = Een organisatie
set-organisation-off = Een persoon
set-organisation-on-effect = Relais meldt zich aan met het certificaat van een organisatie, zoals een ziekenhuis of een groepspraktijk: zonder kaart. De keystore van een persoon wordt geweigerd.
set-organisation-off-effect = Relais meldt zich aan met de eID van een persoon.
set-practice = De praktijk
set-practice-unsaid = Niet gezegd
set-practice-yes = Ja
set-practice-no = Nee
set-flemish = Vlaams Gewest
set-flemish-unsaid-effect = Antwoordt Vitalink niet, dan zegt Relais dat Vaccinnet voor het Vlaams Gewest geldt.
set-flemish-yes-effect = U werkt in het Vlaams Gewest, of uw patiënten wonen er: antwoordt Vitalink niet, dan neemt Vaccinnet zijn plaats in.
set-flemish-no-effect = Dat is niet zo: Vaccinnet wordt niet aangeboden.
set-module = Tarificatiemodule in uw software
set-module-unsaid-effect = Werkt geen enkele weg naar de tarificatie, dan zegt Relais dat het van zo'n module afhangt.
set-module-yes-effect = Werkt geen enkele weg naar de tarificatie, dan blijft de module van uw software over.
set-module-no-effect = Uw software heeft er geen: Relais stuurt u er niet heen.
set-reader = Kaartlezer
set-reader-auto = Automatisch
set-reader-auto-effect = Relais neemt de lezer waarin een eID zit.
set-reader-one-effect = Relais kijkt alleen naar deze lezer.
set-reader-away-effect = Relais kijkt alleen naar deze lezer, die nu niet aangesloten is.
set-keypad = Toetsenbord van de lezer
set-keypad-effect = Met de lezer { $reader } wordt de code op deze computer getypt.
set-keypad-use = Het toetsenbord gebruiken
set-keystore = Waar de sessie bewaren
set-keystore-os = Sleutelbos
set-keystore-file = Bestand
set-keystore-memory = Geheugen
set-keystore-os-effect = De sleutel zit in de sleutelbos van deze pc; de sessie overleeft een herstart. Geldt vanaf de volgende aanmelding.
set-keystore-file-effect = De sleutel zit in een bestand dat alleen uw account leest; de sessie overleeft een herstart. Geldt vanaf de volgende aanmelding.
set-keystore-memory-effect = De sleutel wordt nergens bewaard; Relais stoppen beëindigt de sessie. Geldt vanaf de volgende aanmelding.
set-environment = Omgeving
set-environment-production = Echt werk, op het eHealth-platform.
set-environment-acceptance = Acceptatie: niets heeft echt effect.
set-environment-integration = Integratie: niets heeft echt effect.
set-environment-sandbox = Zandbak: alles is verzonnen, niets verlaat deze pc.
set-environment-again = Een andere omgeving kiezen
set-environment-again-effect = Relais start dan opnieuw en vraagt het. Een sessie die op deze pc bewaard is, blijft; een sessie die alleen in het geheugen staat, eindigt.

organisation-none = Deze pc meldt zich aan voor een organisatie.
    .more = Haar certificaat volstaat: er is geen kaart nodig.
organisation-locked = De sleutel van de organisatie is vergrendeld.
    .more = Met haar wachtwoord verlengt Relais de sessie zelf.
organisation-due = Het wachtwoord van de keystore van de organisatie is nodig,
    .more = voor de sessie eindigt.
organisation-title = Aanmelden voor de organisatie
organisation-what = De keystore van de organisatie meldt aan voor 24 uur. Zolang haar sleutel open is, verlengt Relais de sessie zelf.
organisation-remember = Onthouden op deze pc
organisation-remember-hint = Dan verlengt Relais de sessie ook na een herstart. Wie deze account van de pc gebruikt, kan zich aanmelden voor de organisatie.
