import { gridOf, stepOf } from "../../codec/columns/grid.ts";
import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import type { TokenCodec } from "../../codec/token.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { ColumnSchema } from "../../table/table.ts";
import type { Places } from "./places.ts";
import { tokenAt } from "./sampler.ts";
import type { Sampler } from "./sampler.ts";
import type { ColumnCondition } from "../requests/check.ts";

/** For each place: 1 for each token some of whose cells may meet the condition; undefined where nothing is asked. */
export type AllowedTokens = readonly (Uint8Array | undefined)[];

/** The tokens that can meet `where`; of those, some may hold cells that do not. */
export function allowedTokens(
  codec: TokenCodec,
  places: Places,
  where: readonly ColumnCondition[],
): AllowedTokens {
  const { columns, schema } = codec.code;
  return places.columns.map((column) => {
    const condition = where.find((one) => one.column === column);
    if (!condition) return undefined;
    const code = columns[column] as AnyColumnCode;
    const meets = tokenTest(code, schema.columns[column] as ColumnSchema, condition);
    return Uint8Array.from({ length: code.code.count }, (_, token) => (meets(token) ? 1 : 0));
  });
}

function tokenTest(
  column: AnyColumnCode,
  schema: ColumnSchema,
  condition: ColumnCondition,
): (token: number) => boolean {
  if (column.type === "coded") {
    const { head, pool, pooled, missing } = column.code;
    return (token) => {
      if (token === missing) return condition.missing;
      if (token === pooled) return pool.some((level) => condition.meets(level));
      return condition.meets(head[token] as number);
    };
  }
  const { bins, missing } = column.code;
  const step = stepOf(gridOf(schema));
  return (token) => {
    if (token === missing) return condition.missing;
    const knots = bins[token]?.knots ?? new Float64Array(0);
    if (knots.length === 1) return condition.meets(knots[0] as number);
    const low = (knots[0] as number) - step;
    const high = (knots.at(-1) as number) + step;
    return high >= condition.low && low <= condition.high;
  };
}

/** Candidates drawn together. */
const TOGETHER = 256;

/**
 * The rows among `candidates` drawn ones whose tokens are all allowed: exact rejection, but a candidate is given up at
 * the first place where it misses. There it goes on with probability p(allowed | tokens before), with a token drawn
 * among the allowed ones, so that the kept rows have the model's distribution given that all are allowed.
 */
export async function drawAllowed(
  sampler: Sampler,
  allowed: AllowedTokens,
  candidates: number,
  rng: Rng,
): Promise<{ readonly tokens: Int32Array; readonly rows: number }> {
  const { places } = sampler;
  const last = allowed.findLastIndex((tokens) => tokens !== undefined);
  const tokens = new Int32Array(candidates * places);
  const weights = sampler.room();
  let kept = 0;
  for (let from = 0; from < candidates; from += TOGETHER) {
    const first = kept;
    let end = first + Math.min(TOGETHER, candidates - from);
    for (let place = 0; place < places && end > first; place++) {
      const mask = place <= last ? allowed[place] : undefined;
      end = drawPlace(sampler, tokens, [first, end], place, mask, weights, rng);
      await breathe();
    }
    kept = end;
  }
  return { tokens: tokens.slice(0, kept * places), rows: kept };
}

/** Draws `place` for the rows from..end; rows that miss are dropped, the others move up. Returns their new end. */
function drawPlace(
  sampler: Sampler,
  tokens: Int32Array,
  [from, end]: readonly [number, number],
  place: number,
  mask: Uint8Array | undefined,
  weights: Float64Array,
  rng: Rng,
): number {
  const { places, members, counts } = sampler;
  const count = counts[place] as number;
  let into = from;
  for (let i = from; i < end; i++) {
    const dice = rng.uniform() * members;
    const member = Math.floor(dice);
    const total = sampler.weigh(tokens, i * places, place, member, weights);
    // Masks may leave no token: the candidate is given up.
    if (!(total > 0)) continue;
    const at = (dice - member) * total;
    let held = total;
    if (mask) {
      held = 0;
      for (let k = 0; k < count; k++) {
        if (mask[k] === 0) weights[k] = 0;
        held += weights[k] as number;
      }
      if (at >= held) continue;
    }
    if (into !== i) tokens.copyWithin(into * places, i * places, i * places + place);
    tokens[into * places + place] = tokenAt(weights, count, at);
    into++;
  }
  return into;
}
