import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { takeRows, type Table } from "../../../table/table.ts";
import {
  rowsByPatient,
  rowsFrom,
  visitsShuffled,
  wardCourses,
  withNumbers,
} from "../../fixtures/ward-courses.ts";
import { judgedMeasure } from "../../measuring/judge.ts";
import type { MeasuredResult, Tables } from "../../metric.ts";
import { metrics } from "../../registry.ts";
import { STRANGERS } from "./course-distance.ts";

const own = metrics.filter(({ about, family }) => about === "courses" && family === "fidelity");
const [train, holdout, fresh] = [wardCourses(300, 1), wardCourses(150, 2), wardCourses(300, 3)];
const NUMBERS = ["bili", "ast", "weight"];

/** Judged as one of 30 measures. */
async function judged(id: string, tables: Tables, seed = 1): Promise<MeasuredResult> {
  const metric = own.find((one) => one.id === id);
  const result = await metric?.compute(tables, createRng(seed), async () => {});
  if (metric === undefined || result?.status !== "ok") throw new Error(`${id} was not measured`);
  return judgedMeasure(metric, result, 30);
}

const others = [...(fresh.patients ?? [])];
const first = new Map(rowsByPatient(fresh).map((rows, patient) => [patient, rows[0] as number]));
const firstOf = (row: number): number => first.get(others[row] as number) as number;

/** Each number moved towards its patient's mean. */
function collapsed(table: Table, share: number): Table {
  return NUMBERS.reduce((changed, name) => {
    const at = table.schema.columns.findIndex((column) => column.name === name);
    const column = table.columns[at];
    if (column?.type !== "numeric") return changed;
    const means = rowsByPatient(table).map(
      (rows) => rows.reduce((sum, row) => sum + (column.values[row] as number), 0) / rows.length,
    );
    return withNumbers(changed, name, (row, value) => {
      const mean = means[table.patients?.[row] as number] as number;
      return mean + share * (value - mean);
    });
  }, table);
}

/** A gap at any visit, as often as the real ones are missing. */
function missingAnywhere(table: Table): Table {
  const rng = createRng(5);
  const at = table.schema.columns.findIndex(({ name }) => name === "crp");
  const column = table.columns[at];
  if (column?.type !== "numeric") return table;
  const share = column.values.filter(Number.isNaN).length / table.rows;
  const known = column.values.filter((value) => !Number.isNaN(value));
  return withNumbers(table, "crp", () =>
    rng.uniform() < share ? NaN : (known[rng.integer(known.length)] as number),
  );
}

/** Courses of the named columns swapped between patients, visit for visit. */
function swapped(table: Table, names: readonly string[]): Table {
  const rows = rowsByPatient(table);
  const order = createRng(6).permutation(rows.length);
  return rowsFrom(table, names, (row) => {
    const patient = table.patients?.[row] as number;
    const theirs = rows[order[patient] as number] as number[];
    const visit = row - (rows[patient]?.[0] as number);
    return theirs[visit % theirs.length] as number;
  });
}

/** The last visit's values at the first, and so on. */
function backwards(table: Table): Table {
  const rows = rowsByPatient(table);
  return rowsFrom(table, [...NUMBERS, "crp", "stage"], (row) => {
    const theirs = rows[table.patients?.[row] as number] as number[];
    return (theirs[0] as number) + (theirs.at(-1) as number) - row;
  });
}

const everyOther = (table: Table): Table =>
  takeRows(
    table,
    Int32Array.from(rowsByPatient(table).flatMap((rows) => rows.filter((_, visit) => visit % 2 === 0))),
  );

