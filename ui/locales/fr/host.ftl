# Textes que le programme lui-même affiche : titres de fenêtre et ligne de commande.
pin-window-title = Relais, code PIN
ask-pin = Code PIN de { $holder } ({ $tries ->
    [unknown] nombre d'essais inconnu
    [one] un seul essai restant
   *[other] { $tries } essais restants
  }) :
ask-password = Mot de passe du keystore :
ask-again = La plate-forme interroge la carte elle-même : le code PIN est demandé une seconde fois.
ask-consent = Une erreur de plus bloque la carte. Tapez OUI si vous connaissez ce code avec certitude :
consent-word = OUI
on-keypad = Tapez votre code sur le lecteur.
ask-keypad = Appuyez sur Entrée pour retaper le code sur le lecteur, ou tapez { $word } pour le taper sur ce clavier :
keyboard-word = PC
keyboard-unclear = Pas compris : appuyez seulement sur Entrée, ou tapez { $word }.
signed-in = { $person } : session ouverte jusqu'à { $until }
no-session = Aucune session ouverte
signed-out = La session est terminée et effacée de ce poste.
advice = Que faire : { $advice }
when-tomorrow = demain, { $t }
when-yesterday = hier, { $t }
when-day = { $weekday ->
    [1] lun.
    [2] mar.
    [3] mer.
    [4] jeu.
    [5] ven.
    [6] sam.
   *[7] dim.
  } { $day } { $month ->
    [1] janv.
    [2] févr.
    [3] mars
    [4] avr.
    [5] mai
    [6] juin
    [7] juil.
    [8] août
    [9] sept.
    [10] oct.
    [11] nov.
   *[12] déc.
  }, { $t }
