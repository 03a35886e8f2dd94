import { applyChanges, givenEncoding, givenTokens, measured, type Wanted } from "./apply-changes.ts";
import { orderLevels } from "./kinds/levels/level-order.ts";
import type { TextCells } from "./column-cells.ts";
import { cellFormatter } from "../formats/format-cell.ts";
import { missingTokens } from "../formats/missing-tokens.ts";
import type { NumberContext } from "../formats/number-marks.ts";
import type { SchemaChange } from "../profile.ts";
import { unreadCells, type UnreadCells } from "../reading.ts";
import { patientsOf, settleCenturies } from "./settle/centuries.ts";
import { describeColumn, settle } from "./settle/settle-columns.ts";
import { withIdForm } from "../identifiers/id-form.ts";
import { toldBySchema } from "./kinds/told-by-file.ts";
import type { Column, ColumnSchema, Kind, Table } from "../table.ts";
import { lookAtColumn, withCourse, withoutCourse } from "./with-course.ts";

/** The revised table, or why the file must be read again (with the same changes) to get it. */
export type Revision =
  | { readonly status: "revised"; readonly table: Table }
  | { readonly status: "reread"; readonly reason: string };

/**
 * Applies a person's changes to `table` as it was first read (so that undo is the same list without its last change).
 * Columns whose kind and role stay are shared, not copied. Cleaning cells, changing the missing tokens, or turning numbers whose
 * texts were not kept exactly into texts, needs the file. Throws FaultError `unknown-column`, `kind-mismatch`.
 */
export function reviseTable(table: Table, changes: readonly SchemaChange[]): Revision {
  if (changes.some(({ type }) => type === "clean")) {
    return { status: "reread", reason: "Cells are cleaned as they are written, before kinds are told." };
  }
  const given = givenTokens(changes);
  if (given !== undefined && !sameTokens(given, table.schema.missingTokens)) {
    return { status: "reread", reason: "Which cells are missing is decided while the file is read." };
  }
  const encoding = givenEncoding(changes);
  if (encoding !== undefined && encoding !== table.schema.dialect.encoding) {
    return { status: "reread", reason: "Characters are made of bytes while the file is read." };
  }
  const schemas = table.schema.columns;
  const names = schemas.map(({ name }) => name);
  const context: NumberContext = {
    decimalComma: schemas.some(({ number }) => number?.decimalMark === ","),
    dayFirst: schemas.some(({ date }) => date !== undefined && date.pattern.startsWith("D")),
  };
  const wanted = movesCourses(changes)
    ? coursesAnew(table, applyChanges(names, schemas.map(withoutCourse), changes), { changes, context })
    : applyChanges(names, schemas, changes);
  const lossy = wanted.findIndex(
    (it, i) =>
      it.kind !== schemas[i]?.kind &&
      !keepsTexts(table.columns[i] as Column, schemas[i] as ColumnSchema, it.kind),
  );
  if (lossy >= 0) {
    return {
      status: "reread",
      reason: `“${schemas[lossy]?.name}” was kept as values; its cells as they were written are in the file only.`,
    };
  }
  const columns: Column[] = [];
  const unread: UnreadCells[] = [];
  const described = wanted.map((it, i): ColumnSchema => {
    const before = schemas[i] as ColumnSchema;
    const column = table.columns[i] as Column;
    if (it.kind === before.kind) {
      columns.push(it.order === undefined ? column : reordered(column, it.order));
      const { survival: _, course: _part, measure: _before, system: _of, fresh: _fresh, ...rest } = before;
      const revised: ColumnSchema = {
        ...rest,
        ...measured(it),
        role: it.role,
        reason: it.reason,
        ...(it.rareLevels && { rareLevels: it.rareLevels }),
        ...(it.survival && { survival: it.survival }),
        ...(it.course && column.type === "numeric" && { course: it.course }),
        ...(it.outsider && { outsider: it.outsider }),
        ...(it.quantity && { quantity: it.quantity }),
      };
      const same = it.fresh === undefined && it.role === before.role;
      return same
        ? { ...revised, ...(before.fresh !== undefined && { fresh: before.fresh }) }
        : withIdForm(revised, column, it.fresh);
    }
    const revised = convert(column, before, it, { context, tokens: table.schema.missingTokens });
    columns.push(revised.column);
    if (revised.unread !== undefined) unread.push(revised.unread);
    return revised.schema;
  });
  const placed = settleCenturies(
    { columns, schemas: described },
    patientsOf({ columns, schemas: described }),
  );
  const reading = table.reading && { ...table.reading, unread: [...table.reading.unread, ...unread] };
  return {
    status: "revised",
    table: {
      ...table,
      columns: placed.columns,
      schema: { ...table.schema, columns: placed.schemas },
      ...(reading && { reading }),
    },
  };
}

/**
 * A table that comes from no file, with the columns that say when a visit was and when follow-up ended found as when one is
 * read: cells, kinds and roles stay.
 */
