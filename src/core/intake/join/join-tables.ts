import { FaultError } from "../../fault.ts";
import { showsDecimalComma } from "../../table/formats/number-marks.ts";
import type { ColumnHint } from "../../table/hints.ts";
import { textReader } from "../../table/read/column-cells.ts";
import { quoter } from "../../table/write-csv.ts";
import type { SheetText } from "../file.ts";
import { COMPARED } from "./compare-keys.ts";
import type { JoinChoice, JoinLook, LongLook } from "./join.ts";
import { keptCell } from "./keep-cells.ts";
import { candidatesOf, likelyChoice, planJoin, type AddedColumn, type JoinPlan } from "./plan-join.ts";
import { missingOf, type JoinSide } from "./side.ts";

/** Most bars of the histogram of rows on the right. */
const MOST_BINS = 42;
/** Rows that are turned into bytes at once. */
const BLOCK = 500;

/** What joining would make; `asked` left out: by the likeliest key. Throws FaultError `join-impossible`. */
export function lookAtJoin(left: JoinSide, right: JoinSide, asked?: JoinChoice): JoinLook {
  const candidates = candidatesOf(left, right);
  const choice = asked ?? likelyChoice(candidates);
  if (choice === undefined || choice.keys.length === 0) return nothingShared(left, right);
  const plan = planJoin(left, right, choice);
  const { matches } = plan;
  const counts = fanOut(plan);
  const problem = problemOf(left, right, plan);
  return {
    choice: plan.choice,
    candidates,
    left: { rows: left.rows, matched: matches.leftMatched, unique: matches.leftUnique },
    right: { rows: right.rows, matched: matches.rightMatched, unique: matches.rightUnique },
    ...counts,
    added: plan.columns.map(({ name }) => name),
    ...(plan.visits && { visits: visitsOf(plan.visits) }),
    ...(plan.order !== undefined && { order: plan.order }),
    ...(plan.long && { long: plan.long.look }),
    ...(problem && { problem }),
  };
}

function nothingShared(left: JoinSide, right: JoinSide): JoinLook {
  return {
    choice: { keys: [], keep: [] },
    candidates: [],
    left: { rows: left.rows, matched: 0, unique: false },
    right: { rows: right.rows, matched: 0, unique: false },
    fanOut: [left.rows],
    most: 0,
    added: [],
    problem: `No column of ${left.name} has values in common with one of ${right.name}.`,
  };
}

function fanOut({ matches: { left, starts } }: JoinPlan): Pick<JoinLook, "fanOut" | "most"> {
  let most = 0;
  const rows = Array.from(left, (key) => {
    const count = key < 0 ? 0 : (starts[key + 1] as number) - (starts[key] as number);
    if (count > most) most = count;
    return count;
  });
  const bins = new Array<number>(Math.min(MOST_BINS, most + 1)).fill(0);
  for (const count of rows) {
    const bin = Math.min(count, bins.length - 1);
    bins[bin] = (bins[bin] as number) + 1;
  }
  return { fanOut: bins, most };
}

/** The rows that visits make, and rows of the left without any. */
const visitsOf = (visits: NonNullable<JoinPlan["visits"]>): NonNullable<JoinLook["visits"]> => ({
  rows: visits.reduce((sum, own) => sum + own.length, 0),
  without: visits.filter((own) => own.length === 0).length,
});

const count = (n: number): string => n.toLocaleString("en");

function problemOf(left: JoinSide, right: JoinSide, { choice, matches }: JoinPlan): string | undefined {
  const by = keyWords(choice);
  if (matches.leftMatched === 0) return `No value of ${by} occurs in both ${left.name} and ${right.name}.`;
  if (matches.repeatedOnBoth === 0) return undefined;
  const both = matches.repeatedOnBoth;
  return `${count(both)} ${both === 1 ? "value" : "values"} of ${by} ${both === 1 ? "occurs" : "occur"} in several rows of both tables (${count(matches.leftRepeated)} in ${left.name}, ${count(matches.rightRepeated)} in ${right.name}), so that it is not clear which rows belong together.`;
}

const keyWords = ({ keys }: JoinChoice): string =>
  keys.map(({ left, right }) => (left === right ? `“${left}”` : `“${left}” = “${right}”`)).join(" and ");

export interface Joined extends SheetText {
  /** its first `rows` alone, where that is said */
  pieces(rows?: number): AsyncIterable<Uint8Array>;
  /** Its records, the names first; as often as asked. */
  records(): Generator<readonly string[]>;
  readonly rows: number;
}

