import { clockOf, joined, type Join } from '$lib/format/hours';
import type { DayView, HoursView, StretchView } from '$lib/api/types';

/** Working hours of a day that had none, until the person says otherwise. Source: docs/architecture.md, "Quiet prompts". */
const USUAL: StretchView = { from: '07:00', to: '20:00' };

/** A day while it is edited: times as typed, and the hours of a day off kept for when it is switched on. */
export interface DayDraft {
  works: boolean;
  open: StretchView;
  consultations: StretchView[];
}

/** What is wrong with a stretch: a key of hours.ftl. */
export type Wrong = 'hours-wrong-time' | 'hours-wrong-order' | 'hours-wrong-outside';

/** A day as it would be kept. */
export interface Checked {
  /** Wrong working hours. */
  open: Wrong | null;
  /** One for each consultation. */
  consultations: (Wrong | null)[];
  /** Consultations that overlap and become one. */
  joins: Join[];
}

export function draftOf(hours: HoursView): DayDraft[] {
  return hours.week.map(({ open, consultations }) => ({
    works: open !== null,
    open: { ...(open ?? USUAL) },
    consultations: consultations.map((block) => ({ ...block })),
  }));
}

function wrong({ from, to }: StretchView): Wrong | null {
  const [start, end] = [clockOf(from), clockOf(to)];
  if (start === null || end === null) {
    return 'hours-wrong-time';
  }
  return start < end ? null : 'hours-wrong-order';
}

function clean({ from, to }: StretchView): StretchView {
  return { from: clockOf(from) ?? from, to: clockOf(to) ?? to };
}

/** What is wrong with a day, and which of its consultations become one. A day off has nothing that could be wrong. */
export function checked({ works, open, consultations }: DayDraft): Checked {
  if (!works) {
    return { open: null, consultations: consultations.map(() => null), joins: [] };
  }
  const outer = wrong(open) === null ? clean(open) : null;
  const within = (block: StretchView): Wrong | null => {
    const { from, to } = clean(block);
    return outer !== null && (from < outer.from || to > outer.to) ? 'hours-wrong-outside' : null;
  };
  const faults = consultations.map((block) => wrong(block) ?? within(block));
  const sound = consultations.filter((_, place) => faults[place] === null).map(clean);
  return { open: wrong(open), consultations: faults, joins: joined(sound).joins };
}

/** Times that have to be corrected before the hours can be kept. */
export function faults(days: DayDraft[]): number {
  return days
    .map(checked)
    .flatMap((day) => [day.open, ...day.consultations])
    .filter((fault) => fault !== null).length;
}

/** The hours to keep; consultations that overlap are one. */
export function hoursOf(days: DayDraft[]): HoursView {
  const kept = ({ works, open, consultations }: DayDraft): DayView =>
    works
      ? { open: clean(open), consultations: joined(consultations.map(clean)).stretches }
      : { open: null, consultations: [] };
  return { week: days.map(kept) };
}

/** Every day like Monday. */
export function likeMonday(days: DayDraft[]): DayDraft[] {
  const [monday] = days;
  return monday ? days.map(() => structuredClone(monday)) : days;
}

/** A consultation to begin with: from the end of the last one to the end of the day. */
export function anotherOf({ open, consultations }: DayDraft): StretchView {
  const [start, end] = [clockOf(open.from) ?? USUAL.from, clockOf(open.to) ?? USUAL.to];
  const last = consultations.map(({ to }) => clockOf(to) ?? start).reduce((a, b) => (a > b ? a : b), start);
  return last < end ? { from: last, to: end } : { from: start, to: end };
}
