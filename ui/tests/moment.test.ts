import { describe, expect, test } from 'vitest';

import { moment, wayIn } from '../src/main/today/moment';
import { SCENES } from '../src/dev/scenes';

/** Scene, headline, what it says (a key or a code), the filled button, the quiet ones. */
const TABLE: [string, string, string, string | null, string][] = [
  ['good', 'today-open', 'today-open-good', null, 'signOut'],
  ['restored', 'today-open', 'today-restored', null, 'signOut'],
  ['memory', 'today-open', 'today-open-noted', null, 'signOut'],
  ['memoryChosen', 'today-open', 'today-memory', null, 'signOut'],
  ['locked', 'today-open', 'today-restored', null, 'signOut'],
  ['keyOnCard', 'today-open', 'today-key-card', null, 'signOut'],
  ['keyOnCardGone', 'today-open', 'today-key-card-gone', null, 'signOut'],
  ['overnight', 'today-open', 'today-open-good', null, 'signOut'],
  ['ending', 'today-open', 'today-ending-30', null, 'signOut'],
  ['endingSoon', 'today-open', 'today-ending-10', null, 'signOut'],
  ['withoutCard', 'nocard-open', 'today-open-good', null, 'signOut'],
  ['ready', 'today-none', 'today-none-card', 'signIn', ''],
  ['triesUnknown', 'today-none', 'today-none-card', 'signIn', ''],
  ['lastTry', 'today-none', 'today-none-last', null, 'signIn'],
  ['blocked', 'today-none', 'today-none-blocked', null, ''],
  ['looking', 'today-none', 'today-looking', null, ''],
  ['noCard', 'today-none', 'today-none-nocard', null, ''],
  ['noReader', 'today-none', 'today-none-reader', null, ''],
  ['down', 'today-none', 'RLS-1001', null, ''],
  ['unusable', 'today-none', 'RLS-1005', null, ''],
  ['several', 'today-none', 'today-none-several', 'chooseReader', ''],
  ['probing', 'today-none', 'today-none-card', null, 'cancel'],
  ['reading', 'today-none', 'today-none-card', null, 'cancel'],
  ['asking', 'today-none', 'today-none-card', null, 'cancel'],
  ['working', 'today-none', 'today-none-card', null, 'cancel'],
  ['failed', 'today-none', 'RLS-1010', 'retry', 'seen'],
  ['failedLastTry', 'today-none', 'RLS-1010', null, 'retry seen'],
  ['failedBlocked', 'today-none', 'RLS-1203', null, 'seen'],
  ['failedOpen', 'today-open', 'RLS-1010', null, 'seen signOut'],
  ['ended', 'today-ended', 'today-none-card', 'signIn', ''],
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
    expect(open && now.primary !== null, 'a good session has no filled button').toBe(false);
    expect(now.headline.at === null, 'an end time whenever there was a session').toBe(scene.session.kind === 'none');
    expect(now.busy === null || now.primary === null, 'nobody signs in twice at once').toBe(true);
  });
});

test.each([
  ['ready', 'signIn'],
  ['lastTry', 'signIn'],
  ['failed', 'retry'],
  ['several', 'chooseReader'],
  ['good', null],
  ['blocked', null],
  ['failedBlocked', null],
  ['working', null],
])('the way to a session in %s: %s', (name, way) => {
  const scene = SCENES[name];
  if (!scene) throw new Error(name);
  expect(wayIn(moment(scene, scene.now))).toBe(way);
});
