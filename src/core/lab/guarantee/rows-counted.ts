import type { Table } from "../../table/table.ts";
import type { Holdout } from "../fit/training-rows.ts";
import { privateTrain } from "./private-train.ts";

/** How many a run with a guarantee learns from. Exact, so for the person alone: none of it may leave. */
export interface RowsCounted {
  /** patients, or rows where none are marked */
  readonly units: number;
  readonly rows: number;
  /** rows beyond those of one patient that count */
  readonly dropped: number;
}

export function rowsCounted(table: Table, holdout: Holdout | undefined, rowsPerPatient: number): RowsCounted {
  const { rows, patients } = privateTrain(table, holdout).train;
  if (patients === undefined) return { units: rows, rows, dropped: 0 };
  const of = new Map<number, number>();
  for (const patient of patients) of.set(patient, (of.get(patient) ?? 0) + 1);
  let dropped = 0;
  for (const many of of.values()) dropped += Math.max(0, many - rowsPerPatient);
  return { units: of.size, rows, dropped };
}
