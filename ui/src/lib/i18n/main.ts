import { byLanguage } from './sources';

/** The texts of the main window. */
export const mainTexts = byLanguage(
  import.meta.glob<string>('../../../locales/*/app.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/hours.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/journal.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/nocard.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/people.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/plan.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/policy.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/sandbox.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/services.ftl', { query: '?raw', import: 'default', eager: true }),
  import.meta.glob<string>('../../../locales/*/codes.ftl', { query: '?raw', import: 'default', eager: true }),
);
