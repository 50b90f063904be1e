const MINUTE = 60_000;

/** What is left until an end, in whole minutes; never less than nothing. */
export interface Remaining {
  hours: number;
  minutes: number;
  /** All of it, in minutes. */
  total: number;
}

export function remaining(endsAt: number, now: number): Remaining {
  const total = Math.max(0, Math.ceil((endsAt - now) / MINUTE));
  return { hours: Math.floor(total / 60), minutes: total % 60, total };
}
