import type { EntryView, UseView } from '$lib/api/types';

import type { JournalView } from '../main/journal/types';

const at = (text: string): number => Date.parse(`2026-11-${text}:00+01:00`);

let seq = 40;
function entry(when: string, subject: EntryView['subject'], event: string, more: Partial<EntryView> = {}): EntryView {
  seq -= 1;
  return {
    seq,
    readable: true,
    at: at(when),
    subject,
    event,
    person: null,
    code: null,
    means: null,
    until: null,
    ...more,
  };
}
const person = 'Claire Lambert';

const ENTRIES: EntryView[] = [
  entry('12T13:45', 'session', 'renewal-failed', { code: 'RLS-2001', person }),
  entry('12T10:24', 'session', 'signed-in', { person, means: 'fallback', until: at('12T22:24') }),
  entry('12T10:22', 'session', 'sign-in-failed', { code: 'RLS-1010' }),
  entry('12T10:20', 'card', 'pin-refused', { code: 'RLS-1202' }),
  entry('12T07:45', 'session', 'restored', { person, until: at('12T19:45') }),
  entry('12T07:41', 'system', 'clock-came-back'),
  entry('11T19:45', 'session', 'ended', { person }),
  entry('11T12:10', 'service', 'route-changed'),
  entry('11T09:02', 'certificate', 'password-remembered', { person }),
  entry('11T07:45', 'session', 'signed-in', { person, means: 'eid', until: at('11T19:45') }),
];
const USES: UseView[] = [
  {
    since: at('12T10:24'),
    until: null,
    reason: 'technical-problem',
    note: null,
    how: 'open',
  },
  {
    since: at('04T08:10'),
    until: at('04T20:10'),
    reason: 'technical-problem',
    note: 'lecteur prêté au cabinet voisin',
    how: 'cap',
  },
  { since: at('02T08:00'), until: at('02T09:30'), reason: 'eid-not-at-hand', note: null, how: 'card' },
];
const WHOLE: JournalView = {
  entries: ENTRIES,
  older: true,
  chain: { kind: 'whole', after: 0 },
  uses: USES,
  recent: 3,
  days: 30,
};

/** The journal in each of its states, with invented people. */
export const JOURNAL: Record<string, JournalView> = {
  whole: WHOLE,
  begun: { ...WHOLE, chain: { kind: 'whole', after: 29 } },
  checking: { ...WHOLE, chain: { kind: 'checking' } },
  broken: { ...WHOLE, chain: { kind: 'broken', seq: 35 } },
  unchecked: { ...WHOLE, chain: null },
  unread: { ...WHOLE, entries: null, older: false, chain: { kind: 'checking' }, uses: [], recent: 0 },
  unused: { ...WHOLE, entries: ENTRIES.filter(({ means }) => means !== 'fallback'), uses: [], recent: 0, older: false },
  empty: { ...WHOLE, entries: [], older: false, uses: [], recent: 0 },
};
