import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { tick } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import type { PinApi, PinView } from '$lib/api/types';
import { LANGUAGES } from '$lib/i18n/languages';
import { texts } from '$lib/i18n/index.svelte';
import { pinTexts } from '$lib/i18n/pin';

import { PinAlone } from '../src/dev/pin-api';
import { PIN_SCENES, type PinScene } from '../src/dev/pin-scenes';
import { Asked } from '../src/pin/asked.svelte';
import PinWindow from '../src/pin/PinWindow.svelte';

const SCENES = Object.keys(PIN_SCENES) as PinScene[];

beforeAll(() => texts.load(pinTexts));
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Lets everything happen that was set going: calls answer, the page redraws. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    await Promise.resolve();
  }
  await tick();
}

async function open(scene: PinScene | PinView, language = 'fr'): Promise<PinAlone> {
  const view = typeof scene === 'string' ? PIN_SCENES[scene] : scene;
  const api = new PinAlone({ ...view, language });
  for (const name of ['digit', 'erase', 'confirm', 'cancel', 'consent', 'useKeypad', 'password'] as const) {
    vi.spyOn(api, name);
  }
  render(PinWindow, { api });
  await settle();
  return api;
}

const field = (): HTMLInputElement => screen.getByTestId('pin-field');
const button = (id: string): HTMLButtonElement => screen.getByTestId(id);
const textOf = (node: Element | null): string => node?.textContent.trim() ?? '';
const drawn = (): string | undefined => screen.getByTestId('pin-dots').dataset.count;

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await fireEvent.keyDown(field(), { key });
  }
  await settle();
}

const said = (): string | null => screen.getByRole('alert').textContent;
const murmured = (): string | undefined => screen.getAllByRole('status').at(-1)?.textContent;

describe('a window that Rust does not answer', () => {
  test('says so, and can be left', async () => {
    const api = new PinAlone({ ...PIN_SCENES.pin, language: 'fr' });
    vi.spyOn(api, 'view').mockRejectedValue(new Error('no answer'));
    vi.spyOn(api, 'cancel');
    render(PinWindow, { api });
    await settle();
    expect(screen.getByTestId('pin-notice').textContent).not.toBe('');
    expect(document.body.textContent).toContain('RLS-9003');
    await fireEvent.keyDown(window, { key: 'Escape' });
    await settle();
    expect(api.cancel).toHaveBeenCalledOnce();
  });
});

