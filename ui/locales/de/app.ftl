# Texte des Hauptfensters. Der Wert sagt, was ist; „more“ fügt hinzu, was das für die Person bedeutet.

## Fenster

nav-places = Ansichten
nav-today = Heute
nav-services = Dienste
nav-services-off = { $n ->
   *[other] { $n } nicht auf dem normalen Weg
  }
nav-journal = Protokoll
nav-settings = Einstellungen
nav-key = { $place } (Strg+{ $number })
chip-until = Bis { $t }
chip-left = noch { $h } Std. { $m }
chip-left-hours = noch { $h } Std.
chip-left-minutes = noch { $m } Min.
env-acc = Akzeptanzumgebung: Nichts, was hier geschieht, hat eine echte Wirkung
env-int = Integrationsumgebung: Nichts, was hier geschieht, hat eine echte Wirkung
env-box = Sandkasten: Ärztin, Karte und Dienst sind erfunden. PIN-Code: { $pin }
env-box-password = Passwort des Keystores: { $password }
problem-code = Code { $code }

## Ein Zeitpunkt in einem Satz

# Heute, gestern oder morgen (near), oder ein anderer Tag. { $on } ist der Tag, { $t } die Uhrzeit.
when-at = { $day ->
    [today] um { $t }
    [near] { $on } um { $t }
   *[date] am { $on } um { $t }
  }
when-about = { $day ->
    [today] gegen { $t }
    [near] { $on } gegen { $t }
   *[date] am { $on } gegen { $t }
  }

## Erstes Mal

choose-title = Wofür wird Relais auf diesem PC gebraucht?
choose-why = Nichts ist im Voraus gewählt. Vor Ihrer Wahl wird nichts gesendet.
choose-production = Echte Arbeit
choose-production-why = Mit Ihrer eID, auf der eHealth-Plattform.
choose-acceptance = Tests
choose-acceptance-why = Mit einer Testkarte, in der Akzeptanzumgebung. Nichts hat dort eine echte Wirkung.
choose-sandbox = Ein Sandkasten, zum Ausprobieren
choose-sandbox-why = Ärztin, Karte und Dienst sind erfunden. Nichts verlässt diesen PC.
choose-opening = Einen Moment, Relais bereitet diese Umgebung vor.

## Heute: Fakten

fact-ready = eID im Lesegerät
fact-ready-tries = eID im Lesegerät, { $n ->
    [0] kein Versuch mehr
    [1] ein Versuch
   *[other] { $n } Versuche
  }
fact-nocard = Lesegerät ohne Karte
fact-noreader = kein Lesegerät gefunden
fact-down = Lesegerät nicht erreichbar
fact-unusable = Karte nicht brauchbar
fact-several = mehrere eIDs in den Lesegeräten

## Heute: der Satz des Augenblicks, was man tun kann, und die Sitzung

today-open = Sitzung offen bis { $t }
nocard-open = Sitzung ohne Karte bis { $t }
today-none = Keine Sitzung offen
today-ended = Sitzung beendet { $t }
today-open-good = Alles in Ordnung.
    .more = Sie müssen nichts tun.
today-restored = Sitzung nach dem Neustart wiedergefunden.
    .more = Nichts zu tun.
today-open-noted = Ihre Sitzung ist in Ordnung.
    .more = Etwas sollten Sie wissen, es steht weiter unten.
today-session-good = Ihre Sitzung ist in Ordnung.
today-offline = Dieser PC hat seit { $since } kein Netz.
    .more = Die Störung liegt auf dieser Seite. Ihre Sitzung wartet auf Sie.
today-offline-none = Dieser PC hat seit { $since } kein Netz.
    .more = Die Störung liegt auf dieser Seite. Sobald das Netz zurück ist, können Sie sich anmelden.
today-service-down = Die Anmeldung ist zurzeit gestört.
    .more = Sie können es versuchen. Was noch funktioniert, und wie, steht weiter unten.
today-memory = Sie können arbeiten.
    .more = Diese Sitzung liegt nur im Arbeitsspeicher: Wird Relais beendet, endet sie.
today-ending-30 = Weniger als 30 Minuten.
    .more = Danach müssen Sie sich mit der eID neu anmelden.
today-ending-10 = Weniger als 10 Minuten.
    .more = Danach müssen Sie sich mit der eID neu anmelden.
today-key-card = Lassen Sie Ihre Karte im Lesegerät.
    .more = Diese Sitzung braucht sie, während Sie arbeiten.
today-key-card-gone = Stecken Sie Ihre Karte wieder ins Lesegerät.
    .more = Diese Sitzung braucht sie, während Sie arbeiten.
today-none-card = Ihre Karte ist da.
    .more = Es fehlt nur der PIN-Code.
