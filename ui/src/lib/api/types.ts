/** The shapes that cross the border, for everybody who must not import the bindings. */
import type * as made from '../bindings';
import type { SandboxApi } from './sandbox';
import type { Continuity, PageView, PastView } from './continuity';

type PersonView = made.PersonView_Serialize;

export type {
  ChainView,
  FactView,
  HowView,
  PersonView_Serialize as PersonView,
  PinStep,
  ProblemView,
  RestraintView,
  ServiceView,
  StretchView,
  DayView_Serialize as DayView,
  HoursView_Serialize as HoursView,
  SignInView_Serialize as SignInView,
  WithoutCardView_Serialize as WithoutCardView,
} from '../bindings';

/**
 * Instants are always there. The generator writes `number | null` for each of them, because a number of Rust may be
 * "not a number", which JSON cannot say; an instant of ours never is.
 */
type Timed<T> = T extends unknown ? { [K in keyof T]: [T[K]] extends [number | null] ? number : T[K] } : never;
/** As {@link Timed}, for the instants in lists; what may be missing there is never a list. */
type Instants<T> = T extends unknown
  ? {
      [K in keyof T]: [T[K]] extends [(number | null)[]]
        ? number[]
        : [T[K]] extends [made.AttemptView[]]
          ? Timed<made.AttemptView>[]
          : T[K];
    }
  : never;
type Renewed<T> = T extends { renewal: unknown } ? Omit<T, 'renewal'> & { renewal: RenewalView } : T;

/** Where the renewal of an open session stands. */
export type RenewalView = Instants<made.RenewalView_Serialize>;
export type SessionView = Renewed<Timed<made.SessionView_Serialize>>;
export type CardView = made.CardView_Serialize;
export type EnvironmentView = made.EnvironmentView_Serialize;
export type SettingsView = made.SettingsView_Serialize;
export type Snapshot = Omit<made.Snapshot_Serialize, 'now' | 'session'> & { now: number; session: SessionView };
export type PinView = Omit<made.PinView_Serialize, 'now'> & { now: number };

/** An entry of the journal. */
export type EntryView = Omit<made.EntryView_Serialize, 'at'> & { at: number };
/** A page of the journal. */
export type JournalPage = Omit<made.JournalPage_Serialize, 'entries'> & { entries: EntryView[] };
/** A session without the card. */
export type UseView = Omit<made.UseView_Serialize, 'since'> & { since: number };
/** Sessions without the card. */
export type LedgerView = Omit<made.LedgerView_Serialize, 'uses'> & { uses: UseView[] };

/** What a person's intent came to: nothing to say, or why not. */
export type Outcome = made.ProblemView | null;

/** What a question came to: the answer, or why there is none. */
export type Answer<T> = { data: T } | { problem: made.ProblemView };

/** Why somebody works without the card. */
export interface Why {
  reason: 'eid-not-at-hand' | 'technical-problem';
  /** In words of the person. */
  note: string | null;
}

/** To which of its addresses a person sends the calls of a service, why, and for how many minutes. */
export interface Detour {
  key: string;
  url: string;
  reason: string;
  minutes: number;
}

/** Ends a subscription. */
export type Unlisten = () => void;

