# Was schiefging, in einem Satz, und was jetzt zu tun ist. Ein Eintrag je Code von src-tauri/catalogue/codes.toml.
# Zahlen werden als Zahlen übergeben; fehlt ein Wert, so fällt sein Teil weg.

## Karte und Lesegerät

rls-1001 = Der Kartendienst dieses Computers läuft nicht.
    .advice = Starten Sie unter Windows und macOS den Computer neu; unter Linux installieren Sie pcscd und libccid, und starten Sie pcscd. Relais findet das Lesegerät danach von selbst.
rls-1002 = Es wurde kein Kartenlesegerät gefunden.
    .advice = Schließen Sie das Lesegerät direkt an den Computer an; Relais erkennt es von selbst.
rls-1003 = Das Kartenlesegerät wurde abgezogen.
    .advice = Schließen Sie es wieder an; Relais erkennt es von selbst.
rls-1004 = Im Lesegerät steckt keine Karte.
    .advice = Stecken Sie Ihre eID in das Lesegerät, mit dem Chip nach vorn und nach oben.
rls-1005 = Die Karte antwortet nicht.
    .advice = Nehmen Sie die Karte heraus, drehen Sie den Chip nach oben und stecken Sie sie wieder hinein.
rls-1006 = Diese Karte ist kein belgischer Personalausweis.
    .advice = Nehmen Sie sie heraus und stecken Sie Ihre eID in das Lesegerät.
rls-1007 = Lesegerät und Karte verstehen einander nicht.
    .advice = Nehmen Sie die Karte heraus und stecken Sie sie wieder hinein; hilft das nicht, versuchen Sie es mit einem anderen Lesegerät.
rls-1008 = Ein anderes Programm benutzt die Karte.
    .advice = Schließen Sie dieses Programm oder warten Sie, bis es fertig ist, und versuchen Sie es dann erneut.
rls-1009 = Ein anderes Programm hat die Arbeit mit der Karte unterbrochen.
    .advice = Versuchen Sie es erneut; geschieht es wieder, schließen Sie die anderen Programme, die Karten lesen.
rls-1010 = Die Karte wurde zu früh herausgenommen.
    .advice = Stecken Sie die Karte wieder hinein und lassen Sie sie stecken, bis Relais fertig ist. Eine offene Sitzung bleibt offen.
rls-1011 = Der Kontakt zur Karte ging verloren.
    .advice = Wischen Sie den Chip mit einem weichen, trockenen Tuch ab und stecken Sie die Karte wieder hinein.
rls-1012 = Relais darf das Lesegerät unter diesem Benutzerkonto nicht verwenden.
    .advice = Bitten Sie die Person, die diesen PC betreut, die Nutzung von Chipkarten zu erlauben.
rls-1013 = Der Kartendienst dieses Computers antwortet nicht mehr.
    .advice = Ziehen Sie das Lesegerät ab und schließen Sie es wieder an; hilft das nicht, starten Sie den Computer neu.
rls-1014 = Die Karte gab eine Antwort, die Relais nicht verwenden kann.
    .advice = Nehmen Sie die Karte heraus und stecken Sie sie wieder hinein; hilft das nicht, versuchen Sie es mit einem anderen Lesegerät.
rls-1015 = Im Lesegerät steckt nicht die Karte, mit der Sie begonnen haben.
    .advice = Stecken Sie die erste Karte wieder hinein, oder beginnen Sie mit dieser von vorn.
rls-1016 = Diese Karte ist noch nicht aktiviert.
    .advice = Gehen Sie damit zu Ihrer Gemeinde, mit dem Brief, der PIN- und PUK-Code enthält.
rls-1017 = Diese Karte enthält kein Zertifikat zum Anmelden.
    .advice = Bitten Sie Ihre Gemeinde, die Zertifikate auf die Karte zu bringen.
rls-1018 = Die Zertifikate auf dieser Karte sind abgelaufen.
    .advice = Beantragen Sie bei Ihrer Gemeinde eine neue Karte; rechnen Sie mit einigen Wochen.
rls-1019 = Die Daten auf dieser Karte tragen nicht die richtige amtliche Signatur.
    .advice = Verwenden Sie diese Karte nicht und rufen Sie das Kontaktcenter von eHealth an.
rls-1020 = Relais kennt die Stelle nicht, die diese Karte ausgestellt hat.
    .advice = Bitten Sie die Person, die diesen PC betreut, Relais zu aktualisieren.
rls-1021 = Das Warten auf die Karte wurde beendet.
    .advice = Beginnen Sie von vorn, wenn Sie so weit sind.
rls-1022 = Das Kartenlesegerät meldet einen Fehler, den Relais nicht kennt.
    .advice = Ziehen Sie das Lesegerät ab und schließen Sie es wieder an; bleibt der Fehler, geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-1023 = Es gibt kein Lesegerät mit diesem Namen.
    .advice = Wählen Sie ein Lesegerät, das angeschlossen ist.
rls-1024 = In mehr als einem Lesegerät steckt eine Karte.
    .advice = Lassen Sie nur Ihre eigene Karte stecken, oder wählen Sie das Lesegerät aus.
rls-1025 = Die Karte verweigert diesen Vorgang.
    .advice = Nehmen Sie die Karte heraus, stecken Sie sie wieder hinein und versuchen Sie es noch einmal; verweigert sie wieder, rufen Sie das Kontaktcenter von eHealth an.
rls-1026 = Die Zertifikate auf dieser Karte sind noch nicht gültig.
    .advice = Prüfen Sie das Datum dieses PCs; stimmt es, verwenden Sie die Karte ab dem Tag, an dem sie gültig wird.

## PIN

rls-1201 = Eine PIN hat 4 bis 12 Ziffern.
    .advice = Geben Sie sie erneut ein, nur mit Ziffern. Es wurde kein Versuch verbraucht.
