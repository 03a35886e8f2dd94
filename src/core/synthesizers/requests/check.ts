import { FaultError } from "../../fault.ts";
import { readMoment } from "../../table/formats/dates/read-moment.ts";
import { formatDate } from "../../table/formats/dates/write-date.ts";
import { numberOf, PLAIN } from "../../table/formats/number-format.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import type { Condition, SampleRequest } from "../synthesizer.ts";

/** What the cells of one column must be; cells as in the table: values (NaN = missing) or codes (-1 = missing). */
export interface ColumnCondition {
  /** Index among the columns of the model's table. */
  readonly column: number;
  /** Whether an empty cell meets it. */
  readonly missing: boolean;
  /** Coded columns: 1 for each level that meets it. Undefined for numbers. */
  readonly levels?: Uint8Array;
  /** Numbers: both ends included; low > high where no present cell meets it. */
  readonly low: number;
  readonly high: number;
  readonly meets: (cell: number) => boolean;
  /** "age is at least 65", for a person. */
  readonly words: string;
}

/** A request against a table's columns: one condition per column, and the levels that are to come with their weights. */
export interface CheckedRequest {
  readonly where: readonly ColumnCondition[];
  readonly shares?: { readonly column: number; readonly codes: Int32Array; readonly weights: Float64Array };
  readonly tries: number;
}

const TRIES = 1000;

/**
 * `request` in terms of the columns of `like` (any table of the model, rows do not matter). Throws FaultError
 * `unknown-column` and `condition-invalid`.
 */
export function checkRequest(request: SampleRequest, like: Table): CheckedRequest {
  const tries = request.tries ?? TRIES;
  if (!Number.isInteger(tries) || tries < 1)
    throw invalid("tries", "The candidates for each row must be a whole number from 1.");
  if (request.complete !== undefined && ((request.where?.length ?? 0) > 0 || request.shares !== undefined))
    throw invalid("complete", "A table is completed by itself, without conditions or shares.");
  const byColumn = new Map<number, ColumnCondition>();
  for (const condition of request.where ?? []) {
    const made = columnCondition(condition, like);
    const before = byColumn.get(made.column);
    byColumn.set(made.column, before === undefined ? made : both(before, made));
  }
  const where = [...byColumn.values()];
  for (const condition of where) {
    if (!possible(condition))
      throw invalid(nameOf(like, condition.column), `No cell can meet “${condition.words}”.`);
  }
  const shares = request.shares === undefined ? undefined : checkShares(request.shares, like, byColumn);
  return { where, tries, ...(shares && { shares }) };
}

export function invalid(column: string, reason: string): FaultError {
  return new FaultError({ code: "condition-invalid", column, reason });
}

export const nameOf = (table: Table, column: number): string => table.schema.columns[column]?.name ?? "";

export function columnNamed(name: string, like: Table): number {
  const known = like.schema.columns.map((column) => column.name);
  const at = known.indexOf(name);
  if (at < 0) throw new FaultError({ code: "unknown-column", name, known });
  return at;
}

function columnCondition(condition: Condition, like: Table): ColumnCondition {
  const at = columnNamed(condition.column, like);
  const column = like.columns[at] as Column;
  const schema = like.schema.columns[at] as ColumnSchema;
  const asksPresent =
    "in" in condition || ("from" in condition && condition.from !== undefined) || bounded(condition);
  if (!asksPresent && condition.missing === undefined)
    throw invalid(schema.name, "Nothing is asked of it: give its levels, a range, or whether it is missing.");
  const missing = condition.missing === true;
  if (!asksPresent && missing) return nothingBut(at, column, schema);
  return column.type === "coded"
    ? codedCondition(condition, at, column.levels, schema, missing)
    : numericCondition(condition, at, schema, missing);
}

const bounded = (condition: Condition): boolean => "to" in condition && condition.to !== undefined;

const orMissing = (missing: boolean): string => (missing ? " or missing" : "");

function nothingBut(column: number, { type }: Column, { name }: ColumnSchema): ColumnCondition {
  return {
    column,
    missing: true,
    low: Infinity,
    high: -Infinity,
    ...(type === "coded" && { levels: new Uint8Array(0) }),
    meets: type === "coded" ? (cell) => cell < 0 : (cell) => !Number.isFinite(cell),
    words: `${name} is missing`,
  };
}

function codedCondition(
  condition: Condition,
  column: number,
  levels: readonly string[],
  schema: ColumnSchema,
  missing: boolean,
): ColumnCondition {
  const allowed = new Uint8Array(levels.length);
  let said = "is not missing";
  if ("in" in condition) {
    for (const level of condition.in) {
      const code = levels.indexOf(level);
      if (code < 0) throw invalid(schema.name, noSuchLevel(level, levels));
      allowed[code] = 1;
    }
    said = `is ${condition.in.join(" or ")}`;
  } else {
    const { low, high } = rangeOf(condition, schema);
    const numbers = levels.map((level) => numberOf(level, schema.number ?? PLAIN));
    const ranged = low !== -Infinity || high !== Infinity;
    if (ranged && !numbers.some(Number.isFinite))
      throw invalid(schema.name, "It holds texts, so that a range says nothing of it; name its levels.");
    numbers.forEach((value, code) => {
      allowed[code] = !ranged || (value >= low && value <= high) ? 1 : 0;
    });
    if (ranged) said = rangeWords(low, high, String);
  }
  return coded(column, allowed, missing, `${schema.name} ${said}${orMissing(missing)}`);
}

