import type { Table } from "../table/table.ts";
import type { Rng } from "../math/rng.ts";

/**
 * Codec: a reversible map Table <-> Float32 matrix. Not "encoder": that word belongs to the VAE.
 * A span is the slice of a matrix row that one part of one column takes.
 */
export interface Span {
  /** Index of the column in the codec's table. */
  readonly column: number;
  readonly start: number;
  readonly width: number;
  /** linear: one number (a dithered normal score); softmax: one-hot over `width` classes. */
  readonly activation: "linear" | "softmax";
  /** What the softmax classes are: the column's values (tokens, levels) or its missing flag [present, missing]. */
  readonly part: "value" | "missing";
}

/** Row-major `rows` x `width`. */
export interface Matrix {
  readonly rows: number;
  readonly width: number;
  readonly data: Float32Array;
}

export interface Codec {
  readonly width: number;
  readonly spans: readonly Span[];
  /**
   * Dithering codecs draw from `rng`; encode twice and the numbers differ within their bin. `rows`: only these, in
   * that order; a batch is so encoded without ever holding the matrix of a large table.
   */
  encode(table: Table, rng: Rng, rows?: ArrayLike<number>): Matrix;
  /** `matrix` holds samples: softmax spans one-hot or as probabilities (then one class is drawn). */
  decode(matrix: Matrix, rng: Rng): Table;
  /** JSON-safe; holds no row of the source. */
  save(): CodecState;
}

/** A discriminated, versioned JSON value per codec. */
export interface CodecState {
  readonly codec: string;
  readonly [key: string]: unknown;
}
