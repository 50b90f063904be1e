import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Layers from '@lucide/svelte/icons/layers';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Settings from '@lucide/svelte/icons/settings';
import Sun from '@lucide/svelte/icons/sun';

/** Places of the main window, in the order of the side bar. A new place is one line here and its page in MainWindow. */
export const PLACES = [
  { id: 'today', name: 'nav-today', icon: Sun, foot: false },
  { id: 'services', name: 'nav-services', icon: Layers, foot: false },
  { id: 'journal', name: 'nav-journal', icon: ScrollText, foot: false },
  { id: 'settings', name: 'nav-settings', icon: Settings, foot: true },
  // The last one: the others keep their numbers where it is missing.
  { id: 'sandbox', name: 'nav-sandbox', icon: FlaskConical, foot: true },
] as const;

export type Place = (typeof PLACES)[number]['id'];

/** The key that opens the settings in most programs. */
const COMMA = ',';

/** The places of an environment: only a window that has a hand in a sandbox has the place for it. */
export function placesIn({ hand }: { hand: boolean }): readonly (typeof PLACES)[number][] {
  return PLACES.filter(({ id }) => id !== 'sandbox' || hand);
}

/** The place that a key opens there together with Ctrl (or Cmd): its number in the side bar. */
export function placeOf(key: string, environment: { hand: boolean }): Place | undefined {
  return key === COMMA ? 'settings' : placesIn(environment).find((_, at) => String(at + 1) === key)?.id;
}
