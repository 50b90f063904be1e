# Services : où en est chaque service, qui le dit, et que faire.

## États

svc-state-normal = route normale
svc-state-backup = en secours
svc-state-mycarenet = en secours par MyCareNet
svc-state-unstable = instable
svc-state-partly = en partie perturbé
svc-state-down = perturbé
svc-state-unknown = inconnu
svc-state-planned = intervention prévue
svc-since = { $state } depuis { $t }
svc-do-nothing = Vous n'avez rien à faire.
svc-do-check = Vérifiez d'abord : { $step }
svc-do-try = Vous pouvez essayer comme d'habitude.
svc-do-reached = Ce poste a reçu une réponse par une autre route. Vous pouvez essayer comme d'habitude.
svc-do-unsure = Selon la liste officielle, une autre route est ouverte ; ce poste ne l'a pas encore atteinte. Vous pouvez essayer comme d'habitude.
svc-do-falters = Semble ne plus répondre depuis { $t }. Relais teste bientôt à nouveau.
svc-do-returns = Semble répondre de nouveau depuis { $t }. Relais teste bientôt à nouveau.
svc-do-unknown = Personne ne peut le dire pour l'instant. Travaillez comme d'habitude.
svc-do-offline = Ce poste n'a pas de réseau : on ne peut pas le savoir d'ici.

## Noms courts

svc-name-auth = Connexion
svc-name-insurability = Assurabilité
svc-name-memberdata = Données du membre
svc-name-tariff = Tarification
svc-name-mediprima-tariff = Tarification Mediprima
svc-name-chapter4-consult = Chapitre IV : consulter
svc-name-chapter4-request = Chapitre IV : demander
svc-name-encryption-known = Destinataire connu
svc-name-encryption-unknown = Destinataire inconnu
svc-name-hub-documents = Documents partagés
svc-name-vaccination = Statut vaccinal
svc-name-sumehr = SumEHR
svc-name-prescription = Prescription
svc-name-eattest = eAttest
svc-group-patient = Le patient
svc-group-prescribe = Prescrire
svc-group-bill = Facturer
svc-group-exchange = Se connecter, échanger

## Combien

svc-all = { $n ->
    [one] { $n } service sur sa route normale
   *[other] { $n } services sur leur route normale
  }
svc-off = { $n ->
    [one] { $n } service hors de sa route normale
   *[other] { $n } services hors de leur route normale
  }
svc-headline = { $all }, { $off } en dehors
svc-unknown-some = { $n ->
    [one] { $n } service inconnu
   *[other] { $n } services inconnus
  }
svc-unknown-all = État des services inconnu
svc-nothing-asked = rien ne vous est demandé
svc-something-asked = voici ce qui marche encore, et comment
svc-more = { $n ->
    [one] et { $n } autre
   *[other] et { $n } autres
  }
svc-open-all = Tous les services
svc-open-past = Depuis quand ?

## La liste officielle

svc-list-good = liste officielle ({ $t })
svc-list-stale = liste officielle ({ $t }), trop ancienne pour compter
svc-list-ahead = liste officielle ({ $t }), en avance sur l'horloge de ce poste : elle ne compte pas
svc-list-refused = la dernière liste reçue n'est pas authentique, la précédente ({ $t }) reste en service
svc-list-refused-none = la liste reçue n'est pas authentique
svc-list-never = pas encore de liste officielle
svc-list-off = pas de liste officielle dans cet environnement
svc-offline = ce poste n'a plus de réseau depuis { $t }
svc-last-picture = dernière vue d'ensemble { $at }

## Qui le dit

svc-lede = Trois sources : la liste officielle, les appels de ce poste, notre test.
svc-who = Qui le dit ?
svc-evidence-list = Liste officielle
svc-evidence-calls = Vos appels
svc-evidence-check = Notre test
svc-with-time = { $what }, { $t }
svc-said-list = { $said ->
    [works] normale
    [backup] secours
    [partly] secours en partie
    [fails] hors service
    [restless] instable
    [old] trop ancienne
   *[nothing] ne dit rien
  }
