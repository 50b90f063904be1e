import { describe, expect, test } from 'vitest';

import type { HoursView } from '$lib/api/types';
import { labelWidth, placed, type Post } from '$lib/components/session/line';
import { keeping, snoozeUntil, type Keeping } from '$lib/state/keeping';

import { HOURS } from '../src/dev/hours';
import { KEPT, type KeptScene } from '../src/dev/keeping';
import { renewalPosts } from '../src/main/today/posts';

const at = (text: string): number => Date.parse(`2026-11-12T${text}:00+01:00`);
const MINUTE = 60_000;

/** Nobody is seen in a consultation. */
const FREE: HoursView = { ...HOURS, week: HOURS.week.map((day) => ({ ...day, consultations: [] })) };

const scene = (name: keyof typeof KEPT): KeptScene => KEPT[name];

function said({ kept, card, hours, now }: KeptScene): Keeping {
  const says = keeping(kept, card, hours, now);
  if (!says) throw new Error('nothing is said');
  return says;
}

/** Scene, sentence, the filled button, the quiet ones, whether the PIN is wanted, whether it is marked. */
const TABLE: [keyof typeof KEPT, string, string | null, string, boolean, boolean][] = [
  ['midday', 'plan-next-midday', null, 'renewNow', false, false],
  ['before', 'plan-next-before', null, 'renewNow', false, false],
  ['after', 'plan-next-after', null, 'renewNow', false, false],
  ['never', 'plan-next-never', null, 'renewNow', false, false],
  ['due', 'plan-due', 'givePin', 'later', true, true],
  ['snoozed', 'plan-due-snoozed', 'givePin', '', true, false],
  ['due30', 'plan-due-30', 'givePin', '', true, true],
  ['due10', 'plan-due-10', 'givePin', '', true, true],
  ['dueLastTry', 'plan-due', null, 'givePin later', true, true],
  ['dueBlocked', 'today-none-blocked', null, '', false, true],
  ['resting30', 'today-ending-30', null, 'renewNow', false, true],
  ['down', 'plan-down', null, 'renewNow', false, false],
  ['downQuiet', 'plan-down-quiet', null, 'renewNow', false, false],
  ['downMark', 'plan-down-mark', null, 'renewNow', false, false],
  ['refused', 'plan-again', null, 'renewNow', false, false],
  ['refusedQuiet', 'plan-again-quiet', null, 'renewNow', false, false],
  ['refusedMark', 'plan-again-mark', null, 'renewNow', false, false],
  ['refused30', 'plan-again-30', null, 'renewNow', false, true],
  ['refused10', 'plan-again-10', null, 'renewNow', false, true],
  ['refusedLast', 'plan-again-last-10', null, 'renewNow', false, true],
  ['downNoCard', 'plan-down', null, '', false, false],
  ['down30', 'plan-down-30', null, 'renewNow', false, true],
  ['down10', 'plan-down-10', null, 'renewNow', false, true],
  ['downLast30', 'plan-down-last-30', null, 'renewNow', false, true],
  ['downLast', 'plan-down-last-10', null, 'renewNow', false, true],
  ['withoutCard', 'plan-nocard', null, '', false, false],
  ['withoutCard60', 'plan-nocard-60', null, '', false, false],
  ['withoutCard15', 'plan-nocard-15', null, '', false, true],
  ['withoutCard5', 'plan-nocard-5', null, '', false, true],
  ['cardBack', 'plan-back', 'backToCard', '', false, false],
  ['cardBackBlocked', 'plan-nocard', null, '', false, false],
  ['cardBackLastTry', 'plan-back', null, 'backToCard', false, false],
];

test.each(TABLE)('%s: %s, then %s, beside it %s', (name, key, primary, quiet, due, attention) => {
  const says = said(scene(name));
  expect([says.key, says.primary, says.quiet.join(' ')]).toEqual([key, primary, quiet]);
  expect([says.due, says.attention]).toEqual([due, attention]);
});

