import { breathe } from "../../../math/breathe.ts";
import type { Rng } from "../../../math/rng.ts";
import type { ColumnCondition } from "../../requests/check.ts";
import { allowedTokens } from "../noisy-columns/allowed-tokens.ts";
import type { NoisyColumns } from "../noisy-columns/noisy-columns.ts";
import type { Groups } from "./groups.ts";

/** For each column that has a condition, 1 for each token that has a cell which may meet it. */
export const tokensAllowed = (
  { columns }: NoisyColumns,
  where: readonly ColumnCondition[],
): (Uint8Array | undefined)[] =>
  columns.map((column, j) => {
    const condition = where.find((one) => one.column === j);
    return condition && allowedTokens(column, condition);
  });

interface Drawn {
  readonly columns: NoisyColumns;
  readonly groups: readonly Groups[];
  readonly allowed: readonly (Uint8Array | undefined)[] | undefined;
}

/** Tokens of each column within the groups that were drawn (rows x columns), by how often they come. */
export async function tokenDraws(
  { columns, groups, allowed }: Drawn,
  drawn: Int32Array,
  rows: number,
  rng: Rng,
): Promise<Int32Array[]> {
  const width = groups.length;
  const made: Int32Array[] = [];
  for (const [j, { of, count }] of groups.entries()) {
    const shares = columns.columns[j]?.shares ?? new Float64Array(0);
    const open = allowed?.[j];
    const members = Array.from({ length: count }, (_, group) =>
      [...of.keys()].filter((token) => of[token] === group && (open === undefined || open[token] === 1)),
    );
    const weights = members.map((tokens) => tokens.map((token) => shares[token] as number));
    made.push(
      Int32Array.from({ length: rows }, (_, i) => {
        const group = drawn[i * width + j] as number;
        const tokens = members[group] as number[];
        if (tokens.length <= 1) return tokens[0] ?? of.indexOf(group);
        return tokens[rng.weighted(weights[group] as number[])] as number;
      }),
    );
    await breathe();
  }
  return made;
}
