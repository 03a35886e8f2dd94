import { expect, test } from "vitest";
import { exampleCourses } from "../../../report/fixtures/example-courses.ts";
import type { Report } from "../../../report/report.ts";
import { exampleFacts, exampleReport, HOSTILE } from "../fixtures/example-report.ts";
import { guardedCourses } from "../guarded-courses.ts";
import { htmlReport } from "./html-report.ts";
import { coursesSection } from "./html-courses.ts";

const withCourses = (name?: string): Report => ({ ...exampleReport(), courses: exampleCourses(name) });

/** What each mark draws lies in pictures/ as text; `vitest -u` writes it anew, to be looked at. */
test("patients over time as pictures", async () => {
  const report = withCourses();
  if (report.courses === undefined) throw new Error("no courses");
  const drawn = coursesSection(report, report.courses).text.replace(/\n\s+/g, "\n");
  await expect(drawn).toMatchFileSnapshot("pictures/courses.html.txt");
});

test("the report has them before the columns, and says so in its contents; without courses it has neither", () => {
  const page = htmlReport(withCourses(), exampleFacts);
  expect(page).toContain('<a href="#courses">Patients over time</a>');
  expect(page.indexOf('id="courses"')).toBeLessThan(page.indexOf('id="columns"'));
  expect(page).toContain("Synthetic patient 118");
  expect(page).toContain("no single real patient is shown");
  expect(htmlReport(exampleReport(), exampleFacts)).not.toContain("courses");
});

test("a name of the table never gets through as markup", () => {
  expect(htmlReport(withCourses(HOSTILE), exampleFacts)).not.toContain("<script>");
});

test("what is of 1 to 4 real patients goes, whatever the comparison did, and so does a part that nobody named", () => {
  const given = exampleCourses();
  const [number] = given.numbers;
  const [matrix] = given.steps;
  if (!number || !matrix || !given.survival) throw new Error("the example lacks a part");
  const leaky = {
    ...given,
    secret: 1,
    numbers: [{ ...number, real: { ...number.real, patients: [120, 90, 40, 12, 3] } }],
    steps: [
      {
        ...matrix,
        real: {
          ...matrix.real,
          steps: [80, 3],
          shares: [
            [0.7, 0.275, 0.025],
            [0, 1, 0],
          ],
        },
      },
    ],
    survival: { ...given.survival, risk: { ...given.survival.risk, real: [120, 40, 2] } },
  };
  const guarded = guardedCourses(leaky);
  expect(guarded).not.toHaveProperty("secret");
  expect(guarded.numbers[0]?.at).toEqual([0, 1, 2, 3]);
  expect(guarded.numbers[0]?.synthetic.median).toHaveLength(4);
  expect(guarded.steps[0]?.real.steps).toEqual([80, NaN]);
  expect(guarded.steps[0]?.real.shares[0]).toEqual([0.7, 0.275, NaN]);
  expect(guarded.survival?.risk.real).toEqual([120, 40, NaN]);
});
