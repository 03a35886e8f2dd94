import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { squaredDistances, type Points } from "../../math/space/nearest.ts";
import { mean } from "../../math/statistics.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { rowsInRandomOrder } from "../../table/whole-patients.ts";
import { alignColumns } from "../measuring/align.ts";
import { columnNames } from "../measuring/bounds.ts";
import { tooFewPatients } from "../measuring/least-rows.ts";
import { lookPast, patientsPerRow } from "../measuring/patients.ts";
import { placeRows } from "../measuring/space.ts";
import { around, besideReal, count, skipped } from "../measuring/verdict.ts";
import type { Metric, Pulse } from "../metric.ts";

const LEAST_ROWS = 20;
const LEAST_SAMPLE = 100;
const DRAWS = 4;
/** Rows share their nearest neighbours: by so much the loss spreads more over tables than independent rows would have it. */
const SHARED = 1.15;
/** Cells compared. */
const WORK = 5e7;

/**
 * Privacy loss by nearest neighbours: how much worse synthetic rows are told from the patients who were learned from than
 * from others, as many of each.
 */
export const nnaa: Metric = {
  id: "nnaa",
  name: "Privacy loss by nearest neighbours",
  family: "privacy",
  criterion: "membership",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [-1, 1],
  summary:
    "Whether synthetic rows mix with the patients who were learned from more than with other patients.",
  reference: "Nearest-neighbour adversarial accuracy and privacy loss: Yale et al. 2020",
  scored: false,
  needs: ["seen", "unseen"],
  limits: "Sees closeness in all columns at once, in the mean over patients.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    const few = Math.min(train.rows, holdout.rows, synthetic.rows);
    if (few < LEAST_ROWS) return skipped(`One of the tables has fewer than ${LEAST_ROWS} rows.`);
    const alike = tooFewPatients({ train, holdout });
    if (alike !== undefined) return skipped(alike);
    const most = Math.sqrt(WORK / (6 * DRAWS * Math.max(1, train.columns.length)));
    const size = Math.min(few, Math.max(LEAST_SAMPLE, Math.floor(most)));
    const drawn = [train, holdout, synthetic].map((table, i) =>
      takeRows(
        table,
        rowsInRandomOrder(table.rows, rng.fork(`rows ${i}`), table.patients).subarray(0, DRAWS * size),
      ),
    ) as [Table, Table, Table];
    const placed = placeRows(alignColumns(drawn, columnNames(train)), 3) as [Points, Points, Points];
    const sides = placed.map((points, i) => blocksOf(points, drawn[i] as Table, size));
    const draws = Math.max(...sides.map(({ length }) => length));
    const won: Won[] = [];
    for (let draw = 0; draw < draws; draw++) {
      const [a, b, c] = sides.map((blocks) => blocks[draw % blocks.length] as Block);
      won.push(await contest(a as Block, b as Block, c as Block, pulse));
    }
    const average = (of: (one: Won) => Float64Array): number => mean(won.map((one) => mean(of(one))));
    const accuracy = {
      train: (average((w) => w.train) + average((w) => w.madeFromTrain)) / 2,
      held: (average((w) => w.held) + average((w) => w.madeFromHeld)) / 2,
    };
    const value = accuracy.held - accuracy.train;
    const error = errorOf(
      won,
      size,
      sides.map(({ length }) => length),
      drawn,
    );
    const range = [-1, 1] as const;
    const interval = around(value, Z95 * error, range);
    return {
      ...besideReal(
        "lower",
        value,
        interval,
        { value: 0, interval: around(0, Z90 * error, range) },
        (loss) => 100 - 200 * Math.max(0, loss),
        interval,
      ),
      sentence:
        `By nearest neighbours, synthetic rows are told from the patients who were learned from with an accuracy of ` +
        `${accuracy.train.toFixed(3)} and from held-out patients with ${accuracy.held.toFixed(3)}: a privacy loss of ${value.toFixed(3)}.`,
      detail: {
        type: "figures",
        rows: [
          {
            name: "Adversarial accuracy",
            unit: "number",
            synthetic: { value: accuracy.train },
            baseline: { value: accuracy.held },
            chance: 0.5,
            note: "patients who were learned from, beside held-out ones",
          },
        ],
      },
      ...(few > size || train.rows > DRAWS * size
        ? { note: `“${this.name}” is the mean of ${draws} draws of ${count(size)} rows of each table.` }
        : {}),
    };
  },
};

