import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { tableOf } from "../fixtures/table-of.ts";
import type { Metric } from "../metric.ts";
import { demographicParity } from "./demographic-parity.ts";
import { groupFidelity } from "./group-fidelity.ts";
import { groupShares } from "./group-shares.ts";
import { groupUtility } from "./group-utility.ts";

/** Nearly all are men: women are too few to be told of, at any share above 0. */
function patients(
  rows: number,
  seed: number,
  { women = 0.02, outcome = ["no", "yes"], shift = 0 } = {},
): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, (_, i) => {
    const score = rng.normal();
    const died = rng.uniform() < 1 / (1 + Math.exp(1 - 2 * score));
    return { sex: i < women * rows ? "F" : "M", score: score + shift, died: outcome[died ? 1 : 0] as string };
  });
  return tableOf({
    sex: { kind: "category", role: "sensitive", cells: people.map(({ sex }) => sex) },
    score: { kind: "decimal", cells: people.map(({ score }) => score) },
    died: { kind: "category", role: "target", cells: people.map(({ died }) => died) },
  });
}
const said = async (metric: Metric, synthetic: Table, options = {}): Promise<string> => {
  const tables = { train: patients(500, 1, options), holdout: patients(300, 2, options), synthetic };
  const result = await metric.compute(tables, createRng(1));
  return result.status === "ok" ? result.sentence : result.reason;
};

describe("one group only", () => {
  it("is not called alike with others, nor worse than everybody else", async () => {
    for (const shift of [0, 1]) {
      const sentence = await said(groupFidelity, patients(500, 3, { shift }));
      expect(sentence).not.toMatch(/All groups|everybody else|other groups/);
      if (shift > 0)
        expect(sentence).toMatch(/^Patients with sex M, the only group large enough, are reproduced worse/);
    }
    const two = await said(groupFidelity, patients(500, 3, { women: 0.4, shift: 1 }), { women: 0.4 });
    expect(two).not.toMatch(/the only group/);
  });

  it("loses neither most nor least", async () => {
    expect(await said(groupUtility, patients(500, 3))).toMatch(
      /asked of patients with sex M, the only group large enough: /,
    );
    expect(await said(groupUtility, patients(500, 3))).not.toMatch(/loses most|furthest behind/);
    expect(await said(groupUtility, patients(500, 3, { women: 0.4 }), { women: 0.4 })).not.toMatch(
      /the only group/,
    );
  });

  it("is not compared with itself", async () => {
    expect(await said(groupShares, patients(500, 3, { women: 0 }), { women: 0 })).toBe(
      "Every training row is of one and the same group.",
    );
    expect(await said(demographicParity, patients(500, 3))).toBe(
      "No column has two groups with enough held-out patients to compare.",
    );
  });
});

describe("what is predicted", () => {
  it("is named with its level, unless the levels say yes and no", async () => {
    const named = async (outcome: string[]): Promise<string> =>
      said(demographicParity, patients(500, 3, { women: 0.4, outcome }), { women: 0.4, outcome });
    expect(await named(["no", "yes"])).toMatch(/predicts died for groups/);
    expect(await named(["1", "2"])).toMatch(/predicts died [12] for groups/);
    expect(await named(["alive", "dead"])).toMatch(/predicts died dead for groups/);
  });
});
