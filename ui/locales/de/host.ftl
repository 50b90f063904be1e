# Texte, die das Programm selbst zeigt: Fenstertitel und Befehlszeile.
pin-window-title = Relais, PIN-Code
ask-pin = PIN-Code von { $holder } ({ $tries ->
    [unknown] Anzahl der Versuche unbekannt
    [one] noch ein Versuch
   *[other] noch { $tries } Versuche
  }):
ask-password = Passwort des Keystores:
ask-again = Die Plattform befragt die Karte selbst: Der PIN-Code wird ein zweites Mal verlangt.
ask-consent = Ein weiterer Fehler sperrt die Karte. Tippen Sie JA, wenn Sie diesen Code sicher kennen:
consent-word = JA
on-keypad = Geben Sie Ihren Code am Lesegerät ein.
ask-keypad = Drücken Sie Enter, um den Code erneut am Lesegerät einzugeben, oder tippen Sie { $word }, um ihn auf dieser Tastatur einzugeben:
keyboard-word = PC
keyboard-unclear = Nicht verstanden: Drücken Sie nur Enter, oder tippen Sie { $word }.
signed-in = { $person }: Sitzung offen bis { $until }
no-session = Keine Sitzung offen
signed-out = Die Sitzung ist beendet und von diesem PC gelöscht.
advice = Was zu tun ist: { $advice }
when-tomorrow = morgen, { $t }
when-yesterday = gestern, { $t }
when-day = { $weekday ->
    [1] Mo.
    [2] Di.
    [3] Mi.
    [4] Do.
    [5] Fr.
    [6] Sa.
   *[7] So.
  }, { $day }. { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
  }, { $t }
