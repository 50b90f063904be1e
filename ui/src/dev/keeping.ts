import type { CardView, HoursView, RenewalView, SessionView } from '$lib/api/types';

import { HOURS } from './hours';

const at = (text: string): number => Date.parse(`2026-11-12T${text}:00+01:00`);
const MINUTE = 60_000;

type Open = Extract<SessionView, { kind: 'open' }>;

/** An open session, what is around it, and the time. */
export interface KeptScene {
  kept: Open;
  card: CardView;
  hours: HoursView;
  now: number;
}

const READY: CardView = { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 3 };
const PLAN = ['13:45', '16:45', '18:15', '19:00', '19:22', '19:43'].map(at);
const RESTING: Extract<RenewalView, { kind: 'resting' }> = {
  kind: 'resting',
  asksAt: at('13:11'),
  triesAt: at('13:11'),
  attempts: PLAN,
  failed: [],
  probing: false,
};
const OPEN: Open = {
  kind: 'open',
  person: 'Claire Lambert',
  means: 'eid',
  issuedAt: at('07:45'),
  endsAt: at('19:45'),
  stored: 'os',
  key: 'unlocked',
  restored: false,
  renewal: RESTING,
};
const GOOD: KeptScene = { kept: OPEN, card: READY, hours: HOURS, now: at('10:24') };
const WITHOUT: Open = {
  ...OPEN,
  means: 'fallback',
  issuedAt: at('10:24'),
  endsAt: at('22:24'),
  renewal: { kind: 'off' },
};
const GONE: CardView = { kind: 'noReader' };

const renewal = (part: RenewalView): Open => ({ ...OPEN, renewal: part });
const first = (attempts: string[]): number | null => attempts.map(at)[0] ?? null;
const down = (failed: string[], attempts: string[], asksAt = first(attempts), code = 'RLS-2001'): Open =>
  renewal({
    ...RESTING,
    asksAt,
    triesAt: first(attempts),
    attempts: attempts.map(at),
    failed: failed.map((time) => ({ at: at(time), code })),
  });
const wanted = (snoozedUntil: number | null): Open =>
  renewal({ kind: 'wanted', snoozedUntil, attempts: PLAN.slice(1), failed: [] });

/** Every state of keeping a session, with invented people. */
export const KEPT = {
  midday: GOOD,
  before: { ...GOOD, kept: renewal({ ...RESTING, asksAt: at('07:50') }), now: at('07:46') },
  after: { ...GOOD, kept: renewal({ ...RESTING, asksAt: at('19:00') }) },
  never: { ...GOOD, kept: renewal({ ...RESTING, asksAt: null }) },
  renewProbing: { ...GOOD, kept: renewal({ ...RESTING, probing: true }), now: at('13:11') },
  due: { ...GOOD, kept: wanted(null), now: at('13:11') },
  snoozed: { ...GOOD, kept: wanted(at('13:41')), now: at('13:15') },
  due30: { ...GOOD, kept: wanted(null), now: at('19:20') },
  due10: { ...GOOD, kept: wanted(null), now: at('19:37') },
  dueLastTry: { ...GOOD, kept: wanted(null), card: { ...READY, tries: 1 }, now: at('13:11') },
  dueBlocked: { ...GOOD, kept: wanted(null), card: { ...READY, tries: 0 }, now: at('13:11') },
  down: { ...GOOD, kept: down(['13:45'], ['16:45', '18:15', '19:00', '19:22', '19:43']), now: at('16:32') },
  downOften: { ...GOOD, kept: down(['13:45', '16:45', '18:15'], ['19:00', '19:22', '19:43']), now: at('18:32') },
  downNoCard: {
    ...GOOD,
    kept: down(['13:45'], ['16:45', '18:15', '19:00', '19:22', '19:43']),
    card: GONE,
    now: at('16:32'),
  },
  down30: { ...GOOD, kept: down(['13:45', '16:45', '18:15', '19:00'], ['19:22', '19:43']), now: at('19:16') },
  down10: { ...GOOD, kept: down(['13:45', '16:45', '18:15', '19:00', '19:22'], ['19:43']), now: at('19:37') },
  downQuiet: { ...GOOD, kept: down(['13:45'], ['16:45', '18:15'], at('18:30')), now: at('16:32') },
  downMark: { ...GOOD, kept: down(['13:45'], ['16:45', '18:15'], null), now: at('16:32') },
  refused: { ...GOOD, kept: down(['13:45'], ['16:45', '18:15'], at('16:45'), 'RLS-2005'), now: at('16:32') },
  refusedQuiet: { ...GOOD, kept: down(['13:45'], ['16:45', '18:15'], at('18:30'), 'RLS-2005'), now: at('16:32') },
  refusedMark: { ...GOOD, kept: down(['13:45'], ['16:45', '18:15'], null, 'RLS-2005'), now: at('16:32') },
  refused30: { ...GOOD, kept: down(['13:45', '19:00'], ['19:22', '19:43'], null, 'RLS-2005'), now: at('19:16') },
  refused10: { ...GOOD, kept: down(['13:45', '19:22'], ['19:43'], null, 'RLS-2005'), now: at('19:37') },
  refusedLast: { ...GOOD, kept: down(['13:45', '19:43'], [], null, 'RLS-2005'), now: at('19:44') },
  downLast30: { ...GOOD, kept: down(['13:45', '16:45', '18:15', '19:00', '19:22'], []), now: at('19:30') },
  downLast: { ...GOOD, kept: down(['13:45', '16:45', '18:15', '19:00', '19:22', '19:43'], []), now: at('19:44') },
  withoutCard: { ...GOOD, kept: WITHOUT, card: GONE, now: at('10:32') },
  withoutCard60: { ...GOOD, kept: WITHOUT, card: GONE, now: at('21:24') },
  withoutCard15: { ...GOOD, kept: WITHOUT, card: GONE, now: at('22:10') },
  withoutCard5: { ...GOOD, kept: WITHOUT, card: GONE, now: at('22:24') - 5 * MINUTE },
  cardBack: { ...GOOD, kept: WITHOUT, now: at('10:32') },
  cardBackBlocked: { ...GOOD, kept: WITHOUT, card: { ...READY, tries: 0 }, now: at('10:32') },
  resting30: { ...GOOD, now: at('19:20') },
  cardBackLastTry: { ...GOOD, kept: WITHOUT, card: { ...READY, tries: 1 }, now: at('10:32') },
} satisfies Record<string, KeptScene>;
