import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import type { Table } from "../table/table.ts";
import { absorbingOf } from "./absorbing.ts";
import { coursesOf, type Courses } from "./courses.ts";
import { coursePlanOf } from "./course-plan.ts";
import { boundedVisits, boundsVisits } from "./follow-up-end.ts";
import { beyondMost, firstVisits } from "./most-visits.ts";
import { monotoneOf } from "./monotone.ts";
import { nextTimeOf } from "./next-time.ts";
import { panelsOf } from "./panels.ts";
import { staticsOf } from "./statics.ts";
import { visitsTable, type Marks } from "./fixtures/visits-table.ts";
import { whyNoCourses } from "./why-no-courses.ts";

type Cell = number | string | null;

/** `patients` of `visits` each, with one column; its cell by patient and visit. */
function oneColumn(
  patients: number,
  visits: number,
  of: (p: number, k: number) => Cell,
  marks: Marks = {},
): Table {
  const id = Array.from({ length: patients * visits }, (_, row) => Math.floor(row / visits));
  const time = id.map((_, row) => row % visits);
  return visitsTable({ id, time, x: id.map((p, row) => of(p, row % visits)) }, { x: marks });
}
const courses = (table: Table): Courses => coursesOf(table) as Courses;

describe("staticsOf", () => {
  const found = (of: (p: number, k: number) => Cell) => {
    const table = oneColumn(100, 3, of);
    return staticsOf(table, courses(table), [2]);
  };
  it("is static with one cell, or none, for all rows of a patient", () => {
    expect(found((p) => (p % 4 === 0 ? null : p)).statics).toEqual([2]);
  });
  it("is slow where it changes, or comes and goes, within 2% of the patients", () => {
    const slow = { statics: [], slow: [{ column: 2, changing: 2, several: 100 }] };
    expect(found((p, k) => (p < 2 && k === 2 ? -1 : p))).toEqual(slow);
    expect(found((p, k) => (p < 2 && k === 2 ? null : p))).toEqual(slow);
    expect(found((p, k) => (p < 3 && k === 2 ? -1 : p))).toEqual({ statics: [], slow: [] });
  });
  it("says nothing of patients with one visit each but one", () => {
    const table = visitsTable({ id: [1, 2, 3], time: [0, 0, 0], x: [1, 2, 3] });
    const alone: Courses = {
      time: 1,
      rows: Int32Array.of(0, 1, 2),
      starts: Int32Array.of(0, 1, 2, 3),
      times: new Float64Array(3),
    };
    expect(staticsOf(table, alone, [2])).toEqual({ statics: [], slow: [] });
  });
});

describe("nextTimeOf", () => {
  const found = (patients: number, of: (p: number, k: number) => Cell, marks: Marks = {}) => {
    const table = oneColumn(patients, 4, of, marks);
    return nextTimeOf(table, courses(table), [2]);
  };
  it("finds the end of intervals that follow each other, whatever the last one's is", () => {
    expect(found(30, (p, k) => (k === 3 ? 4 + (p % 9) : k + 1))).toBe(2);
  });
  it("is none where one visit is another time, a cell is missing, pairs are few, or it is a date beside numbers", () => {
    expect(found(30, (p, k) => (p === 4 && k === 1 ? 2.5 : k + 1))).toBeUndefined();
    expect(found(30, (p, k) => (p === 4 && k === 1 ? null : k + 1))).toBeUndefined();
    expect(found(4, (_, k) => k + 1)).toBeUndefined();
    expect(found(30, (_, k) => k + 1, { kind: "datetime" })).toBeUndefined();
  });
});

describe("monotoneOf", () => {
  const found = (of: (p: number, k: number) => Cell, marks: Marks = {}) => {
    const table = oneColumn(30, 4, of, marks);
    return monotoneOf(table, courses(table), [2]);
  };
  it("rises or falls, strictly or with rests, missing cells passed over", () => {
    expect(found((p, k) => 50 + p + k / 2)).toEqual([{ column: 2, direction: "rises", strictly: true }]);
    expect(found((p, k) => (k === 1 ? null : p - Math.floor(k / 2)))).toEqual([
      { column: 2, direction: "falls", strictly: false },
    ]);
  });
  it("is broken by one step of one patient", () => {
    expect(found((p, k) => (p === 29 && k === 3 ? 0 : 50 + p + k))).toEqual([]);
  });
  it("needs twenty changes in five patients", () => {
    expect(found((p, k) => (p < 6 ? k : 0))).toEqual([]);
    expect(found((p, k) => (p < 7 ? k : 0))).toHaveLength(1);
  });
  it("takes levels by their numbers or their order, others not at all", () => {
    expect(found((_, k) => `${k}`)).toHaveLength(1);
    expect(found((_, k) => `grade ${"abcd"[k] as string}`)).toEqual([]);
    expect(found((_, k) => `grade ${"abcd"[k] as string}`, { measure: "ordinal" })).toHaveLength(1);
  });
});

