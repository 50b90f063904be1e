import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Layers from '@lucide/svelte/icons/layers';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Settings from '@lucide/svelte/icons/settings';
import Sun from '@lucide/svelte/icons/sun';

/** Places of the main window, in the order of the side bar. A new place is one line here and its page in MainWindow. */
export const PLACES = [
  { id: 'today', name: 'nav-today', icon: Sun, keys: ['1'], foot: false },
  { id: 'services', name: 'nav-services', icon: Layers, keys: ['2'], foot: false },
  { id: 'journal', name: 'nav-journal', icon: ScrollText, keys: ['4'], foot: false },
  { id: 'sandbox', name: 'nav-sandbox', icon: FlaskConical, keys: ['7'], foot: true },
  { id: 'settings', name: 'nav-settings', icon: Settings, keys: ['6', ','], foot: true },
] as const;

export type Place = (typeof PLACES)[number]['id'];

/** The places of an environment: only a window that has a hand in a sandbox has the place for it. */
export function placesIn({ hand }: { hand: boolean }): readonly (typeof PLACES)[number][] {
  return PLACES.filter(({ id }) => id !== 'sandbox' || hand);
}

/** The place that a key opens there together with Ctrl (or Cmd). */
export function placeOf(key: string, environment: { hand: boolean }): Place | undefined {
  return placesIn(environment).find((place) => (place.keys as readonly string[]).includes(key))?.id;
}
