import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';

import { remaining } from '$lib/format/remaining';
import { about, clockTime, dateOf, daysBetween, fullDate, hourOf, timeOf, weekdayOf, weekdays } from '$lib/format/time';
import { whenAbout, whenAt } from '$lib/format/when';
import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';

const at = (text: string): number => Date.parse(text);

describe('times are those of Belgium, whatever the PC thinks', () => {
  test.each([
    ['2026-11-12T10:24:00+01:00', '10:24'],
    ['2026-07-01T22:30:00Z', '00:30'],
    ['2026-03-29T00:59:00Z', '01:59'],
    ['2026-03-29T01:00:00Z', '03:00'],
    ['2026-10-25T01:30:00Z', '02:30'],
  ])('%s is %s on the clock', (instant, clock) => {
    expect(clockTime(at(instant))).toBe(clock);
    expect(hourOf(at(instant))).toBe(Number(clock.slice(0, 2)));
  });

  test('midnight in Belgium, not in UTC, begins a day', () => {
    const evening = at('2026-11-12T22:30:00Z');
    expect(daysBetween(evening, at('2026-11-12T22:59:00Z'))).toBe(0);
    expect(daysBetween(evening, at('2026-11-12T23:00:00Z'))).toBe(1);
  });

  test('the day on which the clock changes is one day', () => {
    expect(daysBetween(at('2026-10-24T12:00:00+02:00'), at('2026-10-25T12:00:00+01:00'))).toBe(1);
    expect(daysBetween(at('2026-03-28T12:00:00+01:00'), at('2026-03-29T12:00:00+02:00'))).toBe(1);
  });
});

describe('a time says its day only when it is another one', () => {
  const now = at('2026-11-12T21:45:00+01:00');
  test.each([
    ['fr', 'demain, 09:45'],
    ['nl', 'morgen, 09:45'],
    ['de', 'morgen, 09:45'],
    ['en', 'tomorrow, 09:45'],
  ] as const)('in %s', (language, text) => {
    expect(timeOf(at('2026-11-12T23:05:00+01:00'), now, language)).toBe('23:05');
    expect(timeOf(at('2026-11-13T09:45:00+01:00'), now, language)).toBe(text);
  });

  test('yesterday and further days are named', () => {
    expect(timeOf(at('2026-11-11T19:45:00+01:00'), now, 'fr')).toBe('hier, 19:45');
    expect(timeOf(at('2026-11-14T09:45:00+01:00'), now, 'en')).toBe('Sat 14 Nov, 09:45');
  });

  test('a date that could be meant of another year has its own', () => {
    expect(timeOf(at('2027-09-01T09:45:00+02:00'), now, 'nl')).toBe('wo 1 sep, 09:45');
    expect(timeOf(at('2027-11-12T09:45:00+01:00'), now, 'nl')).toBe('vr 12 nov 2027, 09:45');
    expect(timeOf(at('2025-11-12T09:45:00+01:00'), now, 'fr')).toBe('mer. 12 nov. 2025, 09:45');
  });
});

