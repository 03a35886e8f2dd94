import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simulateCohort } from "../clinic/cohorts/cohorts.ts";
import { createRng } from "../math/rng.ts";
import { seededNoise } from "../private/noise/noise-source.ts";
import { openDevice } from "../nn/device.ts";
import { learnedColumns, selectColumns } from "../table/table.ts";
import type { Table } from "../table/table.ts";
import { createCsvWriter } from "../table/write-csv.ts";
import { measurements, visits } from "./fixtures/hash-tables.ts";
import { resolveParams, synthesizers } from "./registry.ts";
import { clinicVisits } from "./relations/fixtures/clinic-visits.ts";
import type { Artifact, FitOptions, Model, Params, Synthesizer } from "./synthesizer.ts";

/**
 * Rows that every method drew when a hash of them was last written down: a change that is not meant to change what is
 * learned leaves them the same, byte for byte. UPDATE_SAME_ROWS=1 writes them down anew, UPDATE_SAME_ROWS=more those that are drawn (vitest -t).
 */
const FILE = new URL("./fixtures/same-rows.json", import.meta.url);
const update = process.env["UPDATE_SAME_ROWS"];
const updates = update === "1" || update === "more";
const ROWS = 200;

const known = JSON.parse(await readFile(FILE, "utf8").catch(() => "{}")) as Record<string, string>;
const found: Record<string, string> = {};

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

afterAll(async () => {
  if (updates)
    await writeFile(FILE, `${JSON.stringify({ ...(update === "more" ? known : {}), ...found }, null, 2)}\n`);
});

/** Numbers, dates, levels and missing cells, a row a patient, death within 30 days the target. */
function admissions(rows = 220): Table {
  const table = simulateCohort("heart-failure", 14, rows);
  return selectColumns(table, learnedColumns(table.schema));
}

/** As many as a network with noise on every step needs. */
const cohort = (): Table => admissions(2500);

const tables: Readonly<Record<string, () => Table>> = { admissions, measurements, visits };
const courses: typeof tables = { courses: () => clinicVisits(60, 7) };

/** What a method is held to: of all of them Auto is only held to what it chooses; under a guarantee there is a target. */
function tablesOf({ id, needs, guarantee }: Synthesizer): typeof tables {
  if (needs === "courses") return courses;
  if (guarantee === true) return id === "dp-network" ? { cohort } : { admissions };
  return id === "auto" ? { visits } : tables;
}

/** Long enough that held-out rows are looked at several times. */
const quick: Params = { steps: 60, width: 32, hidden: 32, patience: 2, solverSteps: 8 };

interface Variant {
  readonly name: string;
  readonly params: Params;
  readonly options: Partial<FitOptions>;
}

/** Under a guarantee rows repeat only with noise that is made for a test. */
const noiseOf = ({ guarantee }: Synthesizer): Pick<FitOptions, "guarantee"> =>
  guarantee === true
    ? { guarantee: { public: { columns: [] }, noise: seededNoise(createRng(3).fork("noise")) } }
    : {};

/** Enough before the step after so many. */
function enoughAfter(steps: number): Pick<FitOptions, "enough"> {
  let asked = 0;
  return { enough: () => ++asked > steps };
}

/**
 * The defaults, every other choice that a synthesizer offers, and one network a column where there can be several.
 * Recipes as published have long steps, of which few are taken.
 */
function variantsOf({ id, params }: Synthesizer): Variant[] {
  const others = Object.entries(params).flatMap(([name, spec]): Params[] => {
    if (spec.type === "choice")
      return spec.choices.flatMap(({ value }) => (value === spec.default ? [] : [{ [name]: value }]));
    return name === "members" ? [{ members: 1 }] : [];
  });
  return [{}, ...others].map((given) => ({
    name: [id, ...Object.entries(given).map(([name, value]) => `${name} ${value}`)].join(", "),
    params: given["recipe"] === undefined ? given : { ...given, steps: 10 },
    get options() {
      return given["recipe"] === "tvae" ? enoughAfter(8) : {};
    },
  }));
}

async function fit(
  synthesizer: Synthesizer,
  given: Params,
  table: Table,
  more: Partial<FitOptions> = {},
): Promise<Model> {
  const short = Object.fromEntries(Object.entries(quick).filter(([name]) => name in synthesizer.params));
  const params = resolveParams(synthesizer, { ...short, ...given });
  const options = { previewRows: 0, previewEvery: 0, ...noiseOf(synthesizer), ...more };
  const run = synthesizer.fit(table, params, createRng(3), options);
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
  }
}

/** Of the CSV file of the rows that `model` draws; frees it. */
async function hashOf(model: Model): Promise<string> {
  const drawn = await model.sample(ROWS, createRng(4));
  model.dispose();
  const writer = createCsvWriter(drawn.schema);
  return createHash("sha256").update(writer.header()).update(writer.rows(drawn)).digest("hex");
}

function check(name: string, hash: string): void {
  found[name] = hash;
  if (!updates) expect(hash).toBe(known[name]);
}

describe.each(synthesizers.map((synthesizer) => [synthesizer.id, synthesizer] as const))(
  "%s draws the rows that it drew before",
  (_, synthesizer) => {
    const cases = variantsOf(synthesizer).flatMap((variant) =>
      Object.entries(tablesOf(synthesizer)).map(([table, make]) => ({
        name: `${variant.name}: ${table}`,
        variant,
        make,
      })),
    );
    test.each(cases)("$name", async ({ name, variant: { params, options }, make }) => {
      check(name, await hashOf(await fit(synthesizer, params, make(), options)));
    });

    test.runIf(synthesizer.continues === true && synthesizer.id !== "auto")(
      "going on from a saved model",
      async () => {
        const model = await fit(synthesizer, {}, visits());
        const from: Artifact = await model.save();
        model.dispose();
        const next = await fit(synthesizer, {}, visits(), { from });
        check(`${synthesizer.id}, going on: visits`, await hashOf(next));
      },
    );
  },
);

test.each(Object.entries({ ...tables, ...courses }))(
  "of %s no level has fewer than five patients",
  (_, make) => {
    const { columns, patients, rows } = make();
    expect(rows).toBeGreaterThanOrEqual(150);
    for (const column of columns) {
      if (column.type === "numeric") continue;
      column.levels.forEach((_level, code) => {
        const whose = [...column.codes.keys()].filter((row) => column.codes[row] === code);
        expect(new Set(whose.map((row) => patients?.[row] ?? row)).size).toBeGreaterThanOrEqual(5);
      });
    }
  },
);

test("nothing is written down that is no longer drawn", () => {
  expect(Object.keys(found).sort()).toEqual(Object.keys(updates ? found : known).sort());
});
