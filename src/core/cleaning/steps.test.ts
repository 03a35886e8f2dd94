import { describe, expect, test } from "vitest";
import { faultOf } from "../table/fixtures/read-text.ts";
import type { CleaningStep } from "../table/cleaning-step.ts";
import { cellsAfter, clean, cleaned, column } from "./fixtures/cleaned.ts";

const reasonOf = async (text: string, ...steps: CleaningStep[]) => {
  const fault = await faultOf(cleaned(text, steps.map(clean)));
  if (fault.code !== "step-impossible") throw new Error(fault.code);
  return fault;
};

const sexes = column("sex", ["m", "M", "male", "f", "W", "weibl.", "m", "?", "f", "f"]);

describe("texts of a column", () => {
  test("several spellings become one, in several groups", async () => {
    const step: CleaningStep = {
      step: "merge",
      column: "sex",
      from: ["M", "male"],
      to: "m",
      more: [{ from: ["W", "weibl."], to: "f" }],
    };
    expect(await cellsAfter(sexes, "sex", step)).toEqual(["m", "m", "m", "f", "f", "f", "m", "?", "f", "f"]);
    const { cleaning } = await cleaned(sexes, [clean(step)]);
    expect(cleaning.done()).toEqual([{ text: "sex: 6 spellings merged into 2", cells: 4 }]);
  });

  test("a text becomes missing, and a number among many values too", async () => {
    const cells = ["5.1", "9999", "4.2", "n.m.", "9999", "3.9"];
    const step: CleaningStep = { step: "merge", column: "k", from: ["9999", "n.m."], to: null };
    expect(await cellsAfter(column("k", cells), "k", step)).toEqual(["5.1", "", "4.2", "", "", "3.9"]);
  });

  test("part of a text is replaced as it stands, not as a pattern", async () => {
    const step: CleaningStep = { step: "replace", column: "k", find: ".*$&", by: "$1" };
    expect(await cellsAfter(column("k", ["a.*$&b", "ab", "c"]), "k", step)).toEqual(["a$1b", "ab", "c"]);
  });

  test("a unit is taken off in all its spellings, stays with the column, and limits stay", async () => {
    const cells = ["92 bpm", "88 BPM", "<40bpm", "101 bpm", "77", "not today"];
    const text = column("pulse", [...cells, ...Array.from({ length: 30 }, (_, i) => `${50 + i} bpm`)]);
    const step: CleaningStep = { step: "strip-unit", column: "pulse", unit: "bpm", spellings: ["BPM"] };
    const { cleaning, table } = await cleaned(text, [clean(step)]);
    expect(cleaning.done()).toEqual([{ text: "pulse: unit “bpm”, in 2 spellings, taken off", cells: 34 }]);
    expect(table.schema.columns[1]).toMatchObject({ kind: "integer", unit: "bpm" });
    const levels = cleaning.cleaned().rows.cells[1];
    if (levels?.type !== "texts") throw new Error("values");
    expect(levels.levels).toContain("<40");
    expect((await reasonOf(text, { step: "strip-unit", column: "pulse", unit: "mmHg" })).reason).toMatch(
      /No cell/,
    );
  });

  test("marks beside numbers are taken off; words stay", async () => {
    const step: CleaningStep = { step: "strip-marks", column: "k", marks: ["*", "H", "L"] };
    const cells = ["5.2 H", "L 3.1", "4.4*", "* 4,1 L", "High", "H", "4.0"];
    expect(
      await cellsAfter(column("k", cells), "k", step, { step: "rename", column: "k", to: "x" }),
    ).toHaveLength(7);
    const { cleaning } = await cleaned(column("k", cells), [clean(step)]);
    const found = cleaning.cleaned().rows.cells[1];
    expect(found?.type === "texts" && found.levels).toEqual(["5.2", "3.1", "4.4", "4,1", "High", "H", "4.0"]);
  });

  test("numbers in several notations are written in one; what can be read two ways stays", async () => {
    const cells = ["1,234.5", "1.234,5", "12,5", "7.5", "1.234.567", "999"];
    const step: CleaningStep = { step: "one-notation", column: "k" };
    const plain = ["1234.5", "1234.5", "12.5", "7.5", "1234567", "999"];
    expect(await cellsAfter(column("k", cells), "k", step)).toEqual(plain);
    const doubtful = await cleaned(column("k", [...cells, "5,123"]), [clean(step)]);
    const found = doubtful.cleaning.cleaned().rows.cells[1];
    expect(found?.type === "texts" && found.levels).toContain("5,123");
  });
});

