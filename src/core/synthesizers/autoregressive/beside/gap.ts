import { asIndex, asList, asNumber, asNumbers, asRecord, damaged } from "../../../codec/saved-state.ts";
import type { TokenCodec } from "../../../codec/token.ts";
import type { Places } from "../../token-rows/places.ts";
import type { TokenHead } from "../../token-rows/heads.ts";
import type { Prior } from "./prior.ts";

/**
 * How much likelier a cell is missing where earlier cells of its row are: log odds of a logistic regression, less those of
 * the column's own share. The column's networks say what they learn beside that.
 */
export interface Gap {
  /** earlier places that have a missing token, rising */
  readonly parents: Int32Array;
  /** of a missing cell at each parent */
  readonly weights: Float64Array;
  readonly shift: number;
}

/** A gap's JSON; null where there is none. */
export const savedGap = (gap: Gap | undefined): unknown =>
  gap ? { parents: [...gap.parents], weights: [...gap.weights], shift: gap.shift } : null;

/** Inverse of `savedGap` for every place. Throws FaultError `model-damaged`. */
export function loadGaps(saved: unknown, codec: TokenCodec, { columns }: Places): (Gap | undefined)[] {
  const items = asList(saved, "gaps");
  if (items.length !== columns.length) return damaged("gaps");
  const hasGaps = (place: number): boolean => missingAt(codec, columns[place] as number) >= 0;
  return items.map((item, place) => {
    if (item === null) return undefined;
    const state = asRecord(item, "gaps");
    const parents = Int32Array.from(asList(state["parents"], "gaps"), (one) => asIndex(one, place, "gaps"));
    if (!hasGaps(place) || !parents.every(hasGaps)) return damaged("gaps");
    const weights = asNumbers(state["weights"], "gaps", parents.length);
    return { parents, weights, shift: asNumber(state["shift"], "gaps") };
  });
}

/** `gap` beside the networks of `place`, whose head is `head`. */
export function gapPrior(
  { parents, weights, shift }: Gap,
  codec: TokenCodec,
  { columns }: Places,
  place: number,
  head: TokenHead,
): Prior {
  const missing = parents.map((parent) => missingAt(codec, columns[parent] as number));
  const own = missingAt(codec, columns[place] as number);
  const coefficient = head.basis ? head.coefficients - 1 : own;
  const unit = head.basis ? 1 / (head.basis[coefficient * head.classes + own] as number) : 1;
  return {
    reads: parents,
    follows: false,
    add: (tokens, start, coefficients, at) => {
      let odds = shift;
      for (let k = 0; k < parents.length; k++)
        if (tokens[start + (parents[k] as number)] === missing[k]) odds += weights[k] as number;
      coefficients[at + coefficient] = (coefficients[at + coefficient] as number) + odds * unit;
    },
  };
}

/** The missing token of a column; -1 where it has none. */
export const missingAt = (codec: TokenCodec, column: number): number =>
  codec.code.columns[column]?.code.missing ?? -1;
