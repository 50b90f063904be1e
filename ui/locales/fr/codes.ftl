# Ce qui s'est passé, en une phrase, et quoi faire. Une entrée par code de src-tauri/catalogue/codes.toml.
# Les valeurs numériques arrivent comme nombres ; une valeur absente laisse sa partie de côté.

## Carte et lecteur

rls-1001 = Le service de cartes de cet ordinateur ne fonctionne pas.
    .advice = Sous Windows et macOS, redémarrez l'ordinateur ; sous Linux, installez pcscd et libccid, et démarrez pcscd. Relais trouve ensuite le lecteur tout seul.
rls-1002 = Aucun lecteur de carte n'est détecté.
    .advice = Branchez le lecteur directement sur l'ordinateur ; Relais le voit tout seul.
rls-1003 = Le lecteur de carte a été débranché.
    .advice = Rebranchez-le ; Relais le voit tout seul.
rls-1004 = Il n'y a pas de carte dans le lecteur.
    .advice = Glissez votre eID dans le lecteur, la puce en avant et vers le haut.
rls-1005 = La carte ne répond pas.
    .advice = Retirez la carte, tournez la puce vers le haut et réinsérez-la.
rls-1006 = Cette carte n'est pas une carte d'identité belge.
    .advice = Retirez-la et glissez votre eID dans le lecteur.
rls-1007 = Le lecteur et la carte ne se comprennent pas.
    .advice = Retirez la carte et réinsérez-la ; si cela ne suffit pas, essayez un autre lecteur.
rls-1008 = Un autre programme utilise la carte.
    .advice = Fermez ce programme ou attendez qu'il ait fini, puis réessayez.
rls-1009 = Un autre programme a interrompu le travail avec la carte.
    .advice = Réessayez ; si cela se reproduit, fermez les autres programmes qui lisent des cartes.
rls-1010 = La carte a été retirée trop tôt.
    .advice = Remettez la carte et laissez-la jusqu'à ce que Relais ait fini. Une session ouverte reste ouverte.
rls-1011 = Le contact avec la carte s'est perdu.
    .advice = Essuyez la puce avec un chiffon doux et sec, puis réinsérez la carte.
rls-1012 = Relais ne peut pas utiliser le lecteur avec ce compte d'utilisateur.
    .advice = Demandez à la personne qui gère ce poste d'autoriser l'usage des cartes à puce.
rls-1013 = Le service de cartes de cet ordinateur ne répond plus.
    .advice = Débranchez puis rebranchez le lecteur ; si cela ne suffit pas, redémarrez l'ordinateur.
rls-1014 = La carte a donné une réponse inutilisable.
    .advice = Retirez la carte et réinsérez-la ; si cela ne suffit pas, essayez un autre lecteur.
rls-1015 = La carte dans le lecteur n'est pas celle du début.
    .advice = Remettez la première carte, ou recommencez avec celle-ci.
rls-1016 = Cette carte n'est pas encore activée.
    .advice = Présentez-la à votre commune, avec la lettre qui contient les codes PIN et PUK.
rls-1017 = Cette carte ne contient pas de certificat pour se connecter.
    .advice = Demandez à votre commune de placer les certificats sur la carte.
rls-1018 = Les certificats de cette carte ont expiré.
    .advice = Demandez une nouvelle carte à votre commune ; comptez quelques semaines.
rls-1019 = Les données de cette carte ne portent pas la bonne signature officielle.
    .advice = N'utilisez pas cette carte et appelez le centre de contact eHealth.
rls-1020 = Relais ne connaît pas l'autorité qui a délivré cette carte.
    .advice = Demandez à la personne qui gère ce poste de mettre Relais à jour.
rls-1021 = L'attente de la carte a été interrompue.
    .advice = Recommencez quand vous voulez.
rls-1022 = Le lecteur de carte signale une panne que Relais ne connaît pas.
    .advice = Débranchez puis rebranchez le lecteur ; si la panne reste, lisez ce code au centre de contact eHealth.
rls-1023 = Aucun lecteur ne porte ce nom.
    .advice = Choisissez un lecteur branché.
rls-1024 = Plusieurs lecteurs contiennent une carte.
    .advice = Ne laissez que votre carte, ou choisissez le lecteur à utiliser.
rls-1025 = La carte refuse cette opération.
    .advice = Retirez la carte, réinsérez-la et réessayez une fois ; en cas de nouveau refus, appelez le centre de contact eHealth.
rls-1026 = Les certificats de cette carte ne sont pas encore valables.
    .advice = Vérifiez la date de ce poste ; si elle est juste, utilisez la carte dès le jour où elle devient valable.

## Code PIN

rls-1201 = Un code PIN compte de 4 à 12 chiffres.
    .advice = Tapez-le de nouveau, en chiffres seulement. Aucun essai n'a été consommé.
