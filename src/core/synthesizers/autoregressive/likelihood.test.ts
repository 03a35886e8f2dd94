import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { mean } from "../../math/statistics.ts";
import { takeRows } from "../../table/table.ts";
import { texts, madeTable } from "../../table/fixtures/made-table.ts";
import { openDevice } from "../../nn/device.ts";
import { findSynthesizer, resolveParams } from "../registry.ts";
import { autoregressive } from "./autoregressive.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

const rng = createRng(5);
const stages = Array.from({ length: 400 }, () => ["I", "II", "III"][rng.weighted([5, 3, 2])] as string);
const table = madeTable(
  [
    texts("stage", stages),
    texts(
      "died",
      stages.map((stage) => (rng.uniform() < (stage === "III" ? 0.7 : 0.1) ? "yes" : "no")),
    ),
  ],
  { name: "stages" },
);

test("chances of all rows that can be sum to one, and say more than columns by themselves", async () => {
  await openDevice("wasm", { wasmPaths });
  const params = resolveParams(autoregressive, { steps: 150, members: 1 });
  const steps = findSynthesizer("autoregressive").fit(table, params, createRng(1), {
    previewRows: 0,
    previewEvery: 1e9,
  });
  let next = await steps.next();
  while (next.done !== true) next = await steps.next();
  const artifact = await next.value.save();
  const first = new Map<string, number>();
  const [stage, died] = table.columns.map((column) => (column.type === "coded" ? column.codes : []));
  for (let row = 0; row < table.rows; row++) {
    const key = `${stage?.[row]} ${died?.[row]}`;
    if (!first.has(key)) first.set(key, row);
  }
  const kinds = takeRows(table, [...first.values()]);
  expect(kinds.rows).toBe(6);
  const likelihoods = await autoregressive.logLikelihoods?.(artifact, kinds);
  expect([...(likelihoods ?? [])].reduce((sum, ll) => sum + Math.exp(ll), 0)).toBeCloseTo(1, 3);
  const all = await autoregressive.logLikelihoods?.(artifact, table);
  const share = (codes: ArrayLike<number>, code: number): number =>
    Array.from(codes).filter((one) => one === code).length / table.rows;
  const apart = Array.from({ length: table.rows }, (_, row) =>
    [stage, died].reduce((sum, codes) => sum + Math.log(share(codes ?? [], codes?.[row] ?? 0)), 0),
  );
  expect(mean(all ?? [])).toBeGreaterThan(mean(apart) + 0.1);
});
