import { breathe } from "../../math/breathe.ts";
import type { CountedTokens } from "./counted-tokens.ts";
import { halvesOf, strongPairs } from "./strong-pairs.ts";

/** Rows that mutual information is measured on, and classes that a place's tokens are pooled into. */
const MEASURED_ROWS = 5000;
const CLASSES = 8;
/** Of more places pairs are not looked for: they are too many. */
const MOST_PLACES = 300;

/**
 * For each place at most `most` of the places before it, in rising order: pairs that tell together what neither tells alone
 * (`strongPairs`), then those with the highest mutual information. Information is measured on tokens pooled into 8 classes,
 * less its expected value among unrelated columns, (a - 1)(b - 1) / 2n (Miller 1955). A place of `whole` gets all that
 * stand before it. Yields the share done.
 */
export async function* chooseParents(
  table: CountedTokens,
  most: number,
  whole: ReadonlySet<number> = new Set(),
): AsyncGenerator<number, Int32Array[], void> {
  const places = table.counts.length;
  const parents: Int32Array[] = [];
  const pooled = places - 1 > most ? poolTokens(table) : undefined;
  const halves = pooled && places <= MOST_PLACES ? halvesOf(table) : undefined;
  for (let place = 0; place < places; place++) {
    if (!pooled || place <= most || whole.has(place)) {
      parents.push(Int32Array.from({ length: place }, (_, i) => i));
      continue;
    }
    const gain = Float64Array.from({ length: place }, (_, i) => sharedInformation(pooled, i, place));
    const best = Array.from(gain.keys()).sort((a, b) => (gain[b] as number) - (gain[a] as number) || a - b);
    const pairs = halves ? strongPairs(halves, place).slice(0, most / 4) : [];
    parents.push(Int32Array.from([...new Set([...pairs.flat(), ...best])].slice(0, most)).sort());
    await breathe();
    yield (place + 1) / places;
  }
  return parents;
}

interface PooledRows {
  readonly rows: number;
  readonly classes: readonly number[];
  /** one array a place */
  readonly of: readonly Uint8Array[];
}

function poolTokens({ rows, counts, tokens }: CountedTokens): PooledRows {
  const places = counts.length;
  const measured = Math.min(rows, MEASURED_ROWS);
  const of = counts.map((count, place) => {
    const pool = new Uint8Array(measured);
    for (let i = 0; i < measured; i++) {
      const row = Math.floor((i * rows) / measured);
      const token = tokens[row * places + place] as number;
      pool[i] = count <= CLASSES ? token : Math.floor((token * CLASSES) / count);
    }
    return pool;
  });
  return { rows: measured, classes: counts.map((count) => Math.min(count, CLASSES)), of };
}

function sharedInformation({ rows, classes, of }: PooledRows, one: number, other: number): number {
  const a = of[one] as Uint8Array;
  const b = of[other] as Uint8Array;
  const joint = new Float64Array(CLASSES * CLASSES);
  const left = new Float64Array(CLASSES);
  const right = new Float64Array(CLASSES);
  for (let i = 0; i < rows; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    joint[x * CLASSES + y] = (joint[x * CLASSES + y] as number) + 1;
    left[x] = (left[x] as number) + 1;
    right[y] = (right[y] as number) + 1;
  }
  let sum = 0;
  for (let x = 0; x < CLASSES; x++)
    for (let y = 0; y < CLASSES; y++) {
      const both = joint[x * CLASSES + y] as number;
      if (both > 0) sum += both * Math.log((both * rows) / ((left[x] as number) * (right[y] as number)));
    }
  const freedom = ((classes[one] as number) - 1) * ((classes[other] as number) - 1);
  return sum / rows - freedom / (2 * rows);
}
