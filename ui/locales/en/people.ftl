# The people this PC knows, and “forget”. { $t } is a time, { $person } a name.

people-group = People on this PC
people-none = This PC knows nobody.
people-unnamed = Person whose name is not known
people-in-use = Signed in until { $t }. The session is on this PC only.
people-waiting = Session waits until { $t }; somebody else is signed in.
people-no-session = No session. The name stays known for the journal.
people-hint = Keystore password: where it is kept
people-hint-effect = Your note, shown when the password of the keystore is asked for. Never the password itself.
people-hint-one = Where { $person } keeps the password of the keystore
people-hint-kept = Noted.
people-forget = Forget
people-forget-one = Forget: { $person }
people-forget-this = Forget this person
people-forget-title = Forget { $person }?
people-forget-lede = Relais erases everything it keeps of this person from this PC. Nothing can be brought back afterwards.
people-goes = What is erased
people-goes-session = The session, open until { $t }: it ends now.
people-goes-session-none = The session, if one is left on this PC.
people-goes-password = The password of the keystore, if this PC remembers it.
people-goes-name = The name, and what was written about working without the card.
people-stays = What stays
people-stays-keystore = The keystore file and the card: Relais does not touch them.
people-stays-journal = The journal, without the name: it says what happened, but no longer to whom.
people-stays-hours = Twelve hours without the card that have begun still count.
people-keep = Erase nothing
people-forget-now = Forget this person
