import type { FunctionView, HealthView } from '$lib/api/continuity';
import { t } from '$lib/i18n/index.svelte';

import { nameOf, stateSince, whatToDo } from './words';

/** Changes are spoken this far apart at least, in milliseconds. */
export const APART = 60_000;

/** What is said of the functions that changed: one by its name, several by their number. */
export function spoken(changed: FunctionView[], now: number): string {
  const [only] = changed;
  if (!only) {
    return '';
  }
  return changed.length === 1
    ? t('svc-spoken-one', {
        name: nameOf(only.id, only.name),
        state: stateSince(only, now),
        do: whatToDo(only, now),
      }).trim()
    : t('svc-spoken-more', { n: changed.length });
}

/** Says what changed, at most once a minute; a change that was taken back by then is not said. */
export class Speech {
  #told = new Map<string, HealthView>();
  #spokenAt = -Infinity;
  #begun = false;

  /** What is to be said now of these functions; nothing while it is too early, or where nothing changed. */
  hear(functions: FunctionView[], now: number): FunctionView[] {
    if (!this.#begun) {
      // What stands on the screen when it opens is read there.
      this.#begun = true;
      this.#note(functions);
      return [];
    }
    const changed = functions.filter(({ id, state }) => this.#told.get(id) !== state);
    if (changed.length === 0 || now - this.#spokenAt < APART) {
      return [];
    }
    this.#spokenAt = now;
    this.#note(functions);
    return changed;
  }

  /** How long it is until something may be said again. */
  wait(now: number): number {
    return Math.max(0, this.#spokenAt + APART - now);
  }

  #note(functions: FunctionView[]): void {
    this.#told = new Map(functions.map(({ id, state }) => [id, state]));
  }
}
