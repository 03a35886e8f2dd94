import { asIndex, asList, asNumbers, asRecord, damaged } from "../../codec/saved-state.ts";
import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import { cellsOf } from "../../codec/columns/table-code.ts";
import type { TokenCodec } from "../../codec/token.ts";
import type { Rng } from "../../math/rng.ts";
import { LEAST_SHARED } from "../../table/rare-levels.ts";
import type { Column, Table } from "../../table/table.ts";
import type { Factor, FactorPlace } from "./factor.ts";
import { factorFrom } from "./factor.ts";
import type { MaskedColumns } from "./mask-rules.ts";

/** The combinations of levels that five or more training patients have, of columns that a rule ties together. */
export interface KnownTuples {
  readonly columns: readonly number[];
  /** codes into each column's levels, one tuple after the other */
  readonly tuples: Int32Array;
  /** patients of each tuple */
  readonly patients: Float64Array;
}

/** The tuples of `names` in the rows of `train`; a row with a missing cell or a common level among them is asked nothing. */
export function knownTuples(
  names: readonly string[],
  { codec, placeOf, places }: MaskedColumns,
  train: Table,
): KnownTuples | undefined {
  const found = names.map((name) => placeOf(name));
  if (found.length < 2 || found.includes(undefined)) return undefined;
  const columns = (found as number[]).sort((a, b) => a - b).map((place) => places.columns[place] as number);
  const codes = columns.map((column) => {
    const own = codec.code.columns[column] as AnyColumnCode;
    const cells = cellsOf(train.columns[column] as Column, own);
    return own.type === "coded"
      ? Int32Array.from(cells, (cell) =>
          cell < own.code.levels.length && cell !== own.code.common ? cell : -1,
        )
      : undefined;
  });
  if (codes.includes(undefined)) return undefined;
  const counted = new Map<string, { tuple: number[]; patients: number }>();
  const seen = new Set<string>();
  for (let row = 0; row < train.rows; row++) {
    const tuple = codes.map((own) => (own as Int32Array)[row] as number);
    if (tuple.includes(-1)) continue;
    const key = tuple.join(" ");
    if (train.patients) {
      const own = `${train.patients[row]} ${key}`;
      if (seen.has(own)) continue;
      seen.add(own);
    }
    const known = counted.get(key) ?? { tuple, patients: 0 };
    counted.set(key, known);
    known.patients++;
  }
  const kept = [...counted.values()].filter(({ patients }) => patients >= LEAST_SHARED);
  if (kept.length === 0) return undefined;
  return {
    columns,
    tuples: Int32Array.from(kept.flatMap(({ tuple }) => tuple)),
    patients: Float64Array.from(kept, ({ patients }) => patients),
  };
}

function addTo<Key>(lists: Map<Key, number[]>, key: Key, item: number): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** The tokens that known tuples allow together; missing cells and common levels are allowed beside all. */
export function factorOfTuples(known: KnownTuples, { codec, places }: MaskedColumns): Factor | undefined {
  const own = known.columns.map((column) => {
    const { code } = codec.code.columns[column] as AnyColumnCode;
    const free = "levels" in code && code.common >= 0 ? code.tokenOf(code.common) : -1;
    return { code, free, place: places.columns.indexOf(column) };
  });
  const width = own.length;
  const rows = own.map((): number[][] => []);
  const states = own.map(() => new Map<string, number>());
  const build = (depth: number, tuples: readonly number[] | "any"): number => {
    if (depth === width) return 0;
    const key = tuples === "any" ? "any" : tuples.join(" ");
    const made = states[depth]?.get(key);
    if (made !== undefined) return made;
    const { code, free } = own[depth] as (typeof own)[number];
    const by = new Map<number, number[]>();
    if (tuples !== "any")
      for (const tuple of tuples) {
        const token = code.tokenOf(known.tuples[tuple * width + depth] as number);
        addTo(by, token, tuple);
      }
    const next = Array.from({ length: code.count }, (_, token) => {
      if (tuples === "any" || token === code.missing || token === free) return build(depth + 1, "any");
      const left = by.get(token) ?? (depth < width - 1 ? [] : undefined);
      return left ? build(depth + 1, left) : -1;
    });
    if (next.every((to) => to < 0)) return -1;
    const at = (rows[depth] as number[][]).push(next) - 1;
    states[depth]?.set(key, at);
    return at;
  };
  if (build(0, [...known.patients.keys()]) < 0) return undefined;
  const factorPlaces = own.map(({ place, code }): FactorPlace => ({
    place,
    classOf: Uint16Array.from({ length: code.count }, (_, token) => token),
  }));
  return factorFrom(
    factorPlaces,
    own.map(({ code }) => code.count),
    rows,
  );
}

