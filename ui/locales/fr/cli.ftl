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