rls-1202 = La carte a refusé le code PIN.{ $tries_left ->
        [1] {" "}Il reste un seul essai.
        [2] {" "}Il reste deux essais.
       *[other] {""}
    }
    .advice = Tapez le code de nouveau si vous le connaissez avec certitude ; en cas de doute, arrêtez et demandez-en un nouveau à votre commune.
rls-1203 = La carte est bloquée : le code PIN a été refusé trop souvent.
    .advice = Votre commune la débloque, avec la lettre qui contient le code PUK. Une session ouverte reste ouverte.
rls-1204 = Il n'est pas certain que le code PIN soit arrivé à la carte.
    .advice = Relais ne le répète pas de lui-même. Tapez-le de nouveau si vous le connaissez avec certitude.
rls-1205 = Vous avez arrêté la saisie du code PIN.
    .advice = Aucun essai n'a été consommé. Recommencez quand vous voulez.
rls-1206 = Le code PIN n'a pas été tapé à temps.
    .advice = Aucun essai n'a été consommé. Recommencez quand vous voulez.
rls-1207 = Aucun code PIN n'a été donné.
    .advice = Tapez-le quand il est demandé, ou transmettez-le par --pin-fd.
rls-1208 = C'est peut-être le dernier essai, et une erreur de plus bloquerait la carte.
    .advice = Continuez seulement si vous connaissez le code avec certitude ; sinon, demandez-en un nouveau à votre commune.
rls-1209 = Le clavier du lecteur n'a pas pu prendre le code PIN.
    .advice = Choisissez de taper le code sur l'ordinateur.
rls-1210 = L'écran a été verrouillé, et ce que vous aviez tapé a été effacé.
    .advice = Aucun essai n'a été consommé. Retapez votre code PIN quand vous voulez.
rls-1211 = La fenêtre du code PIN a dû être rouverte, et ce que vous aviez tapé a été effacé.
    .advice = Aucun essai n'a été consommé. Retapez votre code PIN.
rls-1212 = Ce qui a été tapé répondait à une question précédente et a été effacé.
    .advice = Regardez ce qui est demandé maintenant, puis tapez-le à nouveau.

## Service de connexion et réseau

rls-2001 = Le service de connexion est injoignable.
    .advice = Vérifiez le réseau de ce poste ; si d'autres sites s'ouvrent, réessayez dans quelques minutes. Une session ouverte reste ouverte.
rls-2002 = Le service de connexion ne répond pas à temps.
    .advice = Réessayez dans quelques minutes. Une session ouverte reste ouverte.
rls-2003 = Le service de connexion répond par une erreur.
    .advice = Réessayez dans quelques minutes. Une session ouverte reste ouverte.
rls-2004 = La réponse ne vient pas du service de connexion, ou elle est abîmée.
    .advice = Vérifiez que votre réseau donne accès à internet, puis réessayez.
rls-2005 = Le service de connexion refuse cette connexion.
    .advice = Lisez ce code au centre de contact eHealth.
rls-2006 = Le service de connexion est en panne.
    .advice = Réessayez plus tard ; il n'y a rien à réparer ici. Une session ouverte reste ouverte.
rls-2007 = Le service de connexion refuse pour une raison que Relais ne connaît pas.
    .advice = Réessayez une fois ; en cas de nouveau refus, lisez ce code au centre de contact eHealth.
rls-2008 = Le service de connexion trouve une faute dans ce que Relais a envoyé.
    .advice = C'est un défaut de Relais : envoyez un rapport à ses auteurs.
rls-2010 = Le certificat de sécurité du service a expiré.
    .advice = Vérifiez la date de ce poste ; si elle est juste, prévenez la personne qui gère votre réseau.
rls-2011 = L'ordinateur qui répond n'est pas celui que Relais appelait ; rien n'a été envoyé.
    .advice = Demandez à la personne qui gère votre réseau ce qui se trouve entre ce poste et la plate-forme.
rls-2012 = L'ordinateur qui répond ne peut pas prouver qui il est ; rien n'a été envoyé.
    .advice = Demandez à la personne qui gère votre réseau s'il inspecte les connexions sécurisées.
rls-2013 = La connexion proposée est trop ancienne pour être sûre ; rien n'a été envoyé.
    .advice = Demandez à la personne qui gère votre réseau ce qui se trouve entre ce poste et la plate-forme.
rls-2014 = La connexion sécurisée s'est interrompue.
    .advice = Vérifiez le réseau de ce poste et réessayez.
rls-2015 = L'adresse du service est introuvable.
    .advice = Vérifiez le réseau de ce poste et réessayez.
rls-2016 = Le proxy de votre réseau refuse la connexion.
    .advice = Demandez à la personne qui gère votre réseau de laisser passer Relais vers la plate-forme.
rls-2017 = Cette adresse n'appartient pas à l'environnement utilisé ; Relais ne l'appelle pas.
    .advice = Demandez à l'auteur du profil d'en vérifier la liste d'adresses.