rls-1202 = Die Karte hat die PIN abgelehnt.{ $tries_left ->
        [1] {" "}Es bleibt ein Versuch.
        [2] {" "}Es bleiben zwei Versuche.
       *[other] {""}
    }
    .advice = Geben Sie die PIN erneut ein, wenn Sie sich sicher sind; im Zweifel hören Sie auf und bitten Ihre Gemeinde um eine neue.
rls-1203 = Die Karte ist gesperrt, weil die PIN zu oft falsch war.
    .advice = Ihre Gemeinde entsperrt sie, mit dem Brief, der den PUK-Code enthält. Eine offene Sitzung bleibt offen.
rls-1204 = Es ist nicht sicher, ob die PIN die Karte erreicht hat.
    .advice = Relais wiederholt sie nicht von selbst. Geben Sie sie erneut ein, wenn Sie sich sicher sind.
rls-1205 = Sie haben die Eingabe der PIN abgebrochen.
    .advice = Es wurde kein Versuch verbraucht. Beginnen Sie von vorn, wenn Sie so weit sind.
rls-1206 = Die PIN wurde nicht rechtzeitig eingegeben.
    .advice = Es wurde kein Versuch verbraucht. Beginnen Sie von vorn, wenn Sie so weit sind.
rls-1207 = Es wurde keine PIN angegeben.
    .advice = Geben Sie sie ein, wenn danach gefragt wird, oder übergeben Sie sie mit --pin-fd.
rls-1208 = Dies ist vielleicht der letzte Versuch, und ein weiterer Fehler würde die Karte sperren.
    .advice = Machen Sie nur weiter, wenn Sie die PIN mit Sicherheit kennen; sonst bitten Sie Ihre Gemeinde um eine neue.
rls-1209 = Das Tastenfeld des Lesegeräts konnte die PIN nicht annehmen.
    .advice = Wählen Sie die Eingabe der PIN am Computer.
rls-1210 = Der Bildschirm wurde gesperrt, und was Sie eingegeben hatten, wurde gelöscht.
    .advice = Es wurde kein Versuch verbraucht. Geben Sie Ihre PIN erneut ein, wenn Sie so weit sind.
rls-1211 = Das PIN-Fenster musste neu geöffnet werden, und was Sie eingegeben hatten, wurde gelöscht.
    .advice = Es wurde kein Versuch verbraucht. Geben Sie Ihre PIN erneut ein.
rls-1212 = Die Eingabe gehörte zu einer früheren Frage und wurde gelöscht.
    .advice = Sehen Sie nach, was jetzt gefragt wird, und geben Sie es erneut ein.

## Anmeldedienst und Verbindung

rls-2001 = Der Anmeldedienst ist nicht erreichbar.
    .advice = Prüfen Sie das Netz dieses PCs; lassen sich andere Seiten öffnen, versuchen Sie es in einigen Minuten erneut. Eine offene Sitzung bleibt offen.
rls-2002 = Der Anmeldedienst antwortet nicht rechtzeitig.
    .advice = Versuchen Sie es in einigen Minuten erneut. Eine offene Sitzung bleibt offen.
rls-2003 = Der Anmeldedienst antwortet mit einem Fehler.
    .advice = Versuchen Sie es in einigen Minuten erneut. Eine offene Sitzung bleibt offen.
rls-2004 = Die Antwort kommt nicht vom Anmeldedienst, oder sie ist beschädigt.
    .advice = Prüfen Sie, ob Ihr Netz Sie ins Internet lässt, und versuchen Sie es dann erneut.
rls-2005 = Der Anmeldedienst lehnt diese Anmeldung ab.
    .advice = Geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2006 = Der Anmeldedienst ist außer Betrieb.
    .advice = Versuchen Sie es später erneut; hier ist nichts zu reparieren. Eine offene Sitzung bleibt offen.
rls-2007 = Der Anmeldedienst lehnt aus einem Grund ab, den Relais nicht kennt.
    .advice = Versuchen Sie es noch einmal; wird wieder abgelehnt, geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2008 = Der Anmeldedienst findet einen Fehler in dem, was Relais gesendet hat.
    .advice = Das ist ein Fehler von Relais: Senden Sie den Entwicklern einen Bericht.
rls-2010 = Das Sicherheitszertifikat des Dienstes ist abgelaufen.
    .advice = Prüfen Sie das Datum dieses PCs; stimmt es, sagen Sie es der Person, die Ihr Netz betreut.
rls-2011 = Der Computer, der antwortet, ist nicht der, den Relais gerufen hat; es wurde nichts gesendet.
    .advice = Fragen Sie die Person, die Ihr Netz betreut, was zwischen diesem PC und der Plattform steht.
rls-2012 = Der Computer, der antwortet, kann nicht beweisen, wer er ist; es wurde nichts gesendet.
    .advice = Fragen Sie die Person, die Ihr Netz betreut, ob es sichere Verbindungen untersucht.
rls-2013 = Die angebotene Verbindung ist zu alt, um sicher zu sein; es wurde nichts gesendet.
    .advice = Fragen Sie die Person, die Ihr Netz betreut, was zwischen diesem PC und der Plattform steht.
rls-2014 = Die sichere Verbindung ist abgebrochen.
    .advice = Prüfen Sie das Netz dieses PCs und versuchen Sie es erneut.
rls-2015 = Die Adresse des Dienstes wurde nicht gefunden.
    .advice = Prüfen Sie das Netz dieses PCs und versuchen Sie es erneut.
rls-2016 = Der Proxy Ihres Netzes lehnt die Verbindung ab.
    .advice = Bitten Sie die Person, die Ihr Netz betreut, Relais zur Plattform durchzulassen.
rls-2017 = Diese Adresse gehört nicht zur verwendeten Umgebung; Relais ruft sie nicht auf.
    .advice = Bitten Sie die Person, die das Profil erstellt hat, dessen Adressliste zu prüfen.