/** What a table's rows were drawn from: tokens, rows x columns, and the columns whose levels stand already. */
interface Drawn {
  readonly tokens: Int32Array;
  readonly settled: ReadonlySet<number>;
}

/**
 * `table`, whose row i was drawn from its tokens, with another level wherever several share the drawn
 * token: tuples that fit the row's tokens, and the levels that are settled, are drawn in proportion to their patients.
 */
export function settledLevels(
  table: Table,
  known: KnownTuples,
  codec: TokenCodec,
  { tokens, settled }: Drawn,
  rng: Rng,
): Table {
  const { columns, tuples, patients } = known;
  const width = columns.length;
  const own = columns.map((column) => (codec.code.columns[column] as AnyColumnCode).code);
  const pooled = own.map((code) => ("pooled" in code ? code.pooled : -1));
  if (pooled.every((token) => token < 0)) return table;
  const fitting = new Map<string, number[]>();
  patients.forEach((_, tuple) => {
    const key = own.map((code, k) => code.tokenOf(tuples[tuple * width + k] as number)).join(" ");
    addTo(fitting, key, tuple);
  });
  const breadth = codec.code.columns.length;
  const codes = columns.map((column) => {
    const cells = table.columns[column] as Column;
    return cells.type === "coded" ? cells.codes.slice() : new Int32Array(0);
  });
  const kept = columns.flatMap((column, k) => (settled.has(column) ? [k] : []));
  for (let row = 0; row < table.rows; row++) {
    const drawn = columns.map((column) => tokens[row * breadth + column] as number);
    if (!drawn.some((token, k) => token === pooled[k])) continue;
    const fits = fitting
      .get(drawn.join(" "))
      ?.filter((tuple) => kept.every((k) => codes[k]?.[row] === tuples[tuple * width + k]));
    if (!fits || fits.length === 0) continue;
    const taken = fits[rng.weighted(fits.map((tuple) => patients[tuple] as number))] as number;
    codes.forEach((cells, k) => {
      cells[row] = tuples[taken * width + k] as number;
    });
  }
  return {
    ...table,
    columns: table.columns.map((column, j): Column => {
      const k = columns.indexOf(j);
      return k < 0 || column.type !== "coded" ? column : { ...column, codes: codes[k] as Int32Array };
    }),
  };
}

export const saveTuples = ({ columns, tuples, patients }: KnownTuples): unknown => ({
  columns,
  tuples: [...tuples],
  patients: [...patients],
});

/** Inverse of `saveTuples`; throws FaultError `model-damaged`. */
export function loadTuples(saved: unknown, codec: TokenCodec): KnownTuples {
  const state = asRecord(saved, "masks");
  const all = codec.code.columns;
  const columns = asList(state["columns"], "masks").map((column) => asIndex(column, all.length, "masks"));
  const own = columns.map((column) => (all[column] as AnyColumnCode).code);
  const patients = asNumbers(state["patients"], "masks");
  const cells = asList(state["tuples"], "masks").map((cell, at) => {
    const code = own[at % Math.max(1, own.length)];
    return code && "levels" in code ? asIndex(cell, code.levels.length, "masks") : damaged("masks");
  });
  const sound = columns.length > 1 && new Set(columns).size === columns.length;
  if (!sound || cells.length !== columns.length * patients.length) return damaged("masks");
  if (patients.some((count) => count < LEAST_SHARED)) return damaged("masks");
  return { columns, tuples: Int32Array.from(cells), patients };
}
