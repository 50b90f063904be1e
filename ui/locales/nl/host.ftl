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
signed-in = { $person }: sessie open tot { $until }
no-session = Geen sessie open
signed-out = De sessie is beëindigd en van deze pc gewist.
advice = Wat te doen: { $advice }
