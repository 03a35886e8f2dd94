/**
 * Synthetic rows of one table by a method with a guarantee, as CSV files: one for each epsilon and seed.
 *
 *     node --import tsx bench/private/fit-rows.ts '{"table":"x.train.csv","target":"y","out":"dir","method":"dp-target",
 *       "epsilons":[1,3,8],"seeds":5,"facts":"clinical"}'
 *
 * `facts`: none; clinical, by the names of columns; declared, every level and range as they are in the table (what a
 * person would declare). delta is n^-1.1, as in the published comparisons.
 */
import { readFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { performance } from "node:perf_hooks";
import { publicFacts } from "../../src/core/private/public/known-facts.ts";
import type { PublicColumn, PublicFacts } from "../../src/core/private/public/public-facts.ts";
import { createRng } from "../../src/core/math/rng.ts";
import { findSynthesizer, resolveParams } from "../../src/core/synthesizers/registry.ts";
import type { Model } from "../../src/core/synthesizers/synthesizer.ts";
import { readCsv } from "../../src/core/table/read/read-csv.ts";
import type { Table } from "../../src/core/table/table.ts";
import { createCsvWriter } from "../../src/core/table/write-csv.ts";

interface Asked {
  readonly table: string;
  readonly target?: string;
  readonly out: string;
  readonly method: string;
  readonly epsilons: readonly number[];
  readonly seeds: number;
  readonly facts: "none" | "clinical" | "declared";
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

async function fitted(table: Table, asked: Asked, epsilon: number, seed: number): Promise<Model> {
  const method = findSynthesizer(asked.method);
  const declared = asked.facts === "declared" ? factsIn(table) : { columns: [] };
  const { facts } = asked.facts === "none" ? { facts: declared } : publicFacts(table.schema, declared);
  const params = resolveParams(method, { epsilon, delta: table.rows ** -1.1 });
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

const asked = JSON.parse(process.argv[2] ?? "{}") as Asked;
const table = await readTable(asked.table, asked.target);
await mkdir(asked.out, { recursive: true });
for (const epsilon of asked.epsilons)
  for (let seed = 0; seed < asked.seeds; seed++) {
    const before = performance.now();
    const model = await fitted(table, asked, epsilon, seed);
    const seconds = (performance.now() - before) / 1000;
    const rows = await model.sample(table.rows, createRng(seed + 1000));
    model.dispose();
    const writer = createCsvWriter(rows.schema, {});
    const file = join(asked.out, `eps${epsilon}-seed${seed}.csv`);
    await writeFile(file, Buffer.concat([writer.header(), writer.rows(rows)]));
    if (seed === 0) console.log(`${file} ${seconds.toFixed(2)} s`);
  }
