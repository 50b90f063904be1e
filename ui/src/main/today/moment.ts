import type { CardView, ProblemView, SessionView, SignInView, Snapshot } from '$lib/api/types';
import { endingSays, keeping, type KeepAct, type Keeping } from '$lib/state/keeping';

/** What the person can do next; at most one of them is the filled button of the screen. */
export type Act =
  KeepAct | 'signIn' | 'signInOrganisation' | 'withoutCard' | 'retry' | 'chooseReader' | 'cancel' | 'seen';

/** A sentence by its key in app.ftl or plan.ftl, and the instants that it names. */
export interface Sentence {
  key: string;
  at?: { t?: number; since?: number; end: number };
}

/** What Today says now: the headline with its time, one sentence or one problem, and what can be done. */
export interface Moment {
  headline: { key: string; at: number | null };
  says: Sentence | { problem: ProblemView };
  /** The code of a failure that the sentence tells, to read out. */
  code: string | null;
  /** What failed, below what the open session says. */
  noted: ProblemView | null;
  /** The PIN is wanted: a mark in words above the sentence, and one in the side bar. */
  due: boolean;
  /** A person is needed, by a time. */
  attention: boolean;
  /** What is going on, told in the place of the sentence once it lasts. */
  busy: string | null;
  primary: Act | null;
  quiet: Act[];
}

type Open = Extract<SessionView, { kind: 'open' }>;
type Acts = Pick<Moment, 'primary' | 'quiet'>;

const BUSY: Record<SignInView['kind'], string | null> = {
  idle: null,
  probing: 'busy-probing',
  reading: 'busy-reading',
  asking: 'busy-asking',
  // The question is on the sheet, and so is what is said about it.
  withoutCard: null,
  organisation: null,
  working: 'busy-working',
  failed: null,
};

function keyOnCard(card: CardView): string {
  return card.kind === 'ready' || card.kind === 'several' ? 'today-key-card' : 'today-key-card-gone';
}

/** What is known to be told elsewhere on the page. */
interface Elsewhere {
  /** A warning says that the session is kept in memory only. */
  memoryToldBelow: boolean;
}
const NOTHING: Elsewhere = { memoryToldBelow: false };

/** What is said of an open session where nobody is needed for it; the first that holds. */
function calmSays(session: Open, keep: Keeping | null, { memoryToldBelow }: Elsewhere): Sentence {
  if (session.stored === 'memory' && !memoryToldBelow) {
    return { key: 'today-memory' };
  }
  return keep ?? { key: session.restored ? 'today-restored' : 'today-open-good' };
}

/** The sentence of an open session: what needs a person comes first. */
function openSays(session: Open, keep: Keeping | null, card: CardView, elsewhere: Elsewhere, now: number): Sentence {
  if (keep && (keep.due || keep.attention || keep.primary !== null || keep.code !== null)) {
    return keep;
  }
  const ending = keep === null ? endingSays(session.endsAt - now) : null;
  if (ending !== null) {
    return { key: ending };
  }
  return session.key === 'card' ? { key: keyOnCard(card) } : calmSays(session, keep, elsewhere);
}

function readySays(tries: number | null): string {
  if (tries === 0) {
    return 'today-none-blocked';
  }
  return tries === 1 ? 'today-none-last' : 'today-none-card';
}

/** Without a session, the card says what is missing. */
function cardSays(card: CardView): Moment['says'] {
  switch (card.kind) {
    case 'unknown':
      return { key: 'today-looking' };
    case 'down':
    case 'unusable':
      return { problem: card.problem };
    case 'noReader':
      return { key: 'today-none-reader' };
    case 'noCard':
      return { key: 'today-none-nocard' };
    case 'several':
      return { key: 'today-none-several' };
    case 'ready':
      return { key: readySays(card.tries) };
  }
}

function nobodySays({ session, lookout, card, settings }: Snapshot): Moment['says'] {
  if (lookout === 'missed') {
    return { key: 'today-service-missed' };
  }
  if (lookout === 'back' && settings.organisation) {
    return { key: 'today-service-back' };
  }
  if (lookout === 'back' && card.kind === 'ready' && card.tries !== 0) {
    return { key: 'today-service-back' };
  }
  if (settings.organisation) {
    return { key: 'organisation-none' };
  }
  const capped = session.kind === 'ended' && session.because === 'cap';
  return capped ? { key: 'plan-cap', at: { end: session.at } } : cardSays(card);
}

