import type { CardView, SettingsView } from '$lib/api/types';

function atCard(card: CardView): string[] {
  switch (card.kind) {
    case 'ready':
      return [card.reader];
    case 'noCard':
    case 'several':
      return card.readers;
    default:
      return [];
  }
}

/** Readers that can be chosen, each once, in a steady order. */
export function readersSeen(settings: SettingsView, card: CardView): string[] {
  return [...new Set([...settings.readers, ...atCard(card)])].sort();
}
