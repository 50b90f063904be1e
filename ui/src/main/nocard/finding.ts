import type { CardView, ServiceView, Why } from '$lib/api/types';
import type { Mark } from '$lib/components/shared/StateMark.svelte';
import type { Values } from '$lib/i18n/index.svelte';

import type { ReasonView, SheetView } from './types';

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
export function found(view: Pick<SheetView, 'card' | 'service'>): Words[] {
  return [cardWords(view.card), { key: SERVICE[view.service] }];
}

/** One mark for both: a person is needed, all is there, or it is not known. */
export function foundMark({ card, service }: Pick<SheetView, 'card' | 'service'>): Mark {
  if (fits(card) !== null || service === 'silent') {
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

/** The latest end: the cap from the begin of the exception on. */
export function latestEnd({ since, capHours }: Pick<SheetView, 'since' | 'capHours'>, now: number): number {
  return (since ?? now) + capHours * HOUR;
}

/**
 * A reason as it is kept: one of the two that the rule knows. The note is there only where the person wrote one, since a
 * note counts as their explanation; what was chosen stands before it.
 */
export function whyOf(reason: ReasonView, chosen: string, written: string): Why {
  const known = reason === 'forgotten' || reason === 'lost' ? 'eid-not-at-hand' : 'technical-problem';
  const line = written.trim();
  if (line === '') {
    return { reason: known, note: null };
  }
  return { reason: known, note: reason === 'other' ? line : `${chosen}, ${line}` };
}

/** What keeps the button closed; nothing when all is there. */
export function missing(
  reason: ReasonView | null,
  { note, justification }: { note: string; justification: string | null },
  password: boolean,
): string | null {
  if (reason === null) {
    return password ? 'nocard-missing-reason' : 'nocard-missing';
  }
  if (reason === 'other' && note.trim() === '') {
    return 'nocard-missing-note';
  }
  if (reason !== 'other' && justification?.trim() === '') {
    return 'nocard-missing-justification';
  }
  return password ? null : 'nocard-missing-password';
}
