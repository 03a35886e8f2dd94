/** The criteria that measures of privacy are ordered by, in the words of every view and file. */
import type { Criterion } from "../metrics/metric.ts";

interface CriterionWords {
  readonly criterion: Criterion;
  readonly name: string;
  readonly asks: string;
}

/** The order of the Article 29 Working Party's opinion 05/2014, then what it does not ask. */
export const criteria: readonly CriterionWords[] = [
  {
    criterion: "singling-out",
    name: "Singling out",
    asks: "Can the record of one patient be isolated?",
  },
  {
    criterion: "linkability",
    name: "Linkability",
    asks: "Can records of one patient be joined?",
  },
  {
    criterion: "inference",
    name: "Inference",
    asks: "Can what is not known of a patient be worked out?",
  },
  {
    criterion: "membership",
    name: "Membership",
    asks: "Can it be told who was learned from?",
  },
];

/** What a measure without a criterion stands under. */
const OTHERS = { name: "Other measures", asks: "" };

interface Ruled<Row> extends Pick<CriterionWords, "name" | "asks"> {
  readonly rows: readonly Row[];
}

/** Rows of a report under their criteria, in each as they come; criteria without a row are left out. */
export function byCriterion<Row extends { readonly info: { readonly criterion?: Criterion } }>(
  rows: readonly Row[],
): Ruled<Row>[] {
  const of = (asked: Criterion | undefined): Row[] =>
    rows.filter(({ info: { criterion } }) => criterion === asked);
  return [
    ...criteria.map(({ criterion, name, asks }) => ({ name, asks, rows: of(criterion) })),
    { ...OTHERS, rows: of(undefined) },
  ].filter((group) => group.rows.length > 0);
}
