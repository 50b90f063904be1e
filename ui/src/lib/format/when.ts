import { t, texts } from '../i18n/index.svelte';
import { clockTime, dayFrom } from './time';

function when(key: 'when-at' | 'when-about', at: number, now: number): string {
  const { kind, name } = dayFrom(at, now, texts.language);
  return t(key, { day: kind, on: name, t: clockTime(at) });
}

/** An instant in a sentence, with the words it needs before it: `à 19:45`, `demain à 07:00`, `le sam. 14 nov. à 07:00`. */
export function whenAt(at: number, now: number): string {
  return when('when-at', at, now);
}

/** As {@link whenAt}, for what happens more or less then: `demain vers 07:00`. */
export function whenAbout(at: number, now: number): string {
  return when('when-about', at, now);
}
