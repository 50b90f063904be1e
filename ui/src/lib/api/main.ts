import { commands, events, type Snapshot_Serialize } from '../bindings';
import { outcome } from './outcome';
import type { MainApi, Snapshot } from './types';

/** The snapshot with its instants as numbers, which they always are. */
function timed(snapshot: Snapshot_Serialize): Snapshot {
  return snapshot as Snapshot;
}

/** The main window's calls, answered by Rust. */
export const mainApi: MainApi = {
  snapshot: async () => timed(await commands.snapshot()),
  onSnapshot: (changed) => events.snapshotChanged.listen((event) => changed(timed(event.payload))),
  signIn: (means) => outcome(commands.signIn(means)),
  signInCancel: () => outcome(commands.signInCancel()),
  signOut: () => outcome(commands.signOut()),
  setLanguage: (language) => outcome(commands.setLanguage(language)),
  setReader: (reader) => outcome(commands.setReader(reader)),
  useKeypad: (reader) => outcome(commands.useKeypad(reader)),
  setAppearance: (appearance) => outcome(commands.setAppearance(appearance)),
  setKeyStore: (keyStore) => outcome(commands.setKeyStore(keyStore)),
  setAutostart: (on) => outcome(commands.setAutostart(on)),
  chooseEnvironment: (name) => outcome(commands.chooseEnvironment(name)),
  environmentChosen: () => commands.environmentChosen(),
  forgetEnvironment: () => outcome(commands.forgetEnvironment()),
};
