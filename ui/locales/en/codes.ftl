# What went wrong, in one sentence, and what to do now. One entry for each code of src-tauri/catalogue/codes.toml.
# Values that are numbers are handed in as numbers; a value that is missing leaves its part out.

## Card and reader

rls-1001 = The card service of this computer is not running.
    .advice = On Windows and macOS, restart the computer; on Linux, install pcscd and libccid, and start pcscd. Relais then finds the reader by itself.
rls-1002 = No card reader was found.
    .advice = Plug the reader straight into the computer; Relais sees it by itself.
rls-1003 = The card reader was unplugged.
    .advice = Plug it in again; Relais sees it by itself.
rls-1004 = There is no card in the reader.
    .advice = Put your eID in the reader, with the chip in front and facing up.
rls-1005 = The card does not answer.
    .advice = Take the card out, turn the chip up and push it in again.
rls-1006 = This card is not a Belgian identity card.
    .advice = Take it out and put your eID in the reader.
rls-1007 = The reader and the card do not understand each other.
    .advice = Take the card out and put it in again; if that does not help, try another reader.
rls-1008 = Another program is using the card.
    .advice = Close that program or wait until it is done, then try again.
rls-1009 = Another program interrupted the work with the card.
    .advice = Try again; if it comes back, close the other programs that read cards.
rls-1010 = The card was taken out too early.
    .advice = Put the card back and leave it there until Relais is done. A session that was open stays open.
rls-1011 = The contact with the card was lost.
    .advice = Wipe the chip with a soft, dry cloth and put the card in again.
rls-1012 = Relais may not use the card reader under this account.
    .advice = Ask the person who looks after this PC to allow the use of smart cards.
rls-1013 = The card service of this computer has stopped answering.
    .advice = Unplug the reader and plug it in again; if that does not help, restart the computer.
rls-1014 = The card gave an answer that Relais cannot use.
    .advice = Take the card out and put it in again; if that does not help, try another reader.
rls-1015 = The card in the reader is not the one you started with.
    .advice = Put the first card back, or start again with this one.
rls-1016 = This card has not been activated yet.
    .advice = Take it to your municipality, with the letter that holds the PIN and PUK codes.
rls-1017 = This card holds no certificate to sign in with.
    .advice = Ask your municipality to put the certificates on the card.
rls-1018 = The certificates on this card have expired.
    .advice = Ask your municipality for a new card; allow some weeks.
rls-1019 = The data on this card do not carry the right official signature.
    .advice = Do not use this card, and call the eHealth contact centre.
rls-1020 = Relais does not know the authority that issued this card.
    .advice = Ask the person who looks after this PC to update Relais.
rls-1021 = Waiting for the card was stopped.
    .advice = Start again when you are ready.
rls-1022 = The card reader reports a fault that Relais does not know.
    .advice = Unplug the reader and plug it in again; if the fault stays, read this code out to the eHealth contact centre.
rls-1023 = There is no reader of that name.
    .advice = Choose a reader that is plugged in.
rls-1024 = More than one reader holds a card.
    .advice = Leave only your own card in, or choose the reader to use.
rls-1025 = The card refuses this operation.
    .advice = Take the card out, put it in again and try once more; if it is refused again, call the eHealth contact centre.
rls-1026 = The certificates on this card are not valid yet.
    .advice = Check the date of this PC; if it is right, use the card from the day it becomes valid.

## PIN

rls-1201 = A PIN has 4 to 12 digits.
    .advice = Type it again, in digits only. No try was used.
rls-1202 = The card refused the PIN.{ $tries_left ->
        [1] {" "}One try is left.
        [2] {" "}Two tries are left.
       *[other] {""}
    }
    .advice = Type the PIN again if you are certain of it; in doubt, stop and ask your municipality for a new one.
rls-1203 = The card is blocked, because the PIN was wrong too often.
    .advice = Your municipality unblocks it, with the letter that holds the PUK code. A session that is open stays open.
rls-1204 = It is not certain that the PIN reached the card.
    .advice = Relais does not repeat it by itself. Type it again if you are certain of it.
