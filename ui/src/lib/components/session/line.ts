import { hourOf } from '../../format/time';

const HOUR = 3_600_000;
/** Hours written below the line keep this far from the ends and from the pill of now, in pixels. */
const CLEAR = 34;

export interface Tick {
  x: number;
  hour: number;
}

/** Where an instant lies on a line of `width` pixels; never off it. */
export function position(at: number, start: number, end: number, width: number): number {
  const share = end > start ? (at - start) / (end - start) : 1;
  return Math.max(0, Math.min(1, share)) * width;
}

/** Hours below the line: every two of them, four when the line is longer than half a day. */
export function ticks(start: number, end: number, now: number, width: number): Tick[] {
  const every = end - start > 13 * HOUR ? 4 : end - start > 5 * HOUR ? 2 : 1;
  const at = (instant: number): number => position(instant, start, end, width);
  const found: Tick[] = [];
  for (let hour = Math.ceil((start + 1) / HOUR) * HOUR; hour < end; hour += HOUR) {
    const x = at(hour);
    const free = Math.abs(x - at(now)) > CLEAR && x > CLEAR / 2 && width - x > CLEAR / 2;
    if (hourOf(hour) % every === 0 && free) {
      found.push({ x, hour: hourOf(hour) });
    }
  }
  return found;
}
