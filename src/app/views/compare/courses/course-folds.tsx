import type { ReactNode } from "react";
import type { CoursesComparison, Report } from "../../../../core/report/report.ts";
import { useFind } from "../../../charts/columns/column-filter.ts";
import { ColumnsSection } from "../columns-section.tsx";
import { Fold } from "../fold.tsx";
import type { CoursePart } from "../folds.ts";
import { BandsSection } from "./bands-section.tsx";
import { courseParts, foldOf } from "./course-parts.ts";
import { PatientSection } from "./patient-section.tsx";
import { StepsSection } from "./steps-section.tsx";
import { SurvivalSection } from "./survival-section.tsx";
import { VisitsSection } from "./visits-section.tsx";

interface CourseFoldsProps {
  readonly report: Report;
  readonly courses: CoursesComparison;
  /** names of the columns as the table has them */
  readonly order: readonly string[];
}

/** The pictures of patients over time; while a column is looked for, those that have it. */
export function CourseFolds({ report, courses, order }: CourseFoldsProps) {
  const find = useFind().toLowerCase();
  const has = ({ name }: { readonly name: string }): boolean => name.toLowerCase().includes(find);
  const named: Partial<Record<CoursePart, readonly { readonly name: string }[]>> = {
    courses: courses.numbers,
    steps: courses.steps,
    first: courses.firstVisit,
  };
  const content: Readonly<Record<CoursePart, () => ReactNode>> = {
    courses: () => <BandsSection courses={courses} />,
    steps: () => <StepsSection matrices={courses.steps} />,
    survival: () => courses.survival && <SurvivalSection survival={courses.survival} />,
    visits: () => <VisitsSection courses={courses} />,
    patient: () => <PatientSection courses={courses} synthesizer={report.run.synthesizer} />,
    first: () => (
      <ColumnsSection
        report={{ ...report, columns: courses.firstVisit }}
        order={order}
        anchor="first-visit"
      />
    ),
  };
  return courseParts(courses)
    .filter(({ part }) => find === "" || (named[part]?.some(has) ?? false))
    .map(({ part, title, about }) => (
      <Fold key={part} id={foldOf(part)} title={title} about={about} found={find !== ""}>
        {content[part]()}
      </Fold>
    ));
}