rls-1205 = You stopped the PIN.
    .advice = No try was used. Start again when you are ready.
rls-1206 = Nobody typed the PIN in time.
    .advice = No try was used. Start again when you are ready.
rls-1207 = No PIN was given.
    .advice = Type it when it is asked for, or hand it over with --pin-fd.
rls-1208 = This may be the last try, and the next mistake would block the card.
    .advice = Go on only if you know the PIN for certain; otherwise ask your municipality for a new one.
rls-1209 = The reader's keypad could not take the PIN.
    .advice = Choose to type the PIN on the computer instead.
rls-1210 = The screen was locked, and what you had typed was erased.
    .advice = No try was used. Type your PIN again when you are ready.
rls-1211 = The PIN window had to be opened anew, and what you had typed was erased.
    .advice = No try was used. Type your PIN again.
rls-1212 = What was typed answered an older question, and was wiped.
    .advice = Look at what is asked now, and type it again.

## Sign-in service and connection

rls-2001 = The sign-in service cannot be reached.
    .advice = Check the network of this PC; if other sites open, try again in a few minutes. A session that is open stays open.
rls-2002 = The sign-in service does not answer in time.
    .advice = Try again in a few minutes. A session that is open stays open.
rls-2003 = The sign-in service answers with an error.
    .advice = Try again in a few minutes. A session that is open stays open.
rls-2004 = The answer did not come from the sign-in service, or it is damaged.
    .advice = Check that your network lets you through to the internet, then try again.
rls-2005 = The sign-in service refuses this sign-in.
    .advice = Read this code out to the eHealth contact centre.
rls-2006 = The sign-in service is out of order.
    .advice = Try again later; there is nothing to mend here. A session that is open stays open.
rls-2007 = The sign-in service refuses for a reason that Relais does not know.
    .advice = Try again once; if it is refused again, read this code out to the eHealth contact centre.
rls-2008 = The sign-in service finds a mistake in what Relais sent.
    .advice = This is a fault of Relais: send a report to its makers.
rls-2010 = The security certificate of the service has expired.
    .advice = Check the date of this PC; if it is right, tell the person who looks after your network.
rls-2011 = The computer that answers is not the one Relais called; nothing was sent.
    .advice = Ask the person who looks after your network what stands between this PC and the platform.
rls-2012 = The computer that answers cannot prove who it is; nothing was sent.
    .advice = Ask the person who looks after your network whether it inspects secure connections.
rls-2013 = The connection that was offered is too old to be safe; nothing was sent.
    .advice = Ask the person who looks after your network what stands between this PC and the platform.
rls-2014 = The secure connection broke off.
    .advice = Check the network of this PC and try again.
rls-2015 = The address of the service was not found.
    .advice = Check the network of this PC and try again.
rls-2016 = Your network's proxy refuses the connection.
    .advice = Ask the person who looks after your network to let Relais through to the platform.
rls-2017 = This address does not belong to the environment in use, so Relais does not call it.
    .advice = Ask the person who made the profile to check its list of addresses.
rls-2018 = The answer was too large and was not read.
    .advice = Try again in a few minutes.
rls-2019 = The service sends Relais to another address, and Relais does not follow.
    .advice = Check that your network lets you through to the internet, then try again.
rls-2020 = The network reads along in secure connections, which is not allowed here; nothing was sent.
    .advice = Ask the person who looks after your network to leave connections to the platform alone.

## Proof of sign-in

rls-2101 = The proof of sign-in carries a wrong signature and was refused.
    .advice = Do not go on; read this code out to the eHealth contact centre.
rls-2102 = The proof of sign-in was not signed by the eHealth platform and was refused.
    .advice = Do not go on; read this code out to the eHealth contact centre.
rls-2103 = The proof of sign-in was made out for another key and was refused.
    .advice = Read this code out to the eHealth contact centre.
rls-2104 = The proof of sign-in was made out for another person and was refused.
    .advice = Do not go on; read this code out to the eHealth contact centre.
