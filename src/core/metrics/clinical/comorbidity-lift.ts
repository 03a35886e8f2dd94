import { affirms } from "../../clinic/rules/concepts/level-words.ts";
import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { alignColumns, countCodes } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { BLOCKS, blocksOf, jackknifed } from "../measuring/blocks.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import type { Detail, Metric } from "../metric.ts";
import { LEAST_PATIENTS, isFew, patientsIn, patientsPerRow } from "../measuring/patients.ts";
import { agreement, ratioInterval } from "../measuring/ratio.ts";
import { around, count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 20_000;
const MOST_COLUMNS = 80;
const MOST_PAIRS = 500;
const MOST_LISTED = 30;
const [HOLDOUT, SYNTHETIC] = [1, 2] as const;

/** For pairs of yes/no columns, how often they come together against chance: lift P(a, b) / (P(a) P(b)), real against synthetic. */
export const comorbidityLift: Metric = {
  id: "comorbidity-lift",
  name: "Conditions that come together",
  family: "clinical",
  better: "higher",
  ideal: 1,
  margin: 0.1,
  range: [0, 1],
  summary:
    "Whether diseases, treatments and outcomes come together as often, against chance, as among the training rows.",
  reference: "Lift, or relative comorbidity: Brin et al. 1997; Hidalgo et al. 2009; compared beyond chance",
  scored: false,
  limits: "Pairs of yes/no columns only; rare pairs are left out.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const taken = given.map((table, i) => atMost(table, MOST_ROWS, rng.fork(`rows ${i}`)));
    const marks = alignColumns(taken, columnNames(train)).flatMap(marksOf).slice(0, MOST_COLUMNS);
    if (marks.length < 2) return skipped("Fewer than two columns hold yes or no.");
    await pulse();
    const blocks = taken.map(({ rows, patients }, i) => blocksOf(rows, rng.fork(`blocks ${i}`), patients));
    const all = marks.flatMap((a, i) => marks.slice(i + 1).map((b) => [a, b] as const));
    const chosen =
      all.length <= MOST_PAIRS
        ? all
        : [...rng.fork("pairs").choose(all.length, MOST_PAIRS)].map((i) => all[i] as (typeof all)[number]);
    const worth = taken.map(patientsPerRow);
    const pairs: Pair[] = [];
    for (const [a, b] of chosen) {
      await pulse();
      const real = crossed(a, b, 0, blocks[0] as Uint8Array);
      const patients = patientsCrossed(a, b, taken[0]?.patients);
      if (!tellable(real, patients)) continue;
      const cells = [real, ...[HOLDOUT, SYNTHETIC].map((t) => crossed(a, b, t, blocks[t] as Uint8Array))];
      pairs.push({ name: `${a.name} + ${b.name}`, patients: patients[3] as number, cells, worth });
    }
    if (pairs.length === 0)
      return skipped("No two yes/no columns come together, and apart, in 5 patients or more.");
    await pulse();
    const own = meanKept(pairs, SYNTHETIC, valueOnly);
    const held = meanKept(pairs, HOLDOUT, valueOnly);
    await pulse();
    const ranked = pairs.toSorted(
      (x, y) => kept(x, SYNTHETIC) - kept(y, SYNTHETIC) || distance(y) - distance(x),
    );
    return {
      ...besideReal(
        "higher",
        own.value,
        around(own.value, Z95 * own.error, [0, 1]),
        { value: held.value, interval: around(held.value, Z90 * held.error, [0, 1]) },
        (value) => 100 * value,
      ),
      sentence: sentenceOf(own.value, held.value, ranked),
      detail: {
        type: "groups",
        unit: "lift, 1 = no more often than by chance",
        groups: ranked.slice(0, MOST_LISTED).map(rowOf),
      },
      ...noteOf(pairs.length, all.length, drawnNote("Lift is measured on", given, MOST_ROWS).note),
    };
  },
};

