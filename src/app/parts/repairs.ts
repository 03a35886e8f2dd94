import type { Fault } from "../../core/fault.ts";
import type { Encoding } from "../../core/table/table.ts";
import type { Repair } from "../../worker/protocol.ts";
import { count } from "../../core/words/numbers.ts";
import { encodingNames } from "./encodings.ts";

/** A way to read a file that is faulty, as a button says it. */
export interface OfferedRepair {
  readonly label: string;
  readonly repair: Repair;
}

const asText: OfferedRepair = { label: "Read quotes as ordinary text", repair: { literalQuotes: true } };

/** What reading the file differently could mend, the likely way first. */
export function repairsOf(fault: Fault): readonly OfferedRepair[] {
  switch (fault.code) {
    case "ragged-row": {
      const rows = fault.alsoRows > 0 ? `these ${count(fault.alsoRows + 1)} rows` : "this row";
      return [{ label: `Leave out ${rows}`, repair: { skipRaggedRows: true } }];
    }
    case "unclosed-quote":
      return [asText];
    case "rows-in-quotes":
      return [asText, { label: "Read it as one cell", repair: { longQuotes: true } }];
    default:
      return [];
  }
}

/** Each encoding that a file could be in. */
export const encodingRepairs = (fault: Extract<Fault, { code: "encoding-unclear" }>): OfferedRepair[] =>
  fault.readings.map(({ encoding }) => ({
    label: `Read as ${encodingNames[encoding as Encoding]}`,
    repair: { encoding: encoding as Encoding },
  }));
