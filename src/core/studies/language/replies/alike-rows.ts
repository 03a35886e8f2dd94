import type { Column, Table } from "../../../table/table.ts";

/** Columns that tell patients apart: as varied as five equally frequent values or more. */
const LEAST_VARIED = 5;
/** Such columns that two rows must have in common before they are called alike. */
export const LEAST_TELLING = 3;
/** Columns beyond which rows are compared whole only. */
const MOST_WIDE = 400;

export interface AlikeRows {
  /** made row -> in how many columns it equals a real row */
  readonly rows: ReadonlyMap<number, number>;
  /** such rows to be expected if every column were drawn by itself */
  readonly byChance: number;
}

/**
 * Rows of `made` that equal a row of `real` in all columns or all but one, among them three or more that tell patients apart.
 * @param real columns of the real table, its levels as those of `made`
 */
export function alikeRows(made: Table, real: Table): AlikeRows {
  const width = made.columns.length;
  const shares = real.columns.map(sharesOf);
  const telling = shares.map((share) => variety(share) >= LEAST_VARIED);
  if (telling.filter(Boolean).length < LEAST_TELLING || made.rows === 0)
    return { rows: new Map(), byChance: 0 };
  const madeKeys = made.columns.map((column) => keysOf(column, made.rows));
  const realKeys = real.columns.map((column) => keysOf(column, real.rows));
  const left = width <= MOST_WIDE ? [...made.columns.keys()] : [];
  const index = new Map<number, number[]>();
  const note = (hash: number, row: number): void => {
    const own = index.get(hash);
    if (own) own.push(row);
    else index.set(hash, [row]);
  };
  for (let row = 0; row < made.rows; row++) {
    const whole = hashOf(madeKeys, row);
    note(whole, row);
    for (const at of left) note(without(whole, madeKeys[at]?.[row] ?? 0, at), row);
  }
  const rows = new Map<number, number>();
  const compare = (candidates: readonly number[] | undefined, of: number): void => {
    for (const row of candidates ?? []) {
      const equal = madeKeys.map((keys, at) => keys[row] === realKeys[at]?.[of]);
      const same = equal.filter(Boolean).length;
      const tells = equal.filter((one, at) => one && telling[at]).length;
      if (same >= width - 1 && tells >= LEAST_TELLING && same > (rows.get(row) ?? 0)) rows.set(row, same);
    }
  };
  for (let of = 0; of < real.rows; of++) {
    const whole = hashOf(realKeys, of);
    compare(index.get(whole), of);
    for (const at of left) compare(index.get(without(whole, realKeys[at]?.[of] ?? 0, at)), of);
  }
  return { rows, byChance: expected(madeKeys, shares, telling, { made: made.rows, real: real.rows }) };
}

type Shares = ReadonlyMap<number, number>;

/** Cells as numbers that are equal where the cells are; missing cells equal each other. */
function keysOf(column: Column, rows: number): Float64Array {
  if (column.type === "coded") return Float64Array.from(column.codes);
  return Float64Array.from({ length: rows }, (_, row) => {
    const value = column.values[row] as number;
    return Number.isFinite(value) ? Number(value.toPrecision(12)) + 0 : -1e308;
  });
}

function sharesOf(column: Column): Shares {
  const keys = keysOf(column, column.type === "coded" ? column.codes.length : column.values.length);
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map([...counts].map(([key, count]) => [key, count / keys.length]));
}

/** As many equally frequent values would be as varied. */
function variety(shares: Shares): number {
  let squares = 0;
  for (const share of shares.values()) squares += share * share;
  return squares > 0 ? 1 / squares : 0;
}

/** Sums of what each cell alone hashes to, so that one can be taken out again. */
function hashOf(keys: readonly Float64Array[], row: number): number {
  let sum = 0;
  keys.forEach((own, at) => {
    sum = (sum + cellHash(own[row] as number, at)) % MODULUS;
  });
  return sum;
}

const MODULUS = 2 ** 48;
const without = (whole: number, key: number, at: number): number =>
  (whole - cellHash(key, at) + MODULUS) % MODULUS;

const bits = new DataView(new ArrayBuffer(8));
function cellHash(key: number, at: number): number {
  bits.setFloat64(0, key);
  let hash = Math.imul(bits.getInt32(0) ^ Math.imul(at + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ bits.getInt32(4), 0xc2b2ae35);
  hash ^= hash >>> 13;
  const other = Math.imul(hash ^ (at * 0x27d4eb2f), 0x165667b1);
  return (hash >>> 0) * 65_536 + ((other ^ (other >>> 16)) & 0xffff);
}

/** Sum over made rows of the real rows that would be called alike, were columns independent. */
function expected(
  keys: readonly Float64Array[],
  shares: readonly Shares[],
  telling: readonly boolean[],
  rows: { readonly made: number; readonly real: number },
): number {
  const tells = telling.filter(Boolean).length;
  // Where few columns tell patients apart, it may not be one of these that differs.
  const mayDiffer = telling.map((own) => !own || tells > LEAST_TELLING);
  let sum = 0;
  for (let row = 0; row < rows.made; row++) {
    // `all`: every column equal; `one`: exactly one differs.
    let [all, one] = [1, 0];
    keys.forEach((own, at) => {
      const share = shares[at]?.get(own[row] as number) ?? 0;
      one = one * share + (mayDiffer[at] ? all * (1 - share) : 0);
      all *= share;
    });
    sum += Math.min(1, rows.real * (all + one));
  }
  return sum;
}
