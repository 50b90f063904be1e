# De plaats van de hand in de zandbak.

nav-sandbox = Zandbak
box-invented = Verzonnen wereld
box-usual = Alles is zoals gewoonlijk
box-unusual = { $n ->
    [one] Eén ding is anders dan gewoonlijk
   *[other] { $n } dingen zijn anders dan gewoonlijk
  }
box-lede = Arts, kaart, platform en tijd zijn verzonnen. Wat u hier doet, bereikt geen platform en geen patiënt; Relais neemt het voor echt, en zijn andere schermen volgen binnen enkele seconden.
box-reset = Alles zoals gewoonlijk
box-is-playing = Er loopt een verhaal: { $title }
box-is-lost = { $zone }: niemand antwoordt
box-is-list = Officiële lijst: { $state }
box-is-form = Officiële lijst: { $form }
box-is-moved = Diensten die de lijst elders plaatst: { $n }
box-is-failing = Diensten die ergens falen: { $n }
box-is-flapping = Diensten die ergens komen en gaan: { $n }
box-is-away = De aanmeldingsdienst is weg
box-is-faulty = Fouten van de aanmeldingsdienst die elders gepland zijn: { $n }
box-is-pulled = De kaart zit niet in de lezer
box-take = Wegnemen
box-bring = Terugbrengen
box-of = { $what }, { $name }
box-differs = verschilt

box-stories = Verhalen
box-stories-what = Een verhaal begint en eindigt met alles zoals gewoonlijk. De stappen komen met de tijd; u kunt de klokken naar de volgende draaien.
box-which = Verhaal
box-story = { $title } ({ $steps } stappen, { $minutes } min)
box-step = { $title }: { $n } van { $m } stappen gedaan, de volgende { $at }.
box-play = Beginnen
box-next = Naar de volgende stap
box-stop = Het verhaal stoppen

box-time = Tijd
box-wall = Klok van deze pc
box-trusted = Tijd van het platform
box-clock = Wat gedraaid wordt
box-clock-all = De tijd gaat voor iedereen voorbij
box-clock-wall = Alleen de klok van deze pc
box-clock-trusted = Alleen de tijd van het platform
box-clock-boot = Alleen de tijd sinds deze pc startte
box-turn = De klokken draaien
box-turn-back = 1 u terug
box-turn-10 = 10 min
box-turn-60 = 1 u
box-turn-360 = 6 u
box-turn-1440 = 24 u
box-morning = Naar de volgende ochtend

box-zones = Zones
box-zone-main = Hoofdzone
box-zone-backup = Reservezone
box-zone-mycarenet = MyCareNet
box-zone-region = Vlaams Gewest
box-zone-main-what = De twee datacentra van het platform.
box-zone-backup-what = Het derde datacentrum van het platform.
box-zone-mycarenet-what = De ziekenfondsen, zonder het platform.
box-zone-region-what = Vaccinnet.
box-zone-there = Antwoordt.
box-zone-gone = Weg: niemand antwoordt.

box-hand = Aanmelden en kaart
box-sign-in = Aanmeldingsdienst
box-sign-in-what = In elke zone; dit beëindigt ook fouten die elders gepland zijn.
box-sign-in-there = Is te bereiken.
box-sign-in-gone = Weg: niemand krijgt verbinding.
box-card = Kaart
box-card-in = In de lezer.
box-card-out = Uit de lezer.
box-pull = Uittrekken
box-put = Insteken

box-list = Officiële lijst
box-list-what = De ondertekende lijst van het platform die zegt waar elke dienst is. Wie ze bederft, verplaatst geen dienst.
box-list-state = De lijst is
box-list-honest = eerlijk
box-list-bad-signature = gewijzigd na de ondertekening
box-list-wrong-signer = door iemand anders ondertekend
box-list-other-environment = van een andere omgeving
box-list-to-come = een uur vooruit gedateerd
box-list-old = ouder dan de lijst die geldt
box-list-twin = van hetzelfde ogenblik, met andere woorden
box-list-gone = niet te krijgen
box-list-form = Versie
box-form-v1 = versie 1
box-form-v2 = versie 2
box-form-mixed = beide versies door elkaar
box-list-all = Plaats elke dienst in:

box-functions = Diensten
box-functions-what = Waar de lijst een dienst plaatst, en wat de dienst aan elk van zijn adressen doet. Een dienst die komt en gaat, werkt 4 minuten en faalt er 4.
box-listed = De lijst zegt
box-works = werkt
box-fails = faalt
box-flaps = komt en gaat
box-each = Elk van { $n } diensten apart