describe('a PIN', () => {
  test('leaves digit by digit, and the page draws as many dots as Rust counts', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 0 });
    await press('4', '0', '7', '9');
    expect(vi.mocked(api.digit).mock.calls).toEqual([[4], [0], [7], [9]]);
    expect(drawn()).toBe('4');
    await press('Backspace');
    expect(api.erase).toHaveBeenCalledOnce();
    expect(drawn()).toBe('3');
  });

  test('is asked again though an older answer arrives after the younger event', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 4, tries: 2, revision: 5 });
    let answered: (view: PinView) => void = () => undefined;
    vi.spyOn(api, 'view').mockReturnValue(new Promise((resolve) => (answered = resolve)));
    await press('Enter');
    api.become({ ...PIN_SCENES.consent, language: 'fr', revision: 7 });
    answered({ ...PIN_SCENES.working, language: 'fr', revision: 6 });
    await settle();
    expect(screen.getByTestId('pin-step').dataset.step).toBe('consent');
  });

  test('shows no dots for digits that were wiped before their answer arrived', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 2, revision: 5 });
    let answered: (view: PinView) => void = () => undefined;
    vi.spyOn(api, 'digit').mockReturnValue(new Promise((resolve) => (answered = resolve)));
    await press('4');
    api.become({ ...PIN_SCENES.pin, language: 'fr', digits: 0, revision: 7 });
    answered({ ...PIN_SCENES.pin, language: 'fr', digits: 3, revision: 6 });
    await settle();
    expect(drawn()).toBe('0');
  });

  test('leaves in the order of the keys, each when the one before has arrived', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 0 });
    const arrive: (() => void)[] = [];
    vi.mocked(api.digit).mockImplementation(
      () => new Promise((done) => arrive.push(() => done({ ...PIN_SCENES.pin, digits: arrive.length }))),
    );
    await press('1', '2');
    expect(vi.mocked(api.digit).mock.calls).toEqual([[1]]);
    arrive[0]?.();
    await settle();
    expect(vi.mocked(api.digit).mock.calls).toEqual([[1], [2]]);
  });

  test('is never in the page: the value of the field is filler', async () => {
    await open({ ...PIN_SCENES.nameless, tries: null, digits: 0 });
    await press('8', '6', '8', '6', '8');
    expect(field().value).toBe('•••••');
    expect(field().readOnly).toBe(true);
    expect(document.documentElement.outerHTML).not.toMatch(/[86]{2}/);
    expect(document.body.textContent).not.toMatch(/[86]/);
  });

  test('is not pasted, dropped, dragged, composed, and has no menu', async () => {
    const api = await open('pin');
    for (const name of ['paste', 'drop', 'dragstart', 'dragover', 'compositionstart', 'contextmenu', 'beforeinput']) {
      const event = new Event(name, { bubbles: true, cancelable: true });
      field().dispatchEvent(event);
      expect(event.defaultPrevented, name).toBe(true);
    }
    expect(api.digit).not.toHaveBeenCalled();
    expect(field().value).toBe('••');
  });

  test('takes digits only: no letter, no held key, no command, no half-composed character', async () => {
    const api = await open('pin');
    await press('a', '&', ' ', 'é', '٣', 'F5');
    await fireEvent.keyDown(field(), { key: '1', repeat: true });
    await fireEvent.keyDown(field(), { key: '1', ctrlKey: true });
    await fireEvent.keyDown(field(), { key: '1', isComposing: true });
    await settle();
    expect(api.digit).not.toHaveBeenCalled();
  });

  test('is taken from the numeric block too', async () => {
    const api = await open('pin');
    await fireEvent.keyDown(field(), { key: '5', code: 'Numpad5' });
    await settle();
    expect(api.digit).toHaveBeenCalledExactlyOnceWith(5);
  });

  test('can be given with keys on the screen, in a fixed order, and the field keeps the focus', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 0 });
    await fireEvent.click(screen.getByText("Clavier à l'écran"));
    const keys = [...document.querySelectorAll<HTMLButtonElement>('.keys button')];
    expect(keys.map((key) => key.textContent)).toEqual([...'1234567890', 'Effacer']);
    const down = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    keys[6]?.dispatchEvent(down);
    expect(down.defaultPrevented).toBe(true);
    await fireEvent.click(keys[6] as HTMLButtonElement);
    await settle();
    expect(api.digit).toHaveBeenCalledExactlyOnceWith(7);
    expect(drawn()).toBe('1');
  });
});

test('a click beside everything leaves the focus in the field', async () => {
  await open('pin');
  const down = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
  screen.getByRole('heading').dispatchEvent(down);
  expect(down.defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(field());
});

describe('Enter', () => {
  test('confirms four digits or more, once', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 0 });
    await press('1', '2', '3', 'Enter');
    expect(api.confirm).not.toHaveBeenCalled();
    // Both keys of an impatient hand reach the field before the first has done anything.
    const box = field();
    for (const key of ['4', 'Enter', 'Enter']) {
      void fireEvent.keyDown(box, { key });
    }
    await settle();
    expect(api.confirm).toHaveBeenCalledOnce();
  });

  test('waits for the digits before it', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 0 });
    for (const key of ['1', '2', '3', '4', 'Enter']) {
      void fireEvent.keyDown(field(), { key });
    }
    await settle();
    await settle();
    expect(api.digit).toHaveBeenCalledTimes(4);
    expect(api.confirm).toHaveBeenCalledOnce();
  });

  test('never uses the last try, neither in the field nor on its button', async () => {
    const api = await open('certain');
    await press('Enter');
    const onButton = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
    screen.getByTestId('pin-confirm').dispatchEvent(onButton);
    await settle();
    expect(onButton.defaultPrevented).toBe(true);
    expect(api.confirm).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByTestId('pin-confirm'));
    await settle();
    expect(api.confirm).toHaveBeenCalledOnce();
  });
});

