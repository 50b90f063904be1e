# Wie eine offene Sitzung erhalten wird. { $t } ist eine Uhrzeit, { $end } die des Endes.

plan-badge = PIN-Code erwartet
plan-next = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, gegen { $t }.
plan-next-midday = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, gegen { $t }, in der Mittagspause.
plan-next-before = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, gegen { $t }, vor Ihren Sprechstunden.
plan-next-between = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, gegen { $t }, zwischen zwei Sprechstunden.
plan-next-after = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, gegen { $t }, nach Ihren Sprechstunden.
plan-next-never = Alles in Ordnung.
    .more = Kein freier Moment vor { $end }: Hier erscheint ein Zeichen, ohne Sie zu stören.
plan-probing = Relais prüft, ob der Anmeldedienst antwortet.
    .more = Ihr PIN-Code wird verlangt, wenn er antwortet.
plan-due = Ihr PIN-Code wird erwartet,
    .more = jederzeit vor { $end }.
plan-due-snoozed = Ihr PIN-Code wird vor { $end } erwartet.
    .more = Erinnerung um { $t }.
plan-due-30 = Weniger als 30 Minuten.
    .more = Ihr PIN-Code verlängert die Sitzung; ohne ihn endet sie um { $end }.
plan-due-10 = Weniger als 10 Minuten.
    .more = Ihr PIN-Code verlängert die Sitzung; ohne ihn endet sie um { $end }.
plan-down = Die Anmeldung ist gestört, Sie können bis { $end } weiterarbeiten.
    .more = Relais versucht es um { $t } erneut und fragt nach Ihrem PIN-Code, wenn der Dienst antwortet.
plan-down-last = Die Anmeldung ist gestört, Sie können bis { $end } weiterarbeiten.
    .more = Vor dem Ende ist kein Versuch mehr geplant.
plan-back = Ihre Karte ist wieder da.
    .more = Die Sitzung ohne Karte wird nicht verlängert; mit der eID beginnen Sie eine vollständige Sitzung.
plan-nocard = Sie können arbeiten.
    .more = Die Sitzung ohne Karte wird nicht verlängert. Ist Ihre Karte wieder da, sagt Relais es.
plan-nocard-60 = Weniger als eine Stunde.
    .more = Die Sitzung ohne Karte endet um { $end } und wird nicht verlängert.
plan-nocard-15 = Weniger als 15 Minuten.
    .more = Die Sitzung ohne Karte endet um { $end } und wird nicht verlängert.
plan-nocard-5 = Weniger als 5 Minuten.
    .more = Die Sitzung ohne Karte endet um { $end }. Speichern Sie, woran Sie arbeiten.
plan-cap = Die zwölf Stunden sind vorbei.
    .more = Bitte melden Sie sich neu an.

plan-act-pin = PIN-Code eingeben
plan-act-later = Um { $t } erinnern
plan-act-renew = Jetzt erneuern
plan-act-back = Zurück zur Karte
plan-act-nocard = Ohne Karte anmelden

plan-post-next = Erneuerung
plan-post-again = nächster Versuch
plan-post-failed = keine Antwort
plan-post-end-cap = Ende, höchstens 12 Std.
plan-line-next = PIN-Code gegen { $t }.
plan-line-again = Nächster Versuch um { $t }.
plan-line-failed = { $n ->
    [one] Ein Versuch blieb ohne Antwort.
   *[other] { $n } Versuche blieben ohne Antwort.
  }
