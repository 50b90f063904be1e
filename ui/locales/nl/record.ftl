# The record of an outage, printed or checked.

record-title = Verslag van een storing
record-function = Functie
record-environment = Omgeving
record-from = Van
record-until = Tot
record-version = Versie van Relais
record-key = Sleutel van deze pc
record-column-at = Wanneer
record-column-what = Wat
record-column-because = Gezien door
record-note = De tijden zijn die van België, volgens de klok van deze pc. Het bestand van dit verslag is ondertekend: relaisctl journal verify BESTAND zegt of het gewijzigd werd, en met welke sleutel het ondertekend is.
record-gap = Deze pc keek niet (uit, in slaap of gesloten)
record-gap-over = Deze pc kijkt weer
record-genuine = Verslag van een storing: volledig, zoals het met de sleutel hieronder ondertekend werd.
record-made-with = Gemaakt met sleutel
record-forged = Niet echt: geen verslag van een storing, of gewijzigd na de ondertekening.
record-ours = Op deze pc gemaakt
record-ours-yes = ja
record-ours-no = nee, of deze pc heeft zo geen sleutel
record-changes = Wijzigingen

record-health-unknown = Niet bekend
record-health-operational = Werkt zoals gewoonlijk
record-health-on-backup = Werkt op de reserve
record-health-degraded = Werkt gedeeltelijk
record-health-unstable = Komt en gaat
record-health-down = Werkt niet
record-health-planned = Aangekondigd onderhoud

record-witness-authority = Lijst van het platform
record-witness-real = Oproepen van deze pc
record-witness-probe = Controle door deze pc

record-deed-moved-away = Oproepen gingen na een fout naar een ander adres
record-deed-moved-back = Oproepen gingen terug naar het gewone adres
record-deed-route-chosen = Iemand koos het adres
record-deed-route-left = Het gekozen adres werd losgelaten
record-deed-without-card = Iemand werkte zonder de kaart
record-deed-paper-printed = Een papieren formulier werd afgedrukt
