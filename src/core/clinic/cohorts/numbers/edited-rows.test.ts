import { describe, expect, it } from "vitest";
import { FaultError } from "../../../fault.ts";
import { everyCohort, findCohort } from "../cohorts.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import type { Level } from "../simulating/stage.ts";
import { everyNumber } from "./numbers.ts";

/** What is said of a simulation with edited numbers; "" where it is made. */
function refused(cohort: string, level: Level, numbers: Readonly<Record<string, number>>): string {
  try {
    simulateAtOnce(findCohort(cohort), { cohort, level, seed: 1, patients: 100, numbers });
    return "";
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "simulation-refused") return error.fault.reason;
    throw error;
  }
}

describe("numbers that a file may hold", () => {
  it("are refused by name where patients come of them whom nobody has seen", () => {
    expect(refused("icu", 4, { "sepsis.most": -200 })).toMatch(/sepsis\.most = -200.*comes to/);
    expect(refused("emergency", 3, { "gas.solubility": 0 })).toMatch(/gas\.solubility = 0.*ph comes to/);
  });

  it("are refused where they lead a stage nowhere", () => {
    const ends = Object.fromEntries(everyNumber.map(({ id, range: [, most] }) => [id, most]));
    for (const { id } of everyCohort) expect(refused(id, 3, ends), id).not.toBe("");
  });

  it("are taken where they are near the published ones, at every level", () => {
    for (const { id } of everyCohort)
      for (const level of [1, 3, 4] as const)
        expect(refused(id, level, { "device.sbp.error": 4.1 }), `${id} at ${level}`).toBe("");
  });
});
