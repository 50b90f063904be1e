import type { Component } from 'svelte';

import Journal from '../../main/journal/Journal.svelte';
import WithoutCardSheet from '../../main/nocard/WithoutCardSheet.svelte';
import { HOURS, USUAL } from './hours';
import Hours from './Hours.svelte';
import { JOURNAL } from './journal';
import Kept from './Kept.svelte';
import { KEPT } from './keeping';
import { WITHOUT_CARD } from './nocard';

const nothing = (): undefined => undefined;
const at = (text: string): number => Date.parse(`2026-11-12T${text}:00+01:00`);
const NOW = at('10:24');

interface Part {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each part has its own properties
  component: Component<any>;
  now: number;
  /** Properties by the name of the scene. */
  scenes: Record<string, Record<string, unknown>>;
}

function each<T>(views: Record<string, T>, properties: (view: T) => Record<string, unknown>): Part['scenes'] {
  return Object.fromEntries(Object.entries(views).map(([name, view]) => [name, properties(view)]));
}

/** What can be looked at. */
export const PARTS: Record<string, Part> = {
  nocard: {
    component: WithoutCardSheet,
    now: NOW,
    scenes: each(WITHOUT_CARD, (view) => ({ view, now: NOW, onopen: nothing, onclose: nothing })),
  },
  hours: {
    component: Hours,
    now: NOW,
    scenes: {
      practice: { first: HOURS, notifications: 'essential' },
      fresh: { first: USUAL, notifications: 'all' },
    },
  },
  journal: {
    component: Journal,
    now: at('16:32'),
    scenes: each(JOURNAL, (view) => ({
      view,
      now: at('16:32'),
      refused: null,
      onexport: nothing,
      onolder: nothing,
    })),
  },
  kept: { component: Kept, now: NOW, scenes: each(KEPT, (scene) => ({ scene })) },
};
