import { commands } from '../bindings';
import { outcome } from './outcome';
import type { Outcome } from './types';

/** Answers the open question for a keystore's password. */
export async function password(text: string, remember: boolean): Promise<Outcome> {
  return (await pushed(text)) ?? (await outcome(commands.secretPut(remember)));
}

/** One character a call: no message that leaves this page ever holds the whole password. */
async function pushed(text: string): Promise<Outcome> {
  for (const [place, character] of [...text].entries()) {
    const refused = await outcome(commands.secretPush(place, character));
    if (refused) {
      return refused;
    }
  }
  return null;
}