test('Escape means later, at every step', async () => {
  for (const scene of SCENES.filter((name) => name !== 'closed')) {
    const api = await open(scene);
    await fireEvent.keyDown(document.body, { key: 'Escape' });
    await settle();
    expect(api.cancel, scene).toHaveBeenCalledOnce();
    cleanup();
  }
});

describe('the last try', () => {
  test('has no box before the person is certain', async () => {
    const api = await open('consent');
    expect(screen.queryByTestId('pin-field')).toBeNull();
    expect(button('pin-confirm').disabled).toBe(true);
    expect(button('pin-cancel').classList.contains('primary')).toBe(true);
    await fireEvent.click(screen.getByTestId('pin-consent'));
    await settle();
    expect(api.consent).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(field());
    expect(textOf(screen.getByTestId('pin-cancel'))).toContain('Ne pas essayer');
  });

  test('is not tried by the filled button', async () => {
    const api = await open('consent');
    await fireEvent.click(screen.getByTestId('pin-cancel'));
    await settle();
    expect(api.cancel).toHaveBeenCalledOnce();
    expect(api.confirm).not.toHaveBeenCalled();
  });

  test('is only perhaps the last where nobody knows how many are left', async () => {
    await open('maybe');
    expect(textOf(screen.getByRole('heading'))).toContain('Peut-être le dernier essai');
    expect(document.querySelectorAll('.bars .dashed')).toHaveLength(3);
  });

  test('on a keypad begins with the button, not with the tick', async () => {
    const api = await open('keypadConsent');
    await fireEvent.click(screen.getByTestId('pin-consent'));
    await settle();
    expect(api.consent).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByTestId('pin-confirm'));
    await settle();
    expect(api.consent).toHaveBeenCalledExactlyOnceWith(7);
    expect(screen.getByTestId('pin-step').dataset.step).toBe('keypad');
  });

  test('is consented to as it was read, whatever is asked when the word gets through', async () => {
    const api = new PinAlone(PIN_SCENES.consent);
    const next = { ...PIN_SCENES.consent, question: 8 };
    let answer: (view: PinView) => void = () => undefined;
    vi.spyOn(api, 'digit').mockReturnValue(new Promise((done) => (answer = done)));
    const consent = vi.spyOn(api, 'consent');
    const asked = new Asked(api);
    asked.show(PIN_SCENES.consent);
    asked.digit(1);
    asked.consent();
    asked.show(next);
    answer(next);
    await settle();
    expect(consent).toHaveBeenCalledExactlyOnceWith(7);
  });

  test('that nobody asks about any more is not consented to', async () => {
    const api = new PinAlone(PIN_SCENES.waiting);
    const consent = vi.spyOn(api, 'consent');
    const asked = new Asked(api);
    asked.show(PIN_SCENES.waiting);
    asked.consent();
    await settle();
    expect(consent).not.toHaveBeenCalled();
  });
});

