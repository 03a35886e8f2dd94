import { firstEqual } from "../../../math/first-equal.ts";
import type { RawCells, TextCells } from "../column-cells.ts";
import type { Inferred } from "./infer.ts";
import { missingLevels, type MissingTokens } from "../../formats/missing-tokens.ts";
import { mostlyWithheld, shareLevels, type SharedLevels } from "../../rare-levels.ts";
import type { CodedColumn, Role } from "../../table.ts";

const LEARNED: ReadonlySet<Role> = new Set<Role>(["feature", "target", "sensitive"]);

/**
 * `inferred` with those columns left out in which more than half of the cells have a level that fewer than five patients
 * share: nothing of such a cell may be learned, so that the column would come out mostly empty.
 */
export function leaveOutMostlyWithheld(
  inferred: readonly Inferred[],
  cells: readonly RawCells[],
  tokens: readonly MissingTokens[],
): Inferred[] {
  const at = inferred.findIndex(({ role }) => role === "identifier");
  const id = cells[at];
  const patients = id && patientsBy(id, tokens[at] as MissingTokens);
  return inferred.map((it, i) => {
    const own = cells[i] as RawCells;
    const levels = it.kind === "category" || it.kind === "boolean";
    if (!levels || !LEARNED.has(it.role) || own.type !== "texts") return it;
    const column = codedBy(own, tokens[i] as MissingTokens);
    const shared = shareLevels(column, patients);
    if (!mostlyWithheld(column, shared)) return it;
    return { ...it, role: "omit", reason: `${firstSentence(it.reason)} ${leftOutReason(shared)}` };
  });
}

/** Why such a column is left out, for a person. */
function leftOutReason({ withheld, cells }: SharedLevels): string {
  const present = cells.reduce((sum, count) => sum + count, 0);
  return `Left out: ${withheld.cells.toLocaleString("en")} of ${present.toLocaleString("en")} cells have a level that fewer than 5 patients share.`;
}

const firstSentence = (reason: string): string => /^.*?\.(?= |$)/.exec(reason)?.[0] ?? reason;

function codedBy({ codes, levels }: TextCells, tokens: MissingTokens): CodedColumn {
  const missing = missingLevels(levels, tokens);
  return { type: "coded", codes: codes.map((code) => (missing[code] === true ? -1 : code)), levels };
}

/** Whose row each is by the cells of an identifier; a row without one is a patient of its own. */
function patientsBy(id: RawCells, tokens: MissingTokens): Int32Array {
  if (id.type === "texts") {
    const missing = missingLevels(id.levels, tokens);
    return id.codes.map((code, row) => (missing[code] === true ? id.levels.length + row : code));
  }
  return firstEqual(id.values);
}
