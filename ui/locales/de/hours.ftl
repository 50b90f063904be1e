# Nicht stören: Arbeitszeiten und Sprechstunden.

hours-group = Nicht stören
hours-name = Sprechstunden
hours-effect = { $list }. Der PIN-Code wird davor, dazwischen oder danach verlangt.
hours-effect-none = Keine. Der PIN-Code kann jederzeit während der Arbeitszeit verlangt werden.
hours-effect-off = Kein Arbeitstag: Relais verlangt den PIN-Code nie von sich aus.
hours-of-days = { $days } { $stretches }
hours-and = { $one }; { $other }
hours-day-list = { $first } bis { $last }
hours-stretch = { $from } bis { $to }
hours-change = Ändern

hours-title = Sprechstunden
hours-lede = Während einer Sprechstunde verlangt Relais nichts. Schreiben Sie Uhrzeiten wie 8.30 oder 08:30.
hours-works = Arbeitstag
hours-open = Arbeitszeit
hours-block = { $n }. Sprechstunde
hours-from = von
hours-to = bis
hours-label-from = { $what }, { $day }, Beginn
hours-label-to = { $what }, { $day }, Ende
hours-add = Sprechstunde hinzufügen
hours-add-to = Sprechstunde hinzufügen, { $day }
hours-remove = Diese Sprechstunde entfernen, { $day }, { $from } bis { $to }
hours-off = An diesem Tag keine Arbeit.
hours-copy = Montag auf die anderen Tage kopieren
hours-copied = Die anderen Tage sind jetzt wie Montag.
hours-wrong-time = Geben Sie eine Uhrzeit an, wie 8.30.
hours-wrong-order = Der Beginn muss vor dem Ende liegen.
hours-wrong-outside = Außerhalb der Arbeitszeit, { $from } bis { $to }.
hours-joined = { $one } und { $other } überschneiden sich: Relais macht daraus eine Sprechstunde, { $both }.
hours-save = Diese Zeiten behalten
hours-save-later = { $n ->
    [one] Eine Uhrzeit ist zu berichtigen.
   *[other] { $n } Uhrzeiten sind zu berichtigen.
  }
hours-cancel = Abbrechen
hours-close = Schließen