rls-2018 = La réponse était trop grande et n'a pas été lue.
    .advice = Réessayez dans quelques minutes.
rls-2019 = Le service renvoie vers une autre adresse, et Relais ne suit pas.
    .advice = Vérifiez que votre réseau donne accès à internet, puis réessayez.
rls-2020 = Le réseau lit dans les connexions sécurisées, ce qui n'est pas admis ici ; rien n'a été envoyé.
    .advice = Demandez à la personne qui gère votre réseau de laisser intactes les connexions vers la plate-forme.

## Preuve de connexion

rls-2101 = La preuve de connexion porte une signature fausse et a été refusée.
    .advice = N'allez pas plus loin ; lisez ce code au centre de contact eHealth.
rls-2102 = La preuve de connexion n'est pas signée par la plate-forme eHealth et a été refusée.
    .advice = N'allez pas plus loin ; lisez ce code au centre de contact eHealth.
rls-2103 = La preuve de connexion est établie pour une autre clé et a été refusée.
    .advice = Lisez ce code au centre de contact eHealth.
rls-2104 = La preuve de connexion est établie pour une autre personne et a été refusée.
    .advice = N'allez pas plus loin ; lisez ce code au centre de contact eHealth.
rls-2105 = La preuve de connexion répond à une autre demande et a été refusée.
    .advice = Connectez-vous de nouveau ; si cela se reproduit, lisez ce code au centre de contact eHealth.
rls-2106 = Les heures de la preuve de connexion ne conviennent pas, et elle a été refusée.
    .advice = Vérifiez la date et l'heure de ce poste, puis connectez-vous de nouveau.
rls-2107 = La preuve de connexion avait déjà été reçue et a été refusée.
    .advice = Connectez-vous de nouveau ; si cela se reproduit, lisez ce code au centre de contact eHealth.
rls-2108 = La preuve de connexion n'a pas la forme prévue et a été refusée.
    .advice = Lisez ce code au centre de contact eHealth.
rls-2109 = Relais n'a pas de certificat pour reconnaître la plate-forme dans cet environnement.
    .advice = Demandez à la personne qui gère ce poste d'ajouter au profil les certificats de la plate-forme.
rls-2110 = La plate-forme n'a pas confirmé la qualité dans laquelle cette session est ouverte.
    .advice = Les services qui la demandent refuseront cette session. Connectez-vous dans votre propre qualité, ou demandez au centre de contact eHealth pourquoi elle n'est pas connue.

## Session

rls-2201 = Votre session est terminée.
    .advice = Connectez-vous de nouveau quand vous en avez besoin.
rls-2202 = Votre session dure jusqu'à l'arrêt de Relais : ce poste n'a pas d'endroit sûr pour la garder.
    .advice = N'arrêtez pas Relais ; après son arrêt, connectez-vous de nouveau.
rls-2203 = La session enregistrée est illisible et a été mise de côté.
    .advice = Connectez-vous de nouveau.
rls-2204 = La session enregistrée appartient à un autre ordinateur, un autre utilisateur ou un autre environnement.
    .advice = Connectez-vous de nouveau ici.
rls-2205 = Une connexion est déjà en cours.
    .advice = Terminez-la ou annulez-la d'abord.
rls-2206 = Aucune session n'est ouverte.
    .advice = Connectez-vous d'abord.
rls-2207 = Cette façon de se connecter n'est pas proposée ici.
    .advice = Connectez-vous avec votre eID.
rls-2208 = Relais ne connaît pas cette qualité professionnelle.
    .advice = Choisissez-en une dans la liste.
rls-2209 = La carte dans le lecteur appartient à une autre personne que celle qui est visée.
    .advice = Insérez la carte de cette personne.
rls-2210 = Ce poste ne connaît personne sous cet emplacement.
    .advice = Copiez l'emplacement de la réponse de « relaisctl person list ».
rls-2211 = Une session sans la carte n'est pas prolongée.
    .advice = Connectez-vous avec votre eID dès que possible.
rls-2212 = Une session sans la carte demande une raison.
    .advice = Dites si l'eID n'est pas disponible ou si un problème technique empêche de l'utiliser.
rls-2213 = Les 12 heures sans la carte sont écoulées.
    .advice = Connectez-vous avec votre eID. Si ce n'est toujours pas possible, ouvrez une nouvelle session sans la carte, avec sa raison.
rls-2214 = L'horloge de ce poste est revenue en arrière : la session sans la carte est gardée, mais pas utilisée.
    .advice = Vérifiez la date et l'heure de ce poste. Dès que le service de connexion a confirmé l'heure, la session reprend, avec la même fin.
rls-2215 = Vous travaillez souvent sans la carte : une phrase doit dire pourquoi.
    .advice = Écrivez pourquoi la carte ne sert pas encore. Rien n'est bloqué : une phrase suffit.