const anyRow = createRng(7);
const faults: Readonly<Record<string, { made: Table; seen: readonly string[] }>> = {
  "each patient's visits shuffled": {
    made: visitsShuffled(fresh, createRng(4)),
    seen: ["transitions", "c2st-visits", "c2st-patients"],
  },
  "the first visit again and again": {
    made: rowsFrom(fresh, [...NUMBERS, "crp", "stage"], firstOf),
    seen: ["change-spread", "change-shapes", "lag-correlation", "intraclass-correlation", "c2st-patients"],
  },
  "a third of the amplitude": {
    made: collapsed(fresh, 1 / 3),
    seen: ["change-spread", "change-shapes", "intraclass-correlation", "c2st-patients"],
  },
  "stages at random": {
    made: rowsFrom(fresh, ["stage"], () => anyRow.integer(fresh.rows)),
    seen: ["transitions", "c2st-visits", "c2st-patients"],
  },
  "numbers of anybody, at any visit": {
    made: rowsFrom(fresh, NUMBERS, () => anyRow.integer(fresh.rows)),
    seen: ["lag-correlation", "intraclass-correlation", "change-spread"],
  },
  "each patient's visits backwards": { made: backwards(fresh), seen: ["transitions"] },
  "numbers that rise where they should stay": {
    made: ["bili", "ast", "crp"].reduce(
      (table, name) => withNumbers(table, name, (row, value) => value + 2 * (row - firstOf(row))),
      fresh,
    ),
    seen: ["visit-shapes", "change-shapes"],
  },
  "gaps anywhere": { made: missingAnywhere(fresh), seen: ["missing-runs"] },
  "one column of other patients": { made: swapped(fresh, ["bili"]), seen: ["cross-lag", "c2st-visits"] },
  "every other visit": {
    made: everyOther(fresh),
    seen: ["visit-counts", "visit-gaps", "transitions"],
  },
  "visits twice as far apart": {
    made: withNumbers(fresh, "day", (_, day) => 2 * day),
    seen: ["visit-gaps", "course-durations", "c2st-visits", "c2st-patients"],
  },
};

describe("measures of courses see", () => {
  const cases = Object.entries(faults).flatMap(([fault, { made, seen }]) =>
    seen.map((id) => [fault, id, made] as const),
  );
  it.each(cases)("%s: %s", async (_, id, synthetic) => {
    expect((await judged(id, { train, holdout, synthetic })).verdict).toMatch(/worse/);
  });

  it("each of them some fault", () => {
    const seen = new Set(Object.values(faults).flatMap(({ seen: ids }) => ids));
    expect(own.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
  });

  it("which column it is", async () => {
    const { detail, sentence } = await judged("transitions", {
      train,
      holdout,
      synthetic: faults["stages at random"]?.made ?? fresh,
    });
    expect(detail).toMatchObject({ columns: [{ name: "stage", verdict: "much-worse" }] });
    expect(sentence).toMatch(/^What follows a category/);
    const spread = await judged("change-spread", {
      train,
      holdout,
      synthetic: withNumbers(fresh, "ast", () => 20),
    });
    expect(spread.sentence).toContain("Furthest off: ast.");
  });
});

describe("measures of courses are silent", () => {
  const seeds = [1, 2, 3, 4, 5, 6];
  it.each(own.map((metric) => [metric.id, metric] as const))(
    "%s on other patients of the same kind",
    async (id, { effort = 1 }) => {
      const verdicts: string[] = [];
      for (const seed of effort > 1 ? seeds.slice(0, 2) : seeds) {
        const tables = {
          train: wardCourses(160, 10 * seed + 1),
          holdout: wardCourses(60, 10 * seed + 2),
          synthetic: wardCourses(160, 10 * seed + 3),
        };
        verdicts.push((await judged(id, tables, seed)).verdict);
      }
      expect(verdicts.filter((verdict) => /worse/.test(verdict))).toEqual([]);
    },
  );
});

describe("rows that are nobody's", () => {
  const { patients: _, ...flat } = fresh;
  const tables: Tables = { train, holdout, synthetic: flat };

  it("are patients of one visit, and nothing else is measured of them", async () => {
    const counts = await judged("visit-counts", tables);
    expect(counts).toMatchObject({ value: 1, verdict: "much-worse" });
    expect(counts.sentence).toContain("visits on average and synthetic ones 1.0");
    for (const metric of own) {
      if (metric.id === "visit-counts") continue;
      const result = await metric.compute(tables, createRng(1), async () => {});
      expect(result, metric.id).toMatchObject({ status: "skipped", reason: STRANGERS });
    }
  });
});
