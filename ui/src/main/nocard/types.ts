import type { CardView, ProblemView } from '$lib/api/types';

/** Whether the sign-in service answers, as last seen. */
export type ServiceView = 'unknown' | 'answers' | 'silent' | 'silentEverywhere';

/** Why somebody works without the card: the first two are "not at hand", the others a technical problem. */
export type ReasonView = 'forgotten' | 'lost' | 'notRecognised' | 'pinBlocked' | 'other';

/** What the uses before this one have to say. */
export type RestraintView = 'none' | 'notice' | 'justify';

/** Everything the sheet shows. It never learns the password. */
export interface WithoutCardView {
  /** Whose keystore. */
  person: string;
  /** Readers and card. */
  card: CardView;
  /** The sign-in service. */
  service: ServiceView;
  /** Where the person keeps the password, in their own words. */
  hint: string | null;
  /** End of the keystore's certificate, when its dates are known. */
  keystoreUntil: number | null;
  /** Begin of an exception that is not over: its end does not move. */
  since: number | null;
  /** Longest life of an exception, in hours. */
  capHours: number;
  /** The number this use would have in `days` days; the first is 1. */
  uses: number;
  /** Days that are looked back on. */
  days: number;
  /** The number this use would have since the last sign-in with the card; the first is 1. */
  inARow: number;
  /** What is said about that. */
  restraint: RestraintView;
  /** Keystore and sign-in service are at work. */
  working: boolean;
  /** What the last try came to. */
  problem: ProblemView | null;
}

/** What the person hands over; the password lives nowhere else on the page. */
export interface WithoutCardIntent {
  reason: ReasonView;
  /** What "other" means, in a line. */
  note: string | null;
  /** Why this way is still needed. */
  justification: string | null;
  password: string;
}
