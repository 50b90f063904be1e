# Comment une session ouverte est gardée. { $t } est une heure, { $end } celle de la fin.

plan-badge = code PIN attendu
plan-next = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, vers { $t }.
plan-next-midday = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, vers { $t }, pendant la pause de midi.
plan-next-before = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, vers { $t }, avant vos consultations.
plan-next-between = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, vers { $t }, entre deux consultations.
plan-next-after = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, vers { $t }, après vos consultations.
plan-next-never = Tout est en ordre.
    .more = Aucun moment libre avant { $end } : une marque apparaîtra ici, sans vous déranger.
plan-probing = Relais vérifie que le service de connexion répond.
    .more = Votre code PIN sera demandé s'il répond.
plan-due = Votre code PIN est attendu,
    .more = quand vous voulez avant { $end }.
plan-due-snoozed = Votre code PIN est attendu avant { $end }.
    .more = Rappel à { $t }.
plan-due-30 = Moins de 30 minutes.
    .more = Votre code PIN prolonge la session ; sans lui, elle se termine à { $end }.
plan-due-10 = Moins de 10 minutes.
    .more = Votre code PIN prolonge la session ; sans lui, elle se termine à { $end }.
plan-down = La connexion est perturbée, vous pouvez continuer à travailler jusqu'à { $end }.
    .more = Relais réessaie à { $t } et vous demandera votre PIN si le service répond.
plan-down-last = La connexion est perturbée, vous pouvez continuer à travailler jusqu'à { $end }.
    .more = Aucun essai n'est plus prévu avant la fin.
plan-back = Votre carte est de nouveau là.
    .more = La session sans carte ne se prolonge pas ; avec l'eID, vous repartez pour une session complète.
plan-nocard = Vous pouvez travailler.
    .more = La session sans carte ne se prolonge pas. Quand votre carte sera de nouveau là, Relais vous le dira.
plan-nocard-60 = Moins d'une heure.
    .more = La session sans carte se termine à { $end } et ne se prolonge pas.
plan-nocard-15 = Moins de 15 minutes.
    .more = La session sans carte se termine à { $end } et ne se prolonge pas.
plan-nocard-5 = Moins de 5 minutes.
    .more = La session sans carte se termine à { $end }. Enregistrez ce qui est en cours.
plan-cap = Les douze heures sont passées.
    .more = Une nouvelle connexion est nécessaire.

plan-act-pin = Donner le code PIN
plan-act-later = Rappeler à { $t }
plan-act-renew = Renouveler maintenant
plan-act-back = Revenir à la carte
plan-act-nocard = Se connecter sans la carte

plan-post-next = renouvellement
plan-post-again = prochain essai
plan-post-failed = pas de réponse
plan-post-end-cap = fin, 12 h au plus
plan-line-next = Code PIN vers { $t }.
plan-line-again = Prochain essai à { $t }.
plan-line-failed = { $n ->
    [one] Un essai est resté sans réponse.
   *[other] { $n } essais sont restés sans réponse.
  }
