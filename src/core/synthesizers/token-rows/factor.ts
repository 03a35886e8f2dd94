import { asIndex, asList, asNumber, asRecord, damaged } from "../../codec/saved-state.ts";

/**
 * Which tokens some places may have together: a decision diagram with one layer a place (Bryant 1986). A row's state is 0
 * before the first of them; a token of class c leads from state s to `next[s * classes + c]`, -1 where no row with it is
 * allowed, whatever comes at the later places.
 */
export interface Factor {
  /** rising */
  readonly places: readonly number[];
  readonly layers: readonly Layer[];
}

export interface Layer {
  readonly classOf: Uint16Array;
  readonly classes: number;
  readonly next: Int32Array;
}

/** A place, how many tokens it has, and which of them are alike. */
export interface FactorPlace {
  readonly place: number;
  readonly classOf: Uint16Array;
}

/** Prefixes of classes that are looked at for one factor at most. */
const MOST_PREFIXES = 200_000;

/**
 * The factor of `places` in which a row is allowed as long as `canHold` says so of each prefix of its tokens' classes:
 * whether any row that begins with it is allowed. Undefined where all rows are, where none is, or where the prefixes are
 * too many.
 */
export function factorOf(
  places: readonly FactorPlace[],
  canHold: (classes: readonly number[]) => boolean,
): Factor | undefined {
  const counts = places.map(({ classOf }) => classOf.reduce((most, c) => Math.max(most, c), 0) + 1);
  if (counts.reduce((product, count) => product * count, 1) > MOST_PREFIXES) return undefined;
  const rows = places.map(() => new Map<string, { at: number; next: number[] }>());
  const prefix: number[] = [];
  const visit = (depth: number): number => {
    if (depth === places.length) return canHold(prefix) ? 0 : -1;
    if (depth > 0 && !canHold(prefix)) return -1;
    const next = Array.from({ length: counts[depth] as number }, (_, c) => {
      prefix.push(c);
      const to = visit(depth + 1);
      prefix.pop();
      return to;
    });
    return next.every((to) => to < 0) ? -1 : stateOf(rows[depth] as Map<string, State>, next);
  };
  if (visit(0) < 0) return undefined;
  return factorFrom(
    places,
    counts,
    rows.map((states) => [...states.values()].map(({ next }) => next)),
  );
}

interface State {
  readonly at: number;
  readonly next: number[];
}

function stateOf(states: Map<string, State>, next: number[]): number {
  const key = next.join(" ");
  const state = states.get(key) ?? { at: states.size, next };
  states.set(key, state);
  return state.at;
}

/** Undefined where every token leads on from every state. */
export function factorFrom(
  places: readonly FactorPlace[],
  counts: readonly number[],
  rows: readonly (readonly (readonly number[])[])[],
): Factor | undefined {
  const layers = places.map(({ classOf }, depth) => ({
    classOf,
    classes: counts[depth] as number,
    next: Int32Array.from((rows[depth] ?? []).flat()),
  }));
  return layers.every(({ next }) => !next.includes(-1))
    ? undefined
    : { places: places.map(({ place }) => place), layers };
}

/** The state after `token` at layer `depth`. */
export function step({ layers }: Factor, depth: number, state: number, token: number): number {
  const { classOf, classes, next } = layers[depth] as Layer;
  return next[state * classes + (classOf[token] as number)] as number;
}

/** The state before layer `depth` of the row of tokens from `start`; -1 where the row is not allowed already. */
export function stateBefore(factor: Factor, depth: number, tokens: Int32Array, start: number): number {
  let state = 0;
  for (let k = 0; k < depth && state >= 0; k++)
    state = step(factor, k, state, tokens[start + (factor.places[k] as number)] as number);
  return state;
}

