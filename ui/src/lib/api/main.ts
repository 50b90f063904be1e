import {
  commands,
  events,
  type Continuity_Serialize,
  type JournalPage_Serialize,
  type LedgerView_Serialize,
  type Snapshot_Serialize,
} from '../bindings';
import type { Continuity, PastView } from './continuity';
import { answer, heard, outcome } from './outcome';
import { password } from './password';
import { sandboxApi } from './sandbox';
import type { Answer, JournalPage, LedgerView, MainApi, Snapshot } from './types';

/** The snapshot with its instants as numbers, which they always are. */
function timed(snapshot: Snapshot_Serialize): Snapshot {
  return snapshot as Snapshot;
}

function paged(page: Answer<JournalPage_Serialize>): Answer<JournalPage> {
  return page as Answer<JournalPage>;
}

function lined(ledger: Answer<LedgerView_Serialize>): Answer<LedgerView> {
  return ledger as Answer<LedgerView>;
}

function current(view: Answer<Continuity_Serialize>): Answer<Continuity> {
  return view as Answer<Continuity>;
}

/** The main window's calls, answered by Rust. */
export const mainApi: MainApi = {
  snapshot: async () => timed(await commands.snapshot()),
  onPlaceAsked: (asked) => events.placeAsked.listen(({ payload }) => asked(payload)),
  onSnapshot: (changed) => events.snapshotChanged.listen((event) => changed(timed(event.payload))),
  signIn: (means, person) => outcome(commands.signIn(means, person ?? null)),
  signInCancel: () => outcome(commands.signInCancel()),
  signOut: () => outcome(commands.signOut()),
  renew: () => outcome(commands.renew()),
  putTimeBack: () => outcome(commands.putTimeBack()),
  snooze: (until) => outcome(commands.snooze(until)),
  withoutCard: (person) => answer(commands.withoutCard(person ?? null)),
  openWithoutCard: ({ reason, note }, person) => outcome(commands.openWithoutCard(reason, note, person ?? null)),
  password: (text) => password(text, false),
  organisationPassword: (text, remember) => password(text, remember),
  journal: async (before) => paged(await answer(commands.journal(before))),
  journalChain: () => answer(commands.journalChain()),
  ledger: async () => lined(await answer(commands.ledger())),
  people: () => answer(commands.people()),
  forgetPerson: (slot) => outcome(commands.forgetPerson(slot)),
  setHint: (slot, hint) => outcome(commands.setHint(slot, hint)),
  continuity: async (language) => current(await answer(commands.continuity(language ?? null))),
  onContinuity: (changed) => events.continuityChanged.listen(changed),
  chooseRoute: ({ key, url, reason, minutes }) => outcome(commands.chooseRoute(key, url, reason, minutes)),
  releaseRoute: (key) => outcome(commands.releaseRoute(key)),
  setHours: (hours) => outcome(commands.setHours(hours)),
  setLanguage: (language) => outcome(commands.setLanguage(language)),
  setReader: (reader) => outcome(commands.setReader(reader)),
  useKeypad: (reader) => outcome(commands.useKeypad(reader)),
  setAppearance: (appearance) => outcome(commands.setAppearance(appearance)),
  setKeyStore: (keyStore) => outcome(commands.setKeyStore(keyStore)),
  setAutostart: (on) => outcome(commands.setAutostart(on)),
  setNotifications: (popups) => outcome(commands.setNotifications(popups)),
  setClosing: (closing) => outcome(commands.setClosing(closing)),
  policy: () => heard(commands.policy()),
  setOrganisation: (on) => outcome(commands.setOrganisation(on)),
  setPractice: (fact, holds) => outcome(commands.setPractice(fact, holds)),
  recent: (day) => answer(commands.recent(day)),
  software: () => heard(commands.software()),
  chooseEnvironment: (name) => outcome(commands.chooseEnvironment(name)),
  environmentChosen: () => heard(commands.environmentChosen()),
  forgetEnvironment: () => outcome(commands.forgetEnvironment()),
  sandbox: sandboxApi,

  past: async () => (await answer(commands.past())) as Answer<PastView>,
  outagePage: (departure, language) => answer(commands.outagePage(departure, language)),
  outageSave: (departure) => answer(commands.outageSave(departure)),
  printPage: (id) => outcome(commands.printPage(id)),
};
