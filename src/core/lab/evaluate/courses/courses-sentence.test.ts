import { expect, it } from "vitest";
import { c2stPatients } from "../../../metrics/fidelity/visits/c2st-patients.ts";
import { impossibleCourses } from "../../../metrics/clinical/visits/impossible-courses.ts";
import type { Metric, Verdict } from "../../../metrics/metric.ts";
import { exampleCourses } from "../../../report/fixtures/example-courses.ts";
import type { Report } from "../../../report/report.ts";
import { exampleReport } from "../../take-away/fixtures/example-report.ts";
import { concludedCourses } from "./courses-sentence.ts";

type Row = Report["metrics"][number];

function rowOf({ id }: Metric, verdict: Verdict, value: number): Row {
  const given = exampleReport().metrics.find(({ result }) => result.status === "ok");
  if (given?.result.status !== "ok") throw new Error("the example has no measure");
  return { ...given, info: { ...given.info, id }, result: { ...given.result, verdict, value } };
}

const told = (verdicts: readonly Verdict[], rows: readonly Row[] = []): string => {
  const given = exampleCourses();
  const numbers = verdicts.flatMap((verdict, i) =>
    given.numbers.map((number) => ({ ...number, name: `x${i + 1}`, verdict, noise: i + 1 })),
  );
  return concludedCourses({ ...given, numbers, steps: [] }, rows, [c2stPatients, impossibleCourses]).sentence;
};

it("names the columns furthest off first, and says what whole patients and the order of visits show", () => {
  expect(told(["good", "good"])).toBe("Courses look right.");
  expect(told(["good", "worse", "much-worse", "worse"])).toBe(
    "Courses of x4, x3 and 1 other differ from real ones.",
  );
  expect(told([...Array<Verdict>(10).fill("good"), "worse"])).toBe("Courses look right but for x11.");
  expect(told([])).toBe("Too few visits to compare courses.");
  expect(told(["good"], [rowOf(c2stPatients, "much-worse", 0.7), rowOf(impossibleCourses, "good", 0)])).toBe(
    "Courses look right; whole patients can still be told from real ones; no visit stands in an impossible order.",
  );
  expect(told(["good"], [rowOf(c2stPatients, "cannot-tell", 0.6)])).toBe(
    "Courses look right; whether whole patients can be told from real ones cannot be said.",
  );
});

it("lists the measures that are about courses, and no other", () => {
  const rows = [rowOf(c2stPatients, "good", 0.5), ...exampleReport().metrics];
  const { sentence: _sentence, measures: _measures, ...compared } = exampleCourses();
  expect(concludedCourses(compared, rows, [c2stPatients, impossibleCourses]).measures).toEqual([
    "c2st-patients",
  ]);
});
