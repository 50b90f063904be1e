import type { CardView, HoursView, RenewalView, SessionView } from '../api/types';
import { outsideConsultations, partOfDay, type PartOfDay } from '../format/hours';
import { about } from '../format/time';

const MINUTE = 60_000;
/** A reminder comes this long after it was put off. */
const SNOOZE = 30 * MINUTE;
/** Nothing is put off into the last half hour. Source: docs/architecture.md, "Quiet prompts". */
const SOON = 30 * MINUTE;
/** The last word before the end. */
const LAST = 10 * MINUTE;
/** A shorter delay is not worth a button. */
const WORTH = 5 * MINUTE;

/** What the person can do about it. */
export type KeepAct = 'givePin' | 'later' | 'renewNow' | 'backToCard' | 'givePassword';

/** What is said about keeping an open session: one sentence, its instants, and at most one filled button. */
export interface Keeping {
  /** A key of plan.ftl or app.ftl; its `more` goes on. */
  key: string;
  /** Instants that the sentence names: `t`, and the end of the session. */
  at: { t?: number; end: number };
  /** The PIN is wanted: a mark beside the place in the side bar. */
  due: boolean;
  /** A person is needed, by a time. */
  attention: boolean;
  /** Why the last attempt failed, where the sentence tells that one did. */
  code: string | null;
  /** What is going on, told in the place of the sentence once it lasts. */
  busy: string | null;
  primary: KeepAct | null;
  quiet: KeepAct[];
}

type Open = Extract<SessionView, { kind: 'open' }>;
type Resting = Extract<RenewalView, { kind: 'resting' }>;
type Wanted = Extract<RenewalView, { kind: 'wanted' }>;

const NEXT: Record<PartOfDay, string> = {
  before: 'plan-next-before',
  midday: 'plan-next-midday',
  between: 'plan-next-between',
  after: 'plan-next-after',
};

/** What is told before the end of a session without the card; the latest that has come. Source: requirement D-12. */
const WARNINGS = [
  { left: 5 * MINUTE, key: 'plan-nocard-5' },
  { left: 15 * MINUTE, key: 'plan-nocard-15' },
  { left: 60 * MINUTE, key: 'plan-nocard-60' },
];

type Nearness = 'far' | 'soon' | 'last';

/** The end is told twice, each time as a new state: a sentence that counted minutes would be spoken every minute. */
function nearness(left: number): Nearness {
  if (left <= 10 * MINUTE) {
    return 'last';
  }
  return left <= 30 * MINUTE ? 'soon' : 'far';
}

const ENDING: Record<Nearness, string | null> = { far: null, soon: 'today-ending-30', last: 'today-ending-10' };

/** What is said of an end that is near. */
export function endingSays(left: number): string | null {
  return ENDING[nearness(left)];
}

/** Failures after which the sign-in service may answer at the next try: it was not there. */
const AWAY = ['RLS-2001', 'RLS-2002', 'RLS-2003', 'RLS-2006'];
export const isAway = (code: string): boolean => AWAY.includes(code);

/** How the person hears of the next try: in its moment, at a quiet one, by a mark alone, or not at all. */
type Asking = 'then' | 'quiet' | 'mark' | 'alone';

/** What is said once an attempt failed because the service was not there, and once it failed for another reason. */
const DOWN: Record<Asking, string> = {
  then: 'plan-down',
  quiet: 'plan-down-quiet',
  mark: 'plan-down-mark',
  alone: 'plan-again-alone',
};
const AGAIN: Record<Asking, string> = {
  then: 'plan-again',
  quiet: 'plan-again-quiet',
  mark: 'plan-again-mark',
  alone: 'plan-again-alone',
};
const DOWN_NEAR: Record<Exclude<Nearness, 'far'>, string> = { soon: 'plan-down-30', last: 'plan-down-10' };
const AGAIN_NEAR: Record<Exclude<Nearness, 'far'>, string> = { soon: 'plan-again-30', last: 'plan-again-10' };
const DOWN_LAST: Record<Nearness, string> = {
  far: 'plan-down-last',
  soon: 'plan-down-last-30',
  last: 'plan-down-last-10',
};
const AGAIN_LAST: Record<Nearness, string> = {
  far: 'plan-again-last',
  soon: 'plan-again-last-30',
  last: 'plan-again-last-10',
};

/** When a reminder that is put off now comes back: after the consultation then; none when the end is too near. */
export function snoozeUntil(now: number, endsAt: number, hours: HoursView): number | null {
  const until = Math.min(outsideConsultations(now + SNOOZE, hours), endsAt - SOON);
  return until >= now + WORTH ? until : null;
}

/** A card that can do its work: one that is blocked cannot. */
function usable(card: CardView): boolean {
  return card.kind === 'ready' && card.tries !== 0;
}

/** With one try left the button is there, but nothing invites to press it; with none it is gone. */
function asking(act: KeepAct, card: CardView): Pick<Keeping, 'primary' | 'quiet'> {
  const tries = card.kind === 'ready' ? card.tries : null;
  if (tries === 0) {
    return { primary: null, quiet: [] };
  }
  return tries === 1 ? { primary: null, quiet: [act] } : { primary: act, quiet: [] };
}

