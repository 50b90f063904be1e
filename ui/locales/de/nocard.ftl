# Anmelden ohne die Karte. { $t } ist eine Uhrzeit, { $n } das wievielte Mal in { $days } Tagen.

nocard-title = Ohne Karte anmelden
nocard-what = Ausnahmsweise, wenn Karte oder Lesegerät fehlt. Höchstens { $hours ->
    [12] zwölf
   *[other] { $hours }
  } Stunden, danach eine neue Anmeldung.
nocard-same = Die Sitzung ohne Karte, { $at } geöffnet, zählt weiter: Ihr Ende verschiebt sich nicht.
nocard-useless = Der Anmeldedienst antwortet zurzeit nicht.
    .more = Auch die Anmeldung ohne Karte läuft über ihn: Sie wird höchstwahrscheinlich nicht helfen.

nocard-found = Von Relais festgestellt:
nocard-found-unknown = Lesegerät und Karte noch nicht gesehen
nocard-found-down = Kartenlesegeräte nicht erreichbar
nocard-found-noreader = kein Lesegerät gefunden
nocard-found-nocard = Lesegerät ohne Karte
nocard-found-unusable = Karte nicht brauchbar
nocard-found-several = mehrere eIDs in den Lesegeräten
nocard-found-ready = eID im Lesegerät
nocard-found-tries = { $n ->
    [one] eID im Lesegerät, noch { $n } Versuch
   *[other] eID im Lesegerät, noch { $n } Versuche
  }
nocard-found-blocked = PIN-Code gesperrt
nocard-service-unknown = Anmeldedienst noch nicht geprüft
nocard-service-answers = Anmeldedienst erreichbar
nocard-service-silent = Anmeldedienst antwortet zurzeit nicht

nocard-why = Warum ohne die Karte?
nocard-group-hand = Ich habe sie nicht zur Hand
nocard-group-technical = Ein technisches Problem
nocard-reason-forgotten = Vergessen
nocard-reason-lost = Verloren oder gestohlen
nocard-reason-notrecognised = Lesegerät oder Karte nicht erkannt
nocard-reason-pinblocked = PIN-Code gesperrt
nocard-reason-other = Anderes, bitte angeben
nocard-lost-tip = lassen Sie sie sperren: DOC STOP
nocard-fits = entspricht dem, was Relais feststellt
nocard-other = Worum geht es?
nocard-other-hint = Eine Zeile, im Protokoll dieses PCs aufbewahrt. Weder Patient noch Code noch Passwort.

nocard-password = Passwort des Keystores von { $person }
nocard-password-nobody = Passwort des Keystores
nocard-where = Wo es zu finden ist, laut Ihrer Notiz: „{ $hint }“.
nocard-show = Anzeigen
nocard-hide = Verbergen
nocard-caps = Die Feststelltaste ist aktiv.

nocard-count = { $n ->
    [1] Erstes Mal in { $days } Tagen.
   *[other] { $n }. Mal in { $days } Tagen.
  }
nocard-noted = Die Nutzung steht mit ihrem Grund im Protokoll dieses PCs; das Passwort nie.
nocard-often = { $n }. Mal in { $days } Tagen. Die Regel behält diesen Weg Ausnahmen vor; das hilft, ihn zu vermeiden.
nocard-row = { $n }. Mal in Folge ohne die Karte. Die Regel behält diesen Weg Ausnahmen vor; das hilft, ihn zu vermeiden.
nocard-cure = Eine Karte, die bei den Schlüsseln bleibt, ein zweites Lesegerät, ein PIN-Code, den die Gemeinde entsperrt.
nocard-cure-forgotten = Eine Karte, die bei den Schlüsseln bleibt statt im Lesegerät.
nocard-cure-lost = Die Gemeinde stellt eine neue Karte aus.
nocard-cure-notrecognised = Ein zweites Lesegerät, oder ein Versuch mit der Karte an einem anderen PC.
nocard-cure-pinblocked = Die Gemeinde entsperrt die Karte mit dem PUK-Code.
nocard-cure-other = Der Helpdesk Ihrer Software kennt oft die Ursache.
nocard-justify = Warum ist dieser Weg noch nötig?
nocard-justify-hint = Ein Satz genügt, für das Protokoll dieses PCs. Das verbietet nichts: Die Versorgung geht vor.

nocard-act = Öffnen bis spätestens { $t }
nocard-missing = Grund und Passwort fehlen noch.
nocard-missing-reason = Der Grund fehlt noch.
nocard-missing-note = Geben Sie den Grund in einer Zeile an.
nocard-missing-justification = Der Satz, der sagt warum, fehlt noch.
nocard-missing-password = Das Passwort fehlt noch.
nocard-cancel = Abbrechen
nocard-close = Schließen
nocard-working = Die Anmeldung ohne Karte läuft.

choice-title = Wessen Keystore ist es?
choice-what = Auf diesem PC liegen Keystores mehrerer Personen. Ohne ihr Passwort weiß Relais nicht mehr von ihnen als das.
choice-what-organisations = Auf diesem PC liegen Keystores mehrerer Organisationen.
choice-made = Keystore erstellt { $t }
choice-unnamed = Ein Keystore ohne Datum
choice-act = Weiter
