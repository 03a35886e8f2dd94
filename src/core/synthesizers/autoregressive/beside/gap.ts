import { asIndex, asList, asNumber, asNumbers, asRecord, damaged } from "../../../codec/saved-state.ts";
import type { TokenCodec } from "../../../codec/token.ts";
import type { Places } from "../../token-rows/places.ts";
import type { TokenHead } from "../heads.ts";

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

/** A gap as it is added to its column's coefficients. */
export interface PlannedGap extends Gap {
  /** the missing token of each parent */
  readonly missing: Int32Array;
  /** the coefficient of the missing token, and what one nat of it is there */
  readonly coefficient: number;
  readonly unit: number;
}

/** A gap's JSON; null where there is none. */
export const savedGap = (gap: Gap | undefined): unknown =>
  gap ? { parents: [...gap.parents], weights: [...gap.weights], shift: gap.shift } : null;

/** Inverse of `savedGap` for every place; undefined for a model without gaps. Throws FaultError `model-damaged`. */
export function loadGaps(saved: unknown, codec: TokenCodec, { columns }: Places): (Gap | undefined)[] {
  if (saved === undefined) return columns.map(() => undefined);
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

/** `gap` ready to be added to the coefficients of `head`, the head of `place`. */
export function planGap(
  gap: Gap,
  codec: TokenCodec,
  { columns }: Places,
  place: number,
  head: TokenHead,
): PlannedGap {
  const missing = gap.parents.map((parent) => missingAt(codec, columns[parent] as number));
  const own = missingAt(codec, columns[place] as number);
  if (!head.basis) return { ...gap, missing, coefficient: own, unit: 1 };
  const coefficient = head.coefficients - 1;
  return { ...gap, missing, coefficient, unit: 1 / (head.basis[coefficient * head.classes + own] as number) };
}

/** Adds the gap of the row from `start` to a column's coefficients. */
export function addGap(
  { parents, weights, shift, missing, coefficient, unit }: PlannedGap,
  tokens: ArrayLike<number>,
  start: number,
  coefficients: Float32Array | Float64Array,
  at = 0,
): void {
  let odds = shift;
  for (let k = 0; k < parents.length; k++)
    if (tokens[start + (parents[k] as number)] === missing[k]) odds += weights[k] as number;
  coefficients[at + coefficient] = (coefficients[at + coefficient] as number) + odds * unit;
}

/** The missing token of a column; -1 where it has none. */
export const missingAt = (codec: TokenCodec, column: number): number =>
  codec.code.columns[column]?.code.missing ?? -1;
