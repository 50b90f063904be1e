import { describe, expect, test } from 'vitest';

import { moment, wayIn } from '../src/main/today/moment';
import { SCENES } from '../src/dev/scenes';

/** Scene, headline, what it says (a key or a code), the filled button, the quiet ones. */
const TABLE: [string, string, string, string | null, string][] = [
  ['good', 'today-open', 'plan-next-midday', null, 'renewNow'],
  ['restored', 'today-open', 'plan-next-midday', null, 'renewNow'],
  ['memory', 'today-open', 'today-memory', null, 'renewNow'],
  ['memoryChosen', 'today-open', 'today-memory', null, 'renewNow'],
  ['locked', 'today-open', 'plan-next-midday', null, 'renewNow'],
  ['keyOnCard', 'today-open', 'today-key-card', null, 'renewNow'],
  ['keyOnCardGone', 'today-open', 'today-key-card-gone', null, ''],
  ['overnight', 'today-open', 'plan-next-never', null, 'renewNow'],
  ['due', 'today-open', 'plan-due', 'givePin', 'later'],
  ['dueBlocked', 'today-open', 'today-none-blocked', null, ''],
  ['down', 'today-open', 'plan-down', null, 'renewNow'],
  ['down10', 'today-open', 'plan-down-10', null, 'renewNow'],
  ['withoutCard', 'nocard-open', 'plan-nocard', null, ''],
  ['cardBack', 'nocard-open', 'plan-back', 'backToCard', ''],
  ['certificate', 'today-open', 'today-open-good', null, ''],
  ['certificateFailed', 'today-open', 'plan-again-alone', null, ''],
  ['organisation', 'today-none', 'organisation-none', 'signInOrganisation', ''],
  ['organisationAsked', 'today-none', 'organisation-none', null, ''],
  ['organisationFailed', 'today-none', 'RLS-4013', 'retry', 'seen'],
  ['organisationLocked', 'today-open', 'organisation-locked', null, 'givePassword'],
  ['organisationDue', 'today-open', 'organisation-due', 'givePassword', 'later'],
  ['certificateEnding', 'today-open', 'today-ending-30', null, ''],
  ['ready', 'today-none', 'today-none-card', 'signIn', ''],
  ['triesUnknown', 'today-none', 'today-none-card', 'signIn', ''],
  ['lastTry', 'today-none', 'today-none-last', null, 'signIn'],
  ['blocked', 'today-none', 'today-none-blocked', null, 'withoutCard'],
  ['looking', 'today-none', 'today-looking', null, ''],
  ['noCard', 'today-none', 'today-none-nocard', null, 'withoutCard'],
  ['noReader', 'today-none', 'today-none-reader', null, 'withoutCard'],
  ['unreachable', 'today-none', 'RLS-1001', null, 'withoutCard'],
  ['unusable', 'today-none', 'RLS-1005', null, 'withoutCard'],
  ['several', 'today-none', 'today-none-several', 'chooseReader', ''],
  ['probing', 'today-none', 'today-none-card', null, 'cancel'],
  ['reading', 'today-none', 'today-none-card', null, 'cancel'],
  ['asking', 'today-none', 'today-none-card', null, 'cancel'],
  ['working', 'today-none', 'today-none-card', null, 'cancel'],
  ['failed', 'today-none', 'RLS-1010', 'retry', 'seen'],
  ['failedLastTry', 'today-none', 'RLS-1010', null, 'retry seen'],
  ['failedBlocked', 'today-none', 'RLS-1203', null, 'seen withoutCard'],
  ['failedNoReader', 'today-none', 'RLS-2001', 'retry', 'seen withoutCard'],
  ['question', 'today-none', 'today-none-reader', null, 'withoutCard'],
  ['failedOpen', 'today-open', 'plan-next-midday', null, 'renewNow seen'],
  ['failedOpenWarned', 'today-open', 'plan-next-midday', null, 'renewNow seen'],
  ['ended', 'today-ended', 'today-none-card', 'signIn', ''],
  ['endedBlocked', 'today-ended', 'today-none-blocked', null, 'withoutCard'],
  ['capped', 'today-ended', 'plan-cap', 'signIn', ''],
  ['serviceMissed', 'today-ended', 'today-service-missed', 'signIn', ''],
  ['serviceBack', 'today-ended', 'today-service-back', 'signIn', ''],
  ['cappedNoReader', 'today-ended', 'plan-cap', null, 'withoutCard'],
];

