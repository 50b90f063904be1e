# Hoe een open sessie behouden wordt. { $end } is het einde; { $at } en { $ends } zijn ogenblikken (when-at), { $about } is er ongeveer een.

plan-badge = pincode verwacht
plan-next = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, { $about }.
plan-next-midday = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, { $about }, tijdens de middagpauze.
plan-next-before = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, { $about }, vóór uw raadplegingen.
plan-next-between = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, { $about }, tussen twee raadplegingen.
plan-next-after = Alles in orde.
    .more = Uw pincode wordt één keer gevraagd, { $about }, na uw raadplegingen.
plan-next-never = Alles in orde.
    .more = Geen vrij ogenblik vóór { $end }: hier verschijnt een teken, zonder u te storen.
plan-probing = Relais gaat na of de aanmelddienst antwoordt.
    .more = Uw pincode wordt gevraagd als hij antwoordt.
plan-due = Uw pincode wordt verwacht,
    .more = wanneer u wilt vóór { $end }.
plan-due-snoozed = Uw pincode wordt verwacht vóór { $end }.
    .more = Herinnering { $at }.
plan-due-30 = Minder dan 30 minuten.
    .more = Uw pincode verlengt de sessie; zonder pincode eindigt ze { $ends }.
plan-due-10 = Minder dan 10 minuten.
    .more = Uw pincode verlengt de sessie; zonder pincode eindigt ze { $ends }.
plan-down = Aanmelden is verstoord, u kunt verder werken tot { $end }.
    .more = Relais probeert opnieuw { $at } en vraagt uw pincode als de dienst antwoordt.
plan-down-last = Aanmelden is verstoord, u kunt verder werken tot { $end }.
    .more = Vóór het einde is geen poging meer gepland.
plan-down-30 = Minder dan 30 minuten.
    .more = Aanmelden is verstoord. Relais probeert opnieuw { $at } en vraagt uw pincode als de dienst antwoordt; anders eindigt de sessie { $ends }.
plan-down-last-30 = Minder dan 30 minuten.
    .more = Aanmelden is verstoord en er is geen poging meer gepland: de sessie eindigt { $ends }.
plan-down-10 = Minder dan 10 minuten.
    .more = Aanmelden is verstoord. Relais probeert opnieuw { $at } en vraagt uw pincode als de dienst antwoordt; anders eindigt de sessie { $ends }.
plan-down-last-10 = Minder dan 10 minuten.
    .more = Aanmelden is verstoord en er is geen poging meer gepland: de sessie eindigt { $ends }.
plan-back = Uw kaart is er weer.
    .more = De sessie zonder kaart wordt niet verlengd; met de eID begint u aan een volledige sessie.
plan-nocard = U kunt werken.
    .more = De sessie zonder kaart wordt niet verlengd. Als uw kaart er weer is, zegt Relais het.
plan-nocard-60 = Minder dan een uur.
    .more = De sessie zonder kaart eindigt { $ends } en wordt niet verlengd.
plan-nocard-15 = Minder dan 15 minuten.
    .more = De sessie zonder kaart eindigt { $ends } en wordt niet verlengd.
plan-nocard-5 = Minder dan 5 minuten.
    .more = De sessie zonder kaart eindigt { $ends }. Bewaar waar u mee bezig bent.
plan-cap = De twaalf uur zijn om.
    .more = Opnieuw aanmelden is nodig.

plan-act-pin = Pincode geven
plan-act-later = Herinneren { $at }
plan-act-renew = Nu vernieuwen
plan-act-back = Terug naar de kaart
plan-act-nocard = Aanmelden zonder de kaart

plan-post-next = vernieuwing
plan-post-again = volgende poging
plan-post-failed = geen antwoord
plan-post-end-cap = einde, hoogstens 12 u
plan-line-next = Pincode { $about }.
plan-line-again = Volgende poging { $at }.
plan-line-failed = { $n ->
    [one] Eén poging bleef zonder antwoord.
   *[other] { $n } pogingen bleven zonder antwoord.
  }
