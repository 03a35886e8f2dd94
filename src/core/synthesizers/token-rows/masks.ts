import { asList, asRecord } from "../../codec/saved-state.ts";
import type { TokenCodec } from "../../codec/token.ts";
import type { Rng } from "../../math/rng.ts";
import type { Constraint } from "../../rules/constraint.ts";
import type { Table } from "../../table/table.ts";
import type { Factor, Layer } from "./factor.ts";
import { bothFactors, leavingOne, loadFactor, saveFactor, stateBefore, step } from "./factor.ts";
import type { KnownTuples } from "./known-tuples.ts";
import { factorOfTuples, knownTuples, loadTuples, saveTuples, settledLevels } from "./known-tuples.ts";
import type { MaskedColumns } from "./mask-rules.ts";
import { factorsOfRule } from "./mask-rules.ts";
import type { Places } from "./places.ts";

/** Tokens that rules forbid beside the tokens drawn before them. */
export interface Masks {
  /** Sets the weights of forbidden tokens at `place` to 0, given the row's tokens before it; returns whether any is. */
  mask(tokens: Int32Array, start: number, place: number, weights: Float64Array): boolean;
  /** The same, given the later tokens too, but for those of the row's places in `open` (1), which may become any. */
  maskAmong(
    tokens: Int32Array,
    start: number,
    place: number,
    open: Uint8Array,
    weights: Float64Array,
  ): boolean;
  /** Places that one rule ties to `place`, it left out; rising. */
  besides(place: number): Int32Array;
  /** `table`, drawn from `tokens` (rows x the codec's columns), with levels of a pooled token that go with the others. */
  settle(table: Table, tokens: Int32Array, rng: Rng): Table;
  /** JSON-safe; names no combination of fewer than five patients. */
  save(): unknown;
}

/** Factors that end at one place whose pairs are looked at for what they leave it. */
const MOST_TOGETHER = 60;

/**
 * The masks of `rules` for a model of `train`, whose columns the codec has. Rules that tokens cannot break are left out:
 * those about columns without a place, calculations and other rows of a patient are for whoever judges whole rows.
 * Undefined where nothing is left.
 */
export function learnMasks(
  rules: readonly Constraint[],
  columns: MaskedColumns,
  train: Table,
): Masks | undefined {
  const tuples = rules.flatMap((rule) => {
    const known = rule.kind === "combinations" ? knownTuples(rule.columns, columns, train) : undefined;
    return known ? [known] : [];
  });
  const factors = [
    ...rules.flatMap((rule) => factorsOfRule(rule, columns)),
    ...tuples.flatMap((known) => factorOfTuples(known, columns) ?? []),
  ];
  if (factors.length === 0) return undefined;
  return createMasks(lookingAhead(factors), tuples, columns.codec, columns.places);
}

/**
 * One factor for each two places, and for two that end at one place a further one about where they begin, so that they do
 * not forbid all that may come there; from the last place to the first.
 */
function lookingAhead(factors: readonly Factor[]): Factor[] {
  const wide = factors.filter(({ places }) => places.length !== 2);
  const pairs = new Map<string, Factor>();
  const add = (factor: Factor): void => {
    const key = factor.places.join(" ");
    const known = pairs.get(key);
    const both = known ? bothFactors(known, factor) : factor;
    if (both) pairs.set(key, both);
  };
  for (const factor of factors) if (factor.places.length === 2) add(factor);
  const last = Math.max(-1, ...[...pairs.values()].map(({ places }) => places[1] as number));
  for (let place = last; place > 0; place--) {
    const ending = [...pairs.values()].filter(({ places }) => places[1] === place).slice(0, MOST_TOGETHER);
    for (const [i, one] of ending.entries())
      for (const other of ending.slice(0, i)) {
        const ahead = leavingOne(one, other);
        if (ahead) add(ahead);
      }
  }
  return [...wide, ...pairs.values()];
}

