# Comment une session ouverte est gardée. { $end } est la fin ; { $at } et { $ends } sont des moments (when-at), { $about } en est un à peu près.

plan-badge = code PIN attendu
plan-next = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, { $about }.
plan-next-midday = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, { $about }, pendant la pause de midi.
plan-next-before = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, { $about }, avant vos consultations.
plan-next-between = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, { $about }, entre deux consultations.
plan-next-after = Tout est en ordre.
    .more = Votre code PIN sera demandé une fois, { $about }, après vos consultations.
plan-next-never = Tout est en ordre.
    .more = Aucun moment libre avant { $end } : une marque apparaîtra ici, sans vous déranger.
plan-probing = Relais vérifie que le service de connexion répond.
    .more = Votre code PIN sera demandé s'il répond.
plan-due = Votre code PIN est attendu,
    .more = quand vous voulez avant { $end }.
plan-due-snoozed = Votre code PIN est attendu avant { $end }.
    .more = Rappel { $at }.
plan-due-30 = Moins de 30 minutes.
    .more = Votre code PIN prolonge la session ; sans lui, elle se termine { $ends }.
plan-due-10 = Moins de 10 minutes.
    .more = Votre code PIN prolonge la session ; sans lui, elle se termine { $ends }.
plan-down = La connexion est perturbée, vous pouvez continuer à travailler jusqu'à { $end }.
    .more = Relais réessaie { $at } et vous demandera votre PIN si le service répond.
plan-down-last = La connexion est perturbée, vous pouvez continuer à travailler jusqu'à { $end }.
    .more = Aucun essai n'est plus prévu avant la fin.
plan-down-30 = Moins de 30 minutes.
    .more = La connexion est perturbée. Relais réessaie { $at } et vous demandera votre PIN si le service répond ; sinon, la session se termine { $ends }.
plan-down-last-30 = Moins de 30 minutes.
    .more = La connexion est perturbée et aucun essai n'est plus prévu : la session se termine { $ends }.
plan-down-10 = Moins de 10 minutes.
    .more = La connexion est perturbée. Relais réessaie { $at } et vous demandera votre PIN si le service répond ; sinon, la session se termine { $ends }.
plan-down-last-10 = Moins de 10 minutes.
    .more = La connexion est perturbée et aucun essai n'est plus prévu : la session se termine { $ends }.
plan-back = Votre carte est de nouveau là.
    .more = La session sans carte ne se prolonge pas ; avec l'eID, vous repartez pour une session complète.
plan-nocard = Vous pouvez travailler.
    .more = La session sans carte ne se prolonge pas. Quand votre carte sera de nouveau là, Relais vous le dira.
plan-nocard-60 = Moins d'une heure.
    .more = La session sans carte se termine { $ends } et ne se prolonge pas.
plan-nocard-15 = Moins de 15 minutes.
    .more = La session sans carte se termine { $ends } et ne se prolonge pas.
plan-nocard-5 = Moins de 5 minutes.
    .more = La session sans carte se termine { $ends }. Enregistrez ce qui est en cours.
plan-cap = Les douze heures sont passées.
    .more = Une nouvelle connexion est nécessaire.

plan-act-pin = Donner le code PIN
plan-act-later = Rappeler { $at }
plan-act-renew = Renouveler maintenant
plan-act-back = Revenir à la carte
plan-act-nocard = Se connecter sans la carte

plan-post-next = renouvellement
plan-post-again = prochain essai
plan-post-failed = pas de réponse
plan-post-end-cap = fin, 12 h au plus
plan-line-next = Code PIN { $about }.
plan-line-again = Prochain essai { $at }.
plan-line-failed = { $n ->
    [one] Un essai est resté sans réponse.
   *[other] { $n } essais sont restés sans réponse.
  }
