import type { Component } from 'svelte';

import WithoutCardSheet from '../../main/nocard/WithoutCardSheet.svelte';
import { HOURS, USUAL } from './hours';
import Hours from './Hours.svelte';
import Kept from './Kept.svelte';
import { KEPT } from './keeping';
import { WITHOUT_CARD } from './nocard';

const nothing = (): undefined => undefined;
const NOW = Date.parse('2026-11-12T10:24:00+01:00');

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
  kept: { component: Kept, now: NOW, scenes: each(KEPT, (scene) => ({ scene })) },
};
