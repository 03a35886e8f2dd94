import { describe, expect, it } from "vitest";
import { mean } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { everyCohort } from "./cohorts.ts";
import { simulateAtOnce } from "./simulating/simulate.ts";

/** What a clinician found absurd in simulated patients, so that it stays away. */
type Row = (name: string) => number | string;

function rowsOf(id: string, level: 3 | 4, patients: number): Row[] {
  const cohort = everyCohort.find((it) => it.id === id);
  if (cohort === undefined) throw new Error(id);
  const table: Table = simulateAtOnce(cohort, { cohort: id, level, seed: 12, patients });
  const places = new Map(table.schema.columns.map(({ name }, at) => [name, at]));
  return Array.from({ length: table.rows }, (_, row) => (name) => {
    const column = table.columns[places.get(name) ?? -1];
    if (column === undefined) throw new Error(name);
    if (column.type === "numeric") return column.values[row] as number;
    return column.levels[column.codes[row] as number] ?? "";
  });
}

const numbersOf = (rows: readonly Row[], name: string): number[] =>
  rows.map((row) => Number(row(name) === "" ? NaN : row(name))).filter((value) => !Number.isNaN(value));
const share = (rows: readonly Row[], of: (row: Row) => boolean): number =>
  rows.filter(of).length / rows.length;
const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(at * values.length)] as number;

describe("heart failure", () => {
  const visits = rowsOf("heart-failure", 4, 1500);
  const of = (kind: string): Row[] => visits.filter((row) => row("visit_kind") === kind);

  it("is admitted in NYHA III and IV, and seen by appointment in I and II mostly", () => {
    for (const kind of ["Admission", "Readmission"]) {
      expect(
        share(of(kind), (row) => row("nyha") === "III" || row("nyha") === "IV"),
        kind,
      ).toBeGreaterThan(0.7);
      expect(
        share(of(kind), (row) => row("nyha") === "I"),
        kind,
      ).toBeLessThan(0.05);
    }
    expect(share(of("Planned visit"), (row) => row("nyha") === "I" || row("nyha") === "II")).toBeGreaterThan(
      0.6,
    );
  });

  it("seldom goes from NYHA I to III between two appointments", () => {
    let [from, to] = [0, 0];
    for (const [at, row] of visits.entries()) {
      const next = visits[at + 1];
      if (next?.("patient_id") !== row("patient_id") || row("nyha") !== "I") continue;
      if (row("visit_kind") !== "Planned visit" || next("visit_kind") !== "Planned visit") continue;
      from++;
      if (next("nyha") === "III" || next("nyha") === "IV") to++;
    }
    expect(to / from).toBeLessThan(0.1);
  });

  it("is seen in the clinic some days after a readmission, not while still in hospital", () => {
    for (const [at, row] of visits.entries()) {
      const next = visits[at + 1];
      if (next?.("patient_id") !== row("patient_id") || row("visit_kind") !== "Readmission") continue;
      if (next("visit_kind") !== "Planned visit") continue;
      const days = (Number(next("visit_at")) - Number(row("visit_at"))) / 86_400_000;
      expect(days).toBeGreaterThan(4);
    }
  });

  it("gets a loop diuretic when admitted", () => {
    expect(share(of("Admission"), (row) => Number(row("furosemide_mg")) > 0)).toBeGreaterThan(0.9);
  });
});

describe("diabetes", () => {
  const reviews = rowsOf("diabetes", 3, 8000);
  const [first, second] = ["Type 1", "Type 2"].map((type) =>
    reviews.filter((row) => row("diabetes_type") === type),
  );

  it("of type 1 is lighter: body mass index about 0.89 of that in type 2 (NHIS)", () => {
    const ratio = mean(numbersOf(first ?? [], "bmi")) / mean(numbersOf(second ?? [], "bmi"));
    expect(ratio).toBeGreaterThan(0.86);
    expect(ratio).toBeLessThan(0.93);
    expect(share(first ?? [], (row) => row("treatment") === "Insulin")).toBe(1);
  });

  it("treated by diet is hardly ever below 3 mmol/L", () => {
    const diet = numbersOf(
      reviews.filter((row) => row("treatment") === "Diet"),
      "glucose",
    );
    expect(quantile(diet, 0.01)).toBeGreaterThan(3);
  });
});

describe("intensive care", () => {
  const hours = rowsOf("icu", 4, 900);
  const at = (hour: number, which: (row: Row) => boolean): Row[] =>
    hours.filter((row) => row("hour") === hour && which(row));

  it("worsens in those who die after the second day, and not in those who live", () => {
    const stayed = new Set(at(47, () => true).map((row) => row("patient_id")));
    const rise = (died: string): number => {
      const of = (row: Row): boolean => row("died_in_hospital") === died && stayed.has(row("patient_id"));
      return mean(numbersOf(at(47, of), "sofa")) - mean(numbersOf(at(0, of), "sofa"));
    };
    expect(rise("Yes")).toBeGreaterThan(0.5);
    expect(rise("No")).toBeLessThan(0.2);
  });

  it("draws sugar in ketoacidosis more often than in others", () => {
    const first = hours.filter((row) => Number(row("hour")) > 0 && Number(row("hour")) < 12);
    const drawn = (which: (row: Row) => boolean): number =>
      share(first.filter(which), (row) => !Number.isNaN(row("glucose")));
    expect(drawn((row) => row("diagnosis") === "Diabetic ketoacidosis")).toBeGreaterThan(0.35);
    expect(drawn((row) => row("diagnosis") === "Heart")).toBeLessThan(0.3);
  });

  it("sees younger people with ketoacidosis", () => {
    const all = rowsOf("icu", 3, 8000);
    const age = (dka: boolean): number =>
      mean(
        numbersOf(
          all.filter((row) => (row("diagnosis") === "Diabetic ketoacidosis") === dka),
          "age",
        ),
      );
    expect(age(true)).toBeLessThan(age(false) - 5);
    expect(share(all, (row) => row("diagnosis") === "Diabetic ketoacidosis")).toBeLessThan(0.045);
  });
});

describe("an emergency department", () => {
  const visits = rowsOf("emergency", 3, 20_000);

  it("has patients who are not awake, most of them for the head and for collapse", () => {
    const clouded = (complaint: string): number =>
      share(
        visits.filter((row) => row("complaint") === complaint),
        (row) => Number(row("gcs")) < 15,
      );
    expect(clouded("Head or nerves")).toBeGreaterThan(0.1);
    expect(clouded("Injury")).toBeLessThan(0.03);
    const all = share(visits, (row) => Number(row("gcs")) < 15);
    expect(all).toBeGreaterThan(0.02);
    expect(all).toBeLessThan(0.1);
  });

  it("lets nobody wait who is not awake", () => {
    const clouded = visits.filter((row) => Number(row("gcs")) < 14);
    expect(share(clouded, (row) => row("triage") === "Standard" || row("triage") === "Not urgent")).toBe(0);
  });

  it("has small children with fever and hardly any with chest pain", () => {
    const small = visits.filter((row) => Number(row("age")) < 5);
    const with_ = (complaint: string): number => share(small, (row) => row("complaint") === complaint);
    expect(with_("Chest pain") + with_("Mental health")).toBeLessThan(0.03);
    expect(with_("Fever or infection")).toBeGreaterThan(0.15);
  });

  it("spreads pH as wide as blood gases are", () => {
    const ph = numbersOf(
      visits.filter((row) => row("emergency") === "None"),
      "ph",
    );
    expect(quantile(ph, 0.975) - quantile(ph, 0.025)).toBeGreaterThan(0.09);
  });
});
