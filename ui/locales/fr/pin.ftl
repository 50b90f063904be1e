# La fenêtre du code PIN. { $t } est une heure : « 19:45 » ou « demain, 01:45 ».

pin-title = Votre code PIN
pin-purpose = Pour ouvrir votre session eHealth jusqu'à { $t }. Demandé par Relais.
pin-purpose-renew = Pour prolonger votre session eHealth jusqu'à { $t }. Demandé par Relais.
pin-purpose-open = Pour ouvrir votre session eHealth. Demandé par Relais.
pin-again = La plate-forme interroge la carte elle-même : le code PIN est demandé une seconde fois.
pin-card-end = carte se terminant par { $end }
pin-tries = { $n ->
    [one] { $n } essai restant
   *[other] { $n } essais restants
  }
pin-tries-last = 1 essai restant sur 3
pin-tries-unknown = Nombre d'essais inconnu
pin-field = Code PIN, 4 à 12 chiffres
pin-range = 4 à 12 chiffres
pin-count = { $n ->
    [0] aucun chiffre
    [one] { $n } chiffre
   *[other] { $n } chiffres
  }
pin-keys-show = Clavier à l'écran
pin-keys-hide = Masquer le clavier
pin-erase = Effacer
pin-act = Ouvrir la session
pin-act-renew = Prolonger la session
pin-later = Plus tard
pin-calm = Prenez votre temps. Le code part vers la carte, puis il est oublié.

pin-last = Il reste un seul essai
pin-last-why = Une erreur de plus bloque la carte ; seule la commune peut la débloquer.
pin-last-use = Utiliser le dernier essai
pin-maybe-last = Peut-être le dernier essai
pin-maybe-why = Une erreur de plus pourrait bloquer la carte ; seule la commune peut la débloquer.
pin-maybe-use = Essayer ce code
pin-doubt = Un doute ? N'essayez pas.
pin-doubt-session = Votre session reste ouverte jusqu'à { $t }.
pin-last-sure = Je connais ce code avec certitude
pin-last-first = Cochez d'abord la case ci-dessus
pin-last-no = Ne pas essayer

pin-wait-title = Votre carte est attendue
pin-pad = Tapez votre code sur le lecteur
pin-pad-time = Le lecteur attend 30 secondes. Pour arrêter, appuyez sur sa touche d'annulation.
pin-pad-ask = Encore une fois sur le lecteur ?
pin-pad-again = Taper sur le lecteur
pin-pad-type = Taper sur l'ordinateur
pin-pad-remembered = Relais le retient pour ce lecteur ; les réglages permettent de revenir en arrière.

pin-blocked-title = Carte bloquée
pin-blocked = La carte est bloquée. Votre session reste ouverte jusqu'à { $t }. La commune la débloque.
pin-blocked-alone = La carte est bloquée. La commune la débloque, avec la lettre qui contient le code PUK.
pin-close = Fermer

password-title = Mot de passe du keystore
password-label = Mot de passe
password-hint = Une erreur ne bloque rien ; les majuscules comptent.
password-show = Afficher
password-hide = Masquer
password-caps = Les majuscules sont verrouillées.
password-remember = Retenir sur ce poste, pour la connexion avec la carte

pin-working-title = Connexion en cours
pin-working = Laissez la carte dans le lecteur.
pin-done = Session ouverte jusqu'à { $t }
pin-done-open = Session ouverte
pin-failed-title = Connexion impossible pour l'instant
pin-code = Code à dicter au helpdesk : { $code }