rls-2018 = Die Antwort war zu groß und wurde nicht gelesen.
    .advice = Versuchen Sie es in einigen Minuten erneut.
rls-2019 = Der Dienst verweist auf eine andere Adresse, und Relais folgt nicht.
    .advice = Prüfen Sie, ob Ihr Netz Sie ins Internet lässt, und versuchen Sie es dann erneut.
rls-2020 = Das Netz liest in sicheren Verbindungen mit, was hier nicht erlaubt ist; es wurde nichts gesendet.
    .advice = Bitten Sie die Person, die Ihr Netz betreut, Verbindungen zur Plattform unangetastet zu lassen.

## Anmeldenachweis

rls-2101 = Der Anmeldenachweis trägt eine falsche Signatur und wurde abgelehnt.
    .advice = Machen Sie nicht weiter; geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2102 = Der Anmeldenachweis wurde nicht von der eHealth-Plattform signiert und wurde abgelehnt.
    .advice = Machen Sie nicht weiter; geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2103 = Der Anmeldenachweis ist auf einen anderen Schlüssel ausgestellt und wurde abgelehnt.
    .advice = Geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2104 = Der Anmeldenachweis ist auf eine andere Person ausgestellt und wurde abgelehnt.
    .advice = Machen Sie nicht weiter; geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2105 = Der Anmeldenachweis gehört zu einer anderen Anfrage und wurde abgelehnt.
    .advice = Melden Sie sich erneut an; geschieht es wieder, geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2106 = Die Zeiten im Anmeldenachweis passen nicht, und er wurde abgelehnt.
    .advice = Prüfen Sie Datum und Uhrzeit dieses PCs und melden Sie sich dann erneut an.
rls-2107 = Der Anmeldenachweis war schon einmal eingegangen und wurde abgelehnt.
    .advice = Melden Sie sich erneut an; geschieht es wieder, geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2108 = Der Anmeldenachweis hat nicht die vorgesehene Form und wurde abgelehnt.
    .advice = Geben Sie diesen Code an das Kontaktcenter von eHealth durch.
rls-2109 = Relais hat kein Zertifikat, an dem es die Plattform in dieser Umgebung erkennt.
    .advice = Bitten Sie die Person, die diesen PC betreut, die Zertifikate der Plattform in das Profil aufzunehmen.
rls-2110 = Die Plattform hat die Eigenschaft, in der diese Sitzung geöffnet wurde, nicht bestätigt.
    .advice = Dienste, die sie verlangen, lehnen diese Sitzung ab. Melden Sie sich in Ihrer eigenen Eigenschaft an, oder fragen Sie das Kontaktzentrum von eHealth, warum sie nicht bekannt ist.

## Sitzung

rls-2201 = Ihre Sitzung ist beendet.
    .advice = Melden Sie sich erneut an, wenn Sie sie brauchen.
rls-2202 = Ihre Sitzung dauert, bis Relais beendet wird: Dieser PC hat keinen sicheren Ort, um sie aufzubewahren.
    .advice = Beenden Sie Relais nicht; danach melden Sie sich erneut an.
rls-2203 = Die gespeicherte Sitzung ist nicht lesbar und wurde beiseitegelegt.
    .advice = Melden Sie sich erneut an.
rls-2204 = Die gespeicherte Sitzung gehört zu einem anderen Computer, Benutzer oder einer anderen Umgebung.
    .advice = Melden Sie sich hier erneut an.
rls-2205 = Eine Anmeldung läuft bereits.
    .advice = Schließen Sie sie zuerst ab, oder brechen Sie sie ab.
rls-2206 = Sie sind nicht angemeldet.
    .advice = Melden Sie sich zuerst an.
rls-2207 = Diese Art der Anmeldung wird hier nicht angeboten.
    .advice = Melden Sie sich mit Ihrer eID an.
rls-2208 = Relais kennt diese berufliche Eigenschaft nicht.
    .advice = Wählen Sie eine aus der Liste.
rls-2209 = Die Karte im Lesegerät gehört einer anderen Person als der gemeinten.
    .advice = Stecken Sie die Karte dieser Person hinein.
rls-2210 = Dieser PC kennt niemanden unter diesem Platz.
    .advice = Übernehmen Sie den Platz aus der Antwort von „relaisctl person list“.
rls-2211 = Eine Sitzung ohne die Karte wird nicht verlängert.
    .advice = Melden Sie sich mit Ihrer eID an, sobald es geht.
rls-2212 = Eine Sitzung ohne die Karte verlangt einen Grund.
    .advice = Geben Sie an, ob die eID nicht zur Hand ist oder ob ein technisches Problem sie unbrauchbar macht.
rls-2213 = Die 12 Stunden ohne die Karte sind abgelaufen.
    .advice = Melden Sie sich mit Ihrer eID an. Ist das noch nicht möglich, öffnen Sie eine neue Sitzung ohne die Karte, mit ihrem Grund.
rls-2214 = Die Uhr dieses PCs ist zurückgesprungen: Die Sitzung ohne die Karte bleibt erhalten, wird aber nicht benutzt.
    .advice = Prüfen Sie Datum und Uhrzeit dieses PCs. Sobald der Anmeldedienst die Zeit bestätigt hat, läuft die Sitzung weiter, mit demselben Ende.
rls-2215 = Sie arbeiten oft ohne die Karte: Ein Satz muss sagen, warum.
    .advice = Schreiben Sie, warum die Karte noch nicht benutzt wird. Nichts wird gesperrt: Ein Satz genügt.
rls-2216 = Sie sind bereits mit der Karte angemeldet: Eine Sitzung ohne die Karte würde eine längere ersetzen.
    .advice = Arbeiten Sie mit dieser Sitzung weiter. Melden Sie sich ohne die Karte in ihrer letzten halben Stunde an oder sobald sie beendet ist; nützt sie Ihnen nichts, beenden Sie sie zuerst.
