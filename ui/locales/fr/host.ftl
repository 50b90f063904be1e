# Textes que le programme lui-même affiche : titres de fenêtre et ligne de commande.
pin-window-title = Relais, code PIN
ask-pin = Code PIN de { $holder } ({ $tries ->
    [unknown] nombre d'essais inconnu
    [one] un seul essai restant
   *[other] { $tries } essais restants
  }) :
ask-password = Mot de passe du keystore :
ask-again = La plate-forme interroge la carte elle-même : le code PIN est demandé une seconde fois.
ask-consent = Une erreur de plus bloque la carte. Tapez OUI si vous connaissez ce code avec certitude :
consent-word = OUI
on-keypad = Tapez votre code sur le lecteur.
ask-keypad = Appuyez sur Entrée pour retaper le code sur le lecteur, ou tapez { $word } pour le taper sur ce clavier :
keyboard-word = PC
signed-in = { $person } : session ouverte jusqu'à { $until }
no-session = Aucune session ouverte
signed-out = La session est terminée et effacée de ce poste.
advice = Que faire : { $advice }
