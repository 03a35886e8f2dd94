import type { Pulse } from "../../../math/breathe.ts";
import { stepOf } from "../../columns/grid.ts";
import type { Column, Table } from "../../../table/table.ts";
import { gridIn, isNumbers, numbersOf } from "../number-column.ts";

/** A column in which formulas are looked for. */
export interface Candidate {
  /** its place in the table */
  readonly column: number;
  /** NaN = missing */
  readonly values: Float64Array;
  readonly step: number;
  readonly date: boolean;
  /** different values, counted up to 13 */
  readonly distinct: number;
}

const COUNTED = 13;

/** The columns of `among` that are numbers, or levels that are numbers, and vary. */
export function candidatesIn(sample: Table, among: readonly number[]): Candidate[] {
  return among.flatMap((j) => {
    const column = sample.columns[j] as Column;
    const values = numbersOf(column);
    const distinct = isNumbers(column) ? differentValues(values) : 0;
    if (distinct < 2) return [];
    const date = sample.schema.columns[j]?.kind === "datetime";
    return [{ column: j, values, step: stepOf(gridIn(sample, j)), date, distinct }];
  });
}

function differentValues(values: Float64Array): number {
  const seen = new Set<number>();
  for (const value of values) {
    if (Number.isFinite(value)) seen.add(value);
    if (seen.size >= COUNTED) break;
  }
  return seen.size;
}

/** Whether a column has values enough to be taken for a measurement. */
export const isMany = ({ distinct }: Candidate): boolean => distinct >= COUNTED;

/** At most `most` of `rows`, evenly spread. */
export function spreadRows(rows: readonly number[], most: number): readonly number[] {
  if (rows.length <= most) return rows;
  return Array.from({ length: most }, (_, k) => rows[Math.floor((k * rows.length) / most)] as number);
}

/** Rows in which all of `columns` have a value. */
export function completeRows(columns: readonly Float64Array[]): number[] {
  const rows: number[] = [];
  const count = columns[0]?.length ?? 0;
  for (let i = 0; i < count; i++) {
    let whole = true;
    for (const values of columns) whole &&= Number.isFinite(values[i]);
    if (whole) rows.push(i);
  }
  return rows;
}

const LEAST_TOGETHER = 12;

/** Correlations of columns, each of the rows that have both; 0 where fewer than 12 do. Row-major. */
export async function pairwiseCorrelations(
  columns: readonly Float64Array[],
  pulse: Pulse,
): Promise<Float64Array> {
  const count = columns.length;
  const scores = columns.map(standardised);
  const out = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      const r = correlation(scores[a] as Float64Array, scores[b] as Float64Array);
      out[a * count + b] = out[b * count + a] = r;
    }
    await pulse();
  }
  return out;
}

/** On a scale on which squares add up without loss; NaN stays. */
export function standardised(values: Float64Array): Float64Array {
  let rows = 0;
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    rows++;
    sum += value;
  }
  const centre = sum / Math.max(1, rows);
  for (const value of values) if (Number.isFinite(value)) squares += (value - centre) ** 2;
  const length = Math.sqrt(squares / Math.max(1, rows)) || 1;
  return values.map((value) => (value - centre) / length);
}

/** Of two standardised columns, in the rows that have both; 0 where fewer than 12 do. */
export function correlation(a: Float64Array, b: Float64Array): number {
  // Numbers that are taken out of an array at once stay boxed in V8: this loop would be five times as slow.
  let rows = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < a.length; i++) {
    const u = a[i] as number;
    const v = b[i] as number;
    const both = u * v;
    if (Number.isNaN(both)) continue;
    rows++;
    x += u;
    y += v;
    xx += u * u;
    yy += v * v;
    xy += both;
  }
  if (rows < LEAST_TOGETHER) return 0;
  const spreadX = xx - (x * x) / rows;
  const spreadY = yy - (y * y) / rows;
  if (!(spreadX > 1e-12 * rows && spreadY > 1e-12 * rows)) return 0;
  return (xy - (x * y) / rows) / Math.sqrt(spreadX * spreadY);
}