rls-2217 = Diese Sitzung ohne die Karte läuft in den 12 Stunden weiter, die mit der ersten begannen.{ $way ->
        [left] {" "}Es bleiben { $minutes } Min.
       *[other] {""}
    }
    .advice = Erneutes Öffnen verlängert sie nicht; melden Sie sich vor dem Ende mit Ihrer eID an.
rls-2218 = { $way ->
        [row] { $uses }. Mal in Folge ohne die Karte.
        [often] { $uses }. Mal ohne die Karte in { $days } Tagen.
       *[other] Das Arbeiten ohne die Karte ist zur Gewohnheit geworden.
    }
    .advice = Die Regel behält diesen Weg Ausnahmen vor. Das hilft, ihn zu vermeiden: eine Karte, die bei den Schlüsseln bleibt, ein zweites Lesegerät, ein PIN-Code, den die Gemeinde entsperrt.
rls-2221 = Auf diesem PC liegt eine Sitzung, aber mit einem anderen Schlüsselbund als dem jetzt genannten.
    .advice = Lassen Sie --key-store weg, oder nennen Sie den, mit dem die Sitzung geöffnet wurde, oder wählen Sie ihn in den Einstellungen wieder; sie bleibt, wo sie ist.
rls-2222 = Diese Sitzung lag nur im Arbeitsspeicher und endet mit diesem Befehl.
    .advice = Um eine Sitzung zu behalten, melden Sie sich an, während das Fenster von Relais offen ist, oder mit --key-store os oder file.

## Signierte Nachrichten

rls-2301 = Die Nachricht ist größer oder verschachtelter, als Relais annimmt, und wurde nicht gelesen.
    .advice = Bitten Sie den Absender um eine richtige Nachricht.
rls-2302 = Die Nachricht enthält einen Dokumenttyp, der hier nicht erlaubt ist, und wurde nicht gelesen.
    .advice = Bitten Sie den Absender um eine richtige Nachricht.
rls-2303 = Die Nachricht ist beschädigt und nicht lesbar.
    .advice = Rufen Sie sie erneut ab; bleibt sie beschädigt, bitten Sie den Absender um eine richtige.
rls-2304 = Die Signatur der Nachricht ist falsch.
    .advice = Verwenden Sie die Nachricht nicht und bitten Sie den Absender um eine richtige.
rls-2305 = Die Nachricht ist auf eine Weise signiert, die hier nicht angenommen wird.
    .advice = Verwenden Sie die Nachricht nicht und bitten Sie den Absender um eine richtige.
rls-2306 = Die Signatur deckt den Teil nicht ab, der verwendet würde.
    .advice = Verwenden Sie die Nachricht nicht und bitten Sie den Absender um eine richtige.
rls-2307 = Die Nachricht wurde nicht von jemandem signiert, dem hier vertraut wird.
    .advice = Verwenden Sie die Nachricht nicht und bitten Sie den Absender um eine richtige.
rls-2308 = Die Nachricht ist zu alt, oder ihre Zeit kommt erst noch.
    .advice = Prüfen Sie Datum und Uhrzeit dieses PCs und rufen Sie die Nachricht dann erneut ab.

## Kontinuität

rls-3001 = Die Dienstliste gehört zu einer anderen Umgebung.
    .advice = Relais behält die letzte gute Liste; prüfen Sie die Adresse der Liste im Profil.
rls-3002 = Die empfangene Dienstliste ist älter als die vorhandene.
    .advice = Nichts zu tun: Relais behält die neuere und fragt erneut. Wenn es anhält, rufen Sie das Kontaktcenter an.
rls-3003 = Zwei verschiedene Dienstlisten tragen denselben Zeitpunkt.
    .advice = Relais behält die erste; melden Sie es dem Kontaktcenter.
rls-3004 = Der Zeitpunkt der Dienstliste fehlt oder liegt in der Zukunft.
    .advice = Prüfen Sie die Uhr dieses PCs; Relais behält die letzte gute Liste und fragt erneut.
rls-3005 = Die offizielle Dienstliste ist zurzeit nicht abrufbar.
    .advice = Nichts zu tun: Relais behält die letzte gute Liste und fragt erneut.
rls-3006 = Die auf diesem PC notierten angekündigten Wartungen sind unbrauchbar; was davon bekannt war, bleibt.
    .advice = Berichtigen Sie die Datei announced.toml im Datenordner dieser Umgebung.{ $reason ->
        [no-moment] {" "}Ein Zeitpunkt steht mit seiner Zone da, wie 2026-12-05T20:00:00+01:00.
        [ends-before-it-begins] {" "}Sie endet, bevor sie beginnt.
        [lasts-too-long] {" "}Sie darf höchstens drei Tage dauern.
        [no-function] {" "}Es gibt keine Funktion dieses Namens.
        [empty] {" "}Dies darf nicht leer sein.
        [too-long] {" "}Dies darf höchstens 300 Zeichen haben.
        [too-many] {" "}Es dürfen höchstens 200 sein.
       *[other] {""}
    }
rls-3011 = Ein Dienst der Liste hat keine Hauptadresse; er wird übergangen.
    .advice = Nichts zu tun: die anderen Dienste der Liste gelten weiter.
rls-3012 = Zwei Adressen eines Dienstes der Liste haben denselben Rang; er wird übergangen.
    .advice = Nichts zu tun: die anderen Dienste der Liste gelten weiter.
rls-3013 = Ein Dienst der Liste hat nicht genau eine aktive Adresse; er wird übergangen.
    .advice = Nichts zu tun: die anderen Dienste der Liste gelten weiter.
