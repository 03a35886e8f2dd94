import { beforeAll, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { openDevice } from "../../nn/device.ts";
import { findSynthesizer, resolveParams } from "../../synthesizers/registry.ts";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { checkModel } from "./sample.ts";

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

it("a model whose parts are sound and do not fit each other is called damaged", async () => {
  const rng = createRng(1);
  const make = (f: (i: number) => number): Float64Array => Float64Array.from({ length: 200 }, (_, i) => f(i));
  const [a, b] = [make(() => rng.integer(50)), make(() => rng.integer(50))];
  const total = a.map((value, i) => value + (b[i] as number));
  const table = madeTable([
    numbers("a", a, { decimals: 0 }),
    numbers("b", b, { decimals: 0 }),
    numbers("total", total, { decimals: 0 }),
  ]);
  const copula = findSynthesizer("copula");
  const fit = copula.fit(table, resolveParams(copula, {}), createRng(1), { previewRows: 0, previewEvery: 0 });
  let next = await fit.next();
  while (next.done !== true) next = await fit.next();
  const artifact = await next.value.save();
  const filling = table.columns.map(() => "learned" as const);
  await checkModel({ artifact, schema: table.schema, filling });
  const kept = artifact.state["kept"] as Record<string, unknown>;
  expect(kept["steps"]).not.toHaveLength(0);
  const damaged = { ...artifact, state: { ...artifact.state, kept: { ...kept, steps: [] } } };
  await expect(checkModel({ artifact: damaged, schema: table.schema, filling })).rejects.toMatchObject({
    fault: { code: "model-damaged" },
  });
});
