import { fireEvent, render, screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';

import { WITHOUT_CARD } from '../src/dev/parts/nocard';
import { fits, found, foundMark, latestEnd, missing } from '../src/main/nocard/finding';
import type { WithoutCardIntent, WithoutCardView } from '../src/main/nocard/types';
import WithoutCardSheet from '../src/main/nocard/WithoutCardSheet.svelte';

const NOW = Date.parse('2026-11-12T10:24:00+01:00');
const HOUR = 3_600_000;
const SECRET = 'zandbak';

function scene(name: string): WithoutCardView {
  const view = WITHOUT_CARD[name];
  if (!view) throw new Error(`no scene ${name}`);
  return view;
}

function open(view: WithoutCardView) {
  const onopen = vi.fn<(intent: WithoutCardIntent) => void>();
  const onclose = vi.fn();
  return { ...render(WithoutCardSheet, { view, now: NOW, onopen, onclose }), onopen, onclose };
}

const button = (): HTMLButtonElement => screen.getByTestId('open-without-card');
const field = (): HTMLInputElement => screen.getByTestId('keystore-password');
const words = (): string => document.body.textContent.replace(/\s+/g, ' ');
const type = (text: string) => fireEvent.input(field(), { target: { value: text } });
const submit = () => fireEvent.submit(document.querySelector('form') ?? document.body);

beforeEach(() => texts.use('fr'));

describe('what Relais found by itself', () => {
  test.each([
    ['first', 'notRecognised', 'attention', 'aucun lecteur détecté, service de connexion joignable.'],
    ['forgotten', 'forgotten', 'attention', 'lecteur sans carte, service de connexion joignable.'],
    ['blocked', 'pinBlocked', 'attention', 'code PIN bloqué, service de connexion joignable.'],
    ['ready', null, 'good', 'eID dans le lecteur, 3 essais restants, service de connexion joignable.'],
    ['looking', null, 'unknown', 'lecteur et carte pas encore vus, service de connexion pas encore vérifié.'],
    [
      'silent',
      'notRecognised',
      'attention',
      "aucun lecteur détecté, service de connexion sans réponse pour l'instant.",
    ],
  ])('%s: fits %s, mark %s', (name, reason, mark, sentence) => {
    const view = scene(name);
    expect(fits(view.card)).toBe(reason);
    expect(foundMark(view)).toBe(mark);
    expect(
      `${found(view)
        .map(({ key, values }) => texts.text(key, values))
        .join(', ')}.`,
    ).toBe(sentence);
  });

  test('a card that answers is fine as long as the service is; a silent one is told before all else', () => {
    const ready = scene('ready').card;
    expect(foundMark({ card: ready, service: 'silent' })).toBe('attention');
    open(scene('useless'));
    const body = document.querySelector('.body');
    expect(body?.firstElementChild?.textContent).toContain("elle n'aidera très probablement pas");
  });
});

describe('the end that the button promises', () => {
  const view = { since: null, capHours: 12, keystoreUntil: null };
  test.each([
    ['a new exception', view, NOW + 12 * HOUR],
    ['one that began before keeps its end', { ...view, since: NOW - 2 * HOUR }, NOW + 10 * HOUR],
    ['never past the certificate', { ...view, keystoreUntil: NOW + HOUR }, NOW + HOUR],
    ['a certificate that is over says so elsewhere', { ...view, keystoreUntil: NOW - HOUR }, NOW + 12 * HOUR],
  ])('%s', (_, given, end) => expect(latestEnd(given, NOW)).toBe(end));

  test('it moves on with the clock', async () => {
    const { rerender } = open(scene('first'));
    expect(button().textContent).toBe("Ouvrir jusqu'à 22:24 au plus tard");
    await rerender({ now: NOW + 6 * 60_000 });
    expect(button().textContent).toBe("Ouvrir jusqu'à 22:30 au plus tard");
  });
});

describe('reason and password open the button', () => {
  test.each([
    [null, '', false, 'nocard-missing'],
    [null, '', true, 'nocard-missing-reason'],
    ['lost', '', false, 'nocard-missing-password'],
    ['other', '  ', true, 'nocard-missing-note'],
    ['other', 'lecteur prêté', true, null],
    ['forgotten', '', true, null],
  ] as const)('%s, note "%s", password %s: %s', (reason, note, password, lack) => {
    expect(missing(reason, note, password)).toBe(lack);
  });

  test('nothing is chosen beforehand, and the one that fits says so', () => {
    open(scene('first'));
    expect(document.querySelectorAll('input:checked')).toHaveLength(0);
    expect(button().disabled).toBe(true);
    expect(words()).toContain('Il manque la raison et le mot de passe.');
    expect(screen.getByLabelText(/^Lecteur ou carte non reconnus/).closest('label')?.textContent).toContain(
      'correspond à ce que Relais constate',
    );
  });

  test('the password leaves once, through the one callback, and the field is empty at once', async () => {
    const { onopen, container } = open(scene('first'));
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await type(SECRET);
    expect(button().disabled).toBe(false);
    await submit();
    expect(onopen).toHaveBeenCalledExactlyOnceWith({
      reason: 'forgotten',
      note: null,
      justification: null,
      password: SECRET,
    });
    expect(field().value).toBe('');
    expect(container.ownerDocument.documentElement.outerHTML).not.toContain(SECRET);
    expect(document.activeElement).toBe(field());
    await submit();
    expect(onopen).toHaveBeenCalledOnce();
  });

  test('a shown password is hidden again once it was sent, and wiped when the sheet goes away', async () => {
    const { unmount } = open(scene('first'));
    await fireEvent.click(screen.getByText('Afficher'));
    expect(field().type).toBe('text');
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await type(SECRET);
    await submit();
    expect(field().type).toBe('password');
    await type(SECRET);
    const kept = field();
    unmount();
    expect(kept.value).toBe('');
  });

  test('"other" opens one line, which goes along; another reason leaves it behind', async () => {
    const { onopen } = open(scene('first'));
    expect(screen.queryByTestId('note')).toBeNull();
    await fireEvent.click(screen.getByLabelText('Autre, à préciser'));
    await type(SECRET);
    expect(button().disabled).toBe(true);
    await fireEvent.input(screen.getByTestId('note'), { target: { value: ' lecteur prêté ' } });
    await submit();
    expect(onopen.mock.lastCall?.[0]).toMatchObject({ reason: 'other', note: 'lecteur prêté' });
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await type(SECRET);
    await submit();
    expect(onopen.mock.lastCall?.[0]).toMatchObject({ reason: 'forgotten', note: null });
  });

  test('a justification is asked for from the fifth use on, and its absence blocks nothing', async () => {
    const { onopen } = open(scene('justify'));
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await type(SECRET);
    await submit();
    expect(onopen.mock.lastCall?.[0]).toMatchObject({ justification: null });
    await fireEvent.input(screen.getByTestId('justification'), { target: { value: 'carte commandée' } });
    await type(SECRET);
    await submit();
    expect(onopen.mock.lastCall?.[0]).toMatchObject({ justification: 'carte commandée' });
  });

  test('nothing is sent while an earlier try is at work', async () => {
    const { onopen, rerender } = open(scene('first'));
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await type(SECRET);
    await rerender({ view: scene('working') });
    await submit();
    expect(onopen).not.toHaveBeenCalled();
    expect(field().readOnly).toBe(true);
  });
});

describe('what is said about earlier uses', () => {
  test.each([
    ['first', 'Première fois en 30 jours.'],
    ['inARow', '2e fois de suite sans la carte.'],
    ['often', '3e fois en 30 jours. La règle réserve cette voie aux exceptions'],
    ['justify', '5e fois en 30 jours.'],
  ])('%s', (name, sentence) => {
    open(scene(name));
    expect(words()).toContain(sentence);
    expect(screen.queryByTestId('justification') !== null).toBe(name === 'justify');
  });

  test('the reason brings the advice that cures it', async () => {
    open(scene('often'));
    await fireEvent.click(screen.getByLabelText('Code PIN bloqué'));
    expect(words()).toContain('La commune débloque la carte avec le code PUK.');
  });
});

test('caps lock is told in words', async () => {
  open(scene('first'));
  const press = (locked: boolean) => {
    const event = new KeyboardEvent('keydown', { key: 'a', bubbles: true });
    Object.defineProperty(event, 'getModifierState', { value: (key: string) => locked && key === 'CapsLock' });
    return fireEvent(field(), event);
  };
  await press(true);
  expect(words()).toContain('Les majuscules sont verrouillées.');
  await press(false);
  expect(words()).not.toContain('Les majuscules sont verrouillées.');
});

test('the keystore says where its password is and until when it serves', async () => {
  const { rerender } = open(scene('first'));
  expect(words()).toContain("« enveloppe bleue, coffre du secrétariat ». Keystore valable jusqu'au 3 mars 2027.");
  await rerender({ view: scene('expired') });
  expect(words()).toContain('Keystore expiré le 1er novembre 2026.');
});

test('closing is one press, by either button', async () => {
  const { onclose } = open(scene('first'));
  expect(document.activeElement?.textContent).toBe('Se connecter sans la carte');
  await fireEvent.click(screen.getByText('Annuler'));
  expect(onclose).toHaveBeenCalledOnce();
});

describe('every scene in every language', () => {
  const RULES = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } };

  test.each(Object.keys(WITHOUT_CARD))('%s: no raw key, and assistive technology can use it', async (name) => {
    for (const language of LANGUAGES) {
      texts.use(language);
      const { unmount } = open(scene(name));
      expect(words()).not.toMatch(/\b(nocard|rls)-[a-z0-9]/);
      if (language === 'fr') {
        const { violations } = await axe.run(document.body, RULES);
        expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join()}`)).toEqual([]);
      }
      unmount();
    }
  });
});