rls-3014 = Die Adresse eines Dienstes der Liste ist keine https-Adresse; er wird übergangen.
    .advice = Nichts zu tun: die anderen Dienste der Liste gelten weiter.
rls-3015 = Ein Dienst der Liste liegt bei einem Host, den das Profil nicht erlaubt; er wird übergangen.
    .advice = Wird der Dienst gebraucht, bitten Sie den Verwalter des Profils, den Host hinzuzufügen.
rls-3016 = Ein Dienst steht zweimal in der Liste; er wird übergangen.
    .advice = Nichts zu tun: die anderen Dienste der Liste gelten weiter.
rls-3017 = Ein Dienst der Liste ist unvollständig; er wird übergangen.
    .advice = Nichts zu tun: die anderen Dienste der Liste gelten weiter.
rls-3031 = Niemand mit dieser Nummer hat einen Verschlüsselungsschlüssel.
    .advice = Prüfen Sie Typ, Nummer und Anwendung des Empfängers. Ohne Schlüssel kann nichts für ihn verschlüsselt werden.
rls-3032 = Der Verschlüsselungsschlüssel, der ankam, ist nicht echt; er wird nicht verwendet.
    .advice = Verschlüsseln Sie jetzt nichts für diesen Empfänger und sagen Sie es dem Helpdesk: Etwas steht zwischen diesem PC und der Plattform.
rls-3033 = Das Verzeichnis der Verschlüsselungsschlüssel antwortet nicht, wie es soll.
    .advice = Relais versucht es erneut. Bis dahin wird ein aufbewahrter Schlüssel mit seinem Alter verwendet, wo es einen gibt.

## Keystore

rls-4001 = Der Keystore wurde nicht gefunden.
    .advice = Wählen Sie die Datei erneut; vielleicht wurde ihr Ordner verschoben.
rls-4002 = Das ist nicht das Passwort des Keystores.
    .advice = Geben Sie es erneut ein, und achten Sie auf Großbuchstaben; ein Fehler sperrt nichts.
rls-4003 = Diese Datei ist kein Keystore, den Relais lesen kann.
    .advice = Wählen Sie die Datei, die auf .p12 endet, oder eine Kopie, die Sie aufbewahrt haben.
rls-4004 = Der Keystore enthält keinen Schlüssel zum Anmelden.
    .advice = Wählen Sie den Keystore, der für Ihr eHealth-Zertifikat erstellt wurde.
rls-4005 = Das Zertifikat in diesem Keystore wurde beantragt, aber noch nicht erhalten.
    .advice = Schließen Sie zuerst den Antrag ab, oder wählen Sie einen anderen Keystore.
rls-4006 = Das Zertifikat in diesem Keystore ist abgelaufen.
    .advice = Beantragen Sie ein neues Zertifikat, und behalten Sie diese Datei für ältere Nachrichten.
rls-4007 = Dieser Keystore gehört einer anderen Person.
    .advice = Wählen Sie den Keystore der Person, die sich anmeldet.
rls-4008 = Dieser Keystore gehört zu einer anderen Umgebung.
    .advice = Wählen Sie den Keystore, der für die verwendete Umgebung erstellt wurde.
rls-4009 = Diese Datei verlangt weit mehr Rechenarbeit als ein echter Keystore und wurde nicht geöffnet.
    .advice = Wählen Sie eine andere Datei, und fragen Sie, woher diese stammt.
rls-4010 = Der Ordner des Keystores antwortet nicht.
    .advice = Prüfen Sie die Verbindung zu diesem Ordner, oder kopieren Sie den Keystore auf diesen PC.
rls-4011 = Für den Keystore wurde kein Passwort angegeben.
    .advice = Geben Sie es ein, wenn danach gefragt wird, oder übergeben Sie es mit --password-fd.
rls-4012 = Hier liegen Keystores mehrerer Personen.
    .advice = Geben Sie an, wessen Sitzung es ist: mit der Datei des Keystores oder mit der Person.
rls-4013 = Dies ist der Keystore einer Person.
    .advice = Nur eine Organisation meldet sich mit ihrem Zertifikat allein an. Eine Person meldet sich mit der Karte an, oder ausnahmsweise ohne sie.
rls-4014 = Relais weiß nicht, womit sich diese Art von Organisation anmeldet.
    .advice = Melden Sie sich an wie bisher, und senden Sie uns diese Meldung: wir fügen den Typ hinzu.
rls-4015 = Diese Datei mit Zertifikaten ist nicht lesbar, oder sie ist beschädigt.
    .advice = Prüfen Sie, ob Sie sie lesen dürfen. Besorgen Sie sie sonst neu bei dem, der sie erstellt hat; die anderen Dateien wurden gelesen.
rls-4016 = Diese Datei ist zu groß für ein Zertifikat; sie wurde nicht gelesen.
    .advice = Ist sie kein Zertifikat, dann verschieben Sie sie in einen anderen Ordner. Die anderen Dateien wurden gelesen.
rls-4017 = Ein Ordner mit Zertifikaten ist nicht erreichbar.
    .advice = Prüfen Sie, ob der Ordner noch da ist, ob Sie ihn lesen dürfen und ob das Netzwerk geht. Was Relais davon wusste, bleibt erhalten.
rls-4018 = Diese Verknüpfung führt aus den vereinbarten Ordnern hinaus, im Kreis oder ins Leere; ihr wurde nicht gefolgt.
    .advice = Fügen Sie den Ordner hinzu, zu dem sie führt, wenn dort Zertifikate liegen, auf die Relais achten soll.
rls-4019 = Das Zertifikat in diesem Keystore ist noch nicht gültig.
    .advice = Prüfen Sie das Datum dieses PCs; stimmt es, verwenden Sie diesen Keystore ab dem Tag, an dem es gültig wird.
