/**
 * Times both passes of measuring on tables given as paths or cohort names (`NAME@ROWS` for the first rows of it):
 *
 *   node --import tsx bench/measuring-seconds.ts heart-failure diabetes TABLE.csv
 *
 * Prints one line of `src/core/lab/fit/fixtures/measuring-seconds.json` a table. Processor time over the pace before and after, so that other
 * programs at work count little; the synthetic rows are rows of train drawn with replacement.
 */
import { nodeWasmPaths } from "../src/cli/node-device.ts";
import { readTable } from "../src/cli/files.ts";
import { simulateCohort } from "../src/core/clinic/cohorts/cohorts.ts";
import { createRng } from "../src/core/math/rng.ts";
import { openDevice } from "../src/core/nn/device.ts";
import { splitRows } from "../src/core/table/split.ts";
import { takeRows, type Table } from "../src/core/table/table.ts";
import { EVALUATED_ROWS } from "../src/core/lab/evaluate/evaluate-model.ts";
import { evaluate } from "../src/core/lab/evaluate/evaluate.ts";
import { learnedTable } from "../src/core/lab/left-out.ts";
import { shapeOf } from "../src/core/lab/fit/estimate.ts";
import { measurePace } from "../src/core/lab/fit/pace.ts";

const SHARE = 0.2;

const run = {
  table: "timed",
  synthesizer: "elsewhere",
  synthesizerName: "Rows drawn again",
  params: {},
  seed: 1,
  device: "wasm",
  seconds: 0,
  finishedAt: "2026-01-01T00:00:00.000Z",
} as const;

/** Milliseconds of processor time. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function tableAt(asked: string): Promise<Table> {
  const [name = "", most] = asked.split("@");
  const whole = name.endsWith(".csv") ? (await readTable(name)).table : simulateCohort(name, 1);
  const rows = Math.min(whole.rows, most === undefined ? Infinity : Number(most));
  return takeRows(
    whole,
    Int32Array.from({ length: rows }, (_, i) => i),
  );
}

await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
for (const asked of process.argv.slice(2)) {
  const whole = await tableAt(asked);
  const split = splitRows(whole, { share: SHARE, seed: 1 });
  const learned = learnedTable(whole);
  const train = takeRows(learned, split.train);
  const { patients: _none, ...rest } = train;
  const rng = createRng(9);
  const again = Int32Array.from({ length: Math.min(EVALUATED_ROWS, train.rows) }, () =>
    rng.integer(train.rows),
  );
  const tables = { train, holdout: takeRows(learned, split.holdout), synthetic: takeRows(rest, again) };
  const before = await measurePace(worked);
  const began = worked();
  let first = 0;
  await evaluate(tables, run, createRng(1), { onFirst: () => void (first = worked() - began) });
  const all = worked() - began;
  const pace = (before + (await measurePace(worked))) / 2;
  const seconds = (milliseconds: number): number => Number((milliseconds / 1000 / pace).toFixed(2));
  const { rows, columns } = shapeOf(whole, SHARE);
  const table = asked.split("/").at(-1);
  console.log(JSON.stringify({ table, rows, columns, first: seconds(first), all: seconds(all) }));
}
