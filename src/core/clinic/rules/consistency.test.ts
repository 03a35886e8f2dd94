import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { breaksIn, countedRules, plausibilityRules } from "./plausibility-rules.ts";

const DAY = 86_400_000;
const YEAR = 365.2425 * DAY;
const FROM = Date.UTC(2018, 0, 1);

/** What the rule `id` finds of `rows` rows in `made`, matched to `real`. */
function found(real: Table, made: Table, id: string): { broken: number; rows: number } {
  const rule = plausibilityRules([real]).rules.find((one) => one.rule.id === id);
  if (rule === undefined) throw new Error(`${id} is not asked`);
  const { broken, rows } = breaksIn(rule, [made]);
  return { broken, rows };
}

/** Visits of patients whose age is that on the day; in every fifth row of a wrong table it is up to 17 years off. */
function visits(rows: number, off: boolean, fixed = false): Table {
  const rng = createRng(7);
  const births = Array.from(
    { length: rows },
    () => Date.UTC(1935, 0, 1) + Math.floor(rng.uniform() * 70 * 365) * DAY,
  );
  const days = births.map(() =>
    fixed ? Date.UTC(2021, 5, 30) : FROM + Math.floor(rng.uniform() * 2000) * DAY,
  );
  const ages = births.map((birth, i) => {
    const true_ = Math.floor(((days[i] ?? 0) - birth) / YEAR);
    return off && i % 5 === 0 ? true_ + (i % 2 === 0 ? 1 : -1) * (4 + (i % 14)) : true_;
  });
  return madeTable([
    numbers("birth_date", births, { pattern: "YYYY-MM-DD" }),
    ...(fixed ? [] : [numbers("admission_date", days, { pattern: "YYYY-MM-DD" })]),
    ...(fixed
      ? []
      : [
          numbers(
            "discharge_date",
            days.map((day) => day + 6 * YEAR),
            { pattern: "YYYY-MM-DD" },
          ),
        ]),
    numbers("age", ages, { decimals: 0 }),
  ]);
}

describe("columns that name one thing", () => {
  it("finds ages that disagree with the birth date by up to 17 years in a fifth of the rows", () => {
    const { broken, rows } = found(visits(2000, false), visits(2000, true), "age.birth-at-visit");
    expect(rows).toBe(2000);
    expect(broken / rows).toBeCloseTo(0.2, 2);
    const [counted] = countedRules([visits(2000, false)]).counted.filter(
      ({ bound }) => bound.rule.id === "age.birth-at-visit",
    );
    expect(counted?.bound.text).toBe("age is the years from birth_date to admission_date");
  });

  it("finds them where no date tells when the age was one, from the day that the real rows agree on", () => {
    const real = visits(2000, false, true);
    expect(found(real, visits(2000, true, true), "age.birth-on-day").broken / 2000).toBeCloseTo(0.2, 2);
    expect(breaksOf(real, "age.birth-on-day")).toBe(0);
    const mixed = visits(2000, true, true);
    expect(countedRules([mixed]).counted.map(({ bound }) => bound.rule.id)).not.toContain("age.birth-on-day");
  });

  const breaksOf = (table: Table, id: string): number => found(table, table, id).broken;

  /** Patients whose values are computed as the sources say, and the same with one of them moved. */
  const patients = (moved: Readonly<Record<string, number>> = {}): Table => {
    const n = 60;
    const at = (of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => of(i));
    const age = at((i) => 25 + i);
    const female = at((i) => i % 2);
    const creatinine = at((i) => 0.6 + i / 40);
    const egfr = age.map((years, i) => {
      const k = female[i] === 1 ? 0.7 : 0.9;
      const a = female[i] === 1 ? -0.241 : -0.302;
      const ratio = (creatinine[i] ?? 1) / k;
      return (
        142 *
        Math.min(ratio, 1) ** a *
        Math.max(ratio, 1) ** -1.2 *
        0.9938 ** years *
        (female[i] === 1 ? 1.012 : 1)
      );
    });
    const made: Record<string, number[]> = {
      age,
      creatinine_mg_dl: creatinine,
      egfr,
      sodium: at((i) => 136 + (i % 9)),
      chloride: at((i) => 98 + (i % 9)),
      bicarbonate: at(() => 25),
      anion_gap: at(() => 13),
      cholesterol_mmol_l: at((i) => 4 + i / 40),
      hdl_mmol_l: at(() => 1.2),
      triglycerides_mmol_l: at(() => 1.5),
      ldl_mmol_l: at((i) => 4 + i / 40 - 1.2 - 1.5 / 2.19),
      gcs_eye: at((i) => 1 + (i % 4)),
      gcs_verbal: at((i) => 1 + (i % 5)),
      gcs_motor: at((i) => 1 + (i % 6)),
      gcs: at((i) => 3 + (i % 4) + (i % 5) + (i % 6)),
      ph: at((i) => 6.1 + Math.log10(25 / (0.0307 * (35 + (i % 10))))),
      pco2: at((i) => 35 + (i % 10)),
      po2: at((i) => 70 + i),
      fio2: at((i) => 0.3 + (i % 7) / 10),
      pf_ratio: at((i) => (70 + i) / (0.3 + (i % 7) / 10)),
      hba1c: at((i) => 5 + i / 20),
      estimated_average_glucose: at((i) => 28.7 * (5 + i / 20) - 46.7),
    };
    return madeTable([
      texts(
        "sex",
        female.map((one) => (one === 1 ? "Female" : "Male")),
      ),
      ...Object.entries(made).map(([name, cells]) =>
        numbers(
          name,
          cells.map((cell) => cell * (moved[name] ?? 1)),
          { kind: "decimal" },
        ),
      ),
    ]);
  };

  it.each([
    ["egfr.agrees-female", "egfr", 1.6],
    ["egfr.agrees-male", "creatinine_mg_dl", 2],
    ["electrolytes.anion-gap-without-potassium", "anion_gap", 2],
    ["lipids.friedewald", "ldl_mmol_l", 1.4],
    ["gcs.total", "gcs_motor", 2],
    ["gases.henderson-hasselbalch", "pco2", 2],
    ["gases.ratio", "pf_ratio", 1.5],
    ["glucose.average", "estimated_average_glucose", 1.3],
    ["unit.fio2.share.percent", "fio2", 100],
    ["unit.creatinine.mg-dl.umol-l", "creatinine_mg_dl", 88.4],
  ])("%s is kept by values as they are computed, and broken where %s is moved", (id, name, by) => {
    const real = patients();
    expect(breaksOf(real, id)).toBe(0);
    const { broken, rows } = found(real, patients({ [name]: by }), id);
    expect(rows).toBeGreaterThanOrEqual(25);
    expect(broken / rows).toBeGreaterThan(0.75);
  });

  it("asks about a rule that more than 5% of the real rows break, and asks it only when a person says so", () => {
    const table = patients({ egfr: 1.6 });
    const stateWith = (on: readonly string[], off: readonly string[] = []) =>
      countedRules([table], { on, off, own: [] }).counted.find(
        ({ bound }) => bound.rule.id === "egfr.agrees-male",
      )?.state;
    expect(stateWith([])).toBe("asked");
    expect(stateWith(["egfr.agrees-male"])).toBe("on");
    expect(stateWith([], ["egfr.agrees-male"])).toBe("off");
    expect(plausibilityRules([table]).notes.some((note) => note.includes("CKD-EPI"))).toBe(true);
  });
});