rls-2216 = Vous êtes déjà connecté avec la carte : une session sans la carte en remplacerait une plus longue.
    .advice = Continuez avec cette session. Connectez-vous sans la carte dans sa dernière demi-heure ou quand elle sera terminée ; si elle ne vous sert pas, terminez-la d'abord.
rls-2217 = Cette session sans la carte continue les 12 heures commencées avec la première.{ $way ->
        [left] {" "}Il reste { $minutes } min.
       *[other] {""}
    }
    .advice = La rouvrir ne la prolonge pas ; connectez-vous avec votre eID avant la fin.
rls-2218 = { $way ->
        [row] { $uses }e fois de suite sans la carte.
        [often] { $uses }e fois sans la carte en { $days } jours.
       *[other] Travailler sans la carte est devenu une habitude.
    }
    .advice = La règle réserve cette voie aux exceptions. Ce qui peut l'éviter : une carte qui reste avec les clés, un second lecteur, un code PIN débloqué à la commune.
rls-2221 = Une session est conservée sur ce poste, mais avec un autre trousseau de clés que celui qui est nommé maintenant.
    .advice = Omettez --key-store, ou nommez celui avec lequel la session a été ouverte, ou choisissez-le à nouveau dans les réglages ; elle reste où elle est.
rls-2222 = Cette session n'a été gardée qu'en mémoire et se termine avec cette commande.
    .advice = Pour garder une session, connectez-vous quand la fenêtre de Relais est ouverte, ou avec --key-store os ou file.

## Messages signés

rls-2301 = Le message est plus grand ou plus compliqué que Relais ne l'accepte et n'a pas été lu.
    .advice = Demandez un message correct à l'expéditeur.
rls-2302 = Le message contient un type de document, interdit ici, et n'a pas été lu.
    .advice = Demandez un message correct à l'expéditeur.
rls-2303 = Le message est abîmé et illisible.
    .advice = Récupérez-le de nouveau ; s'il reste abîmé, demandez-en un correct à l'expéditeur.
rls-2304 = La signature du message est fausse.
    .advice = N'utilisez pas le message et demandez-en un correct à l'expéditeur.
rls-2305 = Le message est signé d'une façon qui n'est pas acceptée ici.
    .advice = N'utilisez pas le message et demandez-en un correct à l'expéditeur.
rls-2306 = La signature ne couvre pas la partie qui serait utilisée.
    .advice = N'utilisez pas le message et demandez-en un correct à l'expéditeur.
rls-2307 = Le message n'est pas signé par quelqu'un à qui l'on fait confiance ici.
    .advice = N'utilisez pas le message et demandez-en un correct à l'expéditeur.
rls-2308 = Le message est trop ancien, ou son heure n'est pas encore venue.
    .advice = Vérifiez la date et l'heure de ce poste, puis récupérez le message de nouveau.

## Continuité

rls-3001 = La liste des services est celle d'un autre environnement.
    .advice = Relais garde la dernière bonne liste ; vérifiez l'adresse de la liste dans le profil.
rls-3002 = La liste des services reçue est plus ancienne que celle en main.
    .advice = Rien à faire : Relais garde la plus récente et redemande. Si cela dure, appelez le centre de contact.
rls-3003 = Deux listes des services différentes portent la même heure.
    .advice = Relais garde la première ; signalez-le au centre de contact.
rls-3004 = L'heure de la liste des services manque ou se trouve dans le futur.
    .advice = Vérifiez l'heure de cet ordinateur ; Relais garde la dernière bonne liste et redemande.
rls-3005 = La liste officielle des services ne peut pas être obtenue pour l'instant.
    .advice = Rien à faire : Relais garde la dernière bonne liste et redemande.
rls-3006 = Les maintenances annoncées notées sur ce poste sont inutilisables ; ce qui en était connu reste.
    .advice = Corrigez le fichier announced.toml dans le dossier de données de cet environnement.{ $reason ->
        [no-moment] {" "}Un moment s'écrit avec son fuseau, comme 2026-12-05T20:00:00+01:00.
        [ends-before-it-begins] {" "}Elle se termine avant de commencer.
        [lasts-too-long] {" "}Elle peut durer trois jours au plus.
        [no-function] {" "}Il n'y a pas de fonction de ce nom.
        [empty] {" "}Ce champ ne peut pas être vide.
        [too-long] {" "}Ce champ a 300 caractères au plus.
        [too-many] {" "}Il en contient 200 au plus.
       *[other] {""}
    }
rls-3011 = Un service de la liste n'a pas d'adresse principale ; il est laissé de côté.
    .advice = Rien à faire : les autres services de la liste restent en vigueur.
rls-3012 = Deux adresses d'un service de la liste ont le même rang ; il est laissé de côté.
    .advice = Rien à faire : les autres services de la liste restent en vigueur.
rls-3013 = Un service de la liste n'a pas exactement une adresse active ; il est laissé de côté.
    .advice = Rien à faire : les autres services de la liste restent en vigueur.
