# De opdrachtregel: wat ze voor mensen toont, en haar hulp. Namen en JSON-velden worden nooit vertaald.

## Beside a failure

detail-file = bestand
detail-line = regel
detail-key = sleutel
detail-value = waarde
detail-port = poort
detail-reader = lezer
detail-reason = reden

reason-not-found = dat bestand bestaat niet
reason-not-allowed = deze gebruiker mag het niet openen
reason-folder = het is een map
reason-no-text = het is geen tekst in UTF-8
reason-no-plain-file = het is geen gewoon bestand
reason-too-large = het is te groot
reason-disk-full = de schijf is vol
reason-disk-fault = het systeem kan het niet lezen of schrijven
reason-no-certificate = er staat geen certificaat in
reason-missing = ontbreekt
reason-no-address = dat is geen https-adres
reason-host-form = een host staat zonder pad, als host of host:poort
reason-signer-form = een item leest TYPE=waarde
reason-signer-without-platform = de klassen production en acceptance vragen het item OU=CBE=0809394427
reason-only-in-class-sandbox = alleen de klasse sandbox mag dit hebben
reason-name-of-another-class = die naam hoort bij een andere klasse
reason-not-on-this-pc = de klasse sandbox bereikt alleen deze pc: 127.0.0.1, [::1] of localhost
reason-port-taken = een ander programma gebruikt ze
reason-port-reserved = deze gebruiker mag ze niet gebruiken
reason-port-refused = het systeem weigert ze
reason-not-of-the-sandbox = zo heeft de zandbak het niet geschreven

usage-no-command = Er ontbreekt een opdracht; relaisctl --help toont ze.
