import type { DepartureView, HealthView, PastView, Stretch } from '$lib/api/continuity';
import { dayOf, ZONE } from '$lib/format/time';

export const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days of the long view. */
export const DAYS = 30;

/** From the worst to the best: the worst of a day is what its box shows. */
const WORST: HealthView[] = ['down', 'degraded', 'unstable', 'planned', 'onBackup', 'unknown', 'operational'];

/** Known to be off the normal road; what nobody knows is no departure. */
export const departed = ({ state }: DepartureView): boolean => state !== 'unknown';

/** What lies in a stretch of time, in the order in which it began. */
export function within(past: PastView, from: number): DepartureView[] {
  return past.departures
    .filter(({ until }) => (until ?? past.now) > from)
    .sort((a, b) => a.from - b.from || a.id.localeCompare(b.id));
}

/** Where an instant lies between 0 and `width`; never off it. */
export function place(at: number, from: number, until: number, width: number): number {
  return Math.max(0, Math.min(1, (at - from) / (until - from))) * width;
}

/** The stretches between `from` and `until` that are left when others are taken out. */
export function without(from: number, until: number, taken: Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let at = from;
  for (const one of [...taken].sort((a, b) => a.from - b.from)) {
    if (one.from > at) {
      left.push({ from: at, until: Math.min(one.from, until) });
    }
    at = Math.max(at, one.until);
  }
  if (at < until) {
    left.push({ from: at, until });
  }
  return left.filter((one) => one.until > one.from);
}

/** A shorter time between two looks is no gap: Relais was only started anew. */
const LEAST_GAP = 2 * 60_000;

/** The times since `from` in which nobody looked. */
export function gaps(past: PastView, from: number): Stretch[] {
  return past.off
    .filter((off) => off.until > from && off.until - off.from > LEAST_GAP)
    .map((off) => ({ from: Math.max(from, off.from), until: off.until }));
}

/** A day of one function. */
export interface Box {
  /** Number of the day in the calendar of Belgium. */
  day: number;
  /** The worst of that day; none while this PC was off the whole day. */
  state: HealthView | null;
  /** What made it so. */
  because: DepartureView | null;
}

/** Noon of a day of Belgium, close enough to ask which day it is. */
const noon = (day: number): number => day * DAY + 11 * HOUR;

/** The boxes of one function, oldest first; the last one is today. */
export function boxes(of: string, past: PastView): Box[] {
  const today = dayOf(past.now);
  const own = past.departures.filter((one) => one.function === of);
  return Array.from({ length: DAYS }, (_, place) => {
    const day = today - DAYS + 1 + place;
    const touching = own
      .filter(({ from, until }) => dayOf(from) <= day && dayOf((until ?? past.now) - 1) >= day)
      .sort((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state));
    const because = touching[0] ?? null;
    const begun = Math.max(past.from, noon(day) - 11 * HOUR - HOUR);
    const asleep = without(begun, Math.min(past.now, noon(day) + 12 * HOUR), past.off).length === 0;
    return { day, state: because?.state ?? (asleep ? null : 'operational'), because };
  });
}

const SHORT = { timeZone: ZONE, day: 'numeric', month: 'short' } as const;

/** `14 oct.` of a day's number. */
export function dayWord(day: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, SHORT).format(noon(day));
}

/** How long something lasted, in whole minutes, hours or days. */
export function lasted(from: number, until: number): { days: number } | { hours: number; minutes: number } {
  const minutes = Math.max(1, Math.round((until - from) / 60_000));
  return minutes >= 48 * 60
    ? { days: Math.round(minutes / 1440) }
    : { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
