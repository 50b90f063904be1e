/** Shapes of a session that is kept, and of the hours of a practice. */

/** Part of a day on the clock of the practice: `08:00` to `12:30`. */
export interface StretchView {
  from: string;
  /** The first minute after it. */
  to: string;
}

/** One weekday. */
export interface DayView {
  /** Working hours; none on a day off. */
  open: StretchView | null;
  /** Consultations, in any order; they may touch or overlap. */
  consultations: StretchView[];
}

/** The hours of a practice. */
export interface HoursView {
  /** From Monday to Sunday. */
  week: DayView[];
}

/** What is notified: everything, what needs a person, or nothing. */
export type NotificationsView = 'all' | 'essential' | 'none';

/** An attempt that was made and came to nothing. */
export interface AttemptView {
  at: number;
  /** Why it failed: `RLS-2001`. */
  code: string;
}

/** Where the renewal of an open session stands. */
export type RenewalView =
  /** Nothing is renewed: nobody is signed in, or without the card. */
  | { kind: 'off' }
  /** The next attempt is to come. */
  | {
      kind: 'resting';
      /** When the PIN is asked for; none = no quiet moment is left before the end. */
      asksAt: number | null;
      /** Attempts to come, in order. */
      attempts: number[];
      /** Attempts since the token was issued that came to nothing. */
      failed: AttemptView[];
      /** The sign-in service is being asked whether it answers. */
      probing: boolean;
    }
  /** The service answers, so the PIN is wanted. */
  | {
      kind: 'wanted';
      /** The person wants to be reminded then. */
      snoozedUntil: number | null;
      attempts: number[];
      failed: AttemptView[];
    };

/** A session as long as it is there, and what is left to say once it is over. */
export type KeptView =
  /** Open, by `eid`, `eid-only`, `certificate` or `fallback`. */
  | { kind: 'open'; means: string; issuedAt: number; endsAt: number; renewal: RenewalView }
  /** Over: the cap of a session without the card was reached, the token's life ended, or a person ended it. */
  | { kind: 'ended'; at: number; because: 'cap' | 'life' | 'person' };
