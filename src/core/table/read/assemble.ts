import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { measured, type Wanted } from "./apply-changes.ts";
import type { RawCells } from "./column-cells.ts";
import { guessDate } from "../formats/dates/guess-date.ts";
import { gatherFacts, type Facts } from "./column-facts.ts";
import { infer, type Inferred } from "./infer.ts";
import { leaveOutMostlyWithheld } from "./mostly-withheld.ts";
import { isMissingNumber, missingLevels, type MissingTokens } from "../formats/missing-tokens.ts";
import { showsDecimalComma, type NumberContext } from "../formats/number-marks.ts";
import { patientsOf, settleCenturies } from "./centuries.ts";
import { unreadCells, type UnreadCells } from "../reading.ts";
import type { ColumnHints } from "../hints.ts";
import { ownTokens } from "./own-tokens.ts";
import type { ReadRows } from "./rows.ts";
import { describeColumn, settle } from "./settle-columns.ts";
import { toldByHint } from "./told-by-file.ts";
import type { Column, ColumnSchema, Dialect, Table } from "../table.ts";
import { withoutTotals } from "./totals-rows.ts";

interface Assembly {
  readonly name: string;
  readonly dialect: Dialect;
  readonly tokens: MissingTokens;
  readonly notes: readonly string[];
  readonly hints?: ColumnHints | undefined;
  /** every row is one of the table */
  readonly typed?: boolean;
  /** Kinds and roles after the person's changes. */
  wanted(inferred: readonly Inferred[]): readonly Wanted[];
  cancelled(): boolean;
}

const SAMPLE = 3000;

/** Rows by column to a table: kinds and roles inferred over whole columns, changes applied, cells settled. */
export async function assemble(
  all: ReadRows,
  { name, dialect, tokens, notes, hints: given, typed, wanted, cancelled }: Assembly,
): Promise<{ table: Table; notes: string[] }> {
  const context = contextOf(all, tokens);
  const { found, totals } = typed === true ? { found: all, totals: [] } : withoutTotals(all, tokens, context);
  const own = ownTokens(found.cells, tokens);
  const hints = bothHints(found.hints, given);
  const facts: Facts[] = [];
  for (let i = 0; i < found.names.length; i++) {
    facts.push(
      gatherFacts(found.names[i] as string, found.cells[i] as RawCells, own[i] as MissingTokens, context),
    );
    await breathe();
    if (cancelled()) throw new FaultError({ code: "cancelled" });
  }
  const settings = wanted(leaveOutMostlyWithheld(infer(facts, hints), found.cells, own));
  const columns: Column[] = [];
  const schemas: ColumnSchema[] = [];
  const unread: UnreadCells[] = [];
  for (let i = 0; i < found.names.length; i++) {
    const column = found.names[i] as string;
    const { kind, role, reason, strayAsMissing, rareLevels, survival, outsider } = settings[i] as Wanted;
    const settled = settle(found.cells[i] as RawCells, kind, {
      name: column,
      tokens: own[i] as MissingTokens,
      context,
      strayAsMissing,
      codes: settings[i]?.measure === "code",
    });
    columns.push(settled.column);
    const described = describeColumn(settled, {
      name: column,
      kind,
      role,
      reason,
      ...(rareLevels && { rareLevels }),
      ...(survival && { survival }),
      ...(outsider && { outsider }),
      ...measured(settings[i] as Wanted),
      ...toldByHint(hints.get(column), kind),
    });
    schemas.push(withTokenLevel(withNumberShare(described, facts[i] as Facts), own[i] as MissingTokens));
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
    table: { name, rows: found.rows, columns: placed.columns, schema, reading },
    notes: [...notes],
  };
}

/** What lines below the names say of the columns, and above that what the file's format says. */
function bothHints(below: ColumnHints, given: ColumnHints | undefined): ColumnHints {
  const both = new Map(below);
  given?.forEach((hint, name) => both.set(name, { ...both.get(name), ...hint }));
  return both;
}

/** Decimal comma and day-before-month, from all columns together. */
function contextOf(found: ReadRows, tokens: MissingTokens): NumberContext {
  const context = { ...found.context };
  for (const cells of found.cells) {
    if (cells.type !== "texts") continue;
    const texts = cells.levels.filter((text) => !isMissingNumber(text, tokens)).slice(0, SAMPLE);
    if (showsDecimalComma(texts)) context.decimalComma = true;
  }
  for (const cells of found.cells) {
    if (cells.type !== "texts") continue;
    const texts = cells.levels.filter((text) => /^\d{1,2}[/]\d{1,2}[/]/.test(text)).slice(0, SAMPLE);
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

/** Notes how many cells of a category are numbers, so that reading it as numbers can be offered. */
function withNumberShare(column: ColumnSchema, { numberShare, numbers, leadingZeros }: Facts): ColumnSchema {
  const mixed =
    column.kind === "category" && numberShare >= 0.2 && numberShare < 1 && numbers > 2 && !leadingZeros;
  return mixed ? { ...column, findings: { ...column.findings, numbers: numberShare } } : column;
}

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
