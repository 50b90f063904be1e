import type { Deed, SandboxApi, SandboxService, SandboxView, Zone } from '$lib/api/sandbox';

const NOON = Date.parse('2026-11-12T12:00:00+01:00');
const MINUTE = 60_000;
const BUSINESS = 'uddi:ehealth-fgov-be:business:';

function service(short: string, name: string, zones: Zone[], listed = true): SandboxService {
  return {
    key: `${BUSINESS}${short}`,
    name,
    listed: listed ? (zones[0] ?? null) : null,
    places: zones.map((zone) => ({ zone, how: 'works' })),
  };
}

/** A sandbox in which all is well, with some of its services. */
export const USUAL: SandboxView = {
  wall: NOON,
  trusted: NOON,
  signIn: true,
  faults: 0,
  card: true,
  lost: [],
  list: 'honest',
  form: 'v1',
  functions: [
    { id: 'auth', name: 'Gestion des sessions', services: [`${BUSINESS}iamsecuritytokenservice:v1`] },
    {
      id: 'insurability',
      name: 'Assurabilité',
      services: [`${BUSINESS}genericinsurability:v1`, `${BUSINESS}insurability:v2`],
    },
    { id: 'encryption-unknown', name: 'Chiffrement pour un destinataire inconnu', services: [`${BUSINESS}kgss:v1`] },
    { id: 'hub-documents', name: 'Documents du hub', services: [`${BUSINESS}consent:v1`] },
    { id: 'vaccination', name: 'Vaccination', services: ['uddi:vaccinnet-vlanderen-be:business:vacination:v2'] },
  ],
  services: [
    service('iamsecuritytokenservice:v1', 'I.AM STS WSTRUST', ['main', 'backup']),
    service('genericinsurability:v1', 'MCN GENERIC INSURABILITY V1', ['main', 'mycarenet']),
    service('insurability:v2', 'MCN INSURABILITY V2', ['main', 'backup', 'mycarenet']),
    service('kgss:v1', 'ETEE KGSS V1', ['main', 'backup']),
    service('consent:v1', 'consent:v1', ['main'], false),
    { ...service('', 'Vaccinnet v2', ['region']), key: 'uddi:vaccinnet-vlanderen-be:business:vacination:v2' },
  ],
  scenarios: [
    { name: 'recip-e-monday-morning', title: 'Recip-e un lundi matin', steps: 4, minutes: 134 },
    { name: 'everything-lost', title: 'Tout est perdu', steps: 5, minutes: 161 },
  ],
  playing: null,
  usual: true,
};

/** Everything that can be the matter, at once. */
export const WORST: SandboxView = {
  ...USUAL,
  trusted: NOON - 60 * MINUTE,
  signIn: false,
  faults: 2,
  card: false,
  lost: ['main', 'mycarenet'],
  list: 'bad-signature',
  form: 'mixed',
  services: USUAL.services.map((one, at) => ({
    ...one,
    listed: at === 2 ? 'backup' : one.listed,
    places: one.places.map(({ zone }) => ({ zone, how: at === 1 ? 'flaps' : at === 3 ? 'fails' : 'works' })),
  })),
  playing: {
    name: 'everything-lost',
    title: 'Tout est perdu',
    done: 2,
    steps: 5,
    nextAt: NOON + 10 * MINUTE,
  },
  usual: false,
};

function placed(view: SandboxView, keys: string[], change: (one: SandboxService) => SandboxService): SandboxView {
  return { ...view, services: view.services.map((one) => (keys.includes(one.key) ? change(one) : one)) };
}

function turned(view: SandboxView, clock: string, by: number): SandboxView {
  const move = (which: string): number => (clock === 'all' || clock === which ? by : 0);
  return { ...view, wall: view.wall + move('wall'), trusted: view.trusted + move('trusted') };
}

/** What comes of a deed, as the sandbox has it. */
function after(view: SandboxView, deed: Deed): SandboxView {
  switch (deed.kind) {
    case 'publish':
      return placed(view, deed.services, (one) => ({ ...one, listed: deed.zone }));
    case 'publishAll': {
      const there = view.services.filter(({ places }) => places.some(({ zone }) => zone === deed.zone));
      return placed(
        view,
        there.filter(({ listed }) => listed !== null).map(({ key }) => key),
        (one) => ({ ...one, listed: deed.zone }),
      );
    }
    case 'service':
      return placed(view, deed.services, (one) => ({
        ...one,
        places: one.places.map((place) => (place.zone === deed.zone ? { ...place, how: deed.how } : place)),
      }));
    case 'zone':
      return { ...view, lost: [...view.lost.filter((zone) => zone !== deed.zone), ...(deed.there ? [] : [deed.zone])] };
    case 'list':
      return { ...view, list: deed.state };
    case 'form':
      return { ...view, form: deed.form };
    case 'signIn':
      return { ...view, signIn: deed.there, faults: 0 };
    case 'card':
      return { ...view, card: deed.there };
    case 'turn':
      return turned(view, deed.clock, deed.minutes * MINUTE);
    case 'morning':
      return turned(view, 'all', 20 * 60 * MINUTE);
    case 'play': {
      const story = view.scenarios.find(({ name }) => name === deed.name);
      const playing = story && { ...story, done: 0, nextAt: view.trusted + 2 * MINUTE };
      return { ...USUAL, wall: view.wall, trusted: view.trusted, playing: playing ?? null };
    }
    case 'next':
      return view.playing ? { ...view, playing: { ...view.playing, done: view.playing.done + 1 } } : view;
    case 'stop':
    case 'usual':
      return { ...USUAL, wall: view.wall, trusted: view.trusted };
  }
}

/** A sandbox that does what it is told; `worst` begins with a bad day. */
export function previewSandbox(scene: string): SandboxApi {
  let view = scene === 'worst' ? WORST : USUAL;
  return {
    look: () => Promise.resolve({ data: view }),
    act: (deed) => {
      view = after(view, deed);
      return Promise.resolve({ data: view });
    },
  };
}