/**
 * The two tables as one text, in the dialect of the left: all rows of the left, with what is kept of the right beside
 * them, or a row for each visit that the right has of one. Throws FaultError `join-impossible`.
 */
export function joinTables(left: JoinSide, right: JoinSide, asked?: JoinChoice): Joined {
  const choice = asked ?? likelyChoice(candidatesOf(left, right));
  if (choice === undefined) throw impossible(nothingShared(left, right).problem as string, left, right);
  const plan = planJoin(left, right, choice);
  const problem = problemOf(left, right, plan);
  if (problem !== undefined) throw impossible(problem, left, right);
  if (plan.columns.length === 0)
    throw new FaultError({
      code: "join-impossible",
      reason: `No column of ${right.name} would be added.`,
      remedy: "Keep first or last of its values, or join another table.",
    });
  const hints = new Map<string, ColumnHint>(left.hints ?? []);
  for (const { name, hint } of plan.columns) if (hint !== undefined) hints.set(name, hint);
  const records = (): Generator<readonly string[]> => joinedRecords(left, right, plan);
  return {
    records,
    rows: plan.visits === undefined ? left.rows : visitsOf(plan.visits).rows,
    pieces: (rows = Infinity) => written(left, records(), rows),
    hints,
    ...(left.typed && { written: "typed" }),
    notes: notesOf(left, right, plan),
  };
}

const impossible = (reason: string, left: JoinSide, right: JoinSide): FaultError =>
  new FaultError({
    code: "join-impossible",
    reason,
    remedy: `Choose a key that occurs once in ${left.name} or once in ${right.name}, such as the number of the visit beside that of the patient.`,
  });

function* joinedRecords(left: JoinSide, right: JoinSide, plan: JoinPlan): Generator<readonly string[]> {
  const { starts, order, left: keys } = plan.matches;
  const own = left.cells.map(textReader);
  const cells = cellsOf(plan, left, right);
  yield [...left.names, ...plan.columns.map(({ name }) => name)];
  for (let row = 0; row < left.rows; row++) {
    const record = own.map((text) => text(row));
    if (plan.visits !== undefined) {
      for (const rows of plan.visits[row] ?? []) yield [...record, ...cells(rows)];
      continue;
    }
    const key = keys[row] as number;
    const rows = key < 0 ? NONE : order.subarray(starts[key], starts[key + 1]);
    record.push(...cells(rows));
    yield record;
  }
}

const NONE = new Int32Array(0);

/** Rows of the right for one of the left -> the added cells. */
function cellsOf(plan: JoinPlan, left: JoinSide, right: JoinSide): (rows: Int32Array) => readonly string[] {
  const mark = showsComma(left) ? "," : ".";
  const writers = plan.columns.map((column) => ({ column, mark: rewritten(column, left, right, mark) }));
  const ofRow = plan.long?.analytes.ofRow;
  return (rows) => {
    const by = ofRow && byAnalyte(rows, ofRow);
    return writers.map(({ column, mark: write }) => {
      const { analyte, of, keep } = column;
      const own = analyte === undefined ? rows : (by?.get(analyte) ?? []);
      if (of === undefined) return String(own.length);
      if (own.length === 0) return keep === "count" ? "0" : "";
      if (keep === "count") return keptCell(of, own, keep);
      const code = of.codes[own[0] as number] as number;
      const text = keep === undefined ? (of.levels[code] as string) : keptCell(of, own, keep);
      return write(text);
    });
  };
}

function byAnalyte(rows: Int32Array, ofRow: Int32Array): Map<number, number[]> {
  const by = new Map<number, number[]>();
  for (const row of rows) {
    const analyte = ofRow[row] as number;
    const own = by.get(analyte);
    if (own === undefined) by.set(analyte, [row]);
    else own.push(row);
  }
  return by;
}

const showsComma = (side: JoinSide): boolean =>
  side.context.decimalComma ||
  side.cells.some((texts) => {
    if (texts.type === "values")
      return texts.reading.type === "numbers" && texts.reading.marks.decimalMark === ",";
    const missing = missingOf(side, texts);
    const present = texts.levels.filter((_text, i) => missing[i] !== true).slice(0, 300);
    return present.some((text) => text.includes(",")) && showsDecimalComma(present);
  });

