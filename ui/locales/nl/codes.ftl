# Wat er misliep, in één zin, en wat u nu doet. Eén ingang per code van src-tauri/catalogue/codes.toml.
# Getallen komen binnen als getal; een waarde die ontbreekt laat haar deel weg.

## Kaart en lezer

rls-1001 = De kaartdienst van deze computer draait niet.
    .advice = Herstart op Windows en macOS de computer; installeer op Linux pcscd en libccid, en start pcscd. Relais vindt de lezer daarna vanzelf.
rls-1002 = Er is geen kaartlezer gevonden.
    .advice = Sluit de lezer rechtstreeks op de computer aan; Relais ziet hem vanzelf.
rls-1003 = De kaartlezer is uitgetrokken.
    .advice = Sluit hem weer aan; Relais ziet hem vanzelf.
rls-1004 = Er zit geen kaart in de lezer.
    .advice = Steek uw eID in de lezer, met de chip naar voren en naar boven.
rls-1005 = De kaart antwoordt niet.
    .advice = Neem de kaart eruit, draai de chip naar boven en steek ze er weer in.
rls-1006 = Deze kaart is geen Belgische identiteitskaart.
    .advice = Neem ze eruit en steek uw eID in de lezer.
rls-1007 = De lezer en de kaart begrijpen elkaar niet.
    .advice = Neem de kaart eruit en steek ze er weer in; helpt dat niet, probeer dan een andere lezer.
rls-1008 = Een ander programma gebruikt de kaart.
    .advice = Sluit dat programma of wacht tot het klaar is, en probeer dan opnieuw.
rls-1009 = Een ander programma heeft het werk met de kaart onderbroken.
    .advice = Probeer opnieuw; komt het terug, sluit dan de andere programma's die kaarten lezen.
rls-1010 = De kaart is te vroeg uit de lezer genomen.
    .advice = Steek de kaart er weer in en laat ze zitten tot Relais klaar is. Een open sessie blijft open.
rls-1011 = Het contact met de kaart is verbroken.
    .advice = Veeg de chip af met een zachte, droge doek en steek de kaart er weer in.
rls-1012 = Relais mag de kaartlezer niet gebruiken met deze gebruikersaccount.
    .advice = Vraag wie deze pc beheert om het gebruik van chipkaarten toe te laten.
rls-1013 = De kaartdienst van deze computer antwoordt niet meer.
    .advice = Trek de lezer uit en sluit hem weer aan; helpt dat niet, herstart dan de computer.
rls-1014 = De kaart gaf een antwoord dat Relais niet kan gebruiken.
    .advice = Neem de kaart eruit en steek ze er weer in; helpt dat niet, probeer dan een andere lezer.
rls-1015 = De kaart in de lezer is niet die waarmee u begon.
    .advice = Steek de eerste kaart er weer in, of begin opnieuw met deze.
rls-1016 = Deze kaart is nog niet geactiveerd.
    .advice = Ga ermee naar uw gemeente, met de brief waarin de pincode en de pukcode staan.
rls-1017 = Op deze kaart staat geen certificaat om mee aan te melden.
    .advice = Vraag uw gemeente om de certificaten op de kaart te zetten.
rls-1018 = De certificaten op deze kaart zijn vervallen.
    .advice = Vraag een nieuwe kaart aan uw gemeente; reken op enkele weken.
rls-1019 = De gegevens op deze kaart dragen niet de juiste officiële handtekening.
    .advice = Gebruik deze kaart niet en bel het contactcenter van eHealth.
rls-1020 = Relais kent de instantie niet die deze kaart heeft uitgereikt.
    .advice = Vraag wie deze pc beheert om Relais bij te werken.
rls-1021 = Het wachten op de kaart is gestopt.
    .advice = Begin opnieuw wanneer u klaar bent.
rls-1022 = De kaartlezer meldt een fout die Relais niet kent.
    .advice = Trek de lezer uit en sluit hem weer aan; blijft de fout, geef deze code dan door aan het contactcenter van eHealth.
rls-1023 = Er is geen lezer met die naam.
    .advice = Kies een lezer die aangesloten is.
rls-1024 = In meer dan één lezer zit een kaart.
    .advice = Laat alleen uw eigen kaart zitten, of kies de lezer.
rls-1025 = De kaart weigert deze bewerking.
    .advice = Neem de kaart eruit, steek ze er weer in en probeer nog één keer; weigert ze weer, bel dan het contactcenter van eHealth.
rls-1026 = De certificaten op deze kaart zijn nog niet geldig.
    .advice = Kijk de datum van deze pc na; klopt die, gebruik de kaart dan vanaf de dag dat ze geldig wordt.

## Pincode

rls-1201 = Een pincode heeft 4 tot 12 cijfers.
    .advice = Typ ze opnieuw, met alleen cijfers. Er is geen poging verbruikt.
