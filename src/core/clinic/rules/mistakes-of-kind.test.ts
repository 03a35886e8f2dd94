import { describe, expect, test } from "vitest";
import { madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { quantities } from "../ranges/reference-ranges.ts";
import { conversion } from "../ranges/unit-conversions.ts";
import { within } from "../ranges/match-column.ts";
import { builtInRules } from "./built-in/built-in-rules.ts";
import { countedRules } from "./plausibility-rules.ts";

const N = 100;
const DAY = 86_400_000;
const at = <T>(of: (i: number) => T): T[] => Array.from({ length: N }, (_, i) => of(i));
const date = (name: string, of: (i: number) => number) => numbers(name, at(of), { pattern: "YYYY-MM-DD" });

const broken = (table: Table, id: string): number | undefined =>
  countedRules([table]).counted.find(({ bound }) => bound.rule.id === id)?.breaks.broken;
const stateOf = (table: Table, id: string): string | undefined =>
  countedRules([table]).counted.find(({ bound }) => bound.rule.id === id)?.state;

describe("years and ages that lie behind a patient", () => {
  const table = (more: Parameters<typeof madeTable>[0][number]): Table =>
    madeTable([
      numbers(
        "age",
        at((i) => 30 + (i % 50)),
        { decimals: 0 },
      ),
      more,
    ]);

  test.each(["duration_years", "years_since_diagnosis", "smoking_years", "years_of_education"])(
    "%s is not above the age",
    (name) => {
      const years = numbers(
        name,
        at((i) => (i < 3 ? 95 : i % 25)),
        { decimals: 0 },
      );
      expect(broken(table(years), "age.years-so-far")).toBe(3);
    },
  );

  test("the age at a diagnosis is not above the age", () => {
    const earlier = numbers(
      "age_at_diagnosis",
      at((i) => (i < 4 ? 95 : 20)),
      { decimals: 0 },
    );
    expect(broken(table(earlier), "age.earlier-age")).toBe(4);
  });

  test.each(["pack_years", "years_of_follow_up", "expected_years", "duration_min", "years_to_live"])(
    "%s can be",
    (name) => {
      const years = numbers(
        name,
        at((i) => (i < 3 ? 95 : i % 25)),
        { decimals: 0 },
      );
      expect(broken(table(years), "age.years-so-far")).toBeUndefined();
    },
  );
});

describe("moments in order", () => {
  test("a departure before the arrival, as an emergency department names them", () => {
    const table = madeTable([
      date("edregtime", (i) => i * DAY),
      date("edouttime", (i) => (i < 4 ? i - 5 : i + 1) * DAY),
    ]);
    expect(broken(table, "dates.arrival-departure")).toBe(4);
  });

  test("a mother's last menses may be before the birth of her child", () => {
    const table = madeTable([date("date_of_birth", (i) => (i + 280) * DAY), date("lmp", (i) => i * DAY)]);
    expect(broken(table, "dates.birth-any-date")).toBeUndefined();
  });

  test("what a late entry or the dead on arrival can break is never a constraint by one click", () => {
    const hard = new Set(builtInRules.filter((rule) => rule.hard).map(({ id }) => id));
    for (const id of [
      "dates.admission-death",
      "dates.order-sample",
      "dates.surgery-death",
      "electrolytes.chloride",
      "lipids.parts",
      "lipids.ldl",
    ]) {
      expect(builtInRules.map((rule) => rule.id)).toContain(id);
      expect(hard).not.toContain(id);
    }
    expect(hard).toContain("dates.admission-discharge");
  });
});

describe("the stricter form of an age at a visit", () => {
  const visits = (off: (i: number) => number): Table =>
    madeTable([
      numbers(
        "age",
        at((i) => 40 + (i % 30)),
        { decimals: 0 },
      ),
      date("visit_date", (i) => (20_000 + i) * DAY),
      date("date_of_birth", (i) => (20_000 + i - Math.floor((40 + (i % 30) + 0.4 + off(i)) * 365.25)) * DAY),
      texts(
        "sex",
        at((i) => (i % 2 === 0 ? "Female" : "Male")),
      ),
    ]);

  test("tells a birth date that is a year off, which the wide form lets pass", () => {
    const table = visits((i) => (i < 4 ? 1 : 0));
    expect(broken(table, "age.birth-at-visit")).toBe(0);
    expect(broken(table, "age.birth-at-visit-to-the-year")).toBe(4);
    expect(stateOf(table, "age.birth-at-visit-to-the-year")).toBe("on");
  });

  test("is left off without a question where ages are rounded otherwise", () => {
    expect(
      stateOf(
        visits((i) => (i % 3 === 0 ? -0.6 : 0)),
        "age.birth-at-visit-to-the-year",
      ),
    ).toBe("idle");
  });
});

/** Slips of the unit that no single row tells, since both values are those of patients. */
const OVERLAP = new Set([
  "Weight",
  "Height",
  "Waist",
  "Hip",
  "Length of stay",
  "Glucose",
  "Insulin",
  "Uric acid",
  "Free T4",
  "Vitamin B12",
  "Iron",
  "Troponin I",
  "Urea",
  "Urea nitrogen",
  "Magnesium",
  "Phosphate",
  "Lactate",
  "Oxygen pressure",
  "Haemoglobin",
  "Estimated average glucose",
]);

test("a usual value in another unit breaks a rule, but for quantities whose units overlap", () => {
  const passed = quantities.flatMap(({ name, units }) =>
    units.flatMap((own) =>
      units.flatMap((other) => {
        const by = own === other ? undefined : conversion(name, own.unit, other.unit);
        const [low = NaN, high = NaN] = own.reference ?? own.typical ?? [];
        if (by === undefined || !Number.isFinite(low + high)) return [];
        const rules = builtInRules.filter(
          (rule) => rule.kind === "unit" && rule.unit === own.unit && rule.text.includes(`{${name}}`),
        );
        const told = [0.2, 0.5, 0.8].every((share) => {
          const slip = (low + share * (high - low)) * by.times + by.plus;
          if (!within(slip, own.plausible)) return true;
          return rules.some(({ text }) => {
            const [, from, to] = /in ([\d.]+)\.\.([\d.]+)/.exec(text) ?? [];
            return within(slip, [Number(from), Number(to)]);
          });
        });
        return told ? [] : [name];
      }),
    ),
  );
  expect(new Set(passed)).toEqual(OVERLAP);
});
