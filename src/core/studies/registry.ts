import { FaultError } from "../fault.ts";
import { columns } from "./columns/columns.ts";
import { groups } from "./groups/groups.ts";
import { hospitals } from "./hospitals/hospitals.ts";
import { language } from "./language/language.ts";
import { mixing } from "./mixing/mixing.ts";
import { outcomes } from "./outcomes/outcomes.ts";
import { problemColumns } from "./problem-columns/problem-columns.ts";
import { riskAndUse } from "./risk-and-use/risk-and-use.ts";
import { rows } from "./rows/rows.ts";
import type { Study } from "./study.ts";
import { transfer } from "./transfer/transfer.ts";

/** Every study, in the order of the page. */
export const studies: readonly Study[] = [
  columns,
  rows,
  groups,
  problemColumns,
  hospitals,
  outcomes,
  mixing,
  transfer,
  riskAndUse,
  language,
];

/** Throws FaultError `unknown-study`. */
export function findStudy(id: string): Study {
  const found = studies.find((study) => study.id === id);
  if (found) return found;
  throw new FaultError({ code: "unknown-study", id, known: studies.map((study) => study.id) });
}
