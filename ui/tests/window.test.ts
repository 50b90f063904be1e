import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { MainApi, Outcome, Snapshot } from '$lib/api/types';
import { LANGUAGES } from '$lib/i18n/languages';

import { SCENES } from '../src/dev/scenes';
import MainWindow from '../src/main/MainWindow.svelte';

function scene(name: string): Snapshot {
  const found = SCENES[name];
  if (!found) throw new Error(`no scene ${name}`);
  return found;
}

/** A Rust side of which the test sees the calls and gives the answers. */
function rust(first: Snapshot, answer: Outcome = null) {
  let tell: (snapshot: Snapshot) => void = () => undefined;
  const call = () => vi.fn<(value?: unknown) => Promise<Outcome>>(() => Promise.resolve(answer));
  const api = {
    snapshot: () => Promise.resolve(first),
    onSnapshot: (changed: (snapshot: Snapshot) => void) => {
      tell = changed;
      return Promise.resolve(() => undefined);
    },
    signIn: call(),
    signInCancel: call(),
    signOut: call(),
    setLanguage: call(),
    setReader: call(),
    useKeypad: call(),
    setAppearance: call(),
    setKeyStore: call(),
    setAutostart: call(),
    chooseEnvironment: call(),
    environmentChosen: vi.fn(() => Promise.resolve(true)),
    forgetEnvironment: call(),
  } satisfies MainApi;
  return { api, tell: (snapshot: Snapshot) => tell(snapshot) };
}

async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function open(first: Snapshot, answer: Outcome = null) {
  const side = rust(first, answer);
  const page = render(MainWindow, { api: side.api });
  await settled();
  return { ...side, ...page };
}

const text = (hook: string): string => screen.getByTestId(hook).textContent.replace(/\s+/g, ' ').trim();

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('today', () => {
  test('the end time is in the headline and in an element of its own', async () => {
    await open(scene('good'));
    expect(text('headline')).toBe("Session ouverte jusqu'à 19:45");
    expect(text('end-time')).toBe('19:45');
    expect(text('sentence')).toBe('Tout est en ordre. Rien ne vous est demandé.');
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe('Session de 07:45 à 19:45. Il est 10:24.');
  });

  test('an end on the next day says so', async () => {
    await open(scene('overnight'));
    expect(text('headline')).toBe("Session ouverte jusqu'à demain, 06:10");
  });

  test('the headline follows the snapshot, and signing in and out are one press each', async () => {
    const { api, tell } = await open(scene('ready'));
    await fireEvent.click(screen.getByTestId('sign-in'));
    expect(api.signIn).toHaveBeenCalledExactlyOnceWith('eid');
    tell(scene('good'));
    await settled();
    expect(screen.queryByTestId('sign-in')).toBeNull();
    await fireEvent.click(screen.getByTestId('sign-out'));
    expect(api.signOut).toHaveBeenCalledOnce();
  });

  test('an event that comes before the first answer is not undone by it', async () => {
    const side = rust(scene('ready'));
    const late = {
      ...side.api,
      snapshot: () => new Promise<Snapshot>((give) => setTimeout(() => give(scene('ready')), 50)),
    };
    render(MainWindow, { api: late });
    await settled();
    side.tell(scene('good'));
    await vi.advanceTimersByTimeAsync(60);
    expect(text('end-time')).toBe('19:45');
  });

  test('nothing is said about a wait before 400 ms', async () => {
    await open(scene('working'));
    await vi.advanceTimersByTimeAsync(399);
    expect(text('sentence')).toBe('Votre carte est là. Il ne manque que le code PIN.');
    await vi.advanceTimersByTimeAsync(2);
    expect(text('sentence')).toBe('La connexion est en cours. Laissez la carte dans le lecteur.');
  });

  test('a failure is told by sentence, advice and code, and can be tried again or put away', async () => {
    const { api } = await open(scene('failed'));
    expect(text('problem')).toContain('La carte a été retirée trop tôt.');
    expect(text('problem')).toContain('RLS-1010');
    await fireEvent.click(screen.getByTestId('sign-in'));
    expect(api.signIn).toHaveBeenCalledOnce();
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(api.signInCancel).toHaveBeenCalledOnce();
  });

  test('a failure beside an open session leaves the end time the largest thing', async () => {
    await open(scene('failedOpen'));
    expect(text('end-time')).toBe('19:45');
    expect(text('problem')).toContain('RLS-1010');
    expect(screen.queryByTestId('sign-in')).toBeNull();
  });

  test('the coming end is told when it is 30 and 10 minutes away, and not every minute', async () => {
    const { tell } = await open(scene('ending'));
    const said = text('sentence');
    expect(said).toContain('Moins de 30 minutes.');
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(text('sentence')).toBe(said);
    await vi.advanceTimersByTimeAsync(11 * 60_000);
    expect(text('sentence')).toContain('Moins de 10 minutes.');
    tell(scene('ended'));
    await settled();
    expect(text('headline')).toBe('Session terminée à 09:45');
  });

  test('a window that Rust never answers says so', async () => {
    render(MainWindow, { api: { ...rust(scene('good')).api, snapshot: () => Promise.reject(new Error('no answer')) } });
    await settled();
    expect(text('problem')).toContain('RLS-9003');
  });

  test('what Rust refuses is told where the press was', async () => {
    await open(scene('ready'), { code: 'RLS-2205', with: {} });
    await fireEvent.click(screen.getByTestId('sign-in'));
    await settled();
    expect(text('refused')).toContain('RLS-2205');
  });

  test('a session kept in memory only comes with its note', async () => {
    await open(scene('memory'));
    expect(screen.getAllByTestId('warning')).toHaveLength(1);
    expect(text('warning')).toContain('RLS-2202');
    expect(text('sentence')).not.toContain('Tout est en ordre');
  });
});

