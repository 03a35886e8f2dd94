/**
 * One method on one table: CPU seconds of fitting and drawing, and the studies' measures of its rows.
 *
 *   node --import tsx bench/language.ts TRAIN.csv TARGET [--test TEST.csv] [--method language] [--params '{"width":64}']
 *     [--drop REGEX] [--only a,b,c] [--seed 1]
 *
 * Without a test table three tenths of the rows are held out.
 */
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { nodeWasmPaths } from "../src/cli/node-device.ts";
import { breathe } from "../src/core/math/breathe.ts";
import { createRng } from "../src/core/math/rng.ts";
import { openDevice } from "../src/core/nn/device.ts";
import { MEASURES, measureRows } from "../src/core/studies/measuring/measure-rows.ts";
import { findSynthesizer, resolveParams } from "../src/core/synthesizers/registry.ts";
import type { Model, Params } from "../src/core/synthesizers/synthesizer.ts";
import { readCsv } from "../src/core/table/read/read-csv.ts";
import { learnedColumns, selectColumns, takeRows } from "../src/core/table/table.ts";
import type { Table } from "../src/core/table/table.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    test: { type: "string" },
    method: { type: "string", default: "language" },
    params: { type: "string", default: "{}" },
    drop: { type: "string", default: "^$" },
    only: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const [trainFile, target] = positionals;
if (trainFile === undefined || target === undefined) throw new Error("A table and its target are needed.");
const seed = Number(values.seed);

async function open(file: string): Promise<Table> {
  const { table } = await readCsv(createReadStream(file), {
    name: file,
    changes: [{ type: "role", column: target as string, role: "target" }],
  });
  const left = new RegExp(values.drop);
  const only = values.only?.split(",");
  const names = learnedColumns(table.schema).filter((i) => {
    const name = table.schema.columns[i]?.name ?? "";
    return name === target || (only ? only.includes(name) : !left.test(name));
  });
  return selectColumns(table, names);
}

async function split(): Promise<{ train: Table; holdout: Table }> {
  const all = await open(trainFile as string);
  if (values.test !== undefined) return { train: all, holdout: await open(values.test) };
  const order = createRng(seed).permutation(all.rows);
  const cut = Math.round(0.7 * all.rows);
  return { train: takeRows(all, order.slice(0, cut)), holdout: takeRows(all, order.slice(cut)) };
}

/** CPU seconds of this process so far. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
const { train, holdout } = await split();
const method = findSynthesizer(values.method);
const params = resolveParams(method, JSON.parse(values.params) as Partial<Params>);
const numeric = train.columns.filter(({ type }) => type === "numeric").length;
const levels = train.columns.reduce((sum, one) => sum + (one.type === "coded" ? one.levels.length : 0), 0);
const shape = { rows: train.rows, columns: train.columns.length, numeric, levels };
console.log({ ...shape, held: holdout.rows, expected: method.expectedSeconds?.(shape, params, 1) });

async function fitted(): Promise<Model> {
  const run = method.fit(train, params, createRng(seed), { previewRows: 0, previewEvery: 0 });
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
    const { step, epoch, validation, kept } = next.value;
    if (validation !== undefined)
      console.log(
        `step ${step} epoch ${epoch} held out ${validation.toFixed(3)} kept ${kept?.from} cpu ${cpu().toFixed(0)}`,
      );
  }
}

const begun = cpu();
const model = await fitted();
const trained = cpu();
const synthetic = await model.sample(train.rows, createRng(seed + 4));
const drawn = cpu();
const artifact = await model.save();
const weights = artifact.tensors.reduce((sum, { data }) => sum + data.length, 0);
const likelihoods = await method.logLikelihoods?.(artifact, holdout);
const nats = likelihoods && -likelihoods.reduce((sum, value) => sum + value, 0) / likelihoods.length;
const rows = await measureRows({ train, holdout, synthetic }, MEASURES, seed, breathe);
console.log({
  fitSeconds: Math.round(10 * (trained - begun)) / 10,
  drawSeconds: Math.round(10 * (drawn - trained)) / 10,
  weights,
  nats,
  ...Object.fromEntries(rows.map(({ measure, value }) => [measure, Math.round(1000 * value) / 1000])),
});
model.dispose();
