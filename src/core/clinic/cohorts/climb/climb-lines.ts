import type { Cohort, CohortColumn } from "../cohort.ts";
import type { Rows } from "../simulating/rows.ts";
import { columnsOf } from "../simulating/simulate.ts";
import { DERIVED, TOGETHER, isDrug, isWarning, supportWords, titleOf, wordsOf } from "./column-words.ts";
import { isNone, withUnit, written } from "./written.ts";

/** One thing that a level says of the patient. */
export interface ClimbLine {
  readonly name: string;
  readonly value: string;
  /** how it was computed: "from the line above" */
  readonly derived?: string;
}

/** What a level adds. */
export interface ClimbLevel {
  /** columns that it has beside those of the level below; the first counts the record number too */
  readonly columns: number;
  readonly lines: readonly ClimbLine[];
  /** columns of this level that no line shows */
  readonly more: number;
}

const MOST_LINES = 2 * 3;

/** What levels 1 to 3 say of the patient in `row`. */
export function climbLevels(cohort: Cohort, rows: Rows, row: number): ClimbLevel[] {
  return ([1, 2, 3] as const).map((level) => {
    const added = ordered(cohort).filter((column) => column.level === level);
    const { lines, shown } =
      level === 3 ? conditionLines(added, rows, row) : measuredLines(added, rows, row, MOST_LINES);
    return { columns: added.length + (level === 1 ? 1 : 0), lines, more: added.length - shown };
  });
}

/** Who it is, what the cohort wants to be seen first, the rest in its own order; what is computed follows what it comes from. */
function ordered(cohort: Cohort): CohortColumn[] {
  const { first } = cohort.telling;
  const place = ({ name }: CohortColumn): number => {
    if (name === "age" || name === "sex") return -1;
    const sources = [name, ...(DERIVED[name] ?? []), ...togetherWith(name)];
    const places = sources.map((one) => first.indexOf(one)).filter((at) => at >= 0);
    return places.length === 0 ? first.length : Math.min(...places);
  };
  return columnsOf(cohort, 4).toSorted((a, b) => place(a) - place(b));
}

const togetherWith = (name: string): readonly string[] =>
  TOGETHER.find(([, columns]) => columns.includes(name))?.[1] ?? [];

interface Lines {
  readonly lines: ClimbLine[];
  /** columns that they show */
  readonly shown: number;
}

function measuredLines(added: readonly CohortColumn[], rows: Rows, row: number, most: number): Lines {
  const lines: ClimbLine[] = [];
  const done = new Set<string>();
  const by = new Map(added.map((column) => [column.name, column]));
  for (const column of added) {
    if (done.has(column.name) || column.shown.as === "date") continue;
    const pair = TOGETHER.find(
      ([, columns]) => columns.includes(column.name) && columns.every((one) => by.has(one)),
    );
    const group = pair === undefined ? [column] : pair[1].flatMap((one) => by.get(one) ?? []);
    // What it is computed from stands above it, so it comes there.
    const sources = DERIVED[column.name]?.flatMap((one) => by.get(one) ?? []) ?? [];
    if (sources.some(({ name }) => !done.has(name))) continue;
    const put = (of: readonly CohortColumn[], name: string): void => {
      const value = cellsOf(of, rows, row);
      const derived = of.length === 1 ? derivedWords(of[0] as CohortColumn, lines.at(-1)) : undefined;
      lines.push({ name, value, ...(derived !== undefined && { derived }) });
      for (const one of of) done.add(one.name);
    };
    put(group, pair?.[0] ?? titleOf(column.name));
    for (const one of added) {
      const from = DERIVED[one.name];
      if (from === undefined || done.has(one.name) || !group.some(({ name }) => from.includes(name)))
        continue;
      if (from.every((source) => done.has(source) || !by.has(source))) put([one], titleOf(one.name));
    }
  }
  const kept = lines.slice(0, most);
  const hidden = lines.slice(most).reduce((sum, { name }) => sum + columnsIn(name), 0);
  return { lines: kept, shown: done.size - hidden };
}

const columnsIn = (name: string): number => TOGETHER.find(([title]) => title === name)?.[1].length ?? 1;

