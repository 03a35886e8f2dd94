import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { takeRows, type Table } from "../../../table/table.ts";
import { courses, withCells } from "../../fixtures/frail-courses.ts";
import { judgedMeasure } from "../../measuring/judge.ts";
import type { Metric, Tables } from "../../metric.ts";
import { copiedCourses } from "./copied-courses.ts";
import { dcrSharePatients } from "./dcr-share-patients.ts";
import { membershipPatients } from "./membership-patients.ts";
import { singlingOutPatients } from "./singling-out-patients.ts";
import { tooClosePatients } from "./too-close-patients.ts";

const ALL = [dcrSharePatients, membershipPatients, tooClosePatients, copiedCourses, singlingOutPatients];
const [train, holdout] = [courses(300, 1), courses(160, 2)];

async function measured(metric: Metric, tables: Tables) {
  const result = await metric.compute(tables, createRng(1));
  if (result.status !== "ok") throw new Error(`${metric.id}: ${result.reason}`);
  return judgedMeasure(metric, result, ALL.length);
}

/** Every number a little off. */
function noised(table: Table): Table {
  const rng = createRng(4);
  return withCells(
    withCells(table, "bili", (_, x) => x + 0.1 * rng.normal()),
    "crp",
    (_, x) => x * Math.exp(0.05 * rng.normal()),
  );
}

/** The first `copied` patients are those of train, the others are nobody. */
function mixed(copied: number): Table {
  const other = courses(300, 3);
  const copies = takeRows(
    train,
    [...(train.patients ?? [])].flatMap((patient, row) => (patient < copied ? [row] : [])),
  );
  const rest = takeRows(
    other,
    [...(other.patients ?? [])].flatMap((patient, row) => (patient >= copied ? [row] : [])),
  );
  const columns = copies.columns.map((column, i) => {
    const more = rest.columns[i];
    if (column.type === "numeric" && more?.type === "numeric")
      return { ...column, values: Float64Array.of(...column.values, ...more.values) };
    if (column.type === "coded" && more?.type === "coded") {
      const codes = more.codes.map((code) => column.levels.indexOf(more.levels[code] ?? ""));
      return { ...column, codes: Int32Array.of(...column.codes, ...codes) };
    }
    throw new Error("columns differ");
  });
  const patients = Int32Array.of(...(copies.patients ?? []), ...(rest.patients ?? []));
  return { ...copies, rows: copies.rows + rest.rows, columns, patients };
}

describe("patients who are copied", () => {
  it.each(ALL.map((metric) => [metric.id, metric] as const))("%s alarms on copies", async (_, metric) => {
    const result = await measured(metric, { train, holdout, synthetic: train });
    expect(result.verdict).toBe("much-worse");
    expect(result.sentence).toMatch(/patient/);
    expect(result.sentence).not.toMatch(/(synthetic|training|held-out|real) rows?/);
  });

  it.each(
    [dcrSharePatients, membershipPatients, tooClosePatients].map((metric) => [metric.id, metric] as const),
  )("%s alarms on copies whose numbers are a little off", async (_, metric) => {
    const result = await measured(metric, { train, holdout, synthetic: noised(train) });
    expect(result.verdict).toMatch(/worse/);
  });

  it("one copied patient in ten is counted", async () => {
    const result = await measured(copiedCourses, { train, holdout, synthetic: mixed(30) });
    expect(result.verdict).toMatch(/worse/);
    const long = [...new Set(train.patients)].filter(
      (patient) => patient < 30 && (train.patients ?? []).filter((own) => own === patient).length >= 3,
    );
    expect(result.sentence).toMatch(new RegExp(`^${long.length} of \\d+ synthetic patients`));
  });

  it("copies are found without anybody held out", async () => {
    const result = await measured(copiedCourses, { train, holdout: takeRows(holdout, []), synthetic: train });
    expect(result.verdict).toBe("much-worse");
  });

  it.each([10, 20, 30, 40])("other patients raise no alarm (seed %d)", async (seed) => {
    const tables = {
      train: courses(200, seed),
      holdout: courses(100, seed + 1),
      synthetic: courses(200, seed + 2),
    };
    for (const metric of ALL)
      expect((await measured(metric, tables)).verdict, metric.id).toMatch(/^(good|cannot-tell)$/);
  });

  it("too few held-out patients are said, and asked for", async () => {
    const tables = { train, holdout: courses(25, 5), synthetic: courses(300, 3) };
    expect(await dcrSharePatients.compute(tables, createRng(1))).toMatchObject({
      status: "skipped",
      wants: "patients",
      reason: "Fewer than 40 patients with visits were held out.",
    });
  });
});
