import type { Answer, MainApi, Snapshot, WithoutCardView } from '$lib/api/types';

import type { Shown } from '../main/services/shown';
import { CONTINUITY, OUTAGE, PAGE, PAST, SOFTWARE } from './continuity';
import { JOURNAL } from './journal';
import { WITHOUT_CARD } from './nocard';
import { KEPT } from './keeping';
import { previewSandbox } from './sandbox';
import { SCENES } from './scenes';

const PEOPLE = [
  {
    slot: 'a'.repeat(32),
    name: 'Claire Lambert',
    inUse: true,
    hint: 'enveloppe bleue, coffre du secrétariat',
    until: Date.parse('2026-11-12T19:45:00+01:00'),
  },
  { slot: 'b'.repeat(32), name: 'Tom Peeters', inUse: false, hint: '', until: null },
];
const POLICY = [
  { name: 'fallback-cap', value: '12', unit: 'hours', date: '2026-11-22' },
  { name: 'fallback-warnings', value: '60, 15, 5', unit: 'minutes', date: '2026-11-22' },
  { name: 'working-hours', value: '07:00-20:00', unit: 'time', date: '2026-11-22' },
  { name: 'exception-notice', value: '3', unit: 'uses', date: '2026-11-22' },
];
const given = <T>(data: T): Promise<Answer<T>> => Promise.resolve({ data });
/** Long enough to see what is said about a wait. */
const WAIT = 900;

/**
 * A Rust side that shows one scene and lets everything be tried; for `npm run dev` with `?scene=`. `case` chooses the
 * journal or the facts of the sheet, `continuity` and `past` what is known of the services, `press` names buttons (`data-testid`) that are pressed one after the other.
 */
export function previewApi(query: URLSearchParams): MainApi {
  const scene = SCENES[query.get('scene') ?? ''] ?? SCENES['good'];
  const journal = JOURNAL[query.get('case') ?? ''] ?? JOURNAL['whole'];
  const facts: WithoutCardView = WITHOUT_CARD[query.get('case') ?? ''] ?? WITHOUT_CARD.first;
  const services = CONTINUITY[query.get('continuity') ?? 'good'];
  const past = PAST[query.get('past') ?? 'whole'];
  if (!scene || !journal) {
    throw new Error('the first scene is gone');
  }
  const { settings } = scene;
  const appearance = query.get('theme') ?? settings.appearance;
  let shown: Snapshot = { ...scene, settings: { ...settings, appearance, language: query.get('lang') ?? 'fr' } };
  let tell: (snapshot: Snapshot) => void = () => undefined;
  const change = (part: Partial<Snapshot>): Promise<null> => {
    shown = { ...shown, ...part };
    tell(shown);
    return Promise.resolve(null);
  };
  const later = (part: Partial<Snapshot>): void => void setTimeout(() => void change(part), WAIT);
  const set = (part: Partial<Snapshot['settings']>) => change({ settings: { ...shown.settings, ...part } });
  return {
    snapshot: () => Promise.resolve(shown),
    onPlaceAsked: () => Promise.resolve(() => undefined),
    onSnapshot: (changed) => {
      tell = changed;
      return Promise.resolve(() => undefined);
    },
    signIn: () => change({ signIn: { kind: 'probing' } }),
    signInCancel: () => change({ signIn: { kind: 'idle' } }),
    signOut: () => change({ session: { kind: 'none' } }),
    renew: () => change({ signIn: { kind: 'probing' } }),
    putTimeBack: () => Promise.resolve(null),
    snooze: (until) =>
      change({
        session: { ...KEPT.due.kept, renewal: { kind: 'wanted', snoozedUntil: until, attempts: [], failed: [] } },
      }),
    withoutCard: () => given(facts),
    openWithoutCard: () => {
      later({ signIn: { kind: 'withoutCard', question: 1, problem: null } });
      return change({ signIn: { kind: 'probing' } });
    },
    password: () => {
      const session = { ...KEPT.withoutCard.kept, issuedAt: shown.now, endsAt: shown.now + 12 * 3_600_000 };
      later({ signIn: { kind: 'idle' }, session });
      return change({ signIn: { kind: 'working' } });
    },
    journal: (before) => given({ entries: before === null ? (journal.entries ?? []) : [], older: before === null }),
    journalChain: () =>
      journal.chain === null || journal.chain.kind === 'checking' ? new Promise(() => undefined) : given(journal.chain),
    ledger: () => given({ uses: journal.uses, recent: journal.recent, days: journal.days }),
    continuity: () => (services ? given(services) : new Promise(() => undefined)),
    onContinuity: () => Promise.resolve(() => undefined),
    recent: () => given({ usable: true, until: '2026-11-29' }),
    software: () => given(SOFTWARE),
    past: () => (past ? given(past) : new Promise(() => undefined)),
    outagePage: () => given(PAGE),
    outageSave: () => given('…/Documents/relais-insurability-2026-11-12.json'),
    chooseRoute: () => Promise.resolve(null),
    releaseRoute: () => Promise.resolve(null),
    people: () => given(PEOPLE),
    forgetPerson: () => change({ session: { kind: 'none' } }),
    setHint: () => Promise.resolve(null),
    setLanguage: (language) => set({ language }),
    setHours: (hours) => set({ hours }),
    setAppearance: (chosen) => set({ appearance: chosen }),
    setReader: (reader) => set({ reader }),
    useKeypad: (reader) => set({ typedReaders: shown.settings.typedReaders.filter((typed) => typed !== reader) }),
    setKeyStore: (keyStore) => set({ keyStore }),
    setAutostart: (autostart) => set({ autostart }),
    setNotifications: (notifications) => set({ notifications }),
    setClosing: (closing) => set({ closing }),
    policy: () => given(POLICY),
    setOrganisation: (organisation) => set({ organisation }),
    setPractice: (fact, holds) => set(fact === 'flemish_region' ? { flemish: holds } : { tariffModule: holds }),
    organisationPassword: () => change({ signIn: { kind: 'working' } }),
    environmentChosen: () => given(true),
    forgetEnvironment: () => change({ environment: null }),
    printPage: () => {
      window.print();
      return Promise.resolve(null);
    },
    chooseEnvironment: (name) => change({ environment: { name, class: name, sandboxNote: null, hand: false } }),
    sandbox: previewSandbox(query.get('case') ?? ''),
  };
}

/** Where the services open: `page` is `now`, `past`, `card`, `sheet` or `record`, `id` names the function of a card. */
export function previewServices(query: URLSearchParams): Shown {
  const page = query.get('page') ?? 'now';
  switch (page) {
    case 'card':
    case 'sheet':
      return { page, id: query.get('id') ?? 'insurability' };
    case 'record':
      return { page, of: OUTAGE };
    default:
      return { page: page === 'past' ? 'past' : 'now' };
  }
}

/** Presses the buttons that the address names. */
export async function previewPress(query: URLSearchParams): Promise<void> {
  for (const name of query.get('press')?.split(',') ?? []) {
    await new Promise((done) => setTimeout(done, WAIT / 3));
    document.querySelector<HTMLElement>(`[data-testid="${name}"], [value="${name}"]`)?.click();
  }
}