rls-3014 = L'adresse d'un service de la liste n'est pas une adresse https ; il est laissé de côté.
    .advice = Rien à faire : les autres services de la liste restent en vigueur.
rls-3015 = Un service de la liste se trouve chez un hôte que le profil ne permet pas ; il est laissé de côté.
    .advice = Si le service est nécessaire, demandez à qui gère le profil d'ajouter l'hôte.
rls-3016 = Un service figure deux fois dans la liste ; il est laissé de côté.
    .advice = Rien à faire : les autres services de la liste restent en vigueur.
rls-3017 = Un service de la liste est incomplet ; il est laissé de côté.
    .advice = Rien à faire : les autres services de la liste restent en vigueur.
rls-3031 = Personne de ce numéro n'a de clé de chiffrement.
    .advice = Vérifiez le type, le numéro et l'application du destinataire. Sans clé, rien ne peut être chiffré pour lui.
rls-3032 = La clé de chiffrement reçue n'est pas authentique ; elle n'est pas utilisée.
    .advice = Ne chiffrez rien pour ce destinataire maintenant et prévenez le helpdesk : quelque chose se trouve entre ce poste et la plate-forme.
rls-3033 = L'annuaire des clés de chiffrement ne répond pas comme il devrait.
    .advice = Relais réessaie. D'ici là, une clé conservée est utilisée, avec son âge, s'il y en a une.

## Keystore

rls-4001 = Le keystore est introuvable.
    .advice = Choisissez de nouveau le fichier ; son dossier a peut-être changé de place.
rls-4002 = Ce n'est pas le mot de passe du keystore.
    .advice = Tapez-le de nouveau, en respectant les majuscules ; une erreur ne bloque rien.
rls-4003 = Ce fichier n'est pas un keystore que Relais peut lire.
    .advice = Choisissez le fichier qui se termine par .p12, ou une copie que vous avez gardée.
rls-4004 = Le keystore ne contient pas de clé pour se connecter.
    .advice = Choisissez le keystore créé pour votre certificat eHealth.
rls-4005 = Le certificat de ce keystore a été demandé, mais pas encore reçu.
    .advice = Complétez d'abord la demande, ou choisissez un autre keystore.
rls-4006 = Le certificat de ce keystore a expiré.
    .advice = Demandez un nouveau certificat, et gardez ce fichier pour les anciens messages.
rls-4007 = Ce keystore appartient à une autre personne.
    .advice = Choisissez le keystore de la personne qui se connecte.
rls-4008 = Ce keystore appartient à un autre environnement.
    .advice = Choisissez le keystore créé pour l'environnement utilisé.
rls-4009 = Ce fichier demande bien plus de travail qu'un vrai keystore et n'a pas été ouvert.
    .advice = Choisissez un autre fichier, et demandez d'où vient celui-ci.
rls-4010 = Le dossier du keystore ne répond pas.
    .advice = Vérifiez la connexion à ce dossier, ou copiez le keystore sur ce poste.
rls-4011 = Aucun mot de passe n'a été donné pour le keystore.
    .advice = Tapez-le quand il est demandé, ou transmettez-le par --password-fd.
rls-4012 = Les keystores de plusieurs personnes se trouvent ici.
    .advice = Dites de qui est la session : avec le fichier du keystore, ou avec la personne.
rls-4013 = Ce keystore est celui d'une personne.
    .advice = Seule une organisation se connecte avec son certificat seul. Une personne se connecte avec sa carte, ou exceptionnellement sans elle.
rls-4014 = Relais ne sait pas avec quoi ce type d'organisation se connecte.
    .advice = Connectez-vous comme avant et envoyez-nous ce message : nous ajouterons le type.
rls-4015 = Ce fichier de certificats est illisible, ou il est endommagé.
    .advice = Vérifiez que vous pouvez le lire. Sinon, demandez-le à nouveau à qui l'a fait ; les autres fichiers ont été lus.
rls-4016 = Ce fichier est trop grand pour un certificat ; il n'a pas été lu.
    .advice = Si ce n'est pas un certificat, déplacez-le dans un autre dossier. Les autres fichiers ont été lus.
rls-4017 = Un dossier de certificats est inaccessible.
    .advice = Vérifiez que le dossier existe encore, que vous pouvez le lire et que le réseau fonctionne. Ce que Relais en savait reste conservé.
rls-4018 = Ce lien mène hors des dossiers convenus, tourne en rond ou ne mène nulle part ; il n'a pas été suivi.
    .advice = Ajoutez le dossier où il mène, si des certificats à surveiller s'y trouvent.
rls-4019 = Le certificat de ce keystore n'est pas encore valable.
    .advice = Vérifiez la date de ce poste ; si elle est juste, utilisez ce keystore dès le jour où il devient valable.
rls-4030 = Le nouveau mot de passe contient des caractères que d'autres programmes refusent.
    .advice = N'utilisez que des lettres sans accents, des chiffres, des espaces et des signes de ponctuation : avec d'autres caractères, le keystore ne s'ouvre pas dans les programmes d'eHealth.
