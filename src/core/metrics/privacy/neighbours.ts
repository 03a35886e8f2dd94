import { leastDistances, squaredDistances } from "../../math/space/nearest.ts";
import type { Points } from "../../math/space/nearest.ts";
import { createRng } from "../../math/rng.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { halvesOf } from "../../table/whole-patients.ts";
import { alignColumns } from "../measuring/align.ts";
import { columnNames } from "../measuring/bounds.ts";
import { lookPast } from "../measuring/patients.ts";
import type { Pulse, Tables } from "../metric.ts";
import { placeRows } from "../measuring/space.ts";
import { count } from "../measuring/verdict.ts";

/** Nearest neighbours that are kept of each row. */
const KEPT = 3;
const MOST_ASKED = 1500;
const LEAST_ASKED = 300;
const MOST_TARGETS = 20_000;
const LEAST_TARGETS = 2000;
/** Cells of the rows that are asked among. */
const TARGET_CELLS = 300_000;
/** Cells compared by one question to both tables that are asked. */
const WORK = 4.5e8;

/** Distances of rows, in random order, to their nearest (`[0]`), second and third nearest among others. */
export type Nearest = readonly [Float64Array, Float64Array, Float64Array];

/**
 * How near the rows of the three tables are to each other, in `placeRows`' space. The holdout is halved at random,
 * between patients: the `reference` half stands for the population, the `scored` half for patients who were not learned from.
 */
export interface Neighbours {
  /** rows of each table that are asked at most, and among how many */
  readonly asked: number;
  readonly among: number;
  /** rows of the scored half that are asked; they come first where the holdout is asked */
  readonly scored: number;
  /** the rows of train that are asked, as row numbers of the table */
  readonly trainRows: Int32Array;
  /** whose the rows of train (`members`) and of the scored half (`others`) are, where patients have several */
  readonly whose: { readonly members: Int32Array | undefined; readonly others: Int32Array | undefined };
  /** the tables whose first rows are asked: of train, and the scored half of the holdout */
  readonly tables: { readonly members: Table; readonly others: Table };
  /** synthetic rows among train, and train among itself: past each row, and past the other rows of its patient */
  toTrain(pulse: Pulse): Promise<{ readonly synthetic: Nearest; readonly train: Nearest }>;
  toSynthetic(pulse: Pulse): Promise<{ readonly train: Nearest; readonly holdout: Nearest }>;
  /** train and the scored half, among the reference half */
  toReference(pulse: Pulse): Promise<{ readonly train: Nearest; readonly holdout: Nearest }>;
}

const kept = new WeakMap<Table, { tables: Tables; neighbours: Neighbours }>();

/**
 * The neighbours of three tables, found once for all metrics that ask: the rows are drawn by a seed of their own, so
 * that who asks first makes no difference.
 */
export function neighboursOf(tables: Tables): Neighbours {
  const known = kept.get(tables.synthetic);
  if (known && known.tables.train === tables.train && known.tables.holdout === tables.holdout) {
    return known.neighbours;
  }
  const neighbours = prepare(tables);
  kept.set(tables.synthetic, { tables: { ...tables }, neighbours });
  return neighbours;
}

/** What the numbers rest on, where not every row is asked. */
export function askedNote(subject: string, { asked, among }: Neighbours, tables: Tables): { note?: string } {
  const rows = [tables.train.rows, tables.holdout.rows, tables.synthetic.rows];
  if (rows.every((n) => n <= asked)) return {};
  return {
    note:
      `${subject} asks at most ${count(asked)} rows of each table among at most ${count(among)} ` +
      `of another, drawn at random.`,
  };
}

function prepare({ train, holdout, synthetic }: Tables): Neighbours {
  const rng = createRng(20231);
  const columns = Math.max(1, train.columns.length);
  const among = Math.max(LEAST_TARGETS, Math.min(MOST_TARGETS, Math.floor(TARGET_CELLS / columns)));
  const asked = Math.max(LEAST_ASKED, Math.min(MOST_ASKED, Math.floor(WORK / (2 * among * columns))));
  const trainRows = rng.fork("train").choose(train.rows, Math.min(among, train.rows));
  const syntheticRows = rng.fork("synthetic").choose(synthetic.rows, Math.min(among, synthetic.rows));
  const halves = halvesOf(holdout, among, rng.fork("holdout"));
  const drawn = [takeRows(train, trainRows), ...halves, takeRows(synthetic, syntheticRows)];
  const placed = placeRows(alignColumns(drawn, columnNames(train)), drawn.length);
  const [trained, reference, scored, made] = placed as [Points, Points, Points, Points];
  const held = async (to: Points, pulse: Pulse): Promise<Nearest> => {
    const first = await nearest(scored, asked, to, pulse);
    return joined(first, await nearest(reference, asked - first[0].length, to, pulse));
  };
  return {
    asked,
    among,
    scored: Math.min(asked, scored.rows),
    trainRows: trainRows.slice(0, asked),
    whose: { members: drawn[0]?.patients, others: halves[1].patients },
    tables: { members: drawn[0] as Table, others: halves[1] },
    toTrain: once(async (pulse) => ({
      synthetic: await nearest(made, asked, trained, pulse),
      train: await nearest(trained, asked, trained, pulse, (row, distances) =>
        lookPast(row, distances, drawn[0]?.patients),
      ),
    })),
    toSynthetic: once(async (pulse) => ({
      train: await nearest(trained, asked, made, pulse),
      holdout: await held(made, pulse),
    })),
    toReference: once(async (pulse) => ({
      train: await nearest(trained, asked, reference, pulse),
      holdout: await nearest(scored, asked, reference, pulse),
    })),
  };
}

/** The value of `find`, found at the first call that was not cancelled. */
function once<T>(find: (pulse: Pulse) => Promise<T>): (pulse: Pulse) => Promise<T> {
  let found: T | undefined;
  return async (pulse) => (found ??= await find(pulse));
}

/** The nearest among `to` of the first rows of `from`, at most `most` of them; `past` takes away those that do not count. */
async function nearest(
  from: Points,
  most: number,
  to: Points,
  pulse: Pulse,
  past?: (row: number, distances: Float32Array) => void,
): Promise<Nearest> {
  const rows = Math.min(from.rows, Math.max(0, most));
  const found = Array.from({ length: KEPT }, () => new Float64Array(rows));
  const distances = new Float32Array(to.rows);
  const least = new Float64Array(KEPT);
  for (let row = 0; row < rows; row++) {
    squaredDistances(from, row, to, distances);
    past?.(row, distances);
    leastDistances(distances, least);
    found.forEach((column, k) => (column[row] = Math.sqrt(least[k] as number)));
    await pulse();
  }
  return found as [Float64Array, Float64Array, Float64Array];
}

function joined(a: Nearest, b: Nearest): Nearest {
  const [first, second, third] = a.map((column, k) => Float64Array.of(...column, ...(b[k] as Float64Array)));
  return [first, second, third] as Nearest;
}