svc-said-calls = { $said ->
    [works] réponse reçue
    [backup] par le secours
    [partly] réponse partielle
    [fails] sans réponse
    [restless] tantôt oui, tantôt non
    [falters] dernier sans réponse
    [returns] de nouveau une réponse
    [old] aucun récemment
   *[nothing] aucun
  }
svc-said-check = { $said ->
    [works] répond
    [backup] secours répond
    [partly] répond en partie
    [fails] sans réponse
    [restless] tantôt oui, tantôt non
    [falters] dernier sans réponse
    [returns] répond de nouveau
    [old] trop ancien
   *[nothing] pas de test
  }
svc-says-list = { $said ->
    [works] La route normale est active. Signature vérifiée.
    [backup] Une route de secours est active. Signature vérifiée.
    [partly] Une partie passe par le secours. Signature vérifiée.
    [fails] Le service y est hors service. Signature vérifiée.
    [restless] La liste a changé plusieurs fois. Signature vérifiée.
    [old] La liste est trop ancienne et ne compte plus.
   *[nothing] La liste officielle ne dit rien de ce service.
  }
svc-says-calls = { $said ->
    [works] Les appels de ce poste reçoivent une réponse.
    [backup] Les appels de ce poste passent par le secours.
    [partly] Une partie des appels de ce poste reste sans réponse.
    [fails] Les appels de ce poste restent sans réponse.
    [restless] Les appels de ce poste réussissent par moments.
    [falters] Le dernier appel de ce poste est resté sans réponse. Ce n'est pas encore considéré comme une panne.
    [returns] Le dernier appel de ce poste a de nouveau reçu une réponse. Ce n'est pas encore considéré comme rétabli.
    [old] Aucun appel de ce poste depuis un moment.
   *[nothing] Aucun appel de ce poste.
  }
svc-says-check = { $said ->
    [works] Le service répond à Relais.
    [backup] Le secours répond à Relais.
    [partly] Une partie répond à Relais.
    [fails] Le service ne répond pas à Relais.
    [restless] Le service répond par moments.
    [falters] Le dernier test est resté sans réponse. Relais teste bientôt à nouveau.
    [returns] Le dernier test a de nouveau reçu une réponse. Relais teste bientôt à nouveau.
    [old] Le dernier test est trop ancien et ne compte plus.
   *[nothing] Relais ne peut pas tester ce service.
  }

## Tableau

svc-col-name = Service
svc-col-state = État
svc-view = Vue
svc-view-now = Maintenant
svc-view-past = Historique

## Fiche

svc-back = Services
svc-print = Imprimer la fiche
svc-print-document = Imprimer : { $name }, avec explication
svc-levels = Niveaux
svc-level-in-force = en service
svc-level-now = à faire maintenant
svc-level-if = si c'est le cas
svc-level-out = pas possible maintenant
svc-level-not-needed = pas en cours
svc-level-unknown = on ne sait pas
svc-why-out = Ce n'est pas le cas : { $what }
svc-why-out-not = C'est le cas : { $what }
svc-open = Personne ne sait si c'est le cas : { $what }
svc-open-setting = Pas encore dit dans les réglages : { $what }
svc-announced = Annoncé, entre { $from } et { $until } : { $words } ({ $source })
svc-question = Est-ce le cas ? { $condition }
svc-patient = Au patient
svc-quote = « { $text } »
svc-document = { $name } : { $purpose }
svc-source = D'après la plate-forme eHealth, lu le { $d } ({ $ids }).
svc-then-mycarenet = Ensuite, seulement si MyCareNet ne répond plus non plus :
svc-then = Ensuite, seulement si cela ne va plus non plus :
svc-not-foreseen = Non prévu pour ce service : { $names }
svc-flemish = Région flamande
svc-depends = Repose sur : { $names }

## D'où vient la panne

svc-fault = D'où vient la panne ?
svc-fault-none = Pas de panne connue
svc-fault-pc = Ce poste et votre carte
svc-fault-network = Votre réseau
svc-fault-platform = Plate-forme eHealth
svc-fault-insurers = Mutualités (MyCareNet)
svc-fault-good = en ordre

