import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { totalsLabel } from "../../table/read/totals-rows.ts";
import { entryPieces, type ZipEntry } from "../archives/zip-entries.ts";
import type { FileBytes, OpenedFile, Sheet, SheetChoice, SheetText } from "../file.ts";
import { writeRecords, type RecordBlock } from "../write-records.ts";
import { cellTexts, type CellTexts } from "./cell-texts.ts";
import { findTable, type FoundTable } from "./find-table.ts";
import { referenceOf, SheetCells, type RowWatch } from "./sheet-cells.ts";
import { SheetRows } from "./sheet-rows.ts";
import { SheetSurvey } from "./survey-sheet.ts";
import {
  damagedWorkbook,
  FORMAT,
  readPart,
  readWorkbook,
  type ListedSheet,
  type Workbook,
} from "./workbook.ts";
import { NoXml, XmlTags } from "./xml-tags.ts";

/** A sheet that has been looked through. */
interface SurveyedSheet {
  readonly sheet: ListedSheet;
  readonly part: ZipEntry;
  readonly survey: SheetSurvey;
}

/**
 * An Excel workbook (.xlsx, ECMA-376): its sheets, each as the table that lies in it. Rejects with FaultError `file-damaged`,
 * `file-refused`, `no-sheet`.
 */
export async function openXlsx(file: FileBytes, entries: readonly ZipEntry[]): Promise<OpenedFile> {
  const workbook = await readWorkbook(file, entries);
  const texts = cellTexts(workbook.strings, workbook.styles, workbook.since1904);
  const surveyed: SurveyedSheet[] = [];
  const sheets: Sheet[] = [];
  for (const sheet of workbook.sheets) {
    if (sheet.part === undefined) {
      sheets.push({ name: sheet.name, table: false, note: "a chart" });
      continue;
    }
    const survey = await surveySheet(file, sheet.part, texts);
    surveyed.push({ sheet, part: sheet.part, survey });
    sheets.push(listed(sheet, survey));
  }
  if (!surveyed.some(({ survey }) => survey.rows > 0))
    throw new FaultError({ code: "no-sheet", file: file.name, holds: "sheets without any value" });
  return {
    format: "xlsx",
    words: "Excel workbook",
    sheets,
    text: async (choice) =>
      Promise.resolve(textOf(workbook, texts, chosen(file.name, surveyed, sheets, choice), choice.headerRow)),
    firstRows: (choice, rows) =>
      firstRows(chosen(file.name, surveyed, sheets, choice).survey, choice.headerRow, rows),
  };
}

/** The first rows of a sheet as it shows them, and the row of the names. */
function firstRows(
  survey: SheetSurvey,
  headerRow: number | undefined,
  rows: number,
): { cells: string[][]; header: number } {
  const known = new Map(survey.sample.map(({ number, texts }) => [number, texts]));
  const last = Math.min(rows, Math.max(0, ...known.keys()));
  const cells = Array.from({ length: last }, (_, i) =>
    Array.from({ length: survey.width }, (_column, column) => known.get(i + 1)?.get(column) ?? ""),
  );
  return { cells, header: headerRow ?? findTable(survey, headerRow).header ?? 0 };
}

async function surveySheet(file: FileBytes, part: ZipEntry, texts: CellTexts): Promise<SheetSurvey> {
  const survey = new SheetSurvey(texts);
  const cells = new SheetCells(survey);
  await readPart(file, part, cells);
  if (!cells.complete) throw damagedWorkbook(file.name, `“${part.name}” ends before its rows do.`);
  return survey;
}

/** Most rows of totals at the end of a sheet. */
const MOST_TOTALS = 4;

function listed({ name, hidden }: ListedSheet, survey: SheetSurvey): Sheet {
  if (survey.rows === 0) return { name, table: false, note: "empty" };
  const found = findTable(survey, undefined);
  const sections = sectionsIn(found);
  const aside = found.above + found.below + totalsIn(survey, found.below) + sections;
  const rows = survey.rows - aside - (found.header === undefined ? 0 : 1);
  const notes = [
    ...(hidden ? ["hidden"] : []),
    ...(found.header === undefined ? ["no names above the values"] : []),
    ...(found.header !== undefined && found.above > 0 ? [`names in row ${found.header}, below a title`] : []),
    ...(survey.width === 1 ? ["one column of text"] : []),
  ];
  const table = survey.width > 1 && rows > 1;
  return { name, rows, columns: survey.width, table, ...(notes.length > 0 && { note: notes.join("; ") }) };
}

/** Rows of totals at the end of a sheet, above `below` remarks: reading leaves them out. */
function totalsIn({ tail }: SheetSurvey, below: number): number {
  const rows = tail.slice(0, tail.length - below);
  const last = rows.findLastIndex(({ texts }) => totalsLabel([...texts.values()]) === undefined);
  return Math.min(MOST_TOTALS, rows.length - 1 - last);
}

