import type { Codec } from "../../codec/codec.ts";
import { featureTable } from "../../codec/features.ts";
import { learnModeSpecificCodec } from "../../codec/mode-specific.ts";
import { quantileNormalCodec } from "../../codec/quantile-normal.ts";
import type { TableCode } from "../../codec/columns/table-code.ts";
import { tokenCodec } from "../../codec/token.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Batch } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";

/**
 * tokens: every column a softmax over bins or levels. scores: numbers as normal scores with Gaussian heads. modes: numbers
 * by mode-specific normalisation, as CTGAN and TVAE were published.
 */
export type Heads = "tokens" | "scores" | "modes";

type CodecOfCode = Codec & { readonly code: TableCode };

/** A table as a VAE reads it, in batches. */
export interface AutoencoderData {
  readonly codec: CodecOfCode;
  readonly rows: number;
  /** numbers per row that the encoder reads */
  readonly inputs: number;
  /** The encoder's inputs and the decoder's targets of `rows`; scores draw their dither from `rng`. */
  batch(rows: ArrayLike<number>, rng: Rng): { readonly x: Batch; readonly target: Batch };
}

/** Encodes the table, with the codec of a saved model where one is given; yields the share done. */
export async function* createAutoencoderData(
  heads: Heads,
  table: Table,
  code: TableCode,
  rng: Rng,
  saved?: CodecOfCode,
): AsyncGenerator<number, AutoencoderData, void> {
  if (heads === "tokens") return yield* tokenData(table, code);
  if (heads === "scores") return rowData(table, quantileNormalCodec(code));
  if (saved) return rowData(table, saved);
  const learning = learnModeSpecificCodec(table, code, rng);
  for (;;) {
    const next = learning.next();
    if (next.done === true) return rowData(table, next.value);
    await breathe();
    yield next.value;
  }
}

/** Rows that the codec encodes are both what the encoder reads and what the decoder is to say. */
function rowData(table: Table, codec: CodecOfCode): AutoencoderData {
  return {
    codec,
    rows: table.rows,
    inputs: codec.width,
    batch: (rows, rng) => {
      const x = codec.encode(table, rng, rows);
      return { x, target: x };
    },
  };
}

const CHUNK = 10_000;

/** Only tokens are held for all rows; features and one-hots are made batch by batch. */
async function* tokenData(table: Table, code: TableCode): AsyncGenerator<number, AutoencoderData, void> {
  const codec = tokenCodec(code);
  const breadth = code.columns.length;
  const tokens = new Int32Array(table.rows * breadth);
  for (let from = 0; from < table.rows; from += CHUNK) {
    const length = Math.min(CHUNK, table.rows - from);
    const rows = Int32Array.from({ length }, (_, i) => from + i);
    tokens.set(codec.tokens(takeRows(table, rows)), from * breadth);
    await breathe();
    yield (from + length) / table.rows;
  }
  const features = code.columns.map(featureTable);
  const inputs = features.reduce((sum, { width }) => sum + width, 0);
  const featuresOf = (rows: ArrayLike<number>): Batch => {
    const data = new Float32Array(rows.length * inputs);
    let start = 0;
    features.forEach((feature, j) => {
      for (let i = 0; i < rows.length; i++) {
        const token = tokens[(rows[i] as number) * breadth + j] as number;
        const own = feature.data.subarray(token * feature.width, (token + 1) * feature.width);
        data.set(own, i * inputs + start);
      }
      start += feature.width;
    });
    return { rows: rows.length, width: inputs, data };
  };
  const oneHotsOf = (rows: ArrayLike<number>): Batch => {
    const { width, spans } = codec;
    const data = new Float32Array(rows.length * width);
    for (const { column, start } of spans)
      for (let i = 0; i < rows.length; i++)
        data[i * width + start + (tokens[(rows[i] as number) * breadth + column] as number)] = 1;
    return { rows: rows.length, width, data };
  };
  return {
    codec,
    rows: table.rows,
    inputs,
    batch: (rows) => ({ x: featuresOf(rows), target: oneHotsOf(rows) }),
  };
}