/** Everything the main window can ask for. */
export interface MainApi {
  snapshot(): Promise<Snapshot>;
  onSnapshot(changed: (snapshot: Snapshot) => void): Promise<Unlisten>;
  /** A notification was clicked: this place is wanted. */
  onPlaceAsked(asked: (place: 'today' | 'services') => void): Promise<Unlisten>;
  /** `person`: whose keystore, where several may be meant. */
  signIn(means: string, person?: string): Promise<Outcome>;
  signInCancel(): Promise<Outcome>;
  signOut(): Promise<Outcome>;
  /** The session in use gets a new life: the PIN is asked. */
  renew(): Promise<Outcome>;
  /** The PIN of a renewal is asked for later. */
  putTimeBack(): Promise<Outcome>;
  snooze(until: number): Promise<Outcome>;
  /** What is told before somebody works without the card. */
  withoutCard(person?: string | null): Promise<Answer<made.WithoutCardView_Serialize>>;
  /** Begins a sign-in without the card; the keystore's password is asked next. */
  openWithoutCard(why: Why, person?: string | null): Promise<Outcome>;
  /** The password of the keystore, for the question that is open. */
  password(text: string): Promise<Outcome>;
  /** The same of an organisation, which may be remembered on this PC. */
  organisationPassword(text: string, remember: boolean): Promise<Outcome>;
  /** The newest entries of the journal, or those before one. */
  journal(before: number | null): Promise<Answer<JournalPage>>;
  /** Whether the chain of the journal holds. */
  journalChain(): Promise<Answer<made.ChainView>>;
  ledger(): Promise<Answer<LedgerView>>;
  /** Everybody this PC knows; who is signed in comes first. */
  people(): Promise<Answer<PersonView[]>>;
  /** Erases everything of a person from this PC. */
  forgetPerson(slot: string): Promise<Outcome>;
  /** Keeps where a person keeps the password of their keystore, in their own words. */
  setHint(slot: string, hint: string): Promise<Outcome>;
  /** Everything that is said of the functions; in the words of a language, or of the person's. */
  continuity(language?: string): Promise<Answer<Continuity>>;
  onContinuity(changed: () => void): Promise<Unlisten>;
  chooseRoute(detour: Detour): Promise<Outcome>;
  /** The calls of a service go by the list again. */
  releaseRoute(key: string): Promise<Outcome>;
  setLanguage(language: string): Promise<Outcome>;
  setHours(hours: made.HoursView_Serialize): Promise<Outcome>;
  setReader(reader: string | null): Promise<Outcome>;
  useKeypad(reader: string): Promise<Outcome>;
  setAppearance(appearance: string): Promise<Outcome>;
  setKeyStore(keyStore: string): Promise<Outcome>;
  setAutostart(on: boolean): Promise<Outcome>;
  /** Which notifications are shown: `all`, `essential` or `none`. */
  setNotifications(popups: string): Promise<Outcome>;
  /** What closing the window does: `hides` or `stops`. */
  setClosing(closing: string): Promise<Outcome>;
  /** The numbers that are policy, each with its source. */
  policy(): Promise<Answer<made.FactView[]>>;
  /** This PC signs in for an organisation. */
  setOrganisation(on: boolean): Promise<Outcome>;
  /** Something that only the practice knows of itself: `flemish_region` or `module_available`; null is not said. */
  setPractice(fact: string, holds: boolean | null): Promise<Outcome>;
  /** Whether a consultation of that day, `YYYY-MM-DD`, may be relied on today; nothing of it is kept. */
  recent(day: string): Promise<Answer<made.RecentView>>;
  /** Which software supports the emergency procedure, by two pages that disagree. */
  software(): Promise<Answer<made.SoftwareView>>;
  chooseEnvironment(name: string): Promise<Outcome>;
  /** Whether the environment was chosen in this window, so that it can be chosen anew. */
  environmentChosen(): Promise<Answer<boolean>>;
  /** Forgets the choice; Relais starts anew. */
  forgetEnvironment(): Promise<Outcome>;
  /** The hand in the sandbox. */
  sandbox: SandboxApi;

  /** The last 30 days of all functions. */
  past(): Promise<Answer<PastView>>;
  /** The page of the record of the outage that a departure belongs to, in a language. */
  outagePage(departure: string, language: string): Promise<Answer<PageView>>;
  /** Saves the signed record of that outage; says where. */
  outageSave(departure: string): Promise<Answer<string>>;
  /** Opens the print dialogue; `id`: whose paper is shown. */
  printPage(id: string | null): Promise<Outcome>;
}

/** Everything the PIN window can ask for. */
export interface PinApi {
  view(): Promise<PinView>;
  onView(changed: (view: PinView) => void): Promise<Unlisten>;
  /** One digit, 0 to 9; the answer says how many dots to draw. */
  digit(digit: number): Promise<PinView | null>;
  erase(): Promise<PinView | null>;
  confirm(): Promise<Outcome>;
  cancel(): Promise<Outcome>;
  /** An answer names the question it was given to: the next one may be about another card. */
  consent(question: number): Promise<Outcome>;
  useKeypad(question: number, use: boolean): Promise<Outcome>;
  password(text: string, remember: boolean): Promise<Outcome>;
}
