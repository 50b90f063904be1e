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

/** The sentence of an open session; the first that holds. */
function openSays(session: Open, card: CardView, warnings: ProblemView[]): string {
  if (session.key === 'locked') {
    return 'today-locked';
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

function cardAct(card: CardView): Act | null {
  if (card.kind === 'several') {
    return 'chooseReader';
  }
  return card.kind === 'ready' && card.tries !== 0 ? 'signIn' : null;
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

/** Today, from the snapshot alone. */
export function moment({ session, signIn, card, warnings }: Snapshot): Moment {
  const open = session.kind === 'open';
  const busy = BUSY[signIn.kind];
  const shared = { headline: headline(session), busy };
  const calm: Moment['says'] = open ? { key: openSays(session, card, warnings) } : cardSays(card);
  if (signIn.kind === 'failed') {
    // The session that was open is untouched, so nothing has to be repaired at once.
    const acts = open ? { primary: null, quiet: ['seen', 'signOut'] } : { primary: 'retry', quiet: ['seen'] };
    return { ...shared, says: { problem: signIn.problem }, ...acts } as Moment;
  }
  if (busy !== null) {
    return { ...shared, says: calm, primary: null, quiet: ['cancel'] };
  }
  return { ...shared, says: calm, primary: open ? null : cardAct(card), quiet: open ? ['signOut'] : [] };
}