function derivedWords({ name }: CohortColumn, put: ClimbLine | undefined): string | undefined {
  const sources = DERIVED[name];
  if (sources === undefined) return undefined;
  const [line] = TOGETHER.filter(([, columns]) => columns.some((one) => sources.includes(one)));
  const above = put?.name;
  const all = line !== undefined && sources.every((source) => line[1].includes(source));
  const one = sources.length === 1 && above === titleOf(sources[0] ?? "");
  return one || (all && above === line[0]) ? "from the line above" : "computed";
}

/** "148/84 mmHg", "71 kg, 162 cm", "74, woman" */
function cellsOf(columns: readonly CohortColumn[], rows: Rows, row: number): string {
  const cells = columns.map((column) => {
    const text = written(column, rows.get(column.name)[row] as number);
    return { text: personOf(column.name, text), unit: column.name === "age" ? undefined : column.unit };
  });
  if (cells.every(({ text }) => text === undefined)) return "not measured";
  const units = new Set(cells.map(({ unit }) => unit));
  const texts = cells.map(({ text }) => text ?? "not measured");
  const [only] = units;
  if (columns.length > 1 && units.size === 1)
    return withUnit(texts.join(columns[0]?.name === "sbp" ? "/" : ", "), only);
  return cells
    .map(({ text, unit }) => (text === undefined ? "not measured" : withUnit(text, unit)))
    .join(", ");
}

const personOf = (name: string, text: string | undefined): string | undefined =>
  name === "sex" && text !== undefined ? (text === "Female" ? "woman" : "man") : text;

/** What they have, what they take, what somebody ought to see, and what is neither yes nor no. */
function conditionLines(added: readonly CohortColumn[], rows: Rows, row: number): Lines {
  const cellOf = (column: CohortColumn): string | undefined =>
    written(column, rows.get(column.name)[row] as number);
  const { outcomes, warnings, drugs, support, conditions, rest } = sorted(added);
  const present = rest.filter((column) => {
    const text = cellOf(column);
    return column.shown.as !== "levels" || (text !== undefined && !isNone(text));
  });
  const measured = measuredLines(present, rows, row, 3);
  const said = (of: readonly CohortColumn[]): string =>
    of.flatMap((one) => saidOf(one, cellOf(one))).join(", ");
  const line = (name: string, of: readonly CohortColumn[], none?: string): ClimbLine[] => {
    const [only, ...others] = of;
    if (only !== undefined && others.length === 0 && none !== undefined && said(of) === "")
      return [{ name: titleOf(only.name), value: cellOf(only) ?? "not known" }];
    const value = said(of) || none;
    return of.length === 0 || value === undefined ? [] : [{ name, value }];
  };
  const lines = [
    ...measured.lines,
    ...line("Has", conditions, "none of these conditions"),
    ...line("Takes", drugs, "none of these drugs"),
    ...line("Support", support, "none"),
    ...line("Watch", warnings),
    ...outcomes.map((column) => ({ name: titleOf(column.name), value: cellOf(column) ?? "not known" })),
  ];
  return { lines, shown: added.length - (present.length - measured.shown) };
}

/** Columns of conditions and drugs by what they say of a patient. */
function sorted(
  added: readonly CohortColumn[],
): Readonly<Record<"outcomes" | "warnings" | "drugs" | "support" | "conditions" | "rest", CohortColumn[]>> {
  const kindOf = ({ name, role, shown }: CohortColumn) => {
    if (isWarning(name)) return "warnings";
    if (/(^|_)condition$/.test(name)) return "conditions";
    if (shown.as !== "yes-no") return "rest";
    if (role === "target") return "outcomes";
    if (supportWords(name) !== undefined) return "support";
    return isDrug(name) ? "drugs" : "conditions";
  };
  const groups = { outcomes: [], warnings: [], drugs: [], support: [], conditions: [], rest: [] } as Record<
    ReturnType<typeof kindOf>,
    CohortColumn[]
  >;
  for (const column of added) groups[kindOf(column)].push(column);
  return groups;
}

/** What a column says that holds of a patient: its own words for yes, its level else. */
function saidOf({ name, shown }: CohortColumn, text: string | undefined): string[] {
  if (text === undefined || isNone(text)) return [];
  return [shown.as === "yes-no" ? wordsOf(name) : withoutCapital(text)];
}

/** "Sarcoidosis" within a sentence; "NSAID" as it is. */
export const withoutCapital = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
