import type { EntryView } from '$lib/api/types';
import type { Mark } from '$lib/components/shared/StateMark.svelte';
import { dayOf } from '$lib/format/time';

/** What is shown: everything, or one kind. */
export type Filter = 'all' | 'signIns' | 'withoutCard' | 'services' | 'certificates';

/** A day of the journal, its entries newest first. */
export interface Day {
  at: number;
  entries: EntryView[];
}

/** What is known of an event: its words and its mark. An event that is not here is told by its name. */
const EVENTS: Record<string, { key: string; mark: Mark }> = {
  'signed-in': { key: 'journal-signed-in', mark: 'good' },
  'signed-out': { key: 'journal-signed-out', mark: 'off' },
  replaced: { key: 'journal-replaced', mark: 'off' },
  renewed: { key: 'journal-renewed', mark: 'good' },
  'renewal-failed': { key: 'journal-renewal-failed', mark: 'waiting' },
  'service-back': { key: 'journal-service-back', mark: 'good' },
  restored: { key: 'journal-restored', mark: 'good' },
  ended: { key: 'journal-ended', mark: 'off' },
  'sign-in-failed': { key: 'journal-failed', mark: 'trouble' },
  'extension-failed': { key: 'journal-extension-failed', mark: 'trouble' },
  'pin-refused': { key: 'journal-pin-refused', mark: 'attention' },
  'pin-outcome-unknown': { key: 'journal-pin-unknown', mark: 'unknown' },
  'typed-secrets-wiped': { key: 'journal-wiped', mark: 'off' },
  'password-remembered': { key: 'journal-remembered', mark: 'good' },
  'password-forgotten': { key: 'journal-forgotten', mark: 'off' },
  'person-forgotten': { key: 'journal-person-forgotten', mark: 'off' },
  'clock-came-back': { key: 'journal-clock', mark: 'attention' },
  'noted-time-put-back': { key: 'journal-time-back', mark: 'attention' },
  'list-refused': { key: 'journal-list-refused', mark: 'trouble' },
  'route-moved-away': { key: 'journal-route-away', mark: 'attention' },
  'route-moved-back': { key: 'journal-route-back', mark: 'good' },
  'route-chosen': { key: 'journal-route-chosen', mark: 'attention' },
  'route-left': { key: 'journal-route-left', mark: 'off' },
  'paper-printed': { key: 'journal-paper-printed', mark: 'off' },
  'certificate-folder-agreed': { key: 'journal-folder-agreed', mark: 'off' },
  'certificate-folder-withdrawn': { key: 'journal-folder-withdrawn', mark: 'off' },
  'certificates-told': { key: 'journal-certificates-told', mark: 'off' },
  'database-set-aside': { key: 'journal-aside', mark: 'trouble' },
  'journal-gap': { key: 'journal-gap', mark: 'trouble' },
  'journal-waited': { key: 'journal-waited', mark: 'waiting' },
  'journal-cut': { key: 'journal-cut', mark: 'off' },
};
/** Words of their own for what was done without the card. */
const WITHOUT_CARD: Record<string, string> = {
  'signed-in certificate': 'journal-signed-in-certificate',
  'signed-in fallback': 'journal-signed-in-nocard',
  'renewed certificate': 'journal-renewed-certificate',
};
const SUBJECTS: Record<string, string> = {
  session: 'journal-subject-session',
  fallback: 'journal-subject-fallback',
  card: 'journal-subject-card',
  service: 'journal-subject-service',
  certificate: 'journal-subject-certificate',
  system: 'journal-subject-system',
  security: 'journal-subject-security',
};

/** The name of what an entry is about, where it has one here. */
export function subjectKey(subject: string): string | null {
  return SUBJECTS[subject] ?? null;
}

/** The words for an entry, when its event is known. */
export function entryKey({ event, means }: EntryView): string | null {
  return WITHOUT_CARD[`${event} ${means ?? ''}`] ?? EVENTS[event]?.key ?? null;
}

/** The mark of an entry; without one of its own a failure is trouble and the rest is plain. */
export function entryMark({ event, code, readable }: EntryView): Mark {
  if (!readable) {
    return 'trouble';
  }
  return EVENTS[event]?.mark ?? (code === null ? 'next' : 'trouble');
}

const withoutCard = ({ subject, means }: EntryView): boolean => subject === 'fallback' || means === 'fallback';

const KEEPS: Record<Filter, (entry: EntryView) => boolean> = {
  all: () => true,
  signIns: ({ subject }) => subject === 'session' || subject === 'card' || subject === 'fallback',
  withoutCard,
  services: ({ subject }) => subject === 'service',
  certificates: ({ subject }) => subject === 'certificate',
};

/** Entries of one kind, in the order in which they came. */
export function filtered(entries: EntryView[], filter: Filter): EntryView[] {
  return entries.filter(KEEPS[filter]);
}

/** Entries by day of Belgium, the newest day and entry first; of two at one instant, the later written one. */
export function byDay(entries: EntryView[]): Day[] {
  const days: Day[] = [];
  for (const entry of [...entries].sort((a, b) => b.at - a.at || b.seq - a.seq)) {
    const last = days.at(-1);
    if (last && dayOf(last.at) === dayOf(entry.at)) {
      last.entries.push(entry);
    } else {
      days.push({ at: entry.at, entries: [entry] });
    }
  }
  return days;
}
