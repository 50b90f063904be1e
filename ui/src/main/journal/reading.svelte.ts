import type { Answer, EntryView, LedgerView, MainApi, Outcome } from '$lib/api/types';

import type { JournalView } from './types';

type Calls = Pick<MainApi, 'journal' | 'journalChain' | 'ledger'>;

/** Pages put together, each entry once, newest first. */
function together(one: EntryView[], other: EntryView[]): EntryView[] {
  const bySeq = new Map([...one, ...other].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}

/** The journal as far as it has been read. */
export class Reading {
  refused: Outcome = $state.raw(null);
  #api: Calls;
  #entries = $state.raw<EntryView[] | null>(null);
  #older = $state(false);
  #chain = $state.raw<JournalView['chain']>({ kind: 'checking' });
  #ledger = $state.raw<LedgerView>({ uses: [], recent: 0, days: 0 });

  constructor(api: Calls) {
    this.#api = api;
  }

  get view(): JournalView {
    return { entries: this.#entries, older: this.#older, chain: this.#chain, ...this.#ledger };
  }

  /** Looks whether anything was changed; once is enough. */
  async check(): Promise<void> {
    this.#chain = this.#told(await this.#api.journalChain());
  }

  /** Takes in what is new. */
  async refresh(): Promise<void> {
    const [page, ledger] = await Promise.all([this.#api.journal(null), this.#api.ledger()]);
    this.#ledger = this.#told(ledger) ?? this.#ledger;
    const newest = this.#told(page);
    if (!newest) {
      return;
    }
    const known = this.#entries ?? [];
    const joins = newest.entries.some(({ seq }) => known.some((entry) => entry.seq === seq));
    this.#entries = joins ? together(known, newest.entries) : newest.entries;
    this.#older = joins ? this.#older : newest.older;
  }

  /** The page before what is there. */
  async more(): Promise<void> {
    const page = this.#told(await this.#api.journal(this.#entries?.at(-1)?.seq ?? null));
    if (page) {
      this.#entries = together(this.#entries ?? [], page.entries);
      this.#older = page.older;
    }
  }

  #told<T>(answer: Answer<T>): T | null {
    this.refused = 'problem' in answer ? answer.problem : this.refused;
    return 'data' in answer ? answer.data : null;
  }
}
