import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { MainApi, Outcome, Snapshot } from '$lib/api/types';
import { LANGUAGES } from '$lib/i18n/languages';

import { CONTINUITY, PAGE, PAST, SOFTWARE } from '../src/dev/continuity';
import { JOURNAL } from '../src/dev/journal';
import { WITHOUT_CARD } from '../src/dev/nocard';
import { previewSandbox } from '../src/dev/sandbox';
import { SCENES } from '../src/dev/scenes';
import MainWindow from '../src/main/MainWindow.svelte';

function scene(name: string): Snapshot {
  const found = SCENES[name];
  if (!found) throw new Error(`no scene ${name}`);
  return found;
}

function known<T>(of: Record<string, T>, name: string): T {
  const found = of[name];
  if (!found) throw new Error(`no scene ${name}`);
  return found;
}

const SERVICES = known(CONTINUITY, 'good');
const WHOLE = known(PAST, 'whole');
const ENTRIES = JOURNAL['whole']?.entries ?? [];

const PEOPLE = [
  { slot: 'a'.repeat(32), name: 'Claire Lambert', inUse: true, hint: '', until: scene('good').now + 3_600_000 },
  { slot: 'b'.repeat(32), name: null, inUse: false, hint: '', until: null },
];

/** A Rust side of which the test sees the calls and gives the answers. */
function rust(first: Snapshot, answer: Outcome = null) {
  let tell: (snapshot: Snapshot) => void = () => undefined;
  let askFor: (place: 'today' | 'services') => void = () => undefined;
  let tellServices: () => void = () => undefined;
  const call = () => vi.fn<(value?: unknown) => Promise<Outcome>>(() => Promise.resolve(answer));
  const api = {
    snapshot: () => Promise.resolve(first),
    onSnapshot: (changed: (snapshot: Snapshot) => void) => {
      tell = changed;
      return Promise.resolve(() => undefined);
    },
    onPlaceAsked: (asked: (place: 'today' | 'services') => void) => {
      askFor = asked;
      return Promise.resolve(() => undefined);
    },
    signIn: call(),
    signInCancel: call(),
    signOut: call(),
    renew: call(),
    snooze: call(),
    putTimeBack: call(),
    withoutCard: vi.fn<MainApi['withoutCard']>(() => Promise.resolve({ data: WITHOUT_CARD.first })),
    openWithoutCard: call(),
    password: call(),
    journal: vi.fn<MainApi['journal']>((before) =>
      Promise.resolve({ data: { entries: before === null ? ENTRIES : [], older: before === null } }),
    ),
    journalChain: () => Promise.resolve({ data: { kind: 'whole' as const, after: 0 } }),
    ledger: () => Promise.resolve({ data: { uses: [], recent: 0, days: 30 } }),
    continuity: vi.fn<MainApi['continuity']>(() => Promise.resolve({ data: SERVICES })),
    onContinuity: (changed: () => void) => {
      tellServices = changed;
      return Promise.resolve(() => undefined);
    },
    recent: vi.fn<MainApi['recent']>(() => Promise.resolve({ data: { usable: true, until: '2026-11-29' } })),
    software: vi.fn<MainApi['software']>(() => Promise.resolve({ data: SOFTWARE })),
    past: vi.fn<MainApi['past']>(() => Promise.resolve({ data: WHOLE })),
    outagePage: vi.fn<MainApi['outagePage']>(() => Promise.resolve({ data: PAGE })),
    outageSave: vi.fn<MainApi['outageSave']>(() => Promise.resolve({ data: '/documents/record.json' })),
    printPage: call(),
    chooseRoute: call(),
    releaseRoute: call(),
    people: vi.fn<MainApi['people']>(() => Promise.resolve({ data: PEOPLE })),
    forgetPerson: call(),
    setHint: call(),
    setHours: call(),
    setLanguage: call(),
    setReader: call(),
    useKeypad: call(),
    setAppearance: call(),
    setKeyStore: call(),
    setAutostart: call(),
    setNotifications: call(),
    setClosing: call(),
    policy: vi.fn<MainApi['policy']>(() => Promise.resolve({ data: [] })),
    setOrganisation: call(),
    setPractice: call(),
    organisationPassword: call(),
    chooseEnvironment: call(),
    environmentChosen: vi.fn<MainApi['environmentChosen']>(() => Promise.resolve({ data: true })),
    forgetEnvironment: call(),
    sandbox: previewSandbox(''),
  } satisfies MainApi;
  return {
    api,
    tell: (snapshot: Snapshot) => tell(snapshot),
    tellServices: () => tellServices(),
    askFor: (place: 'today' | 'services') => askFor(place),
  };
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

const chosen = (name: string, value: string): HTMLInputElement => {
  const inputs = [...document.querySelectorAll('input')];
  const input = inputs.find((one) => one.name === name && one.value === value);
  if (!input) throw new Error(`nothing is called ${name}: ${value}`);
  return input;
};

const text = (hook: string): string => screen.getByTestId(hook).textContent.replace(/\s+/g, ' ').trim();

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('services', () => {
  test('today shows how they are, a tile opens its card, and the side bar counts what is off its road', async () => {
    const { api, tellServices } = await open(scene('good'));
    expect(screen.queryByTestId('off')).toBeNull();
    api.continuity.mockResolvedValue({ data: { ...known(CONTINUITY, 'outage'), revision: SERVICES.revision + 1 } });
    tellServices();
    await settled();
    const off = known(CONTINUITY, 'outage').functions.filter(({ state }) => state !== 'operational');
    expect(text('off')).toContain(String(off.length));
    await fireEvent.click(screen.getByRole('button', { name: /^Assurabilité/ }));
    await settled();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Assurabilité' }));
    await fireEvent.click(screen.getByTestId('place-services'));
    await settled();
    expect(screen.getByRole('table')).toBeTruthy();
  });

  test('a view that was overtaken is not shown, and what changes while one is asked for is asked for again', async () => {
    const { api, tellServices } = await open(scene('good'));
    api.continuity.mockResolvedValue({ data: { ...known(CONTINUITY, 'outage'), revision: SERVICES.revision - 1 } });
    tellServices();
    await settled();
    expect(screen.queryByTestId('off')).toBeNull();
    const before = api.continuity.mock.calls.length;
    let answer: (given: Awaited<ReturnType<MainApi['continuity']>>) => void = () => undefined;
    api.continuity.mockReturnValueOnce(new Promise((done) => (answer = done)));
    tellServices();
    tellServices();
    tellServices();
    expect(api.continuity.mock.calls.length).toBe(before + 1);
    answer({ problem: { code: 'RLS-9003', with: {} } });
    await settled();
    expect(api.continuity.mock.calls.length).toBe(before + 2);
  });

  test('with a key alone: the places by their numbers, the history from Today', async () => {
    const { api } = await open(scene('good'));
    expect(screen.getByTestId('place-services').title).toBe('Services (Ctrl+2)');
    await fireEvent.keyDown(document.body, { key: '2', ctrlKey: true });
    await settled();
    expect(screen.getByRole('table')).toBeTruthy();
    await fireEvent.click(screen.getByLabelText('Historique'));
    await settled();
    expect(api.past.mock.calls.length).toBe(1);
    expect(document.activeElement?.tagName).toBe('H1');
  });
});

describe('today', () => {
  test('the end time is in the headline and in an element of its own', async () => {
    await open(scene('good'));
    expect(text('headline')).toBe("Session ouverte jusqu'à 19:45");
    expect(text('end-time')).toBe('19:45');
    expect(text('sentence')).toBe(
      'Tout est en ordre. Votre code PIN sera demandé une fois, vers 13:10, pendant la pause de midi.',
    );
    expect(screen.getByRole('img', { name: /^Session/ }).getAttribute('aria-label')).toBe(
      'Session\u00a0: début 07:45, fin 19:45. Il est 10:24. Code PIN vers 13:10.',
    );
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

  test('an organisation signs in with its certificate, and its password goes to Rust once', async () => {
    const { api, tell } = await open(scene('organisation'));
    await fireEvent.click(screen.getByTestId('do-signInOrganisation'));
    expect(api.signIn).toHaveBeenCalledExactlyOnceWith('certificate');
    tell(scene('organisationAsked'));
    await settled();
    const field = screen.getByTestId<HTMLInputElement>('keystore-password');
    await fireEvent.input(field, { target: { value: 'geheim' } });
    await fireEvent.click(screen.getByTestId('remember'));
    await fireEvent.click(screen.getByTestId('organisation-sign-in'));
    expect(api.organisationPassword).toHaveBeenCalledExactlyOnceWith('geheim', true);
    expect(field.value).toBe('');
    tell({ ...scene('organisationAsked'), signIn: { kind: 'working' } });
    await settled();
    expect(document.querySelector('dialog')).toBeNull();
    expect(api.signInCancel, 'a sheet that closes by itself cancels nothing').not.toHaveBeenCalled();
  });

  test('a password of an organisation that is refused is told on its sheet, and can be given again or given up', async () => {
    const { api, tell } = await open(scene('organisationAsked'));
    const give = async (password: string) => {
      await fireEvent.input(screen.getByTestId('keystore-password'), { target: { value: password } });
      await fireEvent.click(screen.getByTestId('organisation-sign-in'));
      await settled();
    };
    api.organisationPassword.mockResolvedValueOnce({ code: 'RLS-9003', with: {} });
    await give('geheim');
    const sheet = within(screen.getByRole('dialog'));
    expect(sheet.getByTestId('problem').textContent).toContain('RLS-9003');
    expect(screen.getByTestId<HTMLInputElement>('keystore-password').readOnly).toBe(false);

    // On its way: nothing is sent twice. The next question comes without a step in between.
    await give('geheim');
    expect(sheet.queryByTestId('problem')).toBeNull();
    expect(screen.getByTestId<HTMLInputElement>('keystore-password').readOnly).toBe(true);
    const asked = scene('organisationAsked').signIn;
    if (asked.kind !== 'organisation') throw new Error('no question');
    const again = { ...asked, question: asked.question + 1, problem: { code: 'RLS-4002', with: {} } };
    tell({ ...scene('organisationAsked'), signIn: again });
    await settled();
    expect(sheet.getByTestId('problem').textContent).toContain('RLS-4002');
    expect(screen.getByTestId<HTMLInputElement>('keystore-password').readOnly).toBe(false);
    expect(api.signInCancel).not.toHaveBeenCalled();
    screen.getByRole<HTMLDialogElement>('dialog').close();
    await settled();
    expect(api.signInCancel, 'whoever closes it gives up').toHaveBeenCalledOnce();
  });

  test('the question of an organisation comes back with the reason where giving up was not heard', async () => {
    const { api } = await open(scene('organisationAsked'));
    api.signInCancel.mockResolvedValueOnce({ code: 'RLS-9003', with: {} });
    screen.getByRole<HTMLDialogElement>('dialog').close();
    await settled();
    const sheet = screen.getByRole<HTMLDialogElement>('dialog');
    expect(sheet.open).toBe(true);
    expect(within(sheet).getByTestId('problem').textContent).toContain('RLS-9003');
    sheet.close();
    await settled();
    expect(api.signInCancel).toHaveBeenCalledTimes(2);
  });

  test('the locked key of an organisation is opened by its password, as a renewal', async () => {
    const { api } = await open(scene('organisationDue'));
    await fireEvent.click(screen.getByTestId('do-givePassword'));
    expect(api.renew).toHaveBeenCalledOnce();
  });

  test('a click on a notification leads to Today and presses nothing there', async () => {
    const { api, askFor } = await open(scene('good'));
    await fireEvent.click(screen.getByTestId('place-settings'));
    askFor('today');
    await settled();
    expect(text('headline')).toContain('19:45');
    expect(api.renew).not.toHaveBeenCalled();
  });

  test('a click on a notification about services leads to them', async () => {
    const { askFor } = await open(scene('good'));
    askFor('services');
    await settled();
    expect(screen.getByTestId('place-services').getAttribute('aria-current')).toBe('page');
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
    expect(text('noted')).toContain('RLS-1010');
    expect(text('sentence')).toContain('Votre session est en ordre.');
    expect(screen.queryByTestId('problem')).toBeNull();
    expect(screen.queryByTestId('sign-in')).toBeNull();
  });

  test('a failure beside an open session is put away where it stands, and hides no button', async () => {
    const { api } = await open(scene('failedOpen'));
    expect(screen.getAllByTestId('do-seen')).toHaveLength(1);
    expect(screen.getByTestId('do-seen').closest('section')?.contains(screen.getByTestId('noted'))).toBe(true);
    await fireEvent.click(screen.getByTestId('do-renewNow'));
    await fireEvent.click(screen.getByTestId('do-seen'));
    expect(api.renew).toHaveBeenCalledOnce();
    expect(api.signInCancel).toHaveBeenCalledOnce();
  });

  test('what is good to know stands directly below the sentence that says so', async () => {
    await open(scene('memory'));
    const below = Node.DOCUMENT_POSITION_FOLLOWING;
    expect(screen.getByTestId('sentence').compareDocumentPosition(screen.getByTestId('warning'))).toBe(below);
    const line = screen.getByRole('img', { name: /^Session/ });
    expect(screen.getByTestId('warning').compareDocumentPosition(line)).toBe(below);
  });

  test('the reminder that is offered does not fall into a consultation', async () => {
    const due = scene('due');
    await open({ ...due, now: due.now + 19 * 60_000 });
    expect(text('do-later')).toBe('Rappeler à 18:30');
  });

  test('each place opens at its top', async () => {
    await open(scene('good'));
    const main = screen.getByRole('main');
    main.scrollTop = 240;
    await fireEvent.click(screen.getByTestId('place-journal'));
    await settled();
    expect(main.scrollTop).toBe(0);
    expect(document.activeElement?.tagName).toBe('H1');
  });

  test('the coming end is told when it is 30 and 10 minutes away, and not every minute', async () => {
    const { tell } = await open(scene('certificateEnding'));
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
    await open({
      ...scene('sandbox'),
      environment: { name: 'sandbox', class: 'sandbox', sandboxNote: null, hand: false },
    });
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
    await fireEvent.click(chosen('autostart', 'on'));
    await fireEvent.change(screen.getByTestId('reader'), { target: { value: '' } });
    expect(api.setLanguage).toHaveBeenCalledExactlyOnceWith('nl');
    expect(api.setAppearance).toHaveBeenCalledExactlyOnceWith('dark');
    expect(api.setKeyStore).toHaveBeenCalledExactlyOnceWith('memory');
    expect(api.setAutostart).toHaveBeenCalledExactlyOnceWith(true);
    await fireEvent.click(screen.getByLabelText("L'essentiel"));
    await fireEvent.click(screen.getByLabelText('Arrête Relais'));
    expect(api.setNotifications).toHaveBeenCalledExactlyOnceWith('essential');
    expect(api.setClosing).toHaveBeenCalledExactlyOnceWith('stops');
    expect(api.setReader).toHaveBeenCalledExactlyOnceWith(null);
  });

  test('what only the practice knows is not said before somebody says it, and can be taken back', async () => {
    const { api, tell } = await open(scene('settings'));
    await fireEvent.click(screen.getByTestId('place-settings'));
    await settled();
    for (const fact of ['flemish_region', 'module_available']) {
      expect(chosen(fact, 'unsaid')).toHaveProperty('checked', true);
    }
    await fireEvent.click(chosen('flemish_region', 'yes'));
    expect(api.setPractice).toHaveBeenLastCalledWith('flemish_region', true);
    await fireEvent.click(chosen('module_available', 'no'));
    expect(api.setPractice).toHaveBeenLastCalledWith('module_available', false);
    const settings = scene('settings');
    tell({ ...settings, settings: { ...settings.settings, flemish: true, tariffModule: false } });
    await settled();
    expect(chosen('flemish_region', 'yes')).toHaveProperty('checked', true);
    expect(chosen('module_available', 'no')).toHaveProperty('checked', true);
    await fireEvent.click(chosen('flemish_region', 'unsaid'));
    expect(api.setPractice).toHaveBeenLastCalledWith('flemish_region', null);
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

  test('a person is forgotten only after it is said what goes and what stays', async () => {
    const { api } = await open(scene('settings'));
    await fireEvent.click(screen.getByTestId('place-settings'));
    await settled();
    const [named, unnamed] = screen.getAllByTestId('forget-person');
    expect(named?.getAttribute('aria-label')).toBe('Oublier\u00a0: Claire Lambert');
    expect(unnamed?.getAttribute('aria-label')).toBe('Oublier\u00a0: Personne sans nom connu');
    if (named) await fireEvent.click(named);
    await settled();
    const sheet = document.querySelector('dialog');
    expect(sheet?.textContent).toContain('Oublier Claire Lambert\u00a0?');
    expect(sheet?.textContent).toContain("Sa session, ouverte jusqu'à 11:24\u00a0: elle se termine maintenant.");
    expect(sheet?.textContent).toContain('Le mot de passe de son keystore');
    expect(sheet?.textContent).toContain('Le journal, sans le nom');
    expect(api.forgetPerson).not.toHaveBeenCalled();
    await fireEvent.click(within(sheet ?? document.body).getByText('Ne rien effacer'));
    await settled();
    expect(document.querySelector('dialog')).toBeNull();
    expect(api.forgetPerson).not.toHaveBeenCalled();

    if (named) await fireEvent.click(named);
    await settled();
    api.people.mockResolvedValue({ data: [] });
    await fireEvent.click(screen.getByTestId('forget-now'));
    await settled();
    expect(api.forgetPerson).toHaveBeenCalledExactlyOnceWith('a'.repeat(32));
    expect(document.querySelector('dialog')).toBeNull();
    expect(document.body.textContent).toContain('Ce poste ne connaît personne.');
  });

  test('where a password is kept is noted in the words of its owner', async () => {
    const { api } = await open(scene('settings'));
    await fireEvent.click(screen.getByTestId('place-settings'));
    await settled();
    const field = screen.getByLabelText('Où Claire Lambert garde le mot de passe du keystore');
    await fireEvent.change(field, { target: { value: 'coffre du secrétariat' } });
    await settled();
    expect(api.setHint).toHaveBeenCalledExactlyOnceWith('a'.repeat(32), 'coffre du secrétariat');
    expect(document.body.textContent).toContain('Noté.');
    api.setHint.mockResolvedValue({ code: 'RLS-6005', with: {} });
    await fireEvent.change(field, { target: { value: 'ailleurs' } });
    await settled();
    expect(document.body.textContent).not.toContain('Noté.');
    expect(screen.getByTestId('problem').textContent).not.toBe('');
  });

  test('what could not be forgotten is said on the sheet, and the person stays in the list', async () => {
    const { api } = await open(scene('good'));
    await fireEvent.click(screen.getByTestId('forget-in-use'));
    await settled();
    api.forgetPerson.mockResolvedValue({ code: 'RLS-6025', with: { reason: 'password' } });
    await fireEvent.click(screen.getByTestId('forget-now'));
    await settled();
    expect(text('problem')).toContain('Le mot de passe retenu de la keystore reste dans le trousseau.');
    expect(document.querySelector('dialog')).not.toBeNull();
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
    api.environmentChosen.mockResolvedValue({ data: false });
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

  test('Ctrl+L gives the open session a new life, and asks nothing where that cannot be', async () => {
    const { api, tell } = await open(scene('good'));
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    await settled();
    expect(api.renew).toHaveBeenCalledOnce();
    tell(scene('withoutCard'));
    await settled();
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    await settled();
    expect(api.renew).toHaveBeenCalledOnce();
    expect(api.signIn).not.toHaveBeenCalled();
  });
});

describe('keeping a session', () => {
  test('the PIN is given or put off by one press, and a reminder says when', async () => {
    const { api } = await open(scene('due'));
    expect(text('sentence')).toBe('Votre code PIN est attendu, quand vous voulez avant 19:45.');
    expect(text('do-later')).toBe('Rappeler à 13:41');
    await fireEvent.click(screen.getByTestId('do-later'));
    expect(api.snooze).toHaveBeenCalledExactlyOnceWith(Date.parse('2026-11-12T13:41:00+01:00'));
    await fireEvent.click(screen.getByTestId('do-givePin'));
    expect(api.renew).toHaveBeenCalledOnce();
  });

  test('from another place the side bar says that the PIN is wanted', async () => {
    await open(scene('due'));
    expect(screen.queryByTestId('due')).toBeNull();
    await fireEvent.keyDown(window, { key: '3', ctrlKey: true });
    await settled();
    expect(within(screen.getByTestId('place-today')).getByRole('img').getAttribute('aria-label')).toBe(
      'code PIN attendu',
    );
  });

  test('the card that came back signs in with the card', async () => {
    const { api, container } = await open(scene('cardBack'));
    expect(container.querySelector('.hero.nocard')).not.toBeNull();
    expect(container.querySelector('.line.keystore')).not.toBeNull();
    await fireEvent.click(screen.getByTestId('do-backToCard'));
    expect(api.signIn).toHaveBeenCalledExactlyOnceWith('eid');
  });

  test('a disturbed service tells until when one can work, and the line tells what was tried', async () => {
    await open(scene('down'));
    expect(text('sentence')).toContain('vous pouvez continuer à travailler. Relais réessaie à 16:45');
    expect(screen.getByRole('img', { name: /^Session/ }).getAttribute('aria-label')).toContain(
      "Un essai n'a pas abouti. Prochain essai à 16:45.",
    );
  });

  test('what is going on takes the place of the sentence only once it lasts', async () => {
    await open(scene('renewProbing'));
    await vi.advanceTimersByTimeAsync(399);
    expect(text('sentence')).toContain('Tout est en ordre.');
    await vi.advanceTimersByTimeAsync(2);
    expect(text('sentence')).toBe(
      "Relais vérifie que le service de connexion répond. Votre code PIN sera demandé s'il répond.",
    );
  });

  test('hours are kept by one press; what Rust refuses is told on the sheet, with what was typed', async () => {
    const { api } = await open(scene('settings'), { code: 'RLS-6002', with: {} });
    await fireEvent.click(screen.getByTestId('place-settings'));
    await settled();
    await fireEvent.click(screen.getByTestId('hours-change'));
    await fireEvent.submit(document.querySelector('dialog form') ?? document.body);
    await settled();
    expect(api.setHours).toHaveBeenCalledExactlyOnceWith(scene('settings').settings.hours);
    expect(text('problem')).toContain('RLS-6002');
    api.setHours.mockResolvedValue(null);
    await fireEvent.submit(document.querySelector('dialog form') ?? document.body);
    await settled();
    expect(document.querySelector('dialog')).toBeNull();
  });
});

describe('without the card', () => {
  const field = (): HTMLInputElement => screen.getByTestId('keystore-password');

  async function sheet() {
    const side = await open(scene('noReader'));
    await fireEvent.keyDown(window, { key: 'L', ctrlKey: true, shiftKey: true });
    await settled();
    return side;
  }

  async function handOver(): Promise<void> {
    await fireEvent.click(screen.getByLabelText('Oubliée'));
    await fireEvent.input(field(), { target: { value: 'zandbak' } });
    await fireEvent.submit(document.querySelector('dialog form') ?? document.body);
    await settled();
  }

  const asked = (question: number, code: string | null): Snapshot => ({
    ...scene('noReader'),
    signIn: { kind: 'withoutCard', question, problem: code === null ? null : { code, with: {} } },
  });

  test('where keystores of several people lie, the person says whose it is', async () => {
    const side = await open(scene('noReader'));
    const [one, other] = ['a'.repeat(32), 'b'.repeat(32)];
    const choices = `${one} Claire Lambert; ${other} 20260302-120000`;
    side.api.withoutCard.mockResolvedValueOnce({ problem: { code: 'RLS-4012', with: { choices } } });
    await fireEvent.keyDown(window, { key: 'L', ctrlKey: true, shiftKey: true });
    await settled();
    await fireEvent.click(screen.getByLabelText('Keystore créé 2026-03-02 12:00'));
    await fireEvent.submit(document.querySelector('dialog form') ?? document.body);
    await settled();
    expect(side.api.withoutCard).toHaveBeenLastCalledWith(other);
    await handOver();
    expect(side.api.openWithoutCard).toHaveBeenCalledExactlyOnceWith({ reason: 'eid-not-at-hand', note: null }, other);
  });

  test('where certificates of several organisations lie, the person says which', async () => {
    const [one, other] = ['a'.repeat(32), 'b'.repeat(32)];
    const choices = `${one} CABINET DU TILLEUL; ${other} CBE 0809394427`;
    const several = { code: 'RLS-4012', with: { choices } };
    const side = await open({ ...scene('organisation'), signIn: { kind: 'failed', problem: several } });
    await settled();
    expect(screen.getByRole('dialog').textContent).toContain('plusieurs organisations');
    await fireEvent.click(screen.getByLabelText('CBE 0809394427'));
    await fireEvent.submit(document.querySelector('dialog form') ?? document.body);
    await settled();
    expect(side.api.signIn).toHaveBeenCalledExactlyOnceWith('certificate', other);
    expect(side.api.signInCancel).not.toHaveBeenCalled();
  });

  test('the sheet opens where the card cannot be used, and nowhere else', async () => {
    await sheet();
    expect(screen.getByRole('dialog').textContent).toContain('aucun lecteur détecté, service de connexion joignable.');
    cleanup();
    await open(scene('ready'));
    await fireEvent.keyDown(window, { key: 'L', ctrlKey: true, shiftKey: true });
    await settled();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('the password goes to its question alone, a wrong one is told, and the sheet closes with the session', async () => {
    const { api, tell } = await sheet();
    await handOver();
    expect(api.openWithoutCard).toHaveBeenCalledExactlyOnceWith({ reason: 'eid-not-at-hand', note: null });
    expect(api.password).not.toHaveBeenCalled();
    tell({ ...scene('noReader'), signIn: { kind: 'probing' } });
    tell(asked(1, null));
    await settled();
    expect(api.password).toHaveBeenCalledExactlyOnceWith('zandbak');
    expect(field().value).toBe('');
    tell(asked(2, 'RLS-4002'));
    await settled();
    expect(text('problem')).toContain('RLS-4002');
    expect(api.password).toHaveBeenCalledOnce();
    await handOver();
    expect(api.password).toHaveBeenCalledTimes(2);
    tell(scene('withoutCard'));
    await settled();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(api.signInCancel).not.toHaveBeenCalled();
    expect(text('headline')).toBe("Session sans carte jusqu'à 22:24");
  });

  test('closing while the question is open withdraws it and forgets what was typed', async () => {
    const { api, tell } = await sheet();
    await handOver();
    tell(asked(1, null));
    await settled();
    await fireEvent.input(field(), { target: { value: 'zandbak' } });
    const kept = field();
    await fireEvent.click(within(screen.getByRole('dialog')).getByText('Annuler'));
    await settled();
    expect(api.signInCancel).toHaveBeenCalledOnce();
    expect(kept.value).toBe('');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('closing withdraws what was begun, even before its first snapshot; nothing is withdrawn that was not', async () => {
    const { api } = await sheet();
    await fireEvent.click(within(screen.getByRole('dialog')).getByText('Annuler'));
    expect(api.signInCancel).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByTestId('do-withoutCard'));
    await settled();
    await handOver();
    await fireEvent.click(within(screen.getByRole('dialog')).getByText('Annuler'));
    expect(api.signInCancel).toHaveBeenCalledOnce();
  });

  test('a service that does not answer is told on the sheet, and what was typed stays for the next try', async () => {
    const { api, tell } = await sheet();
    await handOver();
    tell({ ...scene('noReader'), signIn: { kind: 'probing' } });
    await settled();
    tell(scene('failedNoReader'));
    await settled();
    expect(within(screen.getByRole('dialog')).getByTestId('problem').textContent).toContain('RLS-2001');
    expect(field().value).toBe('zandbak');
    expect(api.password).not.toHaveBeenCalled();
  });

  test('a habit that only Rust knows of is explained on the same sheet', async () => {
    const { api, tell } = await sheet();
    await handOver();
    tell({ ...scene('noReader'), signIn: { kind: 'probing' } });
    await settled();
    tell({ ...scene('noReader'), signIn: { kind: 'failed', problem: { code: 'RLS-2215', with: {} } } });
    await settled();
    await fireEvent.input(screen.getByTestId('justification'), { target: { value: 'carte commandée' } });
    await handOver();
    expect(api.openWithoutCard).toHaveBeenLastCalledWith({
      reason: 'eid-not-at-hand',
      note: 'Oubliée, carte commandée',
    });
    expect(api.password).not.toHaveBeenCalled();
  });

  test('keys of the window wait while a sheet is open', async () => {
    await sheet();
    await fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await settled();
    expect(screen.getByRole('dialog')).not.toBeNull();
    expect(screen.queryByTestId('reader')).toBeNull();
  });

  test('a sheet that cannot be filled says why, where the press was', async () => {
    const side = rust(scene('noReader'));
    side.api.withoutCard.mockResolvedValue({ problem: { code: 'RLS-9003', with: {} } });
    render(MainWindow, { api: side.api });
    await settled();
    await fireEvent.click(screen.getByTestId('do-withoutCard'));
    await settled();
    expect(text('refused')).toContain('RLS-9003');
  });
});

describe('the journal', () => {
  test('it is read when its place opens, page by page', async () => {
    const { api, tell } = await open(scene('good'));
    await fireEvent.click(screen.getByTestId('place-journal'));
    await settled();
    expect(document.activeElement?.textContent).toBe("Ce qui s'est passé sur ce poste");
    expect(document.body.textContent).toContain('Renouvellement reporté');
    expect(document.body.textContent).toContain("Rien n'y a été modifié.");
    await fireEvent.click(screen.getByTestId('journal-older'));
    await settled();
    expect(api.journal.mock.calls).toEqual([[null], [ENTRIES.at(-1)?.seq]]);
    expect(screen.queryByTestId('journal-older')).toBeNull();
    tell(scene('ready'));
    await settled();
    expect(api.journal).toHaveBeenLastCalledWith(null);
  });
});

describe('every state in every language', () => {
  const RULES = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } };

  test.each(Object.keys(SCENES))('%s: no raw key, and assistive technology can use it', async (name) => {
    const first = scene(name);
    for (const language of LANGUAGES) {
      const { unmount } = await open({ ...first, settings: { ...first.settings, language } });
      await vi.advanceTimersByTimeAsync(500);
      if (name === 'settings' || name === 'journal') {
        await fireEvent.click(screen.getByTestId(`place-${name}`));
        await settled();
      }
      expect(document.body.textContent).not.toMatch(
        /\b(today|fact|busy|act|use|set|choose|rls|env|line|plan|nocard|hours|journal)-[a-z0-9]|\{/,
      );
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
