import { fitLineMixture } from "../math/mixtures/bayesian-mixture.ts";
import type { LineMixture } from "../math/mixtures/bayesian-mixture.ts";
import type { Rng } from "../math/rng.ts";
import type { ColumnSchema, Table } from "../table/table.ts";
import type { Codec, CodecState, Matrix, Span } from "./codec.ts";
import { LEAST_SHARED } from "./columns/column-code.ts";
import { asList, asNumbers, asRecord, damaged } from "./saved-state.ts";
import { drawToken } from "./draw-token.ts";
import type { Grid } from "./columns/grid.ts";
import { gridOf, snap } from "./columns/grid.ts";
import type { Bin } from "./columns/cut-bins.ts";
import type { AnyColumnCode, TableCode } from "./columns/table-code.ts";
import { assembleTable, cellsOf, loadTableCode, saveTableCode } from "./columns/table-code.ts";

/**
 * Mode-specific normalisation (Xu et al. 2019, CTGAN, section 4.2): a number is one of up to ten modes of a variational
 * Gaussian mixture, drawn by its responsibilities, and its place (x - mean) / (4 deviation) in that mode, inside
 * [-.99, .99]; whether it is missing is a two-way softmax beside it; a coded column is one softmax. It does not return
 * repeated values exactly: it is here for comparison with what was published.
 */
export interface ModeSpecificCodec extends Codec {
  readonly code: TableCode;
}

const SPREAD = 4;
const INSIDE = 0.99;
const LEAST_WEIGHT = 0.005;
/** Values that a mixture is fitted to at most. */
const MOST_VALUES = 10_000;

/** Modes of a numeric column; undefined for coded columns and for numbers that never vary. */
type Modes = LineMixture | undefined;

/** The modes of every numeric column of `table`, learned one column at a time; yields the share done. */
export function* learnModeSpecificCodec(
  table: Table,
  code: TableCode,
  rng: Rng,
): Generator<number, ModeSpecificCodec, void> {
  const modes: Modes[] = [];
  for (const [j, column] of table.columns.entries()) {
    modes.push(column.type === "numeric" ? modesOf(column.values, rng) : undefined);
    yield (j + 1) / table.columns.length;
  }
  return modeSpecificCodec(code, modes);
}

/** Modes that at least 5 of the values, and half a percent of them, stand behind. */
function modesOf(values: Float64Array, rng: Rng): Modes {
  const present = values.filter(Number.isFinite);
  if (present.length < LEAST_SHARED || present.every((value) => value === present[0])) return undefined;
  const some = present.length > MOST_VALUES ? sampleOf(present, rng) : present;
  const scale = Math.max(...some.map(Math.abs), Number.MIN_VALUE);
  const { weights, means, deviations } = fitLineMixture(some.map((value) => value / scale));
  const least = Math.max(LEAST_WEIGHT, LEAST_SHARED / some.length);
  const kept = [...weights.keys()].filter((k) => (weights[k] as number) >= least);
  const total = kept.reduce((sum, k) => sum + (weights[k] as number), 0);
  return {
    weights: Float64Array.from(kept, (k) => (weights[k] as number) / total),
    means: Float64Array.from(kept, (k) => scale * (means[k] as number)),
    deviations: Float64Array.from(kept, (k) => scale * (deviations[k] as number)),
  };
}

const sampleOf = (values: Float64Array, rng: Rng): Float64Array =>
  Float64Array.from(rng.choose(values.length, MOST_VALUES), (i) => values[i] as number);

function modeSpecificCodec(code: TableCode, modes: readonly Modes[]): ModeSpecificCodec {
  const { spans, width } = spansOf(code, modes);
  const grids = code.schema.columns.map(gridOf);
  const clear = code.schema.columns.map((schema, j) => clearOfLimits(schema, code.columns[j]));

  const encode = (table: Table, rng: Rng, rows?: ArrayLike<number>): Matrix => {
    const count = rows ? rows.length : table.rows;
    const data = new Float32Array(count * width);
    for (const span of spans) {
      const column = table.columns[span.column];
      const own = code.columns[span.column];
      const known = modes[span.column];
      if (!column || !own) continue;
      const cells = cellsOf(column, own, rows);
      for (let i = 0; i < count; i++) {
        const cell = cells[i] as number;
        const at = i * width + span.start;
        if (span.part === "missing") data[at + (Number.isFinite(cell) ? 0 : 1)] = 1;
        else if (known) {
          if (span.activation === "linear") writeNumber(data, at, cell, known, rng);
        } else data[at + own.code.tokenOf(cell)] = 1;
      }
    }
    return { rows: count, width, data };
  };

  const decode = (matrix: Matrix, rng: Rng): Table => {
    const cells = code.columns.map(({ code: own }, j) => {
      const values = new Float64Array(matrix.rows);
      if (!spans.some(({ column }) => column === j))
        for (let i = 0; i < matrix.rows; i++) values[i] = own.cellOf(0, rng);
      return values;
    });
    for (const { column, start, width: span, activation, part } of spans) {
      const values = cells[column] as Float64Array;
      const known = modes[column];
      const own = code.columns[column]?.code;
      if (!own || (known && part === "value" && activation === "softmax")) continue;
      for (let i = 0; i < matrix.rows; i++) {
        const at = i * width + start;
        if (activation === "linear" && known)
          values[i] = (clear[column] as Settle)(
            readNumber(matrix.data, at, known, grids[column] as Grid, rng),
          );
        else {
          const drawn = drawToken(matrix.data, at, span, rng);
          if (part === "value") values[i] = own.cellOf(drawn, rng);
          else if (drawn === 1) values[i] = NaN;
        }
      }
    }
    return assembleTable(code, matrix.rows, cells);
  };

  return { code, width, spans, encode, decode, save: () => save(code, modes) };
}

