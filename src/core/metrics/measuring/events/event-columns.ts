import { daysIn, spanOf, type Span } from "../../../surveillance/incidence.ts";
import { suitableColumns } from "../../../surveillance/suitable.ts";
import type { Tables } from "../../metric.ts";

/** A date column with a series (`suitableColumns` of train), and the days of train, which every table is counted on. */
export interface EventColumn {
  readonly name: string;
  readonly span: Span;
}

/** Date columns that are measured. */
const MOST_COLUMNS = 3;

/** The date columns with a series that every table has, the time of courses first. */
export function eventColumns({ train, holdout, synthetic }: Tables): EventColumn[] {
  const others = [holdout, synthetic].map(
    ({ schema }) => new Set(schema.columns.flatMap(({ name, kind }) => (kind === "datetime" ? [name] : []))),
  );
  return suitableColumns(train)
    .filter((name) => others.every((names) => names.has(name)))
    .slice(0, MOST_COLUMNS)
    .flatMap((name) => {
      const span = spanOf(daysIn(train, name));
      return span ? [{ name, span }] : [];
    });
}