rls-2105 = The proof of sign-in belongs to another request and was refused.
    .advice = Sign in again; if it comes back, read this code out to the eHealth contact centre.
rls-2106 = The times in the proof of sign-in do not fit, and it was refused.
    .advice = Check the date and time of this PC, then sign in again.
rls-2107 = The proof of sign-in was received before and was refused.
    .advice = Sign in again; if it comes back, read this code out to the eHealth contact centre.
rls-2108 = The proof of sign-in is not built as it should be and was refused.
    .advice = Read this code out to the eHealth contact centre.
rls-2109 = Relais has no certificate to recognise the platform by in this environment.
    .advice = Ask the person who looks after this PC to add the platform's certificates to the profile.
rls-2110 = The platform did not confirm the quality this session was opened in.
    .advice = Services that ask for it will refuse this session. Sign in with your own quality, or ask the eHealth contact centre why it is not known.

## Session

rls-2201 = Your session has ended.
    .advice = Sign in again when you need it.
rls-2202 = Your session lasts until Relais stops: this PC has no safe place to keep it.
    .advice = Do not stop Relais; once it has stopped, sign in again.
rls-2203 = The stored session cannot be read and was set aside.
    .advice = Sign in again.
rls-2204 = The stored session belongs to another computer, another user or another environment.
    .advice = Sign in again here.
rls-2205 = A sign-in is under way already.
    .advice = Finish it or cancel it first.
rls-2206 = You are not signed in.
    .advice = Sign in first.
rls-2207 = This way to sign in is not offered here.
    .advice = Sign in with your eID.
rls-2208 = Relais does not know this professional quality.
    .advice = Choose one from the list.
rls-2209 = The card in the reader belongs to somebody else than the person meant.
    .advice = Put in that person's card.
rls-2210 = This PC knows no person under that slot.
    .advice = Copy the slot from the answer of “relaisctl person list”.
rls-2211 = A session without the card is not renewed.
    .advice = Sign in with your eID as soon as you can.
rls-2212 = A session without the card needs a reason.
    .advice = Say whether the eID is not at hand, or whether a technical problem keeps you from using it.
rls-2213 = The 12 hours without the card have passed.
    .advice = Sign in with your eID. If that is still not possible, open a new session without the card, with its reason.
rls-2214 = The clock of this PC went back: the session without the card is kept, but not used.
    .advice = Check date and time of this PC. As soon as the sign-in service has confirmed the time, the session goes on, with the same end.
rls-2215 = You often work without the card: one sentence has to say why.
    .advice = Write why the card is not used yet. Nothing is blocked: one sentence is enough.
rls-2216 = You are signed in with the card already: a session without it would take the place of a longer one.
    .advice = Work on with this session. Sign in without the card in its last half hour or once it has ended; if it is of no use to you, end it first.
rls-2217 = This session without the card goes on with the 12 hours that began with the first one.{ $way ->
        [left] {" "}{ $minutes } min are left.
       *[other] {""}
    }
    .advice = Opening it again makes it no longer; sign in with your eID before it ends.
rls-2218 = { $way ->
        [row] Use { $uses } in a row without the card.
        [often] Use { $uses } without the card in { $days } days.
       *[other] Working without the card has become a habit.
    }
    .advice = The rule keeps this way for exceptions. What can avoid it: a card that stays with the keys, a second reader, a PIN unblocked at the municipality.
rls-2221 = A session is kept on this PC, but with another key store than the one named now.
    .advice = Leave out --key-store, or name the one the session was made with, or choose it again in the settings; it stays where it is.
rls-2222 = This session was kept in memory only, and ends with this command.
    .advice = To keep a session, sign in while the window of Relais is open, or with --key-store os or file.

## Signed messages

rls-2301 = The message is larger or more intricate than Relais accepts and was not read.
    .advice = Ask the sender for a correct message.
rls-2302 = The message contains a document type, which is not allowed here, and was not read.
    .advice = Ask the sender for a correct message.
rls-2303 = The message is damaged and cannot be read.
    .advice = Fetch it again; if it stays damaged, ask the sender for a correct one.