/** A yes/no column: for each table 1 yes, 0 no, -1 missing or neither. */
interface Mark {
  readonly name: string;
  readonly of: readonly Int8Array[];
}

/** Two values in train: yes is the word for it, the greater number, or the rarer of two other levels. */
function marksOf(column: AlignedColumn): Mark[] {
  if (column.type === "numeric") {
    const values = [...new Set((column.values[0] as Float64Array).filter((value) => !Number.isNaN(value)))];
    if (values.length !== 2) return [];
    const [no, yes] = values.sort((a, b) => a - b);
    const name = yes === 1 && no === 0 ? column.schema.name : `${column.schema.name} ${yes}`;
    return [
      {
        name,
        of: column.values.map((own) => Int8Array.from(own, (v) => (v === yes ? 1 : v === no ? 0 : -1))),
      },
    ];
  }
  const { codes, levels, schema } = column;
  const counts = countCodes(codes[0] as Int32Array, levels.length);
  const found = levels.map((_, i) => i).filter((i) => (counts[i] as number) > 0);
  if (found.length !== 2 || schema.kind === "text" || schema.kind === "identifier") return [];
  const said = found.find((i) => affirms(levels[i] as string) === true);
  const yes = said ?? found.reduce((a, b) => ((counts[b] as number) < (counts[a] as number) ? b : a));
  const no = found.find((i) => i !== yes);
  const denied = no !== undefined && affirms(levels[no] as string) === false;
  const name = said !== undefined && denied ? schema.name : `${schema.name} ${levels[yes]}`;
  return [
    {
      name,
      of: codes.map((own) => Int8Array.from(own, (code) => (code === yes ? 1 : code === no ? 0 : -1))),
    },
  ];
}

/** Rows with neither, b only, a only, both: four counts for each block, then four in all. */
type Cells = Float64Array;

interface Pair {
  readonly name: string;
  /** with both, in train */
  readonly patients: number;
  /** of train, holdout and synthetic */
  readonly cells: readonly Cells[];
  /** independent rows that a row counts for */
  readonly worth: readonly number[];
}

/** The log lift of one of a pair's tables. */
const liftOf = ({ cells, worth }: Pair, side: 0 | 1 | 2, block = -1): LogLift =>
  logLift(
    four(cells[side] as Cells, block).map((n) => n * (worth[side] as number)) as ReturnType<typeof four>,
  );

function crossed(a: Mark, b: Mark, table: number, blocks: Uint8Array): Cells {
  const counts = new Float64Array(4 * (BLOCKS + 1));
  const [x, y] = [a.of[table] as Int8Array, b.of[table] as Int8Array];
  for (let row = 0; row < x.length; row++) {
    const [p, q] = [x[row] as number, y[row] as number];
    if (p < 0 || q < 0) continue;
    const at = 4 * (blocks[row] as number) + 2 * p + q;
    counts[at] = (counts[at] as number) + 1;
  }
  for (let i = 0; i < 4 * BLOCKS; i++) {
    const at = 4 * BLOCKS + (i % 4);
    counts[at] = (counts[at] as number) + (counts[i] as number);
  }
  return counts;
}

const four = (counts: Cells, block = -1): [number, number, number, number] =>
  [0, 1, 2, 3].map(
    (i) => (counts[4 * BLOCKS + i] as number) - (block < 0 ? 0 : (counts[4 * block + i] as number)),
  ) as [number, number, number, number];

/** Different patients of train with neither, b only, a only, both. */
function patientsCrossed(a: Mark, b: Mark, whose?: Int32Array): Float64Array {
  const y = b.of[0] as Int8Array;
  const cells = Int32Array.from(a.of[0] as Int8Array, (p, row) =>
    p < 0 || (y[row] as number) < 0 ? -1 : 2 * p + (y[row] as number),
  );
  return patientsIn(cells, 4, whose);
}

