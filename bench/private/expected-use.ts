/**
 * What use a guarantee leaves, measured in advance on many tables: bench/results/private-use.json, and from it, by what Auto
 * would take, src/core/lab/guarantee/measured-use.json, from which the page says what to expect of a table that nobody has looked at.
 *
 *     node --import tsx bench/private/expected-use.ts '{"data":"DIR","sizes":{"pima":[200,538],"simulated":[500,2000]},
 *       "epsilons":[0.3,1,3,10],"seeds":3,"methods":["dp-target","dp-marginals"],"python":"python3"}'
 *     node --import tsx bench/private/expected-use.ts     (measures nothing: writes the second file from the first)
 *
 * DIR holds NAME.train.csv, NAME.test.csv and NAME.meta.json with the target. Each size is the first rows of train. "simulated" is the
 * heart failure cohort of the lab, of which any size can be had, with 3,000 other rows to test on. Ranges of known clinical
 * quantities are public, all else is paid for; delta is what the page offers. What was measured before is measured again only where
 * it is asked for.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { simulateCohort } from "../../src/core/clinic/cohorts/cohorts.ts";
import { chooseGuaranteed } from "../../src/core/synthesizers/private/dp-auto/choice.ts";
import { offeredDelta } from "../../src/core/synthesizers/private/open-private.ts";
import { selectColumns } from "../../src/core/table/table.ts";
import { createCsvWriter } from "../../src/core/table/write-csv.ts";

interface Asked {
  readonly data: string;
  readonly sizes: Readonly<Record<string, readonly number[]>>;
  readonly epsilons: readonly number[];
  readonly seeds: number;
  readonly methods: readonly string[];
  readonly python: string;
}

/** Means over seeds of one method on one table. */
interface Measured {
  readonly table: string;
  readonly method: string;
  readonly units: number;
  readonly columns: number;
  readonly epsilon: number;
  readonly real: number;
  readonly use: number;
  readonly told: number;
  readonly seeds: number;
  /** lowest and highest use of the seeds */
  readonly lowest: number;
  readonly highest: number;
}

/** Means and standard errors of a method without a guarantee. */
interface Kept {
  readonly design: string;
  readonly table: string;
  readonly seeds: number;
  readonly tstr: readonly [number, number?];
  readonly c2st: readonly [number, number?];
}

interface Judged {
  readonly epsilon: number;
  readonly tstr: number;
  readonly c2st: number;
}

const run = promisify(execFile);
const here = new URL(".", import.meta.url).pathname;
const KEPT = new URL("../results/private-use.json", import.meta.url);
const WITHOUT = new URL("../results/synthesizers.json", import.meta.url);
const OUT = new URL("../../src/core/lab/guarantee/measured-use.json", import.meta.url);
const ABOUT =
  "Methods with a guarantee, measured in advance by bench/private/expected-use.ts: patients learned from, columns, epsilon, AUROC of the target on unseen real rows when learned from real rows (real) and from synthetic rows (use, and its standard deviation between seeds, spread), and how well synthetic rows are told from real ones (told, C2ST AUC). Means over seeds, of the method that Auto takes; off: of Auto without a guarantee.";
const TESTED = 3000;
/** Standard deviations from the lowest to the highest of three, in the mean. */
const RANGE_OF_THREE = 1.693;

interface Parts {
  readonly train: string;
  readonly test: string;
  readonly target: string;
}

/** Tables of the asked size as files in `folder`. */
async function parts(name: string, rows: number, data: string, folder: string): Promise<Parts> {
  const train = join(folder, "train.csv");
  if (name === "simulated") {
    const test = join(folder, "test.csv");
    await writeFile(train, simulated(rows, 1));
    await writeFile(test, simulated(TESTED, 2));
    return { train, test, target: "died_30d" };
  }
  const { target } = JSON.parse(await readFile(join(data, `${name}.meta.json`), "utf8")) as {
    target: string;
  };
  const lines = (await readFile(join(data, `${name}.train.csv`), "utf8")).trimEnd().split("\n");
  await writeFile(train, `${lines.slice(0, 1 + rows).join("\n")}\n`);
  return { train, test: join(data, `${name}.test.csv`), target };
}

function simulated(rows: number, seed: number): Buffer {
  const table = simulateCohort("heart-failure", seed, rows);
  const learned = table.schema.columns.flatMap(({ role }, i) => (role === "identifier" ? [] : [i]));
  const kept = selectColumns(table, learned);
  const writer = createCsvWriter(kept.schema, {});
  return Buffer.concat([writer.header(), writer.rows(kept)]);
}