describe("columns", () => {
  const pressures = column("bp", ["135/78", "120/80", "", "140 / 90", "118/76"]);

  test("one is split into others, which take its place; missing stays missing", async () => {
    const step: CleaningStep = { step: "split", column: "bp", at: "/", into: ["sbp", "dbp"] };
    const { table, cleaning } = await cleaned(pressures, [clean(step)]);
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["n", "sbp", "dbp"]);
    expect(await cellsAfter(pressures, "dbp", step)).toEqual(["78", "80", "", "90", "76"]);
    expect(cleaning.done()).toEqual([{ text: "bp: split into sbp and dbp", cells: 4 }]);
  });

  test("two make a new one beside them; missing where one of them is", async () => {
    const text = "site,nr\nUlm,1\nJena,1\n,2\nUlm,?\nKiel,3\n";
    const step: CleaningStep = { step: "combine", column: "person", columns: ["site", "nr"], at: "-" };
    expect(await cellsAfter(text, "person", step)).toEqual(["Ulm-1", "Jena-1", "", "", "Kiel-3"]);
    expect(await cellsAfter(text, "site", step)).toHaveLength(5);
    const { cleaning } = await cleaned(text, [clean(step)]);
    expect(cleaning.done()).toEqual([{ text: "person: made of site and nr", cells: 3 }]);
    expect((await reasonOf(text, { ...step, column: "nr" })).reason).toMatch(
      /There is a column “nr” already/,
    );
    expect((await reasonOf(text, { ...step, columns: ["site", "no"] })).reason).toMatch(/no column “no”/);
  });

  test("a split that gives other counts names the row, or keeps such cells whole", async () => {
    const odd = column("bp", ["135/78", "120", "118/76"]);
    const step: CleaningStep = { step: "split", column: "bp", at: "/", into: ["sbp", "dbp"] };
    expect((await reasonOf(odd, step)).reason).toMatch(
      /^Row 2 says “120”, which gives 1 part for “sbp”, “dbp”/,
    );
    expect(await cellsAfter(odd, "sbp", { ...step, others: "first" })).toEqual(["135", "120", "118"]);
    expect(await cellsAfter(odd, "dbp", { ...step, others: "first" })).toEqual(["78", "", "76"]);
    expect((await reasonOf(odd, { ...step, into: ["n", "dbp"] })).reason).toMatch(
      /There is a column “n” already/,
    );
  });

  test("changes to kind and role follow a rename; those of a column that is split go with it", async () => {
    const { table } = await cleaned(sexes, [
      { type: "role", column: "sex", role: "target" },
      { type: "kind", column: "n", kind: "category" },
      clean({ step: "rename", column: "sex", to: "gender" }),
      clean({ step: "rename", column: "n", to: "sex" }),
    ]);
    expect(table.schema.columns.map(({ name, kind, role }) => [name, kind, role])).toEqual([
      ["sex", "category", "feature"],
      ["gender", "category", "target"],
    ]);
    const split = await cleaned(pressures, [
      { type: "role", column: "bp", role: "omit" },
      clean({ step: "split", column: "bp", at: "/", into: ["bp", "dbp"] }),
    ]);
    expect(split.table.schema.columns[1]).toMatchObject({ name: "bp" });
  });

  test("a fault has the step's number in the list and the nearest name", async () => {
    const fault = await faultOf(
      cleaned(sexes, [
        { type: "role", column: "sex", role: "target" },
        clean({ step: "rename", column: "sexx", to: "gender" }),
      ]),
    );
    expect(fault).toMatchObject({ code: "step-impossible", number: 2, step: "sexx: call it “gender”" });
    expect(fault.code === "step-impossible" && fault.reason).toMatch(/Did you mean “sex”\?/);
  });

  test("numbers out of range become missing", async () => {
    const ages = column("age", ["42", "455", "61", "-3", "NA", "65526"]);
    const step: CleaningStep = { step: "limit", column: "age", low: 0, high: 120 };
    const { cleaning, table } = await cleaned(ages, [clean(step)]);
    expect(cleaning.done()).toEqual([
      { text: "age: numbers below 0 and above 120 read as missing", cells: 3 },
    ]);
    expect(table.columns[1]?.type === "numeric" && [...table.columns[1].values]).toEqual([
      42,
      NaN,
      61,
      NaN,
      NaN,
      NaN,
    ]);
    expect((await reasonOf(ages, { ...step, low: 130 })).reason).toMatch(/130, is above the upper one, 120/);
    expect((await reasonOf(sexes, { step: "limit", column: "sex", low: 1 })).reason).toMatch(
      /holds no numbers/,
    );
  });
});

