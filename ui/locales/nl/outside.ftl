# Teksten buiten de vensters: meldingen, en het pictogram bij de klok. { $t } is een tijdstip, met de dag als { $day } niet "today" is.

note-pin = Uw pincode verlengt de sessie.
    .more = Wanneer u wilt vóór { $t }.
note-pin-30 = De sessie eindigt { $day ->
    [today] om { $t }
   *[other] { $t }
  }.
    .more = Minder dan 30 minuten. Uw pincode verlengt ze.
note-pin-10 = De sessie eindigt { $day ->
    [today] om { $t }
   *[other] { $t }
  }.
    .more = Minder dan 10 minuten. Uw pincode verlengt ze.
note-password = Het wachtwoord van de keystore van de organisatie verlengt de sessie.
    .more = Wanneer u wilt vóór { $t }.
note-password-30 = De sessie eindigt { $day ->
    [today] om { $t }
   *[other] { $t }
  }.
    .more = Minder dan 30 minuten. Het wachtwoord van de keystore van de organisatie verlengt ze.
note-password-10 = De sessie eindigt { $day ->
    [today] om { $t }
   *[other] { $t }
  }.
    .more = Minder dan 10 minuten. Het wachtwoord van de keystore van de organisatie verlengt ze.
note-nocard-60 = De sessie zonder kaart eindigt { $day ->
    [today] om { $t }
   *[other] { $t }
  }.
    .more = Minder dan een uur. Ze wordt niet verlengd.
note-nocard-15 = De sessie zonder kaart eindigt { $day ->
    [today] om { $t }
   *[other] { $t }
  }.
    .more = Minder dan 15 minuten. Ze wordt niet verlengd.
note-nocard-5 = De sessie zonder kaart eindigt { $day ->
    [today] om { $t }
   *[other] { $t }
  }.
    .more = Minder dan 5 minuten. Bewaar waar u mee bezig bent.
note-card-back = Uw kaart is er weer.
    .more = Keer terug naar een volledige sessie.
note-ended = Sessie beëindigd { $day ->
    [today] om { $t }
   *[other] { $t }
  }
    .more = Opnieuw aanmelden is nodig.
note-capped = De twaalf uur zijn om.
    .more = Opnieuw aanmelden is nodig.
note-service-back = De aanmelddienst antwoordt weer.
    .more = U kunt zich nu aanmelden.
note-normal = { $function } werkt weer normaal.
    .more = Sinds { $t }. U hoeft niets te doen.
note-normal-several = Diensten werken weer normaal.
    .more = Sinds { $t }. U hoeft niets te doen.
note-certificates = { $count ->
    [1] Eén certificaat heeft u nodig.
   *[other] { $count } certificaten hebben u nodig.
  }
    .more = { $count ->
        [1] Einde: { $d }.
       *[other] Einde van het eerste: { $d }.
    }
note-act-renew = Pincode geven
note-act-password = Het wachtwoord typen
note-act-sign-in = Aanmelden
note-act-return = Terug naar de kaart
note-act-services = De diensten bekijken
note-act-certificates = Relais openen

tray-nobody = Geen sessie open
tray-ended = Sessie beëindigd { $day ->
    [today] om { $t }
   *[other] { $t }
  }
tray-held = Sessie zonder kaart bewaard, maar niet gebruikt
tray-open = Sessie open tot { $t }
tray-soon = De sessie eindigt { $day ->
    [today] om { $t }
   *[other] { $t }
  }
tray-nocard = Sessie zonder kaart tot { $t }
tray-tests = Tests: niets heeft echt effect
tray-act-open = Relais openen
tray-act-renew = Nu vernieuwen
tray-act-hide = Venster verbergen
tray-act-stop = Relais stoppen
tray-act-stop-kept = Relais stoppen (de sessie blijft geldig)
tray-act-stop-lost = Relais stoppen (de sessie gaat verloren)
