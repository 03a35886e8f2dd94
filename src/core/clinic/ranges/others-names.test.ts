import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { matchedColumns } from "./known-quantities.ts";

/** A published column: its name, what it holds by its own description, and the median of such values. */
interface OthersColumn {
  readonly name: string;
  /** "Potassium in mmol/L"; undefined: no quantity that the lab knows in a unit that it knows */
  readonly wanted: string | undefined;
  readonly median: number;
}

/** The columns of each source together, as they stand in one table; a source is named by the comment above its columns. */
function othersTables(file: string): OthersColumn[][] {
  const text = readFileSync(new URL(`fixtures/${file}`, import.meta.url), "utf8");
  const [, ...lines] = text.trimEnd().split("\n");
  const tables: OthersColumn[][] = [];
  for (const line of lines) {
    if (line.startsWith("#")) {
      tables.push([]);
      continue;
    }
    const [, name = "", quantity, unit, median] = line.split("\t");
    tables
      .at(-1)
      ?.push({ name, wanted: quantity ? `${quantity} in ${unit}` : undefined, median: Number(median) });
  }
  return tables;
}

/**
 * Shares of the named columns that are found, and that are found and more than a guess; and of all columns those taken for
 * what they are not, and those that rules would use so.
 */
function measured(tables: readonly (readonly OthersColumn[])[]) {
  let [named, found, used, columns, falsely, falselyUsed] = [0, 0, 0, 0, 0, 0];
  for (const table of tables) {
    const made = table.map(({ name, median }) =>
      numbers(
        name,
        Array.from({ length: 61 }, (_, i) => median * (1 + (i - 30) / 1000)),
        { kind: "decimal" },
      ),
    );
    matchedColumns([madeTable(made)]).forEach(({ match }, i) => {
      const wanted = table[i]?.wanted;
      const told = match && `${match.quantity.name} in ${match.unit?.unit ?? "?"}`;
      const sure = match !== undefined && match.sure !== "guess" && match.unit !== undefined;
      columns++;
      if (wanted !== undefined) named++;
      if (wanted !== undefined && told === wanted) found++;
      if (wanted !== undefined && told === wanted && sure) used++;
      if (told !== undefined && told !== wanted) falsely++;
      if (told !== undefined && told !== wanted && sure) falselyUsed++;
    });
  }
  return {
    columns,
    found: found / named,
    used: used / named,
    falsely: falsely / columns,
    falselyUsed: falselyUsed / columns,
  };
}

/**
 * Three sets of names that others gave their columns, apart by source, none of them in the older fixtures. Before any of its
 * misses were read, with the matcher as it then was, `a` gave .46 found and .3% falsely, `b` .80 (column by column .60) and .5%,
 * `c`, the hardest remnants, .57 and 3.2% (1.6% more than guesses). What is asserted is what is reached since they were read.
 */
describe("column names of tables that others published", () => {
  it.each([
    { file: "others-a.tsv", least: 300, found: 0.92, used: 0.9 },
    { file: "others-b.tsv", least: 400, found: 0.91, used: 0.88 },
    { file: "others-c.tsv", least: 120, found: 0.78, used: 0.76 },
  ])("of $file are known, and hardly one falsely", ({ file, least, found, used }) => {
    const all = measured(othersTables(file));
    expect(all.columns).toBeGreaterThanOrEqual(least);
    expect(all.found).toBeGreaterThanOrEqual(found);
    expect(all.used).toBeGreaterThanOrEqual(used);
    expect(all.falsely).toBeLessThanOrEqual(0.02);
    expect(all.falselyUsed).toBeLessThanOrEqual(0.01);
  });
});
