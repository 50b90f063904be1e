import type { CardView, ProblemView, Why, WithoutCardView } from '$lib/api/types';

/** Why somebody works without the card: the first two are "not at hand", the others a technical problem. */
export type ReasonView = 'forgotten' | 'lost' | 'notRecognised' | 'pinBlocked' | 'other';

/** Everything the sheet shows. It never learns the password. */
export interface SheetView extends WithoutCardView {
  /** Readers and card. */
  card: CardView;
  /** Keystore and sign-in service are at work. */
  working: boolean;
  /** What the last try came to. */
  problem: ProblemView | null;
}

/** What the person hands over. */
export interface Intent {
  why: Why;
  /** Takes the password out of its field, once it is asked for. */
  take: () => string;
}
