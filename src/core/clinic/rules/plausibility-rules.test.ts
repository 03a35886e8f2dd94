import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { simulateCohort } from "../cohorts/cohorts.ts";
import { namedQuantity } from "../ranges/quantity-names.ts";
import { knownColumns } from "../ranges/known-quantities.ts";
import { ageBand } from "./concepts/family-concepts.ts";
import { breaksIn, plausibilityRules } from "./plausibility-rules.ts";
import { quantities } from "../ranges/reference-ranges.ts";

type Cells = readonly number[] | readonly string[];
const areTexts = (cells: Cells): cells is readonly string[] => typeof cells[0] === "string";

/** A table of numbers, dates and texts by name. */
function tableOf(given: Readonly<Record<string, Cells>>, dates: readonly string[] = []): Table {
  const columns = Object.entries(given).map(([name, cells]) =>
    areTexts(cells)
      ? texts(name, cells)
      : numbers(name, cells, { kind: dates.includes(name) ? "datetime" : "decimal" }),
  );
  return madeTable(columns);
}

const fill = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
/** Texts of the rules for a table, and what they find in it with `rows` replaced. */
const rulesOf = (table: Table) => plausibilityRules([table]);
const broken = (good: Table, bad: Table): string[] =>
  rulesOf(good)
    .rules.filter((rule) => breaksIn(rule, [bad]).broken > 0)
    .map(({ text }) => text);

