import { LANGUAGES, type Language } from './languages';

/** Puts the files of a window together by language; a file that a language lacks is an error at start. */
export function byLanguage(...files: Record<string, string>[]): Record<Language, string[]> {
  const of = (language: Language): string[] =>
    files.map((file) => {
      const path = Object.keys(file).find((name) => name.includes(`/${language}/`));
      const source = path === undefined ? undefined : file[path];
      if (source === undefined) {
        throw new Error(`texts are missing in ${language}`);
      }
      return source;
    });
  return Object.fromEntries(LANGUAGES.map((language) => [language, of(language)])) as Record<Language, string[]>;
}
