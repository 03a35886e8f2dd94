import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import { normalQuantile } from "../../math/normal.ts";

/**
 * What a split of a column's rows is judged by: each of its tokens as a point, so that a split is as good as the squares
 * between its two sides. With one axis a token that is the Gini index.
 */
export interface Outcome {
  readonly tokens: number;
  readonly axes: number;
  /** one axis a token: `points` is the identity and is not written out */
  readonly oneHot: boolean;
  /** tokens x axes */
  readonly points: Float64Array;
}

/** Numbers of at most this many tokens are taken as classes. */
const FEW_TOKENS = 8;
const SPIKE = 0.03;

/**
 * Coded columns and numbers of few tokens: Gini. Other numbers: the normal score z of the middle of their bin,
 * (z^2 - 1) / 2 so that a change of spread counts too, and a flag for missing and each spike of more than 3% of rows.
 */
export function outcomeOf(column: AnyColumnCode): Outcome {
  const { count: tokens, missing, shares } = column.code;
  if (column.type === "coded" || tokens <= FEW_TOKENS)
    return { tokens, axes: tokens, oneHot: true, points: new Float64Array(0) };
  const { cdf, bins } = column.code;
  const flagged = bins.flatMap(({ knots }, i) =>
    knots.length === 1 && (shares[i] as number) > SPIKE ? [i] : [],
  );
  if (missing >= 0) flagged.push(missing);
  const axes = 2 + flagged.length;
  const points = new Float64Array(tokens * axes);
  for (let token = 0; token < tokens; token++) {
    if (token !== missing) {
      const middle = ((cdf[token] as number) + (cdf[token + 1] as number)) / 2;
      const z = normalQuantile(Math.min(0.999, Math.max(0.001, middle)));
      points[token * axes] = z;
      points[token * axes + 1] = (z * z - 1) / 2;
    }
    const flag = flagged.indexOf(token);
    if (flag >= 0) points[token * axes + 2 + flag] = 1;
  }
  return { tokens, axes, oneHot: false, points };
}
