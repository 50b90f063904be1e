# Textes de la fenêtre principale. La valeur dit ce qui est ; « more » ajoute ce que cela veut dire pour la personne.

## Fenêtre

nav-places = Écrans
nav-today = Aujourd'hui
nav-services = Services
nav-services-off = { $n ->
   *[other] { $n } hors de la route normale
  }
nav-journal = Journal
nav-settings = Réglages
nav-key = { $place } (Ctrl+{ $number })
chip-until = Jusqu'à { $t }
chip-left = reste { $h } h { $m }
chip-left-hours = reste { $h } h
chip-left-minutes = reste { $m } min
env-acc = Environnement d'acceptation : rien de ce qui se passe ici n'a d'effet réel
env-int = Environnement d'intégration : rien de ce qui se passe ici n'a d'effet réel
env-box = Bac à sable : médecin, carte et service inventés. Code PIN : { $pin }
env-box-password = Mot de passe du keystore : { $password }
problem-code = Code { $code }

## Un moment dans une phrase

# Aujourd'hui, hier ou demain (near), ou un autre jour. { $on } est le jour, { $t } l'heure.
when-at = { $day ->
    [today] à { $t }
    [near] { $on } à { $t }
   *[date] le { $on } à { $t }
  }
when-about = { $day ->
    [today] vers { $t }
    [near] { $on } vers { $t }
   *[date] le { $on } vers { $t }
  }

## Première fois

choose-title = À quoi Relais va-t-il servir sur ce poste ?
choose-why = Rien n'est choisi d'avance. Rien n'est envoyé avant votre choix.
choose-production = Le travail réel
choose-production-why = Avec votre eID, sur la plate-forme eHealth.
choose-acceptance = Des tests
choose-acceptance-why = Avec une carte de test, dans l'environnement d'acceptation. Rien n'y a d'effet réel.
choose-sandbox = Un bac à sable, pour essayer
choose-sandbox-why = Médecin, carte et service sont inventés. Rien ne quitte ce poste.
choose-opening = Un instant, Relais prépare cet environnement.

## Aujourd'hui : faits

fact-ready = eID dans le lecteur
fact-ready-tries = eID dans le lecteur, { $n ->
    [0] plus d'essai
    [1] un seul essai
   *[other] { $n } essais
  }
fact-nocard = lecteur sans carte
fact-noreader = aucun lecteur détecté
fact-down = lecteur injoignable
fact-unusable = carte inutilisable
fact-several = plusieurs eID dans les lecteurs

## Aujourd'hui : la phrase du moment, ses gestes et la session

today-open = Session ouverte jusqu'à { $t }
nocard-open = Session sans carte jusqu'à { $t }
today-none = Aucune session ouverte
today-ended = Session terminée { $t }
today-open-good = Tout est en ordre.
    .more = Rien ne vous est demandé.
today-restored = Session retrouvée après le redémarrage.
    .more = Rien à faire.
today-open-noted = Votre session est en ordre.
    .more = Une chose est à savoir, elle se trouve plus bas.
today-session-good = Votre session est en ordre.
today-offline = Ce poste n'a plus de réseau depuis { $since }.
    .more = La panne est de ce côté-ci. Votre session vous attend.
today-offline-none = Ce poste n'a plus de réseau depuis { $since }.
    .more = La panne est de ce côté-ci. Vous pourrez vous connecter au retour du réseau.
today-service-down = La connexion est perturbée pour l'instant.
    .more = Vous pouvez essayer. Ce qui marche encore, et comment, se trouve plus bas.
today-memory = Vous pouvez travailler.
    .more = Cette session n'est gardée qu'en mémoire : arrêter Relais y met fin.
today-ending-30 = Moins de 30 minutes.
    .more = Ensuite, une nouvelle connexion avec l'eID sera nécessaire.
today-ending-10 = Moins de 10 minutes.
    .more = Ensuite, une nouvelle connexion avec l'eID sera nécessaire.
today-key-card = Laissez votre carte dans le lecteur.
    .more = Cette session a besoin d'elle pendant que vous travaillez.
today-key-card-gone = Remettez votre carte dans le lecteur.
    .more = Cette session a besoin d'elle pendant que vous travaillez.
today-none-card = Votre carte est là.
    .more = Il ne manque que le code PIN.
