import type { PinView } from '$lib/api/types';

/**
 * The next try may block the card: one is left, or nobody knows how many after a failure. Before the person said that
 * they are certain this is the step `consent`, afterwards it is `pin` with the same numbers.
 */
export function risky(view: PinView): boolean {
  const last = view.tries === null ? view.notice !== null : view.tries <= 1;
  return view.step === 'consent' || (view.step === 'pin' && last);
}
