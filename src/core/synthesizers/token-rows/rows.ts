import { asIndex, asList, damaged } from "../../codec/saved-state.ts";
import { featureTable } from "../../codec/features.ts";
import type { FeatureTable } from "../../codec/features.ts";
import type { TokenCodec } from "../../codec/token.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Batch } from "../../nn/tensor.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { guessPatients } from "./guess-patients.ts";
import { trainingRows } from "../training/training-rows.ts";

/** The columns that have something to learn (two tokens or more), in the order in which they are learnt; index = place. */
export interface Places {
  /** the codec's column at each place */
  readonly columns: readonly number[];
  readonly counts: readonly number[];
  readonly features: readonly FeatureTable[];
  /** where each place's features begin in a row of features, and their number at the end */
  readonly starts: readonly number[];
}

/** Rows a column from which the target is learnt last. */
const ROWS_A_COLUMN = 5;

/**
 * The table's order, but the target last, so that it is told by all other columns at once; where rows are few for that,
 * it stays in its place and tells each column behind it (Ng & Jordan 2001: few rows favour the second).
 */
export function targetLast(codec: TokenCodec, rows: number): number[] {
  const learnt = tableOrder(codec);
  if (rows < ROWS_A_COLUMN * learnt.length) return learnt;
  const isTarget = (i: number): boolean => codec.code.schema.columns[i]?.role === "target";
  return [...learnt.filter((i) => !isTarget(i)), ...learnt.filter(isTarget)];
}

const tableOrder = ({ code }: TokenCodec): number[] =>
  code.columns.flatMap(({ code: { count } }, i) => (count > 1 ? [i] : []));

/** Inverse of a model's saved order; the table's where it has none. Throws FaultError `model-damaged`. */
export function loadOrder(saved: unknown, codec: TokenCodec): number[] {
  const learnt = tableOrder(codec);
  if (saved === undefined) return learnt;
  const order = asList(saved, "order").map((item) => asIndex(item, codec.code.columns.length, "order"));
  const sound = order.length === learnt.length && learnt.every((column) => order.includes(column));
  return sound ? order : damaged("order");
}

export function placesOf(codec: TokenCodec, columns: readonly number[] = tableOrder(codec)): Places {
  const codes = columns.map((i) => codec.code.columns[i] as (typeof codec.code.columns)[number]);
  const features = codes.map(featureTable);
  const starts = [0];
  for (const { width } of features) starts.push((starts.at(-1) as number) + width);
  return { columns, counts: codes.map(({ code }) => code.count), features, starts };
}

/** A table's training rows as tokens, and batches of them. */
export interface AutoregressiveData {
  readonly codec: TokenCodec;
  readonly places: Places;
  readonly rows: number;
  /** rows x places */
  readonly tokens: Int32Array;
  /** whose each row is, where that is known or plain from the rows' order */
  readonly patients: Int32Array | undefined;
  /** Features [rows, features] and tokens [rows, places] of `rows`. */
  batch(rows: ArrayLike<number>): { readonly x: Batch; readonly tokens: Batch };
}

/** Rows that are trained on at most; a stratified sample stands for a larger table. */
const MOST_ROWS = 50_000;
const CHUNK = 5000;

/** Encodes the training rows of `table` as `places` has them; yields the share done. */
export async function* encodeRows(
  table: Table,
  codec: TokenCodec,
  rng: Rng,
  places: Places = placesOf(codec),
): AsyncGenerator<number, AutoregressiveData, void> {
  const breadth = codec.code.columns.length;
  const width = places.columns.length;
  const kept = trainingRows(table, MOST_ROWS, rng) ?? Int32Array.from({ length: table.rows }, (_, i) => i);
  const tokens = new Int32Array(kept.length * width);
  for (let from = 0; from < kept.length; from += CHUNK) {
    const some = kept.subarray(from, from + CHUNK);
    const all = codec.tokens(takeRows(table, some));
    for (let i = 0; i < some.length; i++)
      for (let j = 0; j < width; j++)
        tokens[(from + i) * width + j] = all[i * breadth + (places.columns[j] as number)] as number;
    await breathe();
    yield (from + some.length) / kept.length;
  }
  const { patients } = table;
  return {
    codec,
    places,
    rows: kept.length,
    tokens,
    patients: patients
      ? kept.map((row) => patients[row] as number)
      : guessPatients({ rows: kept.length, counts: places.counts, tokens }),
    batch: (rows) => batchOf(places, tokens, rows),
  };
}

/** `data` with the column at `place` first. */
export function beginningWith(data: AutoregressiveData, place: number): AutoregressiveData {
  const width = data.places.columns.length;
  const order = [place, ...data.places.columns.keys()].filter((at, k) => k === 0 || at !== place);
  const places = placesOf(
    data.codec,
    order.map((at) => data.places.columns[at] as number),
  );
  const tokens = data.tokens.map(
    (_, at) => data.tokens[at - (at % width) + (order[at % width] as number)] as number,
  );
  return { ...data, places, tokens, batch: (rows) => batchOf(places, tokens, rows) };
}

function batchOf(
  { features, starts }: Places,
  tokens: Int32Array,
  rows: ArrayLike<number>,
): { x: Batch; tokens: Batch } {
  const places = features.length;
  const width = starts[places] as number;
  const x = new Float32Array(rows.length * width);
  const own = new Float32Array(rows.length * places);
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < places; j++) {
      const token = tokens[(rows[i] as number) * places + j] as number;
      own[i * places + j] = token;
      const feature = features[j] as FeatureTable;
      const at = i * width + (starts[j] as number);
      for (let k = 0; k < feature.width; k++) x[at + k] = feature.data[token * feature.width + k] as number;
    }
  return {
    x: { rows: rows.length, width, data: x },
    tokens: { rows: rows.length, width: places, data: own },
  };
}
