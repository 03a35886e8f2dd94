import { yesAndNo } from "../../table/read/kinds/levels/yes-no.ts";
import { learnedColumns, type Table } from "../../table/table.ts";
import { publicColumn, type PublicColumn, type PublicFacts } from "./public-facts.ts";

/**
 * `facts` with the two words of each learned column of yes and no of which no levels are declared: which words a table
 * writes for no and yes is how its cells are written, as a date's pattern is. No method pays for them, so they are
 * listed with what is public.
 */
export function withWrittenLevels({ schema, columns }: Table, facts: PublicFacts): PublicFacts {
  const written = learnedColumns(schema).flatMap((i): PublicColumn[] => {
    const [column, own] = [columns[i], schema.columns[i]];
    if (own?.kind !== "boolean" || column?.type !== "coded") return [];
    const known = publicColumn(facts, own.name);
    const words = known.levels === undefined ? yesAndNo(column.levels) : undefined;
    return words ? [{ ...known, levels: { values: [words.no, words.yes], why: "written" } }] : [];
  });
  const names = new Set(written.map(({ name }) => name));
  return { columns: [...facts.columns.filter(({ name }) => !names.has(name)), ...written] };
}
