import type { PyramidBand } from "../../../core/clinic/cohorts/population/pyramid.ts";

/**
 * Age bands from pasted text: a line each, “20-29 120 131” or “20, 29, 120, 131”, “80+” for the last; lines without a number are
 * headings. Undefined where a line is neither.
 */
export function readBands(text: string): PyramidBand[] | undefined {
  const bands: PyramidBand[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (!/\d/.test(line)) continue;
    const band = readBand(line);
    if (band === undefined) return undefined;
    bands.push(band);
  }
  return bands.length === 0 ? undefined : bands;
}

const OLDEST = 110;

function readBand(line: string): PyramidBand | undefined {
  const open = /^\s*"?(\d+)\s*\+/.exec(line);
  const rest = open === null ? line : line.slice(open[0].length);
  // A comma before three digits would be a mark of thousands only in a cell of its own.
  const cells = rest.includes("\t") ? rest.replace(/(?<=\d),(?=\d{3}\b)/g, "") : rest;
  const numbers = [...cells.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits));
  const [from, to, women, men] = open === null ? numbers : [Number(open[1]), OLDEST, ...numbers];
  if (from === undefined || to === undefined || women === undefined || men === undefined) return undefined;
  return numbers.length === (open === null ? 4 : 2) ? { from, to, women, men } : undefined;
}
