/** What the parts of this bench share: a simulated table, a run that learns from it as the lab does, its synthetic rows. */
import { nodeWasmPaths } from "../../src/cli/node-device.ts";
import { startFit } from "../../src/core/lab/fit/fit-run.ts";
import { learnedTable } from "../../src/core/lab/left-out.ts";
import { sampleLearned } from "../../src/core/lab/sample/sample.ts";
import type { Table } from "../../src/core/table/table.ts";

export interface Learned {
  /** the learned columns of the table, and as many synthetic patients */
  readonly train: Table;
  readonly synthetic: Table;
  readonly synthesizer: string;
  readonly notices: readonly string[];
  /** CPU of fit and of sampling */
  readonly seconds: number;
}

/** Learns a simulated table whole, as on the page, and draws as many patients as it has. */
export async function learn(table: Table, synthesizer: string, seed: number): Promise<Learned> {
  const train = learnedTable(table);
  const patients = new Set(train.patients).size;
  const before = process.cpuUsage();
  const { model } = await startFit(
    table,
    { synthesizer, params: {}, seed, device: "wasm" },
    { wasmPaths: nodeWasmPaths(), previewRows: 0 },
  ).done;
  const synthetic = await sampleLearned(model, patients < table.rows ? { patients } : table.rows, seed + 1);
  const { user, system } = process.cpuUsage(before);
  return {
    train,
    synthetic,
    synthesizer: model.facts.synthesizer,
    notices: model.facts.notices ?? [],
    seconds: (user + system) / 1e6,
  };
}
