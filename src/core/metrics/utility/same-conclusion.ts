import { Z95 } from "../../math/intervals.ts";

/** A coefficient of a regression with its standard error. */
export interface Coefficient {
  readonly value: number;
  readonly error: number;
}

/** Odds or hazard ratios this far apart are another size: about a fifth of a standard deviation (Chinn 2000), a small effect. */
const RATIO = 1.5;
/** The same for a mean, in standard deviations of the outcome (Cohen 1988). */
const SMALL_EFFECT = 0.2;

/**
 * The greatest difference of two coefficients that are of one size: log 1.5 for odds and hazard ratios, a fifth of the
 * outcome's standard deviation for a mean.
 * @param spread of the outcome of a linear regression; undefined for a ratio
 */
export const oneSize = (spread: number | undefined): number =>
  spread === undefined ? Math.log(RATIO) : SMALL_EFFECT * spread;

/** 1: above 0, -1: below, 0: cannot be told, at the 5% level. */
const shown = ({ value, error }: Coefficient): number =>
  Math.abs(value) > Z95 * error ? Math.sign(value) : 0;

/**
 * Whether a reader would conclude the same from both: the same direction, significant at the 5% level in both or in neither,
 * and no further apart than `oneSize`. A hazard ratio of 11.1 that comes out as 3.1 is another conclusion, however alike
 * direction and significance are.
 */
export const sameConclusion = (a: Coefficient, b: Coefficient, size: number): boolean =>
  shown(a) === shown(b) && Math.abs(a.value - b.value) <= size;
