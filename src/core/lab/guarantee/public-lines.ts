import { cellFormatter } from "../../table/formats/format-cell.ts";
import { publicColumn, type PublicColumn, type PublicFacts } from "../../private/public/public-facts.ts";
import type { ColumnSchema, Schema } from "../../table/table.ts";
import { count } from "../../words/numbers.ts";
import { NOT_PROTECTED, PUBLIC_ANYWAY } from "../../words/guarantee.ts";
import type { PublicLine } from "./guarantee-offer.ts";

const SHOWN_LEVELS = 6;
const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** What a run takes as known to everybody, what it pays for, and what a person may still declare. `schema`: learned columns. */
export function publicLines(schema: Schema, facts: PublicFacts, unit: "patient" | "row"): PublicLine[] {
  const columns = schema.columns.map((column) => ({ column, known: publicColumn(facts, column.name) }));
  const complete = columns.filter(({ known }) => known.missing === false);
  return [
    {
      what: `Column names, ${schema.columns.length}`,
      cost: "public",
      why: `${PUBLIC_ANYWAY} ${NOT_PROTECTED}`,
    },
    ...columns.map(({ column, known }) => lineOf(column, known)),
    ...complete.map(({ column: { name } }): PublicLine => ({
      what: `Missing cells of ${name}`,
      cost: "public",
      why: "Declared: none is ever missing.",
      column: name,
      declares: "missing",
    })),
    ...(complete.length === columns.length
      ? []
      : [
          {
            what: complete.length === 0 ? "Missing cells" : "Missing cells of the other columns",
            cost: "paid",
            why: "How many are missing comes from the noisy counts.",
          } as const,
        ]),
    {
      what: unit === "patient" ? "Number of patients" : "Number of rows",
      cost: "paid",
      why: "A noisy count is used.",
    },
    { what: "Bins of each column", cost: "paid", why: "Noisy counts of each column." },
  ];
}

function lineOf(column: ColumnSchema, known: PublicColumn): PublicLine {
  return NUMERIC.has(column.kind) ? rangeLine(column, known) : levelsLine(column, known);
}

function rangeLine(column: ColumnSchema, { range }: PublicColumn): PublicLine {
  const line = { what: `Range of ${column.name}`, column: column.name, declares: "range" } as const;
  if (range === undefined)
    return {
      ...line,
      cost: "decision",
      why: "Declare a range, or let it be found from the patients and paid for.",
    };
  const why = range.why === "clinical" ? "Known clinical range" : "Declared";
  return { ...line, cost: "public", why: `${rangeText(column, range)}. ${why}.` };
}

function levelsLine({ name }: ColumnSchema, { levels }: PublicColumn): PublicLine {
  const line = { what: `Levels of ${name}`, column: name, declares: "levels" } as const;
  if (levels === undefined)
    return {
      ...line,
      cost: "decision",
      why: "Declare the levels, or let those that enough patients share be found and paid for.",
    };
  if (levels.why === "written")
    return {
      ...line,
      cost: "public",
      why: `The two words that its cells are written with: ${levels.values.join(", ")}. That both occur is not protected.`,
    };
  const shown = levels.values.slice(0, SHOWN_LEVELS).join(", ");
  const more = levels.values.length - SHOWN_LEVELS;
  const why = levels.why === "clinical" ? "Known" : "Declared";
  return { ...line, cost: "public", why: `${why}: ${shown}${more > 0 ? ` and ${count(more)} more` : ""}.` };
}

/** "0 to 110 years", "2019-01-01 to 2024-12-31" */
export function rangeText(column: ColumnSchema, { from, to }: { from: number; to: number }): string {
  const written = cellFormatter({ type: "numeric", values: Float64Array.of(from, to) }, column);
  return `${written(0)} to ${written(1)}${column.unit === undefined || column.kind === "datetime" ? "" : ` ${column.unit}`}`;
}
