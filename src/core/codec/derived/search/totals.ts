import type { Pulse } from "../../../math/breathe.ts";
import type { Candidate } from "./candidates.ts";
import { completeRows, correlation, spreadRows, standardised } from "./candidates.ts";
import type { Draft } from "./fitted.ts";
import { formulas } from "./fitted.ts";
import type { Line } from "./line.ts";
import { along, leastSquares, plainWeight } from "./line.ts";

const SEARCH_ROWS = 2500;
const LEAST_VALUES = 4;
const LEAST_PARTS = 3;
const MOST_PARTS = 12;
/** Columns that may be taken by mistake on the way and drop out again. */
const STRAYS = 4;
/** Of what twelve like parts or fewer leave, the next one explains a twelfth or more. */
const LEAST_GAIN = 1 / 16;
/** R² from which rounding may explain what is left, and at which nothing is. */
const NEARLY_WHOLE = 0.98;
const WHOLE = 1 - 1e-9;

/**
 * Totals of three parts or more, weighted or not, also 100 less the other parts: the column that goes best with what is
 * left of y joins those that were chosen (orthogonal matching pursuit, Pati et al. 1993), each time among the rows that
 * have all of them. Rejects as `pulse` does.
 */
export async function totals(candidates: readonly Candidate[], pulse: Pulse): Promise<Draft[]> {
  const numbers = candidates.filter(({ date }) => !date);
  const rows = numbers[0] ? spreadRows([...numbers[0].values.keys()], SEARCH_ROWS) : [];
  const probes = numbers.map(({ values }): Probe => {
    const some = Float64Array.from(rows, (i) => values[i] as number);
    return { values: some, scores: standardised(some) };
  });
  const found: Draft[] = [];
  for (const [at, { distinct }] of numbers.entries()) {
    if (distinct >= LEAST_VALUES) found.push(...totalOf(at, numbers, probes));
    await pulse(at / numbers.length);
  }
  return found;
}

function totalOf(at: number, candidates: readonly Candidate[], probes: readonly Probe[]): Draft[] {
  const { values: y } = probes[at] as Probe;
  const chosen: number[] = [];
  const found: Draft[] = [];
  let [rest, left] = [y, 1];
  while (chosen.length < MOST_PARTS + STRAYS) {
    const next = bestBeside(rest, probes, [at, ...chosen]);
    if (next < 0) return found;
    chosen.push(next);
    const xs = chosen.map((k) => (probes[k] as Probe).values);
    const rows = completeRows([y, ...xs]);
    const line = rows.length < 3 * chosen.length + 12 ? undefined : leastSquares(xs, y, rows);
    if (!line || 1 - line.fit > (1 - LEAST_GAIN) * left) return found;
    left = 1 - line.fit;
    if (chosen.length >= LEAST_PARTS && line.fit > NEARLY_WHOLE) {
      const parts = chosen.map((k) => candidates[k] as Candidate);
      found.push(...asTotal(candidates[at] as Candidate, parts, line));
      if (line.fit > WHOLE) return found;
    }
    rest = y.map((value, i) => value - along(xs, line.weights, i) - line.constant);
  }
  return found;
}

interface Probe {
  readonly values: Float64Array;
  readonly scores: Float64Array;
}

/** The place of what correlates most with `rest`, -1 where nothing does. */
function bestBeside(rest: Float64Array, probes: readonly Probe[], without: readonly number[]): number {
  const own = standardised(rest);
  let [best, most] = [-1, 0];
  probes.forEach(({ scores }, k) => {
    if (without.includes(k)) return;
    const explained = correlation(own, scores) ** 2;
    if (explained <= most) return;
    most = explained;
    best = k;
  });
  return best;
}

/** The total of the chosen columns that count, where rounding explains what is left. */
function asTotal(y: Candidate, chosen: readonly Candidate[], line: Line): Draft[] {
  const kept = chosen.filter(
    (_, k) => plainWeight(line.weights[k] as number, line.doubts[k] as number) !== 0,
  );
  if (kept.length < LEAST_PARTS || kept.length > MOST_PARTS) return [];
  const xs = kept.map(({ values }) => values);
  const rows = completeRows([y.values, ...xs]);
  const again = leastSquares(xs, y.values, rows);
  if (!again) return [];
  const weights = again.weights.map((weight, k) => plainWeight(weight, again.doubts[k] as number));
  const left = rows.map((i) => (y.values[i] as number) - along(xs, weights, i));
  const centre = left.reduce((sum, value) => sum + value / left.length, 0);
  const squares = left.reduce((sum, value) => sum + (value - centre) ** 2 / left.length, 0);
  const byRounding = kept.reduce(
    (sum, { step }, k) => sum + ((weights[k] as number) * step) ** 2 / 12,
    y.step ** 2 / 12,
  );
  const none = 1e-16 * (centre * centre + 1);
  if (!(squares <= 1.5 * byRounding + none)) return [];
  return formulas(y, kept, weights, "linear", rows);
}
