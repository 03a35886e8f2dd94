import { LEAST_SHARED } from "../../../codec/columns/column-code.ts";
import { asIndex, asList, asRecord } from "../../../codec/saved-state.ts";
import type { CategoryPart } from "./category-part.ts";
import type { VisitRows } from "./visit-rows.ts";

/** Whether there is a number, as a level of the same visit decides. */
export interface Gate {
  /** which category */
  readonly category: number;
  /** of each of its tokens: `NEVER`, `ALWAYS` or `EITHER` */
  readonly present: Uint8Array;
}

export const [NEVER, ALWAYS, EITHER] = [0, 1, 2];

/** Share of the visits whose level decides, and visits on either side, with which a level is a gate. */
const MOSTLY = 0.8;
const LEAST_VISITS = 20;

/**
 * The category that decides in most visits whether there is a value: each of its levels that five patients share has always
 * one or never. `values`: visits x 1, NaN = missing; `tokens`: visits x categories.
 */
export function learnGate(
  values: Float64Array,
  tokens: Int32Array,
  categories: readonly CategoryPart[],
  { patients }: VisitRows,
): Gate | undefined {
  let best: { readonly gate: Gate; readonly decided: number } | undefined;
  categories.forEach(({ code }, category) => {
    const own = values.map((_, r) => tokens[r * categories.length + category] as number);
    const count = Math.max(1, code.count);
    const present = sidesOf(values, own, count, patients);
    for (const token of [code.pooled, code.missing, code.common < 0 ? -1 : code.tokenOf(code.common)])
      if (token >= 0) present[token] = EITHER;
    const visits = [0, 0, 0];
    own.forEach((token) => {
      const side = present[token] as number;
      visits[side] = (visits[side] as number) + 1;
    });
    const [never, always] = visits as [number, number, number];
    const decided = (never + always) / Math.max(1, values.length);
    if (never < LEAST_VISITS || always < LEAST_VISITS || decided < MOSTLY) return;
    if (decided > (best?.decided ?? 0)) best = { gate: { category, present }, decided };
  });
  return best?.gate;
}

function sidesOf(
  values: Float64Array,
  tokens: Float64Array,
  count: number,
  patients: Int32Array,
): Uint8Array {
  const filled = new Int32Array(count);
  const empty = new Int32Array(count);
  const whose = Array.from({ length: count }, () => new Set<number>());
  values.forEach((value, r) => {
    const token = tokens[r] as number;
    const side = Number.isNaN(value) ? empty : filled;
    side[token] = (side[token] as number) + 1;
    if ((whose[token]?.size ?? 0) < LEAST_SHARED) whose[token]?.add(patients[r] as number);
  });
  return Uint8Array.from({ length: count }, (_, token) => {
    if ((whose[token]?.size ?? 0) < LEAST_SHARED) return EITHER;
    if (filled[token] === 0) return NEVER;
    return empty[token] === 0 ? ALWAYS : EITHER;
  });
}

/** Throws FaultError `model-damaged`. */
export function loadGate(saved: unknown): Gate {
  const state = asRecord(saved, "numbers");
  return {
    category: asIndex(state["category"], 1 << 16, "numbers"),
    present: Uint8Array.from(asList(state["present"], "numbers"), (side) => asIndex(side, 3, "numbers")),
  };
}
