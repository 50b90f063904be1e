# La connexion sans la carte. { $t } est une heure, { $n } le rang de cet usage en { $days } jours.

nocard-title = Se connecter sans la carte
nocard-what = Pour une fois, quand la carte ou le lecteur fait défaut. { $hours ->
    [12] Douze heures
   *[other] { $hours } heures
  } au plus, puis une nouvelle connexion.
nocard-same = La session sans carte ouverte { $at } compte toujours : sa fin ne bouge pas.
nocard-useless = Le service de connexion ne répond pas pour l'instant.
    .more = La connexion sans carte passe par lui aussi : elle n'aidera très probablement pas.

nocard-found = Constaté par Relais :
nocard-found-unknown = lecteur et carte pas encore vus
nocard-found-down = lecteurs de carte injoignables
nocard-found-noreader = aucun lecteur détecté
nocard-found-nocard = lecteur sans carte
nocard-found-unusable = carte inutilisable
nocard-found-several = plusieurs eID dans les lecteurs
nocard-found-ready = eID dans le lecteur
nocard-found-tries = { $n ->
    [one] eID dans le lecteur, { $n } essai restant
   *[other] eID dans le lecteur, { $n } essais restants
  }
nocard-found-blocked = code PIN bloqué
nocard-service-unknown = service de connexion pas encore vérifié
nocard-service-answers = service de connexion joignable
nocard-service-silent = service de connexion sans réponse pour l'instant

nocard-why = Pourquoi sans la carte ?
nocard-group-hand = Je ne l'ai pas sous la main
nocard-group-technical = Un problème technique
nocard-reason-forgotten = Oubliée
nocard-reason-lost = Perdue ou volée
nocard-reason-notrecognised = Lecteur ou carte non reconnus
nocard-reason-pinblocked = Code PIN bloqué
nocard-reason-other = Autre, à préciser
nocard-lost-tip = pensez à la faire bloquer : DOC STOP
nocard-fits = correspond à ce que Relais constate
nocard-other = De quoi s'agit-il ?
nocard-other-hint = Une ligne, gardée dans le journal de ce poste. Ni patient, ni code, ni mot de passe.

nocard-password = Mot de passe du keystore de { $person }
nocard-password-nobody = Mot de passe du keystore
nocard-where = Où le trouver, d'après votre note : « { $hint } ».
nocard-show = Afficher
nocard-hide = Masquer
nocard-caps = Les majuscules sont verrouillées.

nocard-count = { $n ->
    [1] Première fois en { $days } jours.
   *[other] { $n }e fois en { $days } jours.
  }
nocard-noted = L'usage est noté dans le journal de ce poste, avec sa raison ; jamais le mot de passe.
nocard-often = { $n }e fois en { $days } jours. La règle réserve cette voie aux exceptions ; voici ce qui peut l'éviter.
nocard-row = { $n }e fois de suite sans la carte. La règle réserve cette voie aux exceptions ; voici ce qui peut l'éviter.
nocard-cure = Une carte qui reste avec les clés, un second lecteur, un code PIN débloqué à la commune.
nocard-cure-forgotten = Une carte qui reste avec les clés, plutôt que dans le lecteur.
nocard-cure-lost = La commune délivre une nouvelle carte.
nocard-cure-notrecognised = Un second lecteur, ou un essai de la carte sur un autre poste.
nocard-cure-pinblocked = La commune débloque la carte avec le code PUK.
nocard-cure-other = Le helpdesk de votre logiciel connaît souvent la cause.
nocard-justify = Pourquoi cette voie est-elle encore nécessaire ?
nocard-justify-hint = Une phrase suffit, pour le journal de ce poste. Elle n'interdit rien : les soins passent d'abord.

nocard-act = Ouvrir jusqu'à { $t } au plus tard
nocard-missing = Il manque la raison et le mot de passe.
nocard-missing-reason = Il manque la raison.
nocard-missing-note = Précisez la raison en une ligne.
nocard-missing-justification = Il manque la phrase qui dit pourquoi.
nocard-missing-password = Il manque le mot de passe.
nocard-cancel = Annuler
nocard-close = Fermer
nocard-working = La connexion sans carte est en cours.

choice-title = À qui est le keystore ?
choice-what = Des keystores de plusieurs personnes se trouvent sur ce poste. Sans leur mot de passe, Relais n'en sait pas plus.
choice-what-organisations = Des keystores de plusieurs organisations se trouvent sur ce poste.
choice-made = Keystore créé { $t }
choice-unnamed = Un keystore sans date
choice-act = Continuer
