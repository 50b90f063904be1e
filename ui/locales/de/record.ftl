# The record of an outage, printed or checked.

record-title = Bericht über einen Ausfall
record-function = Funktion
record-environment = Umgebung
record-from = Von
record-until = Bis
record-version = Version von Relais
record-key = Schlüssel dieses PC
record-column-at = Wann
record-column-what = Was
record-column-because = Gesehen von
record-note = Die Zeiten sind die Belgiens, nach der Uhr dieses PC. Die Datei dieses Berichts ist unterschrieben: relaisctl journal verify DATEI sagt, ob sie geändert wurde und mit welchem Schlüssel sie unterschrieben ist.
record-gap = Dieser PC sah nicht nach (aus, im Ruhezustand oder geschlossen)
record-gap-over = Dieser PC sieht wieder nach
record-genuine = Bericht über einen Ausfall: unversehrt, so wie er mit dem Schlüssel unten signiert wurde.
record-made-with = Gemacht mit Schlüssel
record-forged = Nicht echt: kein Bericht über einen Ausfall, oder nach der Unterschrift geändert.
record-ours = Auf diesem PC gemacht
record-ours-yes = ja
record-ours-no = nein, oder dieser PC hat keinen solchen Schlüssel
record-changes = Änderungen

record-health-unknown = Nicht bekannt
record-health-operational = Arbeitet wie gewohnt
record-health-on-backup = Arbeitet auf dem Ersatz
record-health-degraded = Arbeitet zum Teil
record-health-unstable = Kommt und geht
record-health-down = Arbeitet nicht
record-health-planned = Angekündigte Wartung

record-witness-authority = Liste der Plattform
record-witness-real = Aufrufe dieses PC
record-witness-probe = Prüfung durch diesen PC

record-deed-moved-away = Aufrufe gingen nach einem Fehler an eine andere Adresse
record-deed-moved-back = Aufrufe gingen zurück an die gewohnte Adresse
record-deed-route-chosen = Jemand hat die Adresse gewählt
record-deed-route-left = Die gewählte Adresse wurde aufgegeben
record-deed-without-card = Jemand hat ohne die Karte gearbeitet
record-deed-paper-printed = Ein Papierformular wurde gedruckt
