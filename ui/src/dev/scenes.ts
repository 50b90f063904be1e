import type { Snapshot } from '$lib/api/types';

import { HOURS } from './hours';
import { KEPT, type KeptScene } from './keeping';

const at = (text: string): number => Date.parse(`2026-11-12T${text}:00+01:00`);

const OPEN = KEPT.midday.kept;
const GOOD: Snapshot = {
  revision: 0,
  environment: { name: 'production', class: 'production', sandboxNote: null, hand: false },
  opening: false,
  session: OPEN,
  lookout: 'off',
  signIn: { kind: 'idle' },
  card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 3 },
  warnings: [],
  settings: {
    language: 'fr',
    reader: null,
    readers: ['ACS ACR38U 00 00', 'VASCO DIGIPASS 870 [CCID] 01 00'],
    appearance: 'light',
    keyStore: 'os',
    typedReaders: [],
    hours: HOURS,
    autostart: false,
    notifications: 'all',
    notifies: true,
    closing: 'hides',
    nearClock: true,
    organisation: false,
    flemish: null,
    tariffModule: null,
  },
  now: at('10:24'),
};
const NONE: Snapshot = { ...GOOD, session: { kind: 'none' } };
const ORGANISATION: Snapshot = {
  ...NONE,
  settings: { ...GOOD.settings, organisation: true },
  card: { kind: 'noReader' },
};
const PRACTICE: typeof OPEN = { ...OPEN, person: 'CABINET DU TILLEUL', means: 'certificate' };
const TOMORROW: typeof OPEN.renewal = {
  kind: 'resting',
  asksAt: null,
  triesAt: at('18:10') + 6 * 3_600_000,
  attempts: [at('18:10') + 6 * 3_600_000],
  failed: [],
  probing: false,
};
const ENDED = { kind: 'ended', person: 'Claire Lambert', at: at('09:45'), because: 'life' } as const;
const problem = (code: string, values: Record<string, string> = {}) => ({ code, with: values });

const kept = ({ kept: session, card, hours, now }: KeptScene): Snapshot => ({
  ...GOOD,
  session,
  card,
  settings: { ...GOOD.settings, hours },
  now,
});

