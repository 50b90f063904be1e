import { fireEvent, render, screen, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { EntryView, MainApi } from '$lib/api/types';
import { dayTitle } from '$lib/format/time';
import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';

import { JOURNAL } from '../src/dev/journal';
import { byDay, entryKey, entryMark, filtered } from '../src/main/journal/entries';
import Journal from '../src/main/journal/Journal.svelte';
import { Reading } from '../src/main/journal/reading.svelte';
import type { JournalView } from '../src/main/journal/types';

const NOW = Date.parse('2026-11-12T16:32:00+01:00');

function scene(name: string): JournalView {
  const view = JOURNAL[name];
  if (!view) throw new Error(`no scene ${name}`);
  return view;
}

const entry = (part: Partial<EntryView>): EntryView => ({
  seq: 1,
  readable: true,
  at: NOW,
  subject: 'session',
  event: 'signed-in',
  person: null,
  code: null,
  means: null,
  until: null,
  ...part,
});

function open(view: JournalView) {
  const onolder = vi.fn();
  return { ...render(Journal, { view, now: NOW, refused: null, onolder }), onolder };
}

const words = (): string => document.body.textContent.replace(/\s+/g, ' ');

beforeEach(() => texts.use('fr'));

describe('entries by day', () => {
  test('newest day and entry first, whatever the order in which they come; the days are those of Belgium', () => {
    const at = (text: string): number => Date.parse(text);
    const rows = [
      entry({ seq: 1, at: at('2026-11-11T22:59:00Z') }),
      entry({ seq: 3, at: at('2026-11-12T10:00:00Z') }),
      entry({ seq: 2, at: at('2026-11-11T23:00:00Z') }),
      entry({ seq: 4, at: at('2026-11-12T10:00:00Z') }),
    ];
    expect(byDay(rows).map((day) => day.entries.map(({ seq }) => seq))).toEqual([[4, 3, 2], [1]]);
    expect(rows.map(({ seq }) => seq)).toEqual([1, 3, 2, 4]);
    expect(byDay([])).toEqual([]);
  });

  test.each([
    ['fr', "Aujourd'hui, jeudi 12 novembre"],
    ['nl', 'Vandaag, donderdag 12 november'],
    ['de', 'Heute, Donnerstag, 12. November'],
  ] as const)('%s: %s', (language, title) => expect(dayTitle(NOW, NOW, language)).toBe(title));

  test('a day of another year says which', () => {
    expect(dayTitle(NOW - 86_400_000, NOW, 'fr')).toBe('Mercredi 11 novembre');
    expect(dayTitle(Date.parse('2025-12-31T10:00:00Z'), NOW, 'fr')).toBe('Mercredi 31 décembre 2025');
  });
});

test('a day that has not come yet is told by the clock that wrote it', () => {
  const ahead = entry({ seq: 9, at: Date.parse('2027-11-24T10:00:00+01:00') });
  open({ ...scene('whole'), entries: [ahead, entry({ seq: 8, at: NOW })] });
  expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
    "Mercredi 24 novembre 2027, d'après l'horloge d'alors",
    "Aujourd'hui, jeudi 12 novembre",
  ]);
});

describe('what an entry says', () => {
  test.each([
    [{}, 'journal-signed-in', 'good'],
    [{ means: 'eid-only' }, 'journal-signed-in', 'good'],
    [{ means: 'certificate' }, 'journal-signed-in-certificate', 'good'],
    [{ means: 'fallback' }, 'journal-signed-in-nocard', 'good'],
    [{ event: 'pin-refused', code: 'RLS-1202' }, 'journal-pin-refused', 'attention'],
    [{ event: 'renewed' }, 'journal-renewed', 'good'],
    [{ event: 'renewed', means: 'certificate' }, 'journal-renewed-certificate', 'good'],
    [{ event: 'renewal-failed', code: 'RLS-2001' }, 'journal-renewal-failed', 'waiting'],
    [{ event: 'not-known-yet' }, null, 'next'],
    [{ event: 'not-known-yet', code: 'RLS-2101' }, null, 'trouble'],
  ])('%j: %s, %s', (part, key, mark) => {
    expect(entryKey(entry(part))).toBe(key);
    expect(entryMark(entry(part))).toBe(mark);
  });

  test('an event without words of its own is told by its name, a failure by its sentence and code', () => {
    open(scene('whole'));
    expect(words()).toContain('Service : route-changed');
    expect(words()).toContain('La carte a refusé le code PIN. RLS-1202');
    expect(words()).toContain("Session ouverte sans la carte Claire Lambert, jusqu'à 22:24.");
  });

  test('one that cannot be read is told by its number, without a time, and hides no other', () => {
    const unreadable = entry({ seq: 7, readable: false, subject: '', event: '' });
    open({ ...scene('whole'), entries: [unreadable, entry({ seq: 6 })] });
    const [first, second] = screen.getAllByRole('listitem');
    expect(first?.textContent).toContain("L'entrée 7 est illisible\u00a0: elle a été modifiée.");
    expect(first?.querySelector('time')).toBeNull();
    expect(second?.querySelector('time')).not.toBeNull();
  });
});

