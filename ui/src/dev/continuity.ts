import type {
  Continuity,
  DepartureView,
  EvidenceView,
  FunctionView,
  GroupView,
  HealthView,
  LevelView,
  PageView,
  PastView,
  SaidView,
} from '$lib/api/continuity';

const at = (text: string): number => Date.parse(`2026-11-${text}:00+01:00`);
const NOW = at('12T16:32');

const evidence = (said: SaidView, health: HealthView, time: string | null): EvidenceView => ({
  said,
  health,
  at: time === null ? null : at(`12T${time}`),
  hosts: [],
});
const WORKS = {
  authority: evidence('works', 'operational', '16:29'),
  real: evidence('works', 'operational', '16:22'),
  probe: evidence('works', 'operational', '16:31'),
};
const SILENT = evidence('nothing', 'unknown', null);

const level = (part: Partial<LevelView> & Pick<LevelView, 'kind' | 'label' | 'order'>): LevelView => ({
  severity: 'ok',
  standing: 'later',
  whyOut: [],
  asks: [],
  open: [],
  actor: 'software',
  switch: 'automatic',
  condition: '',
  steps: [],
  documents: [],
  sayToPatient: null,
  sources: [],
  ...part,
});
const NORMAL = level({
  kind: 'normal',
  label: 'Normal',
  order: 0,
  standing: 'inForce',
  switch: 'usual',
  condition: 'Le service passe par la plate-forme eHealth.',
  steps: ["Travaillez comme d'habitude."],
});

function one(id: string, name: string, group: GroupView, part: Partial<FunctionView> = {}): FunctionView {
  return {
    id,
    name,
    purpose: '',
    group,
    state: 'operational',
    since: null,
    sentence: { kind: 'normal' },
    level: 0,
    ...WORKS,
    levels: [NORMAL],
    noLevel: '',
    notForeseen: [],
    flemish: false,
    dependsOn: id === 'auth' ? [] : ['auth'],
    fault: { pc: 'operational', network: 'operational', platform: 'operational', insurers: null },
    announced: null,
    routes: [],
    sources: ['R-102'],
    ...part,
  };
}

const OUT = [
  {
    fact: 'platform_route_ok',
    statement: 'La fonction passe par la plate-forme eHealth.',
    wanted: true,
    holds: false,
    at: null,
    setting: false,
  },
];
const OUT_TOO = [
  {
    fact: 'mycarenet_route_ok',
    statement: 'La fonction passe directement par MyCareNet.',
    wanted: true,
    holds: false,
    at: null,
    setting: false,
  },
];
const ASKS = [
  {
    fact: 'insurability_age_lt_30_days',
    statement: 'Cette consultation date de moins de 30 jours.',
    wanted: true,
    holds: null,
    at: null,
    setting: false,
  },
];
/** The levels of insurability, in the words of the catalogue. */
const INSURABILITY: LevelView[] = [
  {
    ...NORMAL,
    condition: 'La consultation passe par la plate-forme eHealth.',
    steps: ["Consultez l'assurabilité comme d'habitude."],
  },
  level({
    kind: 'mycarenet-direct',
    label: 'En direct via MyCareNet',
    order: 1,
    severity: 'notice',
    condition: 'La plate-forme eHealth ne répond pas ; MyCareNet répond directement.',
    steps: ["Consultez l'assurabilité comme d'habitude : votre logiciel interroge directement MyCareNet."],
    sources: ['R-102'],
  }),
  level({
    kind: 'local-cache',
    label: 'Données déjà conservées localement',
    order: 2,
    severity: 'notice',
    actor: 'person',
    switch: 'manual',
    asks: ASKS,
    condition:
      "Patient régulier dont vous avez consulté l'assurabilité par voie électronique il y a moins de 30 jours.",
    steps: [
      'Ouvrez la dernière consultation dans votre logiciel et vérifiez sa date.',
      'Elle contient les informations nécessaires et la garantie de paiement : facturez sur cette base.',
    ],
    sources: ['R-103', 'R-104'],
  }),
  level({
    kind: 'paper',
    label: 'Procédure papier',
    order: 3,
    severity: 'action',
    actor: 'person',
    switch: 'manual',
    condition: 'Pas de consultation récente, et vous avez un doute ou ne connaissez pas le patient.',
    steps: ['Facturez le prix public.', 'Remettez au patient un formulaire Annexe 30.'],
    documents: [
      {
        id: 'annexe-30',
        name: 'Annexe 30',
        givenTo: 'patient',
        purpose: 'Permet au patient qui a payé le prix public de se faire rembourser par sa mutualité.',
      },
    ],
    sayToPatient: "Vous payez aujourd'hui le prix complet. Avec ce formulaire, votre mutualité peut vous rembourser.",
    sources: ['R-106'],
  }),
];
const standing = (levels: LevelView[], ...how: LevelView['standing'][]): LevelView[] =>
  levels.map((one, place) => ({
    ...one,
    standing: how[place] ?? 'later',
    whyOut: how[place] === 'out' ? (place === 0 ? OUT : OUT_TOO) : [],
  }));

