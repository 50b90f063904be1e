# De personen die deze pc kent, en “vergeten”. { $t } is een uur, { $person } een naam.

people-group = Personen op deze pc
people-none = Deze pc kent niemand.
people-unnamed = Persoon zonder bekende naam
people-in-use = Aangemeld tot { $t }. De sessie staat enkel op deze pc.
people-waiting = Sessie wacht tot { $t }; iemand anders is aangemeld.
people-no-session = Geen sessie. De naam blijft bekend voor het logboek.
people-hint = Wachtwoord van de keystore: waar het ligt
people-hint-effect = Uw notitie, getoond wanneer het wachtwoord van de keystore wordt gevraagd. Nooit het wachtwoord zelf.
people-hint-one = Waar { $person } het wachtwoord van de keystore bewaart
people-hint-kept = Genoteerd.
people-forget = Vergeten
people-forget-one = Vergeten: { $person }
people-forget-this = Deze persoon vergeten
people-forget-title = { $person } vergeten?
people-forget-lede = Relais wist van deze pc alles wat het van deze persoon bewaart. Niets kan daarna worden teruggehaald.
people-goes = Wat wordt gewist
people-goes-session = De sessie, open tot { $t }: ze eindigt nu.
people-goes-session-none = De sessie, als er nog een op deze pc staat.
people-goes-password = Het wachtwoord van de keystore, als deze pc het onthoudt.
people-goes-name = De naam, en wat werd geschreven om zonder kaart te werken.
people-stays = Wat blijft
people-stays-keystore = Het keystore-bestand en de kaart: Relais raakt ze niet aan.
people-stays-journal = Het logboek, zonder de naam: het zegt wat er gebeurde, maar niet meer bij wie.
people-stays-hours = Twaalf uur zonder kaart die begonnen zijn, tellen voort.
people-keep = Niets wissen
people-forget-now = Deze persoon vergeten
