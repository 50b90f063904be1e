# Diensten: hoe het met elke dienst staat, wie het zegt, en wat te doen.

## Toestanden

svc-state-normal = normale route
svc-state-backup = op noodroute
svc-state-mycarenet = via MyCareNet
svc-state-unstable = onstabiel
svc-state-partly = deels verstoord
svc-state-down = verstoord
svc-state-unknown = onbekend
svc-state-planned = geplande ingreep
svc-since = { $state } sinds { $t }
svc-do-nothing = U moet niets doen.
svc-do-check = Kijk eerst na: { $step }
svc-do-try = U kunt het proberen zoals gewoonlijk.
svc-do-reached = Deze pc kreeg antwoord langs een andere weg. U kunt het proberen zoals gewoonlijk.
svc-do-unsure = Volgens de officiële lijst is een andere weg open; deze pc heeft die nog niet bereikt. U kunt het proberen zoals gewoonlijk.
svc-do-falters = Lijkt sinds { $t } niet te antwoorden. Relais test weldra opnieuw.
svc-do-returns = Lijkt sinds { $t } weer te antwoorden. Relais test weldra opnieuw.
svc-do-unknown = Niemand kan het nu zeggen. Werk zoals gewoonlijk.
svc-do-offline = Deze pc heeft geen netwerk: van hier kan men het niet weten.

## Korte namen

svc-name-auth = Aanmelden
svc-name-insurability = Verzekerbaarheid
svc-name-memberdata = Lidgegevens
svc-name-tariff = Tarificatie
svc-name-mediprima-tariff = Tarificatie Mediprima
svc-name-chapter4-consult = Hoofdstuk IV: raadplegen
svc-name-chapter4-request = Hoofdstuk IV: aanvragen
svc-name-encryption-known = Gekende ontvanger
svc-name-encryption-unknown = Onbekende ontvanger
svc-name-hub-documents = Gedeelde documenten
svc-name-vaccination = Vaccinatietoestand
svc-name-sumehr = SumEHR
svc-name-prescription = Voorschrift
svc-name-eattest = eAttest
svc-group-patient = De patiënt
svc-group-prescribe = Voorschrijven
svc-group-bill = Aanrekenen
svc-group-exchange = Aanmelden, uitwisselen

## Hoeveel

svc-all = { $n ->
    [one] { $n } dienst op zijn normale route
   *[other] { $n } diensten op hun normale route
  }
svc-off = { $n ->
    [one] { $n } dienst niet op zijn normale route
   *[other] { $n } diensten niet op hun normale route
  }
svc-headline = { $all }, { $off } erbuiten
svc-unknown-some = { $n ->
    [one] { $n } dienst onbekend
   *[other] { $n } diensten onbekend
  }
svc-unknown-all = Toestand van de diensten onbekend
svc-nothing-asked = er wordt u niets gevraagd
svc-something-asked = dit werkt nog, en zo
svc-more = { $n ->
    [one] en nog { $n }
   *[other] en nog { $n }
  }
svc-open-all = Alle diensten
svc-open-past = Sinds wanneer?

## De officiële lijst

svc-list-good = officiële lijst van { $t }
svc-list-stale = officiële lijst van { $t }, te oud om te tellen
svc-list-ahead = officiële lijst van { $t }, later dan de klok van deze pc: ze telt niet mee
svc-list-refused = de laatst ontvangen lijst is niet echt, die van { $t } blijft in gebruik
svc-list-refused-none = de ontvangen lijst is niet echt
svc-list-never = nog geen officiële lijst
svc-list-off = geen officiële lijst in deze omgeving
svc-offline = deze pc heeft geen netwerk sinds { $t }
svc-last-picture = laatste overzicht { $at }

## Wie zegt het

svc-lede = Drie bronnen: de officiële lijst, de oproepen van deze pc, onze test.
svc-who = Wie zegt het?
svc-evidence-list = Officiële lijst
svc-evidence-calls = Uw oproepen
svc-evidence-check = Onze test
svc-with-time = { $what }, { $t }
svc-said-list = { $said ->
    [works] normaal
    [backup] noodroute
    [partly] deels noodroute
    [fails] buiten dienst
    [restless] onstabiel
    [old] te oud
   *[nothing] zegt niets
  }
