import type { TokenCodec } from "../../codec/token.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import type { Places } from "./places.ts";
import { isMasked, sumOf } from "./masked-sampler.ts";
import { tokenAt } from "./sampler.ts";
import type { Sampler } from "./sampler.ts";

/** Rows of which some cells are known. */
export interface GivenTokens {
  readonly rows: number;
  /** rows x places */
  readonly tokens: Int32Array;
  /** 1 where the cell is empty and asked for, rows x places */
  readonly empty: Uint8Array;
  /** the token of an empty cell at each place, -1 where there is none */
  readonly missing: readonly number[];
}

export function givenTokens(codec: TokenCodec, places: Places, given: Table): GivenTokens {
  const width = places.columns.length;
  const breadth = codec.code.columns.length;
  const all = codec.tokens(given);
  const tokens = new Int32Array(given.rows * width);
  const empty = new Uint8Array(given.rows * width);
  places.columns.forEach((column, place) => {
    const cells = given.columns[column] as Column;
    for (let i = 0; i < given.rows; i++) {
      const absent =
        cells.type === "numeric" ? !Number.isFinite(cells.values[i]) : (cells.codes[i] as number) < 0;
      tokens[i * width + place] = all[i * breadth + column] as number;
      empty[i * width + place] = absent ? 1 : 0;
    }
  });
  const missing = places.columns.map((column) => codec.code.columns[column]?.code.missing ?? -1);
  return { rows: given.rows, tokens, empty, missing };
}

/** Candidates for each row, of which one is taken. */
const CANDIDATES = 64;

/**
 * The rows with a token of a present cell wherever one is asked for, by sampling importance resampling (Rubin 1987):
 * candidates are drawn place by place with the given tokens held, each weighs the product of p(given token | tokens
 * before it) and p(present | tokens before it), and one is taken in proportion. Exact as candidates grow.
 */
export async function completeTokens(sampler: Sampler, given: GivenTokens, rng: Rng): Promise<Int32Array> {
  const { places } = sampler;
  const { rows, empty, missing } = given;
  const tokens = given.tokens.slice();
  const candidates = new Int32Array(CANDIDATES * places);
  const logs = new Float64Array(CANDIDATES);
  const weights = sampler.room();
  for (let i = 0; i < rows; i++) {
    const own = tokens.subarray(i * places, (i + 1) * places);
    const asked = empty.subarray(i * places, (i + 1) * places);
    const first = asked.indexOf(1);
    if (first < 0) continue;
    const judging = Array.from({ length: places - first }, (_, k) => first + k).filter(
      (place) => asked[place] === 1 || sampler.parentsOf(place).some((parent) => asked[parent] === 1),
    );
    const count = judging.length === 1 ? 1 : CANDIDATES;
    for (let c = 0; c < count; c++) {
      candidates.set(own, c * places);
      logs[c] = 0;
      for (const place of judging) {
        const chance =
          asked[place] === 1
            ? fillPlace(
                sampler,
                { tokens: candidates, start: c * places, asked },
                place,
                missing,
                weights,
                rng,
              )
            : likelihood(sampler, candidates, c * places, place, weights);
        logs[c] = (logs[c] as number) + Math.log(Math.max(chance, 1e-300));
      }
    }
    const taken = count === 1 ? 0 : rng.weighted(relative(logs, count));
    own.set(candidates.subarray(taken * places, (taken + 1) * places));
    await breathe();
  }
  return tokens;
}

/** A candidate, and which of its places are asked for. */
interface Candidate {
  readonly tokens: Int32Array;
  readonly start: number;
  readonly asked: Uint8Array;
}

/**
 * Draws a token of a present cell; returns the probability that a cell is present there. A cell that rules leave empty
 * beside the given ones stays so.
 */
function fillPlace(
  sampler: Sampler,
  { tokens, start, asked }: Candidate,
  place: number,
  missing: readonly number[],
  weights: Float64Array,
  rng: Rng,
): number {
  const count = sampler.counts[place] as number;
  const member = rng.integer(sampler.members);
  const total = weighAmong(sampler, { tokens, start, asked }, place, member, weights);
  const none = missing[place] as number;
  const absent = none >= 0 ? (weights[none] as number) : 0;
  if (none >= 0) weights[none] = 0;
  if (isMasked(sampler) && none >= 0 && sumOf(weights, count) === 0) {
    tokens[start + place] = none;
    return 1;
  }
  tokens[start + place] = tokenAt(weights, count, rng.uniform() * (total - absent));
  return 1 - absent / total;
}

/** Weights that later given tokens allow too, where there are masks; all of them where none is left. */
function weighAmong(
  sampler: Sampler,
  { tokens, start, asked }: Candidate,
  place: number,
  member: number,
  weights: Float64Array,
): number {
  if (!isMasked(sampler)) return sampler.weigh(tokens, start, place, member, weights);
  const { unmasked, masks } = sampler;
  const whole = unmasked.weigh(tokens, start, place, member, weights);
  if (!masks.maskAmong(tokens, start, place, asked, weights)) return whole;
  const left = sumOf(weights, sampler.counts[place] as number);
  return left > 0 ? left : unmasked.weigh(tokens, start, place, member, weights);
}

/** Probability of the token that the row has at `place`, averaged over the members. */
function likelihood(
  sampler: Sampler,
  tokens: Int32Array,
  start: number,
  place: number,
  weights: Float64Array,
): number {
  const token = tokens[start + place] as number;
  let sum = 0;
  for (let member = 0; member < sampler.members; member++) {
    const total = sampler.weigh(tokens, start, place, member, weights);
    if (total > 0) sum += (weights[token] as number) / total;
  }
  return sum / sampler.members;
}

/** exp of the logs, the greatest 1. */
function relative(logs: Float64Array, count: number): Float64Array {
  const some = logs.subarray(0, count);
  const most = some.reduce((a, b) => Math.max(a, b), -Infinity);
  return some.map((log) => Math.exp(log - most));
}
