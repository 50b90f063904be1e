/** A date as people type it in Belgium: `12/11/2026`, `12.11.26`, `12-11-2026`. */
const TYPED = /^(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{4}|\d{2})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A typed date as `YYYY-MM-DD`; nothing when the calendar has no such day. */
export function dayTyped(typed: string): string | null {
  const text = typed.trim();
  const iso = ISO.exec(text);
  const [day, month, year] = iso ? [iso[3], iso[2], iso[1]] : (TYPED.exec(text)?.slice(1) ?? []);
  if (day === undefined || month === undefined || year === undefined) {
    return null;
  }
  const full = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${full}T12:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(full) ? full : null;
}