export function withCoursesFound(table: Table): Table {
  const schemas = table.schema.columns;
  const names = schemas.map(({ name }) => name);
  const context: NumberContext = { decimalComma: false, dayFirst: false };
  const found = coursesAnew(table, applyChanges(names, schemas, []), { changes: [], context });
  const columns = schemas.map((schema, i): ColumnSchema => {
    const { kind, course, reason } = found[i] as Wanted;
    return course === undefined || kind !== schema.kind ? schema : { ...schema, course, reason };
  });
  return { ...table, schema: { ...table.schema, columns } };
}

/** Whether a change can make another column the time: of patients, of kinds, of the parts themselves. */
const movesCourses = (changes: readonly SchemaChange[]): boolean =>
  changes.some(({ type }) => type === "course" || type === "kind" || type === "role");

/** The columns' parts in courses, found again as when the file was read. */
function coursesAnew(
  table: Table,
  wanted: readonly Wanted[],
  { changes, context }: { changes: readonly SchemaChange[]; context: NumberContext },
): readonly Wanted[] {
  const schemas = table.schema.columns;
  const looks = schemas.map((schema, i) => lookAtColumn(schema, table.columns[i] as Column));
  const read = (i: number, kind: Kind): Column => {
    const [column, before] = [table.columns[i] as Column, schemas[i] as ColumnSchema];
    if (kind === before.kind || !keepsTexts(column, before, kind)) return column;
    const as = { ...(wanted[i] as Wanted), kind };
    return convert(column, before, as, { context, tokens: table.schema.missingTokens }).column;
  };
  const finding = withCourse(wanted, { looks, changes, read });
  for (;;) {
    const { done, value } = finding.next();
    if (done === true) return value;
  }
}

function sameTokens(a: readonly string[], b: readonly string[]): boolean {
  const lower = (tokens: readonly string[]): Set<string> =>
    new Set(["", ...tokens.map((token) => token.trim().toLowerCase())]);
  const one = lower(a);
  const other = lower(b);
  return one.size === other.size && [...one].every((token) => other.has(token));
}

const NUMBERS: ReadonlySet<Kind> = new Set<Kind>(["integer", "decimal"]);

/** Whether `column` can become `kind` without its file: texts can become anything, values only where they write back. */
function keepsTexts(column: Column, schema: ColumnSchema, kind: Kind): boolean {
  if (column.type === "coded") return schema.findings?.stray === undefined;
  if (NUMBERS.has(kind) && NUMBERS.has(schema.kind)) return true;
  return schema.number?.exact === true || schema.date?.exact === true;
}

/** The same cells, their levels in the order that a person gave them. */
function reordered(column: Column, order: readonly string[]): Column {
  if (column.type !== "coded") return column;
  const levels = orderLevels(column.levels, order);
  const place = column.levels.map((level) => levels.indexOf(level));
  return { type: "coded", levels, codes: column.codes.map((code) => place[code] ?? -1) };
}

function convert(
  column: Column,
  before: ColumnSchema,
  wanted: Wanted,
  { context, tokens }: { context: NumberContext; tokens: readonly string[] },
): { column: Column; schema: ColumnSchema; unread: UnreadCells | undefined } {
  const settled = settle(textsOf(column, before), wanted.kind, {
    name: before.name,
    tokens: missingTokens([...tokens, before.missingToken]),
    context,
    strayAsMissing: wanted.strayAsMissing,
    order: wanted.order ?? before.valueLabels?.map(({ label }) => label),
  });
  const schema = describeColumn(settled, {
    name: before.name,
    kind: wanted.kind,
    role: wanted.role,
    reason: wanted.reason,
    ...(wanted.rareLevels && { rareLevels: wanted.rareLevels }),
    ...(wanted.survival && { survival: wanted.survival }),
    ...(wanted.course && settled.column.type === "numeric" && { course: wanted.course }),
    ...(wanted.outsider && { outsider: wanted.outsider }),
    ...(wanted.quantity && { quantity: wanted.quantity }),
    ...toldBySchema(before, wanted.kind),
    ...measured(wanted),
    ...(wanted.identifies && { identifies: wanted.identifies }),
  });
  const kept = { ...schema, missingToken: before.missingToken };
  return {
    column: settled.column,
    schema: withIdForm(kept, settled.column, wanted.fresh),
    unread: unreadCells(before.name, settled.strays ?? new Map(), settled.findings?.beyond ?? 0),
  };
}

/** The cells as they were written, by dictionary. */
function textsOf(column: Column, schema: ColumnSchema): TextCells {
  const rows = column.type === "numeric" ? column.values.length : column.codes.length;
  const format = cellFormatter(column, schema);
  const codes = new Int32Array(rows);
  const levels: string[] = [];
  const counts: number[] = [];
  const index = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const text = format(row);
    let code = index.get(text);
    if (code === undefined) {
      code = levels.length;
      index.set(text, code);
      levels.push(text);
      counts.push(0);
    }
    codes[row] = code;
    counts[code] = (counts[code] as number) + 1;
  }
  return { type: "texts", codes, levels, counts };
}
