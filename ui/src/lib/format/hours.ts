import type { DayView, HoursView, StretchView } from '../api/types';
import { clockTime, weekdayOf } from './time';

/** A clock time as people type it: `8`, `8h`, `8h30`, `0830`, `8.30`, `08:30`. */
const TYPED = /^(\d{1,2})(?:\s*[:.hu]\s*(\d{2})?)?$/i;
const RUN = /^(\d{1,2})(\d{2})$/;

/** A clock time in the one way it is kept, `08:30`; nothing when it is none. */
export function clockOf(typed: string): string | null {
  const text = typed.trim();
  const [, hour = '', minute = '00'] = RUN.exec(text) ?? TYPED.exec(text) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) {
    return null;
  }
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** Two stretches that became one. */
export interface Join {
  one: StretchView;
  other: StretchView;
  both: StretchView;
}

/** Stretches in order, those that overlap or touch joined; `joins` says which overlapped. */
export function joined(stretches: StretchView[]): { stretches: StretchView[]; joins: Join[] } {
  const rows: StretchView[] = [];
  const joins: Join[] = [];
  for (const next of [...stretches].sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to))) {
    const last = rows.at(-1);
    if (!last || next.from > last.to) {
      rows.push(next);
      continue;
    }
    const both = { from: last.from, to: next.to > last.to ? next.to : last.to };
    if (next.from < last.to) {
      joins.push({ one: last, other: next, both });
    }
    rows[rows.length - 1] = both;
  }
  return { stretches: rows, joins };
}

/** Where a moment lies among the consultations of its day; nothing on a day without any. */
export type PartOfDay = 'before' | 'midday' | 'between' | 'after';

export function partOfDay(at: number, hours: HoursView): PartOfDay | null {
  const day = hours.week[weekdayOf(at)];
  const blocks = day?.open ? joined(day.consultations).stretches : [];
  const clock = clockTime(at);
  const next = blocks.findIndex((block) => clock < block.to);
  const [before, after] = next < 0 ? [blocks.at(-1), undefined] : [blocks[next - 1], blocks[next]];
  if (!before) {
    return after ? 'before' : null;
  }
  if (!after) {
    return 'after';
  }
  // A break at noon is one that lies at least partly between noon and two.
  return before.to < '14:00' && after.from > '12:00' ? 'midday' : 'between';
}

const MINUTE = 60_000;

/** Minutes since midnight. */
function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** `at`, or the end of the consultation that it falls in. */
export function outsideConsultations(at: number, hours: HoursView): number {
  const day = hours.week[weekdayOf(at)];
  const clock = clockTime(at);
  const blocks = day?.open ? joined(day.consultations).stretches : [];
  const block = blocks.find(({ from, to }) => from <= clock && clock < to);
  const begun = at - (at % MINUTE);
  return block ? begun + (minutesOf(block.to) - minutesOf(clock)) * MINUTE : at;
}

/** Days with the same consultations, together: the first and its fellows, Monday is 0. */
export function alike(hours: HoursView): { days: number[]; day: DayView }[] {
  const groups = new Map<string, { days: number[]; day: DayView }>();
  hours.week.forEach((day, place) => {
    const tidy = { ...day, consultations: day.open ? joined(day.consultations).stretches : [] };
    const key = JSON.stringify([tidy.open, tidy.consultations]);
    const group = groups.get(key) ?? { days: [], day: tidy };
    group.days.push(place);
    groups.set(key, group);
  });
  return [...groups.values()];
}
