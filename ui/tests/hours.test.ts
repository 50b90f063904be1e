import { fireEvent, render, screen, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { clockOf, joined, partOfDay } from '$lib/format/hours';
import { texts } from '$lib/i18n/index.svelte';
import { LANGUAGES } from '$lib/i18n/languages';
import type { HoursView, Outcome, StretchView } from '$lib/api/types';

import { HOURS, USUAL } from '../src/dev/hours';
import HoursRow from '../src/main/hours/HoursRow.svelte';
import { anotherOf, checked, draftOf, faults, hoursOf, likeMonday, type DayDraft } from '../src/main/hours/draft';
import HoursSheet from '../src/main/hours/HoursSheet.svelte';
import { hoursSummary } from '../src/main/hours/summary';

const span = (from: string, to: string): StretchView => ({ from, to });
const words = (): string => document.body.textContent.replace(/\s+/g, ' ');

beforeEach(() => texts.use('fr'));

describe('a time may be typed in any usual way', () => {
  test.each([
    ['8', '08:00'],
    ['8h', '08:00'],
    ['8h30', '08:30'],
    ['8u30', '08:30'],
    ['8.30', '08:30'],
    [' 08:30 ', '08:30'],
    ['0830', '08:30'],
    ['830', '08:30'],
    ['23:59', '23:59'],
    ['24:00', null],
    ['8:60', null],
    ['8:3', null],
    ['', null],
    ['midi', null],
    ['12345', null],
  ])('"%s" is %s', (typed, clock) => expect(clockOf(typed)).toBe(clock));
});

describe('consultations that overlap are one', () => {
  test('whatever their order; those that only touch are joined without a word', () => {
    const { stretches, joins } = joined([span('10:00', '12:00'), span('08:00', '10:30'), span('12:00', '13:00')]);
    expect(stretches).toEqual([span('08:00', '13:00')]);
    expect(joins).toEqual([
      { one: span('08:00', '10:30'), other: span('10:00', '12:00'), both: span('08:00', '12:00') },
    ]);
  });

  test('one inside another, and the same twice', () => {
    expect(joined([span('08:00', '12:00'), span('09:00', '10:00')]).stretches).toEqual([span('08:00', '12:00')]);
    expect(joined([span('08:00', '12:00'), span('08:00', '12:00')]).joins).toHaveLength(1);
  });

  test('what is joined stays as it is when it is joined again, and apart', () => {
    for (let seed = 1; seed < 60; seed += 1) {
      const rows = Array.from({ length: 1 + (seed % 5) }, (_, n) => {
        const from = 6 + ((seed * 7 + n * 5) % 14);
        const pad = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
        return span(pad(from), pad(from + 1 + ((seed + n) % 3)));
      });
      const { stretches } = joined(rows);
      expect(joined(stretches)).toEqual({ stretches, joins: [] });
      stretches.slice(1).forEach((next, place) => expect(next.from > (stretches[place]?.to ?? '')).toBe(true));
      rows.forEach(({ from, to }) => {
        expect(stretches.some((whole) => whole.from <= from && to <= whole.to)).toBe(true);
      });
    }
  });
});

describe('where a moment lies in its day', () => {
  // The 12th is a Thursday, the 11th a Wednesday, the 14th a Saturday.
  test.each([
    ['2026-11-12T07:15:00+01:00', 'before'],
    ['2026-11-12T13:10:00+01:00', 'midday'],
    ['2026-11-12T19:00:00+01:00', 'after'],
    ['2026-11-12T18:30:00+01:00', 'after'],
    ['2026-11-11T12:30:00+01:00', 'after'],
    ['2026-11-14T10:00:00+01:00', null],
    ['2026-07-02T11:10:00Z', 'midday'],
  ])('%s: %s', (instant, part) => expect(partOfDay(Date.parse(instant), HOURS)).toBe(part));

  test('a break that is not at noon lies between two consultations', () => {
    const day = { open: span('07:00', '20:00'), consultations: [span('08:00', '10:00'), span('11:00', '18:00')] };
    const hours: HoursView = { week: HOURS.week.map(() => day) };
    expect(partOfDay(Date.parse('2026-11-12T10:30:00+01:00'), hours)).toBe('between');
  });
});

describe('what is checked before hours are kept', () => {
  const day = (...consultations: StretchView[]): DayDraft => ({
    works: true,
    open: span('07:00', '20:00'),
    consultations,
  });

  test.each([
    [span('8h30', '12'), null],
    [span('12:00', '08:00'), 'hours-wrong-order'],
    [span('08:00', '08:00'), 'hours-wrong-order'],
    [span('tôt', '08:00'), 'hours-wrong-time'],
    [span('', ''), 'hours-wrong-time'],
    [span('06:59', '08:00'), 'hours-wrong-outside'],
    [span('19:00', '20:01'), 'hours-wrong-outside'],
    [span('07:00', '20:00'), null],
  ])('%j: %s', (block, wrong) => expect(checked(day(block)).consultations).toEqual([wrong]));

  test('working hours are checked too; while they are wrong, nothing lies outside them', () => {
    const wrong = { ...day(span('05:00', '06:00')), open: span('20:00', '07:00') };
    expect(checked(wrong)).toMatchObject({ open: 'hours-wrong-order', consultations: [null] });
    expect(faults([wrong, day(span('x', 'y'))])).toBe(2);
  });

  test('a day off has nothing that could be wrong, and keeps nothing', () => {
    const off = { ...day(span('x', 'y')), works: false };
    expect(faults([off])).toBe(0);
    expect(hoursOf([off]).week).toEqual([{ open: null, consultations: [] }]);
  });

  test('hours that nobody changes stay as they were', () => expect(hoursOf(draftOf(HOURS))).toEqual(HOURS));

  test('every day like Monday, and no day hangs on another', () => {
    const days = likeMonday(draftOf(HOURS));
    expect(hoursOf(days).week).toEqual(HOURS.week.map(() => HOURS.week[0]));
    days[1]?.consultations.pop();
    expect(days[0]?.consultations).toHaveLength(2);
  });

  test('one more consultation begins where the last one ends, inside the day', () => {
    expect(anotherOf(day())).toEqual(span('07:00', '20:00'));
    expect(anotherOf(day(span('08:00', '12:00'), span('07:30', '09:00')))).toEqual(span('12:00', '20:00'));
    expect(anotherOf(day(span('08:00', '20:00')))).toEqual(span('07:00', '20:00'));
  });
});

describe('the present effect, in a sentence', () => {
  test.each([
    [
      'fr',
      'lun., mar., jeu., ven. 08:00 à 13:00 et 14:00 à 18:30\u00a0; mer. 09:00 à 12:00. Le code PIN est demandé avant, entre ou après.',
    ],
    [
      'nl',
      'ma, di, do, vr 08:00 tot 13:00 en 14:00 tot 18:30; wo 09:00 tot 12:00. De pincode wordt ervoor, ertussen of erna gevraagd.',
    ],
  ] as const)('%s', (language, sentence) => {
    texts.use(language);
    expect(hoursSummary(HOURS, language).toLowerCase()).toBe(sentence.toLowerCase());
  });

  test('days in a row are told as such, and every day needs no name', () => {
    const [monday, , , , , off] = HOURS.week;
    if (!monday || !off) throw new Error('no such day');
    const weekdays = { week: [monday, monday, monday, monday, monday, off, off] };
    expect(hoursSummary(weekdays, 'fr')).toMatch(/^Lun\. à ven\. 08:00 à 13:00 et/);
    expect(hoursSummary({ week: HOURS.week.map(() => monday) }, 'fr')).toMatch(/^08:00 à 13:00 et/);
    expect(hoursSummary(USUAL, 'fr')).toContain('Aucune.');
    expect(hoursSummary({ week: HOURS.week.map(() => off) }, 'fr')).toContain('Aucun jour de travail');
  });
});

describe('on the screen', () => {
  function open(hours = HOURS) {
    const onsave = vi.fn<(kept: HoursView) => Promise<Outcome>>(() => Promise.resolve(null));
    const onclose = vi.fn();
    return { ...render(HoursSheet, { hours, onsave, onclose }), onsave, onclose };
  }
  const monday = () => within(screen.getByRole('group', { name: 'lundi' }));
  const change = (label: string, value: string) =>
    fireEvent.change(monday().getByLabelText(label), { target: { value } });
  const save = () => fireEvent.submit(document.querySelector('form') ?? document.body);

  test('a wrong time is told beside it, keeps the hours from being kept, and gets the focus', async () => {
    const { onsave } = open();
    await change('1re consultation, lundi, fin', '7h');
    const field = monday().getByLabelText('1re consultation, lundi, début');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Le début doit précéder la fin.',
    );
    await save();
    expect(onsave).not.toHaveBeenCalled();
    expect(screen.getByTestId('hours-said').textContent).toBe('Une heure est à corriger.');
    expect(document.activeElement).toBe(field);
    await change('1re consultation, lundi, fin', '13h');
    await save();
    expect(onsave).toHaveBeenCalledExactlyOnceWith(HOURS);
  });

  test('consultations that overlap are said to become one, and are kept as one', async () => {
    const { onsave } = open();
    await change('2e consultation, lundi, début', '12h30');
    expect(words()).toContain(
      '08:00 à 13:00 et 12:30 à 18:30 se recouvrent : Relais en fait une seule consultation, 08:00 à 18:30.',
    );
    await save();
    expect(onsave.mock.lastCall?.[0].week[0]?.consultations).toEqual([span('08:00', '18:30')]);
  });

  test('consultations are added and removed, and the focus goes along', async () => {
    const { onsave } = open(USUAL);
    await fireEvent.click(monday().getByText('Ajouter une consultation'));
    expect(document.activeElement).toBe(monday().getByLabelText('1re consultation, lundi, début'));
    await change('1re consultation, lundi, fin', '12');
    await fireEvent.click(monday().getByText('Ajouter une consultation'));
    await fireEvent.click(screen.getByText('Copier lundi vers les autres jours'));
    expect(screen.getByTestId('hours-said').textContent).toBe('Les autres jours sont maintenant comme lundi.');
    await fireEvent.click(monday().getByLabelText('Retirer cette consultation, lundi, 12:00 à 20:00'));
    expect(document.activeElement?.textContent).toContain('Ajouter une consultation');
    await save();
    const kept = onsave.mock.lastCall?.[0].week ?? [];
    expect(kept[0]?.consultations).toEqual([span('07:00', '12:00')]);
    expect(kept[6]?.consultations).toEqual([span('07:00', '20:00')]);
  });

  test('a day off and back keeps its hours while the sheet is open', async () => {
    const { onsave } = open();
    const works = monday().getByLabelText('Jour de travail, lundi');
    await fireEvent.click(works);
    expect(words()).toContain('Pas de travail ce jour.');
    await fireEvent.click(works);
    await save();
    expect(onsave).toHaveBeenCalledExactlyOnceWith(HOURS);
  });

  test('the settings open the sheet and keep what it gives', async () => {
    const onhours = vi.fn(() => Promise.resolve(null));
    render(HoursRow, { hours: HOURS, onhours });
    await fireEvent.click(screen.getByTestId('hours-change'));
    await save();
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(onhours).toHaveBeenCalledExactlyOnceWith(HOURS);
  });

  const RULES = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } };
  test.each(LANGUAGES)('in %s: no raw key, and assistive technology can use it', async (language) => {
    texts.use(language);
    render(HoursRow, { hours: HOURS, onhours: () => Promise.resolve(null) });
    await fireEvent.click(screen.getByTestId('hours-change'));
    expect(words()).not.toMatch(/\bhours-[a-z0-9]/);
    const { violations } = await axe.run(document.body, RULES);
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join()}`)).toEqual([]);
  });
});