test('what repairs itself invites nobody, and a session without the card is never renewed', () => {
  for (const name of ['down', 'downOften', 'down30', 'down10', 'downLast'] as const) {
    expect(said(scene(name)).primary).toBeNull();
  }
  for (const { kept, card, hours, now } of Object.values<KeptScene>(KEPT)) {
    if (kept.means === 'fallback') {
      const says = keeping(kept, card, hours, now);
      expect([says?.primary, ...(says?.quiet ?? [])]).not.toContain('renewNow');
      expect([says?.primary, ...(says?.quiet ?? [])]).not.toContain('givePin');
    }
  }
});

test('a failure is told with its code, and with the moment of the next try', () => {
  expect(said(scene('refused'))).toMatchObject({ code: 'RLS-2005', at: { t: at('16:45'), end: at('19:45') } });
  expect(said(scene('down'))).toMatchObject({ code: 'RLS-2001', at: { t: at('16:45') } });
  expect(said(scene('midday')).code).toBeNull();
  // The try comes at a quiet moment before the planned one: that moment is said.
  const { kept, card, hours, now } = scene('refused');
  const early = { ...kept, renewal: { ...kept.renewal, asksAt: at('16:40'), triesAt: at('16:40') } };
  expect(keeping(early, card, hours, now)).toMatchObject({ key: 'plan-again', at: { t: at('16:40') } });
  // The quiet moment before it is over: the person is asked at the next one.
  const over = { ...kept, renewal: { ...kept.renewal, asksAt: at('13:11'), triesAt: at('16:45') } };
  expect(keeping(over, card, hours, now)?.key).toBe('plan-again-quiet');
});

test('an organisation hears of a renewal that came to nothing, and is asked nothing', () => {
  const { kept, card, hours, now } = scene('refused');
  const organisation = { ...kept, means: 'certificate' } as const;
  expect(keeping(organisation, card, hours, now)).toMatchObject({
    key: 'plan-again-alone',
    code: 'RLS-2005',
    due: false,
  });
});

test('where nothing is renewed, or without a PIN, the word is left to others', () => {
  const { kept, card, hours, now } = scene('midday');
  expect(keeping({ ...kept, renewal: { kind: 'off' } }, card, hours, now)).toBeNull();
  expect(keeping({ ...kept, means: 'certificate' }, card, hours, now)).toBeNull();
});

describe('a warning comes once its time has come, and the latest one counts', () => {
  test.each([
    [61, 'plan-nocard'],
    [60, 'plan-nocard-60'],
    [16, 'plan-nocard-60'],
    [15, 'plan-nocard-15'],
    [6, 'plan-nocard-15'],
    [5, 'plan-nocard-5'],
    [0, 'plan-nocard-5'],
  ])('%s minutes before the end: %s', (left, key) => {
    expect(said({ ...scene('withoutCard'), now: at('22:24') - left * MINUTE }).key).toBe(key);
  });
});

describe('an outage is told louder as the end comes nearer, whether or not a try is left', () => {
  test.each([
    [31, 'plan-down', 'plan-down-last'],
    [30, 'plan-down-30', 'plan-down-last-30'],
    [11, 'plan-down-30', 'plan-down-last-30'],
    [10, 'plan-down-10', 'plan-down-last-10'],
    [1, 'plan-down-10', 'plan-down-last-10'],
  ])('%s minutes before the end: %s, or %s', (left, trying, last) => {
    const now = at('19:45') - left * MINUTE;
    const [tried, spent] = [said({ ...scene('down10'), now }), said({ ...scene('downLast'), now })];
    expect([tried.key, spent.key]).toEqual([trying, last]);
    expect([tried.attention, spent.attention]).toEqual([left <= 30, left <= 30]);
    expect(tried.at).toEqual({ t: at('19:43'), end: at('19:45') });
  });
});

describe('a reminder never comes in the last half hour, in which it is asked anyway', () => {
  test.each([
    ['13:11', '13:41'],
    ['18:45', '19:15'],
    ['18:46', '19:15'],
    ['19:10', '19:15'],
    ['19:11', null],
    ['19:15', null],
    ['19:44', null],
  ])('put off at %s it comes back at %s', (now, until) => {
    expect(snoozeUntil(at(now), at('19:45'), FREE)).toBe(until === null ? null : at(until));
  });
});

