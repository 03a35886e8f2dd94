/** 2,000 patients x 24 hourly visits x 8 numbers: CPU seconds of the fit on WASM and rows a second of sampling. */
import { createRng } from "../../src/core/math/rng.ts";
import { openDevice } from "../../src/core/nn/device.ts";
import { findSynthesizer, resolveParams } from "../../src/core/synthesizers/registry.ts";
import { coursesOf } from "../../src/core/visits/courses.ts";
import type { ColumnSchema, Table } from "../../src/core/table/table.ts";
import { nodeWasmPaths } from "../../src/cli/node-device.ts";
import type { Figure } from "../figure.ts";

const PATIENTS = 2000;
const VISITS = 24;
const NUMBERS = 8;

const column = (name: string, decimals: number, course?: "time"): ColumnSchema => ({
  name,
  kind: decimals === 0 ? "integer" : "decimal",
  role: "feature",
  reason: "",
  missingToken: "",
  number: { decimals, decimalMark: ".", thousandsMark: "" },
  ...(course && { course }),
});

/** Hourly vitals: each number an autoregression around a level of its patient, a tenth of two of them missing. */
export function hourlyVitals(seed: number): Table {
  const rng = createRng(seed);
  const rows = PATIENTS * VISITS;
  const hour = new Float64Array(rows);
  const patients = new Int32Array(rows);
  const numbers = Array.from({ length: NUMBERS }, () => new Float64Array(rows));
  for (let patient = 0; patient < PATIENTS; patient++) {
    const severity = rng.normal();
    const levels = numbers.map((_, j) => 80 + 8 * (j % 2 === 0 ? severity : -severity) + 6 * rng.normal());
    const off = new Float64Array(NUMBERS);
    for (let visit = 0; visit < VISITS; visit++) {
      const row = patient * VISITS + visit;
      [hour[row], patients[row]] = [visit, patient];
      numbers.forEach((values, j) => {
        off[j] = 0.8 * (off[j] as number) + 2 * rng.normal();
        const value = (levels[j] as number) + (off[j] as number) + 0.1 * severity * visit;
        values[row] = j >= NUMBERS - 2 && rng.uniform() < 0.1 ? NaN : Math.round(10 * value) / 10;
      });
    }
  }
  return {
    name: "hourly vitals",
    rows,
    patients,
    columns: [hour, ...numbers].map((values) => ({ type: "numeric", values })),
    schema: {
      columns: [column("hour", 0, "time"), ...numbers.map((_, j) => column(`vital ${j + 1}`, 1))],
      dialect: { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" },
      missingTokens: [""],
    },
  };
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

export async function benchVisitsSpeed(): Promise<Figure[]> {
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  const table = hourlyVitals(1);
  if (coursesOf(table) === undefined) throw new Error("no courses");
  const visits = findSynthesizer("visits");
  const before = cpuSeconds();
  const run = visits.fit(table, resolveParams(visits, {}), createRng(1), { previewRows: 0, previewEvery: 0 });
  let next = await run.next();
  while (next.done !== true) next = await run.next();
  const model = next.value;
  const fitted = cpuSeconds();
  const made = await model.courses?.sample(1000, createRng(2));
  const sampled = cpuSeconds();
  model.dispose();
  return [
    {
      what: "2,000 patients x 24 visits x 8 numbers: fit",
      value: fitted - before,
      unit: "CPU s",
      goal: { most: 90 },
    },
    {
      what: "sampling, one thread",
      value: (made?.rows ?? 0) / (sampled - fitted),
      unit: "rows/s",
      goal: { least: 20_000 },
    },
  ];
}