describe('a sentence has the words that its moment needs', () => {
  const now = at('2026-11-12T21:45:00+01:00');
  const day = (text: string): number => at(`2026-11-${text}:00+01:00`);
  test.each([
    ['nl', 'om 23:05', 'morgen om 07:00', 'gisteren om 09:04', 'op wo 25 nov om 19:54'],
    ['fr', 'à 23:05', 'demain à 07:00', 'hier à 09:04', 'le mer. 25 nov. à 19:54'],
    ['de', 'um 23:05', 'morgen um 07:00', 'gestern um 09:04', 'am Mi., 25. Nov. um 19:54'],
    ['en', 'at 23:05', 'tomorrow at 07:00', 'yesterday at 09:04', 'on Wed 25 Nov at 19:54'],
  ] as const)('in %s: %s, %s, %s, %s', (language, ...said) => {
    texts.use(language);
    const moments = ['12T23:05', '13T07:00', '11T09:04', '25T19:54'].map(day);
    expect(moments.map((moment) => whenAt(moment, now))).toEqual(said);
  });

  test.each([
    ['nl', 'rond 23:05', 'morgen rond 07:00', 'op wo 25 nov rond 19:54'],
    ['fr', 'vers 23:05', 'demain vers 07:00', 'le mer. 25 nov. vers 19:54'],
    ['de', 'gegen 23:05', 'morgen gegen 07:00', 'am Mi., 25. Nov. gegen 19:54'],
    ['en', 'about 23:05', 'tomorrow about 07:00', 'on Wed 25 Nov about 19:54'],
  ] as const)('more or less, in %s: %s, %s, %s', (language, ...said) => {
    texts.use(language);
    expect(['12T23:05', '13T07:00', '25T19:54'].map(day).map((moment) => whenAbout(moment, now))).toEqual(said);
  });

  /** Words that only a time of the day can follow: the texts of the main window leave them to `when-at`. */
  const BEFORE = {
    nl: /\b(om|rond) \{ \$\w+ \}/,
    fr: /(^|[^'’\p{L}])(à|vers|de) \{ \$(t|end|from|start|until) \}/u,
    de: /\b(um|gegen) \{ \$\w+ \}/,
    en: /\b(at|about) \{ \$\w+ \}/,
  };
  const NAMES = ['app', 'plan', 'nocard', 'people', 'journal', 'services', 'sandbox', 'pin'];
  test.each(LANGUAGES)('no text in %s puts such a word before a whole moment itself', (language) => {
    for (const name of NAMES) {
      const lines = readFileSync(join(process.cwd(), 'locales', language, `${name}.ftl`), 'utf8').split('\n');
      const wrong = lines.filter(
        (line) => BEFORE[language].test(line) && !/^\s*(#|\*?\[(today|near|date)\])/.test(line),
      );
      expect(wrong).toEqual([]);
    }
  });
});

test('outside the windows a day is written as in them', () => {
  const now = at('2025-12-12T10:00:00Z');
  for (const language of LANGUAGES) {
    const source = readFileSync(join(process.cwd(), 'locales', language, 'host.ftl'), 'utf8');
    const bundle = new FluentBundle(language, { useIsolating: false });
    bundle.addResource(new FluentResource(source));
    const told = (key: string, values: Record<string, number | string>): string =>
      bundle.formatPattern(bundle.getMessage(key)?.value ?? '', values);
    expect(told('when-tomorrow', { t: clockTime(now) })).toBe(timeOf(now + 86_400_000, now, language));
    expect(told('when-yesterday', { t: clockTime(now) })).toBe(timeOf(now - 86_400_000, now, language));
    for (let month = 1; month <= 12; month += 1) {
      const day = Date.UTC(2026, month - 1, month + 1, 10);
      const before = day - 9 * 86_400_000;
      const weekday = weekdayOf(day) + 1;
      const written = told('when-day', { weekday, day: month + 1, month, t: clockTime(day) });
      // Whether a comma follows the weekday depends on the version of the language data.
      const bare = (text: string): string => text.replaceAll(',', '');
      expect(bare(written)).toBe(bare(timeOf(day, before, language)));
    }
  }
});

test('a full date begins with a capital in every language', () => {
  const now = at('2026-11-12T10:24:00+01:00');
  expect(fullDate(now, 'fr')).toBe('Jeudi 12 novembre 2026, 10:24');
  expect(fullDate(now, 'nl')).toBe('Donderdag 12 november 2026, 10:24');
  expect(fullDate(now, 'de')).toBe('Donnerstag, 12. November 2026, 10:24');
  // Whether a comma follows the day depends on the version of the language data.
  expect(fullDate(now, 'en')).toMatch(/^Thursday,? 12 November 2026, 10:24$/);
});

test('what is left is never less than nothing, and a begun minute counts', () => {
  const now = at('2026-11-12T10:24:00+01:00');
  expect(remaining(now + 9 * 3_600_000 + 21 * 60_000, now)).toEqual({ hours: 9, minutes: 21, total: 561 });
  expect(remaining(now + 1, now)).toEqual({ hours: 0, minutes: 1, total: 1 });
  expect(remaining(now - 60_000, now)).toEqual({ hours: 0, minutes: 0, total: 0 });
});

test('a day of the week is that of Belgium, Monday first', () => {
  expect(weekdayOf(at('2026-11-09T00:00:00+01:00'))).toBe(0);
  expect(weekdayOf(at('2026-11-15T23:59:00+01:00'))).toBe(6);
  expect(weekdayOf(at('2026-11-15T23:30:00Z'))).toBe(0);
  expect(weekdays('fr', 'long')).toEqual(['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']);
  expect(weekdays('nl', 'short')[2]).toBe('wo');
});

test('a date is written in full, the first of a month as in each language', () => {
  expect(dateOf(at('2027-03-03T12:00:00+01:00'), 'fr')).toBe('3 mars 2027');
  expect(dateOf(at('2027-03-31T22:30:00Z'), 'fr')).toBe('1er avril 2027');
  expect(dateOf(at('2027-03-11T12:00:00+01:00'), 'nl')).toBe('11 maart 2027');
});

test('what happens about a time is told to the nearest five minutes', () => {
  expect(clockTime(about(at('2026-11-12T13:12:29+01:00')))).toBe('13:10');
  expect(clockTime(about(at('2026-11-12T13:12:31+01:00')))).toBe('13:15');
});
