import { normalCdf, normalQuantile } from "../math/normal.ts";
import type { Rng } from "../math/rng.ts";
import type { Table } from "../table/table.ts";
import type { CodecState, Codec, Matrix, Span } from "./codec.ts";
import { damaged } from "./saved-state.ts";
import { drawToken } from "./draw-token.ts";
import type { NumericBins } from "./columns/numeric-bins.ts";
import type { CodeOptions, TableCode } from "./columns/table-code.ts";
import {
  assembleTable,
  cellsOf,
  learnTableCode,
  loadTableCode,
  saveTableCode,
} from "./columns/table-code.ts";

/**
 * A number as the normal score z = PhiInv(u) of its place u in the column's distribution, spread evenly within spikes
 * and grid cells ("dithered"); whether it is missing as a two-way softmax; a coded column as one softmax. Reading z
 * back finds the bin by its range of u, so spikes and integers return as they were. A part that never varies takes no
 * span. Missing numbers get a random z.
 */
export interface QuantileNormalCodec extends Codec {
  readonly code: TableCode;
}

export function createQuantileNormalCodec(table: Table, options: CodeOptions = {}): QuantileNormalCodec {
  return quantileNormalCodec(learnTableCode(table, options));
}

export function quantileNormalCodec(code: TableCode): QuantileNormalCodec {
  const spans = spansOf(code);
  const last = spans.at(-1);
  const width = last ? last.start + last.width : 0;
  const varying = new Set(spans.filter((span) => span.part === "value").map((span) => span.column));

  const encode = (table: Table, rng: Rng, rows?: ArrayLike<number>): Matrix => {
    const count = rows ? rows.length : table.rows;
    const data = new Float32Array(count * width);
    for (const span of spans) {
      const column = table.columns[span.column];
      const own = code.columns[span.column];
      if (!column || !own) continue;
      const cells = cellsOf(column, own, rows);
      for (let i = 0; i < count; i++) {
        const cell = cells[i] as number;
        const at = i * width + span.start;
        if (span.activation === "linear") data[at] = scoreOf(own.code as NumericBins, cell, rng);
        else if (span.part === "missing") data[at + (Number.isFinite(cell) ? 0 : 1)] = 1;
        else data[at + own.code.tokenOf(cell)] = 1;
      }
    }
    return { rows: count, width, data };
  };

  const decode = (matrix: Matrix, rng: Rng): Table => {
    const cells = code.columns.map((column, j) => {
      const values = new Float64Array(matrix.rows);
      if (!varying.has(j)) for (let i = 0; i < matrix.rows; i++) values[i] = column.code.cellOf(0, rng);
      return values;
    });
    for (const span of spans) {
      const values = cells[span.column] as Float64Array;
      const own = code.columns[span.column]?.code;
      if (!own) continue;
      for (let i = 0; i < matrix.rows; i++) {
        const at = i * width + span.start;
        if (span.activation === "linear")
          values[i] = valueOf(own as NumericBins, matrix.data[at] as number, rng);
        else {
          const drawn = drawToken(matrix.data, at, span.width, rng);
          if (span.part === "value") values[i] = own.cellOf(drawn, rng);
          else if (drawn === 1) values[i] = NaN;
        }
      }
    }
    return assembleTable(code, matrix.rows, cells);
  };

  return {
    code,
    width,
    spans,
    encode,
    decode,
    save: (): CodecState => ({ codec: "quantile-normal", version: 1, table: saveTableCode(code) }),
  };
}

/** A number's z, then its missing flag; a coded column's levels. */
function spansOf(code: TableCode): Span[] {
  const spans: Span[] = [];
  let start = 0;
  const add = (column: number, width: number, activation: Span["activation"], part: Span["part"]): void => {
    spans.push({ column, start, width, activation, part });
    start += width;
  };
  code.columns.forEach((column, i) => {
    if (column.type === "coded") {
      if (column.code.count > 1) add(i, column.code.count, "softmax", "value");
      return;
    }
    const { bins, missing } = column.code;
    if (bins.length > 1 || (bins[0]?.knots.length ?? 1) > 1) add(i, 1, "linear", "value");
    if (missing > 0) add(i, 2, "softmax", "missing");
  });
  return spans;
}

const within = (limit: number, score: number): number => Math.min(limit, Math.max(-limit, score));

function scoreOf(bins: NumericBins, cell: number, rng: Rng): number {
  const position = Number.isFinite(cell) ? bins.positionOf(cell, rng) : rng.uniform();
  return within(bins.scoreLimit, normalQuantile(position));
}

function valueOf(bins: NumericBins, score: number, rng: Rng): number {
  return bins.valueAt(normalCdf(within(bins.scoreLimit, score)), rng);
}

/** Inverse of a quantile-normal codec's `save`; throws FaultError `model-damaged`. */
export function loadQuantileNormalCodec(state: Readonly<Record<string, unknown>>): QuantileNormalCodec {
  if (state["codec"] !== "quantile-normal" || state["version"] !== 1) return damaged("codec");
  return quantileNormalCodec(loadTableCode(state["table"]));
}