today-none-last = Ihre Karte ist da.
    .more = Noch ein Versuch: Ein weiterer Fehler sperrt sie. Zweifel? Versuchen Sie es nicht.
today-none-blocked = Die Karte ist gesperrt.
    .more = Die Gemeinde kann sie entsperren, mit dem PUK-Code.
today-none-nocard = Stecken Sie Ihre eID in das Lesegerät.
today-none-reader = Das Kartenlesegerät wird nicht gefunden.
    .more = Schließen Sie es an den Computer an; Relais bemerkt es von selbst.
today-none-several = Es sind mehrere Personalausweise da.
    .more = Entfernen Sie die nicht benötigten, oder wählen Sie ein Lesegerät in den Einstellungen.
today-looking = Relais sucht Lesegerät und Karte.
today-service-missed = Der Anmeldedienst antwortet nicht.
    .more = Relais schaut weiter nach und meldet sich, sobald er zurück ist. Sie können es auch selbst versuchen.
today-service-back = Der Anmeldedienst antwortet wieder.
    .more = Sie können sich anmelden.
busy-probing = Relais prüft, ob der Anmeldedienst antwortet.
busy-reading = Relais liest die Karte. Lassen Sie sie im Lesegerät.
busy-asking = Relais wartet im anderen Fenster auf Ihre Antwort. Nehmen Sie sich Zeit.
busy-working = Die Anmeldung läuft. Lassen Sie die Karte im Lesegerät.
act-sign-in = Anmelden
act-sign-in-organisation = Mit dem Zertifikat der Organisation anmelden
act-give-password = Das Passwort eingeben
act-retry = Erneut versuchen
act-cancel = Abbrechen
act-seen = Gelesen
act-sign-out = Abmelden
act-choose-reader = Ein Lesegerät wählen
line-start-eid = geöffnet mit der eID
line-start-certificate = geöffnet mit einem Zertifikat
line-start-nocard = geöffnet ohne Karte
line-end = Ende
line-hour = { $h } Uhr
line-says = Sitzung von { $start } bis { $end }. Es ist { $now }.
notes-title = Gut zu wissen
notes-failed = Der letzte Versuch ist nicht gelungen
notes-put-back = Vermerkte Zeit zurückstellen
use-title = Diese Sitzung
use-by = Verwendet von
use-nobody = Kein Programm verwendet diese Sitzung: Ihre Software behält ihre eigene Verbindung.
use-person = Geöffnet im Namen von
use-kept = Aufbewahrt
use-kept-os = Nur auf diesem PC, in seinem Schlüsselbund; ein Neustart verliert sie nicht.
use-kept-file = Nur auf diesem PC, in einer versiegelten Datei; ein Neustart verliert sie nicht.
use-kept-memory = Nur auf diesem PC, im Arbeitsspeicher; sie endet, wenn Relais beendet wird.

## Einstellungen