describe('environments', () => {
  test('the sandbox shows its invented secrets, real work shows no banner', async () => {
    const { unmount } = await open(scene('sandbox'));
    expect(text('banner')).toBe(
      'Bac à sable : médecin, carte et service inventés. Code PIN : 1234 Mot de passe du keystore : zandbak',
    );
    unmount();
    await open(scene('good'));
    expect(screen.queryByTestId('banner')).toBeNull();
  });

  test('a sandbox that somebody else runs has no PIN to show', async () => {
    await open({ ...scene('sandbox'), environment: { name: 'sandbox', class: 'sandbox', sandboxNote: null } });
    expect(text('banner')).toBe('Bac à sable : tout est inventé, rien ne quitte ce poste.');
  });

  test.each(['production', 'acceptance', 'sandbox'])(
    'a fresh install asks, and %s is chosen by one press',
    async (name) => {
      const { api } = await open(scene('fresh'));
      await vi.advanceTimersByTimeAsync(401);
      expect(document.querySelector('.primary, [aria-pressed=true]'), 'nothing is chosen beforehand').toBeNull();
      await fireEvent.click(screen.getByTestId(`choose-${name}`));
      expect(api.chooseEnvironment).toHaveBeenCalledExactlyOnceWith(name);
    },
  );

  test('a start with a chosen environment asks nothing', async () => {
    const { tell } = await open(scene('opening'));
    await vi.advanceTimersByTimeAsync(399);
    expect(document.body.textContent.trim()).toBe('');
    await vi.advanceTimersByTimeAsync(100);
    expect(screen.getByRole('status').textContent).toBe('Un instant, Relais prépare cet environnement.');
    expect(screen.queryByTestId('choose-production')).toBeNull();
    tell(scene('good'));
    await settled();
    expect(text('end-time')).toBe('19:45');
  });

  test('the choice stays in sight while the environment opens, and takes no second press', async () => {
    const { api, tell } = await open(scene('fresh'));
    await vi.advanceTimersByTimeAsync(401);
    api.chooseEnvironment.mockImplementation(() => new Promise(() => undefined));
    await fireEvent.click(screen.getByTestId('choose-sandbox'));
    tell(scene('opening'));
    await vi.advanceTimersByTimeAsync(500);
    expect(screen.getByRole('status').textContent).toBe('Un instant, Relais prépare cet environnement.');
    await fireEvent.click(screen.getByTestId('choose-production'));
    expect(api.chooseEnvironment).toHaveBeenCalledExactlyOnceWith('sandbox');
    tell(scene('sandbox'));
    await settled();
    expect(text('banner')).toContain('1234');
  });

  test('an environment that cannot be opened is told where it was chosen', async () => {
    const { api } = await open(scene('fresh'), { code: 'RLS-6005', with: {} });
    await vi.advanceTimersByTimeAsync(401);
    await fireEvent.click(screen.getByTestId('choose-production'));
    await settled();
    expect(text('problem')).toContain('RLS-6005');
    await fireEvent.click(screen.getByTestId('choose-sandbox'));
    expect(api.chooseEnvironment).toHaveBeenLastCalledWith('sandbox');
  });
});

