# Le journal : ce qui s'est passé sur ce poste. { $t } est une heure.

journal-title = Ce qui s'est passé sur ce poste
journal-lede = Gardé au moins { $months } mois, ici seulement. Ni patients, ni codes, ni mots de passe.
journal-chain-whole = Rien n'y a été modifié.
journal-chain-after = Rien de ce qui est ici n'a été modifié. Il commence après l'entrée { $n } ; ce qui précédait n'y est plus.
journal-chain-checking = Relais vérifie que rien n'y a été modifié.
journal-chain-broken = Modifié à partir de l'entrée { $n }.
    .more = Ce qui la suit ne prouve plus rien ; ce qui la précède reste vérifié.
journal-from-here = La chaîne est rompue à partir d'ici (entrée { $n }).
journal-ahead = { $day }, d'après l'horloge d'alors
journal-older = Plus ancien
journal-empty = Rien à signaler depuis l'installation.
journal-empty-filter = Rien de tel dans ce qui est gardé.
journal-empty-shown = Rien de tel dans ce qui est affiché jusqu'ici.
journal-filter = Filtre
journal-all = Tout
journal-signins = Connexions
journal-nocard = Sans carte
journal-services = Services
journal-certificates = Certificats
journal-until = { $person }, jusqu'à { $t }.
journal-until-only = Jusqu'à { $t }.
journal-of = { $person }.

journal-signed-in = Session ouverte avec l'eID
journal-signed-in-certificate = Session ouverte avec un certificat
journal-signed-in-nocard = Session ouverte sans la carte
journal-signed-out = Session fermée
journal-replaced = Session remplacée par celle d'une autre personne
journal-renewed = Session prolongée avec l'eID
journal-renewed-certificate = Session prolongée avec son certificat
journal-renewal-failed = Renouvellement reporté
journal-service-back = Service de connexion de nouveau joignable
journal-restored = Session retrouvée après le redémarrage
journal-ended = Session arrivée à son terme
journal-failed = Connexion qui n'a pas abouti
journal-extension-failed = Prolongation qui n'a pas abouti
journal-pin-refused = Code PIN refusé
journal-pin-unknown = Essai du code PIN au résultat inconnu
journal-wiped = Ce qui était tapé a été effacé
journal-remembered = Mot de passe du keystore retenu sur ce poste
journal-forgotten = Mot de passe du keystore oublié
journal-person-forgotten = Une personne a été oubliée sur ce poste
journal-clock = L'horloge de ce poste a reculé
journal-time-back = Heure notée remise en arrière par une personne
journal-list-refused = Liste des services refusée
journal-route-away = Appels dirigés vers une autre adresse après un échec
journal-route-back = Appels revenus à l'adresse habituelle
journal-route-chosen = Adresse choisie par quelqu'un
journal-route-left = Adresse choisie abandonnée
journal-paper-printed = Page imprimée pour travailler sur papier
journal-folder-agreed = Dossier de certificats convenu
journal-folder-withdrawn = Dossier de certificats retiré
journal-certificates-told = Rappel de certificats
journal-aside = Journal endommagé mis de côté
journal-gap = Des entrées manquent
journal-waited = Des entrées ont attendu avant d'être écrites
journal-cut = Des entrées plus anciennes ont été retirées, comme prévu
journal-unreadable = L'entrée { $n } est illisible : elle a été modifiée.
journal-other = { $subject } : { $event }
journal-subject-session = Session
journal-subject-fallback = Sans carte
journal-subject-card = Carte
journal-subject-service = Service
journal-subject-certificate = Certificat
journal-subject-system = Ce poste
journal-subject-security = Sécurité

journal-ledger = Sessions sans la carte
journal-ledger-count = { $n ->
    [0] Aucune en { $days } jours.
    [one] { $n } en { $days } jours.
   *[other] { $n } en { $days } jours.
  }
journal-ledger-empty = Aucune session sans la carte n'est gardée ici.
journal-ledger-start = Début
journal-ledger-end = Fin
journal-ledger-reason = Raison
journal-ledger-how = Comment elle s'est terminée
journal-how-open = toujours ouverte
journal-how-card = retour à la carte
journal-how-cap = douze heures passées
journal-how-life = fin de la session
journal-how-person = fermée
journal-how-lost = pas retrouvée après un redémarrage
