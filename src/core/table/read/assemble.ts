import { FaultError } from "../../fault.ts";
import { breathe, breathing } from "../../math/breathe.ts";
import { applyChanges, measured, type Wanted } from "./apply-changes.ts";
import type { RawCells } from "./column-cells.ts";
import { guessDate } from "../formats/dates/guess-date.ts";
import type { Facts } from "./kinds/column-facts.ts";
import { infer } from "./kinds/infer.ts";
import { withIdForm } from "../identifiers/id-form.ts";
import { knownFacts, knownSettled } from "./settle/known-columns.ts";
import { leaveOutMostlyWithheld } from "./kinds/mostly-withheld.ts";
import { isMissingNumber, missingLevels, type MissingTokens } from "../formats/missing-tokens.ts";
import { showsDecimalComma, type NumberContext } from "../formats/number-marks.ts";
import { patientsOf, settleCenturies } from "./settle/centuries.ts";
import { unreadCells, type TotalsRow, type UnreadCells } from "../reading.ts";
import { ownTokens } from "./kinds/own-tokens.ts";
import type { CellReading, CleanRows, CollectedFile, ReadRows } from "./rows.ts";
import { describeColumn } from "./settle/settle-columns.ts";
import type { Settled } from "./settle/settled.ts";
import { toldByHint } from "./kinds/told-by-file.ts";
import type { SchemaChange } from "../profile.ts";
import type { Column, ColumnSchema, Kind, Table } from "../table.ts";
import { withoutTotals } from "./totals-rows.ts";
import { lookOf, withCourse } from "./with-course.ts";

/** What a person asks of a table that is made of a file. */
export interface AssembleOptions {
  /** Changes to the schema, applied in order to what is inferred; columns are named as after `clean`. */
  readonly changes?: readonly SchemaChange[];
  /** Steps that come before kinds are told, once rows of totals are out. */
  readonly clean?: CleanRows;
  cancelled?(): boolean;
}

const SAMPLE = 3000;

/**
 * Rows by column to a table, as often as asked: cleaned, kinds and roles inferred over whole columns, changes applied,
 * cells settled.
 */
export async function assemble(
  file: CollectedFile,
  { changes = [], clean, cancelled = () => false }: AssembleOptions,
): Promise<{ table: Table; notes: string[] }> {
  const { name, dialect, tokens, notes } = file;
  const { whole, totals, read: howRead } = patientRows(file);
  const found = clean === undefined ? whole : clean(whole, howRead);
  const { hints } = found;
  const own = ownTokens(found.cells, tokens);
  const context = found === whole ? howRead.context : contextOf(found, tokens);
  const facts: Facts[] = [];
  for (let i = 0; i < found.names.length; i++) {
    facts.push(
      knownFacts(found.names[i] as string, found.cells[i] as RawCells, own[i] as MissingTokens, context),
    );
    await breathe();
    if (cancelled()) throw new FaultError({ code: "cancelled" });
  }
  const { inferred, whose } = infer(facts, { cells: found.cells, tokens: own, hints });
  const asked = applyChanges(found.names, leaveOutMostlyWithheld(inferred, found.cells, own), changes);
  const settle = (i: number, { kind, strayAsMissing, measure, order }: Wanted): Settled =>
    knownSettled(found.cells[i] as RawCells, kind, {
      name: found.names[i] as string,
      tokens: own[i] as MissingTokens,
      context,
      strayAsMissing,
      codes: measure === "code",
      order: order ?? hints.get(found.names[i] as string)?.valueLabels?.map(({ label }) => label),
    });
  const read = (i: number, kind: Kind): Column => settle(i, { ...(asked[i] as Wanted), kind }).column;
  const settings = await breathing(withCourse(asked, { looks: facts.map(lookOf), changes, read }));
  const columns: Column[] = [];
  const schemas: ColumnSchema[] = [];
  const unread: UnreadCells[] = [];
  for (let i = 0; i < found.names.length; i++) {
    const column = found.names[i] as string;
    const { kind, role, reason, rareLevels, survival, course, outsider, quantity, identifies, fresh } =
      settings[i] as Wanted;
    const settled = settle(i, settings[i] as Wanted);
    columns.push(settled.column);
    const described = describeColumn(settled, {
      name: column,
      kind,
      role,
      reason,
      ...(rareLevels && { rareLevels }),
      ...(survival && { survival }),
      ...(course && settled.column.type === "numeric" && { course }),
      ...(outsider && { outsider }),
      ...(quantity && { quantity }),
      ...measured(settings[i] as Wanted),
      ...toldByHint(hints.get(column), kind),
      ...(identifies && { identifies }),
    });
    const shares = withUnits(withNumberShare(described, facts[i] as Facts), facts[i] as Facts);
    const noted = withTokenLevel(shares, own[i] as MissingTokens);
    schemas.push(withIdForm(noted, settled.column, fresh));
    const cells = unreadCells(column, settled.strays ?? new Map(), settled.findings?.beyond ?? 0);
    if (cells !== undefined) unread.push(cells);
    await breathe();
    if (cancelled()) throw new FaultError({ code: "cancelled" });
  }
  const placed = settleCenturies({ columns, schemas }, patientsOf({ columns, schemas }));
  const schema = {
    columns: placed.schemas,
    dialect,
    missingTokens: tokensSeen(found, schemas, { tokens, own }),
  };
  const reading = { unread, skipped: found.skipped, totals };
  return {
    table: { name, rows: found.rows, columns: placed.columns, schema, reading, whose },
    notes: [...notes],
  };
}