rls-4030 = Das neue Passwort enthält Zeichen, die andere Programme nicht annehmen.
    .advice = Verwenden Sie nur Buchstaben ohne Umlaute und Akzente, Ziffern, Leerzeichen und Satzzeichen: Mit anderen Zeichen öffnet sich der Keystore in den Programmen von eHealth nicht.
rls-4031 = Das neue Passwort ist zu kurz.
    .advice = Wählen Sie eines mit mindestens 6 Zeichen, besser einen Satz aus einigen Wörtern.
rls-4032 = Der Keystore konnte nicht geschrieben werden; nichts hat sich geändert.
    .advice = Prüfen Sie, ob auf dem Datenträger Platz ist und ob Sie in diesen Ordner schreiben dürfen, und versuchen Sie es erneut.
rls-4033 = Der Keystore wurde geschrieben, war danach aber nicht derselbe; er wurde wieder entfernt.
    .advice = Ihr alter Keystore ist unversehrt. Schreiben Sie auf einen anderen Datenträger, und lassen Sie diesen prüfen.
rls-4034 = Das Zertifikat gehört nicht zum Schlüssel.
    .advice = Nichts hat sich geändert. Verwenden Sie den Keystore, mit dem das Zertifikat beantragt wurde, oder rufen Sie das Kontaktzentrum von eHealth an.
rls-4035 = Dieser Keystore enthält etwas, das Relais nicht neu schreiben kann; nichts hat sich geändert.
    .advice = Ändern Sie das Passwort mit dem Programm, das den Keystore erstellt hat, damit nichts verloren geht.
rls-4036 = Diese Datei ist keine verschlüsselte Nachricht, die Relais lesen kann.
    .advice = Wählen Sie die Nachricht so, wie sie angekommen ist, noch verschlüsselt; ein Teil davon oder eine Kopie vom Bildschirm genügt nicht.
rls-4037 = Diese Nachricht nennt weit mehr Empfänger als eine echte; sie wurde nicht weiter gelesen.
    .advice = Wählen Sie eine andere Datei, und fragen Sie, woher diese stammt.
rls-4038 = Kein Keystore hier öffnet diese Nachricht, soweit das ohne Passwort zu sehen ist.
    .advice = Versuchen Sie den Keystore, der gültig war, als die Nachricht gesendet wurde, oder suchen Sie in den Ordnern anderer PCs und in Sicherungen. Werfen Sie keinen alten Keystore weg.
rls-4040 = Dieser Ordner liegt in einem, der bereits vereinbart ist.
    .advice = Es ist nichts zu tun: Was unter einem Ordner liegt, wird mit ihm angesehen.
rls-4041 = Relais kann dies nicht als Ordner mit Zertifikaten ansehen.
    .advice = Nennen Sie einen Ordner, den es gibt, den Sie lesen dürfen und der nicht die ganze Festplatte ist.
rls-4042 = Dieser Ordner ist nicht vereinbart.
    .advice = Sehen Sie nach, welche Ordner vereinbart sind, und nennen Sie einen davon.
rls-4043 = Was in einem Ordner mit Zertifikaten gefunden wurde, konnte nicht aufbewahrt werden.
    .advice = Es ist nichts verloren: Der Ordner wird beim nächsten Start neu gelesen. Prüfen Sie, ob auf der Festplatte noch Platz ist.
rls-4044 = Änderungen in diesem Ordner können auf diesem PC nicht bemerkt werden.
    .advice = Relais sieht ihn einmal am Tag an, und immer wenn Sie es wünschen.
rls-4045 = Dieses Zertifikat steht nicht in der Liste, oder es wurde nichts darüber gesagt.
    .advice = Sehen Sie die Liste noch einmal an: Vielleicht ist die Datei weg, oder jemand hat schon geantwortet.

## Dieser PC

rls-6001 = Die Uhr dieses PCs weicht zu weit von der Uhr der Plattform ab.
    .advice = Stellen Sie Datum und Uhrzeit dieses PCs, und versuchen Sie es dann erneut.
rls-6002 = Dieser PC bietet keinen sicheren Ort, um Schlüssel aufzubewahren.
    .advice = Sie können weiterarbeiten; bitten Sie die Person, die diesen PC betreut, einen Schlüsselbund einzurichten.
rls-6003 = Der Schlüsselbund dieses PCs ist verschlossen.
    .advice = Öffnen Sie ihn, wenn der Computer danach fragt, und versuchen Sie es dann erneut.
rls-6004 = Der Schlüsselbund dieses PCs lässt Relais nicht zu.
    .advice = Erlauben Sie Relais den Zugriff, wenn der Computer danach fragt, und versuchen Sie es dann erneut.
rls-6005 = Relais kann seinen Datenordner nicht verwenden.
    .advice = Bitten Sie die Person, die diesen PC betreut, zu prüfen, ob der Ordner besteht und nur Ihnen gehört.
rls-6006 = Relais ist bereits geöffnet.
    .advice = Benutzen Sie das offene Fenster, oder schließen Sie es zuerst.
rls-6007 = Die gespeicherten Daten waren beschädigt; sie wurden beiseitegelegt und neue begonnen.
    .advice = Arbeiten Sie weiter: Ihre Sitzung ist nicht betroffen. Senden Sie einen Bericht, wenn es Ihnen passt.
rls-6008 = Die gespeicherten Daten stammen von einer neueren Version von Relais und blieben, wie sie sind.
    .advice = Bitten Sie die Person, die diesen PC betreut, die neuere Version zu installieren. Ihre Sitzung ist nicht betroffen.
rls-6009 = Das Protokoll ist nicht vollständig, oder es wurde verändert.
    .advice = Lassen Sie den Datenordner von Relais, wie er ist, und rufen Sie Ihren Helpdesk an, bevor etwas gelöscht wird.
