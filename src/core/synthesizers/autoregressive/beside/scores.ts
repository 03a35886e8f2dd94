import { powerScores } from "../../../codec/columns/power-scores.ts";
import type { AnyColumnCode } from "../../../codec/columns/table-code.ts";
import { MOST_FREE_TOKENS } from "../../token-rows/heads.ts";

/** Scores of a number's tokens, missing ones 0; undefined for levels, codes and numbers of few tokens. */
export function tokenScores(column: AnyColumnCode): Float64Array | undefined {
  if (column.type !== "numeric" || column.nominal || column.code.count <= MOST_FREE_TOKENS) return undefined;
  const scores = new Float64Array(column.code.count);
  scores.set(powerScores(column.code));
  return scores;
}
