import { describe, expect, it } from "vitest";
import { simulate } from "../cohorts/cohorts.ts";
import { knownColumns } from "./known-quantities.ts";

const simulated = (units: "one" | "own") =>
  simulate({ cohort: "diabetes", level: 3, patients: 400, hospitals: 4, units, seed: 3 });

describe("values in the units of several hospitals", () => {
  it("are not judged by one range, and it is said which column tells the unit", async () => {
    const table = await simulated("own");
    const { columns, disputed, notes } = knownColumns([table]);
    const told = table.schema.columns.filter(({ name }) => name.endsWith("_unit")).map(({ name }) => name);
    expect(told.length).toBeGreaterThan(2);
    const judged = [...columns, ...disputed].map(({ name }) => name);
    for (const unit of told) expect(judged).not.toContain(unit.replace("_unit", ""));
    expect(notes.some((note) => note.includes(`as ${told[0]} says`))).toBe(true);
  });

  it("are judged where every hospital reports in the same", async () => {
    const { columns, notes } = knownColumns([await simulated("one")]);
    expect(columns.length).toBeGreaterThan(5);
    expect(notes.filter((note) => note.includes("several units"))).toEqual([]);
  });
});
