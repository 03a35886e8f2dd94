import * as z from "zod";
import { FaultError } from "../../fault.ts";
import type { PublicColumn, PublicFacts } from "../../private/public/public-facts.ts";
import { readMoment } from "../../table/formats/dates/read-moment.ts";
import { formatDate } from "../../table/formats/dates/write-date.ts";
import type { ColumnSchema, Schema } from "../../table/table.ts";

z.config({ jitless: true });

/**
 * The file of a person's declarations: `{ "columns": { "age": { "range": [0, 110] }, "seen": { "range": ["2019-01-01",
 * "2024-12-31"] }, "sex": { "levels": ["0", "1"], "missing": false } } }`.
 */
const fileShape = z.strictObject({
  columns: z.record(
    z.string(),
    z.strictObject({
      range: z.tuple([z.union([z.number(), z.string()]), z.union([z.number(), z.string()])]).exactOptional(),
      levels: z
        .array(z.union([z.string(), z.number(), z.boolean()]))
        .max(100_000)
        .exactOptional(),
      missing: z.boolean().exactOptional(),
    }),
  ),
});
type Declared = z.infer<typeof fileShape>["columns"][string];

const HOW =
  'Write { "columns": { "age": { "range": [0, 110] }, "sex": { "levels": ["0", "1"], "missing": false } } }.';

const refused = (reason: string, remedy: string): FaultError =>
  new FaultError({ code: "guarantee-refused", reason, remedy });

/** What `text` declares of columns of `schema`; `file`: what it is called. Throws FaultError `guarantee-refused`. */
export function readPublicFacts(text: string, schema: Schema, file: string): PublicFacts {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refused(`${file}, which should say what is public, is not JSON.`, HOW);
  }
  const parsed = fileShape.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join(".");
    throw refused(`${file} is wrong${where ? ` at ${where}` : ""}: ${issue?.message ?? ""}.`, HOW);
  }
  return {
    columns: Object.entries(parsed.data.columns).map(([name, declared]) => {
      const column = schema.columns.find((one) => one.name === name);
      if (column === undefined)
        throw refused(
          `${file} declares “${name}”, and the table has no such column.`,
          `Its columns are ${schema.columns.map((one) => one.name).join(", ")}.`,
        );
      return publicOf(column, declared);
    }),
  };
}

const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

function publicOf(column: ColumnSchema, { range, levels, missing }: Declared): PublicColumn {
  return {
    name: column.name,
    ...(range && { range: { ...rangeOf(column, range), why: "declared" } }),
    ...(levels && { levels: { values: levelsOf(column, levels), why: "declared" } }),
    ...(missing !== undefined && { missing }),
  };
}

/** Throws FaultError `guarantee-refused` for what is no range of the column. */
export function rangeOf(
  column: ColumnSchema,
  [low, high]: readonly [number | string, number | string],
): { from: number; to: number } {
  const { name, kind } = column;
  if (!NUMERIC.has(kind))
    throw refused(
      `“${name}” is declared with a range, but it holds levels, not numbers.`,
      'Declare its levels: { "levels": ["a", "b"] }.',
    );
  const [from, to] = [momentOf(column, low), momentOf(column, high)];
  if (!(from < to))
    throw refused(
      `The range of “${name}” runs from ${low} to ${high}.`,
      "The first of the two must be smaller than the second.",
    );
  return { from, to };
}

function momentOf({ name, kind, date }: ColumnSchema, given: number | string): number {
  if (kind !== "datetime") {
    const value = typeof given === "number" ? given : given.trim() === "" ? NaN : Number(given);
    if (Number.isFinite(value)) return value;
    throw refused(
      `“${given}” in the range of “${name}” is not a number.`,
      "Write both ends as numbers: [0, 110].",
    );
  }
  const value = typeof given === "string" ? readMoment(given, date ?? "YYYY-MM-DD") : NaN;
  if (Number.isFinite(value)) return value;
  throw refused(
    `“${given}” in the range of “${name}” is not a date.`,
    'Write both ends as dates: ["2019-01-01", "2024-12-31"].',
  );
}

/** Throws FaultError `guarantee-refused` for what are no levels of the column. */
export function levelsOf(
  { name, kind }: ColumnSchema,
  given: readonly (string | number | boolean)[],
): string[] {
  if (NUMERIC.has(kind))
    throw refused(
      `“${name}” is declared with levels, but it holds ${kind === "datetime" ? "dates" : "numbers"}.`,
      kind === "datetime"
        ? 'Declare its range: { "range": ["2019-01-01", "2024-12-31"] }.'
        : 'Declare its range: { "range": [0, 110] }.',
    );
  const values = given.map(String);
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined)
    throw refused(`The levels of “${name}” have “${twice}” twice.`, "Name each level once.");
  if (values.length === 0)
    throw refused(`“${name}” is declared without any level.`, "Name at least one level.");
  if (values.includes(""))
    throw refused(
      `An empty text is declared as a level of “${name}”.`,
      'An empty cell is a missing one: leave it out, or say { "missing": true }.',
    );
  return values;
}

/** Throws FaultError `guarantee-refused` where something in `facts` cannot be of its column of `schema`. */
export function checkPublicFacts({ columns }: PublicFacts, schema: Schema): void {
  for (const { name, range, levels } of columns) {
    const column = schema.columns.find((one) => one.name === name);
    if (column === undefined) continue;
    if (
      range &&
      !(NUMERIC.has(column.kind) && range.from < range.to && Number.isFinite(range.to - range.from))
    )
      throw refused(
        `The range of “${name}” cannot be one.`,
        "Declare two numbers, the smaller one first, or leave the range out: it is then paid for.",
      );
    if (levels) levelsOf(column, levels.values);
  }
}

/** What is declared in `facts`, as `readPublicFacts` reads it; what is known of clinical quantities is left out. */
export function writePublicFacts(facts: PublicFacts, schema: Schema): string {
  const columns = facts.columns.flatMap(({ name, range, levels, missing }) => {
    const column = schema.columns.find((one) => one.name === name);
    const end = (value: number): number | string =>
      column?.kind === "datetime" ? formatDate(value, "YYYY-MM-DDTHH:mm:ss") : value;
    const declared = {
      ...(range?.why === "declared" && { range: [end(range.from), end(range.to)] }),
      ...(levels?.why === "declared" && { levels: levels.values }),
      ...(missing !== undefined && { missing }),
    };
    return Object.keys(declared).length > 0 ? [[name, declared] as const] : [];
  });
  return `${JSON.stringify({ columns: Object.fromEntries(columns) }, undefined, 2)}\n`;
}