function createMasks(
  factors: readonly Factor[],
  tuples: readonly KnownTuples[],
  codec: TokenCodec,
  { counts }: Places,
): Masks {
  const at = counts.map((_, place) =>
    factors.flatMap((factor) => {
      const depth = factor.places.indexOf(place);
      return depth < 0 ? [] : [{ factor, depth, barred: barredBy(factor.layers[depth] as Layer) }];
    }),
  );
  const besides = at.map((own, place) =>
    Int32Array.from(new Set(own.flatMap(({ factor }) => factor.places)))
      .filter((other) => other !== place)
      .sort(),
  );
  const mask: Masks["mask"] = (tokens, start, place, weights) => {
    let masked = false;
    for (const { factor, depth, barred } of at[place] as (typeof at)[number]) {
      const own = barred[stateBefore(factor, depth, tokens, start)];
      if (own === undefined || own.length === 0) continue;
      masked = true;
      for (const token of own) weights[token] = 0;
    }
    return masked;
  };
  const maskAmong: Masks["maskAmong"] = (tokens, start, place, open, weights) => {
    let masked = false;
    for (const { factor, depth } of at[place] as (typeof at)[number]) {
      const states = statesBefore(factor, depth, tokens, start, open);
      if (states.length === 0) continue;
      const { classOf, classes } = factor.layers[depth] as Layer;
      const leads = new Int8Array(classes).fill(-1);
      classOf.forEach((c, token) => {
        if (leads[c] === -1)
          leads[c] = leadsOn(factor, depth, states, token, { tokens, start, open }) ? 1 : 0;
        if (leads[c] === 1) return;
        weights[token] = 0;
        masked = true;
      });
    }
    return masked;
  };
  return {
    mask,
    maskAmong,
    besides: (place) => besides[place] as Int32Array,
    settle: (table, tokens, rng) =>
      tuples.reduce((made, known, k) => {
        const settled = new Set(tuples.slice(0, k).flatMap((before) => before.columns));
        return settledLevels(made, known, codec, { tokens, settled }, rng);
      }, table),
    save: () => ({
      factors: factors.map(saveFactor),
      tuples: tuples.map(saveTuples),
    }),
  };
}

/** The tokens that lead nowhere from each state. */
function barredBy({ classOf, classes, next }: Layer): Int32Array[] {
  const tokens = Int32Array.from(classOf.keys());
  return Array.from({ length: next.length / classes }, (_, state) =>
    tokens.filter((token) => (next[state * classes + (classOf[token] as number)] as number) < 0),
  );
}

interface Row {
  readonly tokens: Int32Array;
  readonly start: number;
  readonly open: Uint8Array;
}

/** The states that the row may be in before layer `depth`, where open places may have any token. */
function statesBefore(
  factor: Factor,
  depth: number,
  tokens: Int32Array,
  start: number,
  open: Uint8Array,
): number[] {
  const own = factor.places[depth] as number;
  let states = [0];
  for (let k = 0; k < depth; k++) {
    const place = factor.places[k] as number;
    // What stands at an open place before this one has been drawn already.
    const drawn = open[place] === 0 || place < own;
    states = drawn ? moved(factor, k, states, tokens[start + place] as number) : anyMoved(factor, k, states);
  }
  return states;
}

function leadsOn(factor: Factor, depth: number, states: readonly number[], token: number, row: Row): boolean {
  let left = moved(factor, depth, states, token);
  for (let k = depth + 1; k < factor.places.length && left.length > 0; k++) {
    const place = factor.places[k] as number;
    left =
      row.open[place] === 1
        ? anyMoved(factor, k, left)
        : moved(factor, k, left, row.tokens[row.start + place] as number);
  }
  return left.length > 0;
}

const moved = (factor: Factor, depth: number, states: readonly number[], token: number): number[] =>
  states.map((state) => step(factor, depth, state, token)).filter((state) => state >= 0);

function anyMoved(factor: Factor, depth: number, states: readonly number[]): number[] {
  const { classes, next } = factor.layers[depth] as Layer;
  const reached = states.flatMap((state) => [...next.subarray(state * classes, (state + 1) * classes)]);
  return [...new Set(reached)].filter((state) => state >= 0);
}

/** Inverse of `Masks.save` for a model with that codec and these places; throws FaultError `model-damaged`. */
export function loadMasks(saved: unknown, codec: TokenCodec, places: Places): Masks {
  const state = asRecord(saved, "masks");
  const factors = asList(state["factors"], "masks").map((factor) => loadFactor(factor, places.counts));
  const tuples = asList(state["tuples"], "masks").map((item) => loadTuples(item, codec));
  return createMasks(factors, tuples, codec, places);
}
