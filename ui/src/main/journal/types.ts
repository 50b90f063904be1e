import type { ReasonView } from '../nocard/types';

/** What an entry is about. */
export type SubjectView = 'session' | 'fallback' | 'card' | 'service' | 'certificate' | 'system' | 'security';

/** An entry of the journal. */
export interface EntryView {
  /** Its number in the chain. */
  seq: number;
  at: number;
  subject: SubjectView;
  /** What happened, in kebab case. */
  event: string;
  /** Whose session, where it is one person's. */
  person: string | null;
  /** The failure, where it is one: `RLS-1202`. */
  code: string | null;
  /** `eid`, `eid-only`, `certificate` or `fallback`, where somebody signed in. */
  means: string | null;
  /** Until when the session lasts, where that is said. */
  until: number | null;
}

/** Whether the chain of the entries holds. */
export type ChainView = { kind: 'checking' } | { kind: 'whole' } | { kind: 'broken'; seq: number };

/** A session without the card. */
export interface UseView {
  since: number;
  /** When it ended; none while it is open. */
  until: number | null;
  reason: ReasonView;
  /** What "other" meant, in the person's words. */
  note: string | null;
  justification: string | null;
  how: 'open' | 'card' | 'cap' | 'life' | 'person';
}

/** Everything the journal shows. */
export interface JournalView {
  /** Newest first. */
  entries: EntryView[];
  /** There are older ones. */
  older: boolean;
  chain: ChainView;
  /** How long entries are kept, in months. */
  months: number;
  /** Sessions without the card, newest first. */
  uses: UseView[];
  /** How many of them began in the last `days` days. */
  recent: number;
  days: number;
  /** File of the last export. */
  exported: string | null;
}