const ALL: FunctionView[] = [
  one('auth', 'Authentification lors de la connexion', 'exchange', { authority: SILENT }),
  one('insurability', "Consulter l'état d'assurabilité d'un patient", 'patient', {
    purpose: 'Savoir si le patient est assuré et avoir la garantie de paiement.',
    levels: standing(INSURABILITY, 'inForce'),
    notForeseen: ['Zone de secours active, rien à faire', 'Module de votre logiciel'],
    fault: { pc: 'operational', network: 'operational', platform: 'operational', insurers: 'operational' },
  }),
  one('memberdata', 'Consulter les données du membre (MemberData)', 'patient'),
  one('tariff', 'Consultation de la tarification', 'bill'),
  one('mediprima-tariff', 'Consultation de la tarification Mediprima', 'bill', { real: SILENT }),
  one('chapter4-consult', 'Consulter les accords du « chapitre IV »', 'prescribe'),
  one('chapter4-request', "Demande d'accord du « chapitre IV »", 'prescribe'),
  one('encryption-known', 'Encryption vers destinataire connu', 'exchange', { authority: SILENT, dependsOn: [] }),
  one('encryption-unknown', 'Encryption vers destinataire inconnu', 'exchange', { authority: SILENT }),
  one('hub-documents', 'Consulter des documents via le système hub-metahub', 'patient', { authority: SILENT }),
  one('vaccination', "Consulter le statut vaccinal d'un patient", 'patient', { flemish: true, real: SILENT }),
  one('sumehr', "Consulter le SumEHR d'un patient", 'patient', { authority: SILENT }),
  one('prescription', 'Créer une prescription', 'prescribe'),
  one('eattest', "Transfert électronique de l'attestation de soins donnés (eAttest)", 'bill'),
];

const GOOD: Continuity = {
  revision: 1,
  list: { state: 'good', issuedAt: at('12T16:19'), answeredAt: at('12T16:29'), code: null, skipped: 0 },
  offlineSince: null,
  functions: ALL,
  dated: '2026-11-22',
  now: NOW,
};
const but = (changes: Record<string, Partial<FunctionView>>): FunctionView[] =>
  ALL.map((of) => ({ ...of, ...changes[of.id] }));

const AUTH_DOWN: Partial<FunctionView> = {
  state: 'down',
  since: at('12T13:20'),
  sentence: { kind: 'automatic', by: 'Données déjà conservées localement' },
  real: evidence('fails', 'down', '16:30'),
  probe: evidence('fails', 'down', '16:31'),
  levels: [
    {
      ...NORMAL,
      standing: 'out',
      whyOut: OUT,
      condition: 'Le service de session fonctionne et votre eID est lisible.',
    },
    level({
      kind: 'local-cache',
      label: 'Données déjà conservées localement',
      order: 2,
      standing: 'inForce',
      condition: 'La session actuelle est encore valable.',
      steps: ["Continuez à travailler jusqu'à l'heure affichée."],
    }),
  ],
  level: 1,
  fault: { pc: 'operational', network: 'operational', platform: 'down', insurers: null },
};
const DIRECT: Partial<FunctionView> = {
  state: 'onBackup',
  since: at('12T13:34'),
  sentence: { kind: 'automatic', by: 'En direct via MyCareNet' },
  level: 1,
  levels: standing(INSURABILITY, 'out', 'inForce'),
  authority: evidence('backup', 'onBackup', '16:29'),
  real: evidence('backup', 'onBackup', '16:28'),
  fault: { pc: 'operational', network: 'operational', platform: 'down', insurers: 'operational' },
};
const PAPER: Partial<FunctionView> = {
  state: 'down',
  since: at('12T14:05'),
  sentence: { kind: 'yours', step: 'Ouvrez la dernière consultation dans votre logiciel et vérifiez sa date.' },
  level: 3,
  levels: standing(INSURABILITY, 'out', 'out', 'ifYouSay', 'inForce'),
  authority: evidence('old', 'unknown', '14:02'),
  real: evidence('fails', 'down', '16:28'),
  probe: evidence('fails', 'down', '16:31'),
  fault: { pc: 'operational', network: 'operational', platform: 'down', insurers: 'down' },
};
const UNKNOWN: Partial<FunctionView> = {
  state: 'unknown',
  level: null,
  sentence: { kind: 'offline' },
  authority: evidence('old', 'unknown', '16:10'),
  real: evidence('old', 'unknown', '16:09'),
  probe: evidence('old', 'unknown', '16:10'),
  fault: { pc: 'operational', network: 'down', platform: 'unknown', insurers: null },
};
const offPaper = {
  state: 'down',
  since: at('12T14:05'),
  sentence: { kind: 'noLevel' },
  noLevel: 'Appelez le helpdesk de votre fournisseur.',
  level: null,
} as const;

