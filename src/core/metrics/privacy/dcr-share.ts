import { breathe } from "../../math/breathe.ts";
import { percentileInterval } from "../../math/intervals.ts";
import { leastPerBlock, squaredDistances } from "../../math/space/nearest.ts";
import type { Points } from "../../math/space/nearest.ts";
import type { Rng } from "../../math/rng.ts";
import { alignColumns } from "../measuring/align.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { rowsInRandomOrder } from "../../table/whole-patients.ts";
import { atMost, columnNames } from "../measuring/bounds.ts";
import { tooFewPatients } from "../measuring/least-rows.ts";
import type { Interval, Metric, Pulse } from "../metric.ts";
import { lookPast } from "../measuring/patients.ts";
import { placeRows } from "../measuring/space.ts";
import { count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const LEAST_ROWS = 20;
const MOST_REFERENCE = 20_000;
/** Cells compared for the synthetic rows; half as many again for the reference. */
const WORK = 3e8;
/** Both real tables are cut into blocks of an eighth of the smaller; a draw is a set of blocks. */
const BLOCKS = 8;
const FULL_DRAWS = 10;
const HALF_DRAWS = 40;
const RESAMPLES = 400;
const TIE = 1e-6;

/** Share of synthetic rows nearer to a training row than to a held-out one, as many of each; .5 = no memory. */
export const dcrShare: Metric = {
  id: "dcr-share",
  name: "Closer to training patients than to unseen ones",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  summary: "Whether synthetic rows lie nearer to the rows that were learned from than to others like them.",
  reference: "Distance to closest record share: Platzer and Reutterer 2021",
  scored: true,
  limits:
    "Sees closeness in all columns at once: an attribute that leaks in a few columns can pass, and so can copies that were noised.",
  effort: 3,
  claim: () => "giving to others: synthetic rows lie too near to training rows",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
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
    const halves = valueOnly ? 0 : HALF_DRAWS;
    const synthetics = { points: queries, rows: queries.rows };
    const own = await nearerShare(synthetics, trained, held, halves, rng.fork("own"), pulse);
    const others = {
      points: held,
      rows: Math.min(Math.ceil(most / 2), held.rows),
      among: references[1] as Table,
    };
    const reference = valueOnly
      ? own
      : await nearerShare(others, trained, held, halves, rng.fork("held"), pulse);
    return {
      ...besideReal(
        "lower",
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
              `“Closer to training patients than to unseen ones” asks for ${count(Math.min(most, synthetic.rows))} synthetic rows ` +
              `among ${count(width)} real ones, drawn at random.`,
          }
        : {}),
    };
  },
};

/** At most `most` rows in random order, so that blocks of them are samples; a patient's rows lie beside each other. */
const shuffled = (table: Table, most: number, rng: Rng): Table =>
  takeRows(table, rowsInRandomOrder(table.rows, rng, table.patients).slice(0, most));

/**
 * How often the rows asked are nearer to one of the training rows than to one of as many held-out rows: the mean over
 * draws of training rows. The interval comes from half-sized draws of both (their spread is that of the full sets:
 * delete-half jackknife) and a bootstrap of the rows asked. `halves` = 0: the value only.
 */
async function nearerShare(
  { points, rows: asked, among }: Asked,
  trained: Points,
  held: Points,
  halves: number,
  rng: Rng,
  pulse: Pulse,
): Promise<{ value: number; interval(share: number): Interval }> {
  const size = Math.floor(Math.min(trained.rows, held.rows) / BLOCKS);
  const blocks = Math.floor(trained.rows / size);
  const draw = (taken: number): Draw => ({
    trained: rng.choose(blocks, taken),
    held: rng.choose(BLOCKS, taken),
    wins: new Float32Array(asked),
  });
  const full = Array.from({ length: FULL_DRAWS }, () => draw(BLOCKS));
  const half = Array.from({ length: halves }, () => draw(BLOCKS / 2));
  const distances = [new Float32Array(trained.rows), new Float32Array(held.rows)] as const;
  const nearest = [new Float32Array(blocks), new Float32Array(BLOCKS)] as const;
  for (let row = 0; row < asked; row++) {
    squaredDistances(points, row, trained, distances[0]);
    squaredDistances(points, row, held, distances[1]);
    leastPerBlock(distances[0], size, nearest[0]);
    if (among) lookPast(row, distances[1], among.patients);
    leastPerBlock(distances[1], size, nearest[1]);
    for (const { trained: a, held: b, wins } of [...full, ...half]) {
      wins[row] = nearer(leastAmong(nearest[0], a), leastAmong(nearest[1], b));
    }
    await pulse();
  }
  const shares = full.map(({ wins }) => wins.reduce((x, y) => x + y, 0) / asked);
  const value = shares.reduce((x, y) => x + y, 0) / shares.length;
  if (halves === 0) return { value, interval: () => ({ low: value, high: value }) };
  const resampled = await resample(half, asked, rng, pulse);
  const centre = resampled.reduce((x, y) => x + y, 0) / resampled.length;
  return {
    value,
    interval: (share) => {
      const { low, high } = percentileInterval(resampled, share);
      return { low: Math.max(0, value + low - centre), high: Math.min(1, value + high - centre) };
    },
  };
}

interface Asked {
  readonly points: Points;
  /** the first of them are asked */
  readonly rows: number;
  /** the held-out table, where its rows are asked themselves: each looks past those of its own patient */
  readonly among?: Table;
}

interface Draw {
  readonly trained: Int32Array;
  readonly held: Int32Array;
  /** for each row asked: 1 nearer to training rows, 0 to held-out ones, 1/2 as near */
  readonly wins: Float32Array;
}

function nearer(toTrained: number, toHeld: number): number {
  const [a, b] = [Math.sqrt(toTrained), Math.sqrt(toHeld)];
  if (Math.abs(a - b) <= TIE) return 0.5;
  return a < b ? 1 : 0;
}

function leastAmong(nearest: Float32Array, blocks: Int32Array): number {
  let least = Infinity;
  for (const block of blocks) least = Math.min(least, nearest[block] as number);
  return least;
}

async function resample(draws: readonly Draw[], asked: number, rng: Rng, pulse: Pulse): Promise<number[]> {
  const shares: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const { wins } = draws[i % draws.length] as Draw;
    let total = 0;
    for (let k = 0; k < asked; k++) total += wins[rng.integer(asked)] as number;
    shares.push(total / asked);
    await pulse();
  }
  return shares;
}
