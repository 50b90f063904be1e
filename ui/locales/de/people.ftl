# Die Personen, die dieser PC kennt, und „vergessen“. { $t } ist eine Uhrzeit, { $person } ein Name.

people-group = Personen auf diesem PC
people-none = Dieser PC kennt niemanden.
people-unnamed = Person ohne bekannten Namen
people-in-use = Angemeldet bis { $t }. Die Sitzung liegt nur auf diesem PC.
people-waiting = Sitzung wartet bis { $t }; jemand anders ist angemeldet.
people-no-session = Keine Sitzung. Der Name bleibt für das Protokoll bekannt.
people-hint = Passwort des Keystores: wo es liegt
people-hint-effect = Ihre Notiz, gezeigt, wenn das Passwort des Keystores verlangt wird. Nie das Passwort selbst.
people-hint-one = Wo { $person } das Passwort des Keystores aufbewahrt
people-hint-kept = Notiert.
people-forget = Vergessen
people-forget-one = Vergessen: { $person }
people-forget-this = Diese Person vergessen
people-forget-title = { $person } vergessen?
people-forget-lede = Relais löscht von diesem PC alles, was es von dieser Person aufbewahrt. Nichts davon lässt sich danach zurückholen.
people-goes = Was gelöscht wird
people-goes-session = Die Sitzung, offen bis { $t }: Sie endet jetzt.
people-goes-session-none = Die Sitzung, falls noch eine auf diesem PC liegt.
people-goes-password = Das Passwort des Keystores, falls dieser PC es sich merkt.
people-goes-name = Der Name und was zum Arbeiten ohne Karte geschrieben wurde.
people-stays = Was bleibt
people-stays-keystore = Die Keystore-Datei und die Karte: Relais rührt sie nicht an.
people-stays-journal = Das Protokoll, ohne den Namen: Es sagt, was geschah, aber nicht mehr bei wem.
people-stays-hours = Zwölf Stunden ohne Karte, die begonnen haben, zählen weiter.
people-keep = Nichts löschen
people-forget-now = Diese Person vergessen
