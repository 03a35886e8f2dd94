import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import type { BlockPlan } from "./blocks.ts";
import type { TokenRows } from "../token-rows/rows.ts";
import { leftOutErrors, product } from "./beside/line-fit.ts";
import type { Dropouts } from "./network.ts";
import type { TrainingPlan } from "./plan.ts";
import { tokenScores } from "./beside/scores.ts";

/** Where dropout begins to fall and where it is least, in shares of a column's variance that its parents explain. */
const FROM = 0.5;
const TO = 0.9;
const LEAST = 0.1;
const LEVELS = 4;

/**
 * The dropout of each place. What keeps most columns of a small table from being memorised ruins those that nearly
 * follow from earlier ones, so these get as little as a tenth of it: f = clip((.9 - q) / (.9 - .5), .1, 1) in four
 * steps, q the leave-one-out R² of a ridge regression on the parents. Where a prior carries what follows, the networks
 * only learn what is left, and dropout stays as it is.
 */
export function dropoutsFor(
  data: TokenRows,
  plans: readonly BlockPlan[],
  dropouts: Dropouts,
  { dropoutByColumn }: TrainingPlan,
): Dropouts[] {
  if (!dropoutByColumn) return plans.map(() => dropouts);
  const scores = scoresOf(data);
  return plans.map(({ parents, priors }, place) => {
    const explained = priors.some(({ follows }) => follows) ? 0 : explainedBy(scores, place, parents);
    const share = Math.min(1, Math.max(0, (TO - explained) / (TO - FROM)));
    const factor = LEAST + (1 - LEAST) * (Math.round(share * (LEVELS - 1)) / (LEVELS - 1));
    return { inputs: dropouts.inputs * factor, hidden: dropouts.hidden * factor };
  });
}

/** Centred scores of the rows at each place of a number of many tokens; undefined elsewhere. */
function scoresOf({ codec, places, tokens, rows }: TokenRows): (Float64Array | undefined)[] {
  const width = places.columns.length;
  return places.columns.map((column, place) => {
    const code = codec.code.columns[column] as AnyColumnCode;
    const scoreOf = tokenScores(code);
    if (!scoreOf) return undefined;
    const scores = Float64Array.from(
      { length: rows },
      (_, i) => scoreOf[tokens[i * width + place] as number] as number,
    );
    const mean = scores.reduce((sum, score) => sum + score, 0) / rows;
    return scores.map((score) => score - mean);
  });
}

/** Leave-one-out R² of a ridge regression (lambda .01 n) of one place's scores on its parents'; 0 where there is none. */
function explainedBy(
  scores: readonly (Float64Array | undefined)[],
  place: number,
  parents: Int32Array,
): number {
  const y = scores[place];
  const xs = [...parents].flatMap((parent) => scores[parent] ?? []);
  const n = y?.length ?? 0;
  const d = xs.length;
  if (!y || d === 0 || n < d + 10) return 0;
  const errors = leftOutErrors(xs, y, 0.01 * n);
  return Math.max(0, 1 - product(errors, errors) / Math.max(1e-12, product(y, y)));
}
