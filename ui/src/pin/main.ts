import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import './pin.css';

import { mount } from 'svelte';

import { pinApi } from '$lib/api/pin';
import type { PinApi } from '$lib/api/types';
import { texts } from '$lib/i18n/index.svelte';
import { pinTexts } from '$lib/i18n/pin';
import { followSystem } from '$lib/state/appearance';

import PinWindow from './PinWindow.svelte';

texts.load(pinTexts);
followSystem();

/** Without Rust behind it, the development server shows invented scenes; none of that is in a build. */
async function previewed(): Promise<PinApi | null> {
  const query = new URLSearchParams(location.search);
  if (!import.meta.env.DEV || !query.has('scene')) {
    return null;
  }
  const { previewPin } = await import('../dev/pin-preview');
  return previewPin(query);
}

const target = document.getElementById('window');
if (target) {
  mount(PinWindow, { target, props: { api: (await previewed()) ?? pinApi } });
}
