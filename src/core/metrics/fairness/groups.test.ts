import { describe, expect, it } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { groupFidelity } from "./group-fidelity.ts";
import { groupShares } from "./group-shares.ts";
import { groupingsOf } from "./groups.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Metric } from "../metric.ts";

/** Patients of three sexes, five origins and all ages, with a pressure that depends on all of them. */
function patients(rows: number, seed: number, women = 0.4): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, () => {
    const age = Math.round(Math.max(18, Math.min(99, 62 + 17 * rng.normal())));
    const sex = rng.uniform() < women ? "female" : "male";
    const origin = ["A", "B", "C", "D", "E"][rng.weighted([60, 25, 10, 4, 1])] as string;
    return {
      age,
      sex,
      origin,
      sbp: 100 + age / 3 + 12 * rng.normal(),
      smokes: rng.uniform() < 0.3 ? "yes" : "no",
    };
  });
  const pick = (name: keyof (typeof people)[number]) => people.map((person) => person[name]);
  return tableOf({
    age: { kind: "integer", role: "sensitive", cells: pick("age") },
    sex: { kind: "category", role: "sensitive", cells: pick("sex") },
    origin: { kind: "category", role: "sensitive", cells: pick("origin") },
    sbp: { kind: "decimal", cells: pick("sbp") },
    smokes: { kind: "boolean", cells: pick("smokes") },
  });
}

const tables = (synthetic: Table) => ({ train: patients(2000, 1), holdout: patients(900, 2), synthetic });
const groupsOf = async (train: Table) => {
  const found = await groupingsOf({ train, holdout: train, synthetic: train }, createRng(1), breathe);
  if (!found) throw new Error("no groups");
  return found;
};
async function measured(metric: Metric, synthetic: Table) {
  const result = await metric.compute(tables(synthetic), createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  if (result.detail?.type !== "groups") throw new Error("not groups");
  return { ...judgedMeasure(metric, result, 1), groups: result.detail.groups };
}
const column = (
  name: string,
  cells: (number | string | null)[],
  kind: "integer" | "category" | "decimal" = "category",
) => tableOf({ [name]: { kind, role: "sensitive", cells } });

describe("groups", () => {
  it("cuts ages at 40, 65 and 85, other numbers at their quartiles, and takes few whole numbers as they are", async () => {
    const names = async (table: Table) => (await groupsOf(table)).single[0]?.groups.map(({ name }) => name);
    expect(await names(patients(2000, 1))).toEqual([
      "age: under 40",
      "age: 40 to 64",
      "age: 65 to 84",
      "age: 85 or over",
    ]);
    const months = Array.from({ length: 400 }, (_, i) => 200 + (i % 400));
    expect(await names(column("age", months, "integer"))).toEqual([
      "age: under 300",
      "age: 300 to 399",
      "age: 400 to 498",
      "age: 499 or more",
    ]);
    const codes = Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? null : i % 3));
    expect(await names(column("race", codes, "integer"))).toEqual([
      "race: 1",
      "race: 2",
      "race: not recorded",
    ]);
  });

  it("pools values of 1 to 4 patients with the smallest other until nothing gives them away", async () => {
    const cells = [60, 40, 8, 2].flatMap((n, i) => Array<string>(n).fill("ABCD"[i] as string));
    const [grouping] = (await groupsOf(column("race", cells))).single;
    expect(grouping?.groups.map(({ name, patients: { train } }) => [name, train])).toEqual([
      ["race: A", 60],
      ["race: B", 40],
      ["race: other (2 values)", 10],
    ]);
    expect(
      JSON.stringify(
        await groupShares.compute(
          { train: column("race", cells), holdout: column("race", cells), synthetic: column("race", cells) },
          createRng(1),
        ),
      ),
    ).not.toContain("D");
  });

  it("counts patients, not rows, where a patient has several", async () => {
    const cells = Array.from({ length: 80 }, (_, i) => (i < 76 ? "A" : "B"));
    const table = {
      ...column("race", cells),
      patients: Int32Array.from(cells, (cell, i) => (cell === "B" ? 0 : i)),
    };
    expect((await groupsOf(table)).single[0]?.groups.map(({ name }) => name)).toEqual([
      "race: other (2 values)",
    ]);
  });

  it("shows no crossed group whose row or column gives 1 to 4 patients away", async () => {
    for (let seed = 0; seed < 30; seed++) {
      const rng = createRng(seed);
      const draw = (letters: string, weights: number[]) =>
        Array.from({ length: 500 }, () => letters[rng.weighted(weights)] as string);
      const [a, b] = [draw("ABC", [70, 25, 5]), draw("XYZ", [80, 19, 1])];
      const table = tableOf({
        one: { kind: "category", role: "sensitive", cells: a },
        two: { kind: "category", role: "sensitive", cells: b },
      });
      const [crossed] = (await groupsOf(table)).crossed;
      const shown = new Map(crossed?.groups.map(({ name, patients: { train } }) => [name, train]));
      for (const value of "ABC") {
        const all = a.filter((cell) => cell === value).length;
        const told = [...shown].filter(([name]) => name.startsWith(`one: ${value}`));
        const hidden = all - told.reduce((sum, [, n]) => sum + n, 0);
        if (told.length > 0) expect(hidden === 0 || hidden >= 5).toBe(true);
      }
    }
  });
});