/** Throws FaultError `several-sheets`, `unknown-sheet`. */
function chosen(
  file: string,
  surveyed: readonly SurveyedSheet[],
  sheets: readonly Sheet[],
  { sheet }: SheetChoice,
): SurveyedSheet {
  const filled = surveyed.filter(({ survey }) => survey.rows > 0);
  if (sheet !== undefined) {
    const found = filled.find((one) => one.sheet.name === sheet);
    if (found !== undefined) return found;
    throw new FaultError({ code: "unknown-sheet", file, sheet, known: filled.map((one) => one.sheet.name) });
  }
  const tables = filled.filter((one) => sheets.some(({ name, table }) => table && name === one.sheet.name));
  const [only] = tables.length === 0 ? filled : tables;
  if (tables.length < 2 && only !== undefined) return only;
  throw new FaultError({ code: "several-sheets", file, sheets: tables.map((one) => one.sheet.name) });
}

function textOf(
  workbook: Workbook,
  texts: CellTexts,
  { part, survey }: SurveyedSheet,
  headerRow: number | undefined,
): SheetText {
  const found = findTable(survey, headerRow);
  return {
    pieces: () => writeRecords(records(workbook.file, part, survey, found, texts)),
    hints: new Map(),
    written: "by hand",
    notes: notesOf(survey, found, headerRow),
  };
}

const count = (cells: number, one: string, many: string): string =>
  cells === 1 ? `1 ${one}` : `${cells.toLocaleString("en")} ${many}`;

const sectionsIn = ({ sections, first, last }: FoundTable): number =>
  [...sections].filter((row) => row >= first && row <= last).length;

function notesOf(survey: SheetSurvey, found: FoundTable, headerRow: number | undefined): string[] {
  const hiddenColumns = survey.hidden.flatMap(({ from, to }) =>
    found.names.slice(from, Math.min(to, survey.width - 1) + 1),
  );
  const inTable = survey.ranges.filter(
    ({ top, bottom }) => bottom >= found.first && top <= found.last && !found.sections.has(top),
  );
  const { firstUncalculated: first } = survey;
  return [
    ...(found.header === undefined && headerRow === undefined
      ? ["The sheet has no names above its values; the columns are called column_1, column_2 and so on."]
      : []),
    ...(found.header !== undefined && found.header > 1
      ? [`The names stand in row ${found.header} of the sheet.`]
      : []),
    ...(survey.hiddenRows > 0
      ? [`${count(survey.hiddenRows, "row is", "rows are")} hidden in the sheet and read all the same.`]
      : []),
    ...(hiddenColumns.length > 0
      ? [`Hidden in the sheet, and read all the same: ${hiddenColumns.slice(0, 8).join(", ")}.`]
      : []),
    ...(inTable.length > 0
      ? [`${count(inTable.length, "merged cell was", "merged cells were")} filled from the top left.`]
      : []),
    ...(survey.errors > 0
      ? [
          `${count(survey.errors, "cell holds an error", "cells hold errors")} such as #N/A or #DIV/0!; they are missing.`,
        ]
      : []),
    ...(first !== undefined
      ? [
          `${count(survey.uncalculated, "cell holds a formula", "cells hold formulas")} without a result, the first in ${referenceOf(first.row, first.column)}; they are missing. Open the workbook in Excel and save it to have them calculated.`,
        ]
      : []),
    ...(sectionsIn(found) > 0
      ? [
          `${count(sectionsIn(found), "heading", "headings")} between the rows, merged across them, ${sectionsIn(found) === 1 ? "was" : "were"} left out.`,
        ]
      : []),
    ...(found.below > 0
      ? [
          `${count(found.below, "remark", "remarks")} below the table ${found.below === 1 ? "was" : "were"} left out.`,
        ]
      : []),
  ];
}

/** The rows of the table, as the sheet streams by. */
async function* records(
  file: FileBytes,
  part: ZipEntry,
  survey: SheetSurvey,
  found: FoundTable,
  texts: CellTexts,
): AsyncGenerator<RecordBlock, undefined> {
  const rows = new SheetRows(survey, found, texts);
  yield [rows.names];
  const tags = new XmlTags(new SheetCells(rows satisfies RowWatch));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of entryPieces(file, part, FORMAT)) {
      tags.feed(decoder.decode(piece, { stream: true }));
      yield rows.taken();
      if (rows.done) return undefined;
      await breathe();
    }
  } catch (error) {
    if (error instanceof FaultError) throw error;
    const reason = error instanceof NoXml ? error.message : "its text is not UTF-8";
    throw damagedWorkbook(file.name, `In “${part.name}” ${reason}.`);
  }
  return undefined;
}
