import type { DepartureView } from '$lib/api/continuity';

/** What of the services is shown. */
export type Shown =
  { page: 'now' | 'past' } | { page: 'card' | 'sheet'; id: string } | { page: 'record'; of: DepartureView };