describe('the keypad of a reader', () => {
  test('has neither field nor buttons while it waits, and a choice afterwards', async () => {
    const api = await open('keypad');
    expect(textOf(screen.getByRole('heading'))).toBe('Tapez votre code sur le lecteur');
    expect(document.querySelectorAll('input, button')).toHaveLength(0);
    api.become(PIN_SCENES.keypadTimedOut);
    await settle();
    await fireEvent.click(screen.getByTestId('pin-keypad'));
    await settle();
    expect(api.useKeypad).toHaveBeenCalledExactlyOnceWith(7, true);
    expect(document.querySelectorAll('input, button')).toHaveLength(0);
  });

  test('waits on until Rust says otherwise, however long that is', async () => {
    await open('keypad');
    vi.advanceTimersByTime(120_000);
    await settle();
    expect(document.querySelectorAll('input, button')).toHaveLength(0);
  });

  test('is left for this computer, which the window says it will remember', async () => {
    const api = await open('keypadTimedOut');
    const here = screen.getByTestId('pin-keyboard');
    const why = document.getElementById(here.getAttribute('aria-describedby') ?? '');
    expect(textOf(why)).toContain('Relais le retient pour ce lecteur');
    await fireEvent.click(here);
    await settle();
    expect(api.useKeypad).toHaveBeenCalledExactlyOnceWith(7, false);
    expect(document.activeElement).toBe(field());
  });

  test('can be left at the last try too, without a word of consent given', async () => {
    const api = await open('keypadMaybe');
    await fireEvent.click(screen.getByTestId('pin-keyboard'));
    await settle();
    expect(api.useKeypad).toHaveBeenCalledExactlyOnceWith(7, false);
    expect(api.consent).not.toHaveBeenCalled();
  });
});

describe('a keystore password', () => {
  const password = (): HTMLInputElement => screen.getByTestId('password-field');

  test('is sent once and nothing of it stays', async () => {
    const api = await open('password');
    vi.mocked(api.password).mockResolvedValue(null);
    expect(button('password-confirm').disabled).toBe(true);
    await fireEvent.input(password(), { target: { value: 'Kasteel & toren' } });
    await fireEvent.click(screen.getByText('Afficher'));
    expect(password().type).toBe('text');
    await fireEvent.submit(password());
    await fireEvent.submit(password());
    await settle();
    expect(api.password).toHaveBeenCalledExactlyOnceWith('Kasteel & toren', false);
    expect(password().value).toBe('');
    expect(password().type).toBe('password');
    expect(document.documentElement.outerHTML).not.toContain('Kasteel');
  });

  test('is remembered only when the person ticks the box', async () => {
    const api = await open('password');
    vi.mocked(api.password).mockResolvedValue(null);
    await fireEvent.click(screen.getByRole('checkbox'));
    await fireEvent.input(password(), { target: { value: 'Kasteel & toren' } });
    await fireEvent.submit(password());
    await settle();
    expect(api.password).toHaveBeenCalledExactlyOnceWith('Kasteel & toren', true);
  });

  test('is not offered to be remembered where this PC cannot', async () => {
    await open({ ...PIN_SCENES.password, canRemember: false });
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  test('is typed knowing whether the capitals are locked', async () => {
    await open('password');
    const event = new KeyboardEvent('keydown', { key: 'A', bubbles: true });
    vi.spyOn(event, 'getModifierState').mockReturnValue(true);
    password().dispatchEvent(event);
    await settle();
    expect(screen.getByText('Les majuscules sont verrouillées.')).toBeTruthy();
  });
});

describe('a screen reader', () => {
  test('hears how many digits there are, never which', async () => {
    await open({ ...PIN_SCENES.pin, digits: 0 });
    await press('9', '7');
    expect(murmured()).toBe('2 chiffres');
    await press('Backspace');
    expect(murmured()).toBe('1 chiffre');
    await press('Backspace');
    expect(murmured()).toBe('aucun chiffre');
  });

  test('finds title, purpose and tries at the field that has the focus', async () => {
    await open('unknown');
    expect(document.activeElement).toBe(field());
    expect(screen.getByRole('main', { name: 'Votre code PIN' })).toBeTruthy();
    const described = (field().getAttribute('aria-describedby') ?? '').split(' ');
    expect(described.map((id) => textOf(document.getElementById(id))).join(' ')).toMatch(
      /Pour ouvrir votre session eHealth.* Nombre d'essais inconnu/,
    );
  });

  test('hears a refusal at once and once', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 4 });
    await press('Enter');
    expect(said()).toBe('');
    api.become(PIN_SCENES.wrong);
    await settle();
    expect(said()).toContain('Il reste deux essais.');
    expect(document.activeElement).toBe(field());
    expect(field().value).toBe('');
    const alert = screen.getByRole('alert');
    const changes = vi.fn();
    const watch = new MutationObserver(changes);
    watch.observe(alert, { childList: true, characterData: true, subtree: true });
    await press('1');
    api.become({ ...PIN_SCENES.wrong, digits: 1 });
    await settle();
    expect(changes).not.toHaveBeenCalled();
    watch.disconnect();
  });

  test('hears the same refusal again after another try', async () => {
    const api = await open(PIN_SCENES.wrong);
    api.become({ ...PIN_SCENES.wrong, step: 'working' });
    await settle();
    expect(said()).toBe('');
    api.become(PIN_SCENES.wrong);
    await settle();
    expect(said()).toContain('La carte a refusé');
  });

  test('hears of the last try, with why', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 0 });
    api.become(PIN_SCENES.consent);
    await settle();
    expect(said()).toMatch(/Il reste un seul essai\. Une erreur de plus bloque la carte.*N'essayez pas\.$/);
    await fireEvent.click(screen.getByTestId('pin-consent'));
    await settle();
    expect(said()).not.toMatch(/refusé.*refusé/);
  });
});

