import type { CardView } from '$lib/api/types';
import type { Values } from '$lib/i18n/index.svelte';

const FACTS: Record<Exclude<CardView['kind'], 'unknown' | 'ready'>, string> = {
  down: 'fact-down',
  noReader: 'fact-noreader',
  noCard: 'fact-nocard',
  unusable: 'fact-unusable',
  several: 'fact-several',
};

/** Reader and card in a few words; nothing before Relais has looked. */
export function cardFact(card: CardView): { key: string; values?: Values } | null {
  if (card.kind === 'unknown') {
    return null;
  }
  if (card.kind === 'ready') {
    return card.tries === null ? { key: 'fact-ready' } : { key: 'fact-ready-tries', values: { n: card.tries } };
  }
  return { key: FACTS[card.kind] };
}
