import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { squaredDistances } from "../../math/space/nearest.ts";
import type { Points } from "../../math/space/nearest.ts";
import type { Rng } from "../../math/rng.ts";
import { alignColumns } from "../measuring/align.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { patientsPerRow } from "../measuring/patients.ts";
import { rowsInRandomOrder } from "../../table/whole-patients.ts";
import { atMost, columnNames } from "../measuring/bounds.ts";
import { tooFewPatients } from "../measuring/least-rows.ts";
import type { Interval, Metric, Pulse } from "../metric.ts";
import { placeRows } from "../measuring/space.ts";
import { count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const LEAST_ROWS = 20;
const MOST_REFERENCE = 20_000;
/** Cells compared. */
const WORK = 4.5e8;
const TIE = 1e-6;

/**
 * Share of synthetic rows nearer to a training row than to a held-out one, counted as if there were as many of each; .5 = no
 * memory, 1 = every row a copy. All rows of both are looked at: where n of n + h real rows are training rows, a row that copies
 * nobody has its nearest one among them with chance n / (n + h), whatever the columns, and what is above that counts.
 */
export const dcrShare: Metric = {
  id: "dcr-share",
  name: "Closer to training patients than to unseen ones",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0.5,
  margin: 0.03,
  range: [0, 1],
  summary: "Whether synthetic rows lie nearer to the rows that were learned from than to others like them.",
  reference: "Distance to closest record share: Platzer and Reutterer 2021",
  scored: true,
  needs: ["seen", "unseen"],
  limits:
    "Sees closeness in all columns at once: an attribute that leaks in a few columns can pass, and so can copies that were noised.",
  effort: 3,
  claim: () => ({
    not: "pass it on",
    because: "its rows lie closer to training patients than to unseen ones",
  }),

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    if (holdout.rows < LEAST_ROWS || train.rows < LEAST_ROWS) {
      const rows = Math.min(holdout.rows, train.rows);
      return skipped(
        `${count(rows)} rows were ${holdout.rows <= train.rows ? "held out" : "trained on"}; at least ${LEAST_ROWS} are needed.`,
      );
    }
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const few = tooFewPatients({ train, holdout });
    if (few !== undefined) return skipped(few);
    const references = [train, holdout].map((table, i) =>
      shuffled(table, MOST_REFERENCE, rng.fork(`rows ${i}`)),
    );
    const width = (references[0]?.rows ?? 0) + (references[1]?.rows ?? 0);
    const most = Math.max(300, Math.min(3000, Math.floor(WORK / width / train.columns.length)));
    const asked = atMost(synthetic, most, rng.fork("synthetic"));
    const columns = alignColumns([...references, asked], columnNames(train));
    const [trained, held, queries] = placeRows(columns, 3) as [Points, Points, Points];
    const weights = await nearestWeights(queries, trained, held, pulse);
    const found = shareOf(
      weights,
      references.map(({ patients }) => patients),
      asked.rows * patientsPerRow(asked),
    );
    return {
      ...besideReal(
        "lower",
        found.value,
        found.interval,
        { value: 0.5, interval: found.byChance },
        (share) => 100 - 200 * Math.max(0, share - 0.5),
        { low: found.interval.low - 0.5, high: found.interval.high - 0.5 },
      ),
      sentence:
        `Counted as if there were as many of both, ${percentage(found.value)} of synthetic rows lie nearer to a training row ` +
        `than to a held-out one; 50% is expected of rows that copy nobody, 100% of copies.`,
      ...(synthetic.rows > most || train.rows > MOST_REFERENCE
        ? {
            note:
              `“Closer to training patients than to unseen ones” asks for ${count(Math.min(most, synthetic.rows))} synthetic rows ` +
              `among ${count(width)} real ones, drawn at random.`,
          }
        : {}),
    };
  },
};

/** At most `most` rows in random order; a patient's rows lie beside each other. */
const shuffled = (table: Table, most: number, rng: Rng): Table =>
  takeRows(table, rowsInRandomOrder(table.rows, rng, table.patients).slice(0, most));

/**
 * For each row of both tables, the share of the rows of `from` that it is nearest to; equally near rows share theirs. All
 * shares together are 1.
 */
async function nearestWeights(
  from: Points,
  trained: Points,
  held: Points,
  pulse: Pulse,
): Promise<readonly [Float64Array, Float64Array]> {
  const sides = [trained, held].map((to) => ({
    to,
    distances: new Float32Array(to.rows),
    weights: new Float64Array(to.rows),
  }));
  for (let row = 0; row < from.rows; row++) {
    let least = Infinity;
    for (const { to, distances } of sides) {
      squaredDistances(from, row, to, distances);
      for (const distance of distances) if (distance < least) least = distance;
    }
    const bar = (Math.sqrt(least) + TIE) ** 2;
    let near = 0;
    for (const { distances } of sides) for (const distance of distances) if (distance <= bar) near++;
    for (const { distances, weights } of sides) {
      for (let k = 0; k < distances.length; k++)
        if ((distances[k] as number) <= bar) weights[k] = (weights[k] as number) + 1 / near / from.rows;
    }
    await pulse();
  }
  return sides.map(({ weights }) => weights) as [Float64Array, Float64Array];
}

/**
 * The share with its 95% interval, and what chance gives 90% of the time. The odds of the held-out side go by the sums of
 * independent patients' weights, so their logarithm has the errors of both sums; the held-out sum is at least as uncertain as
 * the count of the rows that make it up.
 * @param whose the patients of both tables' rows, where they have several
 * @param asked how many synthetic patients the weights are of
 */
function shareOf(
  weights: readonly [Float64Array, Float64Array],
  whose: readonly (Int32Array | undefined)[],
  asked: number,
): { value: number; interval: Interval; byChance: Interval } {
  const [trained, held] = weights.map((side, i) => patientSums(side, whose[i])) as [Sums, Sums];
  const usual = trained.rows / (trained.rows + held.rows);
  const equalised = (share: number): number =>
    Math.max(0, Math.min(1, 0.5 + (0.5 * (share - usual)) / (1 - usual)));
  const at = (logOdds: number): number => equalised(1 / (1 + Math.exp(logOdds)));
  const least = 0.5 / asked;
  const ofHeld = Math.max(least, held.total);
  const error = Math.hypot(
    Math.sqrt(trained.variance) / Math.max(least, trained.total),
    Math.max(Math.sqrt(held.variance) / ofHeld, 1 / Math.sqrt(asked * ofHeld)),
  );
  const value = equalised(trained.total);
  const centre = Math.log(ofHeld / Math.max(least, trained.total));
  const plain = Math.log(held.rows / trained.rows);
  return {
    value,
    interval: {
      low: Math.min(value, at(centre + Z95 * error)),
      high: Math.max(value, at(centre - Z95 * error)),
    },
    byChance: { low: at(plain + Z90 * error), high: at(plain - Z90 * error) },
  };
}

interface Sums {
  readonly rows: number;
  readonly total: number;
  /** of the total, patients being the units and their rows the size of each */
  readonly variance: number;
}

function patientSums(weights: Float64Array, whose: Int32Array | undefined): Sums {
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = weights.length > 0 ? total / weights.length : 0;
  const excess = new Map<number, number>();
  weights.forEach((weight, row) => {
    const patient = whose?.[row] ?? row;
    excess.set(patient, (excess.get(patient) ?? 0) + weight - mean);
  });
  const squares = [...excess.values()].reduce((sum, x) => sum + x * x, 0);
  return {
    rows: weights.length,
    total,
    variance: (squares * excess.size) / Math.max(1, excess.size - 1),
  };
}
