import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import type { Points } from "../../math/space/nearest.ts";
import type { Table } from "../../table/table.ts";
import { rowsInRandomOrder } from "../../table/whole-patients.ts";
import { takeRows } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import { columnNames, drawnNote } from "../measuring/bounds.ts";
import { tooFewPatients } from "../measuring/least-rows.ts";
import { lookPast } from "../measuring/patients.ts";
import { placeRows } from "../measuring/space.ts";
import { besideReal, percentage, skipped } from "../measuring/verdict.ts";
import type { Metric, Pulse } from "../metric.ts";
import { meanShare } from "./disclosure/known-tables.ts";

const LEAST_ROWS = 20;
const MOST_ROWS = 5000;
/** Cells compared. */
const WORK = 1.2e8;

/**
 * Share of patients who were learned from with a synthetic row nearer than the nearest other patient; every column divided
 * by its entropy, so that what tells few patients apart counts more.
 */
export const epsilonIdentifiability: Metric = {
  id: "epsilon-identifiability",
  name: "Identifiability",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary: "How many patients have a synthetic row nearer to them than any other patient is.",
  reference: "Epsilon-identifiability: Yoon, Drumright and van der Schaar 2020 (ADS-GAN)",
  scored: false,
  needs: ["seen", "unseen"],
  limits: "Of two equal samples half would be nearer by chance: read it beside the held-out patients.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    const few = Math.min(train.rows, holdout.rows, synthetic.rows);
    if (few < LEAST_ROWS) return skipped(`One of the tables has fewer than ${LEAST_ROWS} rows.`);
    const alike = tooFewPatients({ train, holdout });
    if (alike !== undefined) return skipped(alike);
    const drawn = [train, holdout, synthetic].map((table, i) =>
      takeRows(
        table,
        rowsInRandomOrder(table.rows, rng.fork(`rows ${i}`), table.patients).subarray(0, MOST_ROWS),
      ),
    ) as [Table, Table, Table];
    const placed = placeRows(alignColumns(drawn, columnNames(train)), 3) as [Points, Points, Points];
    const [real, held, made] = weighted(placed);
    const cost = 2 * (real.rows + made.rows) * Math.max(1, train.columns.length);
    const most = Math.max(200, Math.floor(WORK / cost));
    const nearerTo = (asked: Space, whose: Int32Array | undefined): Promise<Float64Array> =>
      nearer(asked, Math.min(asked.rows, most), real, made, { own: asked === real, whose }, pulse);
    const whose = drawn.map(({ patients }) => patients);
    const own = meanShare(await nearerTo(real, whose[0]), whose[0]);
    const usual = meanShare(await nearerTo(held, undefined), whose[1]);
    return {
      ...besideReal(
        "lower",
        own.value,
        own.interval(Z95),
        { value: usual.value, interval: usual.interval(Z90) },
        (value) => 100 - 200 * Math.max(0, value - usual.value),
      ),
      sentence:
        `${percentage(own.value)} of the patients who were learned from have a synthetic row nearer to them than any other patient ` +
        `is; of those who were held out ${percentage(usual.value)} have one nearer than any patient who was learned from.`,
      ...drawnNote("“Identifiability” uses", [train, holdout, synthetic], Math.min(MOST_ROWS, most)),
    };
  },
};

/** Rows by column, numbers already divided by their column's entropy; `adds`: what each code adds that is not the own one. */
interface Space {
  readonly rows: number;
  readonly numbers: readonly Float32Array[];
  readonly codes: readonly { readonly values: Int32Array; readonly adds: Float32Array }[];
}

/** Each column divided by its entropy in table 0, in nats; one that never varies is left out. */
function weighted(tables: readonly [Points, Points, Points]): [Space, Space, Space] {
  const [first] = tables;
  const weights = (columns: Points["numbers"] | Points["codes"]): number[] =>
    columns.map((column) => {
      const entropy = entropyOf(column);
      return entropy > 0 ? 1 / entropy : 0;
    });
  const [ofNumbers, ofCodes] = [weights(first.numbers), weights(first.codes)];
  return tables.map(({ rows, numbers, codes }) => ({
    rows,
    numbers: numbers.map((column, k) => column.map((x) => x * (ofNumbers[k] as number))),
    codes: codes.map((values, k) => ({
      // -1, a level that is not listed, is a code of its own
      values: values.map((code) => code + 1),
      adds: new Float32Array(levelsOf(tables, k)).fill((ofCodes[k] as number) ** 2),
    })),
  })) as unknown as [Space, Space, Space];
}

const levelsOf = (tables: readonly Points[], k: number): number =>
  2 + tables.reduce((most, { codes }) => (codes[k] as Int32Array).reduce((a, b) => Math.max(a, b), most), 0);

function entropyOf(column: Float32Array | Int32Array): number {
  const counts = new Map<number, number>();
  for (const value of column) counts.set(value, (counts.get(value) ?? 0) + 1);
  let entropy = 0;
  for (const n of counts.values()) entropy -= (n / column.length) * Math.log(n / column.length);
  return entropy;
}

/** For each of the first rows asked: 1 where a row of `made` is nearer than every row of `real` (of another patient). */
async function nearer(
  asked: Space,
  rows: number,
  real: Space,
  made: Space,
  { own, whose }: { own: boolean; whose: Int32Array | undefined },
  pulse: Pulse,
): Promise<Float64Array> {
  const [toReal, toMade] = [new Float32Array(real.rows), new Float32Array(made.rows)];
  const shares = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    distancesTo(real, asked, row, toReal);
    distancesTo(made, asked, row, toMade);
    if (own) lookPast(row, toReal, whose);
    shares[row] = least(toMade) < least(toReal) ? 1 : 0;
    await pulse();
  }
  return shares;
}

const least = (distances: Float32Array): number => {
  let nearest = Infinity;
  for (let i = 0; i < distances.length; i++)
    if ((distances[i] as number) < nearest) nearest = distances[i] as number;
  return nearest;
};

/** Squared distances of row `row` of `from` to every row of `to`. */
function distancesTo(to: Space, from: Space, row: number, out: Float32Array): void {
  out.fill(0);
  let k = 0;
  for (; k + 1 < to.numbers.length; k += 2) {
    addNumbers(
      to.numbers[k] as Float32Array,
      from.numbers[k]?.[row] as number,
      to.numbers[k + 1] as Float32Array,
      from.numbers[k + 1]?.[row] as number,
      out,
    );
  }
  if (k < to.numbers.length) {
    const [column, value] = [to.numbers[k] as Float32Array, from.numbers[k]?.[row] as number];
    addNumbers(column, value, column, value, out, 0.5);
  }
  to.codes.forEach(({ values, adds }, c) => {
    const code = from.codes[c]?.values[row] as number;
    const apart = adds[code] as number;
    adds[code] = 0;
    addCodes(values, adds, out);
    adds[code] = apart;
  });
}

function addNumbers(
  a: Float32Array,
  x: number,
  b: Float32Array,
  y: number,
  out: Float32Array,
  times = 1,
): void {
  for (let i = 0; i < out.length; i++) {
    const d = (a[i] as number) - x;
    const e = (b[i] as number) - y;
    out[i] = (out[i] as number) + times * (d * d + e * e);
  }
}

function addCodes(values: Int32Array, adds: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + (adds[values[i] as number] as number);
}