rls-4031 = Le nouveau mot de passe est trop court.
    .advice = Choisissez-en un d'au moins 6 caractères, ou mieux, une phrase de quelques mots.
rls-4032 = Le keystore n'a pas pu être écrit ; rien n'a changé.
    .advice = Vérifiez qu'il reste de la place sur le disque et que vous pouvez écrire dans ce dossier, puis réessayez.
rls-4033 = Le keystore a été écrit, mais n'était pas le même à la relecture ; il a été retiré.
    .advice = Votre ancien keystore est intact. Écrivez sur un autre disque, et faites vérifier celui-ci.
rls-4034 = Le certificat ne correspond pas à la clé.
    .advice = Rien n'a changé. Utilisez le keystore avec lequel le certificat a été demandé, ou appelez le centre de contact eHealth.
rls-4035 = Ce keystore contient un élément que Relais ne sait pas réécrire ; rien n'a changé.
    .advice = Changez le mot de passe avec le programme qui a créé le keystore, pour que rien ne se perde.
rls-4036 = Ce fichier n'est pas un message chiffré que Relais peut lire.
    .advice = Choisissez le message tel qu'il est arrivé, encore chiffré ; une partie, ou une copie prise à l'écran, ne suffit pas.
rls-4037 = Ce message nomme bien plus de destinataires qu'un vrai message ; sa lecture a été arrêtée.
    .advice = Choisissez un autre fichier, et demandez d'où vient celui-ci.
rls-4038 = Aucun keystore d'ici n'ouvre ce message, pour autant que cela se voie sans mot de passe.
    .advice = Essayez le keystore qui était valable quand le message a été envoyé, ou cherchez dans les dossiers d'autres postes et dans les sauvegardes. Ne jetez aucun ancien keystore.
rls-4040 = Ce dossier se trouve dans un dossier déjà convenu.
    .advice = Il n'y a rien à faire : ce qui se trouve sous un dossier est regardé avec lui.
rls-4041 = Relais ne peut pas regarder ceci comme un dossier de certificats.
    .advice = Indiquez un dossier qui existe, que vous pouvez lire et qui n'est pas le disque entier.
rls-4042 = Ce dossier n'a pas été convenu.
    .advice = Regardez quels dossiers sont convenus et indiquez l'un d'eux.
rls-4043 = Ce qui a été trouvé dans un dossier de certificats n'a pas pu être conservé.
    .advice = Rien n'est perdu : le dossier sera relu au prochain démarrage. Vérifiez qu'il reste de la place sur le disque.
rls-4044 = Les changements dans ce dossier ne peuvent pas être remarqués sur ce poste.
    .advice = Relais le regarde une fois par jour, et chaque fois que vous le demandez.
rls-4045 = Ce certificat n'est pas dans la liste, ou rien n'en a été dit.
    .advice = Regardez la liste à nouveau : le fichier a peut-être disparu, ou quelqu'un a déjà répondu.

## Ce poste

rls-6001 = L'horloge de ce poste est trop éloignée de celle de la plate-forme.
    .advice = Réglez la date et l'heure de ce poste, puis réessayez.
rls-6002 = Ce poste n'offre pas d'endroit sûr pour garder des clés.
    .advice = Vous pouvez continuer à travailler ; demandez à la personne qui gère ce poste d'installer un trousseau de clés.
rls-6003 = Le trousseau de clés de ce poste est verrouillé.
    .advice = Déverrouillez-le quand l'ordinateur le demande, puis réessayez.
rls-6004 = Le trousseau de clés de ce poste refuse l'accès à Relais.
    .advice = Autorisez Relais quand l'ordinateur le demande, puis réessayez.
rls-6005 = Relais ne peut pas utiliser son dossier de données.
    .advice = Demandez à la personne qui gère ce poste de vérifier que le dossier existe et n'appartient qu'à vous.
rls-6006 = Relais est déjà ouvert.
    .advice = Utilisez la fenêtre ouverte, ou fermez-la d'abord.
rls-6007 = Les données enregistrées étaient abîmées ; elles ont été mises de côté et remplacées par de nouvelles.
    .advice = Continuez à travailler : votre session n'est pas touchée. Envoyez un rapport quand cela vous convient.
rls-6008 = Les données enregistrées viennent d'une version plus récente de Relais et sont restées telles quelles.
    .advice = Demandez à la personne qui gère ce poste d'installer la version récente. Votre session n'est pas touchée.
rls-6009 = Le journal est incomplet, ou il a été modifié.
    .advice = Laissez le dossier de données de Relais tel quel, et appelez votre helpdesk avant que quoi que ce soit soit effacé.
rls-6010 = Le journal ne peut pas être écrit pour l'instant ; ses lignes attendent.
    .advice = Continuez à travailler, et faites libérer de la place sur le disque. Les lignes s'écriront d'elles-mêmes.
