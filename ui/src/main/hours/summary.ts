import { alike } from '$lib/format/hours';
import { weekdays } from '$lib/format/time';
import { t } from '$lib/i18n/index.svelte';
import { LOCALES, type Language } from '$lib/i18n/languages';
import type { HoursView, StretchView } from '$lib/api/types';

/** Days in a row are told as a stretch from three on: `lun. à ven.`; else one by one. */
function daysNamed(days: number[], language: Language): string {
  const names = weekdays(language, 'short');
  const name = (day: number | undefined): string => names[day ?? 0] ?? '';
  const row = days.length > 2 && days.every((day, place) => day === (days[0] ?? 0) + place);
  return row
    ? t('hours-day-list', { first: name(days[0]), last: name(days.at(-1)) })
    : days.map((day) => name(day)).join(', ');
}

function stretchesNamed(stretches: StretchView[], language: Language): string {
  const list = new Intl.ListFormat(LOCALES[language], { type: 'conjunction' });
  return list.format(stretches.map(({ from, to }) => t('hours-stretch', { from, to })));
}

/** What the hours do now, in a sentence. */
export function hoursSummary(hours: HoursView, language: Language): string {
  const working = alike(hours).filter(({ day }) => day.open !== null);
  if (working.length === 0) {
    return t('hours-effect-off');
  }
  const told = working.filter(({ day }) => day.consultations.length > 0);
  if (told.length === 0) {
    return t('hours-effect-none');
  }
  const parts = told.map(({ days, day }) => {
    const stretches = stretchesNamed(day.consultations, language);
    return days.length === 7 ? stretches : t('hours-of-days', { days: daysNamed(days, language), stretches });
  });
  const list = parts.reduce((one, other) => t('hours-and', { one, other }));
  const capital = list.charAt(0).toLocaleUpperCase(LOCALES[language]);
  return t('hours-effect', { list: `${capital}${list.slice(1)}` });
}
