# Certificats : ce qu'on peut en faire, les rappels, et ce qui va dans un agenda ou un tableau. { $d } est une date, { $who } le titulaire.

certificates-date = { $day } { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
  } { $year }

certificates-today-early = Valable à partir du { $d }
certificates-today-wait = À renouveler à partir du { $d }
certificates-today-renew = À renouveler avant le { $d }
certificates-today-ask-anew = Expiré le { $d } : demandez-en un nouveau, avec l'eID
certificates-today-municipality = Demandez une nouvelle carte à la commune : celle-ci expire le { $d }, et cela prend des semaines
certificates-today-anchors = Relais fait confiance à cette autorité jusqu'au { $d } : une version plus récente de Relais apporte la suivante
certificates-today-complete = Demande en cours : terminez-la quand l'e-mail d'eHealth est arrivé
certificates-today-keep = Conservez l'ancien fichier : il sert à lire les anciens messages
certificates-today-nothing = Rien à faire
certificates-closed = Ne s'ouvre qu'avec son mot de passe
certificates-closed-of = Ne s'ouvre qu'avec son mot de passe ; fait le { $d }

certificates-use-authentication = Se connecter
certificates-use-signature = Signer
certificates-use-encryption = Lire les messages
certificates-use-authority = Autorité
certificates-use-in-progress = Demande

certificates-environment-production = Production
certificates-environment-acceptance = Acceptation
certificates-environment-integration = Intégration
certificates-environment-sandbox = Bac à sable

certificates-column-who = Titulaire
certificates-column-type = Type
certificates-column-number = Numéro
certificates-column-application = Application
certificates-column-environment = Environnement
certificates-column-use = Usage
certificates-column-from = Valable du
certificates-column-until = Valable jusqu'au
certificates-column-today = À faire
certificates-column-files = Fichiers

certificates-event = Le certificat de { $who } expire
certificates-event-card = La carte d'identité de { $who } expire
certificates-event-tests = Tests ({ $environment }) : le certificat de { $who } expire
certificates-event-step = À renouveler à partir du { $d }. Le renouvellement donne une nouvelle clé : conservez l'ancien fichier et son mot de passe.

certificates-told-opened = Le certificat de { $who } peut être renouvelé, jusqu'au { $d }.
certificates-told-days = Le certificat de { $who } expire dans { $days ->
    [1] un jour
   *[other] { $days } jours
  }, le { $d }.
certificates-told-ended = Le certificat de { $who } a expiré le { $d }.
certificates-told-many = { $count } certificats demandent votre attention ; le plus urgent est celui de { $who } ({ $d }).
certificates-told-failed = Le renouvellement du certificat de { $who } a échoué.

certificates-deputy-subject = Certificat de { $who } : pouvez-vous prendre le relais ?
certificates-deputy-body = Cher collègue, le certificat de { $who } expire le { $d }. Pouvez-vous vous charger du renouvellement ?