/** Two places' factors as one: allowed is what both allow. */
export function bothFactors(one: Factor, other: Factor): Factor | undefined {
  const places = one.places.map((place, k) =>
    classesOf(place, one.layers[k] as Layer, other.layers[k] as Layer),
  );
  const likes = places.map(({ like }) => like);
  return factorOf(places, (classes) => {
    let [s, t] = [0, 0];
    for (const [k, c] of classes.entries()) {
      const token = likes[k]?.[c] as number;
      [s, t] = [s < 0 ? -1 : step(one, k, s, token), t < 0 ? -1 : step(other, k, t, token)];
    }
    return s >= 0 && t >= 0;
  });
}

/** Tokens alike in both layers, and one token of each class. */
function classesOf(place: number, a: Layer, b: Layer): FactorPlace & { readonly like: number[] } {
  const seen = new Map<number, number>();
  const like: number[] = [];
  const classOf = Uint16Array.from(a.classOf, (c, token) => {
    const key = c * b.classes + (b.classOf[token] as number);
    const known = seen.get(key) ?? seen.size;
    if (known === seen.size) {
      seen.set(key, known);
      like.push(token);
    }
    return known;
  });
  return { place, classOf, like };
}

/**
 * Of two factors of two places each that end at the same place: what their first places may have together so that a token
 * is left there. Undefined where any pair leaves one.
 */
export function leavingOne(one: Factor, other: Factor): Factor | undefined {
  const [first, second] =
    (one.places[0] as number) < (other.places[0] as number) ? [one, other] : [other, one];
  const tokens = [...(first.layers[1] as Layer).classOf.keys()];
  const begins = (factor: Factor): FactorPlace => {
    const { classOf, classes } = factor.layers[0] as Layer;
    return { place: factor.places[0] as number, classOf: classOf.map((c) => Math.min(c, classes - 1)) };
  };
  const after = (factor: Factor, c: number): number => (factor.layers[0] as Layer).next[c] as number;
  return factorOf([begins(first), begins(second)], ([c, d]) => {
    const s = after(first, c as number);
    if (d === undefined || s < 0) return true;
    const t = after(second, d);
    return t < 0 || tokens.some((token) => step(first, 1, s, token) >= 0 && step(second, 1, t, token) >= 0);
  });
}

/** JSON-safe: classes of tokens and what follows on what; no value of the table. */
export const saveFactor = ({ places, layers }: Factor): unknown => ({
  places,
  layers: layers.map(({ classOf, next }) => ({ classOf: [...classOf], next: [...next] })),
});

/** Inverse of `saveFactor` where place k has `counts[k]` tokens; throws FaultError `model-damaged`. */
export function loadFactor(saved: unknown, counts: readonly number[]): Factor {
  const state = asRecord(saved, "masks");
  const places = asList(state["places"], "masks").map((place) => asIndex(place, counts.length, "masks"));
  const saidLayers = asList(state["layers"], "masks").map((layer) => asRecord(layer, "masks"));
  const rising = places.every((place, k) => k === 0 || place > (places[k - 1] as number));
  if (!rising || places.length === 0 || saidLayers.length !== places.length) return damaged("masks");
  const drafts = saidLayers.map(({ classOf, next }, k) => {
    const count = counts[places[k] as number] as number;
    const own = asList(classOf, "masks").map((c) => asIndex(c, count, "masks"));
    const steps = asList(next, "masks").map((to) => asNumber(to, "masks"));
    const classes = own.reduce((most, c) => Math.max(most, c), 0) + 1;
    if (own.length !== count || steps.length === 0 || steps.length % classes !== 0) return damaged("masks");
    return { classOf: own, classes, steps };
  });
  const layers = drafts.map(({ classOf, classes, steps }, k) => {
    const later = drafts[k + 1];
    const states = later ? later.steps.length / later.classes : 1;
    const sound = steps.every((to) => Number.isInteger(to) && to >= -1 && to < states);
    const leads = Array.from({ length: steps.length / classes }, (_, s) =>
      steps.slice(s * classes, (s + 1) * classes).some((to) => to >= 0),
    );
    if (!sound || leads.includes(false)) return damaged("masks");
    return { classOf: Uint16Array.from(classOf), classes, next: Int32Array.from(steps) };
  });
  return { places, layers };
}
