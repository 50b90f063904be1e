import type { Clock, Form, How, ListState, SandboxService, SandboxView, Zone } from '$lib/api/sandbox';
import { t } from '$lib/i18n/index.svelte';

/** Names of the zones, in the order in which they are shown. */
export const ZONES: Record<Zone, string> = {
  main: 'box-zone-main',
  backup: 'box-zone-backup',
  mycarenet: 'box-zone-mycarenet',
  region: 'box-zone-region',
};

/** What each zone is. */
export const ZONES_WHAT: Record<Zone, string> = {
  main: 'box-zone-main-what',
  backup: 'box-zone-backup-what',
  mycarenet: 'box-zone-mycarenet-what',
  region: 'box-zone-region-what',
};

export const LISTS: Record<ListState, string> = {
  honest: 'box-list-honest',
  'bad-signature': 'box-list-bad-signature',
  'wrong-signer': 'box-list-wrong-signer',
  'other-environment': 'box-list-other-environment',
  'to-come': 'box-list-to-come',
  old: 'box-list-old',
  twin: 'box-list-twin',
  gone: 'box-list-gone',
};

export const FORMS: Record<Form, string> = {
  v1: 'box-form-v1',
  v2: 'box-form-v2',
  mixed: 'box-form-mixed',
};

export const HOWS: Record<How, string> = {
  works: 'box-works',
  fails: 'box-fails',
  flaps: 'box-flaps',
};

export const CLOCKS: Record<Clock, string> = {
  all: 'box-clock-all',
  wall: 'box-clock-wall',
  trusted: 'box-clock-trusted',
  boot: 'box-clock-boot',
};

/** A choice in a list. */
export interface Choice {
  value: string;
  label: string;
}

/** The choices of a table, in its order. */
export function choices(table: Record<string, string>): Choice[] {
  return Object.entries(table).map(([value, name]) => ({ value, label: t(name) }));
}

/** Zones in which one of these services answers, in the order of the zones. */
export function zonesOf(services: SandboxService[]): Zone[] {
  const there = services.flatMap(({ places }) => places.map(({ zone }) => zone));
  return (Object.keys(ZONES) as Zone[]).filter((zone) => there.includes(zone));
}

/** What all of them have in common; nothing where they differ. */
function common<T>(values: T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** Where the list places them. */
export function listed(services: SandboxService[]): Zone | null {
  return common(services.flatMap(({ listed: zone }) => zone ?? []));
}

/** What they do in a zone. */
export function howIn(services: SandboxService[], zone: Zone): How | null {
  return common(services.flatMap(({ places }) => places.filter((place) => place.zone === zone).map(({ how }) => how)));
}

/** Keys of those that answer in a zone. */
export function inZone(services: SandboxService[], zone: Zone): string[] {
  return services.filter(({ places }) => places.some((place) => place.zone === zone)).map(({ key }) => key);
}

/** Keys of those that are in the list and answer in a zone. */
export function listable(services: SandboxService[], zone: Zone): string[] {
  return inZone(
    services.filter((service) => service.listed !== null),
    zone,
  );
}

/** Everything that is other than usual, each in a few words. */
export function unusual(view: SandboxView): string[] {
  const doing = (how: How): number =>
    view.services.filter(({ places }) => places.some((place) => place.how === how)).length;
  const moved = view.services.filter(({ listed: zone, places }) => zone !== null && zone !== places[0]?.zone).length;
  const [fails, flaps] = [doing('fails'), doing('flaps')];
  const found: (string | false)[] = [
    view.playing !== null && t('box-is-playing', { title: view.playing.title }),
    ...view.lost.map((zone) => t('box-is-lost', { zone: t(ZONES[zone]) })),
    view.list !== 'honest' && t('box-is-list', { state: t(LISTS[view.list]) }),
    view.form !== 'v1' && t('box-is-form', { form: t(FORMS[view.form]) }),
    moved > 0 && t('box-is-moved', { n: moved }),
    fails > 0 && t('box-is-failing', { n: fails }),
    flaps > 0 && t('box-is-flapping', { n: flaps }),
    !view.signIn && t('box-is-away'),
    view.faults > 0 && t('box-is-faulty', { n: view.faults }),
    view.card === false && t('box-is-pulled'),
  ];
  return found.filter((words) => words !== false);
}
