import type { MainApi, Outcome, SignInView, Why } from '$lib/api/types';

import type { Intent } from './types';

type Calls = Pick<MainApi, 'openWithoutCard' | 'password' | 'signInCancel'>;

function same(one: Why, other: Why | null): boolean {
  return one.reason === other?.reason && one.note === other.note;
}

/**
 * The tries of one sheet. A try begins with its reason; the password stays in its field until the question for it is
 * there, and goes from the field to Rust without a stop.
 */
export class Attempt {
  /** Something was handed over in this sheet, so that what comes back is about it. */
  begun: boolean = $state(false);
  /** A call is on its way. */
  sending: boolean = $state(false);
  /** What Rust refused. */
  refused: Outcome = $state.raw(null);
  #api: Calls;
  #why: Why | null = null;
  #take: Intent['take'] | null = null;
  /** A question of before: it belongs to another reason. */
  #past: number | null = null;
  #asked = false;

  constructor(api: Calls) {
    this.#api = api;
  }

  /** The person handed over a reason and a password. */
  async begin({ why, take }: Intent, signIn: SignInView): Promise<void> {
    const question = signIn.kind === 'withoutCard' ? signIn.question : null;
    this.begun = true;
    if (question !== null && same(why, this.#why)) {
      await this.#sent(() => this.#api.password(take()));
      return;
    }
    [this.#why, this.#take, this.#past, this.#asked] = [why, take, question, false];
    await this.#sent(() => this.#opened(why, question !== null));
    if (this.refused) {
      this.#take = null;
    }
  }

  /** What goes on now: the question that a try waits for is answered, and a try that came to nothing is over. */
  heard(signIn: SignInView): void {
    const take = this.#take;
    if (signIn.kind === 'withoutCard' && signIn.question !== this.#past && take) {
      this.#take = null;
      void this.#sent(() => this.#api.password(take()));
    } else if (signIn.kind === 'probing') {
      this.#asked = true;
    } else if (this.#asked && (signIn.kind === 'failed' || signIn.kind === 'idle')) {
      this.#take = null;
    }
  }

  /** The sheet closed: no question finds a password any more. */
  over(): void {
    this.#take = null;
  }

  async #opened(why: Why, anew: boolean): Promise<Outcome> {
    const refused = anew ? await this.#api.signInCancel() : null;
    return refused ?? (await this.#api.openWithoutCard(why));
  }

  async #sent(call: () => Promise<Outcome>): Promise<void> {
    this.sending = true;
    this.refused = null;
    this.refused = await call();
    this.sending = false;
  }
}
