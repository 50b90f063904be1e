import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';

import { t, texts, told } from '$lib/i18n/index.svelte';
import { LANGUAGES, type Language } from '$lib/i18n/languages';

/** npm runs the tests in the folder of the interface. */
const UI = process.cwd();
const read = (...path: string[]): string => readFileSync(join(UI, ...path), 'utf8');
const FILES = readdirSync(join(UI, 'locales', 'fr')).filter((file) => file.endsWith('.ftl'));
/** Files that only the main window reads. */
const OF_MAIN = FILES.filter(
  (file) =>
    !['certificates.ftl', 'cli.ftl', 'codes.ftl', 'host.ftl', 'outside.ftl', 'pin.ftl', 'record.ftl'].includes(file),
);

/** Keys and attributes of a file. */
function keys(source: string): string[] {
  const resource = new FluentResource(source);
  return resource.body.flatMap((entry) => [
    entry.id,
    ...Object.keys(entry.attributes).map((name) => `${entry.id}.${name}`),
  ]);
}

/** Values that each text of a file names. */
function values(source: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of source.split(/^(?=[a-z])/m).filter((part) => /^[a-z]/.test(part))) {
    const names = [...entry.matchAll(/\$([a-zA-Z_]+)/g)].map((match) => match[1] ?? '');
    found.set(entry.slice(0, entry.indexOf(' ')), [...new Set(names)].sort().join(' '));
  }
  return found;
}

/** The code of the main window and of what both windows share. */
function sources(folder: string): string {
  return readdirSync(join(UI, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file) && file !== 'bindings.ts')
    .map((file) => read(folder, file))
    .join('\n');
}

describe.each(FILES)('%s', (file) => {
  test.each(LANGUAGES)('is whole and readable in %s', (language) => {
    const source = read('locales', language, file);
    const bundle = new FluentBundle(language);
    expect(bundle.addResource(new FluentResource(source))).toEqual([]);
    expect(source.match(/^[a-z][a-z0-9-]* =/gm)?.length).toBe(new FluentResource(source).body.length);
    expect(keys(source).sort()).toEqual(keys(read('locales', 'fr', file)).sort());
  });

  test.each(LANGUAGES)('no text of the main window lacks a value in %s', (language) => {
    if (OF_MAIN.includes(file)) {
      expect(values(read('locales', language, file))).toEqual(values(read('locales', 'fr', file)));
    }
  });
});

test('in French no line breaks before a colon or within quotation marks', () => {
  const broken = / [:;?!](?=\s|$|»|\))|« | »/;
  expect(broken.test('la carte : non')).toBe(true);
  const found = FILES.flatMap((file) =>
    read('locales', 'fr', file)
      .split('\n')
      .filter((line) => !line.startsWith('#') && broken.test(line))
      .map((line) => `${file}: ${line}`),
  );
  expect(found).toEqual([]);
  const catalogue = read('..', 'src-tauri', 'catalogue', 'services.toml');
  const french = [...catalogue.matchAll(/\bfr = "([^"]*)"/g)].map((match) => match[1] ?? '');
  expect(french.length).toBeGreaterThan(20);
  expect(french.filter((text) => broken.test(text))).toEqual([]);
});

describe('texts and code know each other', () => {
  const code = sources('src/main') + sources('src/lib');
  const known = OF_MAIN.flatMap((file) => new FluentResource(read('locales', 'fr', file)).body.map(({ id }) => id));
  const families = [...new Set(known.map((key) => key.slice(0, key.indexOf('-'))))];

  test('every text of the main window is used', () => {
    expect(known.filter((key) => !code.includes(`'${key}'`))).toEqual([]);
  });

  test('every text the main window asks for is there', () => {
    const asked = [...code.matchAll(/\bt\('([a-z0-9-]+)'/g)].map((match) => match[1] ?? '');
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((key) => !known.includes(key))).toEqual([]);
  });

  test('every name that looks like a key is one', () => {
    const hooks = ['choose-', 'set-this-pc', 'set-advanced'];
    const pattern = new RegExp(`'((?:${families.join('|')})-[a-z0-9-]+)'`, 'g');
    const named = [...code.matchAll(pattern)].map((match) => match[1] ?? '');
    expect(named.filter((key) => !known.includes(key) && !hooks.includes(key))).toEqual([]);
  });
});

describe('a failure finds its words by its code', () => {
  const inEach = (check: (language: Language) => void): void => {
    for (const language of LANGUAGES) {
      texts.use(language);
      check(language);
    }
  };

  test('sentence and advice are there in every language', () => {
    inEach(() => {
      const words = told({ code: 'RLS-1002', with: {} });
      expect(words.sentence).not.toMatch(/^rls-/);
      expect(words.advice).not.toMatch(/^rls-/);
      expect(words.code).toBe('RLS-1002');
    });
  });

  test('a code from a newer Rust side is told as an internal fault, with its own code', () => {
    inEach(() => {
      const words = told({ code: 'RLS-9999', with: {} });
      expect(words).toEqual({ ...told({ code: 'RLS-9002', with: {} }), code: 'RLS-9999' });
    });
  });

  test('a value cannot turn the direction of a sentence', () => {
    texts.use('en');
    expect(t('chip-until', { t: '19\u202e:45\u0000' })).toBe('Until 19:45');
  });
});
