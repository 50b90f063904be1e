import type { PinApi } from '$lib/api/types';

import { PinAlone } from './pin-api';
import { PIN_SCENES, type PinScene } from './pin-scenes';

function isScene(name: string): name is PinScene {
  return name in PIN_SCENES;
}

/** A Rust side that shows one scene; for `npm run dev` with `pin.html?scene=consent&lang=nl&theme=dark`. */
export function previewPin(query: URLSearchParams): PinApi {
  const scene = query.get('scene') ?? '';
  const view = PIN_SCENES[isScene(scene) ? scene : 'pin'];
  return new PinAlone({ ...view, language: query.get('lang') ?? 'fr', appearance: query.get('theme') ?? 'light' });
}
