import { beforeAll, expect, test } from "vitest";
import { createTokenCodec } from "../../codec/token.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Role } from "../../table/table.ts";
import { encodeRows } from "../token-rows/rows.ts";
import { nothingBeside } from "./beside/beside.ts";
import { plansFor } from "./model.ts";
import type { Dropouts } from "./network.ts";
import { planTraining } from "./plan.ts";
import type { TrainingPlan } from "./plan.ts";
import { firstOffsets } from "./start.ts";
import { trainBlocks } from "./training.ts";
import type { TrainedBlocks } from "./training.ts";
import { mean } from "../../math/statistics.ts";
import type { KeptSteps, Progress } from "../synthesizer.ts";

const ROWS = 300;
const HOPELESS: Dropouts = { inputs: 0.97, hidden: 0.97 };
const FAIR: Dropouts = { inputs: 0.1, hidden: 0.1 };

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

interface Outcome extends TrainedBlocks {
  readonly reports: readonly Progress[];
  /** mean of the rows' losses */
  readonly loss: number;
}

/** Trains a level that tells the mean of a number, with each of `dropouts`; `change`: what else the plan has. */
async function trained(
  dropouts: readonly Dropouts[],
  role: Role = "feature",
  change: Partial<TrainingPlan> = {},
): Promise<Outcome> {
  const rng = createRng(5);
  const kind = Int32Array.from({ length: ROWS }, () => rng.integer(3));
  const made = madeTable([
    levels("kind", kind, ["a", "b", "c"]),
    numbers(
      "value",
      Float64Array.from(kind, (k) => 4 * k + rng.normal()),
    ),
  ]);
  const columns = made.schema.columns.map((column, j) => (j === 1 ? { ...column, role } : column));
  const table = { ...made, schema: { ...made.schema, columns } };
  const options = { members: 0, units: 0, steps: 120, batch: 0, learningRate: 0 };
  const plan = { ...planTraining(ROWS, 2, options), dropouts, dropoutByColumn: false, ...change };
  const codec = createTokenCodec(table, { bins: plan.bins });
  const encoding = encodeRows(table, codec, createRng(1));
  let data = await encoding.next();
  while (data.done !== true) data = await encoding.next();
  const parents = [Int32Array.of(), Int32Array.of(0)];
  const { places } = data.value;
  const offsets = firstOffsets(data.value, ROWS);
  const plans = plansFor(codec, places, parents, offsets, plan, nothingBeside(places));
  const reports: Progress[] = [];
  const quiet = {
    previewRows: 0,
    previewEvery: 0,
    start: undefined,
    show: () => Promise.reject(new Error("nothing is to be shown")),
  };
  const run = trainBlocks(data.value, plans, plan, createRng(2), quiet);
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { ...next.value, reports, loss: mean(next.value.losses) };
    reports.push(next.value);
  }
}

const noticesOf = ({ reports }: Outcome): string[] => reports.flatMap(({ notice }) => notice ?? []);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

test("of several dropouts the held-out rows choose, whichever comes first", async () => {
  const hopeless = await trained([HOPELESS]);
  const fair = await trained([FAIR]);
  expect(fair.loss).toBeLessThan(hopeless.loss - 0.2);
  const first = await trained([FAIR, HOPELESS]);
  expect(first.blocks).toEqual(fair.blocks);
  expect(noticesOf(first)).toEqual([matching(/step 120 .* restarts.* first training is kept/)]);
  const second = await trained([HOPELESS, FAIR]);
  expect(noticesOf(second)).toEqual([matching(/step 120 .* restarts.* second training is kept/)]);
  expect(second.loss).toBeLessThan(hopeless.loss - 0.2);
  expect(second.blocks).not.toEqual(hopeless.blocks);
});

test("the target keeps weights of more checks after its best one than other columns", async () => {
  const checks = Array.from({ length: 10 }, (_, i) => 40 * (i + 1));
  const plan = { later: 0, targetLater: 2, checks, patience: 99, steps: 400, learningRate: 0.03 };
  const keptAt = async (role: Role): Promise<KeptSteps | undefined> =>
    (await trained([{ inputs: 0, hidden: 0 }], role, plan)).last.kept;
  const best = (await keptAt("feature"))?.to as number;
  expect(best).toBeLessThan(320);
  expect((await keptAt("target"))?.to).toBe(best + 80);
});

test("steps go on and the share done never falls from one dropout to the next", async () => {
  const { reports, last } = await trained([FAIR, FAIR]);
  const [steps, shares] = [reports.map(({ step }) => step), reports.map(({ fraction }) => fraction)];
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(last.step).toBe(240);
  expect(last.notice ?? last.note).toBeUndefined();
  expect(reports.some(({ step, note }) => step > 120 && note?.includes("second time"))).toBe(true);
  expect(reports.filter(({ restart }) => restart !== undefined)).toMatchObject([
    { step: 120, restart: "training restarts with lighter dropout", losses: {} },
  ]);
});

test("says which steps the kept weights are of: of the training that is kept", async () => {
  const within = async (dropouts: Dropouts[], from: number, to: number): Promise<void> => {
    const { last, reports } = await trained(dropouts);
    expect(last.kept?.from).toBeGreaterThan(from);
    expect(last.kept?.from).toBeLessThanOrEqual(last.kept?.to ?? NaN);
    expect(last.kept?.to).toBeLessThanOrEqual(to);
    for (const { step, kept } of reports) expect(kept?.to ?? 0).toBeLessThanOrEqual(step);
  };
  await within([FAIR, HOPELESS], 0, 120);
  await within([HOPELESS, FAIR], 120, 240);
});
