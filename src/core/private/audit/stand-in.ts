import type { Rng } from "../../math/rng.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import { publicColumn, type PublicFacts } from "../public/public-facts.ts";

const LEVELS = ["a", "b", "c"];
const YEAR_2000 = 946_684_800_000;
const DAY = 86_400_000;
const NUMBERS = { from: 0, to: 100 };
const DATES = { from: YEAR_2000, to: YEAR_2000 + 7000 * DAY };

/**
 * Made-up patients in a table with the columns of `table`: their names, kinds and roles, what is public of them, and about as
 * many rows; no cell of it is looked at. Where patients have several rows, one to five.
 */
export function standIn(table: Table, facts: PublicFacts, rng: Rng): Table {
  const { schema, patients, name } = table;
  const rows = roughly(table.rows);
  const columns = schema.columns.map((column) => madeUp(column, facts, rows, rng));
  const made: Table = { name, rows, columns, schema: { ...schema, columns: schema.columns.map(shapeOf) } };
  if (patients === undefined) return made;
  const whose = new Int32Array(rows);
  for (let row = 0, patient = 0; row < rows; patient++) {
    const end = Math.min(rows, row + 1 + rng.integer(5));
    whose.fill(patient, row, end);
    row = end;
  }
  return { ...made, patients: whose };
}

/** Two digits of it. */
function roughly(rows: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, rows))) - 1);
  return Math.max(10, Math.round(rows / power) * power);
}

/** Without what was read from cells beyond how they are written. */
const shapeOf = ({ name, kind, role, number, date, missingToken }: ColumnSchema): ColumnSchema => ({
  name,
  kind,
  role,
  reason: "",
  missingToken,
  ...(number && { number }),
  ...(date && { date }),
});

function madeUp({ name, kind, role }: ColumnSchema, facts: PublicFacts, rows: number, rng: Rng): Column {
  const known = publicColumn(facts, name);
  if (kind === "integer" || kind === "decimal" || kind === "datetime") {
    const { from, to } = known.range ?? (kind === "datetime" ? DATES : NUMBERS);
    const at = (): number => from + ((to - from) * (rng.uniform() + rng.uniform() + rng.uniform())) / 3;
    const values = Float64Array.from({ length: rows }, at);
    return { type: "numeric", values: kind === "decimal" ? values : values.map(Math.round) };
  }
  const few = role === "target" || kind === "boolean";
  const levels = known.levels?.values ?? LEVELS.slice(0, kind === "constant" ? 1 : few ? 2 : 3);
  return {
    type: "coded",
    codes: Int32Array.from({ length: rows }, () => rng.integer(levels.length)),
    levels,
  };
}
