import { expect, it } from "vitest";
import { findCohort } from "../cohorts.ts";
import { plantedRows } from "../planted-rows.ts";
import { appointment, DAY, HOUR, weekdayOf } from "./calendar.ts";
import { cellsOf } from "./cells.ts";
import { simulateAtOnce } from "./simulate.ts";

it("keeps appointments on weekdays in the hours of a clinic, never before they are due by more than that day", () => {
  const counts = new Array<number>(7).fill(0);
  for (let day = 18_000; day < 18_700; day++)
    for (const hour of [0, 7, 13, 23.9]) {
      const due = day * DAY + hour * HOUR;
      const kept = appointment(due);
      const weekday = weekdayOf(kept);
      counts[weekday] = (counts[weekday] as number) + 1;
      expect(kept % DAY).toBeGreaterThanOrEqual(8 * HOUR);
      expect(kept % DAY).toBeLessThan(17 * HOUR);
      expect(Math.floor(kept / DAY) - day).toBeGreaterThanOrEqual(0);
      expect(Math.floor(kept / DAY) - day).toBeLessThan(6);
    }
  expect(counts.slice(5)).toEqual([0, 0]);
  // none of the five has more than a half more than another
  expect(Math.max(...counts) / Math.min(...counts.slice(0, 5))).toBeLessThan(1.5);
  expect(new Date(appointment(Date.UTC(2022, 0, 1, 3))).getUTCDay()).toBeGreaterThan(0);
});

/** Dates of rows that are appointments: all of the diabetes and maternity clinics, planned visits after heart failure. */
it.each([
  ["diabetes", "review_date"],
  ["maternity", "visit_date"],
  ["heart-failure", "visit_at"],
])("%s: nobody is seen by appointment on a Saturday, a Sunday or at night", (id, name) => {
  const table = simulateAtOnce(findCohort(id), { cohort: id, level: 4, seed: 3, patients: 300 });
  const planned = id === "heart-failure" ? plantedRows(table).is("visit_kind", "Planned visit") : () => true;
  let seen = 0;
  for (const [row, at] of cellsOf(table, name).entries()) {
    if (!planned(row)) continue;
    seen++;
    expect(weekdayOf(at), new Date(at).toISOString()).toBeLessThan(5);
    if (id === "heart-failure") expect(new Date(at).getUTCHours()).toBeGreaterThanOrEqual(8);
  }
  expect(seen).toBeGreaterThan(300);
});