function coded(column: number, levels: Uint8Array, missing: boolean, words: string): ColumnCondition {
  return {
    column,
    missing,
    levels,
    low: -Infinity,
    high: Infinity,
    meets: (cell) => (cell < 0 ? missing : levels[cell] === 1),
    words,
  };
}

function noSuchLevel(level: string, levels: readonly string[]): string {
  const shown = levels.slice(0, 8).join(", ");
  return `It has no level “${level}”; it has ${shown}${levels.length > 8 ? ` and ${levels.length - 8} more` : ""}.`;
}

function numericCondition(
  condition: Condition,
  column: number,
  schema: ColumnSchema,
  missing: boolean,
): ColumnCondition {
  const write = (value: number): string =>
    schema.kind === "datetime" ? formatDate(value, schema.date ?? "YYYY-MM-DD") : String(value);
  if ("in" in condition) {
    const values = new Set(condition.in.map((text) => valueOf(text, schema)));
    return {
      column,
      missing,
      low: Math.min(...values),
      high: Math.max(...values),
      meets: (cell) => (Number.isFinite(cell) ? values.has(cell) : missing),
      words: `${schema.name} is ${[...values].map(write).join(" or ")}${orMissing(missing)}`,
    };
  }
  const { low, high } = rangeOf(condition, schema);
  const said = low === -Infinity && high === Infinity ? "is not missing" : rangeWords(low, high, write);
  return {
    column,
    missing,
    low,
    high,
    meets: (cell) => (Number.isFinite(cell) ? cell >= low && cell <= high : missing),
    words: `${schema.name} ${said}${orMissing(missing)}`,
  };
}

/** A number or date as the column writes it, or as a plain number. */
function valueOf(text: string, schema: ColumnSchema): number {
  const dated = schema.kind === "datetime" ? readMoment(text, schema.date ?? "YYYY-MM-DD") : NaN;
  const plain = text.trim() === "" ? NaN : Number(text);
  const value = Number.isFinite(dated)
    ? dated
    : Number.isFinite(plain)
      ? plain
      : numberOf(text, schema.number ?? PLAIN);
  if (!Number.isFinite(value)) throw invalid(schema.name, `“${text}” is no value of it.`);
  return value;
}

function rangeOf(condition: Condition, { name }: ColumnSchema): { low: number; high: number } {
  const { from, to } = "in" in condition ? {} : condition;
  for (const end of [from, to])
    if (end !== undefined && !Number.isFinite(end))
      throw invalid(name, "The ends of a range must be numbers.");
  const low = from ?? -Infinity;
  const high = to ?? Infinity;
  if (low > high)
    throw invalid(name, `A range cannot run from ${low} to ${high}: its start is above its end.`);
  return { low, high };
}

function rangeWords(low: number, high: number, write: (value: number) => string): string {
  if (low === high) return `is ${write(low)}`;
  if (high === Infinity) return `is at least ${write(low)}`;
  if (low === -Infinity) return `is at most ${write(high)}`;
  return `is from ${write(low)} to ${write(high)}`;
}

/** Two conditions on one column as one. */
function both(a: ColumnCondition, b: ColumnCondition): ColumnCondition {
  const missing = a.missing && b.missing;
  const words = `${a.words} and ${b.words}`;
  const meets = (cell: number): boolean => a.meets(cell) && b.meets(cell);
  if (a.levels && b.levels) {
    const length = Math.min(a.levels.length, b.levels.length);
    const levels = Uint8Array.from({ length }, (_, i) =>
      a.levels?.[i] === 1 && b.levels?.[i] === 1 ? 1 : 0,
    );
    return { ...coded(a.column, levels, missing, words), meets };
  }
  return {
    column: a.column,
    missing,
    low: Math.max(a.low, b.low),
    high: Math.min(a.high, b.high),
    meets,
    words,
  };
}

function possible({ missing, levels, low, high }: ColumnCondition): boolean {
  return missing || (levels === undefined ? low <= high : levels.includes(1));
}

function checkShares(
  { column: name, shares }: NonNullable<SampleRequest["shares"]>,
  like: Table,
  where: ReadonlyMap<number, ColumnCondition>,
): NonNullable<CheckedRequest["shares"]> {
  const at = columnNamed(name, like);
  const column = like.columns[at] as Column;
  if (column.type === "numeric") throw invalid(name, "Shares can be set for levels only; it holds numbers.");
  const wanted = Object.entries(shares).map(([level, share]) => {
    const code = column.levels.indexOf(level);
    if (code < 0) throw invalid(name, noSuchLevel(level, column.levels));
    if (!Number.isFinite(share) || share < 0)
      throw invalid(name, `The share of “${level}” must be a number from 0.`);
    if (share > 0 && where.get(at)?.meets(code) === false)
      throw invalid(name, `A share is asked for “${level}”, which the conditions leave out.`);
    return { code, share };
  });
  const coming = wanted.filter(({ share }) => share > 0);
  if (coming.length === 0) throw invalid(name, "At least one level needs a share above 0.");
  return {
    column: at,
    codes: Int32Array.from(coming, ({ code }) => code),
    weights: Float64Array.from(coming, ({ share }) => share),
  };
}

/** The condition that a column is this level. */
export function isLevel(column: number, code: number, like: Table): ColumnCondition {
  const source = like.columns[column] as Column;
  const levels = source.type === "coded" ? source.levels : [];
  const allowed = new Uint8Array(levels.length);
  allowed[code] = 1;
  return coded(column, allowed, false, `${nameOf(like, column)} is ${levels[code]}`);
}