rls-1202 = De kaart heeft de pincode geweigerd.{ $tries_left ->
        [1] {" "}Nog één poging.
        [2] {" "}Nog twee pogingen.
       *[other] {""}
    }
    .advice = Typ de pincode opnieuw als u er zeker van bent; bij twijfel stopt u en vraagt u een nieuwe aan uw gemeente.
rls-1203 = De kaart is geblokkeerd, omdat de pincode te vaak fout was.
    .advice = Uw gemeente deblokkeert ze, met de brief waarin de pukcode staat. Een open sessie blijft open.
rls-1204 = Het is niet zeker dat de pincode de kaart bereikt heeft.
    .advice = Relais herhaalt ze niet uit zichzelf. Typ ze opnieuw als u er zeker van bent.
rls-1205 = U bent gestopt met de pincode.
    .advice = Er is geen poging verbruikt. Begin opnieuw wanneer u klaar bent.
rls-1206 = De pincode is niet op tijd getypt.
    .advice = Er is geen poging verbruikt. Begin opnieuw wanneer u klaar bent.
rls-1207 = Er is geen pincode gegeven.
    .advice = Typ ze wanneer ze gevraagd wordt, of geef ze door met --pin-fd.
rls-1208 = Dit is misschien de laatste poging, en nog één fout zou de kaart blokkeren.
    .advice = Ga alleen verder als u de pincode met zekerheid kent; vraag anders een nieuwe aan uw gemeente.
rls-1209 = Het toetsenbord van de lezer kon de pincode niet aannemen.
    .advice = Kies om de pincode op de computer te typen.
rls-1210 = Het scherm werd vergrendeld, en wat u getypt had is gewist.
    .advice = Er is geen poging verbruikt. Typ uw pincode opnieuw wanneer u klaar bent.
rls-1211 = Het venster voor de pincode moest opnieuw geopend worden, en wat u getypt had is gewist.
    .advice = Er is geen poging verbruikt. Typ uw pincode opnieuw.
rls-1212 = Wat getypt werd, hoorde bij een eerdere vraag en is gewist.
    .advice = Kijk wat er nu gevraagd wordt, en typ het opnieuw.

## Aanmelddienst en verbinding

rls-2001 = De aanmelddienst is niet bereikbaar.
    .advice = Kijk het netwerk van deze pc na; gaan andere sites open, probeer dan over enkele minuten opnieuw. Een open sessie blijft open.
rls-2002 = De aanmelddienst antwoordt niet op tijd.
    .advice = Probeer over enkele minuten opnieuw. Een open sessie blijft open.
rls-2003 = De aanmelddienst antwoordt met een fout.
    .advice = Probeer over enkele minuten opnieuw. Een open sessie blijft open.
rls-2004 = Het antwoord komt niet van de aanmelddienst, of het is beschadigd.
    .advice = Kijk na of uw netwerk toegang geeft tot het internet, en probeer dan opnieuw.
rls-2005 = De aanmelddienst weigert deze aanmelding.
    .advice = Geef deze code door aan het contactcenter van eHealth.
rls-2006 = De aanmelddienst is buiten werking.
    .advice = Probeer later opnieuw; hier valt niets te herstellen. Een open sessie blijft open.
rls-2007 = De aanmelddienst weigert om een reden die Relais niet kent.
    .advice = Probeer nog één keer; wordt het weer geweigerd, geef deze code dan door aan het contactcenter van eHealth.
rls-2008 = De aanmelddienst vindt een fout in wat Relais heeft verstuurd.
    .advice = Dit is een gebrek van Relais: stuur een verslag naar de makers.
rls-2010 = Het veiligheidscertificaat van de dienst is vervallen.
    .advice = Kijk de datum van deze pc na; klopt die, verwittig dan wie uw netwerk beheert.
rls-2011 = De computer die antwoordt is niet degene die Relais opriep; er is niets verstuurd.
    .advice = Vraag wie uw netwerk beheert wat er tussen deze pc en het platform staat.
rls-2012 = De computer die antwoordt kan niet bewijzen wie hij is; er is niets verstuurd.
    .advice = Vraag wie uw netwerk beheert of het beveiligde verbindingen inspecteert.
rls-2013 = De aangeboden verbinding is te oud om veilig te zijn; er is niets verstuurd.
    .advice = Vraag wie uw netwerk beheert wat er tussen deze pc en het platform staat.
rls-2014 = De beveiligde verbinding is afgebroken.
    .advice = Kijk het netwerk van deze pc na en probeer opnieuw.
rls-2015 = Het adres van de dienst is niet gevonden.
    .advice = Kijk het netwerk van deze pc na en probeer opnieuw.
rls-2016 = De proxy van uw netwerk weigert de verbinding.
    .advice = Vraag wie uw netwerk beheert om Relais door te laten naar het platform.
rls-2017 = Dit adres hoort niet bij de gebruikte omgeving; Relais roept het niet op.
    .advice = Vraag wie het profiel maakte om de lijst met adressen na te kijken.
rls-2018 = Het antwoord was te groot en is niet gelezen.
    .advice = Probeer over enkele minuten opnieuw.
