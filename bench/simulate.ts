/**
 * Rows a second of a simulation at level 3, on one core, beside a roof: as many normal draws as it has fields,
 * and nothing else. The two are taken in turn, so that a busy machine slows both; the share of the roof says more than the rows.
 */
import { everyCohort } from "../src/core/clinic/cohorts/cohorts.ts";
import { chunksOf, columnsOf } from "../src/core/clinic/cohorts/simulating/simulate.ts";
import type { Cohort } from "../src/core/clinic/cohorts/cohort.ts";
import { createRng } from "../src/core/math/rng.ts";
import type { Figure } from "./figure.ts";

const ROWS = 100_000;
const ROUNDS = 5;
const GOAL = 200_000;

/** CPU seconds of `work`. */
function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Simulates, and says how many fields each row has. */
function simulated(cohort: Cohort, seed: number): number {
  let fields = 0;
  for (const chunk of chunksOf(cohort, { cohort: cohort.id, level: 3, seed, patients: ROWS }))
    fields = chunk.names.length;
  return fields;
}

function drawn(cells: number, seed: number): number {
  const rng = createRng(seed);
  const values = new Float64Array(4096);
  for (let at = 0; at < cells; at++) values[at % values.length] = rng.normal();
  return values[0] as number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] as number;

export function benchSimulate(): Promise<Figure[]> {
  const figures = everyCohort.flatMap((cohort): Figure[] => {
    const columns = columnsOf(cohort, 3).length;
    const [speeds, shares]: [number[], number[]] = [[], []];
    const fields = simulated(cohort, 0);
    for (let round = 1; round <= ROUNDS; round++) {
      const roof = secondsOf(() => drawn(ROWS * fields, round));
      const own = secondsOf(() => simulated(cohort, round));
      speeds.push(ROWS / own);
      shares.push(roof / own);
    }
    const note = `${columns} columns, ${fields} fields, ${ROWS.toLocaleString("en-US")} rows; median of ${ROUNDS}, one core`;
    return [
      {
        what: `${cohort.id}: rows a second`,
        value: Math.round(median(speeds)),
        unit: "1/s",
        goal: { least: GOAL },
        note,
      },
      {
        what: `${cohort.id}: share of the speed of drawing as many normals`,
        value: median(shares),
        unit: "",
      },
    ];
  });
  return Promise.resolve(figures);
}
