import { breathe } from "../math/breathe.ts";
import { percentileInterval } from "../math/intervals.ts";
import { leastOf, squaredDistances } from "../math/nearest.ts";
import type { Points, Space } from "../math/nearest.ts";
import type { Rng } from "../math/rng.ts";
import { alignColumns } from "./align.ts";
import { atMost, columnNames } from "./bounds.ts";
import type { Interval, Metric, Pulse } from "./metric.ts";
import { placeRows } from "./space.ts";
import { count, judged, percentage, skipped } from "./verdict.ts";

const LEAST_ROWS = 20;
const MOST_REFERENCE = 20_000;
/** Cells compared for the synthetic rows; as many again for the reference. */
const WORK = 4e8;
const FULL_DRAWS = 5;
const HALF_DRAWS = 20;
const RESAMPLES = 400;
const TIE = 1e-6;

/** Share of synthetic rows nearer to a training row than to a held-out one, as many of each; .5 = no memory. */
export const dcrShare: Metric = {
  id: "dcr-share",
  name: "Nearer to training rows",
  family: "privacy",
  better: "lower",
  ideal: 0.5,
  range: [0, 1],
  summary: "Whether synthetic rows lie nearer to the rows that were learned from than to others like them.",
  reference: "Distance to closest record share: Platzer and Reutterer 2021",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    if (holdout.rows < LEAST_ROWS || train.rows < LEAST_ROWS) {
      const rows = Math.min(holdout.rows, train.rows);
      return skipped(
        `${count(rows)} rows were ${holdout.rows <= train.rows ? "held out" : "trained on"}; at least ${LEAST_ROWS} are needed.`,
      );
    }
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const references = [train, holdout].map((table, i) =>
      atMost(table, MOST_REFERENCE, rng.fork(`rows ${i}`)),
    );
    const width = (references[0]?.rows ?? 0) + (references[1]?.rows ?? 0);
    const most = Math.max(300, Math.min(3000, Math.floor(WORK / width / train.columns.length)));
    const asked = atMost(synthetic, most, rng.fork("synthetic"));
    const columns = alignColumns([...references, asked], columnNames(train));
    const { space, points } = placeRows(columns, 3);
    const [trained, held, queries] = points as [Points, Points, Points];
    const own = await nearerShare(space, queries, trained, held, false, rng.fork("own"), pulse);
    const reference = await nearerShare(
      space,
      firstRows(space, held, most),
      trained,
      held,
      true,
      rng.fork("held"),
      pulse,
    );
    return {
      ...judged(
        own.value,
        own.interval(0.95),
        { value: reference.value, interval: reference.interval(0.9) },
        (share) => 100 - 200 * Math.max(0, share - 0.5),
      ),
      sentence:
        `${percentage(own.value)} of synthetic rows are nearer to a training row than to a held-out one; ` +
        `50% is expected, and real rows that were held out give ${percentage(reference.value)}.`,
      ...(synthetic.rows > most || train.rows > MOST_REFERENCE
        ? {
            note:
              `“Nearer to training rows” asks for ${count(Math.min(most, synthetic.rows))} synthetic rows ` +
              `among ${count(width)} real ones, drawn at random.`,
          }
        : {}),
    };
  },
};

function firstRows(space: Space, points: Points, rows: number): Points {
  const kept = Math.min(rows, points.rows);
  return {
    rows: kept,
    numbers: points.numbers.subarray(0, kept * space.numbers),
    codes: points.codes.subarray(0, kept * space.codes),
  };
}

interface Draw {
  readonly trained: Int32Array;
  readonly held: Int32Array;
}

/**
 * The mean over draws of equally many training and held-out rows. The interval comes from half-sized draws of both (their
 * spread is that of the full sets, delete-half jackknife) and a bootstrap of the rows asked for.
 * @param leaveSelfOut the rows asked for are the first held-out ones: each one looks past itself
 */
async function nearerShare(
  space: Space,
  queries: Points,
  trained: Points,
  held: Points,
  leaveSelfOut: boolean,
  rng: Rng,
  pulse: Pulse,
): Promise<{ value: number; interval(share: number): Interval }> {
  const size = Math.min(trained.rows, held.rows);
  const draw = (rows: number): Draw => ({
    trained: rng.choose(trained.rows, leaveSelfOut ? rows - 1 : rows),
    held: rng.choose(held.rows, rows),
  });
  const full = Array.from({ length: FULL_DRAWS }, () => draw(size));
  const half = Array.from({ length: HALF_DRAWS }, () => draw(Math.max(2, Math.floor(size / 2))));
  const draws = [...full, ...half];
  const wins = draws.map(() => new Float32Array(queries.rows));
  const toTrained = new Float32Array(trained.rows);
  const toHeld = new Float32Array(held.rows);
  for (let row = 0; row < queries.rows; row++) {
    squaredDistances(space, queries, row, trained, toTrained);
    squaredDistances(space, queries, row, held, toHeld);
    const except = leaveSelfOut ? row : -1;
    draws.forEach((sets, d) => {
      const a = Math.sqrt(leastOf(toTrained, sets.trained));
      const b = Math.sqrt(leastOf(toHeld, sets.held, except));
      (wins[d] as Float32Array)[row] = Math.abs(a - b) <= TIE ? 0.5 : a < b ? 1 : 0;
    });
    await pulse();
  }
  const share = (d: number): number => (wins[d] as Float32Array).reduce((x, y) => x + y, 0) / queries.rows;
  const value = full.reduce((sum, _, d) => sum + share(d), 0) / full.length;
  const resampled: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const own = wins[FULL_DRAWS + (i % HALF_DRAWS)] as Float32Array;
    let total = 0;
    for (let k = 0; k < queries.rows; k++) total += own[rng.integer(queries.rows)] as number;
    resampled.push(total / queries.rows);
    await pulse();
  }
  const centre = resampled.reduce((a, b) => a + b, 0) / resampled.length;
  return {
    value,
    interval: (part) => {
      const { low, high } = percentileInterval(resampled, part);
      return { low: Math.max(0, value + low - centre), high: Math.min(1, value + high - centre) };
    },
  };
}