/** Numbers with the decimal mark of the left; what a side by hand holds as missing, empty in a typed table. */
function rewritten(
  { of }: AddedColumn,
  left: JoinSide,
  right: JoinSide,
  mark: string,
): (text: string) => string {
  const missing =
    left.typed && !right.typed && of !== undefined
      ? new Set(of.levels.filter((_, i) => of.missing[i] === true))
      : undefined;
  const emptied = (text: string): string => (missing?.has(text) === true ? "" : text);
  if (of?.kind !== "numbers" || of.marks.decimalMark === mark) return emptied;
  const { decimalMark, thousandsMark } = of.marks;
  return (text) => {
    const bare = thousandsMark === "" ? text : text.replaceAll(thousandsMark, "");
    return emptied(bare.replace(decimalMark, mark));
  };
}

async function* written(
  left: JoinSide,
  records: Generator<readonly string[]>,
  rows: number,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const { delimiter, newline } = left.dialect;
  const quote = quoter({ delimiter, quote: '"', newline, bom: false, encoding: "utf-8" });
  let lines: string[] = [];
  let row = 0;
  for (const record of records) {
    if (row++ > rows) break;
    const line = record.map(quote).join(delimiter);
    lines.push(line === "" ? '""' : line);
    if (lines.length < BLOCK) continue;
    yield encoder.encode(lines.join(newline) + newline);
    lines = [];
    await Promise.resolve();
  }
  if (lines.length > 0) yield encoder.encode(lines.join(newline) + newline);
}

function notesOf(left: JoinSide, right: JoinSide, plan: JoinPlan): string[] {
  const { matches, choice } = plan;
  const [without, unused] = [left.rows - matches.leftMatched, right.rows - matches.rightMatched];
  const compared = [...new Set(matches.comparisons.flatMap((how) => COMPARED[how] ?? []))];
  return [
    `${left.name} and ${right.name} are joined by ${keyWords(choice)}: ${count(matches.leftMatched)} of ${count(left.rows)} rows of ${left.name} have rows in ${right.name}${without === 0 ? "" : `; ${count(without)} have none and ${plan.visits === undefined ? "stay, with empty cells" : "are left out, as there is no visit of them"}`}.`,
    ...(unused === 0
      ? []
      : [
          `${count(unused)} of ${count(right.rows)} rows of ${right.name} belong to no row of ${left.name} and are left out.`,
        ]),
    ...compared.map((how) => `Keys are compared ${how}.`),
    ...keptNotes(right, plan),
    ...(plan.dropped.length === 0
      ? []
      : [`Not taken from ${right.name}: ${plan.dropped.map((name) => `“${name}”`).join(", ")}.`]),
  ];
}

function keptNotes(right: JoinSide, plan: JoinPlan): string[] {
  if (plan.visits !== undefined) return visitNotes(right, plan, plan.visits);
  if (plan.matches.rightUnique && plan.long === undefined) return [];
  const kept = plan.choice.keep.join(", ");
  const by = plan.order === undefined ? "in the order of the rows" : `by “${plan.order}”`;
  const several = `Of several rows of ${right.name} for one row these are kept: ${kept} (${by}).`;
  if (plan.long === undefined) return [several];
  return [several, ...longNotes(right, plan, plan.long.look)];
}

/** What became of the rows that stay as visits. */
function visitNotes(right: JoinSide, plan: JoinPlan, visits: NonNullable<JoinPlan["visits"]>): string[] {
  const said = `Every row of ${right.name} stays as a visit, with the other columns repeated: ${count(visitsOf(visits).rows)} rows.`;
  if (plan.long === undefined) return [said];
  const { rows } = visitsOf(visits);
  return [
    `Rows of ${right.name} with the same time are one visit, with the other columns repeated: ${count(rows)} rows.`,
    ...longNotes(right, plan, plan.long.look),
  ];
}

function longNotes(right: JoinSide, plan: JoinPlan, { analytes, analyte }: LongLook): string[] {
  const taken = analytes.filter((it) => it.taken);
  const left = analytes.filter((it) => !it.taken);
  const why = plan.choice.analytes === undefined ? ` that fewer than ${plan.least} rows have` : "";
  const names = left.slice(0, 12).map(({ name }) => name);
  return [
    `${right.name} has one row per test: ${count(taken.length)} of “${analyte}” became ${count(plan.columns.length)} columns.`,
    ...(left.length === 0
      ? []
      : [
          `Left out: ${count(left.length)}${why}: ${names.join(", ")}${left.length > names.length ? " and others" : ""}.`,
        ]),
  ];
}
