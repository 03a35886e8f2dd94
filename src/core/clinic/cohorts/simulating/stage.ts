import type { Rng } from "../../../math/rng.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Pyramid } from "../population/pyramid.ts";
import type { Rows } from "./rows.ts";

/** Levels build on each other: vitals, labs, conditions and drugs, time. */
export type Level = 1 | 2 | 3 | 4;

/** What a simulation is made with, whatever its size. */
export interface Setting {
  readonly numbers: Numbers;
  readonly pyramid: Pyramid | undefined;
  /** how many hospitals; each has its own mix, devices and missingness */
  readonly hospitals: number;
  /** `one`: every hospital's values in the same units; `own`: in those its laboratory reports */
  readonly units: "one" | "own";
}

/**
 * One step of a simulation. `prepare` reads its numbers once; what it yields fills fields of the rows of one chunk from those
 * that stages before it made. Its stream goes on from chunk to chunk in the order of patients, so that the first patients of
 * a larger simulation are those of a smaller one.
 */
export interface Stage {
  /** names its stream: a change of the name is a change of the patients */
  readonly name: string;
  readonly prepare: (setting: Setting) => (rows: Rows, rng: Rng) => void;
}

/**
 * Level 4: follows patients over time. Its rows are visits (or hours), those of a patient together and in order, with a field
 * `patient` (place of the patient in the chunk) and `visit` (0 for the first), and all fields of patients (`visitsOf`). Once
 * written, steady columns stay as the first visit has them, and that visit is the patient as level 3 shows it.
 */
export interface Course {
  readonly name: string;
  readonly prepare: (setting: Setting) => (patients: Rows, rng: Rng) => Rows;
}
