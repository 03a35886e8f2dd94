import { breathe } from "../../math/breathe.ts";
import { normalQuantile } from "../../math/normal.ts";
import type { Table } from "../../table/table.ts";
import type { Budget } from "../accounting/spend.ts";
import { discreteGaussians, varianceAbove } from "../noise/discrete-gaussian.ts";
import { chooseExponentially } from "../noise/exponential-mechanism.ts";
import type { NoiseSource } from "../noise/noise-source.ts";
import { countedRows, unitsOf } from "./counted-rows.ts";
import { createSampledSteps } from "./sampled-steps.ts";
import type { CountQuery, PrivateRows, Purpose, SumQuery, WatchedRow } from "./private-rows.ts";

/** Sums are counted in these. */
const GRID = 2 ** -10;
const NOISE_AT_ONCE = 2000;
/** What rounding its variance up may add to noise, as a standard deviation. */
const FINEST_SIGMA = 2 ** -10;

export interface PrivateRowsOptions {
  readonly rowsPerPatient: number;
  readonly noise: NoiseSource;
  readonly watched?: WatchedRow;
}

/** See `PrivateRows`. */
export function createPrivateRows(table: Table, budget: Budget, options: PrivateRowsOptions): PrivateRows {
  const { rowsPerPatient, noise, watched } = options;
  const kept = countedRows(table, rowsPerPatient, noise);
  const own = watched ? kept.filter((row) => sameUnit(table, row, watched.row)) : new Int32Array();
  const counted =
    watched && !watched.counted ? kept.filter((row) => !sameUnit(table, row, watched.row)) : kept;
  const unit = table.patients === undefined ? "row" : "patient";
  const most = unit === "row" ? 1 : rowsPerPatient;

  async function noisy(exact: Float64Array, sigma: number): Promise<Float64Array> {
    const draw = discreteGaussians(varianceAbove(sigma), noise);
    for (let i = 0; i < exact.length; i++) {
      exact[i] = (exact[i] as number) + draw();
      if (i % NOISE_AT_ONCE === NOISE_AT_ONCE - 1) await breathe();
    }
    return exact;
  }

  const exact = (query: CountQuery): Float64Array => tally(query, counted);

  /** `added`: what the watched unit adds; `plain`: the answer without noise. Where it adds nothing there is nothing to see. */
  function observe(
    what: string,
    added: Float64Array,
    plain: Float64Array,
    answer: Float64Array,
    sigma: number,
  ): void {
    const length = Math.sqrt(dot(added, added));
    if (watched === undefined || length === 0) return;
    const others = dot(plain, added) / length - (watched.counted ? length : 0);
    watched.told({ what, signal: dot(answer, added) / length, others, length, sigma });
  }

  async function counts(
    queries: readonly CountQuery[],
    rho: number,
    purpose: Purpose,
  ): Promise<Float64Array[]> {
    const sigma = most / Math.sqrt((2 * rho) / queries.length);
    budget.spend({ ...purpose, queries: queries.length, sensitivity: most, sigma, rho });
    const answers: Float64Array[] = [];
    for (const query of queries) {
      const plain = exact(query);
      const answer = await noisy(plain.slice(), sigma);
      answers.push(answer);
      if (watched) observe(purpose.what, tally(query, own), plain, answer, sigma);
    }
    return answers;
  }

  async function sums(query: SumQuery, rho: number, purpose: Purpose): Promise<Float64Array> {
    const { dimensions, norm } = query;
    const whole = summed(query, counted);
    const sensitivity = most * (norm + (GRID * Math.sqrt(dimensions)) / 2);
    const sigma = sensitivity / Math.sqrt(2 * rho);
    budget.spend({ ...purpose, queries: 1, sensitivity, sigma, rho });
    const answer = (await noisy(whole.slice(), sigma / GRID)).map(inUnits);
    if (watched) observe(purpose.what, summed(query, own).map(inUnits), whole.map(inUnits), answer, sigma);
    return answer;
  }

  function choose(scores: ArrayLike<number>, sensitivity: number, rho: number, purpose: Purpose): number {
    budget.spend({ ...purpose, queries: 1, sensitivity: most * sensitivity, rho });
    return chooseExponentially(scores, most * sensitivity, Math.sqrt(8 * rho), noise);
  }

  async function keys(
    keyOf: (row: number) => string | undefined,
    rho: number,
    delta: number,
    purpose: Purpose,
  ): Promise<Map<string, number>> {
    const sigma = most / Math.sqrt(2 * rho);
    budget.spend({ ...purpose, queries: 1, sensitivity: most, sigma, rho, delta });
    const found = new Map<string, number>();
    for (const row of counted) {
      const key = keyOf(row);
      if (key !== undefined) found.set(key, (found.get(key) ?? 0) + 1);
    }
    const names = [...found.keys()].sort();
    const answer = await noisy(
      Float64Array.from(names, (name) => found.get(name) as number),
      sigma,
    );
    const threshold = thresholdOf(sigma, delta, most);
    return new Map(
      names.flatMap((name, i): [string, number][] =>
        (answer[i] as number) > threshold ? [[name, answer[i] as number]] : [],
      ),
    );
  }

  return {
    budget,
    table,
    unit,
    rowsPerPatient: most,
    noise: noise.kind,
    counts,
    sums,
    choose,
    exact,
    counted,
    keys,
    sampled: (plan, purpose) =>
      createSampledSteps(plan, purpose, {
        units: unitsOf(table, counted),
        most,
        noise,
        budget,
        ...(watched && { watched: { rows: own, told: watched.told } }),
      }),
  };
}

