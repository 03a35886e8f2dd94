import { stat } from "node:fs/promises";
import { FaultError } from "../../core/lab/lab.ts";
import type { CellDone, CellRow, StudyRequest } from "../../core/studies/studies.ts";
import { readBytes, writeBytes } from "../files.ts";
import { badUse } from "../options.ts";

/** What the cells of a study belong to: with another table, settings or seed they are other cells. */
export interface CellsOf {
  readonly request: StudyRequest;
  /** marks of the table and of what stands beside it */
  readonly marks: readonly string[];
}

/** The cells that a study has run so far; none where there is no file yet. Throws FaultError where it is not of this study. */
export async function readCells(path: string, of: CellsOf): Promise<readonly CellDone[]> {
  if ((await stat(path).catch(() => undefined)) === undefined) return [];
  const found = parsed(path, new TextDecoder().decode(await readBytes(path)));
  const differs = difference(found, of);
  if (differs === undefined) return found.done;
  throw badUse(`${path} has cells of ${differs}. Choose another --out, or give --afresh to begin anew.`);
}

export function writeCells(path: string, of: CellsOf, done: readonly CellDone[]): Promise<void> {
  return writeBytes(path, `${JSON.stringify({ ...of, done })}\n`);
}

function difference({ request, marks }: CellsOf, of: CellsOf): string | undefined {
  if (request.study !== of.request.study) return `another study, ${request.study}`;
  if (marks.join() !== of.marks.join()) return "another table, or of this one read otherwise";
  if (request.seed !== of.request.seed) return `another seed, ${request.seed}`;
  return inOrder(request.settings) === inOrder(of.request.settings) ? undefined : "other settings";
}

const inOrder = (settings: object): string =>
  JSON.stringify(Object.entries(settings).toSorted(([a], [b]) => a.localeCompare(b)));

function parsed(file: string, text: string): CellsOf & { readonly done: readonly CellDone[] } {
  try {
    const given: unknown = JSON.parse(text);
    if (isCells(given)) return { ...given, done: given.done.map(withNumbers) };
  } catch {
    // Said below, as of any other text.
  }
  throw new FaultError({
    code: "file-unreadable",
    file,
    reason: "It holds no cells of a study. Choose another --out, or give --afresh to begin anew.",
  });
}

type Loose = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Loose => typeof value === "object" && value !== null;

function isCells(given: unknown): given is CellsOf & { readonly done: readonly CellDone[] } {
  if (!isObject(given) || !isObject(given["request"])) return false;
  const { study, settings, seed } = given["request"];
  const { marks, done } = given;
  return (
    typeof study === "string" &&
    isObject(settings) &&
    typeof seed === "number" &&
    Array.isArray(marks) &&
    marks.every((mark) => typeof mark === "string") &&
    Array.isArray(done) &&
    done.every(isCell) &&
    new Set(done.map(({ key }: Loose) => key)).size === done.length
  );
}

function isCell(cell: unknown): boolean {
  if (!isObject(cell)) return false;
  const { key, rows, seconds, failed } = cell;
  return (
    typeof key === "string" &&
    typeof seconds === "number" &&
    (failed === undefined || typeof failed === "string") &&
    Array.isArray(rows) &&
    rows.every(isRow)
  );
}

function isRow(row: unknown): boolean {
  if (!isObject(row)) return false;
  const { measure, value, draws = [], of = {}, n = 0 } = row;
  return (
    typeof measure === "string" &&
    isNumber(value) &&
    Array.isArray(draws) &&
    draws.every(isNumber) &&
    isObject(of) &&
    Object.values(of).every((which) => typeof which === "string" || typeof which === "number") &&
    typeof n === "number"
  );
}

const isNumber = (value: unknown): boolean => typeof value === "number" || value === null;

/** JSON has null for what is not a number. */
function withNumbers(cell: CellDone): CellDone {
  const number = (value: number | null): number => value ?? NaN;
  const rows = cell.rows.map((row): CellRow => ({
    ...row,
    value: number(row.value),
    ...(row.draws && { draws: row.draws.map(number) }),
  }));
  return { ...cell, rows };
}
