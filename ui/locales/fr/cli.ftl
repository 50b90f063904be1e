# La ligne de commande : ce qu'elle affiche pour les personnes, et son aide. Noms et champs JSON ne sont jamais traduits.

## Beside a failure

detail-file = fichier
detail-line = ligne
detail-key = clé
detail-value = valeur
detail-port = port
detail-reader = lecteur
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
reason-no-certificate = il ne contient aucun certificat
reason-missing = elle manque
reason-no-address = ce n'est pas une adresse https
reason-host-form = un hôte s'écrit sans chemin, hôte ou hôte:port
reason-signer-form = une entrée s'écrit TYPE=valeur
reason-signer-without-platform = les classes production et acceptance demandent l'entrée OU=CBE=0809394427
reason-only-in-class-sandbox = seule la classe sandbox peut en avoir
reason-name-of-another-class = ce nom appartient à une autre classe
reason-not-on-this-pc = la classe sandbox ne joint que ce poste : 127.0.0.1, [::1] ou localhost
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

usage-no-command = Il manque une commande ; relaisctl --help en donne la liste.

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
session-next = Prochain renouvellement
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

## xml verify

xml-good = La signature est bonne.
xml-covers = Parties signées
xml-signer = Signé par
xml-subject = Au sujet de
xml-rule = Règle

## person

person-forgotten = Tout ce qui concerne cette personne est effacé de ce poste.
person-none = Ce poste ne connaît personne.
person-unnamed = (nom inconnu)

## clock

time-put-back = L'heure notée est remise en arrière.

## journal

journal-none = Le journal ne contient encore rien.
journal-whole = Le journal est intact : rien n'y a été modifié.
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
help-session-show = La montre ; ne change rien
help-session-renew = Lui donne une nouvelle durée
help-session-end = La termine et l'efface de ce poste
help-session-plan = Dit quand un jeton serait renouvelé
help-person = Personnes de ce poste
help-person-list = Montre qui a, ou a eu, une session ici
help-person-forget = Efface session, mot de passe retenu et nom d'une personne
help-clock = L'heure que suit Relais
help-clock-put-back = Remet l'heure notée en arrière, si le service de connexion confirme qu'elle est en avance
help-keystore = Keystores
help-keystore-inspect = Liste le contenu d'un keystore
help-xml = Sécurité XML
help-xml-c14n = Écrit la forme canonique exclusive
help-xml-verify = Juge un document signé
help-journal = Ce qui s'est passé sur ce poste
help-journal-show = Montre les dernières entrées
help-journal-verify = Vérifie que rien n'y a été modifié
help-sandbox = Le monde inventé, pour essayer et tester
help-sandbox-serve = Fait tourner la plate-forme sur ce poste et affiche le profil qui y mène
help-sandbox-card = Met l'eID virtuelle dans un lecteur PC/SC, jusqu'à Ctrl+C
help-heading-usage = Utilisation
help-heading-commands = Commandes
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-everywhere = Options de toutes les commandes
help-arg-json = Affiche un document JSON
help-arg-profile = Fichier de profil ; l'emporte sur --environment
help-arg-environment = production, acceptance, integration ou sandbox
help-arg-data-dir = Dossier de tout ce que Relais garde
help-arg-reader = Lecteur, par son nom ; pour sandbox card vpcd:PORT
help-arg-key-store = Où les clés de session sont gardées
help-arg-language = Langue des messages
help-arg-help = Affiche cette aide ; derrière une commande, la sienne
help-arg-version = Affiche la version
help-arg-photo = Écrit aussi la photo (JPEG) dans ce fichier
help-arg-mode = Avec le keystore comme détenteur de la clé, ou la carte seule
help-arg-keystore = Fichier keystore ; sinon le plus récent utilisable de ehealth/keystore
help-arg-quality = Qualité de la session ; doctor par défaut
help-arg-person = De qui est la session, par l'emplacement que session show affiche
help-arg-pin-fd = Descripteur où lire le code PIN, une ligne
help-arg-password-fd = Descripteur où lire le mot de passe du keystore, une ligne
help-arg-issued = Quand le jeton a été émis (RFC 3339)
help-arg-expires = Quand le jeton expire (RFC 3339) ; 24 heures comptent au plus
help-arg-file = Le fichier
help-arg-with-comments = Garde les commentaires
help-arg-prefix-list = Préfixes à traiter de façon inclusive, séparés par des blancs
help-arg-trust = Fichier PEM des certificats de confiance
help-arg-as = Ce qu'est le document
help-arg-at = Le moment du jugement (RFC 3339) ; sinon maintenant
help-arg-signer = Attribut que le signataire doit avoir ; peut être répété
help-arg-limit = Combien ; 50 par défaut
help-arg-state = Dossier où vit ce monde
help-arg-reason = Pourquoi sans la carte : eid-not-at-hand ou technical-problem
help-arg-note = Ce qu'il faut ajouter à la raison, en une phrase
help-arg-sts-port = Port du service de connexion ; sinon le système choisit
help-arg-control-port = Port du point de contrôle ; sinon le système choisit
help-arg-applet = Quelle carte ; 1.8 par défaut
