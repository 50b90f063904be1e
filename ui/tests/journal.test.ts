import { fireEvent, render, screen, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { dayTitle } from '$lib/format/time';
import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';

import { JOURNAL } from '../src/dev/parts/journal';
import { byDay, entryKey, entryMark, filtered } from '../src/main/journal/entries';
import Journal from '../src/main/journal/Journal.svelte';
import type { EntryView, JournalView } from '../src/main/journal/types';

const NOW = Date.parse('2026-11-12T16:32:00+01:00');

function scene(name: string): JournalView {
  const view = JOURNAL[name];
  if (!view) throw new Error(`no scene ${name}`);
  return view;
}

const entry = (part: Partial<EntryView>): EntryView => ({
  seq: 1,
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
  const onexport = vi.fn();
  const onolder = vi.fn();
  return { ...render(Journal, { view, now: NOW, refused: null, onexport, onolder }), onexport, onolder };
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

describe('what an entry says', () => {
  test.each([
    [{}, 'journal-signed-in', 'good'],
    [{ means: 'eid-only' }, 'journal-signed-in', 'good'],
    [{ means: 'certificate' }, 'journal-signed-in-certificate', 'good'],
    [{ means: 'fallback' }, 'journal-signed-in-nocard', 'good'],
    [{ event: 'pin-refused', code: 'RLS-1202' }, 'journal-pin-refused', 'attention'],
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
    expect(rows[2]).toContain('nouveau lecteur commandé');
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
    ['checking', "Relais vérifie que rien n'y a été modifié."],
  ])('%s', (name, sentence) => {
    open(scene(name));
    expect(words()).toContain(sentence);
    expect(screen.queryByTestId('broken')).toBeNull();
  });

  test('a broken chain says from which entry on, at the top and at that entry', () => {
    open(scene('broken'));
    expect(screen.getByTestId('broken').textContent).toContain("Modifié à partir de l'entrée 36.");
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

test('export and older entries are one press each, and what came of the export stands beside its button', async () => {
  const { onexport, onolder } = open(scene('exported'));
  await fireEvent.click(screen.getByTestId('journal-export'));
  await fireEvent.click(screen.getByTestId('journal-older'));
  expect(onexport).toHaveBeenCalledOnce();
  expect(onolder).toHaveBeenCalledOnce();
  expect(screen.getByRole('status').textContent).toBe('Exporté : journal-2026-11-12.jsonl');
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
