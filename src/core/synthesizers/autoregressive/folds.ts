import type { Rng } from "../../math/rng.ts";
import { partsOf } from "../../table/whole-patients.ts";
import { holdOutTenth } from "../training/validation-rows.ts";

/** Which rows each member learns from and which judge it. */
export interface Folds {
  readonly members: number;
  /** rows that steps are drawn from */
  readonly learned: Int32Array;
  /** rows that held-out likelihood is measured on */
  readonly judged: Int32Array;
  /** share of `learned` that one member learns from */
  readonly shareLearned: number;
  holdsOut(member: number, row: number): boolean;
}

const MOST_JUDGED = 2000;

/**
 * One member: a tenth of the rows is held out. Several: random permutations are cut in
 * `folds` parts, and each member holds one part out, so that every row is held out by members / folds of them. Rows of
 * one patient (`patients`, where they are known) are held out together.
 */
export function foldsFor(
  rows: number,
  members: number,
  folds: number,
  rng: Rng,
  patients?: Int32Array,
): Folds {
  if (members === 1) {
    const { train, validation } = holdOutTenth(rows, rng, patients);
    const held = new Set(validation);
    return {
      members,
      learned: train.sort(),
      judged: validation.slice(0, MOST_JUDGED).sort(),
      shareLearned: 1,
      holdsOut: (_member, row) => held.has(row),
    };
  }
  const part = new Uint8Array(members * rows);
  for (let first = 0; first < members; first += folds) {
    const fold = partsOf(rows, folds, rng, patients);
    for (let member = first; member < Math.min(members, first + folds); member++)
      for (let row = 0; row < rows; row++) part[member * rows + row] = fold[row] === member - first ? 1 : 0;
  }
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  return {
    members,
    learned: all,
    judged: all,
    shareLearned: 1 - 1 / folds,
    holdsOut: (member, row) => part[member * rows + row] === 1,
  };
}
