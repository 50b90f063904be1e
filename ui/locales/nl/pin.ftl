# Het venster voor de pincode. { $t } is een tijdstip: "19:45" of "morgen, 01:45".

pin-title = Uw pincode
pin-purpose = Om uw eHealth-sessie te openen tot { $t }. Gevraagd door Relais.
pin-purpose-renew = Om uw eHealth-sessie te verlengen tot { $t }. Gevraagd door Relais.
pin-purpose-open = Om uw eHealth-sessie te openen. Gevraagd door Relais.
pin-again = Het platform bevraagt de kaart zelf: de pincode wordt een tweede keer gevraagd.
pin-card-end = kaart eindigend op { $end }
pin-tries = { $n ->
    [one] nog { $n } poging
   *[other] nog { $n } pogingen
  }
pin-tries-last = nog 1 poging van 3
pin-tries-unknown = Aantal pogingen onbekend
pin-field = Pincode, 4 tot 12 cijfers
pin-range = 4 tot 12 cijfers
pin-count = { $n ->
    [0] geen cijfer
    [one] { $n } cijfer
   *[other] { $n } cijfers
  }
pin-keys-show = Toetsen op het scherm
pin-keys-hide = Toetsen verbergen
pin-erase = Wissen
pin-act = Sessie openen
pin-act-renew = Sessie verlengen
pin-later = Later
pin-calm = Neem uw tijd. De code gaat naar de kaart en wordt daarna vergeten.

pin-last = Nog één poging
pin-last-why = Nog één fout blokkeert de kaart; alleen de gemeente kan ze deblokkeren.
pin-last-use = De laatste poging gebruiken
pin-maybe-last = Misschien de laatste poging
pin-maybe-why = Nog één fout kan de kaart blokkeren; alleen de gemeente kan ze deblokkeren.
pin-maybe-use = Deze code proberen
pin-doubt = Twijfelt u? Probeer niet.
pin-doubt-session = Uw sessie blijft open tot { $t }.
pin-last-sure = Ik ken deze code met zekerheid
pin-last-first = Vink eerst het vakje hierboven aan
pin-last-no = Niet proberen

pin-wait-title = Wachten op uw kaart
pin-pad = Typ uw code op de lezer
pin-pad-time = De lezer wacht 30 seconden. Om te stoppen drukt u op zijn annuleertoets.
pin-pad-ask = Nog eens op de lezer?
pin-pad-again = Op de lezer typen
pin-pad-type = Op de computer typen
pin-pad-remembered = Relais onthoudt dit voor deze lezer; u maakt het ongedaan bij de instellingen.

pin-blocked-title = Kaart geblokkeerd
pin-blocked = De kaart is geblokkeerd. Uw sessie blijft open tot { $t }. De gemeente deblokkeert ze.
pin-blocked-alone = De kaart is geblokkeerd. De gemeente deblokkeert ze, met de brief waarin de pukcode staat.
pin-close = Sluiten

password-title = Wachtwoord van de keystore
password-label = Wachtwoord
password-hint = Een fout blokkeert niets; hoofdletters tellen.
password-show = Tonen
password-hide = Verbergen
password-caps = Caps Lock staat aan.
password-remember = Onthouden op deze pc, voor het aanmelden met de kaart

pin-working-title = Bezig met aanmelden
pin-working = Laat de kaart in de lezer.
pin-done = Sessie open tot { $t }
pin-done-open = Sessie open
pin-failed-title = Aanmelden kan nu niet
pin-code = Code om door te geven: { $code }
