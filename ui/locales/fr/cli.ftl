# La ligne de commande : ce qu'elle affiche pour les personnes, et son aide. Noms et champs JSON ne sont jamais traduits.

## Beside a failure

detail-file = fichier
detail-line = ligne
detail-key = clé
detail-option = option
detail-word = mot
detail-environment = environnement
detail-possible = possible
detail-value = valeur
detail-port = port
detail-reader = lecteur
detail-program = programme
detail-reason = raison
detail-choices = choix

reason-not-found = ce fichier n'existe pas
reason-not-allowed = cet utilisateur ne peut pas l'ouvrir
reason-folder = c'est un dossier
reason-no-text = ce n'est pas un texte en UTF-8
reason-no-plain-file = ce n'est pas un fichier ordinaire
reason-too-large = il est trop grand
reason-disk-full = le disque est plein
reason-disk-fault = le système ne peut pas le lire ou l'écrire
reason-changed = le fichier a changé pendant que Relais y travaillait
reason-name-taken = un fichier porte déjà ce nom
reason-no-certificate = il ne contient aucun certificat
reason-missing = elle manque
reason-no-address = ce n'est pas une adresse https
reason-host-form = un hôte s'écrit sans chemin, hôte ou hôte:port
reason-signer-form = une entrée s'écrit TYPE=valeur
reason-signer-without-platform = les classes production et acceptance demandent l'entrée OU=CBE=0809394427
reason-only-in-class-sandbox = seule la classe sandbox peut en avoir
reason-name-of-another-class = ce nom appartient à une autre classe
reason-not-on-this-pc = la classe sandbox ne joint que ce poste : 127.0.0.1, [::1] ou localhost
reason-port-taken = un autre programme l'utilise
reason-port-reserved = cet utilisateur ne peut pas l'employer
reason-port-refused = le système le refuse
reason-not-of-the-sandbox = le bac à sable ne l'a pas écrit ainsi
reason-not-two-times = ce n'est pas une plage horaire comme 09:00-12:30
reason-ends-before-it-begins = elle finit avant de commencer
reason-outside-working-hours = elle est en dehors des heures de travail du jour
reason-closed-but-with-hours = un jour de congé n'a pas d'heures
reason-too-many = il y en a trop
reason-unknown-zone = ce fuseau horaire n'existe pas
reason-lasts-too-long = elle peut durer trois jours au plus
reason-no-function = il n'y a pas de fonction de ce nom
reason-empty = ce champ ne peut pas être vide
reason-too-long = c'est trop long
reason-no-moment = ce n'est pas un instant (RFC 3339), comme 2026-03-02T08:00:00Z
reason-end-before-start = la fin n'est pas après le début
reason-number-of-a-person = le numéro d'une personne se lit sur l'entrée standard : écrivez - à sa place
reason-no-recipient = cela ne désigne personne : un type, son numéro et, pour une organisation, une application
reason-no-slot = ce n'est pas un emplacement ; person list affiche ceux de ce poste
reason-several-people = ce poste connaît plusieurs personnes
reason-not-confirmed = personne ne l'a confirmé
reason-only-for-fallback = ne va qu'avec --mode fallback
reason-quality-of-certificate = la qualité d'une organisation est celle de son certificat
reason-no-quality = ce n'est pas le nom d'une qualité
reason-no-vpcd = s'écrit vpcd:PORT
reason-no-folder = ce n'est pas un dossier
reason-no-days = ce n'est pas un nombre de jours, comme 90d
reason-no-certificate-id = aucun certificat ne s'appelle ainsi ; certificate due --json montre leurs noms
reason-whole-disk = c'est le disque entier
reason-too-far = c'est plus de dix ans
reason-no-stretch = ce n'est pas une durée comme 3h, 1h30m ou -1h
reason-only-for-a-sandbox = cela ne va que dans un bac à sable, comme --environment sandbox
reason-no-virtual-reader = ce bac à sable n'a pas de lecteur virtuel ; seul celui de la fenêtre en a un
reason-card-already-so = la carte y est déjà, ou en est déjà sortie
reason-no-address-there = le service n'a pas d'adresse dans cette zone, ou n'est dans aucune liste
reason-no-such-scenario = ce scénario n'existe pas ; sandbox scenario list les montre
reason-nothing-plays = aucun scénario n'est en cours
reason-no-such-service = aucun service du bac à sable ne s'appelle ainsi ; services show --json montre leurs clés
reason-only-for-flaps = cela ne va qu'avec flaps
reason-no-command = il manque une commande ; relaisctl --help en donne la liste
reason-no-such-command = cette commande n'existe pas
reason-no-such-option = cette option n'existe pas ici
reason-one-too-many = rien n'était attendu à cet endroit
reason-not-given = il faut l'indiquer
reason-no-value = sa valeur manque
reason-not-one-of = ce n'est aucune des valeurs possibles
reason-not-such-a-value = cette valeur ne convient pas
reason-given-twice = ne se donne qu'une fois, ou pas à côté d'une autre
reason-not-the-same = les deux fois ne sont pas identiques
reason-does-not-fit = cela ne va pas à cet endroit


