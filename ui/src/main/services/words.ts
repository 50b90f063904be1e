import type {
  Continuity,
  EvidenceView,
  FunctionView,
  GroupView,
  HealthView,
  LevelView,
  ListView,
} from '$lib/api/continuity';
import type { Mark } from '$lib/components/shared/StateMark.svelte';
import { timeOf } from '$lib/format/time';
import { whenAt } from '$lib/format/when';
import { ours, t, texts, type Speaker, type Values } from '$lib/i18n/index.svelte';

const MARKS: Record<HealthView, Mark> = {
  operational: 'good',
  onBackup: 'backup',
  degraded: 'attention',
  unstable: 'attention',
  down: 'trouble',
  unknown: 'unknown',
  planned: 'planned',
};
const STATES: Record<HealthView, string> = {
  operational: 'svc-state-normal',
  onBackup: 'svc-state-backup',
  degraded: 'svc-state-partly',
  unstable: 'svc-state-unstable',
  down: 'svc-state-down',
  unknown: 'svc-state-unknown',
  planned: 'svc-state-planned',
};
const NAMES: Record<string, string> = {
  auth: 'svc-name-auth',
  insurability: 'svc-name-insurability',
  memberdata: 'svc-name-memberdata',
  tariff: 'svc-name-tariff',
  'mediprima-tariff': 'svc-name-mediprima-tariff',
  'chapter4-consult': 'svc-name-chapter4-consult',
  'chapter4-request': 'svc-name-chapter4-request',
  'encryption-known': 'svc-name-encryption-known',
  'encryption-unknown': 'svc-name-encryption-unknown',
  'hub-documents': 'svc-name-hub-documents',
  vaccination: 'svc-name-vaccination',
  sumehr: 'svc-name-sumehr',
  prescription: 'svc-name-prescription',
  eattest: 'svc-name-eattest',
};
const GROUPS: Record<GroupView, string> = {
  patient: 'svc-group-patient',
  prescribe: 'svc-group-prescribe',
  bill: 'svc-group-bill',
  exchange: 'svc-group-exchange',
};
const MYCARENET = 'mycarenet-direct';

/** The mark of a state. */
export const markOf = (state: HealthView): Mark => MARKS[state];

/** A state in words, where nothing more is known of it. */
export const stateWord = (state: HealthView, by: Speaker = ours): string => by.say(STATES[state]);

