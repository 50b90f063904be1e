import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';

import { LANGUAGES, LOCALES, isLanguage, type Language } from './languages';

/** Values a text names. */
export type Values = Record<string, string | number>;

/** Where the parts of a text meet: a private character that no text holds. */
const SLOT = '\uE000';

// Control and direction characters in a value (a name from a certificate) could make a sentence say something else.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}]/gu;
const NUMERIC = /^-?\d{1,9}$/;

function bundle(language: Language, sources: string[]): FluentBundle {
  const made = new FluentBundle(LOCALES[language], { useIsolating: false });
  for (const source of sources) {
    for (const error of made.addResource(new FluentResource(source))) {
      throw error;
    }
  }
  return made;
}

function safe(values: Values): Record<string, FluentVariable> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? new FluentNumber(value, { useGrouping: false }) : value.replace(UNSAFE, ''),
    ]),
  );
}

/** The texts of one window, in the language of its person. */
class Texts {
  language: Language = $state('fr');
  #bundles = new Map<Language, FluentBundle>();

  /** Takes the texts of this window: for each language, the contents of its files. */
  load(sources: Record<Language, string[]>): void {
    for (const language of LANGUAGES) {
      this.#bundles.set(language, bundle(language, sources[language]));
    }
  }

  /** Changes the language, where it is one of ours. */
  use(language: string): void {
    if (isLanguage(language)) {
      this.language = language;
      document.documentElement.lang = language;
    }
  }

  has(key: string): boolean {
    return this.#bundles.get(this.language)?.hasMessage(key) ?? false;
  }

  /** A text, or one of its attributes (`rls-1202`, `advice`). An unknown key shows itself. */
  text(key: string, values: Values = {}, attribute?: string, language = this.language): string {
    const found = this.#bundles.get(language);
    const message = found?.getMessage(key);
    const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
    if (!found || !pattern) {
      return key;
    }
    // A value that is not there selects the default variant; Fluent reports that here, and it is no fault.
    return found.formatPattern(pattern, safe(values), []);
  }

  /** An attribute of a text, where it has one. */
  attribute(key: string, name: string, values: Values = {}): string | undefined {
    return this.#bundles.get(this.language)?.getMessage(key)?.attributes[name] && this.text(key, values, name);
  }

  /** A text in three: before the value called `slot`, the value, and after it, so that the value can be set apart. */
  around(key: string, slot: string, value: string): [string, string, string] {
    const found = this.#bundles.get(this.language);
    const pattern = found?.getMessage(key)?.value;
    if (!found || !pattern) {
      return [key, '', ''];
    }
    const [before = '', after = ''] = found.formatPattern(pattern, { [slot]: SLOT }, []).split(SLOT);
    return [before, value, after];
  }
}

export const texts = new Texts();

/** A text in the person's language. */
export function t(key: string, values?: Values): string {
  return texts.text(key, values);
}

/** Says texts in one language: the person's, or that of a sheet of paper. */
export interface Speaker {
  readonly language: Language;
  say: (key: string, values?: Values) => string;
}

/** The person's own language, whichever it is by then. */
export const ours: Speaker = {
  get language() {
    return texts.language;
  },
  say: t,
};

/** A language for what leaves the window. */
export function speaker(language: Language): Speaker {
  return { language, say: (key, values) => texts.text(key, values, undefined, language) };
}

/** A failure as it crosses the border. */
interface Failure {
  code: string;
  with: Record<string, string>;
}

/** What happened, what to do now, and the code to read out. */
export interface Told {
  sentence: string;
  advice: string;
  code: string;
}

/** The words for a failure; a code without words (a newer Rust side) is told as an internal fault, with its code. */
export function told(failure: Failure): Told {
  const own = failure.code.toLowerCase();
  const key = texts.has(own) ? own : 'rls-9002';
  const values: Values = Object.fromEntries(
    Object.entries(failure.with).map(([name, value]) => [name, NUMERIC.test(value) ? Number(value) : value]),
  );
  return { sentence: texts.text(key, values), advice: texts.text(key, values, 'advice'), code: failure.code };
}
