import { beforeAll } from 'vitest';

import { texts } from '$lib/i18n/index.svelte';
import { mainTexts } from '$lib/i18n/main';

beforeAll(() => texts.load(mainTexts));