describe("conditions and formulas", () => {
  const patients =
    "age,blood pressure,sex,admitted,discharged,weight,height\n" +
    Array.from({ length: 40 }, (_, i) =>
      [
        i % 10 === 0 ? "" : 12 + i * 1.5,
        90 + ((i * 7) % 80),
        i % 3 === 0 ? "male" : "female",
        `2024-01-${String(1 + (i % 20)).padStart(2, "0")}`,
        `2024-02-${String(1 + (i % 25)).padStart(2, "0")}`,
        60 + i,
        170,
      ].join(","),
    ).join("\n") +
    "\n";

  test("only rows that meet a condition stay; a missing cell meets none", async () => {
    const step: CleaningStep = { step: "keep-rows", where: "age >= 18 and sex = female" };
    const { table, cleaning } = await cleaned(patients, [clean(step)]);
    const rows = Array.from({ length: 40 }, (_, i) => i).filter(
      (i) => i % 10 !== 0 && 12 + i * 1.5 >= 18 && i % 3 !== 0,
    );
    expect(table.rows).toBe(rows.length);
    expect(cleaning.done()[0]).toMatchObject({ rows: 40 - rows.length });
    expect((await reasonOf(patients, { step: "keep-rows", where: "age > 500" })).reason).toMatch(
      /^No row of 40/,
    );
  });

  test("a condition speaks of dates and of names in back-quotes", async () => {
    const step: CleaningStep = {
      step: "keep-rows",
      where: '`blood pressure` < 120 and admitted < "2024-01-10"',
    };
    const { table } = await cleaned(patients, [clean(step)]);
    const kept = Array.from({ length: 40 }, (_, i) => i).filter(
      (i) => 90 + ((i * 7) % 80) < 120 && 1 + (i % 20) < 10,
    );
    expect(table.rows).toBe(kept.length);
  });

  test("a column is calculated: numbers, yes and no, dates", async () => {
    const bmi = await cellsAfter(patients, "bmi", {
      step: "derive",
      column: "bmi",
      formula: "round(weight / (height / 100)^2, 1)",
    });
    expect(bmi[3]).toBe(String(Math.round((63 / 1.7 ** 2) * 10) / 10));
    const adult = await cellsAfter(patients, "adult", {
      step: "derive",
      column: "adult",
      formula: "age >= 18",
    });
    expect(adult.slice(0, 6)).toEqual(["", "no", "no", "no", "yes", "yes"]);
    const stay = await cellsAfter(patients, "stay", {
      step: "derive",
      column: "stay",
      formula: "days(discharged - admitted)",
    });
    expect(stay[0]).toBe("31");
    const later = await cellsAfter(patients, "later", {
      step: "derive",
      column: "later",
      formula: "admitted + 86400000",
    });
    expect(later[0]).toBe("2024-01-02");
  });

  test("errors of a formula have their position, and a time needs a unit", async () => {
    const fault = await reasonOf(patients, { step: "derive", column: "x", formula: "weight / hight" });
    expect(fault.reason).toMatch(/^At character 10: There is no column “hight”.*Did you mean “height”\?/);
    const span = await reasonOf(patients, { step: "derive", column: "x", formula: "discharged - admitted" });
    expect(span.reason).toMatch(/needs a unit/);
    const kept = await reasonOf(patients, { step: "keep-rows", where: "weight + 1" });
    expect(kept.reason).toMatch(/true or false/);
  });

  test("steps follow one another: what one makes, the next can name", async () => {
    const { table } = await cleaned(patients, [
      clean({ step: "derive", column: "bmi", formula: "weight / (height / 100)^2" }),
      clean({ step: "rename", column: "bmi", to: "body mass" }),
      clean({ step: "keep-rows", where: "`body mass` > 25" }),
    ]);
    expect(table.rows).toBe(
      Array.from({ length: 40 }, (_, i) => (60 + i) / 1.7 ** 2).filter((bmi) => bmi > 25).length,
    );
  });
});