today-none-last = Votre carte est là.
    .more = Il reste un seul essai : une erreur de plus la bloque. Un doute ? N'essayez pas.
today-none-blocked = La carte est bloquée.
    .more = La commune peut la débloquer, avec le code PUK.
today-none-nocard = Glissez votre eID dans le lecteur.
today-none-reader = Le lecteur de carte n'est pas détecté.
    .more = Branchez-le sur l'ordinateur ; Relais le voit tout seul.
today-none-several = Plusieurs cartes d'identité sont là.
    .more = Retirez celles qui ne servent pas, ou choisissez un lecteur dans les réglages.
today-looking = Relais cherche le lecteur et la carte.
today-service-missed = Le service de connexion ne répond pas.
    .more = Relais continue à chercher et vous prévient dès son retour. Vous pouvez aussi essayer vous-même.
today-service-back = Le service de connexion répond de nouveau.
    .more = Vous pouvez vous connecter.
busy-probing = Relais vérifie que le service de connexion répond.
busy-reading = Relais lit la carte. Laissez-la dans le lecteur.
busy-asking = Relais attend votre réponse dans l'autre fenêtre. Prenez votre temps.
busy-working = La connexion est en cours. Laissez la carte dans le lecteur.
act-sign-in = Se connecter
act-sign-in-organisation = Se connecter avec le certificat de l'organisation
act-give-password = Saisir le mot de passe
act-retry = Réessayer
act-cancel = Annuler
act-seen = C'est lu
act-sign-out = Se déconnecter
act-choose-reader = Choisir un lecteur
line-start-eid = ouverte avec l'eID
line-start-certificate = ouverte avec un certificat
line-start-nocard = ouverte sans carte
line-end = fin
line-hour = { $h } h
line-says = Session : début { $start }, fin { $end }. Il est { $now }.
notes-title = À savoir
notes-failed = Le dernier essai n'a pas réussi
notes-put-back = Remettre l'heure notée en arrière
use-title = Cette session
use-by = Utilisée par
use-nobody = Aucun programme n'utilise cette session : votre logiciel garde sa propre connexion.
use-person = Ouverte au nom de
use-kept = Gardée
use-kept-os = Sur ce poste seulement, dans son trousseau ; un redémarrage ne la perd pas.
use-kept-file = Sur ce poste seulement, dans un fichier scellé ; un redémarrage ne la perd pas.
use-kept-memory = Sur ce poste seulement, en mémoire ; elle se termine quand Relais s'arrête.

## Réglages

