import { LOCALES, type Language } from '../i18n/languages';

/** Times are those of Belgium, whatever the PC thinks. */
export const ZONE = 'Europe/Brussels';

const DAY = 86_400_000;

// The clock is written 19:45 in all four languages; the Belgian French of the system would say "19 h 45".
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const CALENDAR = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

const YEAR = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, year: 'numeric' });

/** `19:45`. */
export function clockTime(at: number): string {
  return CLOCK.format(at);
}

/** Whole hour of the day in Belgium, 0 to 23. */
export function hourOf(at: number): number {
  return Number(clockTime(at).slice(0, 2));
}

/** Number of a calendar day in Belgium. Read part by part: how engines write a whole date differs. */
export function dayOf(at: number): number {
  const part = (wanted: string): number =>
    Number(CALENDAR.formatToParts(at).find(({ type }) => type === wanted)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day')) / DAY;
}

/** Calendar days from `now` to `at`, in Belgium: 0 today, 1 tomorrow. */
export function daysBetween(now: number, at: number): number {
  return dayOf(at) - dayOf(now);
}

/**
 * `19:45` today, `demain, 01:45` on the next day, `sam. 14 nov., 01:45` later. It stands by itself or after a word that
 * bears a day too, as "until"; where "at" is meant, see `whenAt`.
 */
export function timeOf(at: number, now: number, language: Language): string {
  const day = dayFrom(at, now, language);
  return day.kind === 'today' ? clockTime(at) : `${day.name}, ${clockTime(at)}`;
}

/** A day as it is told from another: the next ones have names of their own. */
export interface Day {
  kind: 'today' | 'near' | 'date';
  /** `demain`, `sam. 14 nov.`; empty today. */
  name: string;
}

/** Further away than this, a date without its year could be meant of another. */
const OTHER_YEAR = 300;

/** The day of `at`, told on that of `now`. */
export function dayFrom(at: number, now: number, language: Language): Day {
  const days = daysBetween(now, at);
  if (days === 0) {
    return { kind: 'today', name: '' };
  }
  if (Math.abs(days) === 1) {
    const near = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
    return { kind: 'near', name: near.format(days, 'day') };
  }
  const year = Math.abs(days) > OTHER_YEAR ? ('numeric' as const) : undefined;
  const format = { timeZone: ZONE, weekday: 'short', day: 'numeric', month: 'short', year } as const;
  return { kind: 'date', name: new Intl.DateTimeFormat(LOCALES[language], format).format(at) };
}

/** `Jeudi 12 novembre 2026, 10:24`. */
export function fullDate(at: number, language: Language): string {
  const format = { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const date = new Intl.DateTimeFormat(LOCALES[language], format).format(at);
  return `${date.charAt(0).toLocaleUpperCase(LOCALES[language])}${date.slice(1)}, ${clockTime(at)}`;
}

/** `3 mars 2027`; the first of a month is an ordinal in French. */
export function dateOf(at: number, language: Language): string {
  const format = { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' } as const;
  const date = new Intl.DateTimeFormat(LOCALES[language], format).format(at);
  return language === 'fr' ? date.replace(/^1 /, '1er ') : date;
}

/** Day of the week in Belgium, Monday is 0. */
export function weekdayOf(at: number): number {
  // Day 0 of the calendar was a Thursday.
  return (dayOf(at) + 3) % 7;
}

const FIVE_MINUTES = 300_000;

/** The nearest five minutes, for what happens "about" then. */
export function about(at: number): number {
  return Math.round(at / FIVE_MINUTES) * FIVE_MINUTES;
}

/** A Monday, at noon UTC. */
const MONDAY = Date.parse('2026-01-05T12:00:00Z');

/** Names of the days, Monday first. */
export function weekdays(language: Language, weekday: 'long' | 'short'): string[] {
  const name = new Intl.DateTimeFormat(LOCALES[language], { timeZone: ZONE, weekday });
  return Array.from({ length: 7 }, (_, day) => name.format(MONDAY + day * DAY));
}

/** `Aujourd'hui, jeudi 12 novembre`, `Mercredi 11 novembre`; a day of another year says which. */
export function dayTitle(at: number, now: number, language: Language): string {
  const year = YEAR.format(at) === YEAR.format(now) ? undefined : ('numeric' as const);
  const format = { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long', year } as const;
  const date = new Intl.DateTimeFormat(LOCALES[language], format).format(at);
  const today = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' }).format(0, 'day');
  const title = daysBetween(now, at) === 0 ? `${today}, ${date}` : date;
  // The texts of Relais have the straight apostrophe; so does this one.
  return title.charAt(0).toLocaleUpperCase(LOCALES[language]) + title.slice(1).replaceAll('’', "'");
}
