/** Looks at one part of the main window: `npm run dev`, then `/src/dev/parts/?part=nocard&case=first&lang=nl&theme=dark`. */
import '../../styles/tokens.css';
import '../../styles/base.css';
import '../../styles/controls.css';
import '../../styles/main.css';

import { mount } from 'svelte';

import { texts } from '$lib/i18n/index.svelte';
import { mainTexts } from '$lib/i18n/main';
import { appear } from '$lib/state/appearance';

import Parts from './Parts.svelte';
import { PARTS } from './parts';

const query = new URLSearchParams(location.search);
const of = (name: string, other: string): string => query.get(name) ?? other;

texts.load(mainTexts);
texts.use(of('lang', 'fr'));
appear(of('theme', 'light'));

const part = PARTS[of('part', 'nocard')];
const target = document.getElementById('window');
if (part && target) {
  const scene = part.scenes[of('case', Object.keys(part.scenes)[0] ?? '')] ?? {};
  mount(Parts, { target, props: { part: part.component, now: part.now, props: scene } });
}
