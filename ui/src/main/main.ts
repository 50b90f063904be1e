import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/main.css';

import { mount } from 'svelte';

import { mainApi } from '$lib/api/main';
import type { MainApi } from '$lib/api/types';
import { texts } from '$lib/i18n/index.svelte';
import { mainTexts } from '$lib/i18n/main';
import { followSystem } from '$lib/state/appearance';

import MainWindow from './MainWindow.svelte';
import type { Place } from './places';

texts.load(mainTexts);
followSystem();

/** Without Rust behind it, the development server shows invented scenes; none of that is in a build. */
async function previewed(): Promise<{ api: MainApi; start: Place } | null> {
  const query = new URLSearchParams(location.search);
  if (!import.meta.env.DEV || !query.has('scene')) {
    return null;
  }
  const { previewApi } = await import('../dev/preview');
  return { api: previewApi(query), start: query.get('scene') === 'settings' ? 'settings' : 'today' };
}

const target = document.getElementById('window');
if (target) {
  mount(MainWindow, { target, props: (await previewed()) ?? { api: mainApi } });
}
