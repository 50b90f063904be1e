import type { DayView, HoursView } from '$lib/api/types';

const OPEN = { from: '07:00', to: '20:00' };
const DAY: DayView = {
  open: OPEN,
  consultations: [
    { from: '08:00', to: '13:00' },
    { from: '14:00', to: '18:30' },
  ],
};
const SHORT: DayView = { open: { from: '07:00', to: '14:00' }, consultations: [{ from: '09:00', to: '12:00' }] };
const OFF: DayView = { open: null, consultations: [] };

/** A practice that consults on weekdays, on Wednesday in the morning only. */
export const HOURS: HoursView = { week: [DAY, DAY, SHORT, DAY, DAY, OFF, OFF] };

/** What a fresh install knows. */
export const USUAL: HoursView = { week: Array.from({ length: 7 }, () => ({ open: OPEN, consultations: [] })) };