rls-6011 = Le disque est plein.
    .advice = Faites libérer de la place sur le disque ; Relais reprend ensuite de lui-même.
rls-6012 = Cette commande n'atteint pas le Relais qui est ouvert.
    .advice = Fermez Relais, ouvrez-le de nouveau et répétez la commande.
rls-6013 = Le profil contient une erreur.
    .advice = Demandez à l'auteur du profil de la corriger.
rls-6014 = Cet environnement n'existe pas.
    .advice = Nommez production, acceptance, integration ou sandbox par --environment, ou un profil à vous par --profile.
rls-6015 = Cette commande n'a pas été comprise.
    .advice = Ajoutez --help pour voir ce qu'elle attend.
rls-6016 = Un programme d'un autre utilisateur a tenté de commander Relais et a été refusé.
    .advice = Rien ne s'est passé ; prévenez votre helpdesk si vous ne vous y attendiez pas.
rls-6017 = Le fichier ne peut pas être lu.
    .advice = Vérifiez son nom, et que vous pouvez l'ouvrir.
rls-6018 = Les réglages sont illisibles ; les réglages habituels s'appliquent.
    .advice = Refaites vos réglages, et envoyez un rapport.
rls-6019 = La commande a été interrompue.
    .advice = Recommencez quand vous voulez.
rls-6020 = Le mot de passe de la keystore n'a pas pu être retenu sur ce poste.
    .advice = La connexion se fait comme d'habitude ; Relais redemandera le mot de passe après un redémarrage. Déverrouillez le trousseau et cochez de nouveau la case à une prochaine connexion.
rls-6021 = Le mot de passe retenu de la keystore n'a pas pu être effacé de ce poste.
    .advice = Déverrouillez le trousseau de ce poste et effacez-y le mot de passe que Relais a gardé.
rls-6022 = Une session est conservée sur ce poste, mais le trousseau de clés ne l'ouvre pas pour l'instant.
    .advice = Déverrouillez le trousseau de clés de ce poste ; Relais regarde à nouveau toutes les trente secondes.
rls-6023 = Le Relais ouvert sur ce poste ne répond pas.
    .advice = Regardez sa fenêtre ; si elle ne réagit pas non plus, fermez-la et réessayez.
rls-6024 = La session est terminée, mais tout n'a pas pu être effacé de ce poste.{ $reason ->
        [file] {" "}Son fichier reste.
        [key] {" "}La clé de son fichier reste.
        [file-and-key] {" "}Son fichier et la clé de celui-ci restent.
       *[other] {""}
    }
    .advice = Déverrouillez le trousseau de clés de ce poste et vérifiez que le dossier de données est accessible en écriture, puis terminez à nouveau la session.
rls-6025 = Cette personne n'est pas entièrement oubliée.{ $reason ->
        [session] {" "}La session, ou sa clé, reste sur ce poste.
        [password] {" "}Le mot de passe retenu de la keystore reste dans le trousseau.
        [name] {" "}Le nom reste dans la base de données.
        [etk] {" "}La clé de chiffrement conservée reste sur ce poste.
        [certificate] {" "}Le certificat montré par une carte ou un keystore reste sur ce poste.
        [copy] {" "}Le nom peut rester dans { $file }, une ancienne copie de la base de données qui ne peut être modifiée.
        [key] {" "}La keystore reste ouverte jusqu'à l'arrêt de Relais.
       *[other] {""}
    }
    .advice = { $reason ->
        [copy] Effacez ce fichier du dossier de données de Relais quand plus personne n'en a besoin, puis oubliez de nouveau la personne.
       *[other] Déverrouillez le trousseau de ce poste, vérifiez que Relais peut écrire dans son dossier de données, puis oubliez de nouveau la personne.
    }
rls-6026 = Les données enregistrées sont endommagées et illisibles.
    .advice = Rien n'a été modifié. Démarrez Relais ou connectez-vous : le fichier endommagé sera mis de côté et conservé, et un nouveau journal commencera.
rls-6027 = L'horloge de ce poste a sauté au-delà de la fin de votre session.
    .advice = Si la date et l'heure sont fausses, corrigez-les : la session sera de nouveau là. Si elles sont justes, connectez-vous de nouveau.
rls-6030 = Un réglage des appels est faux.
    .advice = Demandez à la personne qui a écrit user_agent, from ou proxy dans preferences.toml, sous [calls], de le corriger.
rls-6031 = Les heures de travail des réglages sont inutilisables ; les heures habituelles s'appliquent.
    .advice = Réglez à nouveau les heures du cabinet.
rls-6032 = L'heure que Relais avait notée a été modifiée par autre chose ; elle est notée à nouveau.
    .advice = Vérifiez la date et l'heure de ce poste.