async function measure(name: string, rows: number, method: string, asked: Asked): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), "expected-use-"));
  try {
    const { train, test, target } = await parts(name, rows, asked.data, folder);
    const header = (await readFile(train, "utf8")).split("\n", 1)[0] ?? "";
    const out = join(folder, "rows");
    const { epsilons, seeds } = asked;
    const given = { table: train, target, out, method, epsilons, seeds, facts: "clinical", delta: "offered" };
    await run("node", ["--import", "tsx", join(here, "fit-rows.ts"), JSON.stringify(given)]);
    const { stdout } = await run(asked.python, [join(here, "judge.py"), train, test, target, out, "--json"]);
    const [real, ...found] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Judged);
    return epsilons.flatMap((epsilon) => {
      const own = found.filter((one) => one.epsilon === epsilon);
      if (own.length === 0) return [];
      const uses = own.map(({ tstr }) => tstr);
      return {
        table: name,
        method,
        units: rows,
        columns: header.split(",").length,
        epsilon,
        real: round(real?.tstr ?? NaN),
        use: mean(uses),
        told: mean(own.map(({ c2st }) => c2st)),
        seeds: own.length,
        lowest: round(Math.min(...uses)),
        highest: round(Math.max(...uses)),
      };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const round = (value: number): number => Number(value.toFixed(3));
const mean = (values: readonly number[]): number =>
  round(values.reduce((sum, value) => sum + value, 0) / values.length);

const lineOf = (one: object): string =>
  `    ${JSON.stringify(one).replaceAll(":", ": ").replaceAll(",", ", ").replace("{", "{ ").replace("}", " }")}`;
const listOf = (name: string, ones: readonly object[]): string =>
  `  "${name}": [\n${ones.map(lineOf).join(",\n")}\n  ]`;
const fileOf = (about: string, ...lists: readonly string[]): string =>
  `{\n  "about": ${JSON.stringify(about)},\n${lists.join(",\n")}\n}\n`;

/** Auto without a guarantee, as it was measured by `npm run bench -- peers`, on the tables that are measured here. */
async function withoutGuarantee(measured: readonly Measured[]): Promise<object[]> {
  const { means } = JSON.parse(await readFile(WITHOUT, "utf8")) as { means: readonly Kept[] };
  return means.flatMap(({ design, table, seeds, tstr: [use, error], c2st: [told] }) => {
    const own = measured.filter((one) => one.table === table).toSorted((a, b) => b.units - a.units)[0];
    if (design !== "auto" || own === undefined) return [];
    const { units, columns, real } = own;
    return [{ units, columns, real, use, spread: round((error ?? 0) * Math.sqrt(seeds)), told }];
  });
}

/** Of each table, size and epsilon what Auto would take; what it would take was not measured: left out. */
const taken = (measured: readonly Measured[]): object[] =>
  measured
    .filter(
      ({ method, units, columns, epsilon }) =>
        chooseGuaranteed({ columns, epsilon, delta: offeredDelta(units), target: true }).design === method,
    )
    .map(({ units, columns, epsilon, real, use, told, lowest, highest }) => ({
      units,
      columns,
      epsilon,
      real,
      use,
      spread: round((highest - lowest) / RANGE_OF_THREE),
      told,
    }));

const same = (a: Measured, b: Measured): boolean =>
  a.table === b.table && a.method === b.method && a.units === b.units && a.epsilon === b.epsilon;

let all: Measured[] = await readFile(KEPT, "utf8").then(
  (text) => (JSON.parse(text) as { measured: Measured[] }).measured,
  () => [],
);
const asked = JSON.parse(process.argv[2] ?? "{}") as Partial<Asked>;
for (const [name, sizes] of Object.entries(asked.sizes ?? {}))
  for (const rows of sizes)
    for (const method of asked.methods ?? []) {
      const found = await measure(name, rows, method, asked as Asked);
      for (const one of found) console.log(JSON.stringify(one));
      all = [...all.filter((old) => !found.some((one) => same(old, one))), ...found];
      await writeFile(
        KEPT,
        fileOf("What bench/private/expected-use.ts measured, method by method.", listOf("measured", all)),
      );
    }
await writeFile(
  OUT,
  fileOf(ABOUT, listOf("measured", taken(all)), listOf("off", await withoutGuarantee(all))),
);
