import { fireEvent, render, screen, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { Continuity, FunctionView, RouteView } from '$lib/api/continuity';
import type { MainApi } from '$lib/api/types';
import { ours, texts } from '$lib/i18n/index.svelte';
import { LANGUAGES, type Language } from '$lib/i18n/languages';

import { CONTINUITY, SOFTWARE } from '../src/dev/continuity';
import { levelMark, levelWord } from '../src/main/services/ladder';
import { dayTyped } from '../src/main/services/recent';
import PrintSheet from '../src/main/services/PrintSheet.svelte';
import ServiceCard from '../src/main/services/ServiceCard.svelte';
import Services from '../src/main/services/Services.svelte';
import Software from '../src/main/services/Software.svelte';
import { APART, Speech, spoken } from '../src/main/services/speech';
import Spoken from '../src/main/services/Spoken.svelte';
import TodayServices from '../src/main/services/TodayServices.svelte';
import { headline, listWords, placeNamed, whatToDo, witnesses } from '../src/main/services/words';

const RULES = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } };
const nothing = (): void => undefined;
const kept = (): Promise<null> => Promise.resolve(null);

function scene(name: string): Continuity {
  const view = CONTINUITY[name];
  if (!view) throw new Error(`no scene ${name}`);
  return view;
}
function service(view: Continuity, id: string): FunctionView {
  const of = view.functions.find((one) => one.id === id);
  if (!of) throw new Error(`no function ${id}`);
  return of;
}
const words = (): string => document.body.textContent.replace(/\s+/g, ' ');
const found = async (): Promise<string[]> =>
  (await axe.run(document.body, RULES)).violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html).join()}`,
  );

function today(name: string, hint: string | null = 'svc-nothing-asked') {
  const calls = { onopen: vi.fn(), onall: vi.fn(), onpast: vi.fn() };
  const view = scene(name);
  return { ...render(TodayServices, { view, now: view.now, hint, ...calls }), ...calls };
}
function card(name: string, id = 'insurability') {
  const view = scene(name);
  const calls = {
    onback: vi.fn(),
    onprint: vi.fn(),
    onask: vi.fn(() => Promise.resolve({ data: { usable: true, until: '2026-11-29' } })),
    onroute: vi.fn<MainApi['chooseRoute']>(() => Promise.resolve(null)),
    onrelease: vi.fn<MainApi['releaseRoute']>(() => Promise.resolve(null)),
  };
  return { ...render(ServiceCard, { of: service(view, id), now: view.now, dated: view.dated, ...calls }), ...calls };
}
const table = (name: string, onopen = nothing) =>
  render(Services, { view: scene(name), now: scene(name).now, onopen, onpast: nothing });

beforeEach(() => texts.use('fr'));
afterEach(() => vi.useRealTimers());

describe('today', () => {
  test('when all is well there is no tile, and every service stands in its group', () => {
    today('good');
    expect(screen.queryByRole('article')).toBeNull();
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('14 services sur leur route normale');
    expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      'Le patient',
      'Prescrire',
      'Facturer',
      'Se connecter, échanger',
    ]);
    expect(screen.getByRole('button', { name: /route normale\s*Assurabilité/ })).toBeTruthy();
  });

  test('what is off its road is a tile with three dated evidences; the rest is quiet', async () => {
    const { onopen } = today('outage');
    const tiles = screen.getAllByRole('article');
    expect(tiles).toHaveLength(2);
    const text = tiles[1]?.textContent.replace(/\s+/g, ' ') ?? '';
    expect(text).toContain('En secours par MyCareNet');
    expect(text).toContain('depuis 13:34');
    expect(text).toContain("Vous n'avez rien à faire.");
    expect(text).toMatch(
      /Liste officielle secours à 16:29 ?Vos appels par le secours à 16:28 ?Notre test répond à 16:31/,
    );
    expect(words()).toContain('rien ne vous est demandé');
    await fireEvent.click(screen.getByRole('button', { name: 'Assurabilité' }));
    expect(onopen).toHaveBeenCalledExactlyOnceWith('insurability');
  });

  test('four tiles at most, then a number that leads to all of them', async () => {
    const { onall } = today('everything');
    expect(screen.getAllByRole('article')).toHaveLength(4);
    expect(screen.getByTestId('more').textContent).toBe('et 10 autres');
    await fireEvent.click(screen.getByTestId('more'));
    expect(onall).toHaveBeenCalledOnce();
  });

  test('offline everything is unknown, and no service is said to be off its road', () => {
    today('offline');
    expect(screen.queryByRole('article')).toBeNull();
    expect(words()).toContain('État des services inconnu');
    expect(words()).toContain("ce poste n'a plus de réseau depuis 16:11, dernière vue d'ensemble à 16:29");
    expect(document.querySelectorAll('.mark.unknown')).toHaveLength(14);
    expect(document.querySelectorAll('.mark.trouble, .mark.attention')).toHaveLength(0);
  });

  test('one tab stop, the arrows go from service to service', async () => {
    today('outage');
    const stops = () =>
      [...document.querySelectorAll('.svc, .cover')].filter((one) => one.getAttribute('tabindex') === '0');
    expect(stops()).toHaveLength(1);
    const first = screen.getByRole('button', { name: 'Connexion' });
    first.focus();
    await fireEvent.keyDown(first, { key: 'ArrowRight' });
    expect(document.activeElement?.textContent).toBe('Assurabilité');
    expect(stops()).toEqual([document.activeElement]);
    await fireEvent.keyDown(document.activeElement ?? first, { key: 'Home' });
    expect(document.activeElement).toBe(first);
    await fireEvent.keyDown(first, { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(first);
  });
});

describe('what is not believed yet', () => {
  test.each(LANGUAGES)('says in %s since when, by each witness and in the sentence', (language: Language) => {
    texts.use(language);
    const first = service(scene('good'), 'insurability');
    const since = first.probe.at ?? 0;
    const now = since + 60_000;
    for (const kind of ['falters', 'returns'] as const) {
      const probe = { ...first.probe, said: kind };
      const of: FunctionView = { ...first, sentence: { kind, since }, probe, real: probe };
      expect(whatToDo(of, now)).toMatch(/\d\d:\d\d/);
      const silent = witnesses({ ...of, probe: { ...probe, said: 'nothing' }, real: { ...probe, said: 'nothing' } });
      for (const place of [1, 2]) {
        expect(witnesses(of)[place]?.short).not.toBe(silent[place]?.short);
        expect(witnesses(of)[place]?.long).not.toBe(silent[place]?.long);
      }
    }
  });
});

describe('the table', () => {
  test('one row a function, in groups; what is off does not jump to the top', () => {
    table('outage');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      '12 services sur leur route normale, 2 en dehors',
    );
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows).toHaveLength(1 + 4 + 14);
    expect(rows[2]?.textContent.replace(/\s+/g, ' ')).toContain('en secours par MyCareNet depuis 13:34');
    const auth = screen.getByRole('row', { name: /Connexion/ });
    expect(auth.textContent.replace(/\s+/g, ' ')).toMatch(
      /perturbé depuis 13:20 ?ne dit rien ?sans réponse, 16:30 ?sans réponse, 16:31/,
    );
  });

  test.each([
    ['good', 'liste officielle (16:29)'],
    ['stale', 'liste officielle (16:02), trop ancienne pour compter'],
    ['refused', "la dernière liste reçue n'est pas authentique, la précédente (16:29) reste en service"],
    ['never', 'pas encore de liste officielle'],
    ['off', 'pas de liste officielle dans cet environnement'],
  ])('the list is %s: %s', (name, sentence) => {
    expect(listWords(scene(name).list, scene(name).now)).toBe(sentence);
  });

  test('what nobody knows is counted apart', () => {
    expect(headline(scene('mixed'))).toBe('10 services sur leur route normale, 3 en dehors, 1 service inconnu');
  });

  test('a row opens its card', async () => {
    const onopen = vi.fn();
    table('good', onopen);
    await fireEvent.click(screen.getByRole('button', { name: 'eAttest' }));
    expect(onopen).toHaveBeenCalledExactlyOnceWith('eattest');
  });
});

describe('the card of a service', () => {
  test('an automatic level is information: nothing to do, no button on it, no primary', () => {
    card('outage');
    expect(screen.getByTestId('lead').textContent.replace(/\s+/g, ' ').trim()).toBe(
      "En secours par MyCareNet depuis 13:34. Vous n'avez rien à faire.",
    );
    const here = document.querySelector<HTMLElement>('[aria-current="step"]');
    expect(here?.textContent).toContain('En direct via MyCareNet');
    expect(within(here ?? document.body).queryByRole('button')).toBeNull();
    expect(screen.queryByTestId('primary')).toBeNull();
    expect(document.querySelectorAll('.primary')).toHaveLength(0);
  });

  test('a level that is out says why; those to come stand below the exact words, without a filled button', () => {
    card('outage');
    expect(screen.getByTestId('level-normal').textContent).toContain(
      "Ce n'est pas le cas\u00a0: La fonction passe par la plate-forme eHealth.",
    );
    const items = [...document.querySelectorAll('.ladder > li')].map(({ textContent }) => textContent.trim());
    const then = items.indexOf('Ensuite, seulement si MyCareNet ne répond plus non plus\u00a0:');
    expect(then).toBe(2);
    expect(items[3]).toContain('Données déjà conservées localement');
    expect(items.at(-1)).toContain('Non prévu pour ce service\u00a0: Zone de secours active, rien à faire');
  });

  test('a manual level opens with a question, its steps, documents, words for the patient, source and date', () => {
    card('paper');
    const paper = screen.getByTestId('level-paper');
    const text = paper.textContent.replace(/\s+/g, ' ');
    expect(text).toContain('Est-ce le cas ? Pas de consultation récente');
    expect(within(paper).getAllByRole('listitem')).toHaveLength(2);
    expect(text).toContain('Annexe 30 : Permet au patient');
    expect(text).toContain("« Vous payez aujourd'hui le prix complet.");
    expect(text).toContain("D'après la plate-forme eHealth, lu le 22 novembre 2026 (R-106).");
    expect(document.querySelectorAll('.primary')).toHaveLength(1);
    expect(screen.getByTestId('primary').textContent).toBe('Vérifier une date');
  });

  test('a level with a document but no date has its print as the one primary action', async () => {
    const view = scene('paper');
    const levels = service(view, 'insurability').levels.filter(({ kind }) => kind !== 'local-cache');
    const onprint = vi.fn();
    const of = { ...service(view, 'insurability'), levels, level: 2 };
    const onask = () => Promise.resolve({ data: { usable: true, until: '2026-11-29' } });
    render(ServiceCard, {
      of,
      now: view.now,
      dated: view.dated,
      onback: nothing,
      onprint,
      onask,
      onroute: kept,
      onrelease: kept,
    });
    expect(screen.getByTestId('primary').textContent).toBe('Imprimer\u00a0: Annexe 30, avec explication');
    expect(screen.queryByTestId('print')).toBeNull();
    await fireEvent.click(screen.getByTestId('primary'));
    expect(onprint).toHaveBeenCalledOnce();
  });

  test('who says so: three witnesses in their fixed order, each with its time; silence is said', () => {
    card('outage', 'auth');
    const panel = screen.getByRole('region', { name: 'Qui le dit\u00a0?' });
    const rows = within(panel).getAllByRole('listitem');
    expect(rows.map((row) => row.querySelector('b')?.textContent)).toEqual([
      'Liste officielle',
      'Vos appels',
      'Notre test',
    ]);
    expect(rows[0]?.textContent).toContain('La liste officielle ne dit rien de ce service.');
    expect(within(rows[0] ?? panel).getByRole('img', { name: 'inconnu' })).toBeTruthy();
    expect(rows[2]?.querySelector('time')?.textContent).toBe('16:31');
  });

  test('where the fault is: this PC, network, platform, and insurers only where they have a part', () => {
    const { unmount } = card('outage');
    const panel = screen.getByRole('region', { name: "D'où vient la panne\u00a0?" });
    const parts = () =>
      within(panel)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    expect(parts()).toEqual([
      'Ce poste et votre carte en ordre',
      'Votre réseau en ordre',
      'Plate-forme eHealth perturbé',
      'Mutualités (MyCareNet) en ordre',
    ]);
    unmount();
    card('good', 'auth');
    expect(screen.getByRole('region', { name: 'Pas de panne connue' })).toBeTruthy();
    expect(words()).not.toContain('Mutualités');
  });

  test('a person sends the calls elsewhere for a reason and a time, and takes it back', async () => {
    const route: RouteView = {
      key: 'uddi:kgss',
      name: 'Kgss',
      url: 'https://services.ehealth.fgov.be/Kgss/v1',
      by: 'list',
      addresses: ['https://services.ehealth.fgov.be/Kgss/v1', 'https://services.ehealth2.be/Kgss/v1'],
      until: null,
    };
    const view = scene('good');
    const of = { ...service(view, 'insurability'), routes: [route] };
    const problem = { code: 'RLS-6015', with: {} };
    const onroute = vi.fn<MainApi['chooseRoute']>(() => Promise.resolve(problem));
    const onrelease = vi.fn<MainApi['releaseRoute']>(() => Promise.resolve(null));
    const props = { now: view.now, dated: view.dated, onback: nothing, onprint: nothing, onroute, onrelease };
    const page = render(ServiceCard, { of, ...props, onask: () => Promise.resolve({ problem }) });
    const panel = within(screen.getByTestId('routes'));
    expect(screen.getByTestId('routes')).toHaveProperty('open', false);
    expect(panel.getByTestId('address').textContent).toBe('services.ehealth.fgov.be');
    await fireEvent.click(panel.getByTestId('detour'));
    const go = panel.getByTestId<HTMLButtonElement>('detour-go');
    expect(go.disabled).toBe(true);
    await fireEvent.input(panel.getByLabelText('Pourquoi'), { target: { value: ' la zone principale répond mal ' } });
    await fireEvent.click(panel.getByLabelText('4 heures'));
    await fireEvent.click(go);
    const asked = { key: 'uddi:kgss', url: 'https://services.ehealth2.be/Kgss/v1', minutes: 240 };
    expect(onroute.mock.calls).toEqual([[{ ...asked, reason: 'la zone principale répond mal' }]]);
    await vi.waitFor(() => expect(panel.getByRole('alert').textContent).toContain('RLS-6015'));
    expect(panel.getByTestId('detour-go')).toBeTruthy();
    const sent: RouteView = { ...route, url: asked.url, by: 'person', until: view.now + 3_600_000 };
    await page.rerender({ of: { ...of, routes: [sent] } });
    onroute.mockResolvedValue(null);
    await fireEvent.click(go);
    await fireEvent.click(await vi.waitFor(() => panel.getByTestId('release')));
    expect(onrelease.mock.calls).toEqual([['uddi:kgss']]);
    expect(panel.getByText(/choisi par une personne jusqu'à 17:32/)).toBeTruthy();
    expect(await found()).toEqual([]);
  });

  test('what was announced stands in the card with who says so', () => {
    const view = scene('good');
    const announced = {
      from: view.now - 3_600_000,
      until: view.now + 3_600_000,
      now: true,
      words: 'KGSS\u00a0: nouvelle version',
      source: 'un courriel',
    };
    const of = { ...service(view, 'encryption-unknown'), announced };
    const props = {
      now: view.now,
      dated: view.dated,
      onback: nothing,
      onprint: nothing,
      onroute: kept,
      onrelease: kept,
    };
    render(ServiceCard, {
      of,
      ...props,
      onask: () => Promise.resolve({ data: { usable: true, until: '2026-11-29' } }),
    });
    expect(screen.getByTestId('announced').textContent).toBe(
      'Annoncé, entre 15:32 et 17:32\u00a0: KGSS\u00a0: nouvelle version (un courriel)',
    );
  });

  test('a level of which nobody can tell says what it depends on, and what the settings could say', () => {
    const view = scene('good');
    const of = service(view, 'insurability');
    const depends = { wanted: true, holds: null, at: null };
    const open = [
      { ...depends, fact: 'module_available', statement: 'Votre logiciel a un module.', setting: true },
      { ...depends, fact: 'vitalink_ok', statement: 'Vitalink répond.', setting: false },
    ];
    const levels = of.levels.map((level, place) =>
      place === 0 ? { ...level, standing: 'unknown' as const, open } : level,
    );
    const props = {
      now: view.now,
      dated: view.dated,
      onback: nothing,
      onprint: nothing,
      onroute: kept,
      onrelease: kept,
    };
    render(ServiceCard, {
      of: { ...of, levels },
      ...props,
      onask: () => Promise.resolve({ data: { usable: true, until: '2026-11-29' } }),
    });
    expect(screen.getByTestId('open-module_available').textContent).toBe(
      'Pas encore dit dans les réglages\u00a0: Votre logiciel a un module.',
    );
    expect(screen.getByTestId('open-vitalink_ok').textContent).toBe(
      "Personne ne sait si c'est le cas\u00a0: Vitalink répond.",
    );
  });

  test('two addresses of one host are told apart', () => {
    const [one, two] = ['https://a.test/v1', 'https://a.test/v2'];
    expect(placeNamed(one, [one, two])).toBe(one);
    expect(placeNamed(one, [one, 'https://b.test/v1'])).toBe('a.test');
    expect(placeNamed('no address', ['no address'])).toBe('no address');
  });

  test('Vaccinnet belongs to the Flemish Region, and says so', () => {
    card('good', 'vaccination');
    expect(screen.getByText('Région flamande')).toBeTruthy();
  });
});

test.each([
  [{ standing: 'inForce', switch: 'usual' }, 'good', 'en service'],
  [{ standing: 'inForce', switch: 'automatic' }, 'backup', 'en service'],
  [{ standing: 'inForce', switch: 'manual' }, 'attention', 'à faire maintenant'],
  [{ standing: 'ifYouSay', switch: 'manual' }, 'next', "si c'est le cas"],
  [{ standing: 'unknown', switch: 'automatic' }, 'unknown', 'on ne sait pas'],
  [{ standing: 'later', switch: 'manual' }, 'next', ''],
  [{ standing: 'out', switch: 'usual' }, 'off', 'pas en cours'],
] as const)('a level that is %j: %s, %s', (part, mark, word) => {
  const [level] = service(scene('good'), 'insurability').levels;
  if (!level) throw new Error('no level');
  expect([levelMark({ ...level, ...part }), levelWord({ ...level, ...part }, ours)]).toEqual([mark, word]);
});

describe('less than 30 days', () => {
  test.each([
    ['31/10/2026', '2026-10-31'],
    ['1.2.26', '2026-02-01'],
    [' 2026-10-31 ', '2026-10-31'],
    ['31/02/2026', null],
    ['29-2-2028', '2028-02-29'],
    ['12/13/2026', null],
    ['hier', null],
    ['', null],
  ])('%s is %s', (typed, day) => expect(dayTyped(typed)).toBe(day));

  async function ask(typed: string): Promise<void> {
    const field = screen.getByLabelText('Date de la dernière consultation électronique');
    await fireEvent.input(field, { target: { value: typed } });
    await fireEvent.submit(field.closest('form') ?? field);
    await vi.waitFor(() => expect(screen.getByTestId('recent').textContent).not.toBe(''));
  }

  test('it takes a date, answers, and forgets the date', async () => {
    const { onask } = card('paper');
    await fireEvent.click(screen.getByTestId('primary'));
    await ask('31/10/2026');
    expect(onask).toHaveBeenCalledExactlyOnceWith('2026-10-31');
    expect(screen.getByTestId('recent').textContent).toBe("Oui\u00a0: elle compte jusqu'au 29 novembre 2026.");
    expect(screen.getByLabelText<HTMLInputElement>('Date de la dernière consultation électronique').value).toBe('');
  });

  test('an old one is said to be over; one to come, or none at all, is never asked', async () => {
    const { onask } = card('paper');
    onask.mockResolvedValue({ data: { usable: false, until: '2026-10-30' } });
    await fireEvent.click(screen.getByTestId('primary'));
    await ask('13/11/2026');
    expect(screen.getByTestId('recent').textContent).toBe('Cette date est encore à venir.');
    await ask('pas une date');
    expect(screen.getByTestId('recent').textContent).toBe('Indiquez une date complète.');
    expect(onask).not.toHaveBeenCalled();
    await ask('1/10/2026');
    expect(screen.getByTestId('recent').textContent).toBe("Non\u00a0: elle comptait jusqu'au 30 octobre 2026.");
  });
});

describe('what is spoken', () => {
  const NOW = scene('good').now;

  test('one change by its name, several by their number', () => {
    const of = service(scene('outage'), 'insurability');
    expect(spoken([of], NOW)).toBe(
      "Assurabilité\u00a0: en secours par MyCareNet depuis 13:34. Vous n'avez rien à faire.",
    );
    expect(spoken(scene('everything').functions.slice(0, 3), NOW)).toBe('3 services ont changé de route.');
  });

  test('at most once a minute, grouped, and nothing of what was taken back', () => {
    const speech = new Speech();
    const [good, out] = [scene('good').functions, scene('outage').functions];
    expect(speech.hear(good, NOW)).toEqual([]);
    expect(speech.hear(out, NOW + 1).map(({ id }) => id)).toEqual(['auth', 'insurability']);
    expect(speech.hear(good, NOW + 2)).toEqual([]);
    expect(speech.wait(NOW + 2)).toBe(APART - 1);
    expect(speech.hear(out, NOW + APART + 1)).toEqual([]);
    expect(speech.hear(good, NOW + APART + 2)).toHaveLength(2);
  });

  test('politely, and a change that came too early is said when its minute has come', async () => {
    vi.useFakeTimers();
    const { rerender } = render(Spoken, { functions: scene('good').functions, now: NOW });
    const said = screen.getByRole('status');
    expect(said.textContent).toBe('');
    await rerender({ functions: scene('paper').functions });
    expect(said.textContent).toContain('Assurabilité\u00a0: perturbé depuis 14:05.');
    await rerender({ functions: scene('outage').functions });
    expect(said.textContent).toContain('Assurabilité\u00a0: perturbé');
    await vi.advanceTimersByTimeAsync(APART);
    expect(said.textContent).toBe('2 services ont changé de route.');
  });
});

test('the sheet of paper is in the language that is chosen, whatever the window speaks', async () => {
  const view = scene('paper');
  const inLanguage = vi.fn((_: Language, id: string) => Promise.resolve(service(view, id)));
  const onprint = vi.fn();
  render(PrintSheet, { id: 'insurability', now: view.now, dated: view.dated, inLanguage, onprint, onclose: nothing });
  await vi.waitFor(() => expect(screen.getByTestId('paper').lang).toBe('fr'));
  await fireEvent.click(screen.getByLabelText('Nederlands'));
  await vi.waitFor(() => expect(screen.getByTestId('paper').textContent).toContain('Verzekerbaarheid'));
  expect(screen.getByTestId('paper').lang).toBe('nl');
  expect(screen.getByTestId('paper').textContent).toContain('Verstoord sinds 14:05');
  expect(inLanguage.mock.calls.map(([language]) => language)).toEqual(['fr', 'nl']);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Imprimer la fiche');
  await fireEvent.click(screen.getByTestId('sheet-print'));
  expect(onprint).toHaveBeenCalledOnce();
  expect(await found()).toEqual([]);
});

describe('every state in every language', () => {
  const raw = /\bsvc-[a-z]/;
  test.each(Object.keys(CONTINUITY))(
    '%s: no raw key, and assistive technology can use it',
    async (name) => {
      for (const language of LANGUAGES) {
        texts.use(language);
        const shown = [() => today(name), () => table(name), () => card(name), () => card(name, 'auth')];
        for (const show of shown) {
          const { unmount } = show();
          expect(words()).not.toMatch(raw);
          if (language === 'nl') {
            expect(await found()).toEqual([]);
          }
          unmount();
        }
      }
    },
    30_000,
  );
});

describe('which software takes part', () => {
  test('is one dated table, with what both pages say, and nothing of it is made up', async () => {
    render(Software, { onask: () => Promise.resolve({ data: SOFTWARE }) });
    await fireEvent.click(screen.getByTestId('software-show'));
    const sheet = await screen.findByRole('dialog');
    for (const told of [SOFTWARE.older, SOFTWARE.newer, SOFTWARE.caveat, '22 novembre 2026']) {
      expect(sheet.textContent).toContain(told);
    }
    const rows = within(sheet)
      .getAllByTestId('package')
      .map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows).toEqual([
      ['Mésange (Tilleul)', 'cité', 'cité'],
      ['Pinson 12', 'cité', 'non cité'],
    ]);
    expect(await found()).toEqual([]);
  });

  test('that cannot be told says why', async () => {
    render(Software, { onask: () => Promise.resolve({ problem: { code: 'RLS-9003', with: {} } }) });
    await fireEvent.click(screen.getByTestId('software-show'));
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('RLS-9003'));
  });
});
