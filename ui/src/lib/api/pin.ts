import { commands, events } from '../bindings';
import { data, outcome } from './outcome';
import type { Outcome, PinApi } from './types';

/** The PIN window's calls, answered by Rust. */
export const pinApi: PinApi = {
  view: () => commands.pinView(),
  onView: (changed) => events.pinChanged.listen((event) => changed(event.payload)),
  digit: (digit) => data(commands.pinDigit(digit)),
  erase: () => data(commands.pinErase()),
  confirm: () => outcome(commands.pinConfirm()),
  cancel: () => outcome(commands.pinCancel()),
  consent: () => outcome(commands.pinConsent()),
  useKeypad: (use) => outcome(commands.pinUseKeypad(use)),
  password: async (text, remember) => (await pushed(text)) ?? (await outcome(commands.secretPut(remember))),
};

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