## Mots qui reviennent

cli-unknown = inconnu
cli-until = du { $from } au { $to }

## card list

card-list-none = Aucun lecteur de cartes n'a été trouvé.
card-state-empty = pas de carte
card-state-eid = eID
card-state-other-card = une carte qui n'est pas une eID
card-state-mute = une carte qui ne répond pas
card-state-in-use = utilisé par un autre programme
card-applet = applet { $applet }
card-keypad = avec un clavier pour le code PIN

## card read

card-part-card = Carte
card-part-identity = Identité
card-part-address = Adresse
card-part-checks = Contrôles
card-part-certificates = Certificats
card-number = Numéro de carte
card-chip = Numéro de puce
card-version = Applet
card-valid = Valable
card-issued-by = Délivrée par
card-tries = Essais de PIN restants
card-document-type = Type de document
card-special-status = Statut spécial
card-surname = Nom
card-given-names = Prénoms
card-third-name = Troisième prénom, initiale
card-national-number = Numéro national
card-nationality = Nationalité
card-birth-place = Lieu de naissance
card-birth-date = Date de naissance
card-sex = Sexe
card-noble = Titre de noblesse
card-street = Rue
card-zip = Code postal
card-municipality = Commune
card-check-identity = Identité
card-check-address = Adresse
card-check-photo = Photo
card-check-chain = Certificats
card-check-key = Clé de la puce
card-check-proven = authentique
card-check-no-anchor = cohérent, mais l'autorité n'est pas connue ici
card-check-refuted = PAS AUTHENTIQUE
card-certificate-authentication = Connexion
card-certificate-signature = Signature
card-certificate-citizen-ca = Émetteur
card-certificate-root = Racine
card-certificate-rrn = Registre national

## Sessions

session-until = Connecté jusqu'au
session-since = Connecté depuis le
session-next = Prochaine tentative
session-next-none = aucun
session-environment = Environnement
session-mode = Au moyen de
session-stored = Conservée
session-key = Clé
session-slot = Emplacement
session-mode-eid = eID et keystore
session-mode-eid-only = eID seule
session-mode-certificate = certificat de l'organisation
session-mode-fallback = keystore, sans la carte
session-stored-os = sur ce poste, clé dans le trousseau du système
session-stored-file = sur ce poste, clé dans un fichier
session-stored-memory = en mémoire seulement
session-key-unlocked = ouverte
session-key-locked = demande le mot de passe du keystore
session-key-card = sur la carte
plan-attempt = Renouvellement { $n }
plan-end = Fin
plan-each = Un seul renouvellement suffit : chacun des suivants n'a lieu que si tous les précédents ont échoué.
plan-cut = Le jeton vaut jusqu'au { $expires } ; Relais compte 24 heures au plus.

## keystore inspect

keystore-none = Le keystore est vide.
keystore-kind-key = clé privée
keystore-kind-certificate = certificat
keystore-kind-secret = autre secret
keystore-subject = Sujet
keystore-issuer = Émetteur
keystore-serial = Numéro de série
keystore-valid = Valable
keystore-usage = Usage de la clé
keystore-identity = Appartient à
keystore-environment = Environnement
keystore-file = Keystore
keystore-backup = Tel qu'il était
keystore-entries = Entrées
keystore-changed = Le mot de passe est changé ; l'ancienne copie s'ouvre encore avec l'ancien mot de passe.
keystore-scan-none = Il n'y a ici ni keystore ni certificat.
keystore-scan-not-whole = Tout n'a pas pu être examiné.
keystore-kept = gardé pour les anciens messages
keystore-waits = attend son certificat
keystore-closed = ne montre rien sans mot de passe
keystore-match-opens = Ouvre le message
keystore-match-certificate = Le certificat seul, sans clé
keystore-match-candidates = À essayer, le plus probable d'abord
keystore-match-others = nomme d'autres clés
keystore-match-unread = N'a pas pu être lu

