import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { LANGUAGES, type Language } from '$lib/i18n/languages';

/** npm runs the tests in the folder of the interface. */
const UI = process.cwd();
const plain = (text: string): string => text.replace(/[ \u00a0\u202f\n]+/g, ' ').trim();

/** What stands in quotation marks in each language. */
const QUOTED: Record<Language, RegExp> = {
  fr: /« ([^»]+?) »/g,
  nl: /"([^"]+)"/g,
  de: /„([^“]+)“/g,
  en: /"([^"]+)"/g,
};
/** Words of the sandbox's stories, which are no texts of the interface, and a key. */
const OTHERS = [
  'Recip-e un lundi matin',
  'Recip-e op maandagochtend',
  'Recip-e am Montagmorgen',
  'Recip-e on Monday morning',
  'T',
];

/** Every text of a language, variant by variant. */
function said(language: Language): string[] {
  const folder = join(UI, 'locales', language);
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  return lines.flatMap((line) => {
    const found = /^(?:[a-z][\w-]* =|\s+\.\w+ =|\s+\*?\[\w+\]) (.+)$/.exec(line);
    return found?.[1] === undefined ? [] : [plain(found[1])];
  });
}

/** Whether somebody reads these words in the interface: a text, a sentence of one, or what stands between its values. */
function reader(language: Language): (words: string) => boolean {
  const texts = said(language);
  const parts = texts.flatMap((text) => [
    text,
    ...text.split(/(?<=[.!?:,]) /),
    ...text.split(/\{[^}]*\}?/).map((part) => part.replace(/^[ ,.:;]+|[ ,.:;]+$/g, '')),
  ]);
  const patterns = [...new Set(parts)]
    .filter((part) => part.replace(/\{[^}]*\}?/g, '').replace(/\W/g, '').length >= (part.includes('{') ? 4 : 1))
    .map((part) => part.split(/\{[^}]*\}?/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .map((words) => new RegExp(`^${words.join('[^.!?]{1,40}')}$`));
  const knows = (words: string): boolean => {
    const bare = words.replace(/[ .,:]+$/, '');
    return (
      patterns.some((pattern) => pattern.test(words) || pattern.test(bare)) ||
      [/(?<=[.!?]) /, / … /, / ?: /].some((between) => {
        const split = words.split(between);
        return split.length > 1 && split.every(knows);
      })
    );
  };
  return knows;
}

describe.each(LANGUAGES)('the manual in %s', (language) => {
  const manual = readFileSync(join(UI, '..', 'docs', 'manual', language, 'README.md'), 'utf8');
  const knows = reader(language);
  const prose = plain(manual.replace(/`[^`]*`/g, '`').replace(/\*\*[^*]+\*\*/g, ''));
  const quoted = (pattern: RegExp): string[] => [...prose.matchAll(pattern)].map((match) => plain(match[1] ?? ''));

  test('a word that the interface does not have would be found', () => {
    expect(knows('Settings of yesterday')).toBe(false);
    expect(knows('')).toBe(false);
  });

  test('names no button, place or sentence that the interface does not have', () => {
    const named = [...quoted(/\*([^*]+)\*/g), ...quoted(QUOTED[language])];
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((words) => !OTHERS.includes(words) && !knows(words))).toEqual([]);
  });

  test('has every chapter in its contents, in their order', () => {
    const chapters = [...manual.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    expect([...manual.matchAll(/^- \[(.+)\]\(#/gm)].map((match) => match[1])).toEqual(chapters);
  });
});