rls-2019 = De dienst verwijst naar een ander adres, en Relais volgt niet.
    .advice = Kijk na of uw netwerk toegang geeft tot het internet, en probeer dan opnieuw.
rls-2020 = Het netwerk leest mee in beveiligde verbindingen, wat hier niet mag; er is niets verstuurd.
    .advice = Vraag wie uw netwerk beheert om verbindingen met het platform ongemoeid te laten.

## Aanmeldbewijs

rls-2101 = Het aanmeldbewijs draagt een foute handtekening en is geweigerd.
    .advice = Ga niet verder; geef deze code door aan het contactcenter van eHealth.
rls-2102 = Het aanmeldbewijs is niet ondertekend door het eHealth-platform en is geweigerd.
    .advice = Ga niet verder; geef deze code door aan het contactcenter van eHealth.
rls-2103 = Het aanmeldbewijs is opgemaakt voor een andere sleutel en is geweigerd.
    .advice = Geef deze code door aan het contactcenter van eHealth.
rls-2104 = Het aanmeldbewijs is opgemaakt voor een andere persoon en is geweigerd.
    .advice = Ga niet verder; geef deze code door aan het contactcenter van eHealth.
rls-2105 = Het aanmeldbewijs hoort bij een andere aanvraag en is geweigerd.
    .advice = Meld opnieuw aan; komt het terug, geef deze code dan door aan het contactcenter van eHealth.
rls-2106 = De tijden in het aanmeldbewijs kloppen niet, en het is geweigerd.
    .advice = Kijk de datum en het uur van deze pc na, en meld dan opnieuw aan.
rls-2107 = Het aanmeldbewijs was al eens ontvangen en is geweigerd.
    .advice = Meld opnieuw aan; komt het terug, geef deze code dan door aan het contactcenter van eHealth.
rls-2108 = Het aanmeldbewijs heeft niet de vorm die het moet hebben en is geweigerd.
    .advice = Geef deze code door aan het contactcenter van eHealth.
rls-2109 = Relais heeft geen certificaat om het platform in deze omgeving te herkennen.
    .advice = Vraag wie deze pc beheert om de certificaten van het platform aan het profiel toe te voegen.
rls-2110 = Het platform heeft de hoedanigheid van deze sessie niet bevestigd.
    .advice = Diensten die ze vragen, weigeren deze sessie. Meld u aan in uw eigen hoedanigheid, of vraag het eHealth-contactcenter waarom ze niet gekend is.

## Sessie

rls-2201 = Uw sessie is beëindigd.
    .advice = Meld opnieuw aan wanneer u ze nodig hebt.
rls-2202 = Uw sessie duurt tot Relais gestopt wordt: deze pc heeft geen veilige plaats om ze te bewaren.
    .advice = Stop Relais niet; meld u na het stoppen opnieuw aan.
rls-2203 = De bewaarde sessie is onleesbaar en is opzijgezet.
    .advice = Meld opnieuw aan.
rls-2204 = De bewaarde sessie hoort bij een andere computer, een andere gebruiker of een andere omgeving.
    .advice = Meld hier opnieuw aan.
rls-2205 = Er is al een aanmelding bezig.
    .advice = Werk ze eerst af, of breek ze af.
rls-2206 = U bent niet aangemeld.
    .advice = Meld eerst aan.
rls-2207 = Deze manier van aanmelden is hier niet mogelijk.
    .advice = Meld aan met uw eID.
rls-2208 = Relais kent deze beroepshoedanigheid niet.
    .advice = Kies er een uit de lijst.
rls-2209 = De kaart in de lezer is van iemand anders dan de bedoelde persoon.
    .advice = Steek de kaart van die persoon in.
rls-2210 = Deze pc kent niemand onder die plaats.
    .advice = Neem de plaats over uit het antwoord van “relaisctl person list”.
rls-2211 = Een sessie zonder de kaart wordt niet verlengd.
    .advice = Meld u aan met uw eID zodra dat kan.
rls-2212 = Een sessie zonder de kaart vraagt een reden.
    .advice = Zeg of de eID niet bij de hand is of dat een technisch probleem het gebruik belet.
rls-2213 = De 12 uur zonder de kaart zijn om.
    .advice = Meld u aan met uw eID. Lukt dat nog niet, open dan een nieuwe sessie zonder de kaart, met haar reden.
rls-2214 = De klok van deze pc is teruggesprongen: de sessie zonder de kaart blijft bewaard, maar wordt niet gebruikt.
    .advice = Controleer datum en uur van deze pc. Zodra de aanmelddienst het uur heeft bevestigd, gaat de sessie verder, met hetzelfde einde.
rls-2215 = U werkt vaak zonder de kaart: één zin moet zeggen waarom.
    .advice = Schrijf waarom de kaart nog niet gebruikt wordt. Niets wordt geblokkeerd: één zin volstaat.
