import { describe, expect, it } from "vitest";
import { coursePlanOf } from "./course-plan.ts";
import { visitsTable } from "./fixtures/visits-table.ts";

const people = (count: number, visits: number): number[] =>
  Array.from({ length: count * visits }, (_, row) => Math.floor(row / visits));
const times = (count: number, visits: number): number[] =>
  Array.from({ length: count * visits }, (_, row) => row % visits);

describe("coursePlanOf", () => {
  it("tells what stays, what moves, and how times go, by the places of the columns", () => {
    const id = people(30, 4);
    const time = times(30, 4);
    const table = visitsTable(
      {
        id,
        time,
        sex: id.map((p) => (p % 2 === 0 ? "f" : "m")),
        futime: id.map((p) => 3 + (p % 5)),
        dose: time.map((t, row) => t * 10 + (id[row] as number)),
        died: time.map((t, row) => (t === 3 && (id[row] as number) < 12 ? "yes" : "no")),
      },
      { futime: { course: "end" } },
    );
    const plan = coursePlanOf(table);
    expect(plan).toMatchObject({ patients: 30, visits: 120, most: 4, single: 0, time: 1, end: 3 });
    expect(plan?.statics).toEqual([2, 3]);
    expect(plan?.changing).toEqual([4, 5]);
    expect(plan?.monotone).toEqual([{ column: 4, direction: "rises", strictly: true }]);
    expect(plan?.absorbing).toEqual([{ column: 5, level: 1, how: "ends", patients: 12 }]);
    expect(plan?.schedule.grid).toEqual({ step: 1, kept: 1, oneStep: 1, phase: 0 });
  });

  it("is undefined where there is no time, no patient, or one row a patient", () => {
    const cells = { id: [1, 1, 2], time: [0, 1, 0] };
    expect(coursePlanOf(visitsTable(cells, { time: { course: "end" } }))).toBeUndefined();
    expect(coursePlanOf(visitsTable({ time: [0, 1, 2] }))).toBeUndefined();
    const { patients: _, ...alone } = visitsTable(cells);
    expect(coursePlanOf(alone)).toBeUndefined();
  });

  it("leaves out an end of follow-up that changes within a patient, or lies before visits", () => {
    const table = visitsTable(
      { id: [1, 1, 2, 2], time: [0, 1, 0, 1], stop: [4, 5, 4, 4] },
      { stop: { course: "end" } },
    );
    const plan = coursePlanOf(table);
    expect(plan?.end).toBeUndefined();
    expect(plan?.changing).toEqual([2]);
    const early = { id: [1, 1, 2, 2], time: [0, 1, 0, 1], stop: [0.5, 0.5, 4, 4] };
    expect(coursePlanOf(visitsTable(early, { stop: { course: "end" } }))?.end).toBeUndefined();
  });
});