rls-6033 = Le bac à sable n'indique pas son heure.{ $shown ->
        [kept] {" "}Une session est affichée telle qu'elle a été conservée ; seul le bac à sable sait si elle est terminée.
       *[other] {""}
    }
    .advice = Démarrez le bac à sable auquel mène ce profil, puis réessayez ; pour celui de la fenêtre, ouvrez Relais.
rls-6034 = Relais suit l'horloge de la plate-forme, car celle de ce poste n'est pas à l'heure.{ $way ->
        [ahead] {" "}Elle avance de { $minutes } min.
        [behind] {" "}Elle retarde de { $minutes } min.
       *[other] {""}
    }
    .advice = Réglez la date et l'heure de ce poste, ou laissez-le les régler lui-même.
rls-6035 = L'heure que Relais a notée est en avance ; travailler sans carte prendrait fin aussitôt.
    .advice = Si la date et l'heure de ce poste sont justes, remettez l'heure notée en arrière : dans la fenêtre, ou par relaisctl clock put-back.
rls-6036 = L'heure notée reste telle quelle : rien de ce qui vient d'être demandé ne confirme qu'elle est en avance.
    .advice = Vérifiez la date et l'heure de ce poste, puis réessayez quand le service de connexion répond.
rls-6037 = Aucune attestation ne peut être faite de cette panne : ce qui en était conservé n'y est plus, ou c'est trop pour une seule.
    .advice = Rouvrez l'historique, et choisissez une panne plus récente ou plus courte.
rls-6038 = L'attestation d'indisponibilité n'a pas pu être enregistrée.
    .advice = Vérifiez qu'il reste de la place sur le disque et que vous pouvez écrire dans vos documents, puis réessayez.
rls-6039 = Ce poste n'ouvre pas sa boîte d'impression.
    .advice = Vérifiez l'imprimante de ce poste, puis réessayez. Vous pouvez aussi enregistrer le fichier signé.
rls-6041 = Le fichier des certificats de confiance ne peut pas être utilisé.
    .advice = Indiquez un fichier de certificats au format PEM, chacun entre BEGIN CERTIFICATE et END CERTIFICATE.
rls-6042 = Le bac à sable ne peut pas écouter sur le port demandé.
    .advice = Choisissez un autre port avec --sts-port ou --control-port, ou omettez-les : le système choisit alors. Si un autre bac à sable tourne, terminez-le d'abord.
rls-6043 = Cette commande n'existe pas encore dans cette version de Relais.
    .advice = relaisctl --help donne la liste des commandes qui existent.
rls-6044 = Le résultat de cette commande n'a pas pu être écrit.
    .advice = La commande elle-même a été exécutée. Libérez de la place ou écrivez ailleurs, puis redemandez ce dont vous avez besoin.
rls-6045 = Ce bac à sable tourne déjà.
    .advice = Utilisez celui qui tourne, arrêtez-le d'abord, ou indiquez un autre dossier.
rls-6046 = Il n'y a pas de bac à sable dans ce dossier.
    .advice = Indiquez le dossier du bac à sable, ou démarrez-en d'abord un à cet endroit.
rls-6047 = Le bac à sable n'a jamais été ouvert sur ce poste.
    .advice = Ouvrez-le une fois dans Relais, ou démarrez relaisctl sandbox serve.
rls-6048 = Aucun environnement n'est choisi.
    .advice = Choisissez-en un dans Relais, ou nommez-le : --environment production, acceptance, integration ou sandbox.
rls-6049 = Le bac à sable ne peut pas faire cela maintenant.
    .advice = Regardez ce qu'il y a dans son lecteur, si un scénario est en cours, et si c'est bien celui de la fenêtre.
rls-6051 = Relais ne peut pas régler son démarrage avec l'ordinateur.
    .advice = Réessayez ; sinon, ajoutez ou retirez Relais dans les réglages de démarrage du système.
rls-6052 = Ce poste n'affiche pas de notifications.
    .advice = Relais dit tout dans sa fenêtre et près de l'horloge ; laissez l'une des deux en vue.
rls-6053 = Avant d'oublier une personne, il faut être certain de qui il s'agit, et que c'est voulu.
    .advice = Rien n'a été effacé. Désignez la personne avec --person, par l'emplacement que montre « relaisctl person list », et confirmez au terminal ou avec --yes.
rls-6054 = Relais tourne déjà, avec un autre environnement ou un autre dossier que ceux que vous venez de demander.
    .advice = Arrêtez-le d'abord, puis relancez-le ainsi.

## Relais lui-même

rls-9001 = Une partie de Relais s'est arrêtée et a été relancée.
    .advice = Réessayez ; si cela se reproduit, envoyez un rapport aux auteurs de Relais.
rls-9002 = Relais a commis une erreur.
    .advice = Réessayez ; si cela se reproduit, envoyez un rapport aux auteurs de Relais.
rls-9003 = Relais s'est arrêté de fonctionner à l'intérieur.
    .advice = Fermez Relais et ouvrez-le de nouveau ; une session enregistrée est toujours là.
