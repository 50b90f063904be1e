# La ligne de commande : ce qu'elle affiche pour les personnes, et son aide. Noms et champs JSON ne sont jamais traduits.

## Beside a failure

detail-file = fichier
detail-line = ligne
detail-key = clé
detail-value = valeur
detail-port = port
detail-reader = lecteur
detail-reason = raison

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

usage-no-command = Il manque une commande ; relaisctl --help en donne la liste.

## Mots qui reviennent

cli-unknown = inconnu
cli-until = { $from } au { $to }

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
card-check-no-anchor = cohérent, mais d'aucune autorité connue ici
card-check-refuted = PAS AUTHENTIQUE
card-certificate-authentication = Connexion
card-certificate-signature = Signature
card-certificate-citizen-ca = Émetteur
card-certificate-root = Racine
card-certificate-rrn = Registre national

## Sessions

session-until = Connecté jusqu'à
session-since = Connecté à
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

## journal

journal-none = Le journal ne contient encore rien.
journal-whole = Le journal est intact : rien n'y a été modifié.
journal-broken = Le journal a été modifié, ou n'est pas complet.
journal-entries = Entrées
journal-head = Marque de la dernière
journal-first-bad = Première entrée fausse
journal-reason = Raison
