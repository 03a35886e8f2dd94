/**
 * What of Compare an address shows: "#m=c2st" a measure, "#c=3" the third column of the report. A column stands there by its
 * number: a browser may keep and share the addresses it was at, and a column's name is the table's.
 */
export interface Shown {
  readonly measure?: string;
  readonly column?: number;
}

export const measureHref = (id: string): string => `#m=${encodeURIComponent(id)}`;

/** @param at counted from 0 */
export const columnHref = (at: number): string => `#c=${at + 1}`;

export function shownAt(hash: string): Shown | undefined {
  const [, what, value] = /^#([mc])=(.+)$/.exec(hash) ?? [];
  if (what === undefined || value === undefined) return undefined;
  if (what === "m") return { measure: decoded(value) };
  const at = Number(value) - 1;
  return Number.isInteger(at) && at >= 0 ? { column: at } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