describe('a second PIN for the same sign-in', () => {
  test.each(['again', 'keypadAgain'] as const)('says why, and a first one does not: %s', async (scene) => {
    await open(scene);
    expect(textOf(screen.getByTestId('pin-again'))).toContain('La plate-forme interroge la carte elle-même');
    cleanup();
    await open({ ...PIN_SCENES[scene], again: false });
    expect(screen.queryByTestId('pin-again')).toBeNull();
  });

  test('says why however the window came to ask it', async () => {
    const api = await open({ ...PIN_SCENES.pin, digits: 4 });
    await press('Enter');
    api.become(PIN_SCENES.pin);
    await settle();
    expect(screen.queryByTestId('pin-again')).toBeNull();
    api.become({ ...PIN_SCENES.again, notice: { code: 'RLS-1206', with: {} } });
    await settle();
    expect(screen.getByTestId('pin-again')).toBeTruthy();
  });
});

describe('a renewal', () => {
  test('is extended, not opened', async () => {
    await open('renewing');
    expect(textOf(document.getElementById('purpose'))).toContain('prolonger');
    expect(textOf(screen.getByTestId('pin-confirm'))).toBe('Prolonger la session');
  });
});

describe('"tomorrow"', () => {
  const purpose = (): string => textOf(document.getElementById('purpose'));

  test('is meant against the clock of Relais, not of the page', async () => {
    vi.setSystemTime(Date.parse('2026-11-30T12:00:00+01:00'));
    await open('pin');
    expect(purpose()).toContain("jusqu'à 19:45");
    cleanup();
    await open({ ...PIN_SCENES.pin, now: Date.parse('2026-11-11T22:00:00+01:00') });
    expect(purpose()).toContain('demain, 19:45');
  });

  test('is meant so at every step that names an end', async () => {
    for (const scene of ['consent', 'blocked', 'done', 'password', 'keypad'] as const) {
      await open({ ...PIN_SCENES[scene], now: Date.parse('2026-11-11T22:00:00+01:00') });
      expect(textOf(document.body), scene).toContain('demain, 19:45');
      cleanup();
    }
  });
});

test('a try is called risky by Rust alone: a notice beside an unknown counter is not enough', async () => {
  await open({ ...PIN_SCENES.unknown, notice: { code: 'RLS-1206', with: {} } });
  expect(textOf(screen.getByRole('heading'))).toBe('Votre code PIN');
  cleanup();
  await open({ ...PIN_SCENES.maybe, step: 'pin' });
  expect(textOf(screen.getByRole('heading'))).toContain('Peut-être le dernier essai');
});

test('a card that is waited for is told with its advice and the code to read out', async () => {
  await open('waiting');
  expect(textOf(screen.getByTestId('pin-notice'))).toMatch(/\S+.*\. \S+/);
  expect(textOf(document.body)).toContain('RLS-1010');
});

