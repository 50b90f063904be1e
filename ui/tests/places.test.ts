import { expect, test } from 'vitest';

import { placeOf, placesIn } from '../src/main/places';

const NUMBERED = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

test.each([false, true])(
  'the keys of the places count on without a gap, in the order of the side bar: hand %s',
  (hand) => {
    const shown = placesIn({ hand }).map(({ id }) => id);
    expect(NUMBERED.map((key) => placeOf(key, { hand })).filter(Boolean)).toEqual(shown);
    expect(NUMBERED.slice(0, shown.length).map((key) => placeOf(key, { hand }))).toEqual(shown);
  },
);

test('what stands at the foot of the side bar comes after the rest', () => {
  const foot = placesIn({ hand: true }).map((place) => place.foot);
  expect(foot).toEqual([...foot].sort((a, b) => Number(a) - Number(b)));
});

test('the sandbox is the last place, so that no number moves where there is one', () => {
  const without = placesIn({ hand: false }).map(({ id }) => id);
  expect(placesIn({ hand: true }).map(({ id }) => id)).toEqual([...without, 'sandbox']);
});

test('the settings have the key of settings beside their number', () => {
  expect(placeOf(',', { hand: false })).toBe('settings');
});

test.each(['0', '9', 'a', ''])('no place has the key %s', (key) => {
  expect(placeOf(key, { hand: true })).toBeUndefined();
});
