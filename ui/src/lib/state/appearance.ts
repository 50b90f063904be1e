const DARK = '(prefers-color-scheme: dark)';

let chosen = 'system';

function show(): void {
  const dark = chosen === 'dark' || (chosen === 'system' && matchMedia(DARK).matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Shows the window in the appearance of the settings: `system`, `light` or `dark`. */
export function appear(appearance: string): void {
  chosen = appearance;
  show();
}

/** Follows the system when it turns dark or light while the window is open. */
export function followSystem(): void {
  matchMedia(DARK).addEventListener('change', show);
}
