import { fireEvent, render, screen, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { Deed, SandboxApi, SandboxView } from '$lib/api/sandbox';
import type { Answer } from '$lib/api/types';
import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';
import '$lib/i18n/main';

import { previewSandbox, USUAL, WORST } from '../src/dev/sandbox';
import { placeOf, placesIn } from '../src/main/places';
import { PAUSE } from '../src/main/sandbox/looking.svelte';
import Sandbox from '../src/main/sandbox/Sandbox.svelte';
import SandboxPlace from '../src/main/sandbox/SandboxPlace.svelte';
import { howIn, listable, listed, unusual } from '../src/main/sandbox/words';

const KGSS = 'uddi:ehealth-fgov-be:business:kgss:v1';
const REFUSED = { problem: { code: 'RLS-6049', with: {} } };

function panel(view: SandboxView | null, refused: { code: string; with: Record<string, string> } | null = null) {
  const ondo = vi.fn<(deed: Deed) => Promise<void>>(() => Promise.resolve());
  return { ...render(Sandbox, { view, refused, ondo }), ondo };
}
const select = (name: string): HTMLSelectElement => screen.getByRole('combobox', { name });
const pick = (name: string, value: string): Promise<unknown> => fireEvent.change(select(name), { target: { value } });
const press = (hook: string): Promise<unknown> => fireEvent.click(screen.getByTestId(hook));

/** A place whose sandbox the test moves. */
async function place(sandbox: SandboxApi) {
  const page = render(SandboxPlace, { api: sandbox });
  await vi.advanceTimersByTimeAsync(0);
  return page;
}

beforeEach(() => {
  texts.use('en');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => void vi.useRealTimers());

describe('the place', () => {
  test('is there for a hand in a sandbox and nowhere else, and so is its key', () => {
    expect(placesIn({ hand: true }).map(({ id }) => id)).toContain('sandbox');
    expect(placesIn({ hand: false }).map(({ id }) => id)).not.toContain('sandbox');
    expect([placeOf('5', { hand: true }), placeOf('5', { hand: false })]).toEqual(['sandbox', undefined]);
  });

  test('shows what somebody does elsewhere at its next look, and looks no more once it is left', async () => {
    let view = USUAL;
    const look = vi.fn(() => Promise.resolve({ data: view }));
    const { unmount } = await place({ look, act: () => Promise.resolve({ data: view }) });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Everything is as usual');
    view = { ...USUAL, lost: ['main'] };
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(screen.getByTestId('zone-main-state').textContent).toContain('Lost: nobody answers.');
    unmount();
    const looks = look.mock.calls.length;
    await vi.advanceTimersByTimeAsync(5 * PAUSE);
    expect(look).toHaveBeenCalledTimes(looks);
  });

  test('a look that began before a deed does not undo it on the screen', async () => {
    let late: (answer: Answer<SandboxView>) => void = () => undefined;
    const looks = [
      Promise.resolve({ data: USUAL }),
      new Promise<Answer<SandboxView>>((answer) => {
        late = answer;
      }),
    ];
    const sandbox = previewSandbox('');
    await place({ ...sandbox, look: () => looks.shift() ?? sandbox.look() });
    await vi.advanceTimersByTimeAsync(PAUSE);
    await press('zone-backup');
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByTestId('zone-backup-state').dataset['good']).toBe('false');
    late({ data: USUAL });
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByTestId('zone-backup-state').dataset['good']).toBe('false');
  });

  test('what was refused is said until the next deed, and the screen shows what is', async () => {
    const act = vi.fn<SandboxApi['act']>(() => Promise.resolve(REFUSED));
    await place({ look: () => Promise.resolve({ data: USUAL }), act });
    await pick('The list is', 'gone');
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByTestId('problem').textContent).toContain('RLS-6049');
    expect(select('The list is').value).toBe('honest');
    await vi.advanceTimersByTimeAsync(3 * PAUSE);
    expect(screen.getByTestId('problem').textContent).toContain('RLS-6049');
    act.mockResolvedValue({ data: { ...USUAL, list: 'gone' } });
    await pick('The list is', 'gone');
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.queryByTestId('problem')).toBeNull();
    expect(select('The list is').value).toBe('gone');
  });

  test('a sandbox that does not answer is told, with what was seen of it last', async () => {
    const answers: Answer<SandboxView>[] = [{ data: WORST }, { problem: { code: 'RLS-6033', with: {} } }];
    const look = () => Promise.resolve(answers.shift() ?? { problem: { code: 'RLS-6033', with: {} } });
    await place({ look, act: () => Promise.resolve(REFUSED) });
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(screen.getByTestId('problem').textContent).toContain('RLS-6033');
    expect(screen.getByTestId('zone-main-state').textContent).toContain('Lost');
  });
});

