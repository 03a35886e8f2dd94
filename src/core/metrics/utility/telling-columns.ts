import { givenAway } from "../../table/profile/given-away.ts";
import type { Table } from "../../table/table.ts";
import type { Pulse } from "../metric.ts";

/** Names of the columns of `train` that tell column `outcome` by themselves: another indicator of the same event, or its date. */
export async function tellingColumns(train: Table, outcome: string, pulse: Pulse): Promise<string[]> {
  const columns = train.schema.columns.map((column) =>
    column.name === outcome
      ? { ...column, role: "target" as const }
      : column.role === "target"
        ? { ...column, role: "feature" as const }
        : column,
  );
  const told = await givenAway({ ...train, schema: { ...train.schema, columns } }, pulse);
  return told.map(({ column }) => column);
}
