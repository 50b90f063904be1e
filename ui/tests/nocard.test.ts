import { fireEvent, render, screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { tick } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { Outcome, SignInView, Why } from '$lib/api/types';
import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';

import { WITHOUT_CARD } from '../src/dev/nocard';
import { Attempt } from '../src/main/nocard/attempt.svelte';
import { fits, found, foundMark, latestEnd, missing, whyOf } from '../src/main/nocard/finding';
import type { Intent, SheetView } from '../src/main/nocard/types';
import WithoutCardSheet from '../src/main/nocard/WithoutCardSheet.svelte';

const NOW = Date.parse('2026-11-12T10:24:00+01:00');
const HOUR = 3_600_000;
const SECRET = 'zandbak';

function scene(name: string): SheetView {
  const view = WITHOUT_CARD[name];
  if (!view) throw new Error(`no scene ${name}`);
  return view;
}

function open(view: SheetView) {
  const onopen = vi.fn<(intent: Intent) => void>();
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
    open(scene('silent'));
    const body = document.querySelector('.body');
    expect(body?.firstElementChild?.textContent).toContain("elle n'aidera très probablement pas");
  });
});

describe('the end that the button promises', () => {
  const view = { since: null, capHours: 12 };
  test.each([
    ['a new exception', view, NOW + 12 * HOUR],
    ['one that began before keeps its end', { ...view, since: NOW - 2 * HOUR }, NOW + 10 * HOUR],
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
    [null, '', null, false, 'nocard-missing'],
    [null, '', null, true, 'nocard-missing-reason'],
    ['lost', '', null, false, 'nocard-missing-password'],
    ['other', '  ', null, true, 'nocard-missing-note'],
    ['other', 'lecteur prêté', '', true, null],
    ['forgotten', '', null, true, null],
    ['forgotten', '', ' ', true, 'nocard-missing-justification'],
    ['forgotten', '', 'carte commandée', true, null],
  ] as const)('%s, note "%s", justification "%s", password %s: %s', (reason, note, justification, password, lack) => {
    expect(missing(reason, { note, justification }, password)).toBe(lack);
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

  test('the password stays in its field until it is asked for; then it leaves once, and the field is empty', async () => {
    const { onopen, container } = open(scene('first'));
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await type(SECRET);
    expect(button().disabled).toBe(false);
    await submit();
    expect(onopen).toHaveBeenCalledOnce();
    const intent = onopen.mock.lastCall?.[0];
    expect(intent?.why).toEqual({ reason: 'eid-not-at-hand', note: null });
    expect(JSON.stringify(intent)).not.toContain(SECRET);
    expect(field().value).toBe(SECRET);
    expect(document.activeElement).toBe(field());
    expect(intent?.take()).toBe(SECRET);
    expect(field().value).toBe('');
    expect(container.ownerDocument.documentElement.outerHTML).not.toContain(SECRET);
    await submit();
    expect(onopen).toHaveBeenCalledOnce();
  });

  test('a shown password is hidden again once it was taken, and wiped when the sheet goes away', async () => {
    const { unmount, onopen } = open(scene('first'));
    await fireEvent.click(screen.getByText('Afficher'));
    expect(field().type).toBe('text');
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await type(SECRET);
    await submit();
    onopen.mock.lastCall?.[0].take();
    await tick();
    expect(field().type).toBe('password');
    await type(SECRET);
    const kept = field();
    unmount();
    expect(kept.value).toBe('');
  });

  const why = (onopen: ReturnType<typeof open>['onopen']) => onopen.mock.lastCall?.[0].why;

  test('"other" opens one line, which goes along; another reason leaves it behind', async () => {
    const { onopen } = open(scene('first'));
    expect(screen.queryByTestId('note')).toBeNull();
    await fireEvent.click(screen.getByLabelText('Autre, à préciser'));
    await type(SECRET);
    expect(button().disabled).toBe(true);
    await fireEvent.input(screen.getByTestId('note'), { target: { value: ' lecteur prêté ' } });
    await submit();
    expect(why(onopen)).toEqual({ reason: 'technical-problem', note: 'lecteur prêté' });
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await submit();
    expect(why(onopen)).toEqual({ reason: 'eid-not-at-hand', note: null });
  });

  test('a justification is asked for from the fifth use on, and any sentence is one', async () => {
    const { onopen } = open(scene('justify'));
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await type(SECRET);
    await submit();
    expect(onopen).not.toHaveBeenCalled();
    expect(words()).toContain('Il manque la phrase qui dit pourquoi.');
    await fireEvent.input(screen.getByTestId('justification'), { target: { value: 'carte commandée' } });
    await submit();
    expect(why(onopen)?.note).toBe('Oubliée, carte commandée');
    await fireEvent.click(screen.getByLabelText('Autre, à préciser'));
    expect(screen.queryByTestId('justification'), 'its own line is one').toBeNull();
  });

  test.each([
    ['forgotten', 'eid-not-at-hand'],
    ['lost', 'eid-not-at-hand'],
    ['notRecognised', 'technical-problem'],
    ['pinBlocked', 'technical-problem'],
    ['other', 'technical-problem'],
  ] as const)('%s is kept as %s', (reason, kept) => expect(whyOf(reason, 'x', 'y').reason).toBe(kept));

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

test('the field says whose keystore it is, where that is known', async () => {
  const { rerender } = open(scene('first'));
  expect(screen.getByLabelText('Mot de passe du keystore de Claire Lambert')).toBe(field());
  await rerender({ view: scene('nobody') });
  expect(screen.getByLabelText('Mot de passe du keystore')).toBe(field());
});

test('what is said of a wrong password does not push its field out of sight', async () => {
  const shown = vi.spyOn(Element.prototype, 'scrollIntoView');
  const { rerender } = open(scene('first'));
  await rerender({ view: scene('working') });
  expect(shown).not.toHaveBeenCalled();
  await rerender({ view: scene('wrong') });
  expect(shown.mock.contexts).toEqual([field().closest('.ask')]);
  shown.mockRestore();
});

describe('a try, from its reason to its session', () => {
  const why: Why = { reason: 'eid-not-at-hand', note: null };
  const question = (number: number): SignInView => ({ kind: 'withoutCard', question: number, problem: null });
  function tried(refused: Outcome = null) {
    const done: string[] = [];
    const call = (name: string, answer: Outcome) => {
      done.push(name);
      return Promise.resolve(answer);
    };
    const attempt = new Attempt({
      openWithoutCard: ({ reason }) => call(`open ${reason}`, refused),
      password: (text) => call(`password ${text}`, null),
      signInCancel: () => call('cancel', null),
    });
    return { attempt, done, intent: { why, take: () => SECRET } };
  }
  const idle: SignInView = { kind: 'idle' };
  const failed: SignInView = { kind: 'failed', problem: { code: 'RLS-2001', with: {} } };

  test('the password waits for its question, and answers it once', async () => {
    const { attempt, done, intent } = tried();
    await attempt.begin(intent, idle);
    attempt.heard({ kind: 'probing' });
    expect(done).toEqual(['open eid-not-at-hand']);
    attempt.heard(question(1));
    attempt.heard(question(1));
    attempt.heard(question(2));
    expect(done).toEqual(['open eid-not-at-hand', `password ${SECRET}`]);
  });

  test('after a wrong password the new question is answered at once, for the same reason', async () => {
    const { attempt, done, intent } = tried();
    await attempt.begin(intent, idle);
    attempt.heard(question(1));
    await attempt.begin(intent, question(2));
    expect(done).toEqual(['open eid-not-at-hand', `password ${SECRET}`, `password ${SECRET}`]);
  });

  test('another reason begins anew, and the question of before gets no password', async () => {
    const { attempt, done, intent } = tried();
    await attempt.begin(intent, question(1));
    attempt.heard(question(1));
    expect(done).toEqual(['cancel', 'open eid-not-at-hand']);
    attempt.heard(question(2));
    expect(done.at(-1)).toBe(`password ${SECRET}`);
  });

  test.each([
    [
      'it came to nothing',
      (attempt: Attempt) => [{ kind: 'probing' } as const, failed].forEach((now) => attempt.heard(now)),
    ],
    ['the sheet closed', (attempt: Attempt) => attempt.over()],
  ])('no later question finds a password once %s', async (_, ends) => {
    const { attempt, done, intent } = tried();
    await attempt.begin(intent, idle);
    ends(attempt);
    attempt.heard(question(7));
    expect(done).toEqual(['open eid-not-at-hand']);
  });

  test('a begin that Rust refuses is told, and takes no password', async () => {
    const { attempt, done, intent } = tried({ code: 'RLS-2205', with: {} });
    await attempt.begin(intent, idle);
    expect(attempt.refused?.code).toBe('RLS-2205');
    attempt.heard(question(1));
    expect(done).toEqual(['open eid-not-at-hand']);
  });
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
