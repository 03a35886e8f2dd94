import type { Rng } from "../math/rng.ts";
import type { Table } from "../table/table.ts";
import type { Codec, Matrix, Span } from "./codec.ts";
import { damaged } from "./saved-state.ts";
import { drawToken } from "./draw-token.ts";
import type { CodeOptions, TableCode } from "./columns/table-code.ts";
import {
  assembleTable,
  cellsOf,
  learnTableCode,
  loadTableCode,
  saveTableCode,
} from "./columns/table-code.ts";

/**
 * Every column as one softmax span over its tokens: bins or levels, missing last. A column of one token (constant,
 * or missing throughout) takes no span and comes back as it was.
 */
export interface TokenCodec extends Codec {
  readonly code: TableCode;
  /** Row-major rows x columns; every column has its token here, those without a span too. */
  tokens(table: Table, rows?: ArrayLike<number>): Int32Array;
  /** Inverse of `tokens`, with values drawn within their bins. */
  fromTokens(tokens: Int32Array, rng: Rng): Table;
}

export function createTokenCodec(table: Table, options: CodeOptions = {}): TokenCodec {
  return tokenCodec(learnTableCode(table, options));
}

export function tokenCodec(code: TableCode): TokenCodec {
  const spans: Span[] = [];
  let width = 0;
  code.columns.forEach(({ code: { count } }, column) => {
    if (count < 2) return;
    spans.push({ column, start: width, width: count, activation: "softmax", part: "value" });
    width += count;
  });
  const breadth = code.columns.length;

  const tokens = (table: Table, rows?: ArrayLike<number>): Int32Array => {
    const count = rows ? rows.length : table.rows;
    const out = new Int32Array(count * breadth);
    table.columns.forEach((column, j) => {
      const own = code.columns[j];
      if (!own) return;
      const cells = cellsOf(column, own, rows);
      for (let i = 0; i < count; i++) out[i * breadth + j] = own.code.tokenOf(cells[i] as number);
    });
    return out;
  };

  const encode = (table: Table, _rng: Rng, rows?: ArrayLike<number>): Matrix => {
    const all = tokens(table, rows);
    const count = rows ? rows.length : table.rows;
    const data = new Float32Array(count * width);
    for (const span of spans)
      for (let i = 0; i < count; i++)
        data[i * width + span.start + (all[i * breadth + span.column] as number)] = 1;
    return { rows: count, width, data };
  };

  const fromTokens = (all: Int32Array, rng: Rng): Table => {
    const rows = breadth === 0 ? 0 : all.length / breadth;
    const cells = code.columns.map(({ code: column }, j) => {
      const values = new Float64Array(rows);
      for (let i = 0; i < rows; i++) values[i] = column.cellOf(all[i * breadth + j] as number, rng);
      return values;
    });
    return assembleTable(code, rows, cells);
  };

  const decode = (matrix: Matrix, rng: Rng): Table => {
    const all = new Int32Array(matrix.rows * breadth);
    for (const span of spans)
      for (let i = 0; i < matrix.rows; i++)
        all[i * breadth + span.column] = drawToken(matrix.data, i * width + span.start, span.width, rng);
    return fromTokens(all, rng);
  };

  return {
    code,
    width,
    spans,
    tokens,
    encode,
    fromTokens,
    decode,
    save: () => ({ codec: "token", version: 1, table: saveTableCode(code) }),
  };
}

/** Inverse of a token codec's `save`; throws FaultError `model-damaged`. */
export function loadTokenCodec(state: Readonly<Record<string, unknown>>): TokenCodec {
  if (state["codec"] !== "token" || state["version"] !== 1) return damaged("codec");
  return tokenCodec(loadTableCode(state["table"]));
}
