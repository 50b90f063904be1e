import type { Outcome, PinApi, PinView, ProblemView } from '$lib/api/types';

import { risky } from './risk';

/** A PIN has at least this many digits. Source: docs/reference/eid-card.md. */
export const SHORTEST = 4;

/** Told when Rust did not answer at all. */
const NO_ANSWER: ProblemView = { code: 'RLS-9003', with: {} };

/** What Rust asks of the person, and the way back. Calls leave one after another, in the order of the keys. */
export class Asked {
  view: PinView | null = $state.raw(null);
  /** Why the last call came to nothing. */
  problem: ProblemView | null = $state.raw(null);
  #api: PinApi;
  #before: Promise<void> = Promise.resolve();

  constructor(api: PinApi) {
    this.#api = api;
  }

  /** What happened, to show: the last try, or else the last call. */
  get notice(): ProblemView | null {
    return this.problem ?? this.view?.notice ?? null;
  }

  /** Answers and events take different ways to this page: one that was overtaken is old. */
  show(changed: PinView): void {
    if (this.view && changed.revision < this.view.revision) {
      return;
    }
    if (this.view?.step !== changed.step) {
      this.problem = null;
    }
    this.view = changed;
  }

  /** Rust did not say what it asks. */
  unanswered(): void {
    this.problem = NO_ANSWER;
  }

  digit(digit: number): void {
    this.#next(async () => this.#count(await this.#api.digit(digit)));
  }

  erase(): void {
    this.#next(async () => this.#count(await this.#api.erase()));
  }

  /** Enter: never the last try. */
  enter(): void {
    this.#next(async () => {
      if (this.view && !risky(this.view)) {
        await this.#confirm();
      }
    });
  }

  confirm(): void {
    this.#next(() => this.#confirm());
  }

  cancel(): void {
    this.#say(() => this.#api.cancel());
  }

  consent(): void {
    this.#answer((question) => this.#api.consent(question));
  }

  useKeypad(use: boolean): void {
    this.#answer((question) => this.#api.useKeypad(question, use));
  }

  password(text: string, remember: boolean): void {
    this.#say(() => this.#api.password(text, remember));
  }

  async #confirm(): Promise<void> {
    if (this.view?.step !== 'pin' || this.view.digits < SHORTEST) {
      return;
    }
    this.problem = await this.#api.confirm();
    // The digits are taken: a second Enter finds none.
    this.show(await this.#api.view());
  }

  #count(answer: PinView | null): void {
    if (answer) {
      this.problem = null;
      this.show(answer);
    }
  }

  /** To the question that is shown now, whatever is shown when its turn comes. */
  #answer(call: (question: number) => Promise<Outcome>): void {
    const question = this.view?.question ?? null;
    if (question !== null) {
      this.#say(() => call(question));
    }
  }

  #say(call: () => Promise<Outcome>): void {
    this.#next(async () => {
      this.problem = await call();
    });
  }

  #next(call: () => Promise<void>): void {
    this.#before = this.#before.then(call).catch(() => {
      this.unanswered();
    });
  }
}