## services

services-good = La liste est authentique.
services-new = Une nouvelle liste a été obtenue.
services-same = La liste n'a pas changé.
services-kept = La dernière liste conservée, vérifiée à nouveau.
services-not-kept = Non conservée : un autre Relais occupe ce dossier et a une autre liste.
services-none = Aucune liste n'a encore été obtenue ici.
services-environment = Environnement
services-issued = Émise le
services-age = Âge : { $days } j { $hours } h { $minutes } min
services-announced = Maintenance annoncée
services-from = Du
services-until = Au
services-functions = Fonctions
services-words = Annonce
services-source = Source
services-main = route normale
services-backup = en secours

## encryption keys

etk-depot = Le dépôt répond :
etk-kept = Le dépôt a des difficultés : la clé conservée.
etk-type = Type
etk-application = Application
etk-seen = Obtenue le
etk-until = Valable jusqu'au
etk-serial = Numéro de série
etk-sha256 = SHA-256

## xml verify

xml-good = La signature est bonne.
xml-covers = Parties signées
xml-signer = Signé par
xml-subject = Au sujet de
xml-rule = Règle

## person

person-forgotten = Tout ce qui concerne cette personne est effacé de ce poste.
person-none = Ce poste ne connaît personne.
ask-forget = Tout ce qui concerne { $holder } est effacé de ce poste et ne revient pas. Tapez { $word } si vous le voulez :
ask-new-password = Nouveau mot de passe du keystore :
ask-new-password-again = Encore une fois :
person-unnamed = (nom inconnu)

## clock

time-put-back = L'heure notée est remise en arrière.

## sandbox

sandbox-wall = Horloge du poste
sandbox-trusted = Heure de la plate-forme
sandbox-outage-on = Le service de connexion du bac à sable est absent.
sandbox-outage-off = Le service de connexion du bac à sable est là.
sandbox-card-pulled = La carte est retirée du lecteur virtuel.
sandbox-card-put = La carte est dans le lecteur virtuel.
sandbox-usual = Tout est comme d'habitude.
sandbox-plays = Scénario
sandbox-step = { $name } : { $n } étapes faites sur { $m }, la suivante à { $next }
sandbox-lasts = { $m } min
sandbox-zone-lost = Personne n'écoute dans la zone { $zone }.
sandbox-list-state = La liste est { $state }.
sandbox-list-form = La liste est de la version { $form }.
sandbox-faults = Autres pannes prévues du service de connexion : { $n }
sandbox-service-listed = là selon la liste
sandbox-service-fails = en panne
sandbox-service-flaps = va et vient

## journal

journal-because-hand = carte pas à portée de main
journal-because-technical = problème technique
journal-none = Le journal ne contient encore rien.
journal-whole = Le journal est intact : rien n'y a été modifié.
journal-whole-after = Le journal est intact à partir de sa première entrée : rien n'a été modifié ensuite. Ce qui précédait n'y est plus.
journal-broken = Le journal a été modifié, ou n'est pas complet.
journal-entries = Entrées
journal-first = Première entrée
journal-head = Empreinte de la dernière entrée
journal-first-bad = Première entrée fausse
journal-reason = Raison

## --help

