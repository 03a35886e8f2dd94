import { expect, test } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { levels, madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import type { Role, Table } from "../../../table/table.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer } from "../../synthesizer.ts";
import { guaranteeParams, offeredDelta } from "../open-private.ts";
import { chooseGuaranteed } from "./choice.ts";
import { createDpAuto } from "./dp-auto.ts";

interface Asked {
  readonly id: string;
  readonly params: Params;
  readonly options: FitOptions;
}

/** Methods that only say that they were asked. */
function createDesigns() {
  const asked: Asked[] = [];
  const designs = ["dp-target", "dp-marginals"].map((id): Synthesizer => {
    const model = { synthesizer: id } as Model;
    return {
      id,
      name: `The ${id}`,
      summary: "",
      reference: "",
      params: {
        ...guaranteeParams,
        bins: { type: "number", label: "", default: 8, min: 1, max: 9, reason: "" },
      },
      guarantee: true,
      // oxlint-disable-next-line require-yield
      fit: async function* (_train, params, _rng, options): AsyncGenerator<Progress, Model, void> {
        await Promise.resolve();
        asked.push({ id, params, options });
        return model;
      },
      load: () => Promise.resolve(model),
    };
  });
  return { asked, auto: createDpAuto(designs) };
}

const table = (rows: number, role: Role): Table =>
  madeTable([
    numbers(
      "age",
      Float64Array.from({ length: rows }, (_, i) => i),
      { decimals: 0 },
    ),
    levels(
      "died",
      Float64Array.from({ length: rows }, (_, i) => i % 2),
      ["no", "yes"],
      { role },
    ),
  ]);

async function fit(
  auto: Synthesizer,
  train: Table,
  params: Params = { epsilon: 0.5, delta: 1e-4 },
): Promise<{ model: Model; notices: string[] }> {
  const options = { previewRows: 0, previewEvery: 0, guarantee: { public: { columns: [] } } };
  const run = auto.fit(train, params, createRng(1), options);
  const notices: string[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { model: next.value, notices };
    if (next.value.notice !== undefined) notices.push(next.value.notice);
  }
}

test("takes target tables where a target is named and marginals where none is, says why, and leaves them all of the budget", async () => {
  const { asked, auto } = createDesigns();
  const { model, notices } = await fit(auto, table(300, "target"));
  expect(model.synthesizer).toBe("dp-target");
  expect(notices).toEqual([expect.stringMatching(/^Auto chose The dp-target: 2 columns and a named target/)]);
  expect(asked[0]?.params).toEqual({ epsilon: 0.5, delta: 1e-4, bins: 8 });
  expect(asked[0]?.options.guarantee).toEqual({ public: { columns: [] } });
  expect((await fit(auto, table(300, "feature"))).model.synthesizer).toBe("dp-marginals");
});

test("by delta it knows the order of magnitude of the patients, and with many of them for each column it takes marginals", async () => {
  const { auto } = createDesigns();
  const train = table(300, "target");
  const many = await fit(auto, train, { epsilon: 1, delta: 8e-5 });
  expect(many.model.synthesizer).toBe("dp-marginals");
  expect(many.notices[0]).toContain("about 500 patients by δ, ε 1; on tables with as much");
  expect((await fit(auto, train, { epsilon: 0.3, delta: 8e-5 })).model.synthesizer).toBe("dp-target");
  const wide = { columns: 30, target: true, epsilon: 3 };
  expect(chooseGuaranteed({ ...wide, delta: offeredDelta(500) }).design).toBe("dp-target");
  expect(chooseGuaranteed({ ...wide, delta: offeredDelta(5000) }).design).toBe("dp-marginals");
});

test("without a delta it goes by the one that will be taken", async () => {
  const { auto } = createDesigns();
  const given = { epsilon: 1, delta: 0 };
  expect((await fit(auto, table(5000, "target"), given)).model.synthesizer).toBe("dp-marginals");
  expect((await fit(auto, table(60, "target"), given)).model.synthesizer).toBe("dp-target");
});

test("what it chooses and says does not depend on the patients: not on how many, nor on their cells", async () => {
  const { auto } = createDesigns();
  const told = (await fit(auto, table(60, "target"))).notices;
  expect((await fit(auto, table(5000, "target"))).notices).toEqual(told);
});

test("loads what it chose, and no other method", async () => {
  const { auto } = createDesigns();
  const artifact = { version: 1, params: {}, state: {}, tensors: [] };
  expect((await auto.load({ ...artifact, synthesizer: "dp-marginals" })).synthesizer).toBe("dp-marginals");
  await expect(auto.load({ ...artifact, synthesizer: "cart" })).rejects.toMatchObject({
    fault: { code: "model-damaged" },
  });
});
