import { expect, test } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import { independent } from "../../synthesizers/independent/independent.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";

import { fitAndSample } from "./fit-and-sample.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

const train = tableOf({
  age: { kind: "integer", cells: Array.from({ length: 120 }, (_, i) => 20 + (i % 60)) },
});

test("rows are drawn by the synthesizer that was given, not by the one of that name in the registry", async () => {
  let drawn = 0;
  const watched: Synthesizer = {
    ...independent,
    load: async (artifact) => {
      const model = await independent.load(artifact);
      return { ...model, sample: (rows, rng) => ((drawn += rows), model.sample(rows, rng)) };
    },
  };
  const tools = { wasmPaths, pulse: breathe, cancelled: () => false };
  const own = { train, method: "independent", seed: 1 };
  const { synthetic } = await fitAndSample(own, { ...tools, find: () => watched });
  expect(drawn).toBeGreaterThanOrEqual(synthetic.rows);
  expect(synthetic.columns).toEqual((await fitAndSample(own, tools)).synthetic.columns);
});