set-this-pc = Dieser PC
set-advanced = Erweitert
set-language = Sprache
set-language-effect = Alle Fenster und Meldungen von Relais sind auf Deutsch.
set-appearance = Erscheinungsbild
set-appearance-system = System
set-appearance-light = Hell
set-appearance-dark = Dunkel
set-appearance-system-effect = Folgt dem Computer.
set-appearance-light-effect = Immer hell.
set-appearance-dark-effect = Immer dunkel.
set-autostart = Mit dem Computer starten
set-autostart-on = Ja
set-autostart-off = Nein
set-autostart-on-effect = Relais startet mit dem Computer, ohne Fenster, bei der Uhr.
set-autostart-off-effect = Relais startet, wenn Sie es öffnen.
set-notify = Mitteilungen
set-notify-all = Alle
set-notify-essential = Das Wichtigste
set-notify-none = Keine
set-notify-all-effect = Relais meldet, ohne Ton, auch den ruhigen Moment, in dem die PIN eingegeben werden kann.
set-notify-essential-effect = Nur, was nicht warten kann: eine Sitzung, die bald endet oder zu Ende ist.
set-notify-none-effect = Nichts erscheint auf dem Bildschirm. Das Symbol bei der Uhr und das Fenster sagen alles.
set-notify-none-window-effect = Nichts erscheint auf dem Bildschirm. Diese Arbeitsoberfläche hat keinen Platz für ein Symbol: Nur das Fenster sagt alles.
set-notify-missing-effect = Diese Arbeitsoberfläche zeigt keine Mitteilungen (RLS-6052). Das Symbol bei der Uhr und das Fenster sagen alles.
set-notify-missing-window-effect = Diese Arbeitsoberfläche zeigt weder Mitteilungen (RLS-6052) noch ein Symbol: Nur das Fenster sagt alles. Lassen Sie es offen.
set-closing = Fenster schließen
set-closing-hides = Verbirgt es
set-closing-stops = Beendet Relais
set-closing-hides-effect = Das Fenster wird verborgen. Relais läuft bei der Uhr weiter; das Symbol öffnet es wieder.
set-closing-shrinks-effect = Diese Arbeitsoberfläche hat keinen Platz bei der Uhr: Das Fenster wird minimiert, und Relais läuft weiter.
set-closing-stops-effect = Relais wird beendet: keine Erneuerung, keine Mitteilungen. Die Sitzung bleibt auf diesem PC gültig.
set-closing-stops-lost-effect = Relais wird beendet, und die Sitzung im Arbeitsspeicher endet.
set-organisation = Dieser PC meldet sich an für
set-organisation-on = Eine Organisation
set-organisation-off = Eine Person
set-organisation-on-effect = Relais meldet sich mit dem Zertifikat einer Organisation an, etwa eines Krankenhauses oder einer Gruppenpraxis: ohne Karte. Der Keystore einer Person wird abgelehnt.
set-organisation-off-effect = Relais meldet sich mit der eID einer Person an.
set-practice = Die Praxis
set-practice-unsaid = Nicht angegeben
set-practice-yes = Ja
set-practice-no = Nein
set-flemish = Flämische Region
set-flemish-unsaid-effect = Antwortet Vitalink nicht, sagt Relais, dass Vaccinnet für die Flämische Region gilt.
set-flemish-yes-effect = Sie arbeiten in der Flämischen Region, oder Ihre Patienten wohnen dort: Antwortet Vitalink nicht, tritt Vaccinnet an seine Stelle.
set-flemish-no-effect = Das trifft nicht zu: Vaccinnet wird nicht angeboten.
set-module = Tarifmodul Ihrer Software
set-module-unsaid-effect = Wo kein Weg zum Tarif funktioniert, sagt Relais, dass es von einem solchen Modul abhängt.
set-module-yes-effect = Wo kein Weg zum Tarif funktioniert, bleibt das Modul Ihrer Software.
set-module-no-effect = Ihre Software hat keines: Relais schickt Sie nicht dorthin.
set-reader = Kartenlesegerät
set-reader-auto = Automatisch
set-reader-auto-effect = Relais nimmt das Lesegerät, in dem eine eID steckt.
set-reader-one-effect = Relais beachtet nur dieses Lesegerät.
set-reader-away-effect = Relais beachtet nur dieses Lesegerät, das zurzeit nicht angeschlossen ist.
set-keypad = Tastenfeld des Lesegeräts
set-keypad-effect = Mit dem Lesegerät { $reader } wird der Code an diesem Computer eingegeben.
set-keypad-use = Das Tastenfeld benutzen
set-keystore = Wo die Sitzung aufbewahrt wird
set-keystore-os = Schlüsselbund
set-keystore-file = Datei
set-keystore-memory = Arbeitsspeicher
set-keystore-os-effect = Der Schlüssel liegt im Schlüsselbund dieses PCs; die Sitzung übersteht einen Neustart. Gilt ab der nächsten Anmeldung.
set-keystore-file-effect = Der Schlüssel liegt in einer Datei, die nur Ihr Konto liest; die Sitzung übersteht einen Neustart. Gilt ab der nächsten Anmeldung.
set-keystore-memory-effect = Der Schlüssel wird nirgends gespeichert; wird Relais beendet, endet die Sitzung. Gilt ab der nächsten Anmeldung.
set-environment = Umgebung
set-environment-production = Echte Arbeit, auf der eHealth-Plattform.
set-environment-acceptance = Akzeptanz: Nichts hat eine echte Wirkung.
set-environment-integration = Integration: Nichts hat eine echte Wirkung.
set-environment-sandbox = Sandkasten: Alles ist erfunden, nichts verlässt diesen PC.
set-environment-again = Andere Umgebung wählen
set-environment-again-effect = Relais startet dann neu und fragt danach. Eine auf diesem PC aufbewahrte Sitzung bleibt; eine Sitzung, die nur im Arbeitsspeicher ist, endet.

organisation-none = Dieser PC meldet sich für eine Organisation an.
    .more = Ihr Zertifikat genügt: es ist keine Karte nötig.
organisation-locked = Der Schlüssel der Organisation ist gesperrt.
    .more = Mit ihrem Passwort verlängert Relais die Sitzung selbst.
organisation-due = Das Passwort des Keystores der Organisation wird gebraucht,
    .more = bevor die Sitzung endet.
organisation-title = Für die Organisation anmelden
organisation-what = Der Keystore der Organisation meldet für 24 Stunden an. Solange ihr Schlüssel offen ist, verlängert Relais die Sitzung selbst.
organisation-remember = Auf diesem PC merken
organisation-remember-hint = Dann verlängert Relais die Sitzung auch nach einem Neustart. Wer dieses Konto des PCs benutzt, kann sich für die Organisation anmelden.