/** Continuity in each of its states. */
export const CONTINUITY: Record<string, Continuity> = {
  good: GOOD,
  outage: { ...GOOD, functions: but({ auth: AUTH_DOWN, insurability: DIRECT }) },
  paper: { ...GOOD, functions: but({ insurability: PAPER }) },
  everything: {
    ...GOOD,
    list: { ...GOOD.list, state: 'stale', answeredAt: at('12T14:02') },
    functions: ALL.map((of) => ({ ...of, ...(of.id === 'insurability' ? PAPER : offPaper) })),
  },
  mixed: {
    ...GOOD,
    functions: but({
      prescription: {
        state: 'unstable',
        since: at('12T16:02'),
        sentence: { kind: 'disturbed' },
        probe: evidence('restless', 'unstable', '16:31'),
      },
      sumehr: {
        state: 'degraded',
        since: at('12T15:40'),
        sentence: { kind: 'disturbed' },
        real: evidence('partly', 'degraded', '16:12'),
      },
      tariff: { state: 'planned', since: at('12T16:00'), sentence: { kind: 'disturbed' } },
      eattest: { ...UNKNOWN, sentence: { kind: 'unknown' } },
    }),
  },
  offline: { ...GOOD, offlineSince: at('12T16:11'), functions: ALL.map((of) => ({ ...of, ...UNKNOWN })) },
  stale: { ...GOOD, list: { ...GOOD.list, state: 'stale', answeredAt: at('12T16:02') } },
  refused: { ...GOOD, list: { ...GOOD.list, state: 'refused', code: 'RLS-3001' } },
  never: { ...GOOD, list: { state: 'never', issuedAt: null, answeredAt: null, code: 'RLS-3001', skipped: 0 } },
  off: { ...GOOD, list: { state: 'off', issuedAt: null, answeredAt: null, code: null, skipped: 0 } },
};

const departure = (
  id: string,
  of: string,
  state: DepartureView['state'],
  from: string,
  until: string | null,
  seen: DepartureView['seen'] = [],
): DepartureView => ({ id, function: of, state, from: at(from), until: until === null ? null : at(until), seen });

const AUTH = departure('5', 'auth', 'down', '12T13:20', null, [
  { by: 'probe', health: 'down', at: at('12T13:20') },
  { by: 'real', health: 'down', at: at('12T13:19') },
]);
/** What there was, in 24 hours and before. */
export const PAST: Record<string, PastView> = {
  whole: {
    from: NOW - 30 * 86_400_000,
    now: NOW,
    departures: [
      departure('0', 'tariff', 'onBackup', '01T09:10', '01T12:00'),
      departure('8', 'prescription', 'down', '05T08:00', '05T10:30'),
      departure('1', 'prescription', 'unstable', '11T17:42', '11T18:34', [
        { by: 'real', health: 'unstable', at: at('11T17:41') },
      ]),
      departure('2', 'vaccination', 'onBackup', '11T21:52', '12T02:12', [
        { by: 'authority', health: 'onBackup', at: at('11T21:52') },
      ]),
      departure('3', 'insurability', 'onBackup', '12T13:34', null, [
        { by: 'authority', health: 'onBackup', at: at('12T13:34') },
      ]),
      departure('4', 'sumehr', 'unknown', '12T08:00', '12T08:40'),
      departure('6', 'tariff', 'planned', '12T11:00', '12T12:00'),
      AUTH,
    ],
    off: [
      { from: at('02T19:00'), until: at('04T07:30') },
      { from: at('12T03:10'), until: at('12T07:30') },
    ],
  },
  none: { from: NOW - 30 * 86_400_000, now: NOW, departures: [], off: [] },
};

/** A departure to make a record of. */
export const OUTAGE: DepartureView = AUTH;

/** The page of its record, as Rust words it. */
export const PAGE: PageView = {
  title: "Attestation d'indisponibilité",
  facts: [
    ['Service', 'Authentification lors de la connexion'],
    ['De', 'Jeudi 12 novembre 2026, 13:20:04'],
    ['À', 'Jeudi 12 novembre 2026, 16:32:00'],
    ['Environnement', 'production'],
    ['Clé', '4f1c 09ab 77d2'],
  ],
  columns: ['Quand', 'Constat', 'Selon'],
  rows: [
    { at: '13:20:04', what: 'perturbé', because: 'Notre test, 13:20 ; vos appels, 13:19' },
    { at: '14:00:00', what: 'personne ne regardait', because: '' },
  ],
  note: 'Ce que ce poste a constaté. Elle ne dit rien de la cause.',
};

/** Two pages that disagree; invented packages. */
export const SOFTWARE = {
  dated: '2026-11-22',
  older: 'Selon la page française, les logiciels suivants contiennent la procédure de secours.',
  newer: 'Selon la page néerlandaise, tous les logiciels la supportent.',
  caveat: 'Vérifiez votre version auprès de votre fournisseur.',
  packages: [
    { name: 'Mésange (Tilleul)', failover: true, renewal: true },
    { name: 'Pinson 12', failover: true, renewal: false },
  ],
};
