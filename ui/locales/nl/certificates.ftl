# Certificaten: wat eraan te doen is, herinneringen, en wat in een agenda of een tabel komt. { $d } is een datum, { $who } van wie het is.

certificates-date = { $day } { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
  } { $year }

certificates-today-early = Geldig vanaf { $d }
certificates-today-wait = Te hernieuwen vanaf { $d }
certificates-today-renew = Te hernieuwen vóór { $d }
certificates-today-ask-anew = Vervallen op { $d }: vraag een nieuw aan, met de eID
certificates-today-municipality = Vraag de gemeente een nieuwe kaart: deze eindigt op { $d }, en dat duurt weken
certificates-today-anchors = Relais vertrouwt deze autoriteit tot { $d }: een nieuwere versie van Relais brengt haar opvolger
certificates-today-complete = Aanvraag loopt: werk ze af wanneer de e-mail van eHealth gekomen is
certificates-today-keep = Bewaar het oude bestand: het dient om oude berichten te lezen
certificates-today-nothing = Niets te doen
certificates-closed = Opent enkel met zijn wachtwoord
certificates-closed-of = Opent enkel met zijn wachtwoord; gemaakt op { $d }

certificates-use-authentication = Aanmelden
certificates-use-signature = Handtekenen
certificates-use-encryption = Berichten lezen
certificates-use-authority = Autoriteit
certificates-use-in-progress = Aanvraag

certificates-environment-production = Productie
certificates-environment-acceptance = Acceptatie
certificates-environment-integration = Integratie
certificates-environment-sandbox = Zandbak

certificates-column-who = Van wie
certificates-column-type = Type
certificates-column-number = Nummer
certificates-column-application = Toepassing
certificates-column-environment = Omgeving
certificates-column-use = Waarvoor
certificates-column-from = Geldig vanaf
certificates-column-until = Geldig tot
certificates-column-today = Wat nu kan
certificates-column-files = Bestanden

certificates-event = Certificaat van { $who } eindigt
certificates-event-card = Identiteitskaart van { $who } eindigt
certificates-event-tests = Tests ({ $environment }): certificaat van { $who } eindigt
certificates-event-step = Te hernieuwen vanaf { $d }. De hernieuwing geeft een nieuwe sleutel: bewaar het oude bestand en zijn wachtwoord.

certificates-told-opened = Het certificaat van { $who } kan hernieuwd worden, tot { $d }.
certificates-told-days = Het certificaat van { $who } eindigt over { $days ->
    [1] één dag
   *[other] { $days } dagen
  }, op { $d }.
certificates-told-ended = Het certificaat van { $who } is geëindigd op { $d }.
certificates-told-many = { $count } certificaten vragen aandacht; het dringendste is dat van { $who } ({ $d }).
certificates-told-failed = De hernieuwing van het certificaat van { $who } is mislukt.

certificates-deputy-subject = Certificaat van { $who }: kunt u het overnemen?
certificates-deputy-body = Beste collega, het certificaat van { $who } eindigt op { $d }. Kunt u de hernieuwing overnemen?
