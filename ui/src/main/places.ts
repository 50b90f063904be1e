import ScrollText from '@lucide/svelte/icons/scroll-text';
import Settings from '@lucide/svelte/icons/settings';
import Sun from '@lucide/svelte/icons/sun';

/** Places of the main window, in the order of the side bar. A new place is one line here and its page in MainWindow. */
export const PLACES = [
  { id: 'today', name: 'nav-today', icon: Sun, keys: ['1'], foot: false },
  { id: 'journal', name: 'nav-journal', icon: ScrollText, keys: ['4'], foot: false },
  { id: 'settings', name: 'nav-settings', icon: Settings, keys: ['6', ','], foot: true },
] as const;

export type Place = (typeof PLACES)[number]['id'];

/** The place that a key opens together with Ctrl (or Cmd). */
export function placeOf(key: string): Place | undefined {
  return PLACES.find((place) => (place.keys as readonly string[]).includes(key))?.id;
}
