import type { Outcome } from "./outcome.ts";

/** One earlier column as a tree asks it. */
export interface Question {
  /** token of every training row */
  readonly tokens: Uint16Array;
  readonly count: number;
  /** whether its tokens have an order (numbers) */
  readonly ordered: boolean;
  /** its missing token, -1 where there is none */
  readonly missing: number;
}

/** What rows are split by. */
export interface Asked {
  readonly questions: readonly Question[];
  readonly outcome: Outcome;
  /** the outcome's token of every training row */
  readonly answers: Uint16Array;
  /** for every training row 1 over the rows of its patient */
  readonly weights: Float64Array;
  /** least weight (patients) on either side */
  readonly leaf: number;
  /** Standard deviations above chance that a split's gain must lie. */
  readonly strictness: number;
}

export interface Split {
  readonly question: number;
  /** 1 for each token of the question's column that goes left */
  readonly left: Uint8Array;
  /** gain in units of chance, see `findSplit` */
  readonly gain: number;
}

/** Orders that a coded column's levels are tried in: along so many axes of the outcome. */
const MOST_ORDERS = 3;
/** What one more level adds to the gain of levels that mean nothing, in units of chance. */
const CHANCE_OF_LEVEL = 0.6;

/** Sums over some rows: their number, patients and points. */
interface Sums {
  readonly rows: Float64Array;
  readonly weights: Float64Array;
  /** tokens of the question x axes */
  readonly points: Float64Array;
}

/** How the rows of a node are spread. */
interface Spread {
  readonly rows: number;
  readonly weight: number;
  readonly sums: Float64Array;
  /** sum of squared distances from the mean over rows less one: what a split by chance gains on average */
  readonly chance: number;
  /** how many independent directions the rows are spread in (Satterthwaite 1946) */
  readonly freedom: number;
}

/**
 * The best question for `rows`, in steps of one question each (yielded before every question); undefined where none
 * gains enough. The gain of a split that means nothing is a mean of chi squares: in units of its expectation it is
 * about chi2(f) / f, f the outcome's effective dimensions, and a split counts where it lies beyond that distribution's
 * upper quantile (Wilson & Hilferty 1931). Levels ordered by the outcome (Breiman et al. 1984, 4.2.2) pay for it.
 */
export function* findSplit(asked: Asked, rows: Int32Array): Generator<void, Split | undefined, void> {
  const spread = spreadOf(asked, rows);
  if (spread.weight < 2 * asked.leaf - 1e-9 || !(spread.chance > 1e-9)) return undefined;
  const needed = upperQuantile(spread.freedom, asked.strictness);
  let best: Split | undefined;
  for (const [i, question] of asked.questions.entries()) {
    yield;
    const sums = sumUp(asked, question, rows);
    const levels = question.ordered ? 2 : sums.rows.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0);
    const penalty = CHANCE_OF_LEVEL * Math.max(0, levels - 2);
    for (const order of ordersOf(question, sums, asked.outcome.axes)) {
      const cut = bestCut(order, sums, spread, asked);
      const gain = cut.gain / spread.chance - penalty;
      if (cut.after < 0 || gain < needed || gain <= (best?.gain ?? 0)) continue;
      best = { question: i, left: leftOf(order, cut.after, sums, spread.rows), gain };
    }
  }
  return best;
}

/** chi2(f) / f at the quantile of `z` standard deviations. */
function upperQuantile(freedom: number, z: number): number {
  const part = 2 / (9 * freedom);
  return (1 - part + z * Math.sqrt(part)) ** 3;
}

function spreadOf({ outcome, answers, weights }: Asked, rows: Int32Array): Spread {
  const { axes, oneHot, points, tokens } = outcome;
  const counts = new Float64Array(tokens);
  let weight = 0;
  for (const row of rows) {
    const token = answers[row] as number;
    counts[token] = (counts[token] as number) + 1;
    weight += weights[row] as number;
  }
  const sums = oneHot ? counts : new Float64Array(axes);
  const squares = oneHot ? counts.slice() : new Float64Array(axes);
  if (!oneHot)
    for (let token = 0; token < tokens; token++)
      for (let a = 0; a < axes; a++) {
        const point = points[token * axes + a] as number;
        sums[a] = (sums[a] as number) + (counts[token] as number) * point;
        squares[a] = (squares[a] as number) + (counts[token] as number) * point * point;
      }
  let total = 0;
  let squared = 0;
  for (let a = 0; a < axes; a++) {
    const own = Math.max(0, (squares[a] as number) - (sums[a] as number) ** 2 / rows.length);
    total += own;
    squared += own * own;
  }
  const freedom = squared > 0 ? Math.max(1, (total * total) / squared - (oneHot ? 1 : 0)) : 1;
  return { rows: rows.length, weight, sums, chance: total / Math.max(1, rows.length - 1), freedom };
}

