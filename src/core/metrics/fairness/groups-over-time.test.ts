import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { courses, rowsWhere, withCells } from "../fixtures/frail-courses.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Metric, Tables } from "../metric.ts";
import { equalisedOdds } from "./equalised-odds.ts";
import { groupFidelity } from "./group-fidelity.ts";
import { groupShares } from "./group-shares.ts";
import { groupUtility } from "./group-utility.ts";

/** About as many measures as evidence is judged beside. */
const EVIDENCE = 50;

async function measured(metric: Metric, tables: Tables) {
  const result = await metric.compute(tables, createRng(1));
  if (result.status !== "ok") throw new Error(`${metric.id}: ${result.reason}`);
  return judgedMeasure(metric, result, metric.scored ? 2 : EVIDENCE);
}

const levelAt = (table: Table, name: string, row: number): string | undefined => {
  const column = table.columns[table.schema.columns.findIndex((own) => own.name === name)];
  return column?.type === "coded" ? column.levels[column.codes[row] as number] : undefined;
};
const visitAt = ({ patients }: Table, row: number): number =>
  row - (patients?.indexOf(patients[row] as number) ?? 0);

/** Nine visits of one sex, two of the other. */
const oftener = (table: Table, sex: string): Table =>
  rowsWhere(table, (row) => levelAt(table, "sex", row) === sex || visitAt(table, row) < 2);

describe("groups of patients with visits", () => {
  const [train, holdout, fresh] = [1, 2, 3].map((seed) => courses(500, seed, { visits: 9 })) as [
    Table,
    Table,
    Table,
  ];

  it("are counted by patients, however many visits they have", async () => {
    const tables = {
      train: oftener(train, "m"),
      holdout: oftener(holdout, "m"),
      synthetic: oftener(fresh, "f"),
    };
    const result = await measured(groupShares, tables);
    expect(result.verdict).toBe("good");
    expect(result.sentence).toMatch(/of synthetic and .* of training patients\.$/);
    expect(result.detail).toMatchObject({ type: "groups", unit: "share of patients" });
  });

  it("are missed when half of the women are", async () => {
    const synthetic = rowsWhere(
      fresh,
      (row) => levelAt(fresh, "sex", row) === "m" || (fresh.patients?.[row] ?? 0) % 3 === 0,
    );
    const result = await measured(groupShares, { train, holdout, synthetic });
    expect(result.verdict).toMatch(/worse/);
    expect(result.sentence).toContain("Patients with sex f are");
  });

  it.each([10, 20, 30, 40, 50])("raise no alarm when they are others' (seed %d)", async (seed) => {
    const tables = {
      train: courses(180, seed),
      holdout: courses(120, seed + 1),
      synthetic: courses(180, seed + 2),
    };
    for (const metric of [groupShares, groupFidelity, groupUtility, equalisedOdds])
      expect((await measured(metric, tables)).verdict, metric.id).toMatch(/^(good|cannot-tell)$/);
  });

  it("are found when the women's numbers are others", async () => {
    const off = (row: number, x: number) => (levelAt(fresh, "sex", row) === "f" ? x + 20 : x);
    const synthetic = withCells(withCells(fresh, "bili", off), "age", off);
    const result = await measured(groupFidelity, { train, holdout, synthetic });
    expect(result.verdict).toMatch(/worse/);
    expect(result.sentence).toContain("sex f");
  });

  it("have models scored on patients, of whom nine with 9 visits each are too few", async () => {
    const responds = holdout.schema.columns.findIndex(({ name }) => name === "responds");
    const yes = holdout.columns[responds];
    const code = yes?.type === "coded" ? yes.levels.indexOf("yes") : -1;
    const held = withCells(holdout, "responds", (row) =>
      (holdout.patients?.[row] ?? 0) < 9 ? code : 1 - code,
    );
    const result = await groupUtility.compute({ train, holdout: held, synthetic: fresh }, createRng(1));
    expect(result).toMatchObject({
      status: "skipped",
      reason: "No group has 20 held-out patients with enough of every outcome to score on.",
    });
  });
});
