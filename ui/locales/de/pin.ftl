# Das Fenster für den PIN-Code. { $t } ist eine Uhrzeit: „19:45“ oder „morgen, 01:45“.

pin-title = Ihr PIN-Code
pin-purpose = Um Ihre eHealth-Sitzung bis { $t } zu öffnen. Gefragt von Relais.
pin-purpose-renew = Um Ihre eHealth-Sitzung bis { $t } zu verlängern. Gefragt von Relais.
pin-purpose-open = Um Ihre eHealth-Sitzung zu öffnen. Gefragt von Relais.
pin-again = Die Plattform befragt die Karte selbst: Der PIN-Code wird ein zweites Mal verlangt.
pin-card-end = Karte mit der Endung { $end }
pin-tries = { $n ->
    [one] noch { $n } Versuch
   *[other] noch { $n } Versuche
  }
pin-tries-last = noch 1 Versuch von 3
pin-tries-unknown = Anzahl der Versuche unbekannt
pin-field = PIN-Code, 4 bis 12 Ziffern
pin-range = 4 bis 12 Ziffern
pin-count = { $n ->
    [0] keine Ziffer
    [one] { $n } Ziffer
   *[other] { $n } Ziffern
  }
pin-keys-show = Tasten am Bildschirm
pin-keys-hide = Tasten ausblenden
pin-erase = Löschen
pin-act = Sitzung öffnen
pin-act-renew = Sitzung verlängern
pin-later = Später
pin-calm = Nehmen Sie sich Zeit. Der Code geht an die Karte und wird dann vergessen.

pin-last = Noch ein Versuch
pin-last-why = Ein weiterer Fehler sperrt die Karte; nur die Gemeinde kann sie entsperren.
pin-last-use = Den letzten Versuch nutzen
pin-maybe-last = Vielleicht der letzte Versuch
pin-maybe-why = Ein weiterer Fehler könnte die Karte sperren; nur die Gemeinde kann sie entsperren.
pin-maybe-use = Diesen Code versuchen
pin-doubt = Im Zweifel? Versuchen Sie es nicht.
pin-doubt-session = Ihre Sitzung bleibt bis { $t } offen.
pin-last-sure = Ich kenne diesen Code mit Sicherheit
pin-last-first = Kreuzen Sie zuerst das Kästchen an
pin-last-no = Nicht versuchen

pin-wait-title = Warten auf Ihre Karte
pin-pad = Geben Sie Ihren Code am Lesegerät ein
pin-pad-time = Das Lesegerät wartet 30 Sekunden. Zum Aufhören drücken Sie seine Abbruchtaste.
pin-pad-ask = Noch einmal am Lesegerät?
pin-pad-again = Am Lesegerät eingeben
pin-pad-type = Am Computer eingeben
pin-pad-remembered = Relais merkt sich das für dieses Lesegerät; in den Einstellungen machen Sie es rückgängig.

pin-blocked-title = Karte gesperrt
pin-blocked = Die Karte ist gesperrt. Ihre Sitzung bleibt bis { $t } offen. Die Gemeinde entsperrt die Karte.
pin-blocked-alone = Die Karte ist gesperrt. Die Gemeinde entsperrt sie, mit dem Brief, der den PUK-Code enthält.
pin-close = Schließen

password-title = Passwort des Keystores
password-label = Passwort
password-hint = Ein Fehler sperrt nichts; Großbuchstaben zählen.
password-show = Anzeigen
password-hide = Verbergen
password-caps = Die Feststelltaste ist an.
password-remember = Auf diesem PC merken, für die Anmeldung mit der Karte

pin-working-title = Anmeldung läuft
pin-working = Lassen Sie die Karte im Lesegerät.
pin-done = Sitzung offen bis { $t }
pin-done-open = Sitzung offen
pin-failed-title = Anmelden ist jetzt nicht möglich
pin-code = Code zum Durchgeben: { $code }