describe("less is told of a person", () => {
  const visits =
    "patient,born,seen,plz,age\n" +
    Array.from({ length: 30 }, (_, i) =>
      [
        `P${i % 6}`,
        `19${50 + (i % 6)}-0${1 + (i % 6)}-15`,
        `2024-0${1 + (i % 9)}-1${i % 10}`,
        `0${1010 + i}`,
        60 + i,
      ].join(","),
    ).join("\n") +
    "\n";

  test("a date to its month or year", async () => {
    const month = await cellsAfter(visits, "born", { step: "coarsen", column: "born", to: { by: "month" } });
    expect(month[1]).toMatch(/^1951-02/);
    const { cleaning } = await cleaned(visits, [
      clean({ step: "coarsen", column: "born", to: { by: "year" } }),
    ]);
    const cells = cleaning.cleaned().rows.cells[1];
    expect(cells?.type === "texts" && cells.levels).toEqual(["1950", "1951", "1952", "1953", "1954", "1955"]);
  });

  test("all dates of a patient move together, as the seed says, by half a year at most", async () => {
    const shift = (seed: number) =>
      ["born", "seen"].map((name): CleaningStep => ({
        step: "coarsen",
        column: name,
        to: { by: "shift", patient: "patient", seed },
      }));
    const days = (text: string): number => Date.parse(text) / 86_400_000;
    const [born, seen] = [
      await cellsAfter(visits, "born", ...shift(7)),
      await cellsAfter(visits, "seen", ...shift(7)),
    ];
    const before = [await cellsAfter(visits, "born"), await cellsAfter(visits, "seen")];
    const moved = born.map((text, i) => days(text) - days(before[0]?.[i] as string));
    expect(seen.map((text, i) => days(text) - days(before[1]?.[i] as string))).toEqual(moved);
    expect(moved.slice(0, 6)).toEqual(moved.slice(6, 12));
    expect(new Set(moved).size).toBeGreaterThan(3);
    expect(Math.max(...moved.map(Math.abs))).toBeLessThanOrEqual(182);
    expect(await cellsAfter(visits, "born", ...shift(7))).toEqual(born);
    expect(await cellsAfter(visits, "born", ...shift(8))).not.toEqual(born);
  });

  test("a postcode to its first characters, and a high age to a limit", async () => {
    const { cleaning } = await cleaned(visits, [
      clean({ step: "coarsen", column: "plz", to: { by: "first", characters: 2 } }),
      clean({ step: "coarsen", column: "age", to: { by: "top", at: 80 } }),
    ]);
    const { rows } = cleaning.cleaned();
    const [plz, age] = [rows.cells[3], rows.cells[4]];
    expect(plz?.type === "texts" && plz.levels).toEqual(["01"]);
    expect(age?.type === "texts" && age.levels.at(-1)).toBe(">80");
    expect(cleaning.done()[1]).toEqual({ text: "age: numbers above 80 written as “>80”", cells: 9 });
  });
});

describe("steps that reading takes by itself", () => {
  const pressures = column(
    "bp",
    Array.from({ length: 12 }, (_, i) => `${110 + 5 * i}/${60 + 3 * i}`),
  );

  test("blood pressures in one cell are split, stand first in the list, and can be undone", async () => {
    const first = await cleaned(pressures, [], { automatic: true });
    expect(first.cleaning.list()).toEqual([
      {
        type: "clean",
        step: { step: "split", column: "bp", at: "/", into: ["sbp", "dbp"] },
        automatic: true,
      },
    ]);
    expect(first.cleaning.done()).toEqual([{ text: "bp: split into sbp and dbp, on reading", cells: 12 }]);
    expect(first.table.schema.columns.map(({ name, kind }) => [name, kind]).slice(1)).toEqual([
      ["sbp", "integer"],
      ["dbp", "integer"],
    ]);
    const undone = await cleaned(pressures, []);
    expect(undone.table.schema.columns.map(({ name }) => name)).toEqual(["n", "bp"]);
  });

  test("months with years, fractions of ten and visual acuities are no blood pressures", async () => {
    for (const cells of [
      ["03/2019", "11/2020", "12/2021", "01/2018", "05/2022", "06/2022"],
      ["3/10", "7/10", "5/10", "1/10", "0/10", "9/10"],
      ["20/40", "20/20", "20/25", "20/200", "20/60", "20/30"],
    ]) {
      const { cleaning } = await cleaned(column("x", cells), [], { automatic: true });
      expect(cleaning.list()).toEqual([]);
    }
  });
});