rls-2304 = The signature of the message is wrong.
    .advice = Do not use the message, and ask the sender for a correct one.
rls-2305 = The message is signed in a way that is not accepted here.
    .advice = Do not use the message, and ask the sender for a correct one.
rls-2306 = The signature does not cover the part that would be used.
    .advice = Do not use the message, and ask the sender for a correct one.
rls-2307 = The message was not signed by somebody who is trusted here.
    .advice = Do not use the message, and ask the sender for a correct one.
rls-2308 = The message is too old, or its time is still to come.
    .advice = Check the date and time of this PC, then fetch the message again.

## Continuity

rls-3001 = The service list is the one of another environment.
    .advice = Relais keeps the last good list; check the address of the list in the profile.
rls-3002 = The service list that came is older than the one at hand.
    .advice = Nothing to do: Relais keeps the newer one and asks again. If this lasts, call the contact centre.
rls-3003 = Two different service lists carry the same time.
    .advice = Relais keeps the first; report it to the contact centre.
rls-3004 = The time of the service list is missing or lies in the future.
    .advice = Check the clock of this PC; Relais keeps the last good list and asks again.
rls-3005 = The official list of services cannot be fetched now.
    .advice = Nothing to do: Relais keeps the last good list and asks again.
rls-3006 = The announced maintenance that is written down on this PC cannot be used; what was known of it stays.
    .advice = Correct the file announced.toml in the data folder of this environment.{ $reason ->
        [no-moment] {" "}A moment is written with its zone, such as 2026-12-05T20:00:00+01:00.
        [ends-before-it-begins] {" "}It ends before it begins.
        [lasts-too-long] {" "}It may last three days at most.
        [no-function] {" "}There is no function of this name.
        [empty] {" "}It may not be empty.
        [too-long] {" "}It may have 300 characters at most.
        [too-many] {" "}It may hold 200 of them at most.
       *[other] {""}
    }
rls-3011 = A service of the list has no main address; it is skipped.
    .advice = Nothing to do: the other services of the list stay in force.
rls-3012 = Two addresses of a service of the list have the same place; it is skipped.
    .advice = Nothing to do: the other services of the list stay in force.
rls-3013 = A service of the list has not exactly one active address; it is skipped.
    .advice = Nothing to do: the other services of the list stay in force.
rls-3014 = The address of a service of the list is no https address; it is skipped.
    .advice = Nothing to do: the other services of the list stay in force.
rls-3015 = A service of the list is at a host that the profile does not allow; it is skipped.
    .advice = If the service is needed, ask whoever keeps the profile to add the host.
rls-3016 = A service stands twice in the list; it is skipped.
    .advice = Nothing to do: the other services of the list stay in force.
rls-3017 = A service of the list is incomplete; it is skipped.
    .advice = Nothing to do: the other services of the list stay in force.
rls-3031 = Nobody of this number has an encryption key.
    .advice = Check type, number and application of the recipient. Without a key nothing can be encrypted for them.
rls-3032 = The encryption key that came is not genuine; it is not used.
    .advice = Encrypt nothing for this recipient now, and tell the helpdesk: something stands between this PC and the platform.
rls-3033 = The directory of encryption keys does not answer as it should.
    .advice = Relais tries again. Until then a key that was kept is used, with its age, where there is one.

## Keystore

rls-4001 = The keystore was not found.
    .advice = Choose the file again; its folder may have moved.
rls-4002 = This is not the password of the keystore.
    .advice = Type it again, and mind capital letters; nothing is blocked by a mistake.
rls-4003 = This file is not a keystore that Relais can read.
    .advice = Choose the file that ends in .p12, or take a copy you kept.
rls-4004 = The keystore holds no key to sign in with.
    .advice = Choose the keystore that was made for your eHealth certificate.
rls-4005 = The certificate in this keystore has been requested but not yet received.
    .advice = Complete the request first, or choose another keystore.
rls-4006 = The certificate in this keystore has expired.
    .advice = Ask for a new certificate, and keep this file for older messages.
rls-4007 = This keystore belongs to somebody else.
    .advice = Choose the keystore of the person who signs in.