rls-2216 = U bent al met de kaart aangemeld: een sessie zonder de kaart zou een langere vervangen.
    .advice = Werk verder met deze sessie. Meld u zonder de kaart aan in haar laatste halfuur of zodra ze beëindigd is; hebt u niets aan ze, beëindig ze dan eerst.
rls-2217 = Deze sessie zonder de kaart gaat verder met de 12 uur die met de eerste begonnen.{ $way ->
        [left] {" "}Er blijft { $minutes } min over.
       *[other] {""}
    }
    .advice = Opnieuw openen maakt haar niet langer; meld u voor het einde met uw eID aan.
rls-2218 = { $way ->
        [row] { $uses }e keer na elkaar zonder de kaart.
        [often] { $uses }e keer zonder de kaart in { $days } dagen.
       *[other] Werken zonder de kaart is een gewoonte geworden.
    }
    .advice = De regel houdt deze weg voor uitzonderingen. Dit kan het vermijden: een kaart die bij de sleutels blijft, een tweede lezer, een pincode die de gemeente deblokkeert.
rls-2221 = Er wordt een sessie op deze pc bewaard, maar met een andere sleutelbos dan die nu genoemd is.
    .advice = Laat --key-store weg, of noem die waarmee de sessie geopend is, of kies die opnieuw in de instellingen; ze blijft waar ze is.
rls-2222 = Deze sessie stond alleen in het geheugen en eindigt met deze opdracht.
    .advice = Om een sessie te bewaren, meldt u zich aan terwijl het venster van Relais open is, of met --key-store os of file.

## Ondertekende berichten

rls-2301 = Het bericht is groter of ingewikkelder dan Relais aanvaardt en is niet gelezen.
    .advice = Vraag de afzender een juist bericht.
rls-2302 = Het bericht bevat een documenttype, wat hier niet mag, en is niet gelezen.
    .advice = Vraag de afzender een juist bericht.
rls-2303 = Het bericht is beschadigd en onleesbaar.
    .advice = Haal het opnieuw op; blijft het beschadigd, vraag de afzender dan een juist bericht.
rls-2304 = De handtekening van het bericht is fout.
    .advice = Gebruik het bericht niet en vraag de afzender een juist bericht.
rls-2305 = Het bericht is ondertekend op een manier die hier niet aanvaard wordt.
    .advice = Gebruik het bericht niet en vraag de afzender een juist bericht.
rls-2306 = De handtekening dekt het deel niet dat gebruikt zou worden.
    .advice = Gebruik het bericht niet en vraag de afzender een juist bericht.
rls-2307 = Het bericht is niet ondertekend door iemand die hier vertrouwd wordt.
    .advice = Gebruik het bericht niet en vraag de afzender een juist bericht.
rls-2308 = Het bericht is te oud, of zijn tijd moet nog komen.
    .advice = Kijk de datum en het uur van deze pc na, en haal het bericht dan opnieuw op.

## Continuïteit

rls-3001 = De dienstenlijst is die van een andere omgeving.
    .advice = Relais houdt de laatste goede lijst; controleer het adres van de lijst in het profiel.
rls-3002 = De ontvangen dienstenlijst is ouder dan de huidige.
    .advice = Niets te doen: Relais houdt de recentste en vraagt opnieuw. Bel het contactcenter als dit aanhoudt.
rls-3003 = Twee verschillende dienstenlijsten dragen hetzelfde tijdstip.
    .advice = Relais houdt de eerste; meld dit aan het contactcenter.
rls-3004 = Het tijdstip van de dienstenlijst ontbreekt of ligt in de toekomst.
    .advice = Controleer de klok van deze pc; Relais houdt de laatste goede lijst en vraagt opnieuw.
rls-3005 = De officiële dienstenlijst kan nu niet worden opgehaald.
    .advice = Niets te doen: Relais houdt de laatste goede lijst en vraagt opnieuw.
rls-3006 = De aangekondigde onderbrekingen die op deze pc zijn genoteerd, zijn onbruikbaar; wat ervan bekend was, blijft.
    .advice = Verbeter het bestand announced.toml in de gegevensmap van deze omgeving.{ $reason ->
        [no-moment] {" "}Een tijdstip staat er met zijn zone, zoals 2026-12-05T20:00:00+01:00.
        [ends-before-it-begins] {" "}Het eindigt voor het begint.
        [lasts-too-long] {" "}Het mag hoogstens drie dagen duren.
        [no-function] {" "}Er is geen functie met die naam.
        [empty] {" "}Dit mag niet leeg zijn.
        [too-long] {" "}Dit mag hoogstens 300 tekens hebben.
        [too-many] {" "}Het mag er hoogstens 200 bevatten.
       *[other] {""}
    }
rls-3011 = Een dienst in de lijst heeft geen hoofdadres; hij wordt overgeslagen.
    .advice = Niets te doen: de andere diensten van de lijst blijven gelden.
rls-3012 = Twee adressen van een dienst in de lijst hebben dezelfde rang; hij wordt overgeslagen.
    .advice = Niets te doen: de andere diensten van de lijst blijven gelden.
