# Das Protokoll: was auf diesem PC geschehen ist. { $t } ist eine Uhrzeit.

journal-title = Was auf diesem PC geschehen ist
journal-lede = Mindestens { $months } Monate aufbewahrt, nur hier. Weder Patienten noch Codes noch Passwörter.
journal-chain-whole = Es wurde nichts daran geändert.
journal-chain-after = An dem, was hier steht, wurde nichts geändert. Es beginnt nach Eintrag { $n }; was davor kam, steht nicht mehr darin.
journal-chain-checking = Relais prüft, ob nichts daran geändert wurde.
journal-chain-broken = Geändert ab Eintrag { $n }.
    .more = Was danach kommt, beweist nichts mehr; was davor steht, bleibt geprüft.
journal-from-here = Die Kette ist ab hier gebrochen (Eintrag { $n }).
journal-ahead = { $day }, nach der damaligen Uhr
journal-older = Älter
journal-empty = Seit der Installation nichts zu melden.
journal-empty-filter = Nichts dergleichen in dem, was aufbewahrt ist.
journal-empty-shown = Nichts dergleichen in dem, was bis hierher gezeigt wird.
journal-filter = Filter
journal-all = Alles
journal-signins = Anmeldungen
journal-nocard = Ohne Karte
journal-services = Dienste
journal-certificates = Zertifikate
journal-until = { $person }, bis { $t }.
journal-until-only = Bis { $t }.
journal-of = { $person }.

journal-signed-in = Sitzung mit der eID geöffnet
journal-signed-in-certificate = Sitzung mit einem Zertifikat geöffnet
journal-signed-in-nocard = Sitzung ohne die Karte geöffnet
journal-signed-out = Sitzung geschlossen
journal-replaced = Sitzung durch die einer anderen Person ersetzt
journal-renewed = Sitzung mit der eID verlängert
journal-renewed-certificate = Sitzung mit ihrem Zertifikat verlängert
journal-renewal-failed = Erneuerung verschoben
journal-service-back = Anmeldedienst wieder erreichbar
journal-restored = Sitzung nach dem Neustart wiedergefunden
journal-ended = Sitzung zu Ende
journal-failed = Anmeldung nicht gelungen
journal-extension-failed = Verlängerung nicht gelungen
journal-pin-refused = PIN-Code abgelehnt
journal-pin-unknown = Versuch mit dem PIN-Code, Ergebnis unbekannt
journal-wiped = Was getippt war, wurde gelöscht
journal-remembered = Passwort des Keystores auf diesem PC gemerkt
journal-forgotten = Passwort des Keystores vergessen
journal-person-forgotten = Eine Person wurde auf diesem PC vergessen
journal-clock = Die Uhr dieses PCs ging zurück
journal-time-back = Notierte Zeit von einer Person zurückgestellt
journal-list-refused = Liste der Dienste abgewiesen
journal-route-away = Aufrufe gingen nach einem Fehler an eine andere Adresse
journal-route-back = Aufrufe gehen wieder an die gewohnte Adresse
journal-route-chosen = Adresse von jemandem gewählt
journal-route-left = Gewählte Adresse aufgegeben
journal-paper-printed = Seite gedruckt, um auf Papier zu arbeiten
journal-folder-agreed = Ordner mit Zertifikaten vereinbart
journal-folder-withdrawn = Ordner mit Zertifikaten nicht mehr angesehen
journal-certificates-told = An Zertifikate erinnert
journal-aside = Beschädigtes Protokoll beiseitegelegt
journal-gap = Es fehlen Einträge
journal-waited = Einträge warteten, bevor sie geschrieben wurden
journal-cut = Ältere Einträge wurden wie vorgesehen entfernt
journal-unreadable = Eintrag { $n } ist nicht lesbar: Er wurde geändert.
journal-other = { $subject }: { $event }
journal-subject-session = Sitzung
journal-subject-fallback = Ohne Karte
journal-subject-card = Karte
journal-subject-service = Dienst
journal-subject-certificate = Zertifikat
journal-subject-system = Dieser PC
journal-subject-security = Sicherheit

journal-ledger = Sitzungen ohne die Karte
journal-ledger-count = { $n ->
    [0] Keine in { $days } Tagen.
    [one] { $n } in { $days } Tagen.
   *[other] { $n } in { $days } Tagen.
  }
journal-ledger-empty = Hier ist keine Sitzung ohne die Karte aufbewahrt.
journal-ledger-start = Beginn
journal-ledger-end = Ende
journal-ledger-reason = Grund
journal-ledger-how = Wie sie endete
journal-how-open = noch offen
journal-how-card = zurück zur Karte
journal-how-cap = zwölf Stunden vorbei
journal-how-life = Ende der Sitzung
journal-how-person = geschlossen
journal-how-lost = nach einem Neustart nicht wiedergefunden
