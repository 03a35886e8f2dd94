/**
 * Synthetic rows of one table by a method with a guarantee, as CSV files: one for each epsilon and seed.
 *
 *     node --import tsx bench/private/fit-rows.ts '{"table":"x.train.csv","target":"y","out":"dir","method":"dp-target",
 *       "epsilons":[1,3,8],"seeds":5,"facts":"clinical"}'
 *
 * `facts`: none; clinical, by the names of columns; declared, every level and range as they are in the table (what a
 * person would declare). delta is n^-1.1, as in the published comparisons, or with `"delta":"offered"` what the page offers.
 * With `"half":true` even seeds learn from the first half of the rows and odd ones from the second. OUT/fits.json says how
 * long each fit took. A fit that is refused leaves no file.
 */
import { readFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { publicFacts } from "../../src/core/private/public/known-facts.ts";
import type { PublicColumn, PublicFacts } from "../../src/core/private/public/public-facts.ts";
import { FaultError } from "../../src/core/fault.ts";
import { createRng } from "../../src/core/math/rng.ts";
import { offeredDelta } from "../../src/core/synthesizers/private/open-private.ts";
import { findSynthesizer, resolveParams } from "../../src/core/synthesizers/registry.ts";
import type { Model } from "../../src/core/synthesizers/synthesizer.ts";
import { readCsv } from "../../src/core/table/read/read-csv.ts";
import { takeRows, type Table } from "../../src/core/table/table.ts";
import { createCsvWriter } from "../../src/core/table/write-csv.ts";

interface Asked {
  readonly table: string;
  readonly target?: string;
  readonly out: string;
  readonly method: string;
  readonly epsilons: readonly number[];
  readonly seeds: number;
  readonly facts: "none" | "clinical" | "declared";
  readonly delta?: "published" | "offered";
  readonly half?: boolean;
}

/** One fit, as fits.json has it. */
export interface Fit {
  readonly epsilon: number;
  readonly seed: number;
  /** of the fit alone, by the processor, which does not depend on who else uses the machine */
  readonly seconds: number;
  /** most memory that the process has had so far */
  readonly megabytes?: number;
  readonly refused?: string;
}

/** Every learned column as a feature but the target, whatever its name. */
export async function readTable(path: string, target: string | undefined): Promise<Table> {
  const bytes = await readFile(path);
  const stream = async function* (): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield bytes;
  };
  const { table } = await readCsv(stream(), { name: basename(path) });
  const columns = table.schema.columns.map((column) => ({
    ...column,
    role: column.name === target ? ("target" as const) : ("feature" as const),
  }));
  return { ...table, schema: { ...table.schema, columns } };
}

/** Levels and ranges as they are in the table. */
export function factsIn(table: Table): PublicFacts {
  return {
    columns: table.columns.map((column, j): PublicColumn => {
      const name = table.schema.columns[j]?.name ?? "";
      if (column.type === "coded")
        return {
          name,
          levels: { values: column.levels, why: "declared" },
          missing: column.codes.some((code) => code < 0),
        };
      const present = column.values.filter(Number.isFinite).sort();
      const [from = 0, to = 0] = [present[0], present.at(-1)];
      return { name, range: { from, to, why: "declared" }, missing: present.length < column.values.length };
    }),
  };
}

const deltaOf = (rows: number, { delta }: Asked): number =>
  delta === "offered" ? offeredDelta(rows) : rows ** -1.1;

async function fitted(table: Table, asked: Asked, epsilon: number, seed: number): Promise<Model> {
  const method = findSynthesizer(asked.method);
  const declared = asked.facts === "declared" ? factsIn(table) : { columns: [] };
  const { facts } = asked.facts === "none" ? { facts: declared } : publicFacts(table.schema, declared);
  const params = resolveParams(method, { epsilon, delta: deltaOf(table.rows, asked) });
  const run = method.fit(table, params, createRng(seed), {
    previewRows: 0,
    previewEvery: 0,
    guarantee: { public: facts },
  });
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
  }
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Rows of one fit as a file; how long it took. */
async function write(table: Table, asked: Asked, epsilon: number, seed: number): Promise<Fit> {
  const middle = Math.floor(table.rows / 2);
  const [from, to] =
    asked.half !== true ? [0, table.rows] : seed % 2 === 0 ? [0, middle] : [middle, table.rows];
  const train = from === 0 && to === table.rows ? table : takeRows(table, rangeOf(from, to));
  const before = process.cpuUsage();
  let model: Model;
  try {
    model = await fitted(train, asked, epsilon, seed);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== "guarantee-refused") throw error;
    return { epsilon, seed, seconds: secondsSince(before), refused: error.message };
  }
  const seconds = secondsSince(before);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const rows = await model.sample(table.rows, createRng(seed + 1000));
  model.dispose();
  const writer = createCsvWriter(rows.schema, {});
  const file = join(asked.out, `eps${epsilon}-seed${seed}.csv`);
  await writeFile(file, Buffer.concat([writer.header(), writer.rows(rows)]));
  return { epsilon, seed, seconds, megabytes };
}

const rangeOf = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);

const asked = JSON.parse(process.argv[2] ?? "{}") as Asked;
const table = await readTable(asked.table, asked.target);
await mkdir(asked.out, { recursive: true });
const fits: Fit[] = [];
for (const epsilon of asked.epsilons)
  for (let seed = 0; seed < asked.seeds; seed++) fits.push(await write(table, asked, epsilon, seed));
await writeFile(join(asked.out, "fits.json"), `${JSON.stringify(fits, undefined, 1)}\n`);
for (const { epsilon, seed, seconds, refused } of fits)
  console.log(`${asked.out} eps ${epsilon} seed ${seed}: ${refused ?? `${seconds.toFixed(2)} s`}`);
