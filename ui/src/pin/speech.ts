import type { PinStep, PinView, ProblemView } from '$lib/api/types';
import { t, told } from '$lib/i18n/index.svelte';

/** What a screen reader says besides what has the focus. */
export interface Spoken {
  polite?: string;
  assertive?: string;
}

const ASKING: readonly PinStep[] = ['pin', 'consent', 'keypad', 'keypadChoice', 'password'];
const ELSEWHERE: readonly PinStep[] = ['working', 'waitingForCard'];

/** How many digits there are, never which; a refusal or the last try at once and only once. */
export function spoken(before: PinView | null, after: PinView): Spoken {
  const notice = fresh(before, after) && after.notice ? told(after.notice).sentence : '';
  if (after.step === 'consent' && before?.step !== 'consent') {
    return { polite: '', assertive: [notice || `${lastTitle(after)}.`, lastWhy(after), t('pin-doubt')].join(' ') };
  }
  if (notice) {
    return ASKING.includes(after.step) ? { polite: '', assertive: notice } : { polite: notice, assertive: '' };
  }
  if (before?.step === 'pin' && after.step === 'pin' && before.digits !== after.digits) {
    return { polite: t('pin-count', { n: after.digits }) };
  }
  return before?.step === after.step ? {} : { polite: '', assertive: '' };
}

function fresh(before: PinView | null, after: PinView): boolean {
  const same = JSON.stringify(before?.notice ?? null) === JSON.stringify(after.notice);
  const back = before !== null && ELSEWHERE.includes(before.step) && !ELSEWHERE.includes(after.step);
  return after.step !== 'working' && (!same || back);
}

/** A notice as it is read beside the tries that are left: how many there are stands there already. */
export function beside(notice: ProblemView): string {
  const others = Object.entries(notice.with).filter(([name]) => name !== 'tries_left');
  return told({ ...notice, with: Object.fromEntries(others) }).sentence;
}

/** Title of the last try; where nobody knows how many are left, it is only perhaps the last. */
export function lastTitle(view: PinView): string {
  return t(view.tries === null ? 'pin-maybe-last' : 'pin-last');
}

export function lastWhy(view: PinView): string {
  return t(view.tries === null ? 'pin-maybe-why' : 'pin-last-why');
}
