import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/main.css';

import { mount } from 'svelte';

import { mainApi } from '$lib/api/main';
import { texts } from '$lib/i18n/index.svelte';
import { mainTexts } from '$lib/i18n/main';

import MainWindow from './MainWindow.svelte';

texts.load(mainTexts);
const target = document.getElementById('window');
if (target) {
  mount(MainWindow, { target, props: { api: mainApi } });
}