rls-4008 = This keystore belongs to another environment.
    .advice = Choose the keystore that was made for the environment in use.
rls-4009 = This file asks for far more work than a real keystore and was not opened.
    .advice = Choose another file, and ask where this one came from.
rls-4010 = The folder of the keystore does not answer.
    .advice = Check the connection to that folder, or copy the keystore to this PC.
rls-4011 = No password was given for the keystore.
    .advice = Type it when it is asked for, or hand it over with --password-fd.
rls-4012 = Keystores of several people are here.
    .advice = Say whose session it is: by the file of the keystore, or by the person.
rls-4013 = This is the keystore of a person.
    .advice = Only an organisation signs in with its certificate alone. A person signs in with the card, or exceptionally without it.
rls-4014 = Relais does not know what this type of organisation signs in with.
    .advice = Sign in as before, and send us this message: we add the type.
rls-4015 = This file of certificates cannot be read, or it is damaged.
    .advice = Check that you may read it. Otherwise get it anew from who made it; the other files were read.
rls-4016 = This file is too large for a certificate; it was not read.
    .advice = If it is no certificate, move it to another folder. The other files were read.
rls-4017 = A folder of certificates cannot be reached.
    .advice = Check that the folder is still there, that you may read it and that the network works. What Relais knew of it is kept.
rls-4018 = This link leads out of the agreed folders, in a circle or nowhere; it was not followed.
    .advice = Add the folder that it leads to, if certificates to be watched lie there.
rls-4019 = The certificate in this keystore is not valid yet.
    .advice = Check the date of this PC; if it is right, use this keystore from the day it becomes valid.
rls-4030 = The new password has characters that other programs do not accept.
    .advice = Use only letters without accents, digits, blanks and punctuation: with other characters the keystore does not open in eHealth's programs.
rls-4031 = The new password is too short.
    .advice = Choose one of at least 6 characters, better a phrase of some words.
rls-4032 = The keystore could not be written; nothing has changed.
    .advice = Check that there is room on the disk and that you may write in this folder, and try again.
rls-4033 = The keystore was written but did not read back as the same; it was taken away again.
    .advice = Your old keystore is whole. Write to another disk, and have this one checked.
rls-4034 = The certificate does not belong to the key.
    .advice = Nothing has changed. Use the keystore that the certificate was asked for with, or call eHealth's contact centre.
rls-4035 = This keystore holds something that Relais cannot write anew; nothing has changed.
    .advice = Change the password with the program that made the keystore, so that nothing is lost.
rls-4036 = This file is no encrypted message that Relais can read.
    .advice = Choose the message as it arrived, still encrypted; a part of it, or a copy from a screen, is not enough.
rls-4037 = This message names far more recipients than a real one; it was not read any further.
    .advice = Choose another file, and ask where this one came from.
rls-4038 = No keystore here opens this message, as far as can be seen without a password.
    .advice = Try the keystore that was valid when the message was sent, or look in the folders of other PCs and in backups. Throw no old keystore away.
rls-4040 = This folder lies in one that was agreed to already.
    .advice = Nothing has to be done: what lies below a folder is looked at with it.
rls-4041 = Relais cannot look at this as a folder of certificates.
    .advice = Name a folder that exists, that you may read and that is not the whole disk.
rls-4042 = Nobody agreed to this folder.
    .advice = See which folders were agreed to, and name one of them.
rls-4043 = What was found in a folder of certificates could not be kept.
    .advice = Nothing is lost: the folder is read again at the next start. Check the free space of the disk.
rls-4044 = Changes in this folder cannot be noticed on this PC.
    .advice = Relais looks at it once a day, and whenever you ask for it.
rls-4045 = This certificate is not in the list, or nothing was said of it.
    .advice = Look at the list again: the file may be gone, or somebody answered before.

## This PC

rls-6001 = The clock of this PC is too far off the platform's.
    .advice = Set the date and time of this PC, then try again.
rls-6002 = This PC offers no safe place to keep keys.
    .advice = You can go on working; ask the person who looks after this PC to set up a key store.
