import { describe, expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { seededNoise } from "../../private/noise/noise-source.ts";
import { levels, madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import { takeRows, type Table } from "../../table/table.ts";
import type { FitRequest, FittedRun } from "./fit-request.ts";
import { startFit } from "./fit-run.ts";
import { createCounting } from "./fixtures/private-method.ts";
import { roundedUp } from "./private-fit.ts";
import { runSplit } from "./training-rows.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const cohort = simulateCohort("heart-failure", 1);

async function fitted(
  table: Table,
  given: Partial<FitRequest> = {},
  method = createCounting(),
): Promise<FittedRun> {
  const request: FitRequest = { synthesizer: "counting", params: {}, seed: 1, device: "cpu", ...given };
  return startFit(table, request, { wasmPaths, previewRows: 20, find: method.find }).done;
}

const refusal = async (table: Table, given: Partial<FitRequest>): Promise<object> => {
  try {
    await fitted(table, given);
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
  throw new Error("Nothing was refused.");
};

describe("what a run with a guarantee says of itself", () => {
  test("is the guarantee of its model, a noisy count of rows and a delta, never how many there were", async () => {
    const method = createCounting();
    const { model } = await fitted(cohort, { params: { epsilon: 0.5 } }, method);
    const { guarantee, learned, params } = model.facts;
    expect(guarantee).toEqual(model.artifact.state["guarantee"]);
    expect(learned).toEqual({ rows: guarantee?.rows });
    expect(guarantee).toMatchObject({ epsilon: 0.5, noise: "cryptographic", rowsPerPatient: 1 });
    expect(params["delta"]).toBe(guarantee?.delta);
    expect(method.seen.options?.previewRows).toBe(0);
    expect(method.seen.options?.rules).toBeUndefined();
  });

  test("holds no limit, finding, reason, form of ids or word for missing that was read from cells", async () => {
    const table = madeTable(
      [
        numbers(
          "crp",
          Float64Array.from({ length: 80 }, (_, i) => i),
          {
            decimals: 1,
            reason: "Cell 17 is “4.2”.",
            missingToken: "n/a",
            limits: [{ text: "<5", value: 4.9, side: "below" }],
            findings: { beyond: 3 },
          },
        ),
        texts(
          "id",
          Array.from({ length: 80 }, (_, i) => `H-${1000 + i}`),
          {
            kind: "identifier",
            role: "identifier",
            fresh: "H-9999",
          },
        ),
        levels(
          "ward",
          Array.from({ length: 80 }, (_, i) => i % 3),
          ["Onyx", "Opal", "Ruby"],
          {
            valueLabels: [{ code: "1", label: "Onyx" }],
          },
        ),
      ],
      { missingTokens: ["", "n/a"] },
    );
    const { model } = await fitted(table);
    const { reason, missingToken, ...crp } = model.schema.columns[0] ?? {};
    expect([reason, missingToken]).toEqual(["", ""]);
    expect(Object.keys(crp).sort()).toEqual(["kind", "name", "number", "role"]);
    expect(model.filling).toEqual(["learned", "id-text", "learned"]);
    for (const told of ["<5", "4.2", "n/a", "H-9", "Onyx"]) expect(JSON.stringify(model)).not.toContain(told);
  });

  test("of seeded noise that it is not private", async () => {
    const noise = seededNoise(createRng(1));
    const { model } = await fitted(cohort, { guarantee: { public: { columns: [] }, noise } });
    expect(model.facts.guarantee?.noise).toBe("seeded");
    expect(model.facts.notices?.join(" ")).toMatch(/^Counted with noise\. Not private/);
  });

  test("of a person's rules that its rows may break them; rules that were found are not named", async () => {
    const rule = { text: "age >= 18", on: true } as const;
    const own = await fitted(cohort, { rules: [{ ...rule, by: "person" }] });
    expect(own.model.facts.notices).toContain(
      "Counting keeps no rule: its rows may break those that are on.",
    );
    const found = await fitted(cohort, { rules: [{ ...rule, by: "found" }] });
    expect(found.model.facts.notices).toEqual(["Counted with noise."]);
  });
});

test("the split is by coins, the same that the run has later, and a patient is the unit wherever an id is marked", async () => {
  const method = createCounting();
  const holdout = { share: 0.3, seed: 5 };
  const { split } = await fitted(cohort, { holdout }, method);
  expect(runSplit(cohort, { synthesizer: "counting", holdout }, method.find)).toEqual(split);
  expect(split.train.length + split.holdout.length).toBe(cohort.rows);
  const ids = texts(
    "id",
    Array.from({ length: 60 }, (_, i) => `P${i}`),
    { kind: "identifier", role: "identifier" },
  );
  const one = madeTable([ids, numbers("age", new Float64Array(60).fill(50), { decimals: 0 })]);
  const { model } = await fitted(one);
  expect(model.facts.guarantee?.unit).toBe("patient");
});

describe("no guarantee is given", () => {
  test.each<[string, Partial<FitRequest>, RegExp]>([
    ["with a delta above 1/n", { params: { delta: 0.05 } }, /Delta 0\.05 is more than 1 in/],
    ["where training looks at patients", { stopWhenNearer: true }, /looks at real patients/],
    [
      "for half a row of each patient",
      { guarantee: { public: { columns: [] }, rowsPerPatient: 0.5 } },
      /0\.5 rows/,
    ],
    [
      "for a range upside down",
      { guarantee: { public: { columns: [{ name: "age", range: { from: 9, to: 1, why: "declared" } }] } } },
      /“age”/,
    ],
  ])("%s", async (_, given, reason) => {
    const fault = await refusal(cohort, given);
    expect(fault).toMatchObject({
      code: "guarantee-refused",
      reason: expect.stringMatching(reason) as string,
    });
    expect((fault as { remedy: string }).remedy).not.toBe("");
  });

  test("going on from a saved model", async () => {
    const { model } = await fitted(cohort);
    expect(await refusal(cohort, { from: model })).toMatchObject({ code: "guarantee-refused" });
  });

  test.each([0, -1, 1e9, NaN])("at epsilon %s", async (epsilon) => {
    expect(await refusal(cohort, { params: { epsilon } })).toMatchObject({
      code: "parameter-invalid",
      name: "epsilon",
    });
  });

  test("to nine patients, however many rows they have", async () => {
    const rows = 300;
    const ids = texts(
      "id",
      Array.from({ length: rows }, (_, i) => `P${i % 9}`),
      { kind: "identifier", role: "identifier" },
    );
    const few = madeTable([ids, numbers("age", new Float64Array(rows).fill(50), { decimals: 0 })]);
    expect(await refusal(few, {})).toEqual({ code: "too-few-rows", rows: 9, needed: 10 });
    expect(
      await refusal(
        takeRows(
          cohort,
          Array.from({ length: 9 }, (_, i) => i),
        ),
        {},
      ),
    ).toMatchObject({
      code: "too-few-rows",
    });
  });

  test("by a method that spends more than it may", async () => {
    await expect(fitted(cohort, {}, createCounting(true))).rejects.toThrow(/spent epsilon/);
  });
});

test("seconds are told coarsely and never too few", () => {
  expect([0.01, 1, 1.2, 4.9, 5.1, 99, 101].map(roundedUp)).toEqual([1, 1, 2, 5, 10, 100, 200]);
});
