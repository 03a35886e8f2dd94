import { frequentToken, type TextCells } from "../column-cells.ts";
import { missingLevels } from "../../formats/missing-tokens.ts";
import type { Column, Kind } from "../../table.ts";
import { orderLevels } from "../kinds/levels/level-order.ts";
import { mergeNumbers } from "../kinds/levels/same-numbers.ts";
import {
  countStray,
  noStrays,
  strayFinding,
  withFindings,
  type Settled,
  type SettleOptions,
} from "./settled.ts";

export function codesOf(cells: TextCells, kind: Kind, options: SettleOptions): Settled {
  const missing = missingLevels(cells.levels, options.tokens);
  const byToken = new Map<string, number>();
  cells.levels.forEach((text, level) => {
    if (missing[level] === true && (cells.counts[level] as number) > 0) {
      byToken.set(text, (byToken.get(text) ?? 0) + (cells.counts[level] as number));
    }
  });
  const kept = indices(missing, (gone) => !gone);
  const merged =
    options.codes !== true && (kind === "category" || kind === "boolean")
      ? mergeNumbers(cells, kept, options.context)
      : undefined;
  const all = merged === undefined && kept.length === cells.levels.length;
  const names = all
    ? cells.levels
    : kept.map((level) => merged?.get(level) ?? (cells.levels[level] as string));
  const distinct = merged === undefined ? names : [...new Set(names)];
  const ordered = kind === "category" || kind === "boolean";
  const levels = ordered ? orderLevels(distinct, options.order) : distinct;
  const place = ordered ? new Map(levels.map((level, i) => [level, i])) : undefined;
  const code = new Int32Array(cells.levels.length).fill(-1);
  kept.forEach(
    (level, i) => (code[level] = place === undefined ? i : (place.get(names[i] as string) as number)),
  );
  const codes = new Int32Array(cells.codes.length);
  for (let row = 0; row < codes.length; row++) codes[row] = code[cells.codes[row] as number] as number;
  const column: Column = { type: "coded", codes, levels };
  const most = kind === "boolean" ? 2 : kind === "constant" ? 1 : Infinity;
  if (levels.length > most) return mostFrequent(column, most, kind, frequentToken(byToken), options);
  const twins = kind === "category" ? caseTwins(levels) : 0;
  return {
    column,
    missingToken: frequentToken(byToken),
    ...(twins > 0 ? { findings: { caseTwins: twins } } : {}),
  };
}

/** Where `items` are as `wanted`. */
function indices<T>(items: readonly T[], wanted: (item: T) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < items.length; i++) if (wanted(items[i] as T)) found.push(i);
  return found;
}

/** The `most` most frequent levels; the rest is stray. */
function mostFrequent(
  column: Extract<Column, { type: "coded" }>,
  most: number,
  kind: Kind,
  missingToken: string,
  options: SettleOptions,
): Settled {
  const counts = new Int32Array(column.levels.length);
  let present = 0;
  for (const code of column.codes) {
    if (code < 0) continue;
    counts[code] = (counts[code] as number) + 1;
    present++;
  }
  const frequent = [...counts.keys()]
    .sort((a, b) => (counts[b] as number) - (counts[a] as number))
    .slice(0, most)
    .sort((a, b) => a - b);
  const strays = noStrays();
  const codes = column.codes.map((code, row) => {
    if (code < 0) return -1;
    const kept = frequent.indexOf(code);
    if (kept >= 0) return kept;
    const text = column.levels[code] as string;
    if (strays.cells === 0) Object.assign(strays, { firstRow: row + 1, example: text });
    countStray(strays, text, 1);
    return -1;
  });
  const findings = strayFinding(strays, present, kind, options);
  return {
    column: { type: "coded", codes, levels: frequent.map((code) => column.levels[code] as string) },
    missingToken,
    ...withFindings(findings, strays),
  };
}

function caseTwins(levels: readonly string[]): number {
  if (levels.length > 1000) return 0;
  return levels.length - new Set(levels.map((level) => level.toLowerCase())).size;
}