rls-3013 = Een dienst in de lijst heeft niet precies één actief adres; hij wordt overgeslagen.
    .advice = Niets te doen: de andere diensten van de lijst blijven gelden.
rls-3014 = Het adres van een dienst in de lijst is geen https-adres; hij wordt overgeslagen.
    .advice = Niets te doen: de andere diensten van de lijst blijven gelden.
rls-3015 = Een dienst in de lijst staat bij een host die het profiel niet toelaat; hij wordt overgeslagen.
    .advice = Is de dienst nodig, vraag dan de beheerder van het profiel om de host toe te voegen.
rls-3016 = Een dienst staat twee keer in de lijst; hij wordt overgeslagen.
    .advice = Niets te doen: de andere diensten van de lijst blijven gelden.
rls-3017 = Een dienst in de lijst is onvolledig; hij wordt overgeslagen.
    .advice = Niets te doen: de andere diensten van de lijst blijven gelden.
rls-3031 = Niemand met dit nummer heeft een vercijferingssleutel.
    .advice = Controleer type, nummer en toepassing van de bestemmeling. Zonder sleutel kan niets voor hem vercijferd worden.
rls-3032 = De vercijferingssleutel die aankwam is niet echt; hij wordt niet gebruikt.
    .advice = Vercijfer nu niets voor deze bestemmeling en verwittig de helpdesk: er staat iets tussen deze pc en het platform.
rls-3033 = De gids van vercijferingssleutels antwoordt niet zoals het hoort.
    .advice = Relais probeert opnieuw. Tot dan wordt een bewaarde sleutel gebruikt, met zijn leeftijd, als die er is.

## Keystore

rls-4001 = De keystore is niet gevonden.
    .advice = Kies het bestand opnieuw; misschien is de map verplaatst.
rls-4002 = Dit is niet het wachtwoord van de keystore.
    .advice = Typ het opnieuw, en let op hoofdletters; een fout blokkeert niets.
rls-4003 = Dit bestand is geen keystore die Relais kan lezen.
    .advice = Kies het bestand dat eindigt op .p12, of een kopie die u bewaard hebt.
rls-4004 = De keystore bevat geen sleutel om mee aan te melden.
    .advice = Kies de keystore die voor uw eHealth-certificaat gemaakt is.
rls-4005 = Het certificaat in deze keystore is aangevraagd maar nog niet ontvangen.
    .advice = Vervolledig eerst de aanvraag, of kies een andere keystore.
rls-4006 = Het certificaat in deze keystore is vervallen.
    .advice = Vraag een nieuw certificaat aan, en houd dit bestand voor oude berichten.
rls-4007 = Deze keystore is van iemand anders.
    .advice = Kies de keystore van wie aanmeldt.
rls-4008 = Deze keystore hoort bij een andere omgeving.
    .advice = Kies de keystore die voor de gebruikte omgeving gemaakt is.
rls-4009 = Dit bestand vraagt veel meer werk dan een echte keystore en is niet geopend.
    .advice = Kies een ander bestand, en vraag waar dit vandaan komt.
rls-4010 = De map van de keystore antwoordt niet.
    .advice = Kijk de verbinding met die map na, of kopieer de keystore naar deze pc.
rls-4011 = Er is geen wachtwoord voor de keystore gegeven.
    .advice = Typ het wanneer het gevraagd wordt, of geef het door met --password-fd.
rls-4012 = Hier liggen keystores van verschillende personen.
    .advice = Zeg van wie de sessie is: met het bestand van de keystore, of met de persoon.
rls-4013 = Dit is de keystore van een persoon.
    .advice = Alleen een organisatie meldt zich aan met haar certificaat alleen. Een persoon meldt zich aan met de kaart, of uitzonderlijk zonder.
rls-4014 = Relais weet niet waarmee dit type organisatie zich aanmeldt.
    .advice = Meld u aan zoals voorheen, en stuur ons deze melding: we voegen het type toe.
rls-4015 = Dit bestand met certificaten is niet leesbaar, of het is beschadigd.
    .advice = Kijk na of u het mag lezen. Haal het anders opnieuw bij wie het maakte; de andere bestanden werden gelezen.
rls-4016 = Dit bestand is te groot voor een certificaat; het werd niet gelezen.
    .advice = Is het geen certificaat, verplaats het dan naar een andere map. De andere bestanden werden gelezen.
rls-4017 = Een map met certificaten is niet bereikbaar.
    .advice = Kijk na of de map nog bestaat, of u ze mag lezen en of de netwerkverbinding werkt. Wat Relais ervan wist, blijft bewaard.
rls-4018 = Deze koppeling leidt buiten de afgesproken mappen, loopt in een kring of leidt nergens heen; ze werd niet gevolgd.
    .advice = Voeg de map toe waarnaar ze leidt, als daar certificaten liggen die Relais moet opvolgen.