rls-6003 = The key store of this PC is locked.
    .advice = Unlock it when the computer asks for it, then try again.
rls-6004 = The key store of this PC does not let Relais in.
    .advice = Allow Relais when the computer asks for it, then try again.
rls-6005 = Relais cannot use its data folder.
    .advice = Ask the person who looks after this PC to check that the folder exists and belongs to you alone.
rls-6006 = Relais is running already.
    .advice = Use the window that is open, or close it first.
rls-6007 = The stored records were damaged; they were set aside and new ones begun.
    .advice = Go on working: your session is not touched. Send a report when it suits you.
rls-6008 = The stored records were written by a newer version of Relais and were left as they are.
    .advice = Ask the person who looks after this PC to install the newer version. Your session is not touched.
rls-6009 = The journal is not complete, or was changed.
    .advice = Leave the data folder of Relais as it is, and call your helpdesk before anything is deleted.
rls-6010 = The journal cannot be written at the moment; its entries are waiting.
    .advice = Go on working, and have some room made on the disk. The entries are written by themselves.
rls-6011 = The disk is full.
    .advice = Have some room made on the disk; Relais then goes on by itself.
rls-6012 = This command does not get through to the Relais that is running.
    .advice = Close Relais, start it again and repeat the command.
rls-6013 = The profile contains a mistake.
    .advice = Ask the person who made the profile to correct it.
rls-6014 = There is no such environment.
    .advice = Name production, acceptance, integration or sandbox with --environment, or a profile of your own with --profile.
rls-6015 = This command was not understood.
    .advice = Add --help to see what it takes.
rls-6016 = A program of another user tried to steer Relais and was refused.
    .advice = Nothing happened; tell your helpdesk if you did not expect it.
rls-6017 = The file cannot be read.
    .advice = Check its name, and that you may open it.
rls-6018 = The settings cannot be read; the usual ones are in force.
    .advice = Set them again, and send a report.
rls-6019 = The command was interrupted.
    .advice = Start it again when you are ready.
rls-6020 = The password of the keystore could not be remembered on this PC.
    .advice = Signing in goes on as usual; Relais asks for the password again after a restart. Unlock the keyring and tick the box again at a later sign-in.
rls-6021 = The remembered password of the keystore could not be removed from this PC.
    .advice = Unlock the keyring of this PC and remove the password that Relais keeps there.
rls-6022 = A session is kept on this PC, but its key store does not open it now.
    .advice = Unlock the key store (keyring) of this PC; Relais looks again every half minute.
rls-6023 = The Relais that is running on this PC does not answer.
    .advice = Look at its window; if it does not react either, close it and try again.
rls-6024 = The session was ended, but not everything of it could be erased from this PC.{ $reason ->
        [file] {" "}Its file remains.
        [key] {" "}The key of its file remains.
        [file-and-key] {" "}Its file and the key to it remain.
       *[other] {""}
    }
    .advice = Unlock the key store of this PC and make sure that the data folder can be written, then end the session again.
rls-6025 = This person was not forgotten completely.{ $reason ->
        [session] {" "}The session, or the key to it, remains on this PC.
        [password] {" "}The remembered password of the keystore remains in the key store.
        [name] {" "}The name remains in the database.
        [etk] {" "}The encryption key that was kept remains on this PC.
        [certificate] {" "}The certificate that a card or keystore showed remains on this PC.
        [copy] {" "}The name may remain in { $file }, an older copy of the database that cannot be changed.
        [key] {" "}The keystore stays open until Relais is stopped.
       *[other] {""}
    }
    .advice = { $reason ->
        [copy] Delete that file from the data folder of Relais once nobody needs it any more, then forget the person again.
       *[other] Unlock the key store of this PC and make sure that the data folder can be written, then forget the person again.
    }
rls-6026 = The stored records are damaged and cannot be read.
    .advice = Nothing was changed. Start Relais or sign in: it sets the damaged file aside, keeps it, and begins a new journal.
rls-6027 = The clock of this PC has jumped past the end of your session.
    .advice = If date and time are wrong, set them right: the session is there again. If they are right, sign in again.
