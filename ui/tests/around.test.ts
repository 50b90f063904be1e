import { describe, expect, test } from 'vitest';

import type { Continuity } from '$lib/api/continuity';
import type { ProblemView, Snapshot } from '$lib/api/types';

import { CONTINUITY } from '../src/dev/continuity';
import { SCENES } from '../src/dev/scenes';
import { around, type Around } from '../src/main/today/around';

const scene = (name: string): Snapshot => {
  const found = SCENES[name];
  if (!found) throw new Error(name);
  return found;
};
const services = (name: string | null): Continuity | null => (name === null ? null : (CONTINUITY[name] ?? null));
const problem = (code: string): ProblemView => ({ code, with: {} });

function look(
  name: string,
  of: string | null,
  part: Partial<Snapshot> = {},
  refused: ProblemView | null = null,
): Around {
  const snapshot = { ...scene(name), ...part };
  return around(snapshot, services(of), refused, snapshot.now);
}
const said = ({ says }: Around): string =>
  'key' in says ? `${says.lead ?? ''}${says.lead ? ' ' : ''}${says.key}` : says.problem.code;
const order = ({ stands }: Around): string => stands.map(({ kind }) => kind).join(' ');

/** Scene, services, what is said (a lead that takes the place of the own one, then the key), what stands round it. */
const TABLE: [string, string | null, string, string][] = [
  ['good', 'good', 'plan-next-midday', 'line services'],
  ['good', null, 'today-session-good plan-next-midday', 'line'],
  ['good', 'outage', 'today-session-good plan-next-midday', 'line services'],
  ['good', 'paper', 'today-session-good plan-next-midday', 'line services'],
  ['good', 'mixed', 'today-session-good plan-next-midday', 'line services'],
  ['good', 'offline', 'today-offline', 'line services'],
  ['certificate', 'good', 'today-open-good', 'line services'],
  ['certificate', 'paper', 'today-open-noted', 'line services'],
  ['due', 'outage', 'plan-due', 'line services'],
  ['due', 'offline', 'plan-due', 'line services'],
  ['down', 'outage', 'plan-down', 'line services'],
  ['down', 'offline', 'today-offline', 'line services'],
  ['down10', 'offline', 'plan-down-10', 'line services'],
  ['failedOpen', 'good', 'today-session-good plan-next-midday', 'noted line services'],
  ['failedOpenWarned', 'good', 'today-session-good plan-next-midday', 'noted warnings line services'],
  ['failedOpenWarned', 'paper', 'today-session-good plan-next-midday', 'noted line services warnings'],
  ['memory', 'good', 'today-session-good plan-next-midday', 'warnings line services'],
  ['memoryChosen', 'good', 'today-memory', 'line services'],
  ['withoutCard', 'outage', 'plan-nocard', 'line services'],
  ['ready', 'good', 'today-none-card', 'services'],
  ['ready', 'outage', 'today-service-down', 'services'],
  ['ready', 'offline', 'today-offline-none', 'services'],
  ['noReader', 'outage', 'today-service-down', 'services'],
  ['lastTry', 'good', 'today-none-last', 'services'],
  ['failed', 'offline', 'RLS-1010', 'services'],
  ['organisation', 'offline', 'today-offline-none', 'services'],
  ['serviceMissed', 'outage', 'today-service-missed', 'services'],
  ['question', 'good', 'today-none-reader', 'services'],
];
test.each(TABLE)('%s with the services %s: %s; %s', (name, of, says, stands) => {
  const now = look(name, of);
  expect(said(now)).toBe(says);
  expect(order(now)).toBe(stands);
});

const WELL = [
  'today-open-good',
  'plan-next',
  'plan-next-midday',
  'plan-next-before',
  'plan-next-between',
  'plan-next-after',
  'plan-next-never',
];

describe.each(Object.keys(SCENES))('whatever stands round %s', (name) => {
  test.each([null, ...Object.keys(CONTINUITY)])('with the services %s', (of) => {
    for (const refused of [null, problem('RLS-6001'), problem('RLS-2001')]) {
      const now = look(name, of, {}, refused);
      const view = services(of);
      const { says } = now;
      // "All is well" is said where everything is known to be well, and nowhere else.
      if ('key' in says && says.lead === null && WELL.includes(says.key)) {
        expect(view?.functions.every(({ state }) => state === 'operational')).toBe(true);
        expect(order(now)).toBe('line services');
      }
      // Nothing calm beside something urgent.
      const services_ = now.stands.find((one) => one.kind === 'services');
      if (services_?.hint === 'svc-nothing-asked') {
        expect(now.primary).toBeNull();
        expect([now.due, now.attention, 'problem' in says]).toEqual([false, false, false]);
        expect(order(now)).not.toContain('noted');
      }
      // Nothing is said twice.
      const codes = now.stands.flatMap((one) =>
        one.kind === 'warnings' ? one.problems.map(({ code }) => code) : 'problem' in one ? [one.problem.code] : [],
      );
      const all = 'problem' in says ? [says.problem.code, ...codes] : now.code === null ? codes : [now.code, ...codes];
      expect(all).toEqual([...new Set(all)]);
    }
  });
});

describe('what is said once', () => {
  const silent = { kind: 'failed', problem: problem('RLS-2001') } as const;

  test('a try of somebody that failed as the renewal did is told by the sentence, with its code', () => {
    const now = look('down', 'outage', { signIn: silent });
    expect(said(now)).toBe('plan-down');
    expect(now.code).toBe('RLS-2001');
    expect(order(now)).toBe('line services');
    expect(now.noted, 'it is still put away').not.toBeNull();
  });

  test('a try that failed for another reason stands below', () => {
    const now = look('down', 'outage', { signIn: { kind: 'failed', problem: problem('RLS-1203') } });
    expect(order(now)).toBe('noted line services');
  });

  test('a refusal that repeats what failed is not shown again', () => {
    expect(order(look('failedOpen', 'good', {}, problem('RLS-1010')))).toBe('noted line services');
    expect(order(look('failedOpen', 'good', {}, problem('RLS-6001')))).toBe('noted refused line services');
  });

  test('the noted time keeps its button, whatever else says the same', () => {
    const ahead = problem('RLS-6035');
    const now = look('good', 'good', { warnings: [ahead], signIn: { kind: 'failed', problem: ahead } });
    expect(order(now)).toBe('warnings line services');
  });
});

test('that there is no network is said once', () => {
  const told = (name: string): (boolean | undefined)[] =>
    look(name, 'offline').stands.flatMap((one) => (one.kind === 'services' ? [one.offlineTold] : []));
  expect(told('good')).toEqual([true]);
  expect(told('due')).toEqual([false]);
});

describe('the way in', () => {
  test('nothing invites to sign in where it cannot succeed, and nothing forbids it', () => {
    for (const of of ['offline', 'outage']) {
      const now = look('ready', of);
      expect(now.primary).toBeNull();
      expect(now.quiet).toContain('signIn');
    }
    expect(look('ready', 'good').primary).toBe('signIn');
  });

  test('what is offered beside the services says what the session asks, too', () => {
    const hint = (name: string, of: string): string | null | undefined =>
      look(name, of).stands.find((one) => one.kind === 'services')?.hint;
    expect(hint('good', 'outage')).toBe('svc-nothing-asked');
    expect(hint('due', 'outage')).toBeNull();
    expect(hint('good', 'paper')).toBe('svc-something-asked');
    expect(hint('due', 'paper')).toBe('svc-something-asked');
  });
});
