# Hoe een open sessie behouden wordt. { $t } is een tijd, { $end } die van het einde.

plan-badge = pincode verwacht
plan-next = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, rond { $t }.
plan-next-midday = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, rond { $t }, tijdens de middagpauze.
plan-next-before = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, rond { $t }, vóór uw raadplegingen.
plan-next-between = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, rond { $t }, tussen twee raadplegingen.
plan-next-after = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, rond { $t }, na uw raadplegingen.
plan-next-never = Alles in orde.
    .more = Geen vrij ogenblik vóór { $end }: hier verschijnt een teken, zonder u te storen.
plan-probing = Relais gaat na of de aanmelddienst antwoordt.
    .more = Uw pincode wordt gevraagd als hij antwoordt.
plan-due = Uw pincode wordt verwacht,
    .more = wanneer u wilt vóór { $end }.
plan-due-snoozed = Uw pincode wordt verwacht vóór { $end }.
    .more = Herinnering om { $t }.
plan-due-30 = Minder dan 30 minuten.
    .more = Uw pincode verlengt de sessie; zonder pincode eindigt ze om { $end }.
plan-due-10 = Minder dan 10 minuten.
    .more = Uw pincode verlengt de sessie; zonder pincode eindigt ze om { $end }.
plan-down = Aanmelden is verstoord, u kunt verder werken tot { $end }.
    .more = Relais probeert opnieuw om { $t } en vraagt uw pincode als de dienst antwoordt.
plan-down-last = Aanmelden is verstoord, u kunt verder werken tot { $end }.
    .more = Vóór het einde is geen poging meer gepland.
plan-back = Uw kaart is er weer.
    .more = De sessie zonder kaart wordt niet verlengd; met de eID begint u aan een volledige sessie.
plan-nocard = U kunt werken.
    .more = De sessie zonder kaart wordt niet verlengd. Als uw kaart er weer is, zegt Relais het.
plan-nocard-60 = Minder dan een uur.
    .more = De sessie zonder kaart eindigt om { $end } en wordt niet verlengd.
plan-nocard-15 = Minder dan 15 minuten.
    .more = De sessie zonder kaart eindigt om { $end } en wordt niet verlengd.
plan-nocard-5 = Minder dan 5 minuten.
    .more = De sessie zonder kaart eindigt om { $end }. Bewaar waar u mee bezig bent.
plan-cap = De twaalf uur zijn om.
    .more = Opnieuw aanmelden is nodig.

plan-act-pin = Pincode geven
plan-act-later = Herinneren om { $t }
plan-act-renew = Nu vernieuwen
plan-act-back = Terug naar de kaart
plan-act-nocard = Aanmelden zonder de kaart

plan-post-next = vernieuwing
plan-post-again = volgende poging
plan-post-failed = geen antwoord
plan-post-end-cap = einde, hoogstens 12 u
plan-line-next = Pincode rond { $t }.
plan-line-again = Volgende poging om { $t }.
plan-line-failed = { $n ->
    [one] Eén poging bleef zonder antwoord.
   *[other] { $n } pogingen bleven zonder antwoord.
  }
