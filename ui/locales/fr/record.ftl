# The record of an outage, printed or checked.

record-title = Relevé d'une panne
record-function = Fonction
record-environment = Environnement
record-from = Du
record-until = Au
record-version = Version de Relais
record-key = Clé de ce poste
record-column-at = Quand
record-column-what = Quoi
record-column-because = Vu par
record-note = Les heures sont celles de la Belgique, d'après l'horloge de ce poste. Le fichier de ce relevé est signé : relaisctl journal verify FICHIER dit s'il a été modifié, et par quelle clé il est signé.
record-gap = Ce poste ne regardait pas (éteint, en veille ou fermé)
record-gap-over = Ce poste regarde de nouveau
record-genuine = Relevé d'une panne : intact, tel qu'il a été signé avec la clé ci-dessous.
record-made-with = Fait avec la clé
record-forged = Pas authentique : ce n'est pas un relevé de panne, ou il a été modifié après la signature.
record-ours = Fait sur ce poste
record-ours-yes = oui
record-ours-no = non, ou ce poste n'a pas de telle clé
record-changes = Changements

record-health-unknown = Inconnu
record-health-operational = Fonctionne comme d'habitude
record-health-on-backup = Fonctionne en secours
record-health-degraded = Fonctionne en partie
record-health-unstable = Va et vient
record-health-down = Ne fonctionne pas
record-health-planned = Maintenance annoncée

record-witness-authority = Liste de la plate-forme
record-witness-real = Appels de ce poste
record-witness-probe = Sondage de ce poste

record-deed-moved-away = Les appels sont passés à une autre adresse après un échec
record-deed-moved-back = Les appels sont revenus à l'adresse habituelle
record-deed-route-chosen = Quelqu'un a choisi l'adresse
record-deed-route-left = L'adresse choisie a été abandonnée
record-deed-without-card = Quelqu'un a travaillé sans la carte
record-deed-paper-printed = Un formulaire papier a été imprimé