rls-4019 = Het certificaat in deze keystore is nog niet geldig.
    .advice = Kijk de datum van deze pc na; klopt die, gebruik deze keystore dan vanaf de dag dat het geldig wordt.
rls-4030 = Het nieuwe wachtwoord bevat tekens die andere programma's niet aanvaarden.
    .advice = Gebruik alleen letters zonder accenten, cijfers, spaties en leestekens: met andere tekens gaat de keystore in de programma's van eHealth niet open.
rls-4031 = Het nieuwe wachtwoord is te kort.
    .advice = Kies er een van minstens 6 tekens, liever een zin van enkele woorden.
rls-4032 = De keystore kon niet geschreven worden; er is niets veranderd.
    .advice = Kijk na of er plaats is op de schijf en of u in die map mag schrijven, en probeer het opnieuw.
rls-4033 = De keystore werd geschreven, maar was daarna niet dezelfde; hij is weer weggehaald.
    .advice = Uw oude keystore is ongeschonden. Schrijf naar een andere schijf, en laat deze nakijken.
rls-4034 = Het certificaat hoort niet bij de sleutel.
    .advice = Er is niets veranderd. Gebruik de keystore waarmee het certificaat aangevraagd is, of bel het contactcenter van eHealth.
rls-4035 = Deze keystore bevat iets wat Relais niet kan overschrijven; er is niets veranderd.
    .advice = Verander het wachtwoord met het programma dat de keystore gemaakt heeft, zodat niets verloren gaat.
rls-4036 = Dit bestand is geen versleuteld bericht dat Relais kan lezen.
    .advice = Kies het bericht zoals het aangekomen is, nog versleuteld; een deel ervan, of een kopie uit een scherm, volstaat niet.
rls-4037 = Dit bericht noemt veel meer ontvangers dan een echt bericht; het werd niet verder gelezen.
    .advice = Kies een ander bestand, en vraag waar dit vandaan komt.
rls-4038 = Geen enkele keystore hier opent dit bericht, voor zover dat zonder wachtwoord te zien is.
    .advice = Probeer de keystore die geldig was toen het bericht verzonden werd, of zoek in de mappen van andere pc's en in back-ups. Gooi geen oude keystore weg.
rls-4040 = Deze map ligt in een map die al werd afgesproken.
    .advice = Er is niets te doen: wat onder een map ligt, wordt mee bekeken.
rls-4041 = Relais kan dit niet als een map met certificaten bekijken.
    .advice = Kies een map die bestaat, die u mag lezen en die niet de hele schijf is.
rls-4042 = Niemand heeft deze map afgesproken.
    .advice = Kijk welke mappen zijn afgesproken en kies een daarvan.
rls-4043 = Wat in een map met certificaten werd gevonden, kon niet worden bewaard.
    .advice = Er is niets verloren: de map wordt bij de volgende start opnieuw gelezen. Kijk na of er nog plaats is op de schijf.
rls-4044 = Wijzigingen in deze map kunnen op deze pc niet worden opgemerkt.
    .advice = Relais bekijkt de map één keer per dag, en telkens als u erom vraagt.
rls-4045 = Dit certificaat staat niet in de lijst, of er werd niets over gezegd.
    .advice = Bekijk de lijst opnieuw: misschien is het bestand weg, of heeft iemand al geantwoord.

## Deze pc

rls-6001 = De klok van deze pc wijkt te ver af van die van het platform.
    .advice = Zet de datum en het uur van deze pc juist, en probeer dan opnieuw.
rls-6002 = Deze pc biedt geen veilige plaats om sleutels te bewaren.
    .advice = U kunt verder werken; vraag wie deze pc beheert om een sleutelbos in te stellen.
rls-6003 = De sleutelbos van deze pc is vergrendeld.
    .advice = Ontgrendel hem wanneer de computer erom vraagt, en probeer dan opnieuw.
rls-6004 = De sleutelbos van deze pc laat Relais niet toe.
    .advice = Sta Relais toe wanneer de computer erom vraagt, en probeer dan opnieuw.
rls-6005 = Relais kan zijn gegevensmap niet gebruiken.
    .advice = Vraag wie deze pc beheert om na te kijken of de map bestaat en alleen van u is.
rls-6006 = Relais is al open.
    .advice = Gebruik het open venster, of sluit het eerst.
rls-6007 = De bewaarde gegevens waren beschadigd; ze zijn opzijgezet en er zijn nieuwe begonnen.
    .advice = Werk gewoon verder: uw sessie is niet geraakt. Stuur een verslag wanneer het u past.
rls-6008 = De bewaarde gegevens komen van een nieuwere versie van Relais en zijn gelaten zoals ze zijn.
    .advice = Vraag wie deze pc beheert om de nieuwere versie te installeren. Uw sessie is niet geraakt.
rls-6009 = Het logboek is niet volledig, of het is gewijzigd.
    .advice = Laat de gegevensmap van Relais zoals ze is, en bel uw helpdesk voor er iets gewist wordt.