/**
 * A noisy count beyond it has, of a key of one unit alone, probability delta / most at most: the unit counts at most `most`
 * there, and P[noise >= x] <= P[Gaussian >= x - 1] for the discrete Gaussian (Canonne, Kamath & Steinke 2020, proposition 25).
 */
export const thresholdOf = (sigma: number, delta: number, most: number): number =>
  most + 1 - Math.hypot(sigma, FINEST_SIGMA) * (1 + 2 ** -40) * normalQuantile(delta / most);

const inUnits = (steps: number): number => steps * GRID;

const sameUnit = ({ patients }: Table, one: number, other: number): boolean =>
  patients === undefined ? one === other : patients[one] === patients[other];

function tally({ cells, cellOf }: CountQuery, rows: Int32Array): Float64Array {
  const counts = new Float64Array(cells);
  for (const row of rows) {
    const cell = cellOf(row);
    if (cell >= 0) counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

/** In multiples of the grid. */
function summed(query: SumQuery, rows: Int32Array): Float64Array {
  const sum = new Float64Array(query.dimensions);
  for (const row of rows) addTo(sum, onGrid(query, row));
  return sum;
}

function addTo(sum: Float64Array, vector: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (vector[i] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** The vector of `row`, cut to its norm, in multiples of the grid; zeros where a number of it is not finite. */
function onGrid({ dimensions, norm, vectorOf }: SumQuery, row: number): Float64Array {
  const vector = new Float64Array(dimensions);
  vectorOf(row, vector);
  const length = lengthOf(vector);
  if (!Number.isFinite(length)) return vector.fill(0);
  // A little less than the norm, for what the computed length may be off.
  const scale = Math.min(1, (norm * (1 - 2 ** -40)) / Math.max(length, 1e-300)) / GRID;
  return vector.map((value) => Math.round(value * scale));
}

function lengthOf(vector: Float64Array): number {
  let greatest = 0;
  for (const value of vector) greatest = Math.max(greatest, Math.abs(value));
  if (greatest === 0 || !Number.isFinite(greatest)) return greatest;
  let sum = 0;
  for (const value of vector) sum += (value / greatest) ** 2;
  return greatest * Math.sqrt(sum);
}
