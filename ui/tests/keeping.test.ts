import { fireEvent, render, screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { labelWidth, placed, type Post } from '$lib/components/session/line';
import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';
import { keeping, snoozeUntil, type Keeping } from '$lib/state/keeping';

import Kept from '../src/dev/parts/Kept.svelte';
import { HOURS } from '../src/dev/parts/hours';
import { KEPT, type KeptScene } from '../src/dev/parts/keeping';
import KeptHero from '../src/main/keeping/KeptHero.svelte';
import { renewalPosts } from '../src/main/keeping/posts';

const at = (text: string): number => Date.parse(`2026-11-12T${text}:00+01:00`);
const MINUTE = 60_000;

function scene(name: string): KeptScene {
  const found = KEPT[name];
  if (!found) throw new Error(`no scene ${name}`);
  return found;
}

function said({ kept, card, hours, now }: KeptScene): Keeping {
  const says = keeping(kept, card, hours, now);
  if (!says) throw new Error('nothing is said');
  return says;
}

const words = (): string => document.body.textContent.replace(/\s+/g, ' ');

beforeEach(() => texts.use('fr'));

/** Scene, sentence, the filled button, the quiet ones, whether the PIN is wanted, whether it is marked. */
const TABLE: [string, string, string | null, string, boolean, boolean][] = [
  ['midday', 'plan-next-midday', null, 'renewNow', false, false],
  ['before', 'plan-next-before', null, 'renewNow', false, false],
  ['after', 'plan-next-after', null, 'renewNow', false, false],
  ['never', 'plan-next-never', null, 'renewNow', false, false],
  ['due', 'plan-due', 'givePin', 'later', true, true],
  ['snoozed', 'plan-due-snoozed', 'givePin', '', true, false],
  ['due30', 'plan-due-30', 'givePin', 'later', true, true],
  ['due10', 'plan-due-10', 'givePin', '', true, true],
  ['dueLastTry', 'plan-due', null, 'givePin later', true, true],
  ['dueBlocked', 'plan-due', null, 'later', true, true],
  ['down', 'plan-down', null, '', false, false],
  ['downLast', 'plan-down-last', null, '', false, false],
  ['withoutCard', 'plan-nocard', null, '', false, false],
  ['withoutCard60', 'plan-nocard-60', null, '', false, false],
  ['withoutCard15', 'plan-nocard-15', null, '', false, true],
  ['withoutCard5', 'plan-nocard-5', null, '', false, true],
  ['cardBack', 'plan-back', 'backToCard', '', false, false],
  ['cardBackBlocked', 'plan-nocard', null, '', false, false],
  ['cap', 'plan-cap', null, 'withoutCard', false, false],
  ['over', 'plan-over', 'signIn', '', false, false],
];

test.each(TABLE)('%s: %s, then %s, beside it %s', (name, key, primary, quiet, due, attention) => {
  const says = said(scene(name));
  expect([says.key, says.primary, says.quiet.join(' ')]).toEqual([key, primary, quiet]);
  expect([says.due, says.attention]).toEqual([due, attention]);
});

test('what repairs itself never has a button, and a session without the card is never renewed', () => {
  for (const name of ['down', 'downOften', 'downLast']) {
    expect([said(scene(name)).primary, ...said(scene(name)).quiet]).toEqual([null]);
  }
  for (const [name, { kept, ...around }] of Object.entries(KEPT)) {
    const acts = (says: Keeping | null) => [says?.primary, ...(says?.quiet ?? [])];
    if (kept.kind === 'open' && kept.means === 'fallback') {
      expect(acts(said(scene(name)))).not.toContain('renewNow');
      expect(acts(keeping(kept, around.card, around.hours, around.now))).not.toContain('givePin');
    }
  }
});

test('a session that is not kept, or that somebody ended, leaves the word to others', () => {
  const { kept, card, hours, now } = scene('midday');
  expect(keeping({ ...kept, renewal: { kind: 'off' } } as typeof kept, card, hours, now)).toBeNull();
  expect(keeping({ kind: 'ended', at: now, because: 'person' }, card, hours, now)).toBeNull();
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

describe('a reminder never passes the last word before the end', () => {
  test.each([
    ['13:11', '13:41'],
    ['19:00', '19:30'],
    ['19:20', '19:35'],
    ['19:30', '19:35'],
    ['19:31', null],
    ['19:44', null],
  ])('put off at %s it comes back at %s', (now, until) => {
    expect(snoozeUntil(at(now), at('19:45'))).toBe(until === null ? null : at(until));
  });
});

describe('the posts of the line', () => {
  const NAMES = { next: 'renouvellement', again: 'prochain essai', failed: 'pas de réponse' };
  const posts = (name: string): string[] => {
    const { kept, now } = scene(name);
    if (kept.kind !== 'open') throw new Error(name);
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

describe('on the screen', () => {
  test('the sentence of the midday break names the time to the next five minutes', () => {
    render(Kept, { scene: scene('midday') });
    expect(words()).toContain("Session ouverte jusqu'à 19:45");
    expect(words()).toContain(
      'Tout est en ordre. Votre code PIN sera demandé une fois, vers 13:10, pendant la pause de midi.',
    );
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Session de 07:45 à 19:45. Il est 10:24. Code PIN vers 13:10.',
    );
  });

  test('a disturbed service tells until when one can work, and when it is tried again', () => {
    render(Kept, { scene: scene('down') });
    expect(words()).toContain("vous pouvez continuer à travailler jusqu'à 19:45. Relais réessaie à 16:45");
    expect(screen.getByRole('img').getAttribute('aria-label')).toContain(
      'Un essai est resté sans réponse. Prochain essai à 16:45.',
    );
  });

  test('a session without the card is drawn in its own colour, with its cap', () => {
    const { container } = render(Kept, { scene: scene('withoutCard') });
    expect(container.querySelector('.hero.nocard')).not.toBeNull();
    expect(container.querySelector('.line.keystore')).not.toBeNull();
    expect(words()).toContain('fin, 12 h au plus');
  });

  test('each button says what it does, and a reminder says when', async () => {
    const { kept, now } = scene('due');
    const onact = vi.fn();
    render(KeptHero, { kept, keeping: said(scene('due')), now, onact });
    await fireEvent.click(screen.getByText('Rappeler à 13:41'));
    expect(onact).toHaveBeenLastCalledWith('later', at('13:41'));
    await fireEvent.click(screen.getByText('Donner le code PIN'));
    expect(onact).toHaveBeenLastCalledWith('givePin', undefined);
    expect(screen.getByRole('status').textContent).toContain('Votre code PIN est attendu,');
  });

  test('what is going on takes the place of the sentence only once it lasts', async () => {
    vi.useFakeTimers();
    render(Kept, { scene: scene('probing') });
    await vi.advanceTimersByTimeAsync(399);
    expect(words()).toContain('Tout est en ordre.');
    await vi.advanceTimersByTimeAsync(2);
    expect(words()).toContain('Relais vérifie que le service de connexion répond.');
    vi.useRealTimers();
  });

  test('the day of a later prompt is named', () => {
    const night = { ...scene('midday'), now: at('21:00') };
    const asksAt = at('07:15') + 24 * 60 * MINUTE;
    const kept = { ...night.kept, endsAt: asksAt + 60 * MINUTE, issuedAt: at('20:30') };
    if (kept.kind !== 'open' || kept.renewal.kind !== 'resting') throw new Error('not resting');
    render(Kept, { scene: { ...night, hours: HOURS, kept: { ...kept, renewal: { ...kept.renewal, asksAt } } } });
    expect(words()).toContain('vers demain, 07:15, avant vos consultations');
  });
});

describe('every scene in every language', () => {
  const RULES = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } };

  test.each(Object.keys(KEPT))('%s: no raw key, and assistive technology can use it', async (name) => {
    for (const language of LANGUAGES) {
      texts.use(language);
      const { unmount } = render(Kept, { scene: scene(name) });
      expect(words()).not.toMatch(/\b(plan|line|today|nocard)-[a-z0-9]/);
      expect(words()).not.toContain('{');
      if (language === 'fr') {
        const { violations } = await axe.run(document.body, RULES);
        expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join()}`)).toEqual([]);
      }
      unmount();
    }
  });
});
