import { breathe } from "../../../math/breathe.ts";
import type { TokenRows } from "../../token-rows/rows.ts";
import type { LineGroups } from "./line.ts";
import { lossesOf } from "./line-fit.ts";
import type { GroupedRows } from "./line-fit.ts";
import { groupsOf, lineAt, scoresOf } from "./learn-lines.ts";
import type { LineAt } from "./learn-lines.ts";

/** Rows that a level has at least to be a group; the others are one group together. With fewer a group is known by heart. */
const LEAST_ROWS = 100;
const MOST_LEVELS = 8;
/** Standard errors by which the gain must pass 0. */
const SURE = 2;
/** Columns by which lines are tried: those whose levels differ most in what one line for all rows leaves. */
const MOST_TRIED = 4;

interface Candidate {
  readonly groups: LineGroups;
  /** of the column's levels, in nats */
  readonly entropy: number;
  /** nats a row, less the entropy */
  readonly gain: number;
  /** standard error of the gain */
  readonly error: number;
}

/**
 * The column by whose levels lines are worth learning apart, as the groups of its tokens: that by which the numbers get
 * likelier by most nats a row (leave-one-out), less its entropy. By the chain rule no column tells others more than its
 * entropy: where they gain more by it, one line for all rows is wrong by at least so much. A number counts for the entropy
 * at most, so that one that only encodes the level does not decide. Undefined where no column gains by more than two
 * standard errors. Yields the share done.
 */
export async function* chooseGroups(data: TokenRows): AsyncGenerator<number, LineGroups | undefined, void> {
  const scores = scoresOf(data);
  const together = scores.map((score, place) => score && lineAt(data, scores, place, undefined));
  await breathe();
  const tried = likeliest(data, together);
  let best: Candidate | undefined;
  for (const [k, { groups, entropy }] of tried.entries()) {
    const rows = groupsOf(data, groups);
    const apart = scores.map((score, place) => {
      const own = score && lineAt(data, scores, place, rows);
      return own?.line ? own : undefined;
    });
    const candidate = { groups, entropy, ...gainOf(data.rows, entropy, together, apart) };
    if (candidate.gain > Math.max(SURE * candidate.error, best?.gain ?? 0)) best = candidate;
    await breathe();
    yield (k + 1) / tried.length;
  }
  return best?.groups;
}

/** The columns that gain most where the lines stay and only what they leave is taken apart. */
function likeliest(data: TokenRows, together: readonly (LineAt | undefined)[]): Candidate[] {
  const candidates = together.flatMap((number, place): Candidate[] => {
    const groups = number ? undefined : groupsAt(data, place);
    if (!groups) return [];
    const rows = groupsOf(data, groups);
    const entropy = entropyAt(data, place);
    const centred = together.map((line) => line && centredBy(line, rows));
    return [{ groups, entropy, ...gainOf(data.rows, entropy, together, centred) }];
  });
  return candidates.sort((a, b) => b.gain - a.gain).slice(0, MOST_TRIED);
}

type Left = Pick<LineAt, "rows" | "groups" | "left"> | undefined;

function gainOf(
  rows: number,
  entropy: number,
  together: readonly Left[],
  apart: readonly Left[],
): Pick<Candidate, "gain" | "error"> {
  const byRow = new Float64Array(rows);
  let gain = -entropy;
  apart.forEach((own, place) => {
    const all = together[place];
    if (!own || !all) return;
    const [before, after] = [lossesOf(all.left, all.groups), lossesOf(own.left, own.groups)];
    let sum = 0;
    own.rows.forEach((row, k) => {
      const less = (before[k] as number) - (after[k] as number);
      byRow[row] = (byRow[row] as number) + less;
      sum += less;
    });
    gain += Math.min(entropy, sum / rows);
  });
  const mean = byRow.reduce((sum, one) => sum + one, 0) / rows;
  const spread = byRow.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rows;
  return { gain, error: Math.sqrt(spread / rows) };
}

/** What `line` leaves, less its mean in each group. */
function centredBy({ rows, left }: LineAt, { of, count }: GroupedRows): Left {
  const groups = { of: rows.map((row) => of[row] as number), count };
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  left.forEach((value, k) => {
    const group = groups.of[k] as number;
    sums[group] = (sums[group] as number) + value;
    sizes[group] = (sizes[group] as number) + 1;
  });
  const centred = left.map((value, k) => {
    const group = groups.of[k] as number;
    return value - (sums[group] as number) / (sizes[group] as number);
  });
  return { rows, groups, left: centred };
}

/** The tokens at `place` that a hundred rows have, each a group, the others together one more; undefined for one group. */
function groupsAt(data: TokenRows, place: number): LineGroups | undefined {
  const counts = countsAt(data, place);
  const large = counts.flatMap((count, token) => (count >= LEAST_ROWS ? [token] : []));
  if (large.length < 2 || large.length > MOST_LEVELS) return undefined;
  const of = Int32Array.from(counts, (_, token) =>
    large.includes(token) ? large.indexOf(token) : large.length,
  );
  return { place, of, count: Math.max(...of) + 1 };
}

function countsAt({ places, tokens, rows }: TokenRows, place: number): number[] {
  const counts = new Array<number>(places.counts[place] as number).fill(0);
  for (let i = 0; i < rows; i++) {
    const token = tokens[i * places.columns.length + place] as number;
    counts[token] = (counts[token] as number) + 1;
  }
  return counts;
}

const entropyAt = (data: TokenRows, place: number): number =>
  countsAt(data, place).reduce(
    (sum, count) => (count > 0 ? sum - (count / data.rows) * Math.log(count / data.rows) : sum),
    0,
  );