rls-6010 = Het logboek kan nu niet geschreven worden; de regels wachten.
    .advice = Werk gewoon verder, en laat plaats maken op de schijf. De regels worden vanzelf geschreven.
rls-6011 = De schijf is vol.
    .advice = Laat plaats maken op de schijf; Relais gaat daarna vanzelf verder.
rls-6012 = Deze opdracht bereikt het open Relais niet.
    .advice = Sluit Relais, start het opnieuw en herhaal de opdracht.
rls-6013 = Het profiel bevat een fout.
    .advice = Vraag wie het profiel maakte om ze te verbeteren.
rls-6014 = Deze omgeving bestaat niet.
    .advice = Noem production, acceptance, integration of sandbox met --environment, of een eigen profiel met --profile.
rls-6015 = Deze opdracht is niet begrepen.
    .advice = Voeg --help toe om te zien wat ze verwacht.
rls-6016 = Een programma van een andere gebruiker wilde Relais besturen en is geweigerd.
    .advice = Er is niets gebeurd; verwittig uw helpdesk als u dit niet verwachtte.
rls-6017 = Het bestand kan niet gelezen worden.
    .advice = Kijk de naam na, en of u het mag openen.
rls-6018 = De instellingen zijn onleesbaar; de gewone instellingen gelden.
    .advice = Stel ze opnieuw in, en stuur een verslag.
rls-6019 = De opdracht is onderbroken.
    .advice = Begin opnieuw wanneer u klaar bent.
rls-6020 = Het wachtwoord van de keystore kon niet op deze pc worden onthouden.
    .advice = U bent aangemeld zoals anders; Relais vraagt het wachtwoord opnieuw na een herstart. Ontgrendel de sleutelhanger en kies het bij een volgende aanmelding opnieuw.
rls-6021 = Het onthouden wachtwoord van de keystore kon niet van deze pc worden verwijderd.
    .advice = Ontgrendel de sleutelhanger van deze pc en verwijder er het wachtwoord dat Relais bewaart.
rls-6022 = Op deze pc wordt een sessie bewaard, maar de sleutelbos opent ze nu niet.
    .advice = Ontgrendel de sleutelbos van deze pc; Relais kijkt elke halve minuut opnieuw.
rls-6023 = De Relais die op deze pc loopt, antwoordt niet.
    .advice = Kijk naar het venster; reageert dat ook niet, sluit het dan en probeer opnieuw.
rls-6024 = De sessie is beëindigd, maar niet alles ervan kon van deze pc worden gewist.{ $reason ->
        [file] {" "}Het bestand blijft achter.
        [key] {" "}De sleutel van het bestand blijft achter.
        [file-and-key] {" "}Het bestand en de sleutel ervan blijven achter.
       *[other] {""}
    }
    .advice = Ontgrendel de sleutelbos van deze pc en zorg dat er in de gegevensmap geschreven kan worden; beëindig de sessie daarna opnieuw.
rls-6025 = Deze persoon is niet volledig vergeten.{ $reason ->
        [session] {" "}De sessie, of haar sleutel, blijft op deze pc achter.
        [password] {" "}Het onthouden wachtwoord van de keystore blijft in de sleutelbos.
        [name] {" "}De naam blijft in de databank.
        [etk] {" "}De bewaarde vercijferingssleutel blijft op deze pc.
        [certificate] {" "}Het certificaat dat een kaart of keystore toonde, blijft op deze pc.
        [copy] {" "}De naam kan nog staan in { $file }, een oudere kopie van de databank die niet kan worden gewijzigd.
        [key] {" "}De keystore blijft open tot Relais wordt gestopt.
       *[other] {""}
    }
    .advice = { $reason ->
        [copy] Verwijder dat bestand uit de gegevensmap van Relais zodra niemand het nog nodig heeft, en vergeet de persoon opnieuw.
       *[other] Ontgrendel de sleutelbos van deze pc, ga na of Relais in zijn gegevensmap kan schrijven, en vergeet de persoon opnieuw.
    }
rls-6026 = De bewaarde gegevens zijn beschadigd en kunnen niet gelezen worden.
    .advice = Er is niets gewijzigd. Start Relais of meld u aan: dan wordt het beschadigde bestand opzijgezet en bewaard, en begint een nieuw logboek.
rls-6027 = De klok van deze pc is voorbij het einde van uw sessie gesprongen.
    .advice = Kloppen datum en uur niet, zet ze dan juist: de sessie is er weer. Kloppen ze wel, meld u dan opnieuw aan.
rls-6030 = Een instelling van de oproepen is fout.
    .advice = Vraag wie user_agent, from of proxy in preferences.toml, onder [calls], schreef die te verbeteren.
rls-6031 = De werkuren in de instellingen zijn onbruikbaar; de gewone uren gelden.
    .advice = Stel de uren van de praktijk opnieuw in.
rls-6032 = De tijd die Relais had genoteerd, is door iets anders veranderd; hij wordt opnieuw genoteerd.
    .advice = Controleer datum en tijd van deze pc.
