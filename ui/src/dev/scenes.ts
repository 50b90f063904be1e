import type { Snapshot } from '$lib/api/types';

const at = (text: string): number => Date.parse(`2026-11-12T${text}:00+01:00`);

const GOOD: Snapshot = {
  revision: 0,
  environment: { name: 'production', class: 'production', sandboxNote: null },
  opening: false,
  session: {
    kind: 'open',
    person: 'Claire Lambert',
    means: 'eid',
    issuedAt: at('07:45'),
    endsAt: at('19:45'),
    stored: 'os',
    key: 'unlocked',
    restored: false,
  },
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
    autostart: false,
  },
  now: at('10:24'),
};
const OPEN = GOOD.session as Extract<Snapshot['session'], { kind: 'open' }>;
const NONE: Snapshot = { ...GOOD, session: { kind: 'none' } };
const problem = (code: string, values: Record<string, string> = {}) => ({ code, with: values });

/** Every state of the main window, with invented people. */
export const SCENES: Record<string, Snapshot> = {
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
    session: { ...OPEN, issuedAt: at('18:10'), endsAt: at('18:10') + 12 * 3_600_000 },
    now: at('21:30'),
  },
  ending: { ...GOOD, now: at('19:20') },
  endingSoon: { ...GOOD, now: at('19:37') },
  withoutCard: { ...GOOD, session: { ...OPEN, means: 'fallback', issuedAt: at('10:04'), endsAt: at('22:04') } },
  ready: NONE,
  triesUnknown: { ...NONE, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: null } },
  lastTry: { ...NONE, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 1 } },
  blocked: { ...NONE, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 0 } },
  looking: { ...NONE, card: { kind: 'unknown' } },
  noCard: { ...NONE, card: { kind: 'noCard', readers: ['ACS ACR38U 00 00'] } },
  noReader: { ...NONE, card: { kind: 'noReader' } },
  down: { ...NONE, card: { kind: 'down', problem: problem('RLS-1001') } },
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
  ended: { ...NONE, session: { kind: 'ended', person: 'Claire Lambert', at: at('09:45') } },
  sandbox: {
    ...GOOD,
    environment: { name: 'sandbox', class: 'sandbox', sandboxNote: { pin: '1234', password: 'zandbak' } },
  },
  acceptance: { ...NONE, environment: { name: 'acceptance', class: 'acceptance', sandboxNote: null } },
  integration: { ...NONE, environment: { name: 'integration', class: 'integration', sandboxNote: null } },
  settings: {
    ...GOOD,
    settings: { ...GOOD.settings, reader: 'Cherry ST-2000 00 00', typedReaders: ['VASCO DIGIPASS 870 [CCID] 01 00'] },
  },
  opening: { ...NONE, environment: null, opening: true, card: { kind: 'unknown' } },
  fresh: { ...NONE, environment: null, card: { kind: 'unknown' } },
};
