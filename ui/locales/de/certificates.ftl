# Zertifikate: was zu tun ist, Erinnerungen, und was in einen Kalender oder eine Tabelle kommt. { $d } ist ein Datum, { $who } der Inhaber.

certificates-date = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
  } { $year }

certificates-today-early = Gültig ab { $d }
certificates-today-wait = Zu erneuern ab { $d }
certificates-today-renew = Zu erneuern vor dem { $d }
certificates-today-ask-anew = Abgelaufen am { $d }: beantragen Sie ein neues, mit der eID
certificates-today-municipality = Beantragen Sie bei der Gemeinde eine neue Karte: diese läuft am { $d } ab, und das dauert Wochen
certificates-today-anchors = Relais vertraut dieser Stelle bis zum { $d }: eine neuere Version von Relais bringt die nächste
certificates-today-complete = Antrag läuft: schließen Sie ihn ab, wenn die E-Mail von eHealth da ist
certificates-today-keep = Bewahren Sie die alte Datei auf: sie öffnet die alten Nachrichten
certificates-today-nothing = Nichts zu tun
certificates-closed = Öffnet sich nur mit ihrem Passwort
certificates-closed-of = Öffnet sich nur mit ihrem Passwort; erstellt am { $d }

certificates-use-authentication = Anmelden
certificates-use-signature = Unterschreiben
certificates-use-encryption = Nachrichten lesen
certificates-use-authority = Zertifizierungsstelle
certificates-use-in-progress = Antrag

certificates-environment-production = Produktion
certificates-environment-acceptance = Akzeptanz
certificates-environment-integration = Integration
certificates-environment-sandbox = Sandkasten

certificates-column-who = Inhaber
certificates-column-type = Art
certificates-column-number = Nummer
certificates-column-application = Anwendung
certificates-column-environment = Umgebung
certificates-column-use = Wofür
certificates-column-from = Gültig ab
certificates-column-until = Gültig bis
certificates-column-today = Was jetzt geht
certificates-column-files = Dateien

certificates-event = Zertifikat von { $who } läuft ab
certificates-event-card = Identitätskarte von { $who } läuft ab
certificates-event-tests = Tests ({ $environment }): Zertifikat von { $who } läuft ab
certificates-event-step = Zu erneuern ab { $d }. Die Erneuerung bringt einen neuen Schlüssel: bewahren Sie die alte Datei und ihr Passwort auf.

certificates-told-opened = Das Zertifikat von { $who } kann erneuert werden, bis zum { $d }.
certificates-told-days = Das Zertifikat von { $who } läuft in { $days ->
    [1] einem Tag
   *[other] { $days } Tagen
  } ab, am { $d }.
certificates-told-ended = Das Zertifikat von { $who } ist am { $d } abgelaufen.
certificates-told-many = { $count } Zertifikate brauchen Aufmerksamkeit; am dringendsten das von { $who } ({ $d }).
certificates-told-failed = Die Erneuerung des Zertifikats von { $who } ist fehlgeschlagen.

certificates-deputy-subject = Zertifikat von { $who }: können Sie übernehmen?
certificates-deputy-body = Guten Tag, das Zertifikat von { $who } läuft am { $d } ab. Können Sie die Erneuerung übernehmen?
