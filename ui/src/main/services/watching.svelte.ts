import type { Continuity } from '$lib/api/continuity';
import type { MainApi } from '$lib/api/types';

/** How the services are, asked for again whenever something changed. Call it while a component is being made. */
export class Watching {
  view: Continuity | null = $state.raw(null);
  readonly #api: Pick<MainApi, 'continuity' | 'onContinuity'>;
  #asking = false;
  #again = false;

  constructor(api: Pick<MainApi, 'continuity' | 'onContinuity'>, wanted: () => unknown) {
    this.#api = api;
    $effect(() => {
      const listening = api.onContinuity(() => void this.#ask());
      return () => void listening.then((end) => end());
    });
    $effect(() => {
      // Another environment or language is another view.
      wanted();
      void this.#ask();
    });
  }

  /** Asks once at a time; what changes meanwhile is asked for afterwards. */
  async #ask(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    do {
      this.#again = false;
      const answer = await this.#api.continuity();
      if ('data' in answer && answer.data.revision >= (this.view?.revision ?? 0)) {
        this.view = answer.data;
      }
    } while (this.#again);
    this.#asking = false;
  }
}
