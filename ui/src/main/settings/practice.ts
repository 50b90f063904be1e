import type { SettingsView } from '$lib/api/types';

/** What a person may say of a fact, and what that is. */
export const SAID = { unsaid: null, yes: true, no: false } as const;
export type Said = keyof typeof SAID;

/** What the choices are called. */
export const CHOICES: Record<Said, string> = {
  unsaid: 'set-practice-unsaid',
  yes: 'set-practice-yes',
  no: 'set-practice-no',
};

/** A fact that only the practice knows of itself, and that levels of functions depend on. */
interface PracticeFact {
  fact: string;
  name: string;
  /** What each answer does. */
  effects: Record<Said, string>;
  of: (settings: SettingsView) => boolean | null;
}

export const PRACTICE: PracticeFact[] = [
  {
    fact: 'flemish_region',
    name: 'set-flemish',
    effects: {
      unsaid: 'set-flemish-unsaid-effect',
      yes: 'set-flemish-yes-effect',
      no: 'set-flemish-no-effect',
    },
    of: (settings) => settings.flemish,
  },
  {
    fact: 'module_available',
    name: 'set-module',
    effects: { unsaid: 'set-module-unsaid-effect', yes: 'set-module-yes-effect', no: 'set-module-no-effect' },
    of: (settings) => settings.tariffModule,
  },
];

export function said(holds: boolean | null): Said {
  return holds === null ? 'unsaid' : holds ? 'yes' : 'no';
}
