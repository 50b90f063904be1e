/** The shapes that cross the border, for everybody who must not import the bindings. */
import type * as made from '../bindings';

export type { PinStep, ProblemView, SignInView } from '../bindings';

/**
 * Instants are always there. The generator writes `number | null` for each of them, because a number of Rust may be
 * "not a number", which JSON cannot say; an instant of ours never is.
 */
type Timed<T> = T extends unknown ? { [K in keyof T]: [T[K]] extends [number | null] ? number : T[K] } : never;

export type SessionView = Timed<made.SessionView>;
export type CardView = made.CardView_Serialize;
export type EnvironmentView = made.EnvironmentView_Serialize;
export type SettingsView = made.SettingsView_Serialize;
export type Snapshot = Omit<made.Snapshot_Serialize, 'now' | 'session'> & { now: number; session: SessionView };
export type PinView = Omit<made.PinView_Serialize, 'now'> & { now: number };

/** What a person's intent came to: nothing to say, or why not. */
export type Outcome = made.ProblemView | null;

/** Ends a subscription. */
export type Unlisten = () => void;

/** Everything the main window can ask for. */
export interface MainApi {
  snapshot(): Promise<Snapshot>;
  onSnapshot(changed: (snapshot: Snapshot) => void): Promise<Unlisten>;
  signIn(means: string): Promise<Outcome>;
  signInCancel(): Promise<Outcome>;
  signOut(): Promise<Outcome>;
  setLanguage(language: string): Promise<Outcome>;
  setReader(reader: string | null): Promise<Outcome>;
  useKeypad(reader: string): Promise<Outcome>;
  setAppearance(appearance: string): Promise<Outcome>;
  setKeyStore(keyStore: string): Promise<Outcome>;
  setAutostart(on: boolean): Promise<Outcome>;
  chooseEnvironment(name: string): Promise<Outcome>;
  /** Whether the environment was chosen in this window, so that it can be chosen anew. */
  environmentChosen(): Promise<boolean>;
  /** Forgets the choice; Relais starts anew. */
  forgetEnvironment(): Promise<Outcome>;
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
