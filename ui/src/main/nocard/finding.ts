import type { CardView } from '$lib/api/types';
import type { Mark } from '$lib/components/shared/StateMark.svelte';
import type { Values } from '$lib/i18n/index.svelte';

import type { ReasonView, ServiceView, WithoutCardView } from './types';

const HOUR = 3_600_000;

/** A text and what it names. */
interface Words {
  key: string;
  values?: Values;
}

const CARD: Record<Exclude<CardView['kind'], 'ready'>, string> = {
  unknown: 'nocard-found-unknown',
  down: 'nocard-found-down',
  noReader: 'nocard-found-noreader',
  noCard: 'nocard-found-nocard',
  unusable: 'nocard-found-unusable',
  several: 'nocard-found-several',
};
const SERVICE: Record<ServiceView, string> = {
  unknown: 'nocard-service-unknown',
  answers: 'nocard-service-answers',
  silent: 'nocard-service-silent',
  silentEverywhere: 'nocard-service-silent-everywhere',
};

/** The words for each reason. */
export const REASONS: Record<ReasonView, string> = {
  forgotten: 'nocard-reason-forgotten',
  lost: 'nocard-reason-lost',
  notRecognised: 'nocard-reason-notrecognised',
  pinBlocked: 'nocard-reason-pinblocked',
  other: 'nocard-reason-other',
};

function cardWords(card: CardView): Words {
  if (card.kind !== 'ready') {
    return { key: CARD[card.kind] };
  }
  if (card.tries === null) {
    return { key: 'nocard-found-ready' };
  }
  return card.tries === 0 ? { key: 'nocard-found-blocked' } : { key: 'nocard-found-tries', values: { n: card.tries } };
}

/** What Relais saw by itself, before it asks: reader, card and PIN, then the sign-in service. */
export function found(view: Pick<WithoutCardView, 'card' | 'service'>): Words[] {
  return [cardWords(view.card), { key: SERVICE[view.service] }];
}

/** One mark for both: a person is needed, all is there, or it is not known. */
export function foundMark({ card, service }: Pick<WithoutCardView, 'card' | 'service'>): Mark {
  if (fits(card) !== null || service.startsWith('silent')) {
    return 'attention';
  }
  return card.kind === 'unknown' || service === 'unknown' ? 'unknown' : 'good';
}

/** The reason that the finding speaks for, if it speaks for one. */
export function fits(card: CardView): ReasonView | null {
  switch (card.kind) {
    case 'down':
    case 'noReader':
    case 'unusable':
      return 'notRecognised';
    case 'noCard':
      return 'forgotten';
    case 'ready':
      return card.tries === 0 ? 'pinBlocked' : null;
    case 'unknown':
    case 'several':
      return null;
  }
}

/** The latest end: the cap from the begin of the exception on, never past the keystore's certificate. */
export function latestEnd(view: Pick<WithoutCardView, 'since' | 'capHours' | 'keystoreUntil'>, now: number): number {
  const cap = (view.since ?? now) + view.capHours * HOUR;
  // A certificate that is over is told as such; the end of an exception never lies in the past.
  return view.keystoreUntil !== null && view.keystoreUntil > now ? Math.min(cap, view.keystoreUntil) : cap;
}

/** What keeps the button closed; nothing when all is there. */
export function missing(reason: ReasonView | null, note: string, password: boolean): string | null {
  if (reason === null) {
    return password ? 'nocard-missing-reason' : 'nocard-missing';
  }
  if (reason === 'other' && note.trim() === '') {
    return 'nocard-missing-note';
  }
  return password ? null : 'nocard-missing-password';
}