/** The rows of a file without those of totals, and how their cells are read. */
interface PatientRows {
  readonly whole: ReadRows;
  readonly totals: readonly TotalsRow[];
  readonly read: CellReading;
}

const known = new WeakMap<CollectedFile, PatientRows>();

/** The rows of a file that are patients; the same ones each time. */
export function patientRows(file: CollectedFile): PatientRows {
  const before = known.get(file);
  if (before !== undefined) return before;
  const { rows, tokens, typed } = file;
  const read = { tokens, context: contextOf(rows, tokens) };
  const { found: whole, totals } =
    typed === true ? { found: rows, totals: [] } : withoutTotals(rows, tokens, read.context);
  const found = { whole, totals, read };
  known.set(file, found);
  return found;
}

/** Decimal comma and day-before-month, from all columns together. */
function contextOf(found: ReadRows, tokens: MissingTokens): NumberContext {
  const context = { ...found.context };
  for (const cells of found.cells) {
    if (cells.type !== "texts") continue;
    const texts = firstOf(cells.levels, (text) => !isMissingNumber(text, tokens));
    if (showsDecimalComma(texts)) context.decimalComma = true;
  }
  for (const cells of found.cells) {
    if (cells.type !== "texts") continue;
    const texts = firstOf(cells.levels, (text) => /^\d{1,2}[/]\d{1,2}[/]/.test(text));
    if (texts.length === 0) continue;
    const guess = guessDate(texts, { dayFirst: false, compact: false });
    if (guess !== undefined && !guess.ambiguous) {
      context.dayFirst = guess.pattern.indexOf("D") < guess.pattern.indexOf("M");
      return context;
    }
  }
  context.dayFirst = context.decimalComma;
  return context;
}

/** The first texts that are `wanted`, as many as a sample takes. */
function firstOf(texts: readonly string[], wanted: (text: string) => boolean): string[] {
  const found: string[] = [];
  for (let i = 0; i < texts.length && found.length < SAMPLE; i++)
    if (wanted(texts[i] as string)) found.push(texts[i] as string);
  return found;
}

/** Notes how many cells of a category are numbers, so that reading it as numbers can be offered. */
function withNumberShare(column: ColumnSchema, { numberShare, numbers, leadingZeros }: Facts): ColumnSchema {
  const mixed =
    column.kind === "category" && numberShare >= 0.2 && numberShare < 1 && numbers > 2 && !leadingZeros;
  return mixed ? { ...column, findings: { ...column.findings, numbers: numberShare } } : column;
}

/** Notes the units of numbers that are kept as texts because they have several. */
const withUnits = (column: ColumnSchema, { units }: Facts): ColumnSchema =>
  units === undefined || column.kind !== "category"
    ? column
    : { ...column, findings: { ...column.findings, units } };

/** Notes a level that is a word for missing elsewhere, so that reading it as missing can be offered. */
function withTokenLevel(column: ColumnSchema, { levels }: MissingTokens): ColumnSchema {
  const [token] = levels ?? [];
  return token === undefined ? column : { ...column, findings: { ...column.findings, tokenLevel: token } };
}

/** The texts that were read as missing somewhere, "" first. */
function tokensSeen(
  found: ReadRows,
  schemas: readonly ColumnSchema[],
  { tokens, own }: { tokens: MissingTokens; own: readonly MissingTokens[] },
): string[] {
  const seen = new Set<string>([""]);
  found.cells.forEach((cells, i) => {
    if (cells.type === "values") {
      for (const token of cells.missing.keys()) seen.add(token);
      return;
    }
    const numeric = ["integer", "decimal", "datetime"].includes(schemas[i]?.kind ?? "");
    const missing = numeric
      ? cells.levels.map((text) => isMissingNumber(text, own[i] as MissingTokens))
      : missingLevels(cells.levels, own[i] as MissingTokens);
    cells.levels.forEach((text, level) => {
      if (missing[level] === true && seen.size < 50) seen.add(text);
    });
  });
  tokens.given?.forEach((token) => {
    if (![...seen].some((text) => text.toLowerCase() === token)) seen.add(token);
  });
  return [...seen];
}
