import type { ConditionView, LevelView } from '$lib/api/continuity';
import type { Mark } from '$lib/components/shared/StateMark.svelte';
import type { Speaker } from '$lib/i18n/index.svelte';

/** The fact that rests on the day of the last consultation. */
const RECENT = 'insurability_age_lt_30_days';

/** Something that has to answer does not. */
const silent = ({ fact, wanted }: ConditionView): boolean => wanted && fact.endsWith('_ok');

/** The mark of a level: not how grave it is, but how it stands. */
export function levelMark({ standing, switch: how, whyOut }: LevelView): Mark {
  switch (standing) {
    case 'inForce':
      return how === 'usual' ? 'good' : how === 'automatic' ? 'backup' : 'attention';
    case 'out':
      return whyOut.some(silent) ? 'trouble' : 'off';
    case 'unknown':
      return 'unknown';
    case 'ifYouSay':
    case 'later':
      return 'next';
  }
}

/** How a level stands, in words; a level to come needs none, it stands below the line. */
export function levelWord({ standing, switch: how, whyOut }: LevelView, { say }: Speaker): string {
  switch (standing) {
    case 'inForce':
      return say(how === 'manual' ? 'svc-level-now' : 'svc-level-in-force');
    case 'ifYouSay':
      return say('svc-level-if');
    case 'out':
      return say(whyOut.some(silent) ? 'svc-level-out' : 'svc-level-not-needed');
    case 'unknown':
      return say('svc-level-unknown');
    case 'later':
      return '';
  }
}

/** What keeps a level out, one sentence each. */
export function whyOut({ whyOut: why }: LevelView, { say }: Speaker): string[] {
  return why.map(({ statement, wanted }) => say(wanted ? 'svc-why-out' : 'svc-why-out-not', { what: statement }));
}

/** A level that is open: in force, or offered to whoever says that it fits. */
export const isOpen = ({ standing }: LevelView): boolean => standing === 'inForce' || standing === 'ifYouSay';

/** The person brings it about, now. */
export const isYours = (level: LevelView): boolean => isOpen(level) && level.switch === 'manual';

/** It rests on a consultation of less than 30 days ago. */
export const restsOnDate = ({ asks }: LevelView): boolean => asks.some(({ fact }) => fact === RECENT);

/** The words above the first level to come; none where nothing stands before it. */
export function thenWords(levels: LevelView[], { say }: Speaker): string | null {
  const open = levels.filter(isOpen);
  if (open.length === 0) {
    return null;
  }
  return say(open.some(({ kind }) => kind === 'mycarenet-direct') ? 'svc-then-mycarenet' : 'svc-then');
}