describe("reference ranges", () => {
  it("are within what is plausible, and no two units claim the same median", () => {
    expect(quantities.length).toBeGreaterThanOrEqual(45);
    for (const { name, units } of quantities) {
      for (const { unit, plausible, reference, typical } of units) {
        const label = `${name} in ${unit}`;
        expect(plausible[0], label).toBeLessThan(plausible[1]);
        for (const range of [reference, typical]) {
          if (!range) continue;
          expect(range[0], label).toBeLessThanOrEqual(range[1]);
          if (Number.isFinite(range[0])) expect(range[0], label).toBeGreaterThanOrEqual(plausible[0]);
          if (Number.isFinite(range[1])) expect(range[1], label).toBeLessThanOrEqual(plausible[1]);
        }
      }
      const medians = units.flatMap(({ typical }) => (typical ? [typical] : [])).sort((a, b) => a[0] - b[0]);
      medians.forEach(([low], i) => {
        if (i > 0) expect(low, name).toBeGreaterThan((medians[i - 1] as readonly [number, number])[1]);
      });
    }
    const names = quantities.flatMap((quantity) => [...new Set(quantity.names)]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ["age", "Age", undefined],
    ["Alter (Jahre)", "Age", "years"],
    ["age_months", "Age", "months"],
    ["creatinine_phosphokinase", "Creatine kinase", undefined],
    ["serum_creatinine", "Creatinine", undefined],
    ["Kreatinin µmol/l", "Creatinine", "µmol/L"],
    ["glucose_mg_dl", "Glucose", "mg/dL"],
    ["HbA1c", "HbA1c", undefined],
    ["NTproBNP", "NT-proBNP", undefined],
    ["nt_probnp_pg_ml", "NT-proBNP", "pg/mL"],
    ["SpO2_min", "Oxygen saturation", undefined],
    ["Hämoglobin", "Haemoglobin", undefined],
    ["Natrium bei Aufnahme", "Sodium", undefined],
    ["alk.phos", "Alkaline phosphatase", undefined],
    ["wbc_k_ul", "White cells", "10⁹/L"],
    ["systolicBP", "Systolic pressure", undefined],
    ["Körpergröße_cm", undefined, undefined],
    ["Größe_cm", "Height", "cm"],
  ])("finds what %s stands for", (name, quantity, unit) => {
    const named = namedQuantity(name);
    if (name === "Körpergröße_cm") return expect(named?.quantity.name).toBe("Height");
    expect(named?.quantity.name).toBe(quantity);
    expect(named?.unit?.unit).toBe(unit);
  });

  it.each([
    "glucose_change",
    "sodium_intake",
    "high_blood_pressure",
    "packages",
    "weight_loss",
    "alternative",
    "mapped",
    "age_of_onset_group_size",
  ])("does not take %s for a quantity", (name) => expect(namedQuantity(name)).toBeUndefined());

  it("lets the real median decide the unit, and does not judge ages in months by years", () => {
    const unitOf = (name: string, values: number[]) =>
      knownColumns([tableOf({ [name]: values })]).columns[0]?.unit.unit;
    expect(
      unitOf(
        "creatinine",
        fill(60, (i) => 0.7 + i / 100),
      ),
    ).toBe("mg/dL");
    expect(
      unitOf(
        "creatinine",
        fill(60, (i) => 60 + i),
      ),
    ).toBe("µmol/L");
    expect(
      unitOf(
        "temp",
        fill(60, (i) => 97 + i / 20),
      ),
    ).toBe("°F");
    const months = knownColumns([tableOf({ age: fill(60, (i) => 300 + 9 * i) })]);
    expect(months.columns).toEqual([]);
    expect(months.notes).toEqual(["age is not judged: its median fits no unit of Age that the lab knows."]);
    const young = knownColumns([tableOf({ age: fill(60, (i) => 3 * i) })]);
    expect(young.columns).toEqual([]);
    expect(young.notes[0]).toMatch(
      /^age is not judged as Age in years: \d+\.\d% of its real values lie outside 0 to 122\.$/,
    );
  });

  it("says so where zeros stand for what was not measured", () => {
    const { notes } = knownColumns([tableOf({ insulin: fill(100, (i) => (i < 40 ? 0 : 50 + i)) })]);
    expect(notes[0]).toMatch(/40\.0% of its real values .*; most are 0, perhaps for “not measured”\.$/);
  });
});

describe("plausibility rules", () => {
  it("finds values that cannot be", () => {
    const good = tableOf({ glucose: fill(60, (i) => 80 + i), age: fill(60, (i) => 20 + i) });
    const bad = tableOf({ glucose: [0, 90], age: [50, 140] });
    expect(broken(good, bad)).toEqual(["age is 0 to 122 years", "glucose is 5 to 2,700 mg/dL"]);
  });

  it("knows which pressure is the greater, and only compares what was measured together", () => {
    const good = tableOf({
      sbp_1: fill(60, (i) => 110 + (i % 30)),
      dbp_1: fill(60, (i) => 60 + (i % 20)),
      map_1: fill(60, (i) => 85 + (i % 9)),
      dbp_2: fill(60, (i) => 60 + (i % 20)),
    });
    const bad = tableOf({ sbp_1: [80], dbp_1: [90], map_1: [70], dbp_2: [95] });
    expect(broken(good, bad)).toEqual([
      "dbp_1 is below sbp_1",
      "map_1 lies between dbp_1 and sbp_1",
      "map_1 agrees with dbp_1 and sbp_1 to 20%",
    ]);
  });

  it("puts dates in the order of a life", () => {
    const day = 86_400_000;
    const dates = { birth_date: -1e4, admittime: 0, dischtime: 5, deathtime: 9 };
    const good = tableOf(
      Object.fromEntries(Object.entries(dates).map(([name, at]) => [name, fill(40, (i) => (at + i) * day)])),
      Object.keys(dates),
    );
    const bad = tableOf(
      { birth_date: [0], admittime: [10 * day], dischtime: [9 * day], deathtime: [11 * day] },
      Object.keys(dates),
    );
    expect(broken(good, bad)).toEqual(["dischtime is not before admittime"]);
    expect(rulesOf(good).rules.map(({ text }) => text)).toContain("deathtime is not before birth_date");
  });

  it("checks lipids, body mass, triples and age bands", () => {
    const n = 60;
    const good = tableOf({
      ldl: fill(n, () => 120),
      hdl: fill(n, () => 50),
      cholesterol: fill(n, (i) => 190 + i),
      weight: fill(n, (i) => 60 + i / 2),
      height: fill(n, () => 170),
      bmi: fill(n, (i) => (60 + i / 2) / 1.7 ** 2),
      pulse_ox_min: fill(n, () => 4),
      pulse_ox_mean: fill(n, () => 5),
      pulse_ox_max: fill(n, () => 6),
      age: fill(n, (i) => 30 + i / 2),
      age_group: fill(n, (i) => (i / 2 < 10 ? "<40" : "40+")),
    });
    const bad = tableOf({
      ldl: [180],
      hdl: [60],
      cholesterol: [200],
      weight: [90],
      height: [170],
      bmi: [22],
      pulse_ox_min: [4],
      pulse_ox_mean: [7],
      pulse_ox_max: [6],
      age: [50],
      age_group: ["<40"],
    });
    expect(broken(good, bad)).toEqual([
      "ldl and hdl are together not above cholesterol",
      "bmi agrees with weight and height to 10%",
      "age lies in age_group",
      "pulse_ox_min ≤ pulse_ox_mean ≤ pulse_ox_max",
    ]);
  });

  it("knows what one sex alone can have, and keeps silent where sex is a code", () => {
    const n = 80;
    const cells = {
      pregnant: fill(n, (i) => (i % 4 === 0 ? "yes" : "no")),
      diagnosis: fill(n, (i) => (i % 4 === 1 ? "Prostate cancer" : "Asthma")),
      children_count: fill(n, (i) => i % 3),
    };
    const good = tableOf({ sex: fill(n, (i) => (i % 2 === 0 ? "Female" : "Male")), ...cells });
    const bad = tableOf({
      sex: ["Male", "Female"],
      pregnant: ["yes", "no"],
      diagnosis: ["Asthma", "Prostate cancer"],
      children_count: [-1, 0],
    });
    expect(broken(good, bad)).toEqual([
      "children_count is not negative",
      "pregnant is yes only where sex is female",
      "diagnosis tells of the prostate only where sex is male",
    ]);
    const coded = tableOf({ sex: fill(n, (i) => String(i % 2)), ...cells });
    expect(rulesOf(coded).rules.map(({ text }) => text)).toEqual(["children_count is not negative"]);
  });

  it("leaves out a rule that the real rows break", () => {
    const table = tableOf({ sbp: fill(100, (i) => (i < 10 ? 70 : 120)), dbp: fill(100, () => 80) });
    const { rules, notes } = rulesOf(table);
    expect(rules.map(({ text }) => text)).not.toContain("dbp is below sbp");
    expect(notes).toEqual(["“dbp is below sbp” is not asked: more than 5% of the real rows break it."]);
  });

  it.each([
    ["40-49", [40, 50]],
    ["[70-80)", [70, 80]],
    ["<40", [0, 40]],
    ["85+", [85, Infinity]],
    ["85 or over", [85, Infinity]],
    ["under 18", [0, 18]],
    ["unknown", undefined],
  ])("reads the age band %s", (level, band) => expect(ageBand(level)).toEqual(band));
});

describe("the lab's own cohorts", () => {
  it.each([
    ["heart-failure", ["dbp is below sbp"]],
    ["diabetes", []],
  ])("%s breaks next to no rule", (id, wanted) => {
    const table = simulateCohort(id, 1);
    const { rules } = plausibilityRules([table]);
    expect(rules.length).toBeGreaterThan(4);
    const texts = rules.map(({ text }) => text);
    for (const text of wanted) expect(texts).toContain(text);
    for (const rule of rules) {
      const { broken: n, rows } = breaksIn(rule, [table]);
      expect(n / rows, rule.text).toBeLessThan(0.005);
    }
  });

  it("a heart failure cohort of independent columns has diastolic pressures above systolic ones", () => {
    const table = simulateCohort("heart-failure", 1);
    const at = table.schema.columns.findIndex(({ name }) => name === "dbp");
    const dbp = table.columns[at];
    if (dbp?.type !== "numeric") throw new Error("not numeric");
    const order = createRng(1).permutation(table.rows);
    const shuffled = {
      ...table,
      columns: table.columns.with(at, {
        type: "numeric",
        values: dbp.values.map((_, i) => dbp.values[order[i] as number] as number),
      }),
    };
    const rule = plausibilityRules([table]).rules.find(({ text }) => text === "dbp is below sbp");
    expect(rule && breaksIn(rule, [shuffled as Table]).broken).toBeGreaterThan(5);
  });
});
