# Ne pas déranger : heures de travail et consultations.

hours-group = Ne pas déranger
hours-name = Heures de consultation
hours-effect = { $list }. Le code PIN est demandé avant, entre ou après.
hours-effect-none = Aucune. Le code PIN peut être demandé à tout moment des heures de travail.
hours-effect-off = Aucun jour de travail : Relais ne demande jamais le code PIN de lui-même.
hours-of-days = { $days } { $stretches }
hours-and = { $one } ; { $other }
hours-day-list = { $first } à { $last }
hours-stretch = { $from } à { $to }
hours-change = Modifier

hours-title = Heures de consultation
hours-lede = Pendant une consultation, Relais ne demande rien. Les heures se notent comme 8h30 ou 08:30.
hours-works = Jour de travail
hours-open = Heures de travail
hours-block = { $n ->
    [1] 1re consultation
   *[other] { $n }e consultation
  }
hours-from = de
hours-to = à
hours-label-from = { $what }, { $day }, début
hours-label-to = { $what }, { $day }, fin
hours-add = Ajouter une consultation
hours-add-to = Ajouter une consultation, { $day }
hours-remove = Retirer cette consultation, { $day }, { $from } à { $to }
hours-off = Pas de travail ce jour.
hours-copy = Copier lundi vers les autres jours
hours-copied = Les autres jours sont maintenant comme lundi.
hours-wrong-time = Indiquez une heure, comme 8h30.
hours-wrong-order = Le début doit précéder la fin.
hours-wrong-outside = En dehors des heures de travail, { $from } à { $to }.
hours-joined = { $one } et { $other } se recouvrent : Relais en fait une seule consultation, { $both }.
hours-save = Garder ces heures
hours-save-later = { $n ->
    [one] Une heure est à corriger.
   *[other] { $n } heures sont à corriger.
  }
hours-cancel = Annuler
hours-close = Fermer