/** Every state of the main window, with invented people. */
export const SCENES: Record<string, Snapshot> = {
  ...Object.fromEntries(Object.entries(KEPT).map(([name, scene]) => [name, kept(scene)])),
  good: GOOD,
  restored: { ...GOOD, session: { ...OPEN, restored: true } },
  memory: { ...GOOD, session: { ...OPEN, stored: 'memory' }, warnings: [problem('RLS-2202')] },
  memoryChosen: { ...GOOD, session: { ...OPEN, stored: 'memory' } },
  locked: { ...GOOD, session: { ...OPEN, key: 'locked', restored: true } },
  keyOnCard: { ...GOOD, session: { ...OPEN, means: 'eid-only', key: 'card' } },
  keyOnCardGone: {
    ...GOOD,
    session: { ...OPEN, means: 'eid-only', key: 'card' },
    card: { kind: 'noCard', readers: ['ACS ACR38U 00 00'] },
  },
  overnight: {
    ...GOOD,
    session: { ...OPEN, issuedAt: at('18:10'), endsAt: at('18:10') + 12 * 3_600_000, renewal: TOMORROW },
    now: at('21:30'),
  },
  ready: NONE,
  triesUnknown: { ...NONE, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: null } },
  lastTry: { ...NONE, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 1 } },
  blocked: { ...NONE, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 0 } },
  looking: { ...NONE, card: { kind: 'unknown' } },
  noCard: { ...NONE, card: { kind: 'noCard', readers: ['ACS ACR38U 00 00'] } },
  noReader: { ...NONE, card: { kind: 'noReader' } },
  unreachable: { ...NONE, card: { kind: 'down', problem: problem('RLS-1001') } },
  unusable: { ...NONE, card: { kind: 'unusable', problem: problem('RLS-1005') } },
  several: { ...NONE, card: { kind: 'several', readers: ['ACS ACR38U 00 00', 'VASCO DIGIPASS 870 [CCID] 01 00'] } },
  probing: { ...NONE, signIn: { kind: 'probing' } },
  reading: { ...NONE, signIn: { kind: 'reading' } },
  asking: { ...NONE, signIn: { kind: 'asking' } },
  working: { ...NONE, signIn: { kind: 'working' } },
  failed: { ...NONE, signIn: { kind: 'failed', problem: problem('RLS-1010') } },
  failedLastTry: {
    ...NONE,
    card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 1 },
    signIn: { kind: 'failed', problem: problem('RLS-1010') },
  },
  failedBlocked: {
    ...NONE,
    card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 0 },
    signIn: { kind: 'failed', problem: problem('RLS-1203') },
  },
  failedOpen: { ...GOOD, signIn: { kind: 'failed', problem: problem('RLS-1010') } },
  failedOpenWarned: {
    ...GOOD,
    signIn: { kind: 'failed', problem: problem('RLS-6001') },
    warnings: [problem('RLS-6035')],
  },
  ended: { ...NONE, session: ENDED },
  endedBlocked: { ...NONE, session: ENDED, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 0 } },
  capped: { ...NONE, session: { ...ENDED, because: 'cap' } },
  serviceMissed: { ...NONE, session: ENDED, lookout: 'missed' },
  serviceBack: { ...NONE, session: ENDED, lookout: 'back' },
  cappedNoReader: { ...NONE, session: { ...ENDED, because: 'cap' }, card: { kind: 'noReader' } },
  failedNoReader: {
    ...NONE,
    card: { kind: 'noReader' },
    signIn: { kind: 'failed', problem: problem('RLS-2001') },
  },
  question: { ...NONE, card: { kind: 'noReader' }, signIn: { kind: 'withoutCard', question: 1, problem: null } },
  certificate: { ...GOOD, session: { ...OPEN, means: 'certificate' } },
  organisation: ORGANISATION,
  organisationAsked: {
    ...ORGANISATION,
    signIn: { kind: 'organisation', question: 1, name: 'CABINET DU TILLEUL', problem: null, canRemember: true },
  },
  organisationFailed: { ...ORGANISATION, signIn: { kind: 'failed', problem: problem('RLS-4013') } },
  organisationLocked: { ...GOOD, session: { ...PRACTICE, key: 'locked' } },
  organisationDue: {
    ...GOOD,
    session: {
      ...PRACTICE,
      key: 'locked',
      renewal: { kind: 'wanted', snoozedUntil: null, attempts: [], failed: [] },
    },
  },
  certificateFailed: {
    ...GOOD,
    session: { ...OPEN, means: 'certificate', renewal: KEPT.refused.kept.renewal },
    now: KEPT.refused.now,
  },
  certificateEnding: { ...GOOD, session: { ...OPEN, means: 'certificate' }, now: at('19:20') },
  sandbox: {
    ...GOOD,
    environment: { name: 'sandbox', class: 'sandbox', sandboxNote: { pin: '1234', password: 'zandbak' }, hand: true },
  },
  acceptance: { ...NONE, environment: { name: 'acceptance', class: 'acceptance', sandboxNote: null, hand: false } },
  integration: { ...NONE, environment: { name: 'integration', class: 'integration', sandboxNote: null, hand: false } },
  settings: {
    ...GOOD,
    settings: { ...GOOD.settings, reader: 'Cherry ST-2000 00 00', typedReaders: ['VASCO DIGIPASS 870 [CCID] 01 00'] },
  },
  journal: GOOD,
  opening: { ...NONE, environment: null, opening: true, card: { kind: 'unknown' } },
  fresh: { ...NONE, environment: null, card: { kind: 'unknown' } },
};
