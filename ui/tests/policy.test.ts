import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fireEvent, render, screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';

import type { FactView } from '$lib/api/types';
import { t, texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';
import '$lib/i18n/main';

import { FACTS, UNITS } from '../src/main/policy/facts';
import PolicyRow from '../src/main/policy/PolicyRow.svelte';
import { closingEffect, popupsEffect } from '../src/main/settings/background';

const CATALOGUE = readFileSync(join(process.cwd(), '..', 'src-tauri', 'catalogue', 'policy.toml'), 'utf8');
const ROWS = CATALOGUE.split(/^\[/m).slice(1);
const field = (row: string, name: string): string => new RegExp(`^${name} = "(.*)"$`, 'm').exec(row)?.[1] ?? '';
const name = (row: string): string => row.slice(0, row.indexOf(']'));
const UNIT: Record<string, string> = { 'time of day': 'time' };
/** What a source names: requirements, decisions, threats, pages. */
const cited = (source: string): string[] => [...(source.match(/[RDTF]-?\d+|docs\/[a-z-]+\.md/g) ?? [])].sort();

const facts: FactView[] = ROWS.map((row) => ({
  name: name(row),
  value: '12',
  unit: UNIT[field(row, 'unit')] ?? field(row, 'unit'),
  date: field(row, 'date'),
}));

describe('the numbers that Relais follows', () => {
  test('every number of the catalogue has its text, and every text its number', () => {
    expect(ROWS.map(name).sort()).toEqual(Object.keys(FACTS).sort());
    expect([...new Set(facts.map(({ unit }) => unit))].sort()).toEqual(Object.keys(UNITS).sort());
  });

  test.each(LANGUAGES)('each source names in %s what the catalogue names', (language) => {
    texts.use(language);
    for (const row of ROWS) {
      const source = texts.attribute(FACTS[name(row)] ?? '', 'source') ?? '';
      expect([name(row), ...cited(source)]).toEqual([name(row), ...cited(field(row, 'source'))]);
      expect(source.startsWith(field(row, 'source').startsWith('eHealth') ? 'eHealth' : 'Relais')).toBe(true);
    }
  });

  test.each(LANGUAGES)('they are shown with value, meaning, source and date: %s', async (language) => {
    texts.use(language);
    const { container } = render(PolicyRow, { onpolicy: () => Promise.resolve({ data: facts }) });
    await fireEvent.click(screen.getByTestId('policy-show'));
    const rows = await screen.findAllByTestId('fact');
    expect(rows).toHaveLength(ROWS.length);
    const first = rows[0]?.textContent ?? '';
    expect(first).toContain(t('policy-longest-life'));
    expect(first).toContain(t('policy-unit-hours', { value: '12' }));
    expect(first).toContain('R-062');
    expect(first).toContain('2026');
    expect(container.textContent).not.toMatch(/policy-/);
    const found = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  });
});

test('numbers that could not be read are said not to be there', async () => {
  const problem = { code: 'RLS-9003', with: {} };
  render(PolicyRow, { onpolicy: () => Promise.resolve({ problem }) });
  await fireEvent.click(screen.getByTestId('policy-show'));
  expect((await screen.findByTestId('problem')).textContent).toContain('RLS-9003');
  expect(screen.queryByRole('dialog')).toBeNull();
});

describe('what is said outside the window', () => {
  const usual = { notifications: 'all', notifies: true, closing: 'hides', nearClock: true, keyStore: 'os' };

  test.each([
    [{}, 'set-notify-all-effect'],
    [{ notifies: null }, 'set-notify-all-effect'],
    [{ notifications: 'essential' }, 'set-notify-essential-effect'],
    [{ notifications: 'none' }, 'set-notify-none-effect'],
    [{ notifications: 'none', nearClock: false }, 'set-notify-none-window-effect'],
    [{ notifies: false }, 'set-notify-missing-effect'],
    [{ notifies: false, nearClock: false }, 'set-notify-missing-window-effect'],
  ])('notifications %j', (part, key) => {
    expect(popupsEffect({ ...usual, ...part })).toBe(key);
  });

  test.each([
    [{}, 'set-closing-hides-effect'],
    [{ nearClock: false }, 'set-closing-shrinks-effect'],
    [{ closing: 'stops' }, 'set-closing-stops-effect'],
    [{ closing: 'stops', keyStore: 'memory' }, 'set-closing-stops-lost-effect'],
  ])('closing %j', (part, key) => {
    expect(closingEffect({ ...usual, ...part })).toBe(key);
  });
});
