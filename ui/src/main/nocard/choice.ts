import type { ProblemView } from '$lib/api/types';

/** Keystores of several people lie here, and nobody has said whose is meant. */
export const SEVERAL = 'RLS-4012';

/** Somebody who may be meant. */
export interface Choice {
  slot: string;
  /** A name, where an earlier session told it. */
  name: string | null;
  /** Else when the newest keystore was made, as its file is named: `2026-03-02 12:00`. */
  made: string | null;
}

const TIME = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)\d\d$/;

function choice(text: string): Choice {
  const [slot = '', ...rest] = text.split(' ');
  const told = rest.join(' ');
  const time = TIME.exec(told);
  if (!time) {
    return { slot, name: told || null, made: null };
  }
  const [, year, month, day, hour, minute] = time;
  return { slot, name: null, made: `${year}-${month}-${day} ${hour}:${minute}` };
}

/** Who may be meant, as the problem tells it. */
export function choicesOf({ with: { choices } }: ProblemView): Choice[] {
  return (choices ?? '').split('; ').filter(Boolean).map(choice);
}