describe('what is shown', () => {
  test('nothing is claimed before it was seen', () => {
    panel(null);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Sandbox');
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  test('everything that is other than usual is counted and said', () => {
    panel(WORST);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('11 things are other than usual');
    const said = within(screen.getByTestId('unusual'))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(said).toEqual([
      'A story is being played: Tout est perdu',
      'Main zone: nobody answers',
      'MyCareNet: nobody answers',
      'Official list: changed after it was signed',
      'Official list: both versions, mixed',
      'Services that the list places elsewhere: 1',
      'Services that fail somewhere: 1',
      'Services that come and go somewhere: 1',
      'The sign-in service is away',
      'Faults of the sign-in service that were planned elsewhere: 2',
      'The card is out of the reader',
    ]);
    expect(screen.getByTestId('playing').textContent.trim()).toBe(
      'Tout est perdu: 2 of 5 steps done, the next at 12:10.',
    );
    expect(unusual(USUAL)).toEqual([]);
  });

  test('services that differ are shown as differing, and a sandbox without a reader has no card', () => {
    panel({ ...WORST, card: null });
    expect(select('The list says, Assurabilité').value).toBe('');
    expect(select('MyCareNet, Assurabilité').value).toBe('');
    expect(select('The list says, MCN INSURABILITY V2').value).toBe('backup');
    expect(screen.queryByTestId('card')).toBeNull();
  });

  test('a service in no list can be placed nowhere', () => {
    panel(USUAL);
    expect(screen.queryByRole('combobox', { name: 'The list says, Documents du hub' })).toBeNull();
    expect(select('Main zone, Documents du hub').value).toBe('works');
    const consent = USUAL.services.filter(({ name }) => name === 'consent:v1');
    expect([listed(consent), listable(consent, 'main'), howIn(consent, 'backup')]).toEqual([null, [], null]);
  });

  test.each(LANGUAGES)('every control has a name and every text its words in %s', async (language) => {
    vi.useRealTimers();
    texts.use(language);
    const { container } = panel(WORST, { code: 'RLS-6049', with: {} });
    expect(container.textContent).not.toMatch(/box-|nav-/);
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
    const found = await axe.run(container, { rules });
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    expect(screen.getAllByRole('button').every((button) => button.textContent.trim() !== '')).toBe(true);
  });
});

describe('what a person does', () => {
  test('a function is moved with all its services that have an address there', async () => {
    const { ondo } = panel(USUAL);
    await pick('The list says, Assurabilité', 'backup');
    await pick('MyCareNet, Assurabilité', 'flaps');
    await pick('Backup zone, Chiffrement pour un destinataire inconnu', 'fails');
    const [generic, v2] = ['genericinsurability:v1', 'insurability:v2'].map(
      (short) => `uddi:ehealth-fgov-be:business:${short}`,
    );
    expect(ondo.mock.calls.map(([deed]) => deed)).toEqual([
      { kind: 'publish', services: [v2], zone: 'backup' },
      { kind: 'service', services: [generic, v2], zone: 'mycarenet', how: 'flaps' },
      { kind: 'service', services: [KGSS], zone: 'backup', how: 'fails' },
    ]);
  });

  test('zones, card, sign-in, list, clocks and stories each do one thing', async () => {
    const { ondo } = panel(USUAL);
    for (const hook of ['zone-mycarenet', 'card', 'sign-in-service', 'list-all-backup', 'turn--60', 'morning']) {
      await press(hook);
    }
    await pick('What is turned', 'wall');
    await press('turn-60');
    await press('morning');
    await pick('Story', 'everything-lost');
    await press('play');
    await press('next');
    await press('stop');
    await press('usual');
    expect(ondo.mock.calls.map(([deed]) => deed)).toEqual([
      { kind: 'zone', zone: 'mycarenet', there: false },
      { kind: 'card', there: false },
      { kind: 'signIn', there: false },
      { kind: 'publishAll', zone: 'backup' },
      { kind: 'turn', clock: 'all', minutes: -60 },
      { kind: 'morning' },
      { kind: 'turn', clock: 'wall', minutes: 60 },
      { kind: 'play', name: 'everything-lost' },
    ]);
  });

  test('on a bad day everything is taken back the same way', async () => {
    const { ondo } = panel(WORST);
    for (const hook of ['zone-main', 'card', 'sign-in-service', 'next', 'stop', 'usual']) {
      await press(hook);
    }
    expect(ondo.mock.calls.map(([deed]) => deed)).toEqual([
      { kind: 'zone', zone: 'main', there: true },
      { kind: 'card', there: true },
      { kind: 'signIn', there: true },
      { kind: 'next' },
      { kind: 'stop' },
      { kind: 'usual' },
    ]);
  });
});
