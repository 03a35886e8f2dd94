/**
 * How often verdicts are wrong where the truth is known: real rows are split as the lab splits them, and fresh rows of the
 * same population stand in place of synthetic ones, so every loss is 0. Two of the lab's simulated cohorts, one row a
 * patient and several; n is patients, train and holdout together.
 * Options: --tables N, --sizes a,b, --populations a,b, --metrics a,b, --all (evidence too; without it only the measures that
 * decide a side), --first N (number of the first table).
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { simulateCohort } from "../src/core/clinic/cohorts/cohorts.ts";
import { axesOf } from "../src/core/lab/evaluate/axes.ts";
import { learnedOnly } from "../src/core/lab/evaluate/learned-only.ts";
import { measureEach } from "../src/core/lab/evaluate/measure-each.ts";
import { Z95 } from "../src/core/math/intervals.ts";
import { createRng, type Rng } from "../src/core/math/rng.ts";
import { mean, standardDeviation } from "../src/core/math/statistics.ts";
import type { Tables } from "../src/core/metrics/metric.ts";
import { metrics as every } from "../src/core/metrics/registry.ts";
import type { Report } from "../src/core/report/report.ts";
import { splitRows, withPatients } from "../src/core/table/split.ts";
import { takeRows, type Table } from "../src/core/table/table.ts";
import type { Figure } from "./figure.ts";

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    tables: { type: "string", default: "40" },
    first: { type: "string", default: "1" },
    sizes: { type: "string", default: "100,300,1000" },
    populations: { type: "string", default: "heart-failure,diabetes" },
    metrics: { type: "string", default: "" },
    all: { type: "boolean", default: false },
  },
});
const option = (name: keyof typeof asked): string => String(asked[name]);

/** The held-out share that the page offers. */
const HELD_OUT = 0.2;
/** Rows a patient has in the diabetes cohort, about, and how many times more are simulated to draw single rows from. */
const VISITS = 2.7;
const MORE = 20;

const seedOf = (rng: Rng, label: string): number => rng.fork(label).integer(2 ** 31);

const populations: Readonly<Record<string, (patients: number, rng: Rng) => { real: Table; fresh: Table }>> = {
  "heart-failure": (patients, rng) => ({
    real: simulateCohort("heart-failure", seedOf(rng, "real"), patients),
    fresh: simulateCohort("heart-failure", seedOf(rng, "fresh"), patients),
  }),
  diabetes: (patients, rng) => {
    const visits = withPatients(
      simulateCohort("diabetes", seedOf(rng, "real"), Math.ceil(2 * VISITS * patients)),
    );
    const rows = Int32Array.from(visits.patients?.keys() ?? []).filter(
      (row) => (visits.patients?.[row] as number) < patients,
    );
    const many = simulateCohort("diabetes", seedOf(rng, "fresh"), MORE * rows.length);
    return {
      real: takeRows(visits, rows),
      fresh: takeRows(many, rng.fork("rows").choose(many.rows, rows.length)),
    };
  },
};

/** Train and holdout, and as many fresh rows as train has. */
function freshTables(population: string, patients: number, seed: number): Tables {
  const rng = createRng(seed).fork(population).fork(`${patients}`);
  const make = populations[population];
  if (make === undefined) throw new Error(`There is no population “${population}”.`);
  const { real, fresh } = make(patients, rng);
  const { train, holdout } = splitRows(real, { share: HELD_OUT, seed });
  const synthetic = takeRows(fresh, Int32Array.from(train.keys()));
  return learnedOnly({ train: takeRows(real, train), holdout: takeRows(real, holdout), synthetic });
}

type Rows = Report["metrics"];
type Result = Rows[number]["result"];

const share = <T>(all: readonly T[], holds: (one: T) => boolean): number =>
  all.length > 0 ? all.filter(holds).length / all.length : NaN;
const isWorse = (result: Result): boolean =>
  result.status === "ok" && (result.verdict === "worse" || result.verdict === "much-worse");
const percent = (x: number): string => (Number.isNaN(x) ? "" : `${Math.round(100 * x)}%`);

/** How one metric answered over all tables of a cell; `covers`: its 95% interval of the loss holds the truth, 0. */
interface Answers {
  readonly metric: string;
  readonly scored: boolean;
  readonly measured: number;
  readonly worse: number;
  readonly good: number;
  readonly cannotTell: number;
  readonly loss: number;
  readonly spread: number;
  /** half width of the interval over 1.96, the mean of all tables */
  readonly stated: number;
  readonly covers: number;
  readonly seconds: number;
}

