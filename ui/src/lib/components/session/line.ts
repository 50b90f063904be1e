import { hourOf } from '../../format/time';

const HOUR = 3_600_000;
/** Hours written below the line keep this far from the pill of now, in pixels... */
const CLEAR = 50;
/** ... and this far from the ends. */
const EDGE = 22;

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
    const free = Math.abs(x - at(now)) > CLEAR && x > EDGE && width - x > EDGE;
    if (hourOf(hour) % every === 0 && free) {
      found.push({ x, hour: hourOf(hour) });
    }
  }
  return found;
}

/** An attempt on the line: one that did not work, the next one, or one that comes only if the next one fails. */
export interface Post {
  at: number;
  kind: 'failed' | 'next' | 'further';
  /** What stands above it, where there is room. */
  label?: string;
}

/** A post in its place. */
export interface Placed extends Post {
  x: number;
}

/** A character of a label is about this wide, and a time is never narrower, in pixels. */
const CHARACTER = 7.2;
const NARROWEST = 44;
/** Labels stay this far apart. */
const APART = 12;

/** Room a label takes. */
export function labelWidth(label: string): number {
  return Math.max(NARROWEST, label.length * CHARACTER);
}

/** Posts in order; a label goes where it would touch the one at an end or one that matters more. */
export function placed(
  posts: Post[],
  line: { start: number; end: number; width: number },
  ends: { start: string; end: string },
): Placed[] {
  const taken: [number, number][] = [
    [0, labelWidth(ends.start)],
    [line.width - labelWidth(ends.end), line.width],
  ];
  const clear = (x: number, label: string): boolean => {
    const [from, to] = [x - labelWidth(label) / 2, x + labelWidth(label) / 2];
    const free = taken.every(([first, last]) => to + APART < first || from - APART > last);
    if (free) {
      taken.push([from, to]);
    }
    return free;
  };
  // What is to come matters more than what was, and the latest failure more than those before it.
  const weight = (post: Post): number => (post.kind === 'next' ? Infinity : post.at);
  return posts
    .map((post) => ({ ...post, x: position(post.at, line.start, line.end, line.width) }))
    .sort((a, b) => weight(b) - weight(a))
    .map((post) => (post.label !== undefined && clear(post.x, post.label) ? post : { ...post, label: undefined }))
    .sort((a, b) => a.at - b.at);
}