interface Block {
  readonly points: Points;
  readonly whose: Int32Array | undefined;
}

function blocksOf({ rows, numbers, codes }: Points, { patients }: Table, size: number): Block[] {
  return Array.from({ length: Math.floor(rows / size) }, (_, block) => {
    const [from, to] = [block * size, (block + 1) * size];
    return {
      points: {
        rows: size,
        numbers: numbers.map((column) => column.subarray(from, to)),
        codes: codes.map((column) => column.subarray(from, to)),
      },
      whose: patients?.subarray(from, to),
    };
  });
}

/** For each row 1 where its nearest neighbour is of its own table, which is what a guesser goes by. */
interface Won {
  readonly train: Float64Array;
  readonly held: Float64Array;
  readonly madeFromTrain: Float64Array;
  readonly madeFromHeld: Float64Array;
}

async function contest(train: Block, held: Block, made: Block, pulse: Pulse): Promise<Won> {
  const within = [
    await nearest(train, train, pulse),
    await nearest(held, held, pulse),
    await nearest(made, made, pulse),
  ] as const;
  const across = [await nearest(train, made, pulse), await nearest(held, made, pulse)] as const;
  const back = [await nearest(made, train, pulse), await nearest(made, held, pulse)] as const;
  const nearer = (other: Float64Array, own: Float64Array): Float64Array =>
    other.map((distance, row) => (distance > (own[row] as number) ? 1 : 0));
  return {
    train: nearer(across[0], within[0]),
    held: nearer(across[1], within[1]),
    madeFromTrain: nearer(back[0], within[2]),
    madeFromHeld: nearer(back[1], within[2]),
  };
}

/** Squared distance of each row to the nearest row of `to`, of another patient where it is its own table. */
async function nearest(from: Block, to: Block, pulse: Pulse): Promise<Float64Array> {
  const distances = new Float32Array(to.points.rows);
  const found = new Float64Array(from.points.rows);
  for (let row = 0; row < found.length; row++) {
    squaredDistances(from.points, row, to.points, distances);
    if (from === to) lookPast(row, distances, from.whose);
    found[row] = least(distances);
    await pulse();
  }
  return found;
}

function least(distances: Float32Array): number {
  let nearest = Infinity;
  for (let i = 0; i < distances.length; i++)
    if ((distances[i] as number) < nearest) nearest = distances[i] as number;
  return nearest;
}

/** Standard error of the privacy loss: rows of the three tables count as independent, but for `SHARED`; those of a patient do not. */
function errorOf(
  won: readonly Won[],
  size: number,
  blocks: readonly number[],
  [train, holdout]: readonly [Table, Table, Table],
): number {
  const variance = (of: (one: Won) => Float64Array): number =>
    mean(
      won.map((one) => {
        const values = of(one);
        const centre = mean(values);
        return mean(values.map((value) => (value - centre) ** 2));
      }),
    );
  const [a, b, c] = blocks.map((n) => size * n) as [number, number, number];
  const ofTrain = variance((w) => w.train) / (a * patientsPerRow(train));
  const ofHeld = variance((w) => w.held) / (b * patientsPerRow(holdout));
  const ofMade =
    variance(({ madeFromTrain, madeFromHeld }) =>
      madeFromHeld.map((value, row) => value - (madeFromTrain[row] as number)),
    ) / c;
  return (SHARED * Math.sqrt(ofTrain + ofHeld + ofMade)) / 2;
}
