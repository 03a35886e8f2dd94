import * as z from "zod";
import { jsonObject, shownValue } from "../../table/read/json-object.ts";
import { FaultError } from "../../fault.ts";
import type { Ledger } from "../../private/accounting/ledger.ts";
import { guaranteeShape } from "../../report/report-shape.ts";

const FORMAT = "semblance-ledger";
const VERSION = 1;
const MOST_CHARACTERS = 20_000_000;

const ledgerShape = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  table: z.string().max(10_000),
  mark: z.strictObject({
    salt: z.string().min(1).max(1000),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "It is no SHA-256"),
  }),
  entries: z
    .array(
      z.strictObject({
        run: z.string().min(1).max(1000),
        synthesizer: z.string().min(1).max(1000),
        epsilon: guaranteeShape.shape.epsilon,
        delta: guaranteeShape.shape.delta,
        at: z.iso.datetime({ offset: true }),
        spent: guaranteeShape.shape.spent,
      }),
    )
    .max(10_000),
});

/** The ledger as a file: JSON that a person can read. */
export const writeLedger = (ledger: Ledger): string => `${JSON.stringify(ledger, undefined, 2)}\n`;

/**
 * The ledger of a file. Nothing in it is trusted: throws FaultError `ledger-unreadable` for a damaged file, one of another
 * kind or version, and one that has a run twice.
 */
export function readLedger(text: string): Ledger {
  const value = jsonObject(text, { most: MOST_CHARACTERS, what: "a ledger", refuse });
  const { format, version } = value;
  if (format !== FORMAT) refuse("It is no ledger of what was spent on a table.");
  if (version !== VERSION)
    refuse(`It is of version ${shownValue(version)}, and this lab reads version ${VERSION}.`);
  const found = ledgerShape.safeParse(value);
  if (!found.success) {
    const [issue] = found.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "" : ` at “${issue.path.join(".")}”`;
    return refuse(`It is damaged${where}: ${issue?.message ?? "it cannot be read"}.`);
  }
  const names = found.data.entries.map(({ run }) => run);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) refuse(`It has the run “${twice}” twice.`);
  return found.data;
}

function refuse(reason: string): never {
  throw new FaultError({ code: "ledger-unreadable", reason });
}