test('what cannot be done is told, with the words of its code', async () => {
  const api = await open({ ...PIN_SCENES.pin, digits: 4 });
  vi.spyOn<PinApi, 'confirm'>(api, 'confirm').mockResolvedValue({ code: 'RLS-1201', with: {} });
  await press('Enter');
  expect(textOf(screen.getByTestId('pin-notice'))).toContain('Un code PIN compte de 4 à 12 chiffres.');
  expect(said()).toBe('Un code PIN compte de 4 à 12 chiffres.');
});

describe.each(LANGUAGES)('whatever a person can meet, in %s,', (language) => {
  const TOLD = SCENES.filter((name) => PIN_SCENES[name].notice !== null);
  test.each(TOLD)('has its code once, small beside the sentence: %s', async (scene) => {
    await open(scene, language);
    const codes = [...document.querySelectorAll('main .code')].map(textOf);
    expect(codes).toHaveLength(1);
    expect(codes[0]).toContain(PIN_SCENES[scene].notice?.code);
  });
});

test.each(LANGUAGES)('how many tries are left is read once, and spoken with the refusal: %s', async (language) => {
  const api = await open('pin', language);
  api.become({ ...PIN_SCENES.wrong, language });
  await settle();
  expect(textOf(screen.getByTestId('pin-notice'))).not.toMatch(/deux essais|twee pogingen|zwei Versuche|Two tries/);
  expect(textOf(document.getElementById('tries'))).toContain('2');
  expect(said()).toMatch(/deux essais|twee pogingen|zwei Versuche|Two tries/);
});

test('the last try can be given with keys on the screen too', async () => {
  const api = await open({ ...PIN_SCENES.certain, digits: 0 });
  await fireEvent.click(screen.getByText("Clavier à l'écran"));
  await fireEvent.click(document.querySelectorAll<HTMLButtonElement>('.keys button')[3] as HTMLButtonElement);
  await settle();
  expect(api.digit).toHaveBeenCalledExactlyOnceWith(4);
  expect(api.confirm).not.toHaveBeenCalled();
  api.become({ ...PIN_SCENES.consent, language: 'fr' });
  await settle();
  expect(screen.getByTestId('pin-consent'), 'who is asked anew can say so anew').toBeTruthy();
});

test('a blocked card promises an open session only where there is one', async () => {
  await open('blocked');
  expect(textOf(screen.getByTestId('pin-notice'))).toContain('19:45');
  cleanup();
  await open('blockedAlone');
  expect(textOf(screen.getByTestId('pin-notice'))).not.toContain('session');
});

test('work that is quickly over is not announced', async () => {
  await open('working');
  expect(screen.queryByText('Laissez la carte dans le lecteur.')).toBeNull();
  vi.advanceTimersByTime(400);
  await settle();
  expect(screen.getByText('Laissez la carte dans le lecteur.')).toBeTruthy();
});

test('nothing is asked, so nothing is shown', async () => {
  await open('closed');
  expect(document.body.textContent.trim()).toBe('');
});

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(SCENES.filter((name) => name !== 'closed'))('%s has all its words and no finding of axe', async (scene) => {
    await open(scene, language);
    vi.advanceTimersByTime(400);
    await settle();
    expect(screen.getByTestId('pin-step').dataset.step).toBe(PIN_SCENES[scene].step);
    // A text that is missing shows its key.
    expect(document.body.innerHTML).not.toMatch(/\b(?:pin|password)-[a-z]+(?:-[a-z]+)*\s*</);
    expect(document.body.textContent).not.toMatch(/\{|\}|rls-/);
    expect(textOf(screen.getByRole('heading', { level: 1 }))).not.toBe('');
    vi.useRealTimers();
    // Colours are judged on the screenshots of a real browser: nothing is painted here.
    const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
  });
});

test('the four languages have the same texts', async () => {
  const keys = (source: string): string[] => [...source.matchAll(/^([a-z][a-z-]*) =/gm)].map((found) => found[1] ?? '');
  const [french, ...others] = LANGUAGES.map((language) => keys(pinTexts[language][0] ?? ''));
  for (const other of others) {
    expect(other).toEqual(french);
  }
});
