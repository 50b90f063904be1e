import type { Continuity } from '$lib/api/continuity';
import type { Outcome, ProblemView, Snapshot } from '$lib/api/types';

import { asksSomebody, isOff } from '../services/words';
import { moment, type Act, type Moment, type Sentence } from './moment';

/** The warning that the person can end: the noted time lies ahead. */
export const TIME_AHEAD = 'RLS-6035';
/** The warning that the key store is missing, so that the session is kept in memory. */
const IN_MEMORY = 'RLS-2202';

/** Something that stands round the session; its place in the list is its place on the page. */
export type Stand =
  | { kind: 'noted' | 'refused'; problem: ProblemView }
  | { kind: 'warnings'; problems: ProblemView[] }
  | { kind: 'line' }
  | {
      kind: 'services';
      hint: string | null;
      /** The sentence tells that there is no network. */ offlineTold: boolean;
    };

/** Today with all that holds at once: one sentence that is true beside the rest, and the rest in its order. */
export interface Around extends Omit<Moment, 'says'> {
  /** `lead` takes the place of the sentence's own beginning. */
  says: (Sentence & { lead: string | null }) | { problem: ProblemView };
  stands: Stand[];
}

/** Sentences that begin with "All is well". */
const WELL = [
  'plan-next',
  'plan-next-before',
  'plan-next-midday',
  'plan-next-between',
  'plan-next-after',
  'plan-next-never',
];
/** Sentences that say that nothing is to be done. */
const IDLE = ['today-open-good', 'today-restored'];
/** What is said without a session as long as only the card, or the PIN, is missing. */
const INVITING = [
  'today-none-card',
  'today-none-nocard',
  'today-none-reader',
  'today-none-several',
  'organisation-none',
];
/** Sentences of an open session that an absent network makes untrue. */
const ONLINE = [...WELL, ...IDLE, 'plan-down', 'plan-down-quiet', 'plan-down-mark', 'plan-down-last'];
/** Ways in that cannot succeed where the service is out of reach. */
const SIGN_IN: Act[] = ['signIn', 'signInOrganisation', 'chooseReader'];

interface Facts {
  offlineSince: number | null;
  /** Every service is known to be on its normal road. */
  well: boolean;
  /** A service asks somebody to do something. */
  asked: boolean;
  /** The sign-in service is known to be out. */
  authOut: boolean;
}

function facts(services: Continuity | null): Facts {
  const functions = services?.functions ?? [];
  const auth = functions.find(({ id }) => id === 'auth')?.state;
  return {
    offlineSince: services?.offlineSince ?? null,
    well: functions.length > 0 && functions.every(({ state }) => state === 'operational'),
    asked: functions.some((one) => isOff(one) && asksSomebody(one)),
    authOut: auth === 'down' || auth === 'planned',
  };
}

/** The sentence that stays true beside all that is known of services and failures. */
function sentence(says: Sentence, { session }: Snapshot, known: Facts, told: boolean): Around['says'] {
  const as = (key: string, lead: string | null = null): Around['says'] => ({ ...says, key, lead });
  const end = session.kind === 'open' ? session.endsAt : 0;
  const since = { since: known.offlineSince ?? 0, end };
  if (known.offlineSince !== null && ONLINE.includes(says.key)) {
    return { key: 'today-offline', at: since, lead: null };
  }
  if (INVITING.includes(says.key) && (known.offlineSince !== null || known.authOut)) {
    return known.offlineSince === null
      ? as('today-service-down')
      : { key: 'today-offline-none', at: since, lead: null };
  }
  if (IDLE.includes(says.key) && (told || known.asked)) {
    return as('today-open-noted');
  }
  const calm = WELL.includes(says.key) || says.key === 'today-open-good';
  return as(says.key, calm && (told || !known.well) ? 'today-session-good' : null);
}

/** A way in that leads nowhere now is there, and nothing invites to take it. */
function acts({ primary, quiet }: Moment, shut: boolean): Pick<Moment, 'primary' | 'quiet'> {
  return shut && primary !== null && SIGN_IN.includes(primary)
    ? { primary: null, quiet: [primary, ...quiet] }
    : { primary, quiet };
}

/** What each warning, failure and refusal says is said once, by the first of them. */
function once(now: Moment, snapshot: Snapshot, refused: Outcome): { alerts: Stand[]; warnings: ProblemView[] } {
  const { warnings } = snapshot;
  const ahead = warnings.some(({ code }) => code === TIME_AHEAD) ? [TIME_AHEAD] : [];
  const seen = new Set(['problem' in now.says ? now.says.problem.code : now.code, ...ahead]);
  const fresh = ({ code }: ProblemView): boolean => !seen.has(code) && seen.add(code).size > 0;
  const alerts: Stand[] = [];
  if (now.noted && fresh(now.noted)) {
    alerts.push({ kind: 'noted', problem: now.noted });
  }
  if (refused && fresh(refused)) {
    alerts.push({ kind: 'refused', problem: refused });
  }
  return { alerts, warnings: warnings.filter((one) => one.code === TIME_AHEAD || fresh(one)) };
}

/** What the line above the services says of them; nothing calm beside a session that asks something. */
function hint(now: Moment, { asked }: Facts, alerts: Stand[]): string | null {
  if (asked) {
    return 'svc-something-asked';
  }
  const calm = now.primary === null && !now.due && !now.attention && 'key' in now.says && alerts.length === 0;
  return calm ? 'svc-nothing-asked' : null;
}

/** Today, from all that is known at once. */
export function around(snapshot: Snapshot, services: Continuity | null, refused: Outcome, now: number): Around {
  const known = facts(services);
  const memory = snapshot.warnings.some(({ code }) => code === IN_MEMORY);
  const today = moment(snapshot, now, { memoryToldBelow: memory });
  const { alerts, warnings } = once(today, snapshot, refused);
  const told = alerts.length + warnings.length > 0;
  const says = 'key' in today.says ? sentence(today.says, snapshot, known, told) : today.says;
  const shut = 'key' in says && ['today-offline-none', 'today-service-down'].includes(says.key);
  const noted: Stand[] = warnings.length > 0 ? [{ kind: 'warnings', problems: warnings }] : [];
  const offlineTold = 'key' in says && says.key.startsWith('today-offline');
  const about: Stand[] = services ? [{ kind: 'services', hint: hint(today, known, alerts), offlineTold }] : [];
  const line: Stand[] = snapshot.session.kind === 'open' ? [{ kind: 'line' }] : [];
  // What is good to know waits behind services that ask somebody to act.
  const stands = known.asked ? [...alerts, ...line, ...about, ...noted] : [...alerts, ...noted, ...line, ...about];
  return {
    ...today,
    ...acts(today, shut),
    says,
    stands,
    code: 'key' in says && says.key === 'today-offline' ? null : today.code,
  };
}