/** Where the card cannot do its work, the way without it is there; never as the filled button. */
function instead(card: CardView): Act[] {
  const able = card.kind === 'ready' ? card.tries !== 0 : card.kind === 'several' || card.kind === 'unknown';
  return able ? [] : ['withoutCard'];
}

/** What the card allows. With one try left the button is there, but nothing invites to press it. */
function cardActs(card: CardView): Acts {
  if (card.kind === 'several') {
    return { primary: 'chooseReader', quiet: [] };
  }
  if (card.kind !== 'ready' || card.tries === 0) {
    return { primary: null, quiet: instead(card) };
  }
  return card.tries === 1 ? { primary: null, quiet: ['signIn'] } : { primary: 'signIn', quiet: [] };
}

/** After a failure without a session. */
function failedActs(card: CardView, organisation: boolean): Acts {
  if (organisation) {
    return { primary: 'retry', quiet: ['seen'] };
  }
  const spent = card.kind === 'ready' && card.tries === 0;
  const last = card.kind === 'ready' && card.tries === 1;
  const quiet: Act[] = last ? ['retry', 'seen'] : ['seen', ...instead(card)];
  return { primary: spent || last ? null : 'retry', quiet };
}

function restingActs({ signIn, card, settings }: Snapshot, keep: Keeping | null, open: boolean): Acts {
  if (signIn.kind === 'withoutCard') {
    return { primary: null, quiet: ['withoutCard'] };
  }
  if (signIn.kind === 'organisation') {
    // The question is on its sheet.
    return { primary: null, quiet: [] };
  }
  if (open) {
    return { primary: keep?.primary ?? null, quiet: keep?.quiet ?? [] };
  }
  return settings.organisation ? { primary: 'signInOrganisation', quiet: [] } : cardActs(card);
}

function headline(session: SessionView): Moment['headline'] {
  switch (session.kind) {
    case 'open':
      return { key: session.means === 'fallback' ? 'nocard-open' : 'today-open', at: session.endsAt };
    case 'ended':
      return { key: 'today-ended', at: session.at };
    case 'none':
      return { key: 'today-none', at: null };
  }
}

/** Today, from the snapshot and the time alone; what else stands on the page is told in `around.ts`. */
export function moment(snapshot: Snapshot, now: number, elsewhere = NOTHING): Moment {
  const { session, signIn, card, settings } = snapshot;
  const open = session.kind === 'open' ? session : null;
  const keep = open && keeping(open, card, settings.hours, now);
  const busy = BUSY[signIn.kind];
  const marks = { due: keep?.due ?? false, attention: keep?.attention ?? false };
  const code = keep?.code ?? null;
  const shared = { headline: headline(session), ...marks, code, busy: busy ?? keep?.busy ?? null, noted: null };
  // What failed is made up for by a service that is back.
  if (signIn.kind === 'failed' && snapshot.lookout !== 'back') {
    if (open) {
      // The session is untouched: what it says stays true and comes first.
      const { primary, quiet } = restingActs(snapshot, keep, true);
      const says = openSays(open, keep, card, elsewhere, now);
      return { ...shared, says, noted: signIn.problem, primary, quiet: [...quiet, 'seen'] };
    }
    return {
      ...shared,
      code: signIn.problem.code,
      says: { problem: signIn.problem },
      ...failedActs(card, settings.organisation),
    };
  }
  const says = open ? openSays(open, keep, card, elsewhere, now) : nobodySays(snapshot);
  if (busy !== null) {
    return { ...shared, says, primary: null, quiet: ['cancel'] };
  }
  return { ...shared, says, ...restingActs(snapshot, keep, open !== null) };
}

const WAYS: Act[] = [
  'signIn',
  'signInOrganisation',
  'givePassword',
  'retry',
  'chooseReader',
  'givePin',
  'renewNow',
  'backToCard',
];

/** The way to a session, or to a new life of the one there is, that Ctrl+L takes, when there is one now. */
export function wayIn({ primary, quiet }: Moment): Act | null {
  return [primary, ...quiet].find((act) => act !== null && WAYS.includes(act)) ?? null;
}
