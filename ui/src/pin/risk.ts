import type { PinView } from '$lib/api/types';

/**
 * The next try may block the card, and the window says so. Before the person said that they are certain this is the step
 * `consent`, afterwards it is `pin` with the same numbers.
 */
export function risky(view: PinView): boolean {
  return view.risky && (view.step === 'consent' || view.step === 'pin');
}