rls-6010 = Das Protokoll kann zurzeit nicht geschrieben werden; seine Einträge warten.
    .advice = Arbeiten Sie weiter, und lassen Sie auf der Festplatte Platz schaffen. Die Einträge werden von selbst geschrieben.
rls-6011 = Die Festplatte ist voll.
    .advice = Lassen Sie auf der Festplatte Platz schaffen; Relais macht danach von selbst weiter.
rls-6012 = Dieser Befehl erreicht das laufende Relais nicht.
    .advice = Schließen Sie Relais, starten Sie es neu und wiederholen Sie den Befehl.
rls-6013 = Das Profil enthält einen Fehler.
    .advice = Bitten Sie die Person, die das Profil erstellt hat, ihn zu beheben.
rls-6014 = Diese Umgebung gibt es nicht.
    .advice = Nennen Sie production, acceptance, integration oder sandbox mit --environment, oder ein eigenes Profil mit --profile.
rls-6015 = Dieser Befehl wurde nicht verstanden.
    .advice = Fügen Sie --help hinzu, um zu sehen, was er erwartet.
rls-6016 = Ein Programm eines anderen Benutzers wollte Relais steuern und wurde abgewiesen.
    .advice = Es ist nichts geschehen; sagen Sie es Ihrem Helpdesk, wenn Sie das nicht erwartet haben.
rls-6017 = Die Datei kann nicht gelesen werden.
    .advice = Prüfen Sie ihren Namen, und ob Sie sie öffnen dürfen.
rls-6018 = Die Einstellungen sind nicht lesbar; es gelten die üblichen.
    .advice = Stellen Sie sie neu ein, und senden Sie einen Bericht.
rls-6019 = Der Befehl wurde unterbrochen.
    .advice = Beginnen Sie von vorn, wenn Sie so weit sind.
rls-6020 = Das Passwort des Keystores konnte auf diesem PC nicht gemerkt werden.
    .advice = Die Anmeldung läuft wie gewohnt; nach einem Neustart fragt Relais wieder nach dem Passwort. Öffnen Sie den Schlüsselbund und setzen Sie das Häkchen bei einer nächsten Anmeldung erneut.
rls-6021 = Das gemerkte Passwort des Keystores konnte nicht von diesem PC gelöscht werden.
    .advice = Öffnen Sie den Schlüsselbund dieses PCs und löschen Sie dort das Passwort, das Relais aufbewahrt.
rls-6022 = Auf diesem PC liegt eine Sitzung, aber der Schlüsselbund öffnet sie derzeit nicht.
    .advice = Öffnen Sie den Schlüsselbund dieses PCs; Relais sieht alle dreißig Sekunden erneut nach.
rls-6023 = Das laufende Relais auf diesem PC antwortet nicht.
    .advice = Sehen Sie nach dem Fenster; reagiert auch dieses nicht, schließen Sie es und versuchen Sie es erneut.
rls-6024 = Die Sitzung ist beendet, aber nicht alles davon konnte von diesem PC gelöscht werden.{ $reason ->
        [file] {" "}Ihre Datei bleibt zurück.
        [key] {" "}Der Schlüssel ihrer Datei bleibt zurück.
        [file-and-key] {" "}Ihre Datei und deren Schlüssel bleiben zurück.
       *[other] {""}
    }
    .advice = Öffnen Sie den Schlüsselbund dieses PCs, stellen Sie sicher, dass der Datenordner beschreibbar ist, und beenden Sie die Sitzung noch einmal.
rls-6025 = Diese Person ist nicht vollständig vergessen.{ $reason ->
        [session] {" "}Die Sitzung oder ihr Schlüssel bleibt auf diesem PC zurück.
        [password] {" "}Das gemerkte Passwort des Keystores bleibt im Schlüsselbund.
        [name] {" "}Der Name bleibt in der Datenbank.
        [etk] {" "}Der aufbewahrte Verschlüsselungsschlüssel bleibt auf diesem PC.
        [certificate] {" "}Das Zertifikat, das eine Karte oder ein Keystore zeigte, bleibt auf diesem PC.
        [copy] {" "}Der Name kann noch in { $file } stehen, einer älteren Kopie der Datenbank, die sich nicht ändern lässt.
        [key] {" "}Der Keystore bleibt offen, bis Relais beendet wird.
       *[other] {""}
    }
    .advice = { $reason ->
        [copy] Löschen Sie diese Datei aus dem Datenordner von Relais, sobald niemand sie mehr braucht, und vergessen Sie die Person erneut.
       *[other] Öffnen Sie den Schlüsselbund dieses PCs, stellen Sie sicher, dass Relais in seinen Datenordner schreiben kann, und vergessen Sie die Person erneut.
    }
rls-6026 = Die gespeicherten Daten sind beschädigt und nicht lesbar.
    .advice = Es wurde nichts verändert. Starten Sie Relais oder melden Sie sich an: die beschädigte Datei wird dann beiseitegelegt und behalten, und ein neues Protokoll beginnt.
rls-6027 = Die Uhr dieses PCs ist über das Ende Ihrer Sitzung hinausgesprungen.
    .advice = Sind Datum und Uhrzeit falsch, stellen Sie sie richtig: Die Sitzung ist wieder da. Stimmen sie, melden Sie sich erneut an.
rls-6030 = Eine Einstellung der Aufrufe ist falsch.
    .advice = Bitten Sie die Person, die user_agent, from oder proxy in preferences.toml unter [calls] eingetragen hat, das zu berichtigen.
rls-6031 = Die Arbeitszeiten in den Einstellungen sind unbrauchbar; es gelten die üblichen.
    .advice = Stellen Sie die Zeiten der Praxis neu ein.
rls-6032 = Die von Relais vermerkte Zeit wurde von etwas anderem geändert; sie wird neu vermerkt.
    .advice = Prüfen Sie Datum und Uhrzeit dieses PCs.
