# Aanmelden zonder de kaart. { $t } is een tijd, { $n } de hoeveelste keer dit is in { $days } dagen.

nocard-title = Aanmelden zonder de kaart
nocard-what = Voor één keer, als kaart of lezer ontbreekt. Hoogstens { $hours ->
    [12] twaalf
   *[other] { $hours }
  } uur, daarna opnieuw aanmelden.
nocard-same = De sessie zonder kaart, geopend { $at }, telt nog altijd: haar einde verschuift niet.
nocard-useless = De aanmelddienst antwoordt nu niet.
    .more = Ook aanmelden zonder kaart loopt langs die dienst: het zal zeer waarschijnlijk niet helpen.

nocard-found = Vastgesteld door Relais:
nocard-found-unknown = lezer en kaart nog niet gezien
nocard-found-down = kaartlezers niet bereikbaar
nocard-found-noreader = geen lezer gevonden
nocard-found-nocard = lezer zonder kaart
nocard-found-unusable = kaart niet bruikbaar
nocard-found-several = meerdere eID's in de lezers
nocard-found-ready = eID in de lezer
nocard-found-tries = { $n ->
    [one] eID in de lezer, nog { $n } poging
   *[other] eID in de lezer, nog { $n } pogingen
  }
nocard-found-blocked = pincode geblokkeerd
nocard-service-unknown = aanmelddienst nog niet nagegaan
nocard-service-answers = aanmelddienst bereikbaar
nocard-service-silent = aanmelddienst antwoordt nu niet

nocard-why = Waarom zonder de kaart?
nocard-group-hand = Ik heb ze niet bij me
nocard-group-technical = Een technisch probleem
nocard-reason-forgotten = Vergeten
nocard-reason-lost = Verloren of gestolen
nocard-reason-notrecognised = Lezer of kaart niet herkend
nocard-reason-pinblocked = Pincode geblokkeerd
nocard-reason-other = Iets anders, te verduidelijken
nocard-lost-tip = laat ze blokkeren: DOC STOP
nocard-fits = komt overeen met wat Relais vaststelt
nocard-other = Waarover gaat het?
nocard-other-hint = Eén regel, bewaard in het logboek van deze pc. Geen patiënt, geen code, geen wachtwoord.

nocard-password = Wachtwoord van de keystore van { $person }
nocard-password-nobody = Wachtwoord van de keystore
nocard-where = Waar u het vindt, volgens uw notitie: “{ $hint }”.
nocard-show = Tonen
nocard-hide = Verbergen
nocard-caps = Caps Lock staat aan.

nocard-count = { $n ->
    [1] Eerste keer in { $days } dagen.
   *[other] { $n }e keer in { $days } dagen.
  }
nocard-noted = Het gebruik komt met zijn reden in het logboek van deze pc; het wachtwoord nooit.
nocard-often = { $n }e keer in { $days } dagen. De regel houdt deze weg voor uitzonderingen; dit kan het vermijden.
nocard-row = { $n }e keer na elkaar zonder de kaart. De regel houdt deze weg voor uitzonderingen; dit kan het vermijden.
nocard-cure = Een kaart die bij de sleutels blijft, een tweede lezer, een pincode die de gemeente deblokkeert.
nocard-cure-forgotten = Een kaart die bij de sleutels blijft, en niet in de lezer.
nocard-cure-lost = De gemeente geeft een nieuwe kaart.
nocard-cure-notrecognised = Een tweede lezer, of de kaart eens proberen op een andere pc.
nocard-cure-pinblocked = De gemeente deblokkeert de kaart met de pukcode.
nocard-cure-other = De helpdesk van uw software kent vaak de oorzaak.
nocard-justify = Waarom is deze weg nog nodig?
nocard-justify-hint = Eén zin volstaat, voor het logboek van deze pc. Dit verbiedt niets: zorg gaat voor.

nocard-act = Openen tot uiterlijk { $t }
nocard-missing = De reden en het wachtwoord ontbreken nog.
nocard-missing-reason = De reden ontbreekt nog.
nocard-missing-note = Verduidelijk de reden in één regel.
nocard-missing-justification = De zin die zegt waarom, ontbreekt nog.
nocard-missing-password = Het wachtwoord ontbreekt nog.
nocard-cancel = Annuleren
nocard-close = Sluiten
nocard-working = U wordt aangemeld zonder kaart.

choice-title = Van wie is de keystore?
choice-what = Op deze pc liggen keystores van verschillende personen. Zonder hun wachtwoord weet Relais er niet meer van dan dit.
choice-what-organisations = Op deze pc liggen keystores van verschillende organisaties.
choice-made = Keystore gemaakt { $t }
choice-unnamed = Een keystore zonder datum
choice-act = Verder
