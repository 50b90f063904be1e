# Het logboek: wat er op deze pc gebeurd is. { $t } is een tijd.

journal-title = Wat er op deze pc gebeurd is
journal-lede = Minstens { $months } maanden bewaard, alleen hier. Geen patiënten, geen codes, geen wachtwoorden.
journal-chain-whole = Er is niets aan gewijzigd.
journal-chain-after = Aan wat hier staat is niets gewijzigd. Het begint na regel { $n }; wat ervoor kwam, staat er niet meer in.
journal-chain-checking = Relais gaat na of er niets aan gewijzigd is.
journal-chain-broken = Gewijzigd vanaf regel { $n }.
    .more = Wat erna komt, bewijst niets meer; wat ervoor staat, blijft bevestigd.
journal-from-here = De keten is vanaf hier gebroken (regel { $n }).
journal-ahead = { $day }, volgens de klok van toen
journal-older = Ouder
journal-empty = Niets te melden sinds de installatie.
journal-empty-filter = Niets van dien aard in wat bewaard is.
journal-empty-shown = Niets van dien aard in wat tot hier getoond is.
journal-filter = Filter
journal-all = Alles
journal-signins = Aanmeldingen
journal-nocard = Zonder kaart
journal-services = Diensten
journal-certificates = Certificaten
journal-until = { $person }, tot { $t }.
journal-until-only = Tot { $t }.
journal-of = { $person }.

journal-signed-in = Sessie geopend met de eID
journal-signed-in-certificate = Sessie geopend met een certificaat
journal-signed-in-nocard = Sessie geopend zonder de kaart
journal-signed-out = Sessie afgesloten
journal-replaced = Sessie vervangen door die van iemand anders
journal-renewed = Sessie verlengd met de eID
journal-renewed-certificate = Sessie verlengd met haar certificaat
journal-renewal-failed = Vernieuwing uitgesteld
journal-service-back = Aanmelddienst weer bereikbaar
journal-restored = Sessie teruggevonden na de herstart
journal-ended = Sessie ten einde
journal-failed = Aanmelden is niet gelukt
journal-extension-failed = Verlengen is niet gelukt
journal-pin-refused = Pincode geweigerd
journal-pin-unknown = Poging met de pincode, afloop onbekend
journal-wiped = Wat getypt was, is gewist
journal-remembered = Wachtwoord van de keystore onthouden op deze pc
journal-forgotten = Wachtwoord van de keystore vergeten
journal-person-forgotten = Een persoon is op deze pc vergeten
journal-clock = De klok van deze pc ging achteruit
journal-time-back = Genoteerde tijd teruggezet door een persoon
journal-list-refused = Lijst van diensten geweigerd
journal-route-away = Oproepen gingen na een fout naar een ander adres
journal-route-back = Oproepen gaan weer naar het gewone adres
journal-route-chosen = Adres door iemand gekozen
journal-route-left = Gekozen adres losgelaten
journal-paper-printed = Pagina gedrukt om op papier te werken
journal-folder-agreed = Map met certificaten afgesproken
journal-folder-withdrawn = Map met certificaten niet meer bekeken
journal-certificates-told = Aan certificaten herinnerd
journal-aside = Beschadigd logboek opzijgezet
journal-gap = Er ontbreken regels
journal-waited = Regels wachtten voor ze geschreven werden
journal-cut = Oudere regels zijn verwijderd, zoals voorzien
journal-unreadable = Regel { $n } is niet te lezen: ze is gewijzigd.
journal-other = { $subject }: { $event }
journal-subject-session = Sessie
journal-subject-fallback = Zonder kaart
journal-subject-card = Kaart
journal-subject-service = Dienst
journal-subject-certificate = Certificaat
journal-subject-system = Deze pc
journal-subject-security = Beveiliging

journal-ledger = Sessies zonder de kaart
journal-ledger-count = { $n ->
    [0] Geen in { $days } dagen.
    [one] { $n } in { $days } dagen.
   *[other] { $n } in { $days } dagen.
  }
journal-ledger-empty = Hier wordt geen sessie zonder de kaart bewaard.
journal-ledger-start = Begin
journal-ledger-end = Einde
journal-ledger-reason = Reden
journal-ledger-how = Hoe ze eindigde
journal-how-open = nog open
journal-how-card = terug naar de kaart
journal-how-cap = twaalf uur om
journal-how-life = einde van de sessie
journal-how-person = afgesloten
journal-how-lost = niet teruggevonden na een herstart
