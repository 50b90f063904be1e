# La place de la main dans le bac à sable.

nav-sandbox = Bac à sable
box-invented = Monde inventé
box-usual = Tout est comme d'habitude
box-unusual = { $n ->
    [one] Une chose n'est pas comme d'habitude
   *[other] { $n } choses ne sont pas comme d'habitude
  }
box-lede = Médecin, carte, plate-forme et heure sont inventés. Ce que vous faites ici n'atteint ni plate-forme ni patient ; Relais le prend pour vrai, et ses autres écrans suivent en quelques secondes.
box-reset = Tout comme d'habitude
box-is-playing = Un scénario est en cours : { $title }
box-is-lost = { $zone } : personne ne répond
box-is-list = Liste officielle : { $state }
box-is-form = Liste officielle : { $form }
box-is-moved = Services que la liste place ailleurs : { $n }
box-is-failing = Services en panne quelque part : { $n }
box-is-flapping = Services qui vont et viennent quelque part : { $n }
box-is-away = Le service de connexion est absent
box-is-faulty = Pannes du service de connexion prévues ailleurs : { $n }
box-is-pulled = La carte n'est pas dans le lecteur
box-take = Retirer
box-bring = Ramener
box-of = { $what }, { $name }
box-differs = variable

box-stories = Scénarios
box-stories-what = Un scénario commence et finit avec tout comme d'habitude. Ses étapes viennent avec le temps ; vous pouvez tourner les horloges jusqu'à la suivante.
box-which = Scénario
box-story = { $title } ({ $steps } étapes, { $minutes } min)
box-step = { $title } : { $n } étapes faites sur { $m }, la suivante { $at }.
box-play = Commencer
box-next = À l'étape suivante
box-stop = Arrêter le scénario

box-time = Heure
box-wall = Horloge de ce poste
box-trusted = Heure de la plate-forme
box-clock = Ce qui tourne
box-clock-all = Le temps passe pour tout le monde
box-clock-wall = Seulement l'horloge de ce poste
box-clock-trusted = Seulement l'heure de la plate-forme
box-clock-boot = Seulement le temps depuis le démarrage
box-turn = Tourner les horloges
box-turn-back = 1 h en arrière
box-turn-10 = 10 min
box-turn-60 = 1 h
box-turn-360 = 6 h
box-turn-1440 = 24 h
box-morning = Au lendemain matin

box-zones = Zones
box-zone-main = Zone principale
box-zone-backup = Zone de secours
box-zone-mycarenet = MyCareNet
box-zone-region = Région flamande
box-zone-main-what = Les deux centres de données de la plate-forme.
box-zone-backup-what = Le troisième centre de données de la plate-forme.
box-zone-mycarenet-what = Les mutualités, sans la plate-forme.
box-zone-region-what = Vaccinnet.
box-zone-there = Répond.
box-zone-gone = Perdue : personne ne répond.

box-hand = Connexion et carte
box-sign-in = Service de connexion
box-sign-in-what = Dans chaque zone ; cela met fin aussi aux pannes prévues ailleurs.
box-sign-in-there = Joignable.
box-sign-in-gone = Absent : personne ne peut s'y connecter.
box-card = Carte
box-card-in = Dans le lecteur.
box-card-out = Hors du lecteur.
box-pull = Retirer la carte
box-put = Insérer la carte

box-list = Liste officielle
box-list-what = La liste signée de la plate-forme, qui dit où est chaque service. La gâter ne déplace aucun service.
box-list-state = La liste est
box-list-honest = honnête
box-list-bad-signature = modifiée après la signature
box-list-wrong-signer = signée par quelqu'un d'autre
box-list-other-environment = d'un autre environnement
box-list-to-come = datée d'une heure en avance
box-list-old = plus ancienne que celle en vigueur
box-list-twin = du même instant, en d'autres mots
box-list-gone = introuvable
box-list-form = Version
box-form-v1 = version 1
box-form-v2 = version 2
box-form-mixed = les deux versions mêlées
box-list-all = Placer chaque service dans :

box-functions = Services
box-functions-what = Où la liste place un service, et ce qu'il fait à chacune de ses adresses. Un service qui va et vient marche 4 minutes, puis est en panne 4 minutes.
box-listed = La liste dit
box-works = marche
box-fails = en panne
box-flaps = va et vient
box-each = Chacun des { $n } services à part
