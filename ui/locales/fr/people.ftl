# Les personnes que ce poste connaît, et « oublier ». { $t } est une heure, { $person } un nom.

people-group = Personnes sur ce poste
people-none = Ce poste ne connaît personne.
people-unnamed = Personne sans nom connu
people-in-use = Session ouverte jusqu'à { $t }, sur ce poste seulement.
people-waiting = Session en attente jusqu'à { $t } ; une autre personne est connectée.
people-no-session = Pas de session. Le nom reste connu pour le journal.
people-hint = Mot de passe du keystore : où il se trouve
people-hint-effect = Votre note, montrée quand le mot de passe du keystore est demandé. Jamais le mot de passe lui-même.
people-hint-one = Où { $person } garde le mot de passe du keystore
people-hint-kept = Noté.
people-forget = Oublier
people-forget-one = Oublier : { $person }
people-forget-this = Oublier cette personne
people-forget-title = Oublier { $person } ?
people-forget-lede = Relais efface de ce poste tout ce qu'il garde de cette personne. Rien ne peut être récupéré ensuite.
people-goes = Ce qui est effacé
people-goes-session = Sa session, ouverte jusqu'à { $t } : elle se termine maintenant.
people-goes-session-none = Sa session, s'il en reste une sur ce poste.
people-goes-password = Le mot de passe de son keystore, s'il est retenu sur ce poste.
people-goes-name = Son nom, et ce qui a été écrit pour travailler sans la carte.
people-stays = Ce qui reste
people-stays-keystore = Le fichier du keystore et la carte : Relais n'y touche pas.
people-stays-journal = Le journal, sans le nom : il dit ce qui s'est passé, mais plus qui.
people-stays-hours = Douze heures sans la carte qui ont commencé comptent toujours.
people-keep = Ne rien effacer
people-forget-now = Oublier cette personne
