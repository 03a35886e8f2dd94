/**
 * Rows a second from a simulation at level 3 to its table, on one core, beside a roof: as many normal draws as it has fields,
 * and nothing else. The two are taken in turn, so that a busy machine slows both; the share of the roof says more than the rows.
 */
import type { Cohort } from "../src/core/clinic/cohorts/cohort.ts";
import { everyCohort } from "../src/core/clinic/cohorts/cohorts.ts";
import { chunksOf, columnsOf, simulateAtOnce } from "../src/core/clinic/cohorts/simulating/simulate.ts";
import { createRng } from "../src/core/math/rng.ts";
import { quantileSorted } from "../src/core/math/statistics.ts";
import type { Table } from "../src/core/table/table.ts";
import type { Figure } from "./figure.ts";

const ROWS = 100_000;
const ROUNDS = 5;
const GOAL = 200_000;

/** CPU seconds of `work`. */
function secondsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** How many fields each row has. */
function fieldsOf(cohort: Cohort): number {
  for (const chunk of chunksOf(cohort, { cohort: cohort.id, level: 3, seed: 0, patients: ROWS }))
    return chunk.names.length;
  return 0;
}

function drawn(cells: number, seed: number): number {
  const rng = createRng(seed);
  const values = new Float64Array(4096);
  for (let at = 0; at < cells; at++) values[at % values.length] = rng.normal();
  return values[0] as number;
}

const median = (values: readonly number[]): number =>
  quantileSorted(
    values.toSorted((a, b) => a - b),
    0.5,
  );

export function benchSimulate(): Promise<Figure[]> {
  const figures = everyCohort.flatMap((cohort): Figure[] => {
    const columns = columnsOf(cohort, 3).length;
    const [speeds, shares]: [number[], number[]] = [[], []];
    const fields = fieldsOf(cohort);
    const simulated = (seed: number): Table =>
      simulateAtOnce(cohort, { cohort: cohort.id, level: 3, seed, patients: ROWS });
    simulated(0);
    for (let round = 1; round <= ROUNDS; round++) {
      const roof = secondsOf(() => drawn(ROWS * fields, round));
      const own = secondsOf(() => simulated(round));
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