rls-6030 = A setting for calls is wrong.
    .advice = Ask whoever wrote user_agent, from or proxy into preferences.toml, below [calls], to correct it.
rls-6031 = The working hours in the settings cannot be used; the usual ones are in force.
    .advice = Set the hours of the practice again.
rls-6032 = The time that Relais had noted was changed by something else; it is noted anew.
    .advice = Check the date and time of this PC.
rls-6033 = The sandbox does not tell its time.{ $shown ->
        [kept] {" "}A session is shown as it was kept; only the sandbox can tell whether it is over.
       *[other] {""}
    }
    .advice = Start the sandbox this profile leads to, and try again; for the one of the window, open Relais.
rls-6034 = Relais goes by the platform's clock, because that of this PC is wrong.{ $way ->
        [ahead] {" "}It is { $minutes } min fast.
        [behind] {" "}It is { $minutes } min slow.
       *[other] {""}
    }
    .advice = Set the date and time of this PC, or let it set them by itself.
rls-6035 = The time that Relais has noted lies ahead, so work without the card would be over at once.
    .advice = If the date and time of this PC are right, put the noted time back: in the window, or with relaisctl clock put-back.
rls-6036 = The noted time stays as it is: nothing that was asked just now agrees that it lies ahead.
    .advice = Check the date and time of this PC, and try again when the sign-in service answers.
rls-6037 = No record can be made of this outage: what was kept of it is no longer there, or it is too much for one record.
    .advice = Open the history again, and choose a more recent or a shorter outage.
rls-6038 = The outage record could not be saved.
    .advice = Check that there is room on the disk and that you may write to your documents, then try again.
rls-6039 = This PC does not open its print dialogue.
    .advice = Check the printer of this PC, then try again. You can also save the signed file.
rls-6041 = The file with the trusted certificates cannot be used.
    .advice = Name a file with certificates in PEM form, each between BEGIN CERTIFICATE and END CERTIFICATE.
rls-6042 = The sandbox cannot listen on the port that was asked for.
    .advice = Choose another port with --sts-port or --control-port, or leave them out: the system then chooses. If another sandbox is running, end it first.
rls-6043 = This command is not in this version of Relais yet.
    .advice = The commands that are there are listed by relaisctl --help.
rls-6044 = What this command came to could not be written out.
    .advice = The command itself was carried out. Free some space, or write to another place, and ask again for what you need.
rls-6045 = This sandbox is being served already.
    .advice = Use the one that runs, stop it first, or name another folder.
rls-6046 = There is no sandbox in this folder.
    .advice = Name the folder of the sandbox, or start one there first.
rls-6047 = The sandbox was never opened on this PC.
    .advice = Open the sandbox in Relais once, or start relaisctl sandbox serve.
rls-6048 = No environment has been chosen.
    .advice = Choose one in Relais, or name it: --environment production, acceptance, integration or sandbox.
rls-6049 = The sandbox cannot do that now.
    .advice = Look at what is in its reader, at what is being played, and whether it is the sandbox of the window.
rls-6051 = Relais cannot set whether it starts with the computer.
    .advice = Try again; else add or remove Relais in the start-up settings of the system.
rls-6052 = This PC shows no notifications.
    .advice = Relais says everything in its window and near the clock; keep one of them in sight.
rls-6053 = Before a person is forgotten it must be certain who is meant, and that it is meant.
    .advice = Nothing was erased. Name the person with --person, by the slot that “relaisctl person list” shows, and confirm at the terminal or with --yes.
rls-6054 = Relais already runs, with another environment or another folder than you just asked for.
    .advice = Stop it first, then start it again like that.

## Relais itself

rls-9001 = A part of Relais stopped and was started again.
    .advice = Try again; if it comes back, send a report to the makers of Relais.
rls-9002 = Relais made a mistake.
    .advice = Try again; if it comes back, send a report to the makers of Relais.
rls-9003 = Relais has stopped working inside.
    .advice = Close Relais and start it again; a session that was stored is still there.