## Moins de 30 jours

svc-recent-open = Vérifier une date
svc-recent-label = Date de la dernière consultation électronique
svc-recent-how = jour/mois/année, par exemple { $d }
svc-recent-ask = Vérifier
svc-recent-yes = Oui : elle compte jusqu'au { $d }.
svc-recent-no = Non : elle comptait jusqu'au { $d }.
svc-recent-future = Cette date est encore à venir.
svc-recent-none = Indiquez une date complète.
svc-recent-kept = Relais répond et oublie la date.

## Annonces

svc-spoken-one = { $name } : { $state }. { $do }
svc-spoken-more = { $n } services ont changé de route.

## Historique

svc-past-count = { $n ->
    [0] Aucun écart en 24 heures
    [one] Un écart en 24 heures
   *[other] { $n } écarts en 24 heures
  }
svc-past-going = { $count }, dont { $n } en cours
svc-past-month = Trente jours, écarts par jour
svc-past-month-none = Aucun écart en 30 jours
svc-past-lede = Un trait fin : la route normale. Une barre : un écart. En pointillé : nous ne savons pas. Hachuré : personne ne regardait.
svc-past-month-lede = Une case par jour. Pâle : la route normale. En pointillé : nous ne savons pas. Hachuré : personne ne regardait.
svc-past-period = Période
svc-past-day = 24 heures
svc-past-30 = 30 jours
svc-past-picture = Ligne du temps, { $period }. Touche T : le même contenu en tableau.
svc-past-table = Voir en tableau (T)
svc-past-lines = Voir en lignes (T)
svc-past-from = Début
svc-past-until = Fin
svc-past-length = Durée
svc-past-now = en cours
svc-past-off = personne ne regardait (poste arrêté ou Relais fermé)
svc-past-every = tous
svc-past-minutes = { $n } min
svc-past-hours = { $h } h { $m }
svc-past-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
  }
svc-past-bar = { $name } : { $state }, { $when }
svc-past-what = { $name } : { $state }
svc-past-open = depuis { $t }, toujours en cours
svc-past-closed = entre { $from } et { $until }, { $length }
svc-past-seen = { $who } { $at } : { $state }.
svc-past-legend-line = normale
svc-past-today = aujourd'hui

## Attestation

svc-record = Attestation d'indisponibilité
svc-record-save = Enregistrer le fichier signé
svc-record-saved = Enregistré sous { $path }
svc-record-print = Imprimer

## Impression

svc-sheet = Fiche de secours
svc-sheet-language = Langue de la fiche
svc-sheet-close = Fermer
svc-sheet-dated = État : { $d }. D'après la plate-forme eHealth, lu le { $dated }.
svc-sheet-when = Quand : { $condition }
svc-sheet-last = Et si rien ne marche

## Où vont les appels

svc-routes = Où vont les appels
svc-routes-why = Pour la personne qui aide au téléphone : le secours fonctionne sans rien changer ici.
svc-route-profile = selon les réglages de cet environnement
svc-route-list = selon la liste officielle
svc-route-old-list = selon la dernière liste officielle, trop ancienne pour compter
svc-route-failure = déplacés après un échec sur ce poste
svc-route-person = choisi par une personne jusqu'à { $t }
svc-route-choose = Envoyer les appels ailleurs
svc-route-release = De nouveau selon la liste officielle
svc-route-where = Vers où
svc-route-long = Pour combien de temps
svc-route-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
  }
svc-route-reason = Pourquoi
svc-route-go = Les y envoyer
svc-route-close = Laisser ainsi

## Software

svc-software = Les logiciels qui participent
svc-software-read = Deux pages de la plate-forme se contredisent. Elles ont été lues le { $d } ; elles-mêmes ne portent pas de date.
svc-software-package = Logiciel
svc-software-failover = Procédure de secours
svc-software-renewal = Renouvellement
svc-software-named = cité
svc-software-unnamed = non cité
