import { FaultError } from "../fault.ts";
import { columns } from "./columns/columns.ts";
import { hospitals } from "./hospitals/hospitals.ts";
import { language } from "./language/language.ts";
import { rows } from "./rows/rows.ts";
import type { Study } from "./study.ts";

/** Every study, in the order of the page. */
export const studies: readonly Study[] = [columns, rows, hospitals, language];

/** Throws FaultError `unknown-study`. */
export function findStudy(id: string): Study {
  const found = studies.find((study) => study.id === id);
  if (found) return found;
  throw new FaultError({ code: "unknown-study", id, known: studies.map((study) => study.id) });
}
