import { cellFormatter } from "../../table/formats/format-cell.ts";
import { isYear, unitsSpanned, unitTaken } from "../../private/public/known-facts.ts";
import { publicColumn, type PublicColumn, type PublicFacts } from "../../private/public/public-facts.ts";
import type { ColumnSchema, Schema } from "../../table/table.ts";
import { count } from "../../words/numbers.ts";
import { NOT_PROTECTED, PUBLIC_ANYWAY } from "../../words/guarantee.ts";
import type { PublicLine } from "./guarantee-offer.ts";

type Unit = "patient" | "row";

const SHOWN_LEVELS = 6;
const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** What a run takes as known to everybody, what it pays for, and what a person may still declare. `schema`: learned columns. */
export function publicLines(schema: Schema, facts: PublicFacts, unit: Unit): PublicLine[] {
  const columns = schema.columns.map((column) => ({ column, known: publicColumn(facts, column.name) }));
  const alike = writtenAlike(columns.map(({ known }) => known));
  const single = columns.filter(({ column }) => !alike.some(({ names }) => names.includes(column.name)));
  const complete = columns.filter(({ known }) => known.missing === false);
  return [
    {
      what: `Column names, ${schema.columns.length}`,
      cost: "public",
      why: `${PUBLIC_ANYWAY} ${NOT_PROTECTED}`,
    },
    ...single.map(({ column, known }) => lineOf(column, known, unit)),
    ...alike.map(({ names, words }): PublicLine => ({
      what: `Levels of ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`,
      cost: "public",
      why: `The two words that their cells are written with: ${words}. That both occur is not protected.`,
    })),
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

/** So many columns with the same two words for no and yes have one line. */
const LEAST_ALIKE = 3;

function writtenAlike(columns: readonly PublicColumn[]): { names: string[]; words: string }[] {
  const groups = new Map<string, string[]>();
  for (const { name, levels } of columns) {
    if (levels?.why !== "written") continue;
    const words = levels.values.join(", ");
    groups.set(words, [...(groups.get(words) ?? []), name]);
  }
  return [...groups]
    .filter(([, names]) => names.length >= LEAST_ALIKE)
    .map(([words, names]) => ({ names, words }));
}

function lineOf(column: ColumnSchema, known: PublicColumn, unit: Unit): PublicLine {
  return NUMERIC.has(column.kind) ? rangeLine(column, known, unit) : levelsLine(column, known, unit);
}

function rangeLine(column: ColumnSchema, { range }: PublicColumn, unit: Unit): PublicLine {
  const line = { what: `Range of ${column.name}`, column: column.name, declares: "range" } as const;
  if (range === undefined)
    return {
      ...line,
      cost: "decision",
      why: `Declare a range, or let it be found from the ${unit}s and paid for.`,
    };
  const why =
    range.why === "clinical"
      ? knownWords(column, rangeText(column, range))
      : `${rangeText(column, range)}. Declared.`;
  return { ...line, cost: "public", why };
}

/** A known range, and what it takes the column to be: one that spans several units reads oddly unless that is said. */
function knownWords(column: ColumnSchema, range: string): string {
  if (isYear(column.name)) return `${range}. Known: calendar years.`;
  const taken = unitTaken(column);
  if (taken !== undefined) return `${range} ${taken}. Known clinical range.`;
  const units = unitsSpanned(column);
  if (units.length === 0) return `${range}. Known clinical range.`;
  const either = `${units.slice(0, -1).join(", ")} or ${units.at(-1)}`;
  return `${range}. Known clinical range, wide enough for ${either}, as the column names no unit: a narrower one leaves more of the budget.`;
}

function levelsLine({ name }: ColumnSchema, { levels }: PublicColumn, unit: Unit): PublicLine {
  const line = { what: `Levels of ${name}`, column: name, declares: "levels" } as const;
  if (levels === undefined)
    return {
      ...line,
      cost: "decision",
      why: `Declare the levels, or let those that enough ${unit}s share be found and paid for.`,
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
