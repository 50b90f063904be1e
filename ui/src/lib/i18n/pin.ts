import { byLanguage } from './sources';

/** The texts of the PIN window. */
export const pinTexts = byLanguage(
  import.meta.glob<string>('../../../locales/*/pin.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/codes.ftl', { query: '?raw', import: 'default', eager: true }),
);