svc-said-calls = { $said ->
    [works] antwoord
    [backup] via noodroute
    [partly] deels antwoord
    [fails] geen antwoord
    [restless] nu eens wel, dan weer niet
    [falters] laatste zonder antwoord
    [returns] weer antwoord
    [old] geen recente
   *[nothing] geen
  }
svc-said-check = { $said ->
    [works] antwoordt
    [backup] noodroute antwoordt
    [partly] antwoordt deels
    [fails] geen antwoord
    [restless] nu eens wel, dan weer niet
    [falters] laatste zonder antwoord
    [returns] antwoordt weer
    [old] te oud
   *[nothing] geen test
  }
svc-says-list = { $said ->
    [works] De normale route is actief. Handtekening gecontroleerd.
    [backup] Een noodroute is actief. Handtekening gecontroleerd.
    [partly] Een deel loopt via de noodroute. Handtekening gecontroleerd.
    [fails] De dienst staat er buiten dienst. Handtekening gecontroleerd.
    [restless] De lijst wisselde verschillende keren. Handtekening gecontroleerd.
    [old] De lijst is te oud en telt niet meer mee.
   *[nothing] De officiële lijst zegt niets over deze dienst.
  }
svc-says-calls = { $said ->
    [works] De oproepen van deze pc krijgen antwoord.
    [backup] De oproepen van deze pc gaan via de noodroute.
    [partly] Een deel van de oproepen van deze pc blijft zonder antwoord.
    [fails] De oproepen van deze pc blijven zonder antwoord.
    [restless] De oproepen van deze pc lukken bij momenten.
    [falters] De laatste oproep van deze pc bleef zonder antwoord. Dat telt nog niet als storing.
    [returns] De laatste oproep van deze pc kreeg weer antwoord. Dat telt nog niet als hersteld.
    [old] Al een tijd geen oproep van deze pc.
   *[nothing] Geen oproepen van deze pc.
  }
svc-says-check = { $said ->
    [works] De dienst antwoordt aan Relais.
    [backup] De noodroute antwoordt aan Relais.
    [partly] Een deel antwoordt aan Relais.
    [fails] De dienst antwoordt niet aan Relais.
    [restless] De dienst antwoordt bij momenten.
    [falters] De laatste test bleef zonder antwoord. Relais test weldra opnieuw.
    [returns] De laatste test kreeg weer antwoord. Relais test weldra opnieuw.
    [old] De laatste test is te oud en telt niet meer mee.
   *[nothing] Relais kan deze dienst niet testen.
  }

## Tabel

svc-col-name = Dienst
svc-col-state = Toestand
svc-view = Weergave
svc-view-now = Nu
svc-view-past = Geschiedenis

## Fiche

svc-back = Diensten
svc-print = De fiche afdrukken
svc-print-document = Afdrukken: { $name }, met uitleg
svc-levels = Niveaus
svc-level-in-force = in gebruik
svc-level-now = nu te doen
svc-level-if = als dat zo is
svc-level-out = nu niet mogelijk
svc-level-not-needed = niet aan de gang
svc-level-unknown = men weet het niet
svc-why-out = Dit is niet zo: { $what }
svc-why-out-not = Dit is zo: { $what }
svc-open = Niemand weet of dit klopt: { $what }
svc-open-setting = Nog niet gezegd in de instellingen: { $what }
svc-announced = Aangekondigd van { $from } tot { $until }: { $words } ({ $source })
svc-question = Is dit het geval? { $condition }
svc-patient = Aan de patiënt
svc-quote = “{ $text }”
svc-document = { $name }: { $purpose }
svc-source = Volgens het eHealth-platform, gelezen op { $d } ({ $ids }).
svc-then-mycarenet = Daarna, enkel als ook MyCareNet niet meer antwoordt:
svc-then = Daarna, enkel als ook dat niet meer gaat:
svc-not-foreseen = Niet voorzien voor deze dienst: { $names }
svc-flemish = Vlaams Gewest
svc-depends = Steunt op: { $names }

## Waar zit de storing

svc-fault = Waar zit de storing?
svc-fault-none = Geen bekende storing
svc-fault-pc = Deze pc en uw kaart
svc-fault-network = Uw netwerk
svc-fault-platform = eHealth-platform
svc-fault-insurers = Ziekenfondsen (MyCareNet)
svc-fault-good = in orde