function sumUp({ outcome, answers, weights }: Asked, { tokens, count }: Question, rows: Int32Array): Sums {
  const { axes, oneHot, points } = outcome;
  const sums = {
    rows: new Float64Array(count),
    weights: new Float64Array(count),
    points: new Float64Array(count * axes),
  };
  for (const row of rows) {
    const token = tokens[row] as number;
    const answer = answers[row] as number;
    sums.rows[token] = (sums.rows[token] as number) + 1;
    sums.weights[token] = (sums.weights[token] as number) + (weights[row] as number);
    const at = token * axes;
    if (oneHot) sums.points[at + answer] = (sums.points[at + answer] as number) + 1;
    else
      for (let a = 0; a < axes; a++)
        sums.points[at + a] = (sums.points[at + a] as number) + (points[answer * axes + a] as number);
  }
  return sums;
}

/** Numbers along the line, missing last and first; levels along the outcome's axes that they differ most on. */
function ordersOf({ count, ordered, missing }: Question, sums: Sums, axes: number): Int32Array[] {
  const all = Int32Array.from({ length: count }, (_, token) => token);
  if (ordered) {
    if (missing < 0 || sums.rows[missing] === 0) return [all];
    return [all, Int32Array.of(missing, ...all.filter((token) => token !== missing))];
  }
  const present = all.filter((token) => (sums.rows[token] as number) > 0);
  const mean = (token: number, axis: number): number =>
    (sums.points[token * axes + axis] as number) / (sums.rows[token] as number);
  const order = (axis: number): Int32Array =>
    present.slice().sort((a, b) => mean(a, axis) - mean(b, axis) || a - b);
  if (present.length < 3) return [present];
  const apart = Float64Array.from({ length: axes }, (_, axis) => {
    let [sum, squares, rows] = [0, 0, 0];
    for (const token of present) {
      const own = sums.points[token * axes + axis] as number;
      sum += own;
      squares += (own * own) / (sums.rows[token] as number);
      rows += sums.rows[token] as number;
    }
    return squares - (sum * sum) / rows;
  });
  const best = Int32Array.from(apart, (_, axis) => axis).sort(
    (a, b) => (apart[b] as number) - (apart[a] as number) || a - b,
  );
  return [...best.subarray(0, axes === 2 ? 1 : MOST_ORDERS)].map(order);
}

/** Where to cut `order`: after which of its places, and the sum of squares between the two sides. */
function bestCut(
  order: Int32Array,
  sums: Sums,
  { rows, weight, sums: total }: Spread,
  { outcome: { axes }, leaf }: Asked,
): { readonly after: number; readonly gain: number } {
  const left = new Float64Array(axes);
  let [leftRows, leftWeight, after, gain] = [0, 0, -1, 0];
  let whole = 0;
  for (let a = 0; a < axes; a++) whole += (total[a] as number) ** 2 / rows;
  for (let i = 0; i < order.length - 1; i++) {
    const token = order[i] as number;
    if (sums.rows[token] === 0) continue;
    leftRows += sums.rows[token] as number;
    leftWeight += sums.weights[token] as number;
    for (let a = 0; a < axes; a++) left[a] = (left[a] as number) + (sums.points[token * axes + a] as number);
    if (leftWeight < leaf - 1e-9) continue;
    if (weight - leftWeight < leaf - 1e-9) break;
    let [own, other] = [0, 0];
    for (let a = 0; a < axes; a++) {
      const here = left[a] as number;
      const there = (total[a] as number) - here;
      own += here * here;
      other += there * there;
    }
    const between = own / leftRows + other / (rows - leftRows) - whole;
    if (between > gain) [after, gain] = [i, between];
  }
  return { after, gain };
}

/** Tokens that none of the node's rows has go along with the order where it holds them, else with most rows. */
function leftOf(order: Int32Array, after: number, sums: Sums, rows: number): Uint8Array {
  let here = 0;
  for (let i = 0; i <= after; i++) here += sums.rows[order[i] as number] as number;
  const left = new Uint8Array(sums.rows.length).fill(2 * here > rows ? 1 : 0);
  order.forEach((token, i) => {
    left[token] = i <= after ? 1 : 0;
  });
  return left;
}
