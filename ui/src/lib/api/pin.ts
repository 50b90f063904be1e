import { commands, events, type PinView_Serialize } from '../bindings';
import { data, outcome } from './outcome';
import { password } from './password';
import type { PinApi, PinView } from './types';

/** The view with its instant as a number, which it always is. */
function timed(view: PinView_Serialize): PinView {
  return view as PinView;
}

function counted(view: PinView_Serialize | null): PinView | null {
  return view && timed(view);
}

/** The PIN window's calls, answered by Rust. */
export const pinApi: PinApi = {
  view: async () => timed(await commands.pinView()),
  onView: (changed) => events.pinChanged.listen((event) => changed(timed(event.payload))),
  digit: async (digit) => counted(await data(commands.pinDigit(digit))),
  erase: async () => counted(await data(commands.pinErase())),
  confirm: () => outcome(commands.pinConfirm()),
  cancel: () => outcome(commands.pinCancel()),
  consent: (question) => outcome(commands.pinConsent(question)),
  useKeypad: (question, use) => outcome(commands.pinUseKeypad(question, use)),
  password,
};
