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
import { PLACES, type Place } from './places';
import type { Shown } from './services/shown';

texts.load(mainTexts);
followSystem();

/** Without Rust behind it, the development server shows invented scenes; none of that is in a build. */
async function previewed(): Promise<{ api: MainApi; start: Place; services: Shown } | null> {
  const query = new URLSearchParams(location.search);
  if (!import.meta.env.DEV || !query.has('scene')) {
    return null;
  }
  const { previewApi, previewPress, previewServices } = await import('../dev/preview');
  const place = query.get('place') ?? query.get('scene');
  void previewPress(query);
  const start = PLACES.find(({ id }) => id === place)?.id ?? 'today';
  return { api: previewApi(query), start, services: previewServices(query) };
}

const target = document.getElementById('window');
if (target) {
  mount(MainWindow, { target, props: (await previewed()) ?? { api: mainApi } });
}
