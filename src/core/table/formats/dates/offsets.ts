import { readDate } from "./read-date.ts";

/** Offsets that change through the year, as summer time has it. Values are wall clocks; the month gives the offset back. */

const ZONE = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/;

/** `pattern` without a zone at its end. */
export const zoneless = (pattern: string): string =>
  /m|s|S/.test(pattern) ? pattern.replace(ZONE, "") : pattern;

/** The offset that most of `texts` have in each month; that of the nearest month where there are none. */
export function offsetsOf(texts: readonly string[], pattern: string): readonly string[] {
  const counts = Array.from({ length: 12 }, () => new Map<string, number>());
  for (const text of texts) {
    const value = readDate(text, pattern);
    const zone = ZONE.exec(text)?.[0];
    if (Number.isNaN(value) || zone === undefined) continue;
    const month = counts[new Date(value).getUTCMonth()] as Map<string, number>;
    month.set(zone, (month.get(zone) ?? 0) + 1);
  }
  const most = counts.map((month) => [...month].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0] as const)[0]);
  return most.map((zone, month) => {
    for (let away = 0; away <= 6 && zone === ""; away++) {
      const near = most[(month + away) % 12] || most[(month - away + 12) % 12];
      if (near) return near;
    }
    return zone;
  });
}