type Settle = (value: number) => number;

/** In a column with limits: the limit where a number lies nearest to it, and no number between a limit and the others. */
function clearOfLimits({ limits }: ColumnSchema, own: AnyColumnCode | undefined): Settle {
  if (limits === undefined || own?.type !== "numeric" || own.code.bins.length === 0) return (value) => value;
  const grid = own.code.grid;
  return (value) => {
    const { knots } = own.code.bins[own.code.binOf(value)] as Bin;
    const [low, high] = [knots[0] as number, knots.at(-1) as number];
    return low === high ? low : snap(Math.min(high, Math.max(low, value)), grid);
  };
}

/** A number's place and its modes, then its missing flag; a coded column's levels. */
function spansOf(code: TableCode, modes: readonly Modes[]): { spans: Span[]; width: number } {
  const spans: Span[] = [];
  let width = 0;
  const add = (column: number, size: number, activation: Span["activation"], part: Span["part"]): void => {
    spans.push({ column, start: width, width: size, activation, part });
    width += size;
  };
  code.columns.forEach(({ type, code: own }, j) => {
    const known = modes[j];
    if (type === "coded") {
      if (own.count > 1) add(j, own.count, "softmax", "value");
      return;
    }
    if (known) {
      add(j, 1, "linear", "value");
      add(j, known.weights.length, "softmax", "value");
      if (own.missing > 0) add(j, 2, "softmax", "missing");
    } else if (own.count > 1) add(j, own.count, "softmax", "value");
  });
  return { spans, width };
}

/** The place at `at`, the one-hot of the mode behind it. A missing number is drawn from the mixture. */
function writeNumber(data: Float32Array, at: number, cell: number, modes: LineMixture, rng: Rng): void {
  const { weights, means, deviations } = modes;
  const present = Number.isFinite(cell);
  const shares = present ? responsibilities(modes, cell) : weights;
  const mode = rng.weighted(shares);
  const place = present
    ? (cell - (means[mode] as number)) / (SPREAD * (deviations[mode] as number))
    : rng.normal() / SPREAD;
  data[at] = Math.min(INSIDE, Math.max(-INSIDE, place));
  data[at + 1 + mode] = 1;
}

function responsibilities({ weights, means, deviations }: LineMixture, cell: number): Float64Array {
  const logs = weights.map((weight, k) => {
    const z = (cell - (means[k] as number)) / (deviations[k] as number);
    return Math.log(weight) - Math.log(deviations[k] as number) - 0.5 * z * z;
  });
  const top = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  return logs.map((log) => Math.exp(log - top) + 1e-6);
}

function readNumber(data: Float32Array, at: number, modes: LineMixture, grid: Grid, rng: Rng): number {
  const mode = drawToken(data, at + 1, modes.weights.length, rng);
  const place = Math.min(1, Math.max(-1, data[at] as number));
  return snap((modes.means[mode] as number) + SPREAD * (modes.deviations[mode] as number) * place, grid);
}

const save = (code: TableCode, modes: readonly Modes[]): CodecState => ({
  codec: "mode-specific",
  version: 1,
  table: saveTableCode(code),
  modes: modes.map((own) =>
    own
      ? { weights: [...own.weights], means: [...own.means], deviations: [...own.deviations] }
      : { weights: [], means: [], deviations: [] },
  ),
});

/** Inverse of the codec's `save`; throws FaultError `model-damaged`. */
export function loadModeSpecificCodec(state: Readonly<Record<string, unknown>>): ModeSpecificCodec {
  if (state["codec"] !== "mode-specific" || state["version"] !== 1) return damaged("codec");
  const code = loadTableCode(state["table"]);
  const modes = asList(state["modes"], "modes").map((item): Modes => {
    const own = asRecord(item, "modes");
    const weights = asNumbers(own["weights"], "modes");
    const means = asNumbers(own["means"], "modes", weights.length);
    const deviations = asNumbers(own["deviations"], "modes", weights.length);
    if (deviations.some((s) => s <= 0) || weights.some((w) => w <= 0)) return damaged("modes");
    return weights.length > 0 ? { weights, means, deviations } : undefined;
  });
  if (modes.length !== code.columns.length) return damaged("modes");
  if (modes.some((own, j) => own !== undefined && code.columns[j]?.type !== "numeric"))
    return damaged("modes");
  return modeSpecificCodec(code, modes);
}
