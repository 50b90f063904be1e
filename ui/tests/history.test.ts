import { fireEvent, render, screen, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { PastView } from '$lib/api/continuity';
import type { MainApi } from '$lib/api/types';
import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES, type Language } from '$lib/i18n/languages';

import { CONTINUITY, PAGE, PAST } from '../src/dev/continuity';
import History from '../src/main/services/history/History.svelte';
import OutageRecord from '../src/main/services/history/OutageRecord.svelte';
import { lengthOf, whenOf } from '../src/main/services/history/said';
import { boxes, DAYS, gaps, HOUR, place, within as shownWithin, without } from '../src/main/services/history/timeline';
import ServicesPlace from '../src/main/services/ServicesPlace.svelte';

const RULES = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } };
const nothing = (): void => undefined;
const MINUTE = 60_000;

function past(name: string): PastView {
  const view = PAST[name];
  if (!view) throw new Error(`no past ${name}`);
  return view;
}
const NOW = past('whole').now;
const view = CONTINUITY['outage'] ?? Object.values(CONTINUITY)[0];

function open(name: string) {
  const onrecord = vi.fn();
  if (!view) throw new Error('no scene');
  return { ...render(History, { view, past: past(name), onnow: nothing, onrecord }), onrecord };
}
const title = (): string => screen.getByRole('heading', { level: 1 }).textContent;
const bars = (): Element[] => [...document.querySelectorAll('.bar')];
const labels = (): (string | null)[] => bars().map((bar) => bar.getAttribute('aria-label'));
const found = async (): Promise<string[]> =>
  (await axe.run(document.body, RULES)).violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html).join()}`,
  );

beforeEach(() => texts.use('fr'));

describe('places and lengths', () => {
  test('what is out of the picture lies at its edge', () => {
    expect([0, 5, 10, 99].map((at) => place(at, 5, 10, 100))).toEqual([0, 0, 100, 100]);
  });

  test('what is taken out of a stretch leaves the rest, also where it overlaps or sticks out', () => {
    const taken = [
      { from: 4, until: 6 },
      { from: 5, until: 7 },
      { from: 9, until: 99 },
      { from: -3, until: 1 },
    ];
    expect(without(0, 10, taken)).toEqual([
      { from: 1, until: 4 },
      { from: 7, until: 9 },
    ]);
    expect(without(0, 10, [])).toEqual([{ from: 0, until: 10 }]);
    expect(without(0, 10, [{ from: 0, until: 10 }])).toEqual([]);
  });

  test.each([
    [1, '1 min'],
    [52, '52 min'],
    [60, '1 h 00'],
    [194, '3 h 14'],
    [47 * 60 + 59, '47 h 59'],
    [48 * 60, '2 jours'],
  ])('%i minutes are %s', (minutes, words) => expect(lengthOf(0, minutes * MINUTE)).toBe(words));

  test('one that is over says its length; one that goes on says so', () => {
    const [, , unstable, , insurability] = past('whole').departures;
    if (!unstable || !insurability) throw new Error('no departure');
    expect(whenOf(unstable, NOW)).toBe('entre hier, 17:42 et hier, 18:34, 52 min');
    expect(whenOf(insurability, NOW)).toBe('depuis 13:34, toujours en cours');
  });

  test('24 hours hold what touches them, in the order of time', () => {
    const ids = shownWithin(past('whole'), NOW - 24 * 60 * MINUTE).map(({ id }) => id);
    expect(ids).toEqual(['1', '2', '4', '6', '5', '3']);
  });

  test('a gap is cut to the picture, and a minute between two looks is none', () => {
    const off = [
      { from: NOW - 30 * HOUR, until: NOW - 23 * HOUR },
      { from: NOW - 5 * HOUR, until: NOW - 5 * HOUR + MINUTE },
      { from: NOW - 4 * HOUR, until: NOW - 4 * HOUR + 2 * MINUTE },
      { from: NOW - 3 * HOUR, until: NOW - 3 * HOUR + 3 * MINUTE },
      { from: NOW - MINUTE, until: NOW },
    ];
    expect(gaps({ ...past('none'), off }, NOW - 24 * HOUR)).toEqual([
      { from: NOW - 24 * HOUR, until: NOW - 23 * HOUR },
      { from: NOW - 3 * HOUR, until: NOW - 3 * HOUR + 3 * MINUTE },
    ]);
  });

  test('thirty boxes: the worst of a day, dashed for unknown, none where nobody looked', () => {
    const days = boxes('prescription', past('whole'));
    expect(days).toHaveLength(DAYS);
    expect(days.at(-1)?.state).toBe('operational');
    expect(days.at(-2)?.state).toBe('unstable');
    expect(days.at(-8)?.state).toBe('down');
    expect(days.at(-10)?.state).toBeNull();
    expect(boxes('sumehr', past('whole')).at(-1)?.state).toBe('unknown');
  });
});

describe('24 hours', () => {
  test('the headline counts departures, and what nobody knows is none', () => {
    open('whole');
    expect(title()).toBe('5 écarts en 24 heures, dont 2 en cours');
    expect(bars()).toHaveLength(5);
  });

  test('a gap, the unknown and the normal road have three shapes, and the legend names each', () => {
    open('whole');
    expect(document.querySelectorAll('[data-testid=gap]')).toHaveLength(1);
    const gap = document.querySelector('[data-testid=gap]');
    expect(gap?.getAttribute('fill')).toMatch(/^url\(#.+-gap\)$/);
    // Nothing is drawn over it: neither the normal road nor the unknown.
    const [left, right] = [
      Number(gap?.getAttribute('x')),
      Number(gap?.getAttribute('x')) + Number(gap?.getAttribute('width')),
    ];
    for (const line of document.querySelectorAll('.lanes .normal, .lanes .span.unknown')) {
      const x = Number(line.getAttribute('x'));
      expect(x + Number(line.getAttribute('width')) <= left + 0.01 || x >= right - 0.01).toBe(true);
    }
    const legend = document.querySelector('.legend')?.textContent ?? '';
    expect(legend).toContain('personne ne regardait');
    expect(legend).toContain('inconnu');
  });

  test('bars are buttons in the order of time, named in one line, and the arrows go through them', async () => {
    open('whole');
    expect(screen.getAllByRole('button', { pressed: false }).map((one) => one.getAttribute('aria-label'))).toContain(
      'Connexion\u00a0: perturbé, depuis 13:20, toujours en cours',
    );
    expect(labels()).toEqual([
      'Prescription\u00a0: instable, entre hier, 17:42 et hier, 18:34, 52 min',
      'Statut vaccinal\u00a0: en secours, entre hier, 21:52 et 02:12, 4 h 20',
      'Tarification\u00a0: intervention prévue, entre 11:00 et 12:00, 1 h 00',
      'Connexion\u00a0: perturbé, depuis 13:20, toujours en cours',
      'Assurabilité\u00a0: en secours, depuis 13:34, toujours en cours',
    ]);
    const [first, second] = bars();
    if (!(first instanceof SVGElement) || !second) throw new Error('no bars');
    first.focus();
    await fireEvent.keyDown(first, { key: 'ArrowRight' });
    expect(document.activeElement).toBe(second);
    await fireEvent.keyDown(second, { key: 'Enter' });
    expect(second.getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByTestId('detail').textContent).toContain('Statut vaccinal\u00a0: en secours');
    expect(screen.getByTestId('detail').textContent).toContain('Liste officielle hier à 21:52\u00a0: en secours.');
  });

  test('the one that goes on is told at first; its record is one press away', async () => {
    const { onrecord } = open('whole');
    expect(screen.getByTestId('detail').textContent).toContain('Assurabilité\u00a0: en secours');
    await fireEvent.click(bars()[3] ?? document.body);
    expect(screen.getByTestId('detail').textContent).toContain('Vos appels à 13:19\u00a0: perturbé.');
    await fireEvent.click(screen.getByTestId('record'));
    expect(onrecord.mock.calls[0]?.[0]).toMatchObject({ id: '5', function: 'auth' });
  });

  test('each state has its pattern or outline, not a colour alone', () => {
    open('whole');
    const fill = (mark: string) => document.querySelector(`.bar .span.${mark}`)?.getAttribute('fill') ?? null;
    expect(fill('backup')).toMatch(/^url\(#/);
    expect(fill('attention')).toMatch(/^url\(#/);
    expect(fill('backup')).not.toBe(fill('attention'));
    expect(document.querySelector('.lanes .span.unknown')).not.toBeNull();
  });

  test('nothing at all is said as nothing', () => {
    open('none');
    expect(title()).toBe('Aucun écart en 24 heures');
    expect(screen.queryByTestId('detail')).toBeNull();
  });
});

describe('the same in a table', () => {
  test('T shows it, and T again the lines; a key with Ctrl is somebody else', async () => {
    open('whole');
    await fireEvent.keyDown(document.body, { key: 't', ctrlKey: true });
    expect(screen.queryByRole('table')).toBeNull();
    await fireEvent.keyDown(document.body, { key: 't' });
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    // Five departures, one stretch nobody knows, one in which this PC was off, and the head.
    expect(rows).toHaveLength(8);
    const text = rows.map((row) => row.textContent.replace(/\s+/g, ' ').trim());
    expect(text.some((row) => row.includes('SumEHR') && row.includes('inconnu'))).toBe(true);
    expect(text.some((row) => row.includes('personne ne regardait'))).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'Prescription' }));
    expect(screen.getByTestId('detail').textContent).toContain('Prescription\u00a0: instable');
    await fireEvent.keyDown(document.body, { key: 'T' });
    expect(screen.queryByRole('table')).toBeNull();
  });
});

test('30 days: a box a day, the departures as buttons in the order of time', async () => {
  open('whole');
  await fireEvent.click(screen.getByLabelText('30 jours'));
  expect(title()).toBe('Trente jours, écarts par jour');
  expect(labels()[0]).toMatch(/^1 nov\.?, Tarification\u00a0: en secours/);
  expect(labels()[1]).toMatch(/^5 nov\.?, Prescription\u00a0: perturbé/);
  expect(labels()).toHaveLength(8);
  await fireEvent.click(bars()[1] ?? document.body);
  expect(screen.getByTestId('detail').textContent).toContain('Prescription\u00a0: perturbé');
});

describe('the record of an outage', () => {
  test('shows facts, every change and the note, in the language that is chosen', async () => {
    const [onsave, onprint] = [
      vi.fn(() => Promise.resolve({ data: '/docs/r.json' })),
      vi.fn(() => Promise.resolve(null)),
    ];
    const inLanguage = vi.fn((language: Language) =>
      Promise.resolve({ data: { ...PAGE, title: `${PAGE.title} (${language})` } }),
    );
    render(OutageRecord, { inLanguage, onback: nothing, onsave, onprint });
    await vi.waitFor(() => expect(screen.getByTestId('paper').lang).toBe('fr'));
    const text = screen.getByTestId('paper').textContent.replace(/\s+/g, ' ');
    for (const part of [...PAGE.facts.flat(), ...PAGE.columns, 'personne ne regardait', PAGE.note]) {
      expect(text).toContain(part);
    }
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(3);
    await fireEvent.click(screen.getByLabelText('Deutsch'));
    await vi.waitFor(() => expect(screen.getByRole('heading', { level: 2 }).textContent).toContain('(de)'));
    expect(screen.getByTestId('paper').lang).toBe('de');
    await fireEvent.click(screen.getByTestId('record-save'));
    await fireEvent.click(screen.getByTestId('record-print'));
    expect([onsave.mock.calls.length, onprint.mock.calls.length]).toEqual([1, 1]);
    expect(screen.getByTestId('record-saved').textContent).toBe('Enregistré sous /docs/r.json');
    expect(await found()).toEqual([]);
  });

  test('a file that could not be saved is told there', async () => {
    if (!view) throw new Error('no scene');
    const problem = { code: 'RLS-6038', with: {} };
    const api = {
      past: () => Promise.resolve({ data: past('whole') }),
      outagePage: () => Promise.resolve({ data: PAGE }),
      outageSave: vi.fn<MainApi['outageSave']>(() => Promise.resolve({ problem })),
      printPage: () => Promise.resolve({ code: 'RLS-6039', with: {} }),
      recent: () => Promise.resolve({ problem }),
      continuity: () => Promise.resolve({ problem }),
      chooseRoute: () => Promise.resolve(null),
      releaseRoute: () => Promise.resolve(null),
      software: () => Promise.resolve({ problem }),
    };
    render(ServicesPlace, { api, view, now: NOW });
    await fireEvent.click(screen.getByLabelText('Historique'));
    await vi.waitFor(() => screen.getByTestId('record'));
    await fireEvent.click(screen.getByTestId('record'));
    await vi.waitFor(() => screen.getByTestId('record-save'));
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
    await vi.waitFor(() => screen.getByTestId('paper'));
    await fireEvent.click(screen.getByTestId('record-save'));
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('RLS-6038'));
    expect(screen.getByTestId('record-saved').textContent).toBe('');
    await fireEvent.click(screen.getByTestId('record-print'));
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('RLS-6039'));
    api.outageSave.mockResolvedValue({ data: '/documents/record.json' });
    await fireEvent.click(screen.getByTestId('record-save'));
    await vi.waitFor(() =>
      expect(screen.getByTestId('record-saved').textContent).toBe('Enregistré sous /documents/record.json'),
    );
    expect(screen.queryByRole('alert')).toBeNull();
    await fireEvent.click(screen.getByTestId('back'));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

test('an outage of which no record can be made says so, and nothing can be saved or printed', async () => {
  const never = () => Promise.reject(new Error('not asked'));
  const inLanguage = () => Promise.resolve({ problem: { code: 'RLS-6037', with: {} } });
  render(OutageRecord, { inLanguage, onback: nothing, onsave: never, onprint: never });
  await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('RLS-6037'));
  const button = (name: string) => screen.getByTestId<HTMLButtonElement>(name).disabled;
  expect([button('record-save'), button('record-print')]).toEqual([true, true]);
});

test.each(Object.keys(PAST))(
  '%s: no raw key in any language, and assistive technology can use it',
  async (name) => {
    for (const language of LANGUAGES) {
      texts.use(language);
      const { unmount } = open(name);
      for (const key of ['', 't']) {
        if (key) await fireEvent.keyDown(document.body, { key });
        expect(document.body.textContent).not.toMatch(/\bsvc-[a-z]/);
        if (language === 'de') {
          expect(await found()).toEqual([]);
        }
      }
      unmount();
    }
  },
  30_000,
);
