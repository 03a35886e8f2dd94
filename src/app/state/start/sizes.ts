import type { Level } from "../../../core/clinic/cohorts/simulating/stage.ts";

/** As the simulator has them: fewer patients than these, or more rows, are refused. */
export const FEWEST_PATIENTS = 100;
export const MOST_ROWS = 1_000_000;

const IN_A_DECADE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** Round numbers of patients, about as many to each tenfold: the steps of a slider. */
export const sizes: readonly number[] = [
  ...[100, 1000, 10_000, 100_000].flatMap((decade) => IN_A_DECADE.map((size) => size * decade)),
  MOST_ROWS,
];

/** The most patients whose rows the simulator makes; at level 4 each has several. */
export const mostPatients = (level: Level, rowsPerPatient: number): number =>
  level < 4 ? MOST_ROWS : Math.floor(MOST_ROWS / rowsPerPatient);

/** The steps of the slider up to `most`, which is the last of them. */
export function sizesUpTo(most: number): readonly number[] {
  const below = sizes.filter((size) => size < most);
  return [...below, most];
}

/** The step nearest to `patients`, on a scale of ratios. */
export function nearestStep(steps: readonly number[], patients: number): number {
  const off = steps.map((size) => Math.abs(Math.log(size / patients)));
  return off.indexOf(Math.min(...off));
}