## Minder dan 30 dagen

svc-recent-open = Een datum controleren
svc-recent-label = Datum van de laatste elektronische raadpleging
svc-recent-how = dag/maand/jaar, bijvoorbeeld { $d }
svc-recent-ask = Controleren
svc-recent-yes = Ja: ze telt tot en met { $d }.
svc-recent-no = Nee: ze telde tot en met { $d }.
svc-recent-future = Die datum moet nog komen.
svc-recent-none = Geef een volledige datum.
svc-recent-kept = Relais antwoordt en vergeet de datum.

## Meldingen

svc-spoken-one = { $name }: { $state }. { $do }
svc-spoken-more = { $n } diensten namen een andere route.

## Geschiedenis

svc-past-count = { $n ->
    [0] Geen afwijking in 24 uur
    [one] Eén afwijking in 24 uur
   *[other] { $n } afwijkingen in 24 uur
  }
svc-past-going = { $count }, waarvan { $n } aan de gang
svc-past-month = Dertig dagen, afwijkingen per dag
svc-past-month-none = Geen afwijking in 30 dagen
svc-past-lede = Een dunne lijn: de normale route. Een balk: een afwijking. Gestippeld: we weten het niet. Gearceerd: niemand keek.
svc-past-month-lede = Eén vakje per dag. Bleek: de normale route. Gestippeld: we weten het niet. Gearceerd: niemand keek.
svc-past-period = Periode
svc-past-day = 24 uur
svc-past-30 = 30 dagen
svc-past-picture = Tijdlijn, { $period }. Toets T: dezelfde inhoud als tabel.
svc-past-table = Als tabel tonen (T)
svc-past-lines = Als lijnen tonen (T)
svc-past-from = Begin
svc-past-until = Einde
svc-past-length = Duur
svc-past-now = aan de gang
svc-past-off = niemand keek (pc uit of Relais gesloten)
svc-past-every = alle
svc-past-minutes = { $n } min
svc-past-hours = { $h } u { $m }
svc-past-days = { $n ->
    [one] { $n } dag
   *[other] { $n } dagen
  }
svc-past-bar = { $name }: { $state }, { $when }
svc-past-what = { $name }: { $state }
svc-past-open = sinds { $t }, nog aan de gang
svc-past-closed = van { $from } tot { $until }, { $length }
svc-past-seen = { $who } { $at }: { $state }.
svc-past-legend-line = normaal
svc-past-today = vandaag

## Attest

svc-record = Attest van onbeschikbaarheid
svc-record-save = Het ondertekende bestand bewaren
svc-record-saved = Bewaard als { $path }
svc-record-print = Afdrukken

## Afdruk

svc-sheet = Noodfiche
svc-sheet-language = Taal van de fiche
svc-sheet-close = Sluiten
svc-sheet-dated = Toestand: { $d }. Volgens het eHealth-platform, gelezen op { $dated }.
svc-sheet-when = Wanneer: { $condition }
svc-sheet-last = En als niets werkt

## Waar de oproepen heen gaan

svc-routes = Waar de oproepen heen gaan
svc-routes-why = Voor wie aan de telefoon helpt: de noodroute werkt zonder dat hier iets verandert.
svc-route-profile = zoals ingesteld voor deze omgeving
svc-route-list = zoals de officiële lijst zegt
svc-route-old-list = zoals de laatste officiële lijst zei, die te oud is om te tellen
svc-route-failure = verlegd na een storing op deze pc
svc-route-person = door iemand gekozen tot { $t }
svc-route-choose = De oproepen elders heen sturen
svc-route-release = Weer volgens de officiële lijst
svc-route-where = Waarheen
svc-route-long = Hoelang
svc-route-hours = { $n ->
   *[other] { $n } uur
  }
svc-route-reason = Waarom
svc-route-go = Daarheen sturen
svc-route-close = Zo laten

## Software

svc-software = Software die meedoet
svc-software-read = Twee pagina's van het platform spreken elkaar tegen. Beide werden gelezen op { $d }; zelf dragen ze geen datum.
svc-software-package = Softwarepakket
svc-software-failover = Noodprocedure
svc-software-renewal = Hernieuwing
svc-software-named = genoemd
svc-software-unnamed = niet genoemd
