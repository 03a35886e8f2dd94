import type { AnyColumnCode, TableCode } from "../../codec/columns/table-code.ts";
import { cellsOf, learnColumn } from "../../codec/columns/table-code.ts";
import { withheldNotice } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import { orderAlongAxis } from "./axis.ts";
import { correlationFactor, latentCorrelations, shrinkageFor } from "./correlation.ts";
import type { Dimension, LevelCoding } from "./dimensions.ts";
import { dimensionsOf, presentTokens, scoresOf } from "./dimensions.ts";
import { createCopulaModel, loadCopulaModel } from "./model.ts";
import { reported, start } from "../training/reported.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer, TableShape } from "../synthesizer.ts";

export const copula: Synthesizer = {
  id: "copula",
  name: "Gaussian copula",
  summary:
    "Right margins joined by one matrix of correlations: ready at once, gives little away about single patients, and cannot see anything but correlations.",
  reference:
    "Sklar 1959; Patki et al. 2016, The Synthetic Data Vault; latent correlations by Mehler's series (1866)",
  params: {
    shrinkage: {
      type: "number",
      label: "Shrinkage of the correlations",
      default: 0,
      min: 0,
      max: 1,
      reason:
        "0 means by the table: dimensions over rows and dimensions, halved, at most .5. 1 leaves independent columns.",
    },
    levelOrder: {
      type: "choice",
      label: "Order of levels",
      default: "axis",
      choices: [
        { value: "axis", label: "By what goes with them" },
        { value: "frequency", label: "By frequency" },
      ],
      reason:
        "Three or four levels are asked one by one. With more, a normal variable knows them in an order only, and the order that tells most of the other columns keeps most of them.",
    },
  },
  fit,
  expectedSeconds,
  load: (artifact) => Promise.resolve().then(() => loadCopulaModel(artifact)),
};

/** Products that correlations may cost: above this many, rows are left out of them (never of the margins). */
const MOST_PRODUCTS = 4e9;
const LEAST_ROWS = 20_000;
/** Rows that levels are ordered by. */
const ORDERING_ROWS = 5000;

/** Most levels that are asked one by one: with more, what hangs together by several levels comes apart. */
const ASKED_ONE_BY_ONE = 4;

async function* fit(
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  if (train.rows < 2) throw new FaultError({ code: "too-few-rows", rows: train.rows, needed: 2 });
  const code = yield* learnCode(train);
  const codings =
    params["levelOrder"] === "frequency"
      ? code.columns.map(() => undefined)
      : yield* learnCodings(train, code, rng.fork("orders"));
  const dimensions = dimensionsOf(code, codings);
  const rows = rowsFor(train.rows, dimensions.length, rng.fork("rows"));
  const scores = yield* scoreAll(train, code, dimensions, rng.fork("scores"), rows);
  const note = rows ? `Correlations, from ${rows.length} rows` : "Correlations";
  const matrix = yield* reported(latentCorrelations(dimensions, scores), (share) => ({
    ...start,
    fraction: 0.5 + 0.4 * share,
    note,
  }));
  const shrinkage =
    (params["shrinkage"] as number) || shrinkageFor(dimensions.length, rows?.length ?? train.rows);
  const factor = Float32Array.from(correlationFactor(matrix, dimensions.length, shrinkage));
  const model = createCopulaModel({ params, code, codings, factor });
  const preview =
    options.previewRows > 0 ? await model.sample(options.previewRows, rng.fork("preview")) : undefined;
  yield { ...start, step: 1, steps: 1, epoch: 1, epochs: 1, fraction: 1, ...(preview && { preview }) };
  return model;
}

/** The columns' codes, learned one by one. */
async function* learnCode(train: Table): AsyncGenerator<Progress, TableCode, void> {
  const columns: AnyColumnCode[] = [];
  for (const i of train.columns.keys()) {
    columns.push(learnColumn(train, i));
    await breathe();
    yield { ...start, fraction: (0.3 * (i + 1)) / train.columns.length, note: "Reading the columns" };
  }
  const code = { name: train.name, schema: train.schema, columns };
  const notice = withheldNotice(code);
  if (notice !== undefined) yield { ...start, fraction: 0.3, notice };
  return code;
}

/** Few levels one by one, more along their axes, from scores with levels by frequency. */
async function* learnCodings(
  train: Table,
  code: TableCode,
  rng: Rng,
): AsyncGenerator<Progress, LevelCoding[], void> {
  const dimensions = dimensionsOf(code, []);
  const rows = rng.choose(train.rows, Math.min(train.rows, ORDERING_ROWS));
  const scores: Float64Array[] = [];
  for (const dimension of dimensions) {
    scores.push(scoresAt(train, code, dimension, rng, rows));
    await breathe();
  }
  const codings: LevelCoding[] = [];
  for (const [j, column] of code.columns.entries()) {
    const others = scores.filter((_, k) => dimensions[k]?.column !== j);
    const levels = column.type === "coded" ? presentTokens(column.code).length : 0;
    if (column.type === "numeric" || levels < 3 || others.length === 0) codings.push(undefined);
    else if (levels <= ASKED_ONE_BY_ONE) codings.push("each");
    else {
      const cells = cellsOf(train.columns[j] as Column, column, rows);
      codings.push(orderAlongAxis(column.code, Int32Array.from(cells, column.code.tokenOf), others));
    }
    await breathe();
    yield { ...start, fraction: 0.3 + (0.1 * (j + 1)) / code.columns.length, note: "Ordering levels" };
  }
  return codings;
}

/** The rows that correlations are learned from; undefined for all. */
function rowsFor(rows: number, dimensions: number, rng: Rng): Int32Array | undefined {
  const most = Math.max(LEAST_ROWS, Math.round(MOST_PRODUCTS / Math.max(1, dimensions ** 2)));
  return rows > most ? rng.choose(rows, most).sort() : undefined;
}

function scoresAt(
  train: Table,
  code: TableCode,
  dimension: Dimension,
  rng: Rng,
  rows: Int32Array | undefined,
): Float64Array {
  const own = code.columns[dimension.column] as AnyColumnCode;
  const cells = cellsOf(train.columns[dimension.column] as Column, own, rows);
  return scoresOf(dimension, own.code, cells, rng);
}

async function* scoreAll(
  train: Table,
  code: TableCode,
  dimensions: readonly Dimension[],
  rng: Rng,
  rows: Int32Array | undefined,
): AsyncGenerator<Progress, Float64Array[], void> {
  const scores: Float64Array[] = [];
  for (const [k, dimension] of dimensions.entries()) {
    scores.push(scoresAt(train, code, dimension, rng, rows));
    await breathe();
    yield { ...start, fraction: 0.4 + (0.1 * (k + 1)) / dimensions.length, note: "Scoring the columns" };
  }
  return scores;
}

/** A tenth of a microsecond for each cell and each product; what a pair of columns takes whatever its rows is what counts of wide tables (74 columns of 1,287 rows: 2.6 s). */
function expectedSeconds({ rows, columns }: TableShape, _params: Params, pace: number): number {
  const used = Math.min(rows, Math.max(LEAST_ROWS, MOST_PRODUCTS / Math.max(1, columns ** 2)));
  return pace * (0.1 + 4e-7 * rows * columns + (3.5e-4 + 1.5e-9 * used) * columns ** 2);
}
