# Textes hors des fenêtres : notifications, et icône près de l'horloge. { $t } est une heure, avec son jour si { $day } n'est pas « today ».

note-pin = Votre code PIN prolonge la session.
    .more = Quand vous voulez avant { $t }.
note-pin-30 = La session se termine { $day ->
    [today] à { $t }
   *[other] { $t }
  }.
    .more = Moins de 30 minutes. Votre code PIN la prolonge.
note-pin-10 = La session se termine { $day ->
    [today] à { $t }
   *[other] { $t }
  }.
    .more = Moins de 10 minutes. Votre code PIN la prolonge.
note-password = Le mot de passe du keystore de l'organisation prolonge la session.
    .more = Quand vous voulez avant { $t }.
note-password-30 = La session se termine { $day ->
    [today] à { $t }
   *[other] { $t }
  }.
    .more = Moins de 30 minutes. Le mot de passe du keystore de l'organisation la prolonge.
note-password-10 = La session se termine { $day ->
    [today] à { $t }
   *[other] { $t }
  }.
    .more = Moins de 10 minutes. Le mot de passe du keystore de l'organisation la prolonge.
note-nocard-60 = La session sans carte se termine { $day ->
    [today] à { $t }
   *[other] { $t }
  }.
    .more = Moins d'une heure. Elle n'est pas prolongée.
note-nocard-15 = La session sans carte se termine { $day ->
    [today] à { $t }
   *[other] { $t }
  }.
    .more = Moins de 15 minutes. Elle n'est pas prolongée.
note-nocard-5 = La session sans carte se termine { $day ->
    [today] à { $t }
   *[other] { $t }
  }.
    .more = Moins de 5 minutes. Enregistrez votre travail en cours.
note-card-back = Votre carte est de nouveau là.
    .more = Repassez à une session complète.
note-ended = Session terminée { $day ->
    [today] à { $t }
   *[other] { $t }
  }
    .more = Une nouvelle connexion est nécessaire.
note-capped = Les douze heures sont passées.
    .more = Une nouvelle connexion est nécessaire.
note-service-back = Le service de connexion répond de nouveau.
    .more = Vous pouvez vous connecter maintenant.
note-normal = { $function } : tout est de nouveau normal.
    .more = Depuis { $t }. Vous n'avez rien à faire.
note-normal-several = Des services fonctionnent de nouveau normalement.
    .more = Depuis { $t }. Vous n'avez rien à faire.
note-certificates = { $count ->
    [1] Un certificat a besoin de vous.
   *[other] { $count } certificats ont besoin de vous.
  }
    .more = { $count ->
        [1] Fin : { $d }.
       *[other] Fin du premier : { $d }.
    }
note-act-renew = Donner le code
note-act-password = Saisir le mot de passe
note-act-sign-in = Se connecter
note-act-return = Revenir à la carte
note-act-services = Voir les services
note-act-certificates = Ouvrir Relais

tray-nobody = Aucune session ouverte
tray-ended = Session terminée { $day ->
    [today] à { $t }
   *[other] { $t }
  }
tray-held = Session sans carte gardée, mais pas utilisée
tray-open = Session ouverte jusqu'à { $t }
tray-soon = La session se termine { $day ->
    [today] à { $t }
   *[other] { $t }
  }
tray-nocard = Session sans carte jusqu'à { $t }
tray-tests = Tests : rien n'a d'effet réel
tray-act-open = Ouvrir Relais
tray-act-renew = Renouveler maintenant
tray-act-hide = Masquer la fenêtre
tray-act-stop = Arrêter Relais
tray-act-stop-kept = Arrêter Relais (la session reste valable)
tray-act-stop-lost = Arrêter Relais (la session sera perdue)