describe('filters', () => {
  const rows = [
    entry({ seq: 1 }),
    entry({ seq: 2, subject: 'card' }),
    entry({ seq: 3, means: 'fallback' }),
    entry({ seq: 4, subject: 'fallback' }),
    entry({ seq: 5, subject: 'service' }),
    entry({ seq: 6, subject: 'certificate' }),
    entry({ seq: 7, subject: 'security' }),
    entry({ seq: 8, subject: 'system' }),
  ];
  test.each([
    ['all', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['signIns', [1, 2, 3, 4]],
    ['withoutCard', [3, 4]],
    ['services', [5]],
    ['certificates', [6]],
  ] as const)('%s', (filter, kept) => expect(filtered(rows, filter).map(({ seq }) => seq)).toEqual(kept));

  test('one press shows one kind; what is not there is said', async () => {
    open(scene('whole'));
    expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(2);
    await fireEvent.click(screen.getByLabelText('Certificats'));
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    await fireEvent.click(screen.getByLabelText('Sans carte'));
    const rows = within(screen.getByRole('table'))
      .getAllByRole('row')
      .map(({ textContent }) => textContent);
    expect(rows[1]).toContain('toujours ouverte');
    expect(rows[2]).toContain('lecteur prêté au cabinet voisin');
    expect(rows[1]).toContain('Un problème technique');
    expect(rows[3]).toContain('retour à la carte');
    expect(words()).toContain('3 en 30 jours.');
  });

  test('a practice that never went without the card is told so, once', async () => {
    open(scene('unused'));
    await fireEvent.click(screen.getByLabelText('Sans carte'));
    expect(words()).toContain("Aucune session sans la carte n'est gardée ici.");
    expect(screen.queryByTestId('nothing')).toBeNull();
    await fireEvent.click(screen.getByLabelText('Services'));
    expect(words()).toContain('Service : route-changed');
  });
});

describe('whether anything was changed', () => {
  test.each([
    ['whole', "Rien n'y a été modifié."],
    ['begun', "Il commence après l'entrée 29 ; ce qui précédait n'y est plus."],
    ['checking', "Relais vérifie que rien n'y a été modifié."],
  ])('%s', (name, sentence) => {
    open(scene(name));
    expect(words()).toContain(sentence);
    expect(screen.queryByTestId('broken')).toBeNull();
  });

  test('a broken chain says from which entry on, at the top and at that entry', () => {
    open(scene('broken'));
    expect(screen.getByTestId('broken').textContent).toContain("Modifié à partir de l'entrée 35.");
    expect(words()).not.toContain("Rien n'y a été modifié.");
    const row = screen.getByText(/La chaîne est rompue à partir d'ici/).closest('li');
    expect(row?.textContent).toContain('Session retrouvée après le redémarrage');
  });

  test('where the bad entry itself is not shown, the first one after it carries the mark', async () => {
    open(scene('broken'));
    await fireEvent.click(screen.getByLabelText('Sans carte'));
    expect(screen.getByText(/La chaîne est rompue à partir d'ici/).closest('li')?.textContent).toContain(
      'sans la carte',
    );
  });
});

test('an empty journal says that there was nothing', () => {
  open(scene('empty'));
  expect(screen.getByTestId('nothing').textContent.trim()).toBe("Rien à signaler depuis l'installation.");
  expect(screen.queryByTestId('journal-older')).toBeNull();
});

test('older entries are one press, and what is not shown yet is not said to be absent', async () => {
  const { onolder } = open(scene('whole'));
  await fireEvent.click(screen.getByTestId('journal-older'));
  expect(onolder).toHaveBeenCalledOnce();
  const fewer = { ...scene('whole'), entries: [entry({ subject: 'system' })] };
  const { unmount } = open(fewer);
  await fireEvent.click(screen.getAllByLabelText('Certificats').at(-1) ?? document.body);
  expect(screen.getByTestId('nothing').textContent).toBe("Rien de tel dans ce qui est affiché jusqu'ici.");
  unmount();
});

test('nothing is said to be absent before the first page has come', () => {
  open(scene('unread'));
  expect(screen.queryByTestId('nothing')).toBeNull();
});

describe('the journal page by page', () => {
  const rows = (...seqs: number[]) => seqs.map((seq) => entry({ seq, at: NOW + seq }));
  function side(pages: Record<string, { entries: EntryView[]; older: boolean }>) {
    const asked: (number | null)[] = [];
    const api: Pick<MainApi, 'journal' | 'journalChain' | 'ledger'> = {
      journal: (before) => {
        asked.push(before);
        const data = pages[String(before)];
        return Promise.resolve(data ? { data } : { problem: { code: 'RLS-6002', with: {} } });
      },
      journalChain: () => Promise.resolve({ data: { kind: 'broken', seq: 4 } }),
      ledger: () => Promise.resolve({ data: { uses: [], recent: 0, days: 30 } }),
    };
    return { reading: new Reading(api), asked, pages };
  }
  const seqs = (reading: Reading) => reading.view.entries?.map(({ seq }) => seq);

  test('older pages join on, and what is new comes on top, each entry once', async () => {
    const { reading, asked, pages } = side({
      null: { entries: rows(6, 5, 4), older: true },
      4: { entries: rows(3, 2), older: false },
    });
    expect(reading.view.entries).toBeNull();
    await reading.refresh();
    await reading.more();
    expect([seqs(reading), reading.view.older]).toEqual([[6, 5, 4, 3, 2], false]);
    pages['null'] = { entries: rows(7, 6, 5), older: true };
    await reading.refresh();
    expect([seqs(reading), reading.view.older]).toEqual([[7, 6, 5, 4, 3, 2], false]);
    expect(asked).toEqual([null, 4, null]);
  });

  test('what was refused is said until it is answered', async () => {
    const { reading, pages } = side({});
    await reading.refresh();
    expect(reading.refused?.code).toBe('RLS-6002');
    pages['null'] = { entries: rows(2, 1), older: false };
    await reading.refresh();
    expect([reading.refused, seqs(reading)]).toEqual([null, [2, 1]]);
  });

  test('a gap never shows: pages that do not touch are not put together', async () => {
    const { reading, pages } = side({ null: { entries: rows(2, 1), older: false } });
    await reading.refresh();
    pages['null'] = { entries: rows(9, 8), older: true };
    await reading.refresh();
    expect([seqs(reading), reading.view.older]).toEqual([[9, 8], true]);
  });

  test('what cannot be read is told, and what was read stays', async () => {
    const { reading } = side({ null: { entries: rows(2), older: true } });
    await reading.refresh();
    await reading.more();
    expect(reading.refused?.code).toBe('RLS-6002');
    expect(seqs(reading)).toEqual([2]);
    await reading.check();
    expect(reading.view.chain).toEqual({ kind: 'broken', seq: 4 });
  });
});

describe('every scene in every language', () => {
  const RULES = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } };

  test.each(Object.keys(JOURNAL))('%s: no raw key, and assistive technology can use it', async (name) => {
    for (const language of LANGUAGES) {
      texts.use(language);
      const { unmount } = open(scene(name));
      await fireEvent.click(screen.getAllByRole('radio')[2] ?? document.body);
      expect(words()).not.toMatch(/\b(journal|nocard|rls)-[a-z]/);
      if (language === 'fr') {
        const { violations } = await axe.run(document.body, RULES);
        expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join()}`)).toEqual([]);
      }
      unmount();
    }
  });
});
