# Teksten die het programma zelf toont: venstertitels en opdrachtregel.
pin-window-title = Relais, pincode
ask-pin = Pincode van { $holder } ({ $tries ->
    [unknown] aantal pogingen onbekend
    [one] nog één poging
   *[other] nog { $tries } pogingen
  }):
ask-password = Wachtwoord van de keystore:
ask-again = Het platform bevraagt de kaart zelf: de pincode wordt een tweede keer gevraagd.
ask-consent = Nog één fout blokkeert de kaart. Typ JA als u deze code met zekerheid kent:
consent-word = JA
on-keypad = Typ uw code op de lezer.
ask-keypad = Druk op Enter om de code opnieuw op de lezer te typen, of typ { $word } om ze op dit toetsenbord te typen:
keyboard-word = PC
keyboard-unclear = Niet begrepen: druk alleen op Enter, of typ { $word }.
signed-in = { $person }: sessie open tot { $until }
no-session = Geen sessie open
signed-out = De sessie is beëindigd en van deze pc gewist.
advice = Wat te doen: { $advice }
when-tomorrow = morgen, { $t }
when-yesterday = gisteren, { $t }
when-day = { $weekday ->
    [1] ma
    [2] di
    [3] wo
    [4] do
    [5] vr
    [6] za
   *[7] zo
  } { $day } { $month ->
    [1] jan
    [2] feb
    [3] mrt
    [4] apr
    [5] mei
    [6] jun
    [7] jul
    [8] aug
    [9] sep
    [10] okt
    [11] nov
   *[12] dec
  }, { $t }