rls-6033 = De zandbak zegt niet hoe laat het er is.{ $shown ->
        [kept] {" "}Een sessie wordt getoond zoals ze bewaard is; alleen de zandbak weet of ze voorbij is.
       *[other] {""}
    }
    .advice = Start de zandbak waar dit profiel naartoe leidt, en probeer opnieuw; is het die van het venster, open dan Relais.
rls-6034 = Relais houdt zich aan de klok van het platform, want die van deze pc loopt niet juist.{ $way ->
        [ahead] {" "}Ze loopt { $minutes } min voor.
        [behind] {" "}Ze loopt { $minutes } min achter.
       *[other] {""}
    }
    .advice = Stel datum en tijd van deze pc juist in, of laat de pc dat zelf doen.
rls-6035 = De tijd die Relais heeft genoteerd, ligt in de toekomst; werken zonder kaart zou meteen voorbij zijn.
    .advice = Kloppen datum en tijd van deze pc, zet de genoteerde tijd dan terug: in het venster, of met relaisctl clock put-back.
rls-6036 = De genoteerde tijd blijft zoals hij is: niets wat nu gevraagd werd, bevestigt dat hij in de toekomst ligt.
    .advice = Controleer datum en tijd van deze pc, en probeer opnieuw wanneer de aanmelddienst antwoordt.
rls-6037 = Van deze storing kan geen attest gemaakt worden: wat ervan bewaard werd, is er niet meer, of het is te veel voor één attest.
    .advice = Open de geschiedenis opnieuw, en kies een recentere of kortere storing.
rls-6038 = Het attest van onbeschikbaarheid kon niet bewaard worden.
    .advice = Kijk na of er nog plaats is op de schijf en of u in uw documenten mag schrijven, en probeer opnieuw.
rls-6039 = Deze pc opent zijn afdrukvenster niet.
    .advice = Kijk de printer van deze pc na, en probeer opnieuw. U kunt ook het ondertekende bestand bewaren.
rls-6041 = Het bestand met de vertrouwde certificaten kan niet gebruikt worden.
    .advice = Noem een bestand met certificaten in PEM-vorm, elk tussen BEGIN CERTIFICATE en END CERTIFICATE.
rls-6042 = De zandbak kan niet luisteren op de gevraagde poort.
    .advice = Kies een andere poort met --sts-port of --control-port, of laat ze weg: dan kiest het systeem. Draait er een andere zandbak, beëindig die dan eerst.
rls-6043 = Dit is een opdracht die nog niet in deze versie van Relais zit.
    .advice = relaisctl --help toont de opdrachten die er wel zijn.
rls-6044 = Het resultaat van deze opdracht kon niet weggeschreven worden.
    .advice = De opdracht zelf is uitgevoerd. Maak ruimte vrij of schrijf naar een andere plaats, en vraag opnieuw wat u nodig hebt.
rls-6045 = Deze zandbak draait al.
    .advice = Gebruik de zandbak die draait, stop die eerst, of geef een andere map op.
rls-6046 = In deze map is er geen zandbak.
    .advice = Geef de map van de zandbak op, of start er daar eerst een.
rls-6047 = De zandbak is op deze pc nog nooit geopend.
    .advice = Open de zandbak één keer in Relais, of start relaisctl sandbox serve.
rls-6048 = Er is geen omgeving gekozen.
    .advice = Kies er een in Relais, of noem er een: --environment production, acceptance, integration of sandbox.
rls-6049 = De zandbak kan dat nu niet.
    .advice = Kijk wat er in zijn lezer zit, of er een verhaal loopt, en of het de zandbak van het venster is.
rls-6051 = Relais kan het starten met de computer niet instellen.
    .advice = Probeer opnieuw; zo niet, voeg Relais toe of verwijder het bij de opstartinstellingen van het systeem.
rls-6052 = Deze pc toont geen meldingen.
    .advice = Relais zegt alles in zijn venster en bij de klok; hou een van beide in zicht.
rls-6053 = Voordat iemand wordt vergeten, moet vaststaan wie bedoeld is en dat het de bedoeling is.
    .advice = Er is niets gewist. Noem de persoon met --person, met de plaats die “relaisctl person list” toont, en bevestig aan de terminal of met --yes.
rls-6054 = Relais loopt al, met een andere omgeving of een andere map dan u zonet vroeg.
    .advice = Stop het eerst en start het dan zo opnieuw.

## Relais zelf

rls-9001 = Een deel van Relais is gestopt en opnieuw gestart.
    .advice = Probeer opnieuw; komt het terug, stuur dan een verslag naar de makers van Relais.
rls-9002 = Relais heeft een fout gemaakt.
    .advice = Probeer opnieuw; komt het terug, stuur dan een verslag naar de makers van Relais.
rls-9003 = Relais werkt vanbinnen niet meer.
    .advice = Sluit Relais en start het opnieuw; een bewaarde sessie is er nog.