/** No cell of 1 to 4 patients, and 5 expected to have both by chance. */
function tellable(counts: Cells, patients: Float64Array): boolean {
  const [neither, b, a, both] = four(counts);
  const n = neither + b + a + both;
  const expected = n > 0 ? ((a + both) * (b + both)) / n : 0;
  return expected >= LEAST_PATIENTS && !patients.some(isFew);
}

interface LogLift {
  readonly value: number;
  readonly error: number;
}

/** log lift with half a row added to each cell; its error by the delta method for a multinomial sample. */
export function logLift([neither, b, a, both]: readonly [number, number, number, number]): LogLift {
  const cells = [neither, b, a, both].map((cell) => cell + 0.5) as [number, number, number, number];
  const n = cells.reduce((x, y) => x + y, 0);
  const [, pb, pa, p] = cells.map((cell) => cell / n) as [number, number, number, number];
  const [left, right] = [pa + p, pb + p];
  const gradient = [0, -1 / right, -1 / left, 1 / p - 1 / left - 1 / right];
  const mean = cells.reduce((sum, cell, i) => sum + (cell / n) * (gradient[i] as number), 0);
  const square = cells.reduce((sum, cell, i) => sum + (cell / n) * (gradient[i] as number) ** 2, 0);
  return { value: Math.log(p / (left * right)), error: Math.sqrt(Math.max(0, square - mean * mean) / n) };
}

function difference(pair: Pair, side: 1 | 2, block = -1): { value: number; noise: number } {
  const own = liftOf(pair, side, block);
  const real = liftOf(pair, 0);
  return { value: own.value - real.value, noise: Math.hypot(own.error, real.error) };
}
const kept = (pair: Pair, side: 1 | 2, block = -1): number => agreement(difference(pair, side, block));
const distance = (pair: Pair): number => Math.abs(difference(pair, SYNTHETIC).value);

function meanKept(pairs: readonly Pair[], side: 1 | 2, valueOnly: boolean): { value: number; error: number } {
  const of = (block: number): number =>
    pairs.reduce((sum, pair) => sum + kept(pair, side, block), 0) / pairs.length;
  return valueOnly ? { value: of(-1), error: 0 } : jackknifed(of);
}

const lift = (pair: Pair, side: 0 | 2): number => Math.exp(liftOf(pair, side).value);

function sentenceOf(own: number, held: number, ranked: readonly Pair[]): string {
  const worst = ranked[0] as Pair;
  const pairs =
    ranked.length === 1
      ? "One pair of yes/no columns comes"
      : `${count(ranked.length)} pairs of yes/no columns come`;
  const agree = `${pairs} together as they should to ${percentage(own)} beyond chance, in held-out real rows to ${percentage(held)}`;
  if (kept(worst, SYNTHETIC) >= 0.95) return `${agree}.`;
  return (
    `${agree}. Furthest off: ${worst.name}, ${lift(worst, SYNTHETIC).toFixed(2)} times as often as by chance, ` +
    `${lift(worst, 0).toFixed(2)} times in training rows.`
  );
}

function rowOf(pair: Pair): Extract<Detail, { type: "groups" }>["groups"][number] {
  const measured = (side: 0 | 2) => ({
    value: lift(pair, side),
    interval: ratioInterval(liftOf(pair, side)),
  });
  const agree = kept(pair, SYNTHETIC);
  return {
    name: pair.name,
    patients: pair.patients,
    figures: [{ name: "Lift", unit: "number", real: measured(0), synthetic: measured(SYNTHETIC) }],
    verdict: agree >= 0.95 ? "good" : agree >= 0.8 ? "worse" : "much-worse",
  };
}

function noteOf(pairs: number, all: number, drawn: string | undefined): { note?: string } {
  const few =
    all > MOST_PAIRS
      ? [`Lift is measured for ${count(pairs)} of ${count(all)} pairs of yes/no columns.`]
      : [];
  const notes = [...few, ...(drawn === undefined ? [] : [drawn])];
  return notes.length > 0 ? { note: notes.join(" ") } : {};
}
