# Wie eine offene Sitzung erhalten wird. { $end } ist das Ende; { $at } und { $ends } sind Zeitpunkte (when-at), { $about } ist ungefähr einer.

plan-badge = PIN-Code erwartet
plan-next = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, { $about }.
plan-next-midday = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, { $about }, in der Mittagspause.
plan-next-before = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, { $about }, vor Ihren Sprechstunden.
plan-next-between = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, { $about }, zwischen zwei Sprechstunden.
plan-next-after = Alles in Ordnung.
    .more = Ihr PIN-Code wird einmal verlangt, { $about }, nach Ihren Sprechstunden.
plan-next-never = Alles in Ordnung.
    .more = Kein freier Moment vor { $end }: Hier erscheint ein Zeichen, ohne Sie zu stören.
plan-probing = Relais prüft, ob der Anmeldedienst antwortet.
    .more = Ihr PIN-Code wird verlangt, wenn er antwortet.
plan-due = Ihr PIN-Code wird erwartet,
    .more = jederzeit vor { $end }.
plan-due-snoozed = Ihr PIN-Code wird vor { $end } erwartet.
    .more = Erinnerung { $at }.
plan-due-30 = Weniger als 30 Minuten.
    .more = Ihr PIN-Code verlängert die Sitzung; ohne ihn endet sie { $ends }.
plan-due-10 = Weniger als 10 Minuten.
    .more = Ihr PIN-Code verlängert die Sitzung; ohne ihn endet sie { $ends }.
plan-down = Die Anmeldung ist gestört, Sie können bis { $end } weiterarbeiten.
    .more = Relais versucht es { $at } erneut und fragt nach Ihrem PIN-Code, wenn der Dienst antwortet.
plan-down-last = Die Anmeldung ist gestört, Sie können bis { $end } weiterarbeiten.
    .more = Vor dem Ende ist kein Versuch mehr geplant.
plan-down-30 = Weniger als 30 Minuten.
    .more = Die Anmeldung ist gestört. Relais versucht es { $at } erneut und fragt nach Ihrem PIN-Code, wenn der Dienst antwortet; sonst endet die Sitzung { $ends }.
plan-down-last-30 = Weniger als 30 Minuten.
    .more = Die Anmeldung ist gestört, und es ist kein Versuch mehr geplant: Die Sitzung endet { $ends }.
plan-down-10 = Weniger als 10 Minuten.
    .more = Die Anmeldung ist gestört. Relais versucht es { $at } erneut und fragt nach Ihrem PIN-Code, wenn der Dienst antwortet; sonst endet die Sitzung { $ends }.
plan-down-last-10 = Weniger als 10 Minuten.
    .more = Die Anmeldung ist gestört, und es ist kein Versuch mehr geplant: Die Sitzung endet { $ends }.
plan-back = Ihre Karte ist wieder da.
    .more = Die Sitzung ohne Karte wird nicht verlängert; mit der eID beginnen Sie eine vollständige Sitzung.
plan-nocard = Sie können arbeiten.
    .more = Die Sitzung ohne Karte wird nicht verlängert. Ist Ihre Karte wieder da, sagt Relais es.
plan-nocard-60 = Weniger als eine Stunde.
    .more = Die Sitzung ohne Karte endet { $ends } und wird nicht verlängert.
plan-nocard-15 = Weniger als 15 Minuten.
    .more = Die Sitzung ohne Karte endet { $ends } und wird nicht verlängert.
plan-nocard-5 = Weniger als 5 Minuten.
    .more = Die Sitzung ohne Karte endet { $ends }. Speichern Sie, woran Sie arbeiten.
plan-cap = Die zwölf Stunden sind vorbei.
    .more = Bitte melden Sie sich neu an.

plan-act-pin = PIN-Code eingeben
plan-act-later = Erinnern { $at }
plan-act-renew = Jetzt erneuern
plan-act-back = Zurück zur Karte
plan-act-nocard = Ohne Karte anmelden

plan-post-next = Erneuerung
plan-post-again = nächster Versuch
plan-post-failed = keine Antwort
plan-post-end-cap = Ende, höchstens 12 Std.
plan-line-next = PIN-Code { $about }.
plan-line-again = Nächster Versuch { $at }.
plan-line-failed = { $n ->
    [one] Ein Versuch blieb ohne Antwort.
   *[other] { $n } Versuche blieben ohne Antwort.
  }