describe("shares of groups", () => {
  it("is silent on fresh patients", async () => {
    const fresh = await measured(groupShares, patients(2000, 3));
    expect(fresh.verdict).toBe("good");
    expect(fresh.value).toBeGreaterThan(0.9);
  });

  it("names the group that is half as frequent, and one that has gone", async () => {
    const half = await measured(groupShares, patients(2000, 3, 0.2));
    expect(half.verdict).toBe("much-worse");
    expect(half.sentence).toMatch(
      /^Patients with sex female are 0\.\d\d times as frequent as they should be/,
    );
    expect(half.groups[0]?.name).toContain("sex: female");
    const all = patients(2000, 3);
    const origin = all.columns[2];
    if (origin?.type !== "coded") throw new Error("not coded");
    const rows = Int32Array.from(origin.codes.keys());
    const without = takeRows(
      all,
      rows.filter((row) => origin.levels[origin.codes[row] as number] !== "D"),
    );
    const gone = await measured(groupShares, without);
    expect(gone.verdict).toBe("much-worse");
    expect(gone.value).toBeLessThan(0.2);
    expect(gone.sentence).toMatch(/origin D are 0\.0\d times/);
  });
});

describe("columns within groups", () => {
  it("is silent on fresh patients", async () => {
    const fresh = await measured(groupFidelity, patients(2000, 3));
    expect(fresh.verdict).not.toMatch(/worse/);
    expect(fresh.groups.every(({ verdict }) => verdict !== "much-worse")).toBe(true);
  });

  it("names the group whose columns are wrong, although the table's are nearly right", async () => {
    const synthetic = patients(2000, 3);
    const [age, , , sbp] = synthetic.columns;
    if (age?.type !== "numeric" || sbp?.type !== "numeric") throw new Error("not numeric");
    const wrong = sbp.values.map((value, row) => ((age.values[row] as number) >= 85 ? value - 40 : value));
    const shifted = {
      ...synthetic,
      columns: synthetic.columns.with(3, { type: "numeric" as const, values: wrong }),
    };
    const result = await measured(groupFidelity, shifted);
    expect(result.verdict).toBe("much-worse");
    expect(result.sentence).toMatch(/^Patients aged 85 or over.* are reproduced worse than everybody else/);
    expect(result.groups[0]).toMatchObject({ verdict: "much-worse" });
    expect(result.groups[0]?.name).toContain("age: 85 or over");
  });

  it("says why a small group is not compared", async () => {
    const result = await measured(groupFidelity, patients(2000, 3));
    expect(result.groups.find(({ name }) => name === "origin: E")).toMatchObject({
      reason: expect.stringMatching(/^Fewer than/) as string,
    });
  });
});
