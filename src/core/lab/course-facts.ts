import { isMissingCell, type Column, type ColumnSchema, type Table } from "../table/table.ts";
import { coursePlanOf } from "../visits/course-plan.ts";

/** What is known of the patients over time that a model learned from. */
export interface CourseFacts {
  /** Columns that do not change within a patient, left-out ones among them: an id among those is one a patient. */
  readonly statics: readonly string[];
  /** After a visit with this level, or number, of a column no visit follows; at least five patients have it. */
  readonly endings: readonly { readonly column: string; readonly level: string | number }[];
}

/** Of all columns of `train` and its `patients`. Undefined where they have no courses. */
export function courseFacts(train: Table): CourseFacts | undefined {
  const plan = coursePlanOf(train);
  const { patients } = train;
  if (plan === undefined || patients === undefined) return undefined;
  const known = new Set([...plan.statics, ...plan.changing, plan.time]);
  const nameOf = (i: number): string => (train.schema.columns[i] as ColumnSchema).name;
  const statics = train.columns.flatMap((column, i) => {
    const isStatic = known.has(i) ? plan.statics.includes(i) : holdsWithin(column, patients);
    return isStatic ? [nameOf(i)] : [];
  });
  const endings = plan.absorbing.flatMap(({ column: i, level, how }) => {
    const column = train.columns[i] as Column;
    if (how !== "ends") return [];
    return [{ column: nameOf(i), level: column.type === "coded" ? (column.levels[level] ?? "") : level }];
  });
  return { statics, endings };
}

/** Whether a left-out column has one value in the known cells of every patient, and of some patient two cells or more. */
function holdsWithin(column: Column, patients: Int32Array): boolean {
  const cells = column.type === "numeric" ? column.values : column.codes;
  const seen = new Map<number, number>();
  let repeated = false;
  for (let row = 0; row < patients.length; row++) {
    if (isMissingCell(column, row)) continue;
    const patient = patients[row] as number;
    const before = seen.get(patient);
    const cell = cells[row] as number;
    if (before === undefined) seen.set(patient, cell);
    else if (before !== cell) return false;
    else repeated = true;
  }
  return repeated;
}