describe("absorbingOf", () => {
  const found = (of: (p: number, k: number) => Cell) => {
    const table = oneColumn(60, 5, of);
    return absorbingOf(table, courses(table), [2]);
  };
  it("tells what no visit follows", () => {
    expect(found((p, k) => (k === 4 && p < 9 ? "died" : "alive"))).toEqual([
      { column: 2, level: 1, how: "ends", patients: 9 },
    ]);
  });
  it("tells what is never left, by five patients or more", () => {
    const from = (p: number): number => 1 + (p % 4);
    const yes = (most: number) =>
      found((p, k) => (p < most && k >= from(p) ? "yes" : (p + k) % 7 === 0 ? "maybe" : "no"));
    expect(yes(20)).toContainEqual({ column: 2, level: 1, how: "stays", patients: 20 });
    expect(yes(4).filter(({ level }) => level === 1)).toEqual([]);
  });
  it("does not take a level for absorbing that one patient leaves, nor the last visit of a few for an end", () => {
    expect(found((p, k) => (k === 4 && p < 9 ? "died" : k === 2 && p === 50 ? "died" : "alive"))).toEqual([]);
    expect(found((p, k) => (k === 4 && p < 4 ? "died" : "alive"))).toEqual([]);
  });
  it("does not take chance for a rule: sexes that were mistaken once, answers drawn anew", () => {
    expect(found((p, k) => (p === 7 && k === 3 ? "f" : p % 2 === 0 ? "f" : "m"))).toEqual([]);
    const rng = createRng(3);
    expect(found(() => (rng.uniform() < 0.5 ? "yes" : "no"))).toEqual([]);
  });
});

describe("panelsOf", () => {
  it("groups what is missing together, and not what is merely seldom missing", () => {
    const rows = 200;
    const id = Array.from({ length: rows }, (_, row) => Math.floor(row / 4));
    const when = (every: number, of: number) => id.map((_, row) => (row % every === of ? row : null));
    const but = (missing: number) => id.map((_, row) => (row % 9 === missing ? null : row));
    const table = visitsTable({
      id,
      time: id.map((_, row) => row % 4),
      a: when(3, 0),
      b: but(1),
      c: when(3, 0),
      d: but(2),
      e: when(3, 1),
    });
    expect(panelsOf(table, [2, 3, 4, 5, 6])).toEqual([[2, 4]]);
  });
});

describe("boundsVisits", () => {
  it("bears 2% of patients with a visit after their end", () => {
    const early = (most: number) => oneColumn(100, 3, (p) => (p < most ? 1 : 2 + p));
    const of = (table: Table) => [table.columns[2], courses(table)] as const;
    const [column, own] = of(early(2));
    expect(boundedVisits(column as never, own)).toEqual({ known: 100, beyond: 2 });
    expect(boundsVisits(column as never, own)).toBe(true);
    const [other, others] = of(early(3));
    expect(boundsVisits(other as never, others)).toBe(false);
  });
});

describe("times that tell nothing", () => {
  const patients = Array.from({ length: 60 }, (_, row) => Math.floor(row / 3));
  const state = patients.map((_, row) => ["calm", "active", "worse"][row % 3] as string);

  it("where all visits of a patient are at one time, no level is the last", () => {
    const table = visitsTable({ id: patients, time: patients.map(() => 4), state });
    expect(absorbingOf(table, courses(table), [2])).toEqual([]);
    const apart = visitsTable({ id: patients, time: patients.map((_, row) => row % 3), state });
    expect(absorbingOf(apart, courses(apart), [2])).toMatchObject([{ level: 2, how: "ends" }]);
  });

  it("an infinite time is none", () => {
    const time = patients.map((_, row) => (row === 7 ? Infinity : row === 31 ? -Infinity : row % 3));
    const table = visitsTable({ id: patients, time, state });
    const { times } = courses(table);
    expect([...times].filter((at) => Number.isNaN(at))).toHaveLength(2);
    expect(coursePlanOf(table)?.schedule).toMatchObject({ unknown: 2 });
  });
});

describe("firstVisits", () => {
  it("keeps the first of each patient in the order of time", () => {
    const table = visitsTable({ id: [1, 1, 1, 2, 2], time: [3, 1, 2, 9, 8] });
    const own = courses(table);
    expect(beyondMost(own, 2)).toBe(1);
    const kept = firstVisits(own, 2);
    expect([...kept.rows]).toEqual([1, 2, 4, 3]);
    expect([...kept.starts]).toEqual([0, 2, 4]);
    expect(firstVisits(own)).toBe(own);
  });
});

describe("whyNoCourses", () => {
  it("says what is lacking: patients, several rows of them, a time, a second patient", () => {
    const whole = { id: [1, 1, 2], time: [0, 1, 0] };
    expect(whyNoCourses(visitsTable(whole))).toBeUndefined();
    expect(whyNoCourses(visitsTable({ time: [0, 1] }))).toMatch(/No column says whose visit/);
    const { patients: _, ...alone } = visitsTable(whole);
    expect(whyNoCourses(alone)).toMatch(/Every patient has one row by “id”/);
    expect(whyNoCourses(visitsTable({ id: [1, 1, 2] }))).toMatch(/No column says when a visit was/);
    expect(whyNoCourses(visitsTable({ id: [1, 1], time: [0, 1] }))).toMatch(/of one patient/);
  });
});
