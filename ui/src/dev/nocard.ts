import type { SheetView } from '../main/nocard/types';

const at = (text: string): number => Date.parse(text);

const FIRST: SheetView = {
  person: 'Claire Lambert',
  hint: 'enveloppe bleue, coffre du secrétariat',
  card: { kind: 'noReader' },
  service: 'answers',
  since: null,
  capHours: 12,
  uses: 1,
  days: 30,
  inARow: 1,
  restraint: 'none',
  working: false,
  problem: null,
};

/** The sheet of signing in without the card, in each of its states. */
export const WITHOUT_CARD: Record<string, SheetView> & { first: SheetView } = {
  first: FIRST,
  forgotten: { ...FIRST, card: { kind: 'noCard', readers: ['ACS ACR38U 00 00'] } },
  blocked: { ...FIRST, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 0 } },
  ready: { ...FIRST, card: { kind: 'ready', reader: 'ACS ACR38U 00 00', tries: 3 } },
  looking: { ...FIRST, card: { kind: 'unknown' }, service: 'unknown' },
  silent: { ...FIRST, service: 'silent' },
  again: { ...FIRST, since: at('2026-11-12T09:02:00+01:00') },
  inARow: { ...FIRST, uses: 2, inARow: 2, restraint: 'notice' },
  often: { ...FIRST, uses: 3, restraint: 'notice' },
  justify: { ...FIRST, uses: 5, inARow: 2, restraint: 'justify' },
  wrong: { ...FIRST, problem: { code: 'RLS-4002', with: {} } },
  working: { ...FIRST, working: true },
  nobody: { ...FIRST, person: null },
};
