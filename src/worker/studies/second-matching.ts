import { FaultError } from "../../core/lab/lab.ts";
import type { SecondFacts } from "../../core/studies/second/second-facts.ts";
import type { Table } from "../../core/table/table.ts";

type Columns = Readonly<Record<string, string>>;

export function secondFacts(_open: Table, second: Table, _confirmed?: Columns): SecondFacts {
  const { name, rows, schema } = second;
  return { name, rows, columns: schema.columns.map((column) => column.name), matches: [], notes: [] };
}

export function harmonise(_open: Table, _second: Table, _columns: Columns): Table {
  throw new FaultError({
    code: "study-refused",
    reason: "Tables cannot be matched yet.",
    remedy: "Open one whose columns have the same names.",
  });
}