describe('a reminder does not come in the middle of a consultation', () => {
  test.each([
    ['07:20', '07:50'],
    ['07:30', '13:00'],
    ['12:29', '13:00'],
    ['12:30', '13:00'],
    ['12:31', '13:01'],
    ['13:30', '18:30'],
    ['14:38', '18:30'],
    ['18:00', '18:30'],
    ['18:25', '18:55'],
    ['19:00', '19:15'],
  ])('put off at %s it comes back at %s', (now, until) => {
    expect(snoozeUntil(at(now), at('19:45'), HOURS)).toBe(at(until));
  });

  test('one that outlasts the session holds nothing back', () => {
    expect(snoozeUntil(at('14:38'), at('18:15'), HOURS)).toBe(at('17:45'));
    expect(snoozeUntil(at('17:42'), at('18:15'), HOURS)).toBeNull();
  });

  test('what is begun of a minute is not told', () => {
    expect(snoozeUntil(at('14:38') + 20_000, at('19:45'), HOURS)).toBe(at('18:30'));
  });

  test('two that touch are one, and a day off has none', () => {
    const week = (open: boolean): HoursView => ({
      ...HOURS,
      week: HOURS.week.map((day) => ({
        ...day,
        open: open ? { from: '07:00', to: '20:00' } : null,
        consultations: [
          { from: '14:00', to: '15:00' },
          { from: '15:00', to: '16:00' },
        ],
      })),
    });
    expect(snoozeUntil(at('14:00'), at('19:45'), week(true))).toBe(at('16:00'));
    expect(snoozeUntil(at('14:00'), at('19:45'), week(false))).toBe(at('14:30'));
  });
});

describe('the posts of the line', () => {
  const NAMES = { next: 'renouvellement', again: 'prochain essai', silent: 'pas de réponse', refused: 'sans succès' };
  const posts = (name: keyof typeof KEPT): string[] => {
    const { kept, now } = scene(name);
    return renewalPosts(kept.renewal, now, NAMES).map(({ kind, label }) => `${kind}:${label ?? ''}`);
  };

  test('one post as long as all is well, and all that is left once an attempt failed', () => {
    expect(posts('midday')).toEqual(['next:renouvellement']);
    expect(posts('never')).toEqual([]);
    expect(posts('withoutCard')).toEqual([]);
    expect(posts('down')).toEqual([
      'failed:pas de réponse',
      'next:prochain essai',
      ...Array<string>(4).fill('further:'),
    ]);
    expect(posts('downLast')).toHaveLength(6);
    expect(posts('refused')[0]).toBe('failed:sans succès');
  });

  const line = { start: 0, end: 1000, width: 1000 };
  const ends = { start: 'début', end: 'fin' };

  test('labels never touch: what is to come wins, then the latest', () => {
    const crowd: Post[] = [
      { at: 500, kind: 'failed', label: 'pas de réponse' },
      { at: 540, kind: 'failed', label: 'pas de réponse' },
      { at: 600, kind: 'next', label: 'prochain essai' },
      { at: 995, kind: 'failed', label: 'pas de réponse' },
      { at: 5, kind: 'failed', label: 'pas de réponse' },
    ];
    const labelled = placed(crowd, line, ends).filter(({ label }) => label !== undefined);
    expect(labelled.map(({ at: x }) => x)).toEqual([600]);
    expect(placed(crowd, line, ends)).toHaveLength(5);
  });

  test('any two labels that are shown keep their distance', () => {
    for (let step = 7; step < 200; step += 13) {
      const row: Post[] = Array.from({ length: 12 }, (_, n) => ({ at: n * step, kind: 'failed', label: `essai ${n}` }));
      const shown = placed(row, line, ends).filter(({ label }) => label !== undefined);
      shown.slice(1).forEach((post, place) => {
        const before = shown[place];
        expect(post.x - (before?.x ?? 0)).toBeGreaterThan(labelWidth(post.label ?? ''));
      });
    }
  });
});