const calm = {
  due: false,
  attention: false,
  code: null,
  busy: null,
  primary: null,
  quiet: [],
} satisfies Partial<Keeping>;

function withoutCard({ endsAt: end }: Open, card: CardView, now: number): Keeping {
  if (usable(card)) {
    return { ...calm, key: 'plan-back', at: { end }, ...asking('backToCard', card) };
  }
  const warning = WARNINGS.find(({ left }) => end - now <= left);
  const attention = warning !== undefined && warning.left <= 15 * MINUTE;
  return { ...calm, key: warning?.key ?? 'plan-nocard', at: { end }, attention };
}

function wanted(
  { snoozedUntil }: Wanted,
  { endsAt: end }: Open,
  card: CardView,
  hours: HoursView,
  now: number,
): Keeping {
  const acts = asking('givePin', card);
  if (card.kind === 'ready' && card.tries === 0) {
    return { ...calm, key: 'today-none-blocked', at: { end }, attention: true };
  }
  const later = snoozeUntil(now, end, hours);
  const shared = { ...calm, at: { end }, due: true, attention: true, primary: acts.primary };
  const quiet: KeepAct[] = [...acts.quiet, ...(later === null ? [] : (['later'] as const))];
  if (end - now <= SOON) {
    return { ...shared, key: end - now <= LAST ? 'plan-due-10' : 'plan-due-30', quiet: acts.quiet };
  }
  if (snoozedUntil !== null && snoozedUntil > now) {
    return { ...shared, key: 'plan-due-snoozed', at: { t: snoozedUntil, end }, attention: false, quiet: acts.quiet };
  }
  return { ...shared, key: 'plan-due', quiet };
}

/** After an attempt that failed. It mends itself: information, until the end is near. */
function failing(renewal: Resting, end: number, now: number, alone = false): Keeping | null {
  const code = renewal.failed.at(-1)?.code;
  if (code === undefined) {
    return null;
  }
  const near = nearness(end - now);
  const away = isAway(code) && !alone;
  const busy = renewal.probing ? 'plan-probing' : null;
  const shared = { ...calm, attention: near !== 'far', code, busy };
  const { triesAt: t } = renewal;
  if (t === null) {
    return { ...shared, key: (away ? DOWN_LAST : AGAIN_LAST)[near], at: { end } };
  }
  const [far, close] = away ? [DOWN, DOWN_NEAR] : [AGAIN, AGAIN_NEAR];
  const key = near === 'far' ? far[alone ? 'alone' : askingAt(renewal, t)] : close[near];
  return { ...shared, key, at: { t, end } };
}

/** The service is asked at the moment of the try; the person only at a quiet one. */
function askingAt({ asksAt }: Resting, triesAt: number): Asking {
  if (asksAt === null) {
    return 'mark';
  }
  return asksAt === triesAt ? 'then' : 'quiet';
}

function resting(renewal: Resting, { endsAt: end }: Open, card: CardView, hours: HoursView, now: number): Keeping {
  const busy = renewal.probing ? 'plan-probing' : null;
  const quiet: KeepAct[] = usable(card) ? ['renewNow'] : [];
  const failed = failing(renewal, end, now);
  if (failed) {
    return { ...failed, quiet };
  }
  const ending = endingSays(end - now);
  if (ending !== null) {
    return { ...calm, key: ending, at: { end }, attention: true, busy, quiet };
  }
  if (renewal.asksAt === null) {
    return { ...calm, key: 'plan-next-never', at: { end }, busy, quiet };
  }
  const part = partOfDay(renewal.asksAt, hours);
  return { ...calm, key: part ? NEXT[part] : 'plan-next', at: { t: about(renewal.asksAt), end }, busy, quiet };
}

/** With its key open nobody is needed; else the password of its keystore is what a PIN is for a card. */
function organisation({ renewal, key, endsAt: end }: Open, hours: HoursView, now: number): Keeping | null {
  if (renewal.kind === 'off') {
    return null;
  }
  if (key === 'unlocked') {
    return renewal.kind === 'resting' ? failing(renewal, end, now, true) : null;
  }
  if (renewal.kind !== 'wanted') {
    return endingSays(end - now) ? null : { ...calm, key: 'organisation-locked', at: { end }, quiet: ['givePassword'] };
  }
  const later = snoozeUntil(now, end, hours);
  const quiet: KeepAct[] = later === null ? [] : ['later'];
  return { ...calm, key: 'organisation-due', at: { end }, due: true, attention: true, primary: 'givePassword', quiet };
}

/** What is said about an open session, from what is and the time alone; nothing where the PIN plays no part. */
export function keeping(open: Open, card: CardView, hours: HoursView, now: number): Keeping | null {
  if (open.means === 'fallback') {
    return withoutCard(open, card, now);
  }
  const { renewal } = open;
  if (open.means === 'certificate') {
    return organisation(open, hours, now);
  }
  if (renewal.kind === 'off') {
    return null;
  }
  return renewal.kind === 'wanted' ? wanted(renewal, open, card, hours, now) : resting(renewal, open, card, hours, now);
}