set-this-pc = Ce poste
set-advanced = Avancé
set-language = Langue
set-language-effect = Toutes les fenêtres et tous les messages de Relais sont en français.
set-appearance = Apparence
set-appearance-system = Système
set-appearance-light = Clair
set-appearance-dark = Sombre
set-appearance-system-effect = Suit l'ordinateur.
set-appearance-light-effect = Toujours claire.
set-appearance-dark-effect = Toujours sombre.
set-autostart = Démarrage avec l'ordinateur
set-autostart-on = Oui
set-autostart-off = Non
set-autostart-on-effect = Relais démarre avec l'ordinateur, sans fenêtre, près de l'horloge.
set-autostart-off-effect = Relais démarre quand vous l'ouvrez.
set-notify = Notifications
set-notify-all = Tout
set-notify-essential = L'essentiel
set-notify-none = Rien
set-notify-all-effect = Relais prévient, sans son, aussi au moment calme où le code PIN peut être donné.
set-notify-essential-effect = Seulement ce qui ne peut pas attendre : une session qui se termine bientôt, ou qui est terminée.
set-notify-none-effect = Rien n'apparaît à l'écran. L'icône près de l'horloge et la fenêtre disent tout.
set-notify-none-window-effect = Rien n'apparaît à l'écran. Ce bureau n'a pas de place pour une icône : seule la fenêtre dit tout.
set-notify-missing-effect = Ce bureau n'affiche pas de notifications (RLS-6052). L'icône près de l'horloge et la fenêtre disent tout.
set-notify-missing-window-effect = Ce bureau n'affiche ni notifications (RLS-6052) ni icône : seule la fenêtre dit tout. Laissez-la ouverte.
set-closing = Fermer la fenêtre
set-closing-hides = Masque
set-closing-stops = Arrête Relais
set-closing-hides-effect = La fenêtre est masquée. Relais continue près de l'horloge ; l'icône la rouvre.
set-closing-shrinks-effect = Ce bureau n'a pas de place près de l'horloge : la fenêtre est réduite, et Relais continue.
set-closing-stops-effect = Relais s'arrête : ni renouvellement, ni notification. La session reste valable sur ce poste.
set-closing-stops-lost-effect = Relais s'arrête, et la session en mémoire se termine.
set-organisation = Ce poste se connecte pour
set-organisation-on = Une organisation
set-organisation-off = Une personne
set-organisation-on-effect = Relais se connecte avec le certificat d'une organisation, comme un hôpital ou un cabinet de groupe : sans carte. Le keystore d'une personne est refusé.
set-organisation-off-effect = Relais se connecte avec l'eID d'une personne.
set-practice = Le cabinet
set-practice-unsaid = Non précisé
set-practice-yes = Oui
set-practice-no = Non
set-flemish = Région flamande
set-flemish-unsaid-effect = Si Vitalink ne répond pas, Relais précise que Vaccinnet vaut pour la Région flamande.
set-flemish-yes-effect = Vous travaillez en Région flamande, ou vos patients y habitent : si Vitalink ne répond pas, Vaccinnet prend sa place.
set-flemish-no-effect = Ce n'est pas le cas : Vaccinnet n'est pas proposé.
set-module = Module de tarification de votre logiciel
set-module-unsaid-effect = Si aucune voie vers la tarification ne fonctionne, Relais dit que cela dépend d'un tel module.
set-module-yes-effect = Si aucune voie vers la tarification ne fonctionne, il reste le module de votre logiciel.
set-module-no-effect = Votre logiciel n'en a pas : Relais ne vous y envoie pas.
set-reader = Lecteur de carte
set-reader-auto = Automatique
set-reader-auto-effect = Relais prend le lecteur dans lequel se trouve une eID.
set-reader-one-effect = Relais ne regarde que ce lecteur.
set-reader-away-effect = Relais ne regarde que ce lecteur, qui n'est pas branché pour l'instant.
set-keypad = Clavier du lecteur
set-keypad-effect = Avec le lecteur { $reader }, le code se tape sur cet ordinateur.
set-keypad-use = Utiliser le clavier
set-keystore = Où garder la session
set-keystore-os = Trousseau
set-keystore-file = Fichier
set-keystore-memory = Mémoire
set-keystore-os-effect = La clé reste dans le trousseau de ce poste ; la session survit à un redémarrage. Vaut dès la prochaine connexion.
set-keystore-file-effect = La clé reste dans un fichier que seul votre compte lit ; la session survit à un redémarrage. Vaut dès la prochaine connexion.
set-keystore-memory-effect = La clé n'est écrite nulle part ; arrêter Relais met fin à la session. Vaut dès la prochaine connexion.
set-environment = Environnement
set-environment-production = Travail réel, sur la plate-forme eHealth.
set-environment-acceptance = Acceptation : rien n'a d'effet réel.
set-environment-integration = Intégration : rien n'a d'effet réel.
set-environment-sandbox = Bac à sable : tout est inventé, rien ne quitte ce poste.
set-environment-again = Choisir un autre environnement
set-environment-again-effect = Relais redémarre alors et le demande. Une session gardée sur ce poste y reste ; une session gardée en mémoire seulement se termine.

organisation-none = Ce poste se connecte pour une organisation.
    .more = Son certificat suffit : aucune carte n'est nécessaire.
organisation-locked = La clé de l'organisation est verrouillée.
    .more = Avec son mot de passe, Relais prolonge lui-même la session.
organisation-due = Le mot de passe du keystore de l'organisation est nécessaire,
    .more = avant la fin de la session.
organisation-title = Se connecter pour l'organisation
organisation-what = Le keystore de l'organisation connecte pour 24 heures. Tant que sa clé est ouverte, Relais prolonge lui-même la session.
organisation-remember = Retenir sur ce poste
organisation-remember-hint = Relais prolonge alors la session aussi après un redémarrage. Qui utilise ce compte du poste peut se connecter pour l'organisation.
