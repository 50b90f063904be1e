import { commands, events } from '../bindings';
import { data, outcome } from './outcome';
import type { PinApi } from './types';

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
  password: (text, remember) => outcome(commands.secretPut(text, remember)),
};
