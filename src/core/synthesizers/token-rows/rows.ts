import type { FeatureTable } from "../../codec/features.ts";
import type { TokenCodec } from "../../codec/token.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Batch } from "../../nn/tensor.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { guessPatients } from "./guess-patients.ts";
import { trainingRows } from "../training/training-rows.ts";
import { placesOf } from "./places.ts";
import type { Places } from "./places.ts";

/** A table's training rows as tokens, and batches of them. */
export interface TokenRows {
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
): AsyncGenerator<number, TokenRows, void> {
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
export function beginningWith(data: TokenRows, place: number): TokenRows {
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
