import type { DepartureView, SeenView } from '$lib/api/continuity';
import { timeOf } from '$lib/format/time';
import { whenAt } from '$lib/format/when';
import { t, texts } from '$lib/i18n/index.svelte';

import { nameOf, stateWord } from '../words';
import { lasted } from './timeline';

const WHO: Record<SeenView['by'], string> = {
  authority: 'svc-evidence-list',
  real: 'svc-evidence-calls',
  probe: 'svc-evidence-check',
};

const time = (at: number, now: number): string => timeOf(at, now, texts.language);

/** A length of time in words. */
export function lengthOf(from: number, until: number): string {
  const long = lasted(from, until);
  if ('days' in long) {
    return t('svc-past-days', { n: long.days });
  }
  return long.hours === 0
    ? t('svc-past-minutes', { n: long.minutes })
    : t('svc-past-hours', { h: long.hours, m: String(long.minutes).padStart(2, '0') });
}

/** From when to when, and for how long. */
export function whenOf({ from, until }: DepartureView, now: number): string {
  return until === null
    ? t('svc-past-open', { t: time(from, now) })
    : t('svc-past-closed', { from: time(from, now), until: time(until, now), length: lengthOf(from, until) });
}

/** A departure in one line: which service, what, and when. */
export function barWords(of: DepartureView, now: number): string {
  return t('svc-past-bar', { name: nameOf(of.function), state: stateWord(of.state), when: whenOf(of, now) });
}

/** What it rests on, a sentence for each witness in their fixed order. */
export function seenWords({ seen }: DepartureView, now: number): string[] {
  return (Object.keys(WHO) as SeenView['by'][]).flatMap((by) =>
    seen
      .filter((one) => one.by === by)
      .map(({ at, health }) => t('svc-past-seen', { who: t(WHO[by]), at: whenAt(at, now), state: stateWord(health) })),
  );
}