test.each(TABLE)('%s: %s, %s, then %s', (name, headline, says, primary, quiet) => {
  const scene = SCENES[name];
  if (!scene) throw new Error(name);
  const now = moment(scene, scene.now);
  expect(now.headline.key).toBe(headline);
  expect('key' in now.says ? now.says.key : now.says.problem.code).toBe(says);
  expect(now.primary).toBe(primary);
  expect(now.quiet.join(' ')).toBe(quiet);
});

describe('what must hold in every scene', () => {
  test.each(Object.entries(SCENES))('%s', (_, scene) => {
    const now = moment(scene, scene.now);
    const open = scene.session.kind === 'open';
    const wanted = now.due || scene.card.kind === 'ready';
    expect(open && now.primary !== null && !wanted, 'a good session has no filled button').toBe(false);
    expect(now.primary, 'the exception is never the filled button').not.toBe('withoutCard');
    expect(now.headline.at === null, 'an end time whenever there was a session').toBe(scene.session.kind === 'none');
    expect(now.busy === null || now.primary === null, 'nobody signs in twice at once').toBe(true);
  });
});

test.each([
  ['ready', 'signIn'],
  ['lastTry', 'signIn'],
  ['failed', 'retry'],
  ['several', 'chooseReader'],
  ['good', 'renewNow'],
  ['due', 'givePin'],
  ['cardBack', 'backToCard'],
  ['withoutCard', null],
  ['noReader', null],
  ['blocked', null],
  ['failedBlocked', null],
  ['working', null],
])('the way to a session in %s: %s', (name, way) => {
  const scene = SCENES[name];
  if (!scene) throw new Error(name);
  expect(wayIn(moment(scene, scene.now))).toBe(way);
});

test.each([
  ['good', 600, 'plan-next-midday', null],
  ['keyOnCardGone', 600, 'today-key-card-gone', null],
  ['certificate', 600, 'today-open-good', null],
  ['cardBack', 600, 'plan-back', 'backToCard'],
  ['due', 0, 'plan-due', 'givePin'],
  ['good', 20, 'today-ending-30', null],
  ['good', 9, 'today-ending-10', null],
])(
  'a failure that nobody put away stands below what the open session says: %s, %i minutes',
  (name, left, says, primary) => {
    const scene = SCENES[name];
    if (scene?.session.kind !== 'open') throw new Error(name);
    const signIn = SCENES['failedOpen']?.signIn;
    if (signIn?.kind !== 'failed') throw new Error('failedOpen');
    const now = moment({ ...scene, signIn }, left === 0 ? scene.now : scene.session.endsAt - left * 60_000);
    expect(now.says).toMatchObject({ key: says });
    expect(now.primary).toBe(primary);
    expect(now.quiet, 'it can still be put away').toContain('seen');
    expect(now.noted, 'it is still told').toBe(signIn.problem);
  },
);

test('the way to a new life stays open after a failure', () => {
  const scene = SCENES['failedOpen'];
  if (!scene) throw new Error('failedOpen');
  expect(wayIn(moment(scene, scene.now))).toBe('renewNow');
});

test('without a session a failure is what there is to say', () => {
  const scene = SCENES['failed'];
  if (!scene) throw new Error('failed');
  expect(moment(scene, scene.now)).toMatchObject({ says: { problem: { code: 'RLS-1010' } }, noted: null });
});
