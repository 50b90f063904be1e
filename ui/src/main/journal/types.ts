import type { ChainView, EntryView, UseView } from '$lib/api/types';

/** Everything the journal shows. */
export interface JournalView {
  /** Newest first; none before the first page has come. */
  entries: EntryView[] | null;
  /** There are older ones. */
  older: boolean;
  /** Whether the chain of the entries holds; none when that could not be looked at. */
  chain: ChainView | { kind: 'checking' } | null;
  /** Sessions without the card, newest first. */
  uses: UseView[];
  /** How many of them began in the last `days` days. */
  recent: number;
  days: number;
}
