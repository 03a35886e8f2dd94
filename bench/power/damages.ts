import { standardDeviation } from "../../src/core/math/statistics.ts";
import type { Rng } from "../../src/core/math/rng.ts";
import { takeRows } from "../../src/core/table/table.ts";
import type { Column, ColumnSchema, Table } from "../../src/core/table/table.ts";
import { codesOf, freshPatients, numbersOf, RARE, TENTH, withColumn } from "./population.ts";

/** Synthetic rows of one kind: `rows` fresh patients of `seed`, damaged; copies are of `train`. */
export interface Damage {
  readonly name: string;
  /** the measures made to notice it; nothing: all of them, for false alarms */
  readonly by: readonly string[];
  make(rows: number, seed: number, rng: Rng, train: Table): Table;
}

const fresh: Damage = {
  name: "none (fresh patients)",
  by: [],
  make: (rows, seed) => freshPatients(rows, seed),
};

const withNumbers = (table: Table, name: string, change: (values: Float64Array) => Float64Array): Table =>
  withColumn(table, name, { type: "numeric", values: change(numbersOf(table, name)) });

/** Fresh patients without those of some causes, others in their place. */
const without = (name: string, causes: readonly string[]): Damage => ({
  name,
  by: ["level-coverage"],
  make: (rows, seed) => {
    const more = freshPatients(2 * rows, seed);
    const { codes, levels } = codesOf(more, "cause");
    const kept = [...codes.keys()].filter((row) => !causes.includes(levels[codes[row] as number] as string));
    return takeRows(more, kept.slice(0, rows));
  },
});

/** Whole numbers stay whole. */
const noised = (column: string): Damage => ({
  name: `${column} noised by half a standard deviation`,
  by: ["cross-prediction"],
  make: (rows, seed, rng) =>
    withNumbers(freshPatients(rows, seed), column, (values) => {
      const deviation = standardDeviation(values.filter((x) => !Number.isNaN(x)));
      return values.map((x) => Math.round(x + 0.5 * deviation * rng.normal()));
    }),
});

const shuffledStay: Damage = {
  name: "los_days shuffled",
  by: ["kept-rules"],
  make: (rows, seed, rng) =>
    withNumbers(freshPatients(rows, seed), "los_days", (values) => {
      const order = rng.permutation(values.length);
      return values.map((_, row) => values[order[row] as number] as number);
    }),
};

const flipped: Damage = {
  name: "died_30d the other way round in 10% of rows",
  by: ["cross-calibration"],
  make: (rows, seed, rng) => {
    const table = freshPatients(rows, seed);
    const { codes, levels } = codesOf(table, "died_30d");
    const swapped = codes.map((code) => (rng.uniform() < 0.1 ? 1 - code : code));
    return withColumn(table, "died_30d", { type: "coded", codes: swapped, levels });
  },
};

const older: Damage = {
  name: "everybody 8 years older",
  by: ["moments"],
  make: (rows, seed) => withNumbers(freshPatients(rows, seed), "age", (values) => values.map((x) => x + 8)),
};

/** A share of the rows are train's; near: every number but dates and the stay moved by a twentieth of its deviation, on its own decimals. */
const copies = (share: number, near: boolean): Damage => ({
  name: `${100 * share}% ${near ? "near" : "exact"} copies`,
  by: ["dcr-share", "exact-copies", "near-copies", "membership-distance", "membership-domias"],
  make: (rows, seed, rng, train) => {
    const table = freshPatients(rows, seed);
    const count = Math.round(share * rows);
    const copied = takeRows(train, rng.choose(train.rows, count));
    const moved = near ? nudged(copied, train, rng) : copied;
    const columns = table.columns.map((column, i): Column => {
      const other = moved.columns[i] as Column;
      if (column.type === "numeric" && other.type === "numeric") {
        const values = column.values.slice();
        values.set(other.values);
        return { type: "numeric", values };
      }
      if (column.type === "coded" && other.type === "coded") {
        const codes = column.codes.slice();
        codes.set(other.codes);
        return { type: "coded", codes, levels: column.levels };
      }
      throw new TypeError("the tables have different columns");
    });
    return { ...table, columns };
  },
});

function nudged(table: Table, train: Table, rng: Rng): Table {
  const columns = table.columns.map((column, i): Column => {
    const real = train.columns[i];
    const { kind, name, number } = table.schema.columns[i] as ColumnSchema;
    if (column.type !== "numeric" || real?.type !== "numeric") return column;
    if (kind === "datetime" || name === "los_days") return column;
    const present = real.values.filter((x) => !Number.isNaN(x));
    const deviation = standardDeviation(present);
    const scale = 10 ** (number?.decimals ?? 0);
    return {
      type: "numeric",
      values: column.values.map((x) => Math.round((x + 0.05 * deviation * rng.normal()) * scale) / scale),
    };
  });
  return { ...table, columns };
}

export const damages: readonly Damage[] = [
  fresh,
  without("a cause of 10% removed", [TENTH]),
  without("all causes under 2% removed", RARE),
  noised("age"),
  noised("sbp"),
  shuffledStay,
  flipped,
  older,
  ...[0.05, 0.1, 0.3].flatMap((share) => [copies(share, false), copies(share, true)]),
];
