import type { CardView, ProblemView, SessionView, SignInView, Snapshot } from '$lib/api/types';

/** What the person can do next; at most one of them is the filled button of the screen. */
export type Act = 'signIn' | 'retry' | 'chooseReader' | 'cancel' | 'seen' | 'signOut';

/** What Today says now: the headline with its time, one sentence or one problem, and what can be done. */
export interface Moment {
  headline: { key: string; at: number | null };
  /** A key of app.ftl, or a problem told by its code. */
  says: { key: string } | { problem: ProblemView };
  /** What is going on, told in the place of the sentence once it lasts. */
  busy: string | null;
  primary: Act | null;
  quiet: Act[];
}

type Open = Extract<SessionView, { kind: 'open' }>;

const BUSY: Record<SignInView['kind'], string | null> = {
  idle: null,
  probing: 'busy-probing',
  reading: 'busy-reading',
  asking: 'busy-asking',
  working: 'busy-working',
  failed: null,
};

const MINUTE = 60_000;

/** The end is told twice, each time as a new state: a sentence that counted minutes would be spoken every minute. */
function endingSays(left: number): string | null {
  if (left <= 10 * MINUTE) {
    return 'today-ending-10';
  }
  return left <= 30 * MINUTE ? 'today-ending-30' : null;
}

/** The sentence of an open session; the first that holds. */
function openSays(session: Open, card: CardView, warnings: ProblemView[], now: number): string {
  const ending = endingSays(session.endsAt - now);
  if (ending !== null) {
    return ending;
  }
  if (session.key === 'card') {
    return card.kind === 'ready' || card.kind === 'several' ? 'today-key-card' : 'today-key-card-gone';
  }
  if (warnings.length > 0) {
    return 'today-open-noted';
  }
  if (session.stored === 'memory') {
    return 'today-memory';
  }
  return session.restored ? 'today-restored' : 'today-open-good';
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

/** What the card allows. With one try left the button is there, but nothing invites to press it. */
function cardActs(card: CardView): Pick<Moment, 'primary' | 'quiet'> {
  if (card.kind === 'several') {
    return { primary: 'chooseReader', quiet: [] };
  }
  if (card.kind !== 'ready' || card.tries === 0) {
    return { primary: null, quiet: [] };
  }
  return card.tries === 1 ? { primary: null, quiet: ['signIn'] } : { primary: 'signIn', quiet: [] };
}

/** After a failure. The session that was open is untouched, so nothing has to be repaired at once. */
function failedActs(open: boolean, card: CardView): Pick<Moment, 'primary' | 'quiet'> {
  if (open) {
    return { primary: null, quiet: ['seen', 'signOut'] };
  }
  const spent = card.kind === 'ready' && card.tries === 0;
  const last = card.kind === 'ready' && card.tries === 1;
  return { primary: spent || last ? null : 'retry', quiet: last ? ['retry', 'seen'] : ['seen'] };
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

/** Today, from the snapshot and the time alone. */
export function moment({ session, signIn, card, warnings }: Snapshot, now: number): Moment {
  const open = session.kind === 'open';
  const busy = BUSY[signIn.kind];
  const shared = { headline: headline(session), busy };
  if (signIn.kind === 'failed') {
    return { ...shared, says: { problem: signIn.problem }, ...failedActs(open, card) };
  }
  const says: Moment['says'] = open ? { key: openSays(session, card, warnings, now) } : cardSays(card);
  if (busy !== null) {
    return { ...shared, says, primary: null, quiet: ['cancel'] };
  }
  return { ...shared, says, ...(open ? { primary: null, quiet: ['signOut'] } : cardActs(card)) };
}

/** The way to a session that Ctrl+L takes, when there is one now. */
export function wayIn({ primary, quiet }: Moment): Act | null {
  return [primary, ...quiet].find((act) => act === 'signIn' || act === 'retry' || act === 'chooseReader') ?? null;
}
