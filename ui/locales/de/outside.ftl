# Texte außerhalb der Fenster: Mitteilungen und das Symbol bei der Uhr. { $t } ist eine Uhrzeit, mit dem Tag, wenn { $day } nicht „today“ ist.

note-pin = Ihr PIN-Code verlängert die Sitzung.
    .more = Jederzeit vor { $t }.
note-pin-30 = Die Sitzung endet { $day ->
    [today] um { $t }
   *[other] { $t }
  }.
    .more = Weniger als 30 Minuten. Ihr PIN-Code verlängert sie.
note-pin-10 = Die Sitzung endet { $day ->
    [today] um { $t }
   *[other] { $t }
  }.
    .more = Weniger als 10 Minuten. Ihr PIN-Code verlängert sie.
note-password = Das Passwort des Keystores der Organisation verlängert die Sitzung.
    .more = Jederzeit vor { $t }.
note-password-30 = Die Sitzung endet { $day ->
    [today] um { $t }
   *[other] { $t }
  }.
    .more = Weniger als 30 Minuten. Das Passwort des Keystores der Organisation verlängert sie.
note-password-10 = Die Sitzung endet { $day ->
    [today] um { $t }
   *[other] { $t }
  }.
    .more = Weniger als 10 Minuten. Das Passwort des Keystores der Organisation verlängert sie.
note-nocard-60 = Die Sitzung ohne Karte endet { $day ->
    [today] um { $t }
   *[other] { $t }
  }.
    .more = Weniger als eine Stunde. Sie wird nicht verlängert.
note-nocard-15 = Die Sitzung ohne Karte endet { $day ->
    [today] um { $t }
   *[other] { $t }
  }.
    .more = Weniger als 15 Minuten. Sie wird nicht verlängert.
note-nocard-5 = Die Sitzung ohne Karte endet { $day ->
    [today] um { $t }
   *[other] { $t }
  }.
    .more = Weniger als 5 Minuten. Speichern Sie Ihre Arbeit.
note-card-back = Ihre Karte ist wieder da.
    .more = Kehren Sie zu einer vollständigen Sitzung zurück.
note-ended = Sitzung beendet { $day ->
    [today] um { $t }
   *[other] { $t }
  }
    .more = Bitte melden Sie sich neu an.
note-capped = Die zwölf Stunden sind vorbei.
    .more = Bitte melden Sie sich neu an.
note-service-back = Der Anmeldedienst antwortet wieder.
    .more = Sie können sich jetzt anmelden.
note-normal = { $function } läuft wieder normal.
    .more = Seit { $t }. Sie müssen nichts tun.
note-normal-several = Dienste laufen wieder normal.
    .more = Seit { $t }. Sie müssen nichts tun.
note-certificates = { $count ->
    [1] Ein Zertifikat braucht Sie.
   *[other] { $count } Zertifikate brauchen Sie.
  }
    .more = { $count ->
        [1] Ende: { $d }.
       *[other] Ende des ersten: { $d }.
    }
note-act-renew = PIN-Code eingeben
note-act-password = Das Passwort eingeben
note-act-sign-in = Anmelden
note-act-return = Zurück zur Karte
note-act-services = Die Dienste ansehen
note-act-certificates = Relais öffnen

tray-nobody = Keine Sitzung offen
tray-ended = Sitzung beendet { $day ->
    [today] um { $t }
   *[other] { $t }
  }
tray-held = Sitzung ohne Karte aufbewahrt, aber nicht benutzt
tray-open = Sitzung offen bis { $t }
tray-soon = Die Sitzung endet { $day ->
    [today] um { $t }
   *[other] { $t }
  }
tray-nocard = Sitzung ohne Karte bis { $t }
tray-tests = Tests: nichts hat echte Wirkung
tray-act-open = Relais öffnen
tray-act-renew = Jetzt erneuern
tray-act-hide = Fenster verbergen
tray-act-stop = Relais beenden
tray-act-stop-kept = Relais beenden (die Sitzung bleibt gültig)
tray-act-stop-lost = Relais beenden (die Sitzung geht verloren)