help-relaisctl = Garde un cabinet de soins connecté à la plate-forme eHealth.
help-card = Lecteurs et cartes
help-card-list = Liste les lecteurs et ce qu'ils contiennent
help-card-read = Lit la carte et vérifie si elle est authentique
help-sign-in = Ouvre une session, avec l'eID ou exceptionnellement sans
help-session = La session
help-session-show = Montre la session ; ne change rien
help-session-renew = Donne à la session une nouvelle durée
help-session-end = Termine la session et l'efface de ce poste
help-session-plan = Dit quand un jeton serait renouvelé
help-person = Personnes de ce poste
help-person-list = Montre qui a, ou a eu, une session ici
help-person-forget = Efface session, mot de passe retenu et nom d'une personne
help-clock = L'heure que suit Relais
help-clock-put-back = Remet l'heure notée en arrière, si le service de connexion confirme qu'elle est en avance
help-keystore = Keystores
help-keystore-inspect = Liste le contenu d'un keystore
help-keystore-scan = Liste keystores et certificats d'un dossier, sans mot de passe
help-keystore-match = Dit quel keystore d'un dossier ouvre un message
help-keystore-change-password = Change le mot de passe d'un keystore ; une copie reste
help-certificate = Les certificats et leur fin
help-certificate-due = Montre ceux qui expirent bientôt, et ce qui peut être fait
help-certificate-ics = Écrit un calendrier de leurs échéances, avec alarmes
help-certificate-csv = Écrit un tableau de tout, pour un tableur
help-certificate-acknowledge = Dit que vous le savez : plus rien avant le prochain rappel
help-certificate-snooze = Remet ce qui a été dit au lendemain matin
help-certificate-folder = Les dossiers qui sont regardés
help-certificate-folder-add = Convient qu'un dossier et tout ce qu'il contient est regardé
help-certificate-folder-remove = Retire cet accord et efface ce qui est connu du dossier
help-certificate-folder-list = Montre les dossiers convenus
help-services = La liste des services de la plate-forme
help-services-fetch = Obtient la liste et la garde si elle est authentique
help-services-show = Montre la dernière liste conservée
help-services-verify = Juge une liste qui se trouve ici
help-etk = Clés de chiffrement (ETK)
help-etk-show = Montre la clé de chiffrement d'un destinataire ; la vôtre, si aucun n'est nommé
help-xml = Sécurité XML
help-xml-c14n = Écrit la forme canonique exclusive
help-xml-verify = Juge un document signé
help-journal = Ce qui s'est passé sur ce poste
help-journal-show = Montre les dernières entrées
help-journal-verify = Vérifie que rien n'a été modifié dans le journal, ni dans un relevé de panne
help-sandbox = Le monde inventé, pour essayer et tester
help-sandbox-serve = Fait tourner la plate-forme sur ce poste et affiche le profil qui y mène
help-sandbox-card = Met l'eID virtuelle dans un lecteur PC/SC ; pull, put : au bac à sable
help-sandbox-turn = Tourne l'horloge d'un bac à sable en marche
help-sandbox-outage = Retire le service de connexion du bac à sable, ou le ramène
help-sandbox-show = Montre un bac à sable en marche : horloges, zones, services, liste
help-sandbox-service = Casse ou répare un service du bac à sable, ou le déplace dans la liste
help-sandbox-zone = Retire une zone du bac à sable, ou la ramène
help-sandbox-list = Gâte la liste du bac à sable, ou la rend de nouveau honnête
help-sandbox-scenario = Scénarios de mauvais jours dans le bac à sable
help-sandbox-scenario-list = Liste les scénarios qu'on peut jouer
help-sandbox-scenario-play = Commence un scénario
help-sandbox-scenario-next = Tourne chaque horloge jusqu'à l'étape suivante du scénario
help-sandbox-scenario-stop = Arrête le scénario ; zones, services et liste comme d'habitude
help-sandbox-reset = Remet tout comme d'habitude dans le bac à sable, sauf les horloges
help-heading-usage = Utilisation
help-heading-commands = Commandes
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-everywhere = Options de toutes les commandes
help-arg-json = Affiche un document JSON
help-arg-profile = Fichier de profil ; l'emporte sur --environment
help-arg-environment = production, acceptance, integration ou sandbox
help-arg-data-dir = Dossier de tout ce que Relais garde
help-arg-reader = Lecteur, par son nom ; pour sandbox card vpcd:PORT
help-arg-key-store = Où les clés de session sont gardées
help-arg-language = Langue des messages
help-arg-help = Affiche cette aide ; derrière une commande, la sienne
help-arg-version = Affiche la version
help-arg-photo = Écrit aussi la photo (JPEG) dans ce fichier
help-arg-mode = eid, eid-only, certificate (organisation) ou fallback (sans la carte)
help-arg-keystore = Fichier keystore ; sinon le plus récent utilisable de ehealth/keystore
help-arg-quality = Qualité de la session ; doctor par défaut
help-arg-person = De qui, par l'emplacement que person list affiche
help-arg-pin-fd = Descripteur où lire le code PIN, une ligne
help-arg-password-fd = Descripteur où lire le mot de passe du keystore, une ligne
help-arg-new-password-fd = Descripteur où lire le nouveau mot de passe, une ligne
help-arg-dir = Le dossier, avec tout ce qu'il contient
help-arg-message = Le message, encore chiffré
help-arg-sent = Quand il a été envoyé (RFC 3339) ; sinon l'heure de son fichier
help-arg-kind = Type du numéro : CBE, NIHII-HOSPITAL, SSIN, etc.
help-arg-value = Le numéro ; - : de l'entrée standard, comme celui d'une personne
help-arg-application = Application d'une organisation
help-arg-issued = Quand le jeton a été émis (RFC 3339)
help-arg-expires = Quand le jeton expire (RFC 3339) ; 24 heures comptent au plus
help-arg-file = Le fichier
help-arg-within = Dans combien de temps : un nombre de jours, comme 90d
help-arg-folder = Le dossier ; avec add, sans dossier : celui d'eHealth
help-arg-id = Quel certificat, tel que le nomme certificate due --json ; sinon tous
help-arg-with-comments = Garde les commentaires
help-arg-yes = C'est voulu : rien n'est demandé
help-arg-prefix-list = Préfixes à traiter de façon inclusive, séparés par des blancs
help-arg-trust = Fichier PEM des certificats de confiance
help-arg-as = Ce qu'est le document
help-arg-at = Le moment du jugement (RFC 3339) ; sinon maintenant
help-arg-signer = Attribut que le signataire doit avoir ; peut être répété
help-arg-limit = Combien ; 50 par défaut
help-arg-state = Dossier où vit ce monde
help-arg-reason = Pourquoi sans la carte : eid-not-at-hand ou technical-problem
help-arg-note = Ce qu'il faut ajouter à la raison, en une phrase
help-arg-sts-port = Port du service de connexion ; sinon le système choisit
help-arg-control-port = Port du point de contrôle ; sinon le système choisit
help-arg-applet = Quelle carte ; 1.8 par défaut
help-arg-hand = pull ou put : la carte, dans le lecteur virtuel du bac à sable
help-arg-by = De combien : 3h, 1h30m ; -1h recule ; morning : jusqu'à 8 heures
help-arg-clock = all, wall (du poste), boot ou trusted (plate-forme) ; all par défaut
help-arg-outage = on : le service est absent ; off : il est revenu
help-arg-key = Clé du service, ou sa fin : kgss:v1
help-arg-act = works, fails, flaps ou listed ; d'une zone lost, there ou listed
help-arg-zone = main, backup, mycarenet ou region ; sans choix main pour un service
help-arg-seconds = Durée de marche, puis de panne, avec flaps ; sinon 240
help-arg-served = honest, bad-signature, wrong-signer, other-environment, old, …, gone
help-arg-form = Version de la liste : v1, v2 ou mixed
help-arg-scenario = Son nom, comme scenario list le montre

## Certificats

certificate-none-due = Rien n'expire dans les { $n } jours.
certificate-no-folders = Aucun dossier n'est convenu ; certificate folder add le fait.
certificate-closed = { $n ->
    [1] Un keystore ne montre ses dates qu'une fois ouvert.
   *[other] { $n } keystores ne montrent leurs dates qu'une fois ouverts.
  }
certificate-unread = { $n ->
    [1] Un endroit n'a pas pu être lu ; --json dit pourquoi.
   *[other] { $n } endroits n'ont pas pu être lus ; --json dit pourquoi.
  }
certificate-looking = { $n } fichiers regardés
certificate-written = Écrit : { $file }
certificate-acknowledged = C'est noté : vous le savez.
certificate-snoozed = Remis au lendemain matin.
certificate-folder-added = Ce dossier est désormais regardé : { $folder }
certificate-folder-removed = Ce dossier n'est plus regardé, et ce qui en était connu est effacé : { $folder }