/** The short name of a function; one from a newer catalogue has its own. */
export function nameOf(id: string, own = id, by: Speaker = ours): string {
  const key = NAMES[id];
  return key ? by.say(key) : own;
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** The functions by what one does with them, in the order in which a practice meets them. */
export function byGroup(functions: FunctionView[]): { name: string; group: GroupView; functions: FunctionView[] }[] {
  return (Object.keys(GROUPS) as GroupView[])
    .map((group) => ({ name: t(GROUPS[group]), group, functions: functions.filter((one) => one.group === group) }))
    .filter(({ functions: some }) => some.length > 0);
}

/** Not on its normal road; what nobody knows is not said to be off it. */
export function isOff({ state }: FunctionView): boolean {
  return state !== 'operational' && state !== 'unknown';
}

/** The road a function is on, or what is wrong with it. */
export function stateOf(of: FunctionView, by: Speaker = ours): string {
  const direct = of.state === 'onBackup' && levelOf(of)?.kind === MYCARENET;
  return direct ? by.say('svc-state-mycarenet') : stateWord(of.state, by);
}

/** The level in force. */
export function levelOf({ level, levels }: FunctionView): LevelView | undefined {
  return level === null ? undefined : levels[level];
}

/** As {@link stateOf}, with since when it is so. */
export function stateSince(of: FunctionView, now: number, by: Speaker = ours): string {
  const state = stateOf(of, by);
  return of.since === null || !isOff(of)
    ? state
    : by.say('svc-since', { state, t: timeOf(of.since, now, by.language) });
}

/** What it means for the person: nothing to do, or the first step. */
export function whatToDo({ sentence, noLevel }: FunctionView, now: number, by: Speaker = ours): string {
  switch (sentence.kind) {
    case 'normal':
      return '';
    case 'automatic':
      return by.say('svc-do-nothing');
    case 'yours':
      return sentence.step;
    case 'checkFirst':
      return by.say('svc-do-check', { step: sentence.step });
    case 'reached':
      return by.say('svc-do-reached');
    case 'unsure':
      return by.say('svc-do-unsure');
    case 'disturbed':
      return by.say('svc-do-try');
    case 'falters':
      return by.say('svc-do-falters', { t: timeOf(sentence.since ?? now, now, by.language) });
    case 'returns':
      return by.say('svc-do-returns', { t: timeOf(sentence.since ?? now, now, by.language) });
    case 'unknown':
      return by.say('svc-do-unknown');
    case 'offline':
      return by.say('svc-do-offline');
    case 'noLevel':
      return noLevel;
  }
}

/** A person has to do something. */
export const asksSomebody = ({ sentence }: FunctionView): boolean =>
  ['yours', 'checkFirst', 'noLevel'].includes(sentence.kind);

/** What one witness says, short and in a sentence. */
export interface Witness {
  name: string;
  short: string;
  long: string;
  health: HealthView;
  at: number | null;
  /** It says nothing that counts. */
  silent: boolean;
}

/** The three witnesses in their fixed order: official list, your calls, our check. */
export function witnesses({ authority, real, probe }: FunctionView): Witness[] {
  const one = (evidence: EvidenceView, name: string, short: string, long: string): Witness => ({
    name: t(name),
    short: t(short, { said: evidence.said }),
    long: t(long, { said: evidence.said }),
    health: evidence.health,
    at: evidence.at,
    silent: evidence.said === 'nothing' || evidence.said === 'old',
  });
  return [
    one(authority, 'svc-evidence-list', 'svc-said-list', 'svc-says-list'),
    one(real, 'svc-evidence-calls', 'svc-said-calls', 'svc-says-calls'),
    one(probe, 'svc-evidence-check', 'svc-said-check', 'svc-says-check'),
  ];
}

const LISTS: Record<Exclude<ListView['state'], 'refused'>, string> = {
  good: 'svc-list-good',
  stale: 'svc-list-stale',
  never: 'svc-list-never',
  off: 'svc-list-off',
};

/** Where the official list stands; it is as old as the platform's last answer. */
export function listWords({ state, issuedAt, answeredAt }: ListView, now: number): string {
  const at = answeredAt ?? issuedAt;
  const values: Values = at === null ? {} : { t: timeOf(at, now, texts.language) };
  if (state === 'refused') {
    return at === null ? t('svc-list-refused-none') : t('svc-list-refused', values);
  }
  if (at === null) {
    return t(state === 'off' ? 'svc-list-off' : 'svc-list-never');
  }
  // After a clock was set back the list is not old, but ahead.
  return t(state === 'stale' && at > now ? 'svc-list-ahead' : LISTS[state], values);
}

/** How many functions are on their normal road, off it, and unknown. */
export function counted(functions: FunctionView[]): { good: number; off: number; unknown: number } {
  const off = functions.filter(isOff).length;
  const unknown = functions.filter(({ state }) => state === 'unknown').length;
  return { good: functions.length - off - unknown, off, unknown };
}

/** All of it in one headline. */
export function headline({ functions }: Continuity): string {
  const { good, off, unknown } = counted(functions);
  if (unknown === functions.length) {
    return t('svc-unknown-all');
  }
  const all = t('svc-all', { n: good });
  const some = off === 0 ? all : t('svc-headline', { all, off });
  return unknown === 0 ? some : `${some}, ${t('svc-unknown-some', { n: unknown })}`;
}

/** What stands behind the headline: how old it is, or why nothing is known, where that is not told above. */
export function aged(view: Continuity, now: number, offlineTold = false): string {
  if (view.offlineSince === null) {
    return listWords(view.list, now);
  }
  const offline = offlineTold ? [] : [t('svc-offline', { t: timeOf(view.offlineSince, now, texts.language) })];
  const seen = view.list.answeredAt;
  return [...offline, ...(seen === null ? [] : [t('svc-last-picture', { at: whenAt(seen, now) })])].join(', ');
}

/** An address by its host, or whole where several share one. */
export function placeNamed(address: string, among: string[]): string {
  const host = (of: string): string => (URL.canParse(of) ? new URL(of).host : of);
  return among.filter((other) => host(other) === host(address)).length > 1 ? address : host(address);
}