rls-6033 = Der Sandkasten sagt nicht, wie spät es dort ist.{ $shown ->
        [kept] {" "}Eine Sitzung wird gezeigt, wie sie aufbewahrt ist; nur der Sandkasten weiß, ob sie vorbei ist.
       *[other] {""}
    }
    .advice = Starten Sie den Sandkasten, zu dem dieses Profil führt, und versuchen Sie es erneut; für den des Fensters öffnen Sie Relais.
rls-6034 = Relais richtet sich nach der Uhr der Plattform, denn die dieses PCs geht falsch.{ $way ->
        [ahead] {" "}Sie geht { $minutes } Min. vor.
        [behind] {" "}Sie geht { $minutes } Min. nach.
       *[other] {""}
    }
    .advice = Stellen Sie Datum und Uhrzeit dieses PCs richtig, oder lassen Sie ihn das selbst tun.
rls-6035 = Die von Relais vermerkte Zeit liegt voraus; Arbeiten ohne Karte wäre sofort zu Ende.
    .advice = Stimmen Datum und Uhrzeit dieses PCs, stellen Sie die vermerkte Zeit zurück: im Fenster oder mit relaisctl clock put-back.
rls-6036 = Die vermerkte Zeit bleibt, wie sie ist: nichts, was eben gefragt wurde, bestätigt, dass sie voraus liegt.
    .advice = Prüfen Sie Datum und Uhrzeit dieses PCs, und versuchen Sie es erneut, wenn der Anmeldedienst antwortet.
rls-6037 = Von dieser Störung lässt sich keine Bescheinigung erstellen: was davon aufbewahrt wurde, ist nicht mehr da, oder es ist zu viel für eine.
    .advice = Öffnen Sie den Verlauf erneut, und wählen Sie eine jüngere oder kürzere Störung.
rls-6038 = Die Bescheinigung der Nichtverfügbarkeit konnte nicht gespeichert werden.
    .advice = Prüfen Sie, ob auf dem Datenträger noch Platz ist und ob Sie in Ihre Dokumente schreiben dürfen, und versuchen Sie es erneut.
rls-6039 = Dieser PC öffnet seinen Druckdialog nicht.
    .advice = Prüfen Sie den Drucker dieses PCs, und versuchen Sie es erneut. Sie können auch die signierte Datei speichern.
rls-6041 = Die Datei mit den vertrauenswürdigen Zertifikaten ist nicht zu gebrauchen.
    .advice = Nennen Sie eine Datei mit Zertifikaten in PEM-Form, jedes zwischen BEGIN CERTIFICATE und END CERTIFICATE.
rls-6042 = Der Sandkasten kann an dem verlangten Port nicht lauschen.
    .advice = Wählen Sie mit --sts-port oder --control-port einen anderen Port, oder lassen Sie sie weg: Dann wählt das System. Läuft ein anderer Sandkasten, beenden Sie ihn zuerst.
rls-6043 = Diesen Befehl gibt es in dieser Version von Relais noch nicht.
    .advice = relaisctl --help zählt die Befehle auf, die es gibt.
rls-6044 = Das Ergebnis dieses Befehls konnte nicht geschrieben werden.
    .advice = Der Befehl selbst wurde ausgeführt. Schaffen Sie Platz oder schreiben Sie an einen anderen Ort, und fragen Sie erneut, was Sie brauchen.
rls-6045 = Dieser Sandkasten läuft bereits.
    .advice = Verwenden Sie den laufenden, beenden Sie ihn zuerst, oder nennen Sie einen anderen Ordner.
rls-6046 = In diesem Ordner gibt es keinen Sandkasten.
    .advice = Nennen Sie den Ordner des Sandkastens, oder starten Sie dort zuerst einen.
rls-6047 = Der Sandkasten wurde auf diesem PC noch nie geöffnet.
    .advice = Öffnen Sie ihn einmal in Relais, oder starten Sie relaisctl sandbox serve.
rls-6048 = Es ist keine Umgebung gewählt.
    .advice = Wählen Sie eine in Relais, oder nennen Sie eine: --environment production, acceptance, integration oder sandbox.
rls-6049 = Der Sandkasten kann das jetzt nicht.
    .advice = Sehen Sie nach, was in seinem Lesegerät steckt, ob eine Geschichte läuft, und ob es der Sandkasten des Fensters ist.
rls-6051 = Relais kann nicht einstellen, ob es mit dem Computer startet.
    .advice = Versuchen Sie es erneut; sonst fügen Sie Relais in den Starteinstellungen des Systems hinzu oder entfernen es dort.
rls-6052 = Dieser PC zeigt keine Mitteilungen.
    .advice = Relais sagt alles in seinem Fenster und bei der Uhr; behalten Sie eines davon im Blick.
rls-6053 = Bevor jemand vergessen wird, muss feststehen, wer gemeint ist und dass es gewollt ist.
    .advice = Es wurde nichts gelöscht. Nennen Sie die Person mit --person, mit dem Platz, den „relaisctl person list“ zeigt, und bestätigen Sie am Terminal oder mit --yes.
rls-6054 = Relais läuft schon, mit einer anderen Umgebung oder einem anderen Ordner als eben verlangt.
    .advice = Beenden Sie es zuerst und starten Sie es dann so neu.

## Relais selbst

rls-9001 = Ein Teil von Relais ist stehengeblieben und wurde neu gestartet.
    .advice = Versuchen Sie es erneut; geschieht es wieder, senden Sie den Entwicklern von Relais einen Bericht.
rls-9002 = Relais hat einen Fehler gemacht.
    .advice = Versuchen Sie es erneut; geschieht es wieder, senden Sie den Entwicklern von Relais einen Bericht.
rls-9003 = Relais arbeitet im Inneren nicht mehr.
    .advice = Schließen Sie Relais und starten Sie es neu; eine gespeicherte Sitzung ist noch da.
