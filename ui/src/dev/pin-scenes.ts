import type { PinStep, PinView, ProblemView } from '$lib/api/types';

/** 12 November 2026, 19:45 in Belgium. The card, its holder and the session are invented. */
export const EVENING = Date.parse('2026-11-12T19:45:00+01:00');

/** 08:10 on the same day: nothing here depends on the clock of who looks. */
export const MORNING = Date.parse('2026-11-12T08:10:00+01:00');

const ASKING: PinView = {
  revision: 0,
  step: 'pin',
  question: 7,
  until: EVENING,
  holder: 'Claire Lambert',
  cardEnd: '4127',
  tries: 3,
  digits: 0,
  notice: null,
  sessionUntil: null,
  risky: false,
  again: false,
  renewing: false,
  now: MORNING,
  keypad: false,
  canRemember: true,
  language: 'fr',
  appearance: 'light',
};

function problem(code: string, values: Record<string, string> = {}): ProblemView {
  return { code, with: values };
}

function at(step: PinStep, more: Partial<PinView> = {}): PinView {
  return { ...ASKING, step, ...more };
}

const NOBODY = { question: null, holder: '', cardEnd: '', tries: null, until: null };

/** Every face of the PIN window. */
export const PIN_SCENES = {
  pin: at('pin', { digits: 2 }),
  renewing: at('pin', { digits: 2, renewing: true }),
  twelve: at('pin', { digits: 12, tries: 3 }),
  unknown: at('pin', { tries: null }),
  nameless: at('pin', { until: null, cardEnd: '' }),
  wrong: at('pin', { tries: 2, notice: problem('RLS-1202', { tries_left: '2' }) }),
  again: at('pin', { again: true }),
  consent: at('consent', {
    risky: true,
    tries: 1,
    notice: problem('RLS-1202', { tries_left: '1' }),
    sessionUntil: EVENING,
  }),
  certain: at('pin', {
    risky: true,
    tries: 1,
    digits: 4,
    notice: problem('RLS-1202', { tries_left: '1' }),
    sessionUntil: EVENING,
  }),
  maybe: at('consent', { risky: true, tries: null, notice: problem('RLS-1204'), sessionUntil: EVENING }),
  waiting: at('waitingForCard', { ...NOBODY, notice: problem('RLS-1010') }),
  keypad: at('keypad', { keypad: true }),
  keypadChoice: at('keypadChoice', { keypad: true, tries: 2, notice: problem('RLS-1202', { tries_left: '2' }) }),
  keypadTimedOut: at('keypadChoice', { keypad: true, notice: problem('RLS-1206') }),
  keypadAgain: at('keypad', { keypad: true, again: true }),
  keypadConsent: at('consent', { risky: true, keypad: true, tries: 1, sessionUntil: EVENING }),
  keypadMaybe: at('consent', {
    risky: true,
    keypad: true,
    tries: null,
    notice: problem('RLS-1209'),
    sessionUntil: EVENING,
  }),
  blocked: at('blocked', { ...NOBODY, notice: problem('RLS-1203'), sessionUntil: EVENING }),
  blockedAlone: at('blocked', { ...NOBODY, notice: problem('RLS-1203') }),
  password: at('password'),
  passwordWrong: at('password', { notice: problem('RLS-4002') }),
  working: at('working'),
  done: at('done', { ...NOBODY, until: EVENING }),
  failed: at('failed', { ...NOBODY, notice: problem('RLS-2006') }),
  closed: at('closed', NOBODY),
} satisfies Record<string, PinView>;

export type PinScene = keyof typeof PIN_SCENES;
