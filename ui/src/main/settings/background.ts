import type { SettingsView } from '$lib/api/types';

type Told = Pick<SettingsView, 'notifications' | 'notifies' | 'closing' | 'nearClock' | 'keyStore'>;

/** What notifications do on this desktop, which may show none. */
export function popupsEffect({ notifications, notifies, nearClock }: Told): string {
  if (notifications === 'none') {
    return nearClock ? 'set-notify-none-effect' : 'set-notify-none-window-effect';
  }
  if (notifies === false) {
    return nearClock ? 'set-notify-missing-effect' : 'set-notify-missing-window-effect';
  }
  return notifications === 'essential' ? 'set-notify-essential-effect' : 'set-notify-all-effect';
}

/** What closing the window does on this desktop, which may have no place near the clock. */
export function closingEffect({ closing, nearClock, keyStore }: Told): string {
  if (closing === 'stops') {
    return keyStore === 'memory' ? 'set-closing-stops-lost-effect' : 'set-closing-stops-effect';
  }
  return nearClock ? 'set-closing-hides-effect' : 'set-closing-shrinks-effect';
}
