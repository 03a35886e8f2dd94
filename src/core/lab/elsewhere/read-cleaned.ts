import { asFault, describeFault } from "../../fault.ts";
import type { SchemaChange } from "../../table/profile.ts";
import type { Repair } from "../../table/repair.ts";
import type { Table } from "../../table/table.ts";
import type { Side } from "./agree-columns.ts";
import { readAlike, type AlikeTable, type ReadFile } from "./read-alike.ts";

/** As `ReadFile`; `automatic`: with the steps that reading takes by itself. */
export type ReadCleanedFile = (
  changes: readonly SchemaChange[],
  repair: Repair,
  automatic: boolean,
) => ReturnType<ReadFile>;

/**
 * Reads a file as `readAlike` does, beside a real table to which `made` was done. Held-out rows come from where the real
 * ones come from, and the same cleaning steps are done to them; where these do not fit, or the rows are synthetic and so
 * cleaned already, only what reading did by itself to the real table is done to the file. Rejects as `readAlike` does.
 */
export async function readAlikeCleaned(
  read: ReadCleanedFile,
  reference: Table,
  side: Side,
  made: readonly SchemaChange[],
): Promise<AlikeTable> {
  const steps = made.filter((change) => change.type === "clean");
  const automatic = steps.some((step) => step.automatic === true);
  const asItIs = (): Promise<AlikeTable> =>
    readAlike((changes, repair) => read(changes, repair, automatic), reference, side);
  if (side !== "held-out" || steps.length === 0) return asItIs();
  try {
    return await readAlike((changes, repair) => read([...steps, ...changes], repair, false), reference, side);
  } catch (error) {
    const fault = asFault(error);
    if (fault.code !== "step-impossible") throw error;
    const alike = await asItIs();
    const note = `${alike.table.name}: The cleaning steps of the real table are not done here. ${describeFault(fault).detail}`;
    return { ...alike, notes: [note, ...alike.notes] };
  }
}
