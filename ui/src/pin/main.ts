import '../styles/tokens.css';
import '../styles/base.css';

import { mount } from 'svelte';

import { pinApi } from '$lib/api/pin';

import PinWindow from './PinWindow.svelte';

const target = document.getElementById('window');
if (target) {
  mount(PinWindow, { target, props: { api: pinApi } });
}
