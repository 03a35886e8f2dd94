/**
 * How often the scored measures of privacy call fresh patients worse, and how often they catch copies of known amount.
 * `npm run bench -- alarms [--draws=40] [--sizes=600,2000] [--metrics=id,...] [--tables=heart] [--damage=fresh]`: every
 * population, size, planted damage, by measure: called worse / called good / draws.
 */
import { createRng, type Rng } from "../src/core/math/rng.ts";
import { simulateCohort } from "../src/core/clinic/cohorts/cohorts.ts";
import { standardDeviation } from "../src/core/math/statistics.ts";
import { judge } from "../src/core/metrics/measuring/judge.ts";
import { metrics } from "../src/core/metrics/registry.ts";
import { levels, madeTable, numbers } from "../src/core/table/fixtures/made-table.ts";
import { learnedColumns, selectColumns, takeRows, type Column, type Table } from "../src/core/table/table.ts";
import type { Figure } from "./figure.ts";

/** About as many measures as a report judges together. */
const TOGETHER = 25;

const populations: Readonly<Record<string, (rows: number, rng: Rng) => Table>> = {
  "heart failure, 27 columns": (rows, rng) => {
    const table = simulateCohort("heart-failure", rng.integer(2 ** 31), rows);
    return selectColumns(table, learnedColumns(table.schema));
  },
  "10 numbers, correlated": (rows, rng) => numeric(rows, 10, rng),
  "3 numbers": (rows, rng) => numeric(rows, 3, rng),
  "4 columns of 3 levels": (rows, rng) => coded(rows, 4, 3, rng),
  "12 columns of 4 levels": (rows, rng) => coded(rows, 12, 4, rng),
  "5 whole numbers and 3 flags": (rows, rng) => whole(rows, rng),
};

const names = (columns: number): string[] => Array.from({ length: columns }, (_, i) => `c${i}`);

function numeric(rows: number, columns: number, rng: Rng): Table {
  const hidden = Float64Array.from({ length: rows }, () => rng.normal());
  return madeTable(
    names(columns).map((name) =>
      numbers(
        name,
        hidden.map((h) => 0.6 * h + 0.8 * rng.normal()),
      ),
    ),
  );
}

function coded(rows: number, columns: number, most: number, rng: Rng): Table {
  const weights = Array.from({ length: most }, (_, i) => 1 / (i + 1));
  const texts = Array.from({ length: most }, (_, i) => `L${i}`);
  return madeTable(
    names(columns).map((name) =>
      levels(
        name,
        Int32Array.from({ length: rows }, () => rng.weighted(weights)),
        texts,
      ),
    ),
  );
}

function whole(rows: number, rng: Rng): Table {
  const hidden = Float64Array.from({ length: rows }, () => rng.normal());
  return madeTable([
    ...names(5).map((name) =>
      numbers(
        name,
        hidden.map((h) => Math.round(60 + 6 * h + 8 * rng.normal())),
        { kind: "integer", decimals: 0 },
      ),
    ),
    ...["f0", "f1", "f2"].map((name) =>
      levels(
        name,
        Int32Array.from(hidden, (h) => Number(h + 1.5 * rng.normal() > 1)),
        ["no", "yes"],
      ),
    ),
  ]);
}

interface Damage {
  readonly share: number;
  /** standard deviation of what is added to a copied number, in those of its column */
  readonly noise: number;
}

const damages: Readonly<Record<string, Damage>> = {
  "fresh patients": { share: 0, noise: 0 },
  "5% exact copies": { share: 0.05, noise: 0 },
  "5% copies, noise 1%": { share: 0.05, noise: 0.01 },
  "5% copies, noise 2%": { share: 0.05, noise: 0.02 },
  "30% exact copies": { share: 0.3, noise: 0 },
  "all copies, noise 2%": { share: 1, noise: 0.02 },
};