function answersOf(metric: string, reports: readonly Rows[]): Answers {
  const own = reports.flatMap((rows) => rows.filter(({ info }) => info.id === metric));
  const ok = own.flatMap(({ result }) => (result.status === "ok" ? [result] : []));
  const losses = ok.map(({ loss }) => loss.value);
  return {
    metric,
    scored: own[0]?.info.scored ?? false,
    measured: share(own, ({ result }) => result.status === "ok"),
    worse: share(ok, isWorse),
    good: share(ok, ({ verdict }) => verdict === "good"),
    cannotTell: share(ok, ({ verdict }) => verdict === "cannot-tell"),
    loss: losses.length > 0 ? mean(losses) : NaN,
    spread: losses.length > 1 ? standardDeviation(losses) : NaN,
    stated:
      ok.length > 0
        ? mean(ok.map(({ loss: { interval } }) => (interval.high - interval.low) / 2 / Z95))
        : NaN,
    covers: share(ok, ({ loss: { interval } }) => interval.low <= 0 && interval.high >= 0),
    seconds: mean(own.map(({ seconds }) => seconds)),
  };
}

function markdown(title: string, answers: readonly Answers[]): string {
  const head = "| metric | measured | worse | good | cannot tell | loss: mean | spread | stated | covers 0 |";
  const lines = answers.map(
    (a) =>
      `| ${a.metric}${a.scored ? "" : " (evidence)"} | ${percent(a.measured)} | ${percent(a.worse)} | ${percent(a.good)} | ` +
      `${percent(a.cannotTell)} | ${a.loss.toFixed(3)} | ${a.spread.toFixed(3)} | ${a.stated.toFixed(3)} | ${percent(a.covers)} |`,
  );
  return [`### ${title}`, "", head, `|${" --- |".repeat(9)}`, ...lines, ""].join("\n");
}

export async function benchCalibration(): Promise<Figure[]> {
  const wanted = option("metrics").split(",").filter(Boolean);
  const metrics = every.filter(({ id, scored }) =>
    wanted.length > 0 ? wanted.includes(id) : scored || asked["all"] === true,
  );
  if (wanted.length === 0 && asked["all"] !== true)
    console.log("  Only the measures that decide a side; --all measures evidence too.");
  const tables = Number(option("tables"));
  const first = Number(option("first"));
  const figures: Figure[] = [];
  const pages: string[] = [];
  for (const population of option("populations").split(","))
    for (const size of option("sizes").split(",").map(Number)) {
      const reports: Rows[] = [];
      const started = performance.now();
      for (let seed = first; seed < first + tables; seed++)
        reports.push(
          await measureEach(
            freshTables(population, size, seed),
            metrics,
            createRng(seed).fork("measures"),
            async () => {},
          ),
        );
      const title = `${population}, ${size} patients`;
      const sides = reports.map((rows) => axesOf(rows));
      const alarms = share(sides, (axes) => axes.some(({ verdict }) => verdict.endsWith("worse")));
      const families = ["fidelity", "utility", "privacy", "fairness", "clinical"] as const;
      const verdicts = families.map((family) => {
        const of = (verdict: string): string =>
          percent(
            share(sides, (axes) => axes.some((a) => a.family === family && a.verdict.endsWith(verdict))),
          );
        return `${family}: worse ${of("worse")}, good ${of("good")}, cannot tell ${of("cannot-tell")}`;
      });
      pages.push(
        markdown(
          title,
          metrics.map(({ id }) => answersOf(id, reports)),
        ),
      );
      const seconds = ((performance.now() - started) / 1000 / tables).toFixed(1);
      console.log(
        `${pages.at(-1) as string}\nA side worse in ${percent(alarms)} of reports. ${verdicts.join("; ")}. ${seconds} s a report.\n`,
      );
      figures.push({
        what: `${title}: reports with a side that is worse`,
        value: alarms,
        unit: "",
        goal: { most: 0.05 },
        note: verdicts.join("; "),
      });
    }
  const out = new URL("./out/", import.meta.url);
  await mkdir(out, { recursive: true });
  await writeFile(fileURLToPath(new URL("calibration.md", out)), pages.join("\n"));
  return figures;
}