describe('settings and keys', () => {
  test('each setting says its present effect and sends its choice', async () => {
    const { api } = await open(scene('settings'));
    await fireEvent.click(screen.getByTestId('place-settings'));
    await settled();
    expect(document.activeElement?.textContent).toBe('Réglages');
    expect(document.body.textContent).toContain("qui n'est pas branché pour l'instant");
    await fireEvent.click(screen.getByLabelText('Nederlands'));
    await fireEvent.click(screen.getByLabelText('Sombre'));
    await fireEvent.click(screen.getByLabelText('Mémoire'));
    await fireEvent.click(screen.getByLabelText('Oui'));
    await fireEvent.change(screen.getByTestId('reader'), { target: { value: '' } });
    expect(api.setLanguage).toHaveBeenCalledExactlyOnceWith('nl');
    expect(api.setAppearance).toHaveBeenCalledExactlyOnceWith('dark');
    expect(api.setKeyStore).toHaveBeenCalledExactlyOnceWith('memory');
    expect(api.setAutostart).toHaveBeenCalledExactlyOnceWith(true);
    expect(api.setReader).toHaveBeenCalledExactlyOnceWith(null);
  });

  test('a keypad that was left for this computer is named, and used again with one press', async () => {
    const { api, tell } = await open(scene('settings'));
    await fireEvent.click(screen.getByTestId('place-settings'));
    await settled();
    expect(document.body.textContent).toContain('Avec le lecteur VASCO DIGIPASS 870 [CCID] 01 00, le code se tape');
    await fireEvent.click(screen.getByTestId('use-keypad'));
    expect(api.useKeypad).toHaveBeenCalledExactlyOnceWith('VASCO DIGIPASS 870 [CCID] 01 00');
    tell(scene('good'));
    await settled();
    expect(screen.queryByTestId('use-keypad')).toBeNull();
  });

  test('the end of the session stays in sight in the side bar', async () => {
    await open(scene('good'));
    await fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await settled();
    const chip = screen.getByRole('button', { name: /Jusqu'à 19:45/ });
    expect(within(chip).getByRole('timer').textContent).toBe('reste 9 h 21');
  });

  test.each(LANGUAGES)(
    'an environment that was chosen here is chosen anew after it is told what comes of it: %s',
    async (language) => {
      const good = scene('good');
      const { api } = await open({ ...good, settings: { ...good.settings, language } });
      await fireEvent.keyDown(window, { key: ',', ctrlKey: true });
      await settled();
      const again = screen.getByTestId('forget-environment');
      expect(again.closest('.setting')?.textContent).toMatch(
        /Relais (then starts anew|redémarre|start dan opnieuw|startet dann neu)/,
      );
      expect(api.forgetEnvironment).not.toHaveBeenCalled();
      await fireEvent.click(again);
      expect(api.forgetEnvironment).toHaveBeenCalledOnce();
    },
  );

  test('an environment that an argument named is not offered for change', async () => {
    const { api } = rust(scene('good'));
    api.environmentChosen.mockResolvedValue(false);
    render(MainWindow, { api });
    await settled();
    await fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await settled();
    expect(screen.queryByTestId('forget-environment')).toBeNull();
  });

  test.each([
    ['fr', 'reste 24 h', '12 h'],
    ['nl', 'nog 24 u', '12 u'],
    ['de', 'noch 24 Std.', '12 Uhr'],
    ['en', '24 h left', '12 h'],
  ])('whole hours and hours of the day are said as %s says them', async (language, left, noon) => {
    const good = scene('good');
    const settings = { ...good.settings, language };
    await open({ ...good, settings });
    expect([...document.querySelectorAll('.line .hour')].map((hour) => hour.textContent)).toContain(noon);
    cleanup();
    const session = { ...good.session, endsAt: good.now + 24 * 3_600_000 } as typeof good.session;
    await open({ ...good, session, settings });
    await fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await settled();
    expect(screen.getByRole('timer').textContent).toBe(left);
  });

  test('places, sign-in and the two sides of the window are reached by keys', async () => {
    const { api } = await open(scene('ready'));
    await fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await settled();
    expect(document.activeElement?.textContent).toBe('Réglages');
    await fireEvent.keyDown(window, { key: '1', ctrlKey: true });
    await settled();
    expect(document.activeElement).toBe(screen.getByTestId('headline'));
    await fireEvent.keyDown(window, { key: 'F6' });
    expect(document.activeElement).toBe(screen.getByTestId('place-today'));
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    await settled();
    expect(api.signIn).toHaveBeenCalledExactlyOnceWith('eid');
  });

  test('Ctrl+L asks nothing while a session is open', async () => {
    const { api } = await open(scene('good'));
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    await settled();
    expect(api.signIn).not.toHaveBeenCalled();
  });
});

describe('every state in every language', () => {
  const RULES = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } };

  test.each(Object.keys(SCENES))('%s: no raw key, and assistive technology can use it', async (name) => {
    const first = scene(name);
    for (const language of LANGUAGES) {
      const { unmount } = await open({ ...first, settings: { ...first.settings, language } });
      await vi.advanceTimersByTimeAsync(500);
      if (name === 'settings') {
        await fireEvent.click(screen.getByTestId('place-settings'));
      }
      expect(document.body.textContent).not.toMatch(/\b(today|fact|busy|act|use|set|choose|rls|env|line)-[a-z0-9]/);
      if (language === 'fr') {
        vi.useRealTimers();
        const { violations } = await axe.run(document.body, RULES);
        vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
        expect(violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join()}`)).toEqual([]);
      }
      unmount();
    }
  });

  test('axe finds what is planted', async () => {
    vi.useRealTimers();
    document.body.innerHTML = '<button></button>';
    const { violations } = await axe.run(document.body, RULES);
    expect(violations.map((found) => found.id)).toContain('button-name');
    document.body.innerHTML = '';
  });
});
