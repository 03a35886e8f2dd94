import type { CohortColumn } from "../cohort.ts";
import { reportedFields } from "./instruments.ts";
import { unitField } from "./reported-units.ts";

/** What hospitals are called. */
const hospitalNames: readonly string[] = Array.from(
  { length: 26 },
  (_, i) => `Hospital ${String.fromCodePoint(65 + i)}`,
);

const hospital: CohortColumn = {
  name: "hospital",
  level: 1,
  shown: { as: "levels", levels: hospitalNames },
  reason: "Which hospital; each has its own patients, devices and gaps.",
  steady: true,
};

/** The columns as they are for several hospitals: which one, first, and beside a value that comes in two units which it is in. */
export function columnsFor(
  columns: readonly CohortColumn[],
  { hospitals = 1, units = "one" }: { readonly hospitals?: number; readonly units?: "one" | "own" },
): CohortColumn[] {
  const shown = units === "own" ? columns.flatMap(withUnit) : columns;
  const levels = hospitalNames.slice(0, hospitals);
  return hospitals > 1 ? [{ ...hospital, shown: { as: "levels", levels } }, ...shown] : [...shown];
}

function withUnit(column: CohortColumn): CohortColumn[] {
  const reported = reportedFields.get(column.name);
  if (reported === undefined || column.shown.as !== "number") return [column];
  const { unit, decimals, own } = reported;
  const { unit: _, ...plain } = column;
  return [
    { ...plain, shown: { as: "number", decimals: Math.max(decimals, own.decimals) } },
    {
      name: unitField(column.name),
      level: column.level,
      shown: { as: "levels", levels: [unit, own.unit] },
      reason: `The unit that ${column.name} is in: laboratories report in their own.`,
    },
  ];
}
