import type { Deed, SandboxApi, SandboxView } from '$lib/api/sandbox';
import type { Outcome } from '$lib/api/types';

/** Between two looks while the place is shown: what somebody does elsewhere is seen within seconds. */
export const PAUSE = 1_000;

/** The sandbox as it said last that it is; nothing is assumed of what was asked of it. */
export class Looking {
  #api: SandboxApi;
  #view = $state.raw<SandboxView | null>(null);
  /** Why what is shown may not be how it is, and why what was asked was not done. */
  #unseen: Outcome = $state.raw(null);
  #undone: Outcome = $state.raw(null);
  /** Counts what was asked: a look that began before it tells of another time. */
  #asked = 0;

  constructor(api: SandboxApi) {
    this.#api = api;
  }

  get view(): SandboxView | null {
    return this.#view;
  }

  get refused(): Outcome {
    return this.#undone ?? this.#unseen;
  }

  async look(): Promise<void> {
    const asked = this.#asked;
    const answer = await this.#api.look();
    if (asked !== this.#asked) {
      return;
    }
    this.#unseen = 'problem' in answer ? answer.problem : null;
    this.#view = 'data' in answer ? answer.data : this.#view;
  }

  async act(deed: Deed): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#undone = null;
    const answer = await this.#api.act(deed);
    if (asked !== this.#asked) {
      return;
    }
    this.#undone = 'problem' in answer ? answer.problem : null;
    this.#view = 'data' in answer ? answer.data : this.#view;
  }

  /** Looks again and again until the function it gives is called. */
  follow(hidden: () => boolean): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const again = async (): Promise<void> => {
      if (!hidden()) {
        await this.look();
      }
      if (!over) {
        timer = setTimeout(() => void again(), PAUSE);
      }
    };
    void again();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }
}
