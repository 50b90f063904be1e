# Die Befehlszeile: was sie für Menschen zeigt, und ihre Hilfe. Namen und JSON-Felder werden nie übersetzt.

## Beside a failure

detail-file = Datei
detail-line = Zeile
detail-key = Schlüssel
detail-value = Wert
detail-port = Port
detail-reader = Lesegerät
detail-reason = Grund

reason-not-found = diese Datei gibt es nicht
reason-not-allowed = dieser Benutzer darf sie nicht öffnen
reason-folder = es ist ein Ordner
reason-no-text = es ist kein Text in UTF-8
reason-no-plain-file = es ist keine gewöhnliche Datei
reason-too-large = sie ist zu groß
reason-disk-full = die Festplatte ist voll
reason-disk-fault = das System kann sie nicht lesen oder schreiben
reason-no-certificate = sie enthält kein Zertifikat
reason-missing = fehlt
reason-no-address = das ist keine https-Adresse
reason-host-form = ein Host steht ohne Pfad, als host oder host:port
reason-signer-form = ein Eintrag lautet TYP=Wert
reason-signer-without-platform = die Klassen production und acceptance verlangen den Eintrag OU=CBE=0809394427
reason-only-in-class-sandbox = nur die Klasse sandbox darf das haben
reason-name-of-another-class = dieser Name gehört zu einer anderen Klasse
reason-not-on-this-pc = die Klasse sandbox erreicht nur diesen PC: 127.0.0.1, [::1] oder localhost
reason-port-taken = ein anderes Programm benutzt ihn
reason-port-reserved = dieser Benutzer darf ihn nicht benutzen
reason-port-refused = das System verweigert ihn
reason-not-of-the-sandbox = so hat der Sandkasten sie nicht geschrieben

usage-no-command = Es fehlt ein Befehl; relaisctl --help zählt sie auf.
