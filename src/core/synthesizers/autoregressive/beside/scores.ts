import { powerScores } from "../../../codec/columns/power-scores.ts";
import type { AnyColumnCode } from "../../../codec/columns/table-code.ts";
import { normalQuantile } from "../../../math/normal.ts";
import { MOST_FREE_TOKENS } from "../heads.ts";

/** What stands for a number's tokens in lines: `powerScores`, or in models of before version 4 normal scores. */
export type ScoreKind = "power" | "normal";

/** Scores of a number's tokens, missing ones 0; undefined for levels, codes and numbers of few tokens. */
export function tokenScores(column: AnyColumnCode, kind: ScoreKind = "power"): Float64Array | undefined {
  if (column.type !== "numeric" || column.nominal || column.code.count <= MOST_FREE_TOKENS) return undefined;
  const { cdf, bins, count } = column.code;
  const scores = new Float64Array(count);
  if (kind === "power") scores.set(powerScores(column.code));
  else
    for (let token = 0; token < bins.length; token++) {
      const u = ((cdf[token] as number) + (cdf[token + 1] as number)) / 2;
      scores[token] = normalQuantile(Math.min(0.999, Math.max(0.001, u)));
    }
  return scores;
}
