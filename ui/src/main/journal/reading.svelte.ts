import type { Answer, EntryView, LedgerView, MainApi, Outcome } from '$lib/api/types';

import type { JournalView } from './types';

type Calls = Pick<MainApi, 'journal' | 'journalChain' | 'ledger'>;

const problemOf = (answer: Answer<unknown>): Outcome => ('problem' in answer ? answer.problem : null);
const dataOf = <T>(answer: Answer<T>): T | null => ('data' in answer ? answer.data : null);

/** Pages put together, each entry once, newest first. */
function together(one: EntryView[], other: EntryView[]): EntryView[] {
  const bySeq = new Map([...one, ...other].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}

/** The journal as far as it has been read. */
export class Reading {
  /** Why what is shown is not the newest, and why nobody knows whether it is whole: each until it is known again. */
  #unread: Outcome = $state.raw(null);
  #unchecked: Outcome = $state.raw(null);
  #api: Calls;
  #entries = $state.raw<EntryView[] | null>(null);
  #older = $state(false);
  #chain = $state.raw<JournalView['chain']>({ kind: 'checking' });
  #ledger = $state.raw<LedgerView>({ uses: [], recent: 0, days: 0 });

  constructor(api: Calls) {
    this.#api = api;
  }

  get refused(): Outcome {
    return this.#unread ?? this.#unchecked;
  }

  get view(): JournalView {
    return { entries: this.#entries, older: this.#older, chain: this.#chain, ...this.#ledger };
  }

  /** Looks whether anything was changed; once is enough. */
  async check(): Promise<void> {
    const answer = await this.#api.journalChain();
    this.#unchecked = problemOf(answer);
    this.#chain = dataOf(answer);
  }

  /** Takes in what is new. */
  async refresh(): Promise<void> {
    const [page, ledger] = await Promise.all([this.#api.journal(null), this.#api.ledger()]);
    this.#unread = problemOf(page) ?? problemOf(ledger);
    this.#ledger = dataOf(ledger) ?? this.#ledger;
    const newest = dataOf(page);
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
    const answer = await this.#api.journal(this.#entries?.at(-1)?.seq ?? null);
    this.#unread = problemOf(answer);
    const page = dataOf(answer);
    if (page) {
      this.#entries = together(this.#entries ?? [], page.entries);
      this.#older = page.older;
    }
  }
}
