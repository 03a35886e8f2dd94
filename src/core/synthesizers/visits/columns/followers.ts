import { LEAST_SHARED } from "../../../codec/columns/column-code.ts";
import { asIndex, asList, asNumber, asRecord, damaged } from "../../../codec/saved-state.ts";
import type { VisitRows } from "./visit-rows.ts";

/** Tokens that usually follow another, the most frequent first: as "the second usual one" they are few choices among many. */
export const FOLLOWERS = 8;

export interface Followers {
  /** tokens x FOLLOWERS: which follow, -1 = none */
  readonly tokens: Int32Array;
  /** the same: log of how much likelier than after any token the first, second, ... usual one is after this one */
  readonly logs: Float32Array;
}

/** Share of what follows a token, and how much likelier than by itself, from which a token is a usual follower. */
const LEAST_SHARE = 0.05;
const LEAST_RATIO = 2;
const SHRINKAGE = 4;

interface Pair {
  readonly to: number;
  rows: number;
  readonly patients: Set<number>;
}

/** What five patients or more have in common. */
export function learnFollowers(
  tokens: Int32Array,
  { starts, patients }: VisitRows,
  count: number,
): Followers {
  const pairs = Array.from({ length: count }, () => new Map<number, Pair>());
  const before = new Float64Array(count);
  const after = new Float64Array(count);
  tokens.forEach((to, r) => {
    const patient = patients[r] as number;
    if (starts[patient] === r) return;
    const from = tokens[r - 1] as number;
    before[from] = (before[from] as number) + 1;
    after[to] = (after[to] as number) + 1;
    const pair = pairs[from]?.get(to) ?? { to, rows: 0, patients: new Set() };
    pair.rows++;
    if (pair.patients.size < LEAST_SHARED) pair.patients.add(patient);
    pairs[from]?.set(to, pair);
  });
  const total = after.reduce((sum, rows) => sum + rows, 0);
  const usual = pairs.map((own, from) => {
    const all = before[from] as number;
    return [...own.values()]
      .filter(({ to, rows, patients: shared }) => {
        const alone = (after[to] as number) / total;
        return shared.size >= LEAST_SHARED && rows >= LEAST_SHARE * all && rows / all >= LEAST_RATIO * alone;
      })
      .sort((a, b) => b.rows - a.rows || a.to - b.to)
      .slice(0, FOLLOWERS);
  });
  const followers = new Int32Array(count * FOLLOWERS).fill(-1);
  const logs = new Float32Array(count * FOLLOWERS);
  for (let place = 0; place < FOLLOWERS; place++) {
    const share = (usual.reduce((sum, own) => sum + (own[place]?.rows ?? 0), 0) + 0.5) / (total + 1);
    usual.forEach((own, from) => {
      const rows = own[place]?.rows ?? 0;
      followers[from * FOLLOWERS + place] = own[place]?.to ?? -1;
      logs[from * FOLLOWERS + place] = Math.log(
        (rows + SHRINKAGE * share) / ((before[from] as number) + SHRINKAGE) / share,
      );
    });
  }
  return { tokens: followers, logs };
}

/** The place of `token` among what usually follows `before`; -1 where it is none of them. */
export function placeAmong({ tokens }: Followers, before: number, token: number): number {
  if (before < 0) return -1;
  for (let place = 0; place < FOLLOWERS; place++)
    if (tokens[before * FOLLOWERS + place] === token) return place;
  return -1;
}

export const savedFollowers = ({ tokens, logs }: Followers): unknown => ({
  tokens: [...tokens],
  logs: [...logs],
});

/** Inverse of `savedFollowers`; throws FaultError `model-damaged`. */
export function loadFollowers(saved: unknown, count: number): Followers {
  const state = asRecord(saved, "categories");
  const [tokens, logs] = [asList(state["tokens"], "categories"), asList(state["logs"], "categories")];
  if (tokens.length !== count * FOLLOWERS || logs.length !== tokens.length) return damaged("categories");
  return {
    tokens: Int32Array.from(tokens, (token) => (token === -1 ? -1 : asIndex(token, count, "categories"))),
    logs: Float32Array.from(logs, (log) => asNumber(log, "categories")),
  };
}