/** The first `share` of the rows of `fresh` replaced by different rows of `train`, their numbers noised. */
function withCopies(fresh: Table, train: Table, { share, noise }: Damage, rng: Rng): Table {
  const copied = Math.round(share * fresh.rows);
  const from = rng.choose(train.rows, copied);
  const columns = fresh.columns.map((column, i): Column => {
    const source = train.columns[i] as Column;
    if (column.type === "coded" && source.type === "coded") {
      const codes = column.codes.slice();
      from.forEach((row, k) => (codes[k] = source.codes[row] as number));
      return { ...column, codes };
    }
    if (column.type !== "numeric" || source.type !== "numeric") throw new TypeError("kinds differ");
    const spread = standardDeviation(source.values.filter((value) => !Number.isNaN(value)));
    const values = column.values.slice();
    const decimals = train.schema.columns[i]?.number?.decimals ?? 3;
    const rounded = (x: number): number => Number(x.toFixed(Math.min(12, decimals)));
    from.forEach((row, k) => {
      const value = source.values[row] as number;
      values[k] = noise > 0 ? rounded(value + noise * spread * rng.normal()) : value;
    });
    return { ...column, values };
  });
  return { ...fresh, columns };
}

const option = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1];

const asked = option("metrics")?.split(",");
const deciding = metrics.filter(
  ({ id, family, scored }) => family === "privacy" && scored && (asked?.includes(id) ?? true),
);

/** How often each measure gives each answer. */
type Answers = Map<string, { worse: number; good: number; draws: number }>;

async function answersOf(
  tables: { train: Table; holdout: Table; synthetic: Table },
  seed: number,
  into: Answers,
): Promise<void> {
  let [worse, good] = [0, 1];
  const note = (id: string, isWorse: number, isGood: number): void => {
    const known = into.get(id) ?? { worse: 0, good: 0, draws: 0 };
    into.set(id, { worse: known.worse + isWorse, good: known.good + isGood, draws: known.draws + 1 });
  };
  for (const metric of deciding) {
    if (tables.holdout.rows === 0 && metric.needs?.includes("unseen")) continue;
    const result = await metric.compute(tables, createRng(seed).fork(metric.id));
    if (result.status !== "ok") continue;
    const { verdict } = judge(result.loss, metric.margin, TOGETHER);
    const isWorse = Number(verdict === "worse" || verdict === "much-worse");
    note(metric.id, isWorse, Number(verdict === "good"));
    worse = Math.max(worse, isWorse);
    if (verdict !== "good") good = 0;
  }
  note("any of them", worse, worse > 0 ? 0 : good);
}

export async function benchAlarms(): Promise<Figure[]> {
  const draws = Number(option("draws") ?? 40);
  const sizes = (option("sizes") ?? "600,2000").split(",").map(Number);
  const only = option("damage");
  const where = option("tables");
  const figures: Figure[] = [];
  for (const [population, draw] of Object.entries(populations)) {
    if (where !== undefined && !population.startsWith(where)) continue;
    for (const rows of sizes) {
      for (const [what, damage] of Object.entries(damages)) {
        if (only !== undefined && !what.startsWith(only)) continue;
        const [held, seen]: [Answers, Answers] = [new Map(), new Map()];
        for (let seed = 1; seed <= draws; seed++) {
          const rng = createRng(seed);
          const size = Math.round(0.8 * rows);
          const all = draw(rows + size, rng.fork("rows"));
          const [train, holdout, fresh] = [
            [0, size],
            [size, rows],
            [rows, rows + size],
          ].map(([from, to]) =>
            takeRows(
              all,
              Int32Array.from({ length: (to as number) - (from as number) }, (_, i) => (from as number) + i),
            ),
          ) as [Table, Table, Table];
          const synthetic = withCopies(fresh, train, damage, rng.fork("copies"));
          await answersOf({ train, holdout, synthetic }, seed, held);
          await answersOf({ train, holdout: takeRows(holdout, []), synthetic }, seed, seen);
        }
        for (const [how, answers] of [
          ["", held],
          [", no holdout", seen],
        ] as const) {
          const note = [...answers]
            .map(([id, { worse, good, draws: of }]) => `${id} ${worse}/${good}/${of}`)
            .join(", ");
          const any = answers.get("any of them");
          const value = any ? (100 * any.worse) / any.draws : NaN;
          figures.push({ what: `${population}, n = ${rows}, ${what}${how}`, value, unit: "% worse", note });
          console.log(`${population} | ${rows} | ${what}${how} | ${value.toFixed(0)}% | ${note}`);
        }
      }
    }
  }
  return figures;
}
