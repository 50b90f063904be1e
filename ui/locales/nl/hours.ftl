# Niet storen: werkuren en raadplegingen.

hours-group = Niet storen
hours-name = Raadplegingen
hours-effect = { $list }. De pincode wordt ervoor, ertussen of erna gevraagd.
hours-effect-none = Geen. De pincode kan tijdens alle werkuren gevraagd worden.
hours-effect-off = Geen werkdagen: Relais vraagt nooit zelf de pincode.
hours-of-days = { $days } { $stretches }
hours-and = { $one }; { $other }
hours-day-list = { $first } tot { $last }
hours-stretch = { $from } tot { $to }
hours-change = Wijzigen

hours-title = Raadplegingen
hours-lede = Tijdens een raadpleging vraagt Relais niets. Schrijf uren als 8u30 of 08:30.
hours-works = Werkdag
hours-open = Werkuren
hours-block = { $n }e raadpleging
hours-from = van
hours-to = tot
hours-label-from = { $what }, { $day }, begin
hours-label-to = { $what }, { $day }, einde
hours-add = Raadpleging toevoegen
hours-add-to = Raadpleging toevoegen, { $day }
hours-remove = Deze raadpleging verwijderen, { $day }, { $from } tot { $to }
hours-off = Geen werk op deze dag.
hours-copy = Maandag kopiëren naar de andere dagen
hours-copied = De andere dagen zijn nu zoals maandag.
hours-wrong-time = Geef een uur, zoals 8u30.
hours-wrong-order = Het begin moet vóór het einde komen.
hours-wrong-outside = Buiten de werkuren, { $from } tot { $to }.
hours-joined = { $one } en { $other } overlappen: Relais maakt er één raadpleging van, { $both }.
hours-save = Deze uren bewaren
hours-save-later = { $n ->
    [one] Eén uur is nog te verbeteren.
   *[other] { $n } uren zijn nog te verbeteren.
  }
hours-cancel = Annuleren
hours-close = Sluiten
