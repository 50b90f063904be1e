import type { Post } from '$lib/components/session/line';
import { about } from '$lib/format/time';
import type { RenewalView } from '$lib/api/types';
import { isAway } from '$lib/state/keeping';

/** What stands above a post. */
export interface PostWords {
  next: string;
  again: string;
  /** Nobody answered. */
  silent: string;
  /** It came to nothing for another reason. */
  refused: string;
}

/** Attempts of a renewal as posts of the session line: those that failed, the next one, and those after it. */
export function renewalPosts(renewal: RenewalView, now: number, words: PostWords): Post[] {
  if (renewal.kind === 'off') {
    return [];
  }
  const failed = renewal.failed.map(({ at, code }): Post => ({
    at,
    kind: 'failed',
    label: isAway(code) ? words.silent : words.refused,
  }));
  const to = nextPosts(renewal, now, words);
  const seen = new Set(failed.map(({ at }) => at));
  return [...failed, ...to.filter(({ at }) => !seen.has(at))];
}

function nextPosts(renewal: Exclude<RenewalView, { kind: 'off' }>, now: number, words: PostWords): Post[] {
  const tries = renewal.kind === 'resting' && renewal.triesAt !== null ? [renewal.triesAt] : [];
  const first = Math.max(now, ...tries);
  const coming = [...tries, ...renewal.attempts.filter((at) => at > first)].filter((at) => at > now);
  if (renewal.kind === 'wanted') {
    return coming.map((at): Post => ({ at, kind: 'further' }));
  }
  if (renewal.failed.length === 0) {
    // Attempts are what follows when nobody gives the PIN; the person sees one post, when it is asked for.
    return renewal.asksAt === null ? [] : [{ at: about(renewal.asksAt), kind: 'next', label: words.next }];
  }
  return coming.map((at, place): Post =>
    place === 0 ? { at, kind: 'next', label: words.again } : { at, kind: 'further' },
  );
}
