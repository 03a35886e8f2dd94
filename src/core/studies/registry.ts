import { FaultError } from "../fault.ts";
import { hospitals } from "./hospitals/hospitals.ts";
import { rows } from "./rows/rows.ts";
import type { Study } from "./study.ts";
import { transfer } from "./transfer/transfer.ts";

/** Every study, in the order of the page. */
export const studies: readonly Study[] = [rows, hospitals, transfer];

/** Throws FaultError `unknown-study`. */
export function findStudy(id: string): Study {
  const found = studies.find((study) => study.id === id);
  if (found) return found;
  throw new FaultError({ code: "unknown-study", id, known: studies.map((study) => study.id) });
}
