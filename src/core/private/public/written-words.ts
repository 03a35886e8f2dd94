import { yesAndNo } from "../../table/read/kinds/levels/yes-no.ts";
import type { Table } from "../../table/table.ts";
import type { PublicFacts } from "./public-facts.ts";

/**
 * `facts`, and the two words of every column of yes and no whose levels nobody declared: which words a table has for no and yes
 * (of a short list, `yesAndNo`) is taken as how its cells are written, as a date's pattern is. It stands among the facts so that
 * whoever reads what was public reads this too: it tells that the table has both.
 */
export function withWrittenWords({ columns }: PublicFacts, table: Table): PublicFacts {
  const words = new Map<string, readonly string[]>();
  table.schema.columns.forEach(({ name, kind }, i) => {
    const column = table.columns[i];
    if (kind !== "boolean" || column?.type !== "coded") return;
    const pair = yesAndNo(column.levels);
    if (pair !== undefined) words.set(name, [pair.no, pair.yes]);
  });
  for (const { name, levels } of columns) if (levels !== undefined) words.delete(name);
  const written = (name: string): { levels?: { values: readonly string[]; why: "written" } } => {
    const values = words.get(name);
    words.delete(name);
    return values === undefined ? {} : { levels: { values, why: "written" } };
  };
  const known = columns.map((column) => ({ ...column, ...written(column.name) }));
  const rest = [...words.keys()].map((name) => ({ name, ...written(name) }));
  return { columns: [...known, ...rest] };
}
