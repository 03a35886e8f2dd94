/** Rows a second with masks beside without: the same table and method, drawn in turn, so that a busy machine slows both. */
import { nodeWasmPaths } from "../src/cli/node-device.ts";
import { createRng } from "../src/core/math/rng.ts";
import { openDevice } from "../src/core/nn/device.ts";
import type { Constraint } from "../src/core/rules/constraint.ts";
import { findNever } from "../src/core/rules/finding/find-never.ts";
import { gatedTable } from "../src/core/rules/fixtures/gated-table.ts";
import { autoregressive } from "../src/core/synthesizers/autoregressive/autoregressive.ts";
import { cart } from "../src/core/synthesizers/cart/cart.ts";
import { resolveParams } from "../src/core/synthesizers/registry.ts";
import type { Model, Synthesizer } from "../src/core/synthesizers/synthesizer.ts";
import type { Table } from "../src/core/table/table.ts";
import type { Figure } from "./figure.ts";

const ROWS = 5000;
const DRAWN = 20_000;
const ROUNDS = 7;

async function fitted(method: Synthesizer, train: Table, rules: readonly Constraint[]): Promise<Model> {
  const params = resolveParams(method, "steps" in method.params ? { steps: 200 } : {});
  const run = method.fit(train, params, createRng(1), { previewRows: 0, previewEvery: 0, rules });
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
  }
}

/** CPU seconds of drawing `DRAWN` rows. */
async function secondsOf(model: Model, seed: number): Promise<number> {
  const before = process.cpuUsage();
  await model.sample(DRAWN, createRng(seed));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export async function benchMasks(): Promise<Figure[]> {
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  const train = gatedTable({ rows: ROWS, seed: 1, missing: 0.1 });
  const rules = (await findNever(train)).map(({ constraint }) => constraint);
  const figures: Figure[] = [];
  for (const method of [autoregressive, cart]) {
    const [plain, masked] = [await fitted(method, train, []), await fitted(method, train, rules)];
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const without = await secondsOf(plain, round);
      ratios.push(without / (await secondsOf(masked, round)));
    }
    ratios.sort((a, b) => a - b);
    figures.push({
      what: `${method.id}: rows a second with masks, of those without`,
      value: ratios[Math.floor(ROUNDS / 2)] as number,
      unit: "",
      goal: { least: 0.7 },
      note: `${rules.length} rules, ${train.columns.length} columns; median of ${ROUNDS}`,
    });
  }
  return figures;
}
