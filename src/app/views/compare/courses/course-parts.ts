/** The pictures of patients over time, one fold each. */
import type { CoursesComparison } from "../../../../core/report/report.ts";
import { partFold, type CoursePart } from "../folds.ts";

export interface ShownPart {
  readonly part: CoursePart;
  readonly title: string;
  readonly about: string;
}

export const foldOf = (part: CoursePart): string => partFold(part);

/** Those that a report has, in the order in which they stand. */
export function courseParts({ steps, survival, timelines }: CoursesComparison): ShownPart[] {
  const parts: (ShownPart | undefined)[] = [
    { part: "courses", title: "Courses", about: "Numbers over time: bands of real and synthetic patients" },
    steps.length > 0
      ? { part: "steps", title: "From one visit to the next", about: "How levels follow each other" }
      : undefined,
    survival && {
      part: "survival",
      title: "Survival",
      about: `Time without ${survival.event}, Kaplan-Meier`,
    },
    { part: "visits", title: "Visits", about: "How many, how far apart, and when" },
    timelines.length > 0
      ? { part: "patient", title: "A synthetic patient", about: "One course, told whole" }
      : undefined,
    { part: "first", title: "First visit", about: "Every column at the patients’ first visits" },
  ];
  return parts.filter((part) => part !== undefined);
}
