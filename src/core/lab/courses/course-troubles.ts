import { writeName } from "../../rules/language/cursor.ts";
import type { Column, Table } from "../../table/table.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";
import { coursesOf, type Courses } from "../../visits/courses.ts";
import { beyondMost, MOST_VISITS } from "../../visits/most-visits.ts";
import { count, percent, plural } from "../../words/numbers.ts";

import type { CourseTrouble } from "./course-trouble.ts";
import { reusedIds } from "./reused-ids.ts";
import { timesInTexts } from "./times-in-texts.ts";
import { visitsAfterDeath } from "./visits-after-death.ts";

const note = (words: string): CourseTrouble => ({ level: "note", words, ways: [] });

/** Everything that is not plain in the courses of `table`, which has its patients; `plan` undefined: it has no time. */
export function courseTroubles(table: Table, plan: CoursePlan | undefined): CourseTrouble[] {
  const courses = coursesOf(table);
  if (plan === undefined || courses === undefined) return [...timesInTexts(table), ...reusedIds(table)];
  return [
    ...withoutPatient(table, courses),
    ...fewVisits(plan),
    ...timeTroubles(table, plan, courses),
    ...endTrouble(table, plan),
    ...longCourses(courses, plan),
    ...visitsAfterDeath(table, plan, courses),
    ...reusedIds(table),
    ...slowColumns(table, plan),
  ];
}

function withoutPatient(table: Table, { rows }: Courses): CourseTrouble[] {
  const without = table.rows - rows.length;
  if (without === 0) return [];
  const name = table.schema.columns.find(({ role }) => role === "identifier")?.name ?? "patient";
  return [
    note(
      `${plural(without, "row")} without ${name} ${without === 1 ? "is" : "are"} nobody’s visits: ${without === 1 ? "it is" : "they are"} left out of courses.`,
    ),
  ];
}

function fewVisits({ patients, single }: CoursePlan): CourseTrouble[] {
  if (patients === 1)
    return [
      note("All rows are of one patient. Courses are learned from several, so rows are learned one by one."),
    ];
  if (single <= patients / 2) return [];
  return [
    note(
      `${count(single)} of ${plural(patients, "patient")} have one visit: how one visit follows another is learned from the other ${count(patients - single)}.`,
    ),
  ];
}

function timeTroubles(
  table: Table,
  { schedule, visits, time }: CoursePlan,
  courses: Courses,
): CourseTrouble[] {
  const name = table.schema.columns[time]?.name ?? "";
  const { unknown, equal, gaps } = schedule;
  return [
    ...(unknown === 0
      ? []
      : [
          {
            level: "check" as const,
            words: `${plural(unknown, "visit")} (${percent(unknown / visits)}) ${unknown === 1 ? "has" : "have"} no ${name}: ${unknown === 1 ? "it is" : "they are"} kept and ${unknown === 1 ? "stands" : "stand"} behind the patient’s known ones.`,
            ways: [
              {
                label: "Leave such visits out",
                changes: [
                  {
                    type: "clean",
                    step: { step: "keep-rows", where: `${writeName(name)} is present` },
                  } as const,
                ],
              },
            ],
          },
        ]),
    ...(equal === 0
      ? []
      : [
          note(
            `${percent(equal)} of the visits (${count(Math.round(equal * gaps))}) have the time of the one before: such visits stay in the order of the file, and synthetic patients have them as well.`,
          ),
        ]),
    ...(isSorted(courses)
      ? []
      : [
          note(
            `Rows do not stand in the order of ${name}. Visits are taken in its order; the file stays as it is.`,
          ),
        ]),
  ];
}

function isSorted({ rows, starts }: Courses): boolean {
  for (let p = 0; p + 1 < starts.length; p++)
    for (let k = (starts[p] as number) + 1; k < (starts[p + 1] as number); k++)
      if ((rows[k] as number) < (rows[k - 1] as number)) return false;
  return true;
}

function endTrouble({ schema }: Table, { end, statics }: CoursePlan): CourseTrouble[] {
  const marked = schema.columns.findIndex(({ course }) => course === "end");
  if (marked < 0 || end !== undefined) return [];
  const name = schema.columns[marked]?.name ?? "";
  const why = statics.includes(marked)
    ? "lies before visits of more than 2% of the patients"
    : "changes within patients";
  return [
    {
      level: "check",
      words: `${name} cannot be the end of follow-up: it ${why}. Courses are learned without one.`,
      ways: [{ label: "Take the mark off", changes: [{ type: "course", column: name, course: null }] }],
    },
  ];
}

function longCourses(courses: Courses, { most }: CoursePlan): CourseTrouble[] {
  const beyond = beyondMost(courses);
  if (beyond === 0) return [];
  return [
    note(
      `${plural(beyond, "patient")} ${beyond === 1 ? "has" : "have"} more than ${count(MOST_VISITS)} visits (up to ${count(most)}). A model of courses learns from the first ${count(MOST_VISITS)} of each, so that no patient outweighs the others.`,
    ),
  ];
}

function slowColumns({ schema, columns }: Table, { slow }: CoursePlan): CourseTrouble[] {
  const odd = slow.filter(({ column }) =>
    isLikelyStatic(schema.columns[column]?.role, columns[column] as Column),
  );
  return odd.map(({ column, changing, several }): CourseTrouble => {
    const name = schema.columns[column]?.name ?? "";
    return {
      level: "check",
      words: `${name} changes within ${count(changing)} of ${plural(several, "patient")} only. A correction or a mistake, perhaps; it is learned as a column that changes.`,
      ways: [{ label: `Leave ${name} out`, changes: [{ type: "role", column: name, role: "omit" }] }],
    };
  });
}

/** Events that few patients have change within few, too: a yes that seldom comes is no mistake. */
const isLikelyStatic = (role: string | undefined, column: Column): boolean =>
  role === "sensitive" || column.type === "numeric" || column.levels.length > 2;
