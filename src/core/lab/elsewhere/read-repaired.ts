import { asFault, type FaultCode } from "../../fault.ts";
import type { Repair } from "../../table/repair.ts";

const REPAIRS: Partial<Record<FaultCode, Repair>> = {
  "ragged-row": { skipRaggedRows: true },
};

/**
 * Reads, and reads again where leaving out rows with too many or too few cells makes a table of the file; its notes say
 * so. Rejects with every other FaultError.
 */
export async function readRepaired<T>(
  read: (repair: Repair) => Promise<T>,
): Promise<{ readonly found: T; readonly repair: Repair }> {
  let repair: Repair = {};
  for (;;) {
    try {
      return { found: await read(repair), repair };
    } catch (error) {
      const more = REPAIRS[asFault(error).code];
      const next = { ...repair, ...more };
      if (Object.keys(next).length === Object.keys(repair).length) throw error;
      repair = next;
    }
  }
}
