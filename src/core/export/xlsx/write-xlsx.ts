import { Zip, ZipDeflate } from "fflate";
import { FaultError } from "../../fault.ts";
import type { Column, Schema, Table } from "../../table/table.ts";
import { joined } from "../gzipped.ts";
import { storedColumns, type StoredCell, type StoredColumn } from "../stored-columns.ts";
import type { TableWriter } from "../table-writer.ts";
import { formatOf } from "./cell-formats.ts";
import { MOST_XLSX_TEXT } from "./limits.ts";
import { columnLetters, escapeXml, sheetEnd, sheetStart, workbookParts } from "./workbook-parts.ts";

/** A zip's parts have no more bytes without its 64-bit form. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * An Excel workbook of one sheet, row by row, so that no more than a block is held. Dates are dates and numbers numbers,
 * shown as the source wrote them; all else is text, never a formula. A cell beyond a limit ("<5") and a date that Excel
 * does not have (before March 1900) are texts. Same input, same bytes.
 */
export const xlsxWriter: TableWriter = async function* ({ name, schema }, blocks) {
  const zip = new ZipPieces();
  const encoder = new TextEncoder();
  const sheet = zip.part("xl/worksheets/sheet1.xml");
  let written = 0;
  const push = (text: string): Uint8Array => {
    const bytes = encoder.encode(text);
    written += bytes.length;
    if (written > MOST_BYTES) throw tooLarge();
    sheet.push(bytes);
    return zip.taken();
  };
  let rows = 0;
  let columns: readonly StoredColumn[] | undefined;
  yield { bytes: push(sheetStart + headerRow(schema)), rows };
  for await (const block of blocks) {
    columns ??= storedColumns(schema, block);
    const bytes = push(sheetRows(columns, block, rows));
    rows += block.rows;
    yield { bytes, rows };
  }
  push(sheetEnd);
  sheet.push(new Uint8Array(0), true);
  const formats = formatsOf(columns ?? storedColumns(schema, undefined));
  for (const [part, text] of workbookParts(name, formats)) zip.part(part).push(encoder.encode(text), true);
  zip.end();
  yield { bytes: zip.taken(), rows };
};

const tooLarge = (): FaultError =>
  new FaultError({
    code: "export-impossible",
    format: "an Excel workbook",
    reason: "Its sheet would have more than 4 GB.",
    remedy: "Ask for fewer rows, or write CSV or Parquet.",
  });

/** A zip whose bytes are taken away while it grows. The time in it is always the same. */
class ZipPieces {
  private pieces: Uint8Array[] = [];
  private readonly zip = new Zip((error, bytes) => {
    if (error) throw error;
    this.pieces.push(bytes);
  });

  part(name: string): ZipDeflate {
    const part = new ZipDeflate(name, { level: 6 });
    part.mtime = new Date(2000, 0, 1, 12);
    this.zip.add(part);
    return part;
  }

  end(): void {
    this.zip.end();
  }

  taken(): Uint8Array {
    const bytes = joined(this.pieces);
    this.pieces = [];
    return bytes;
  }
}

/** The formats that columns need, each once. */
const formatsOf = (columns: readonly StoredColumn[]): string[] => [
  ...new Set(columns.flatMap((column) => formatOf(column) ?? [])),
];

const headerRow = ({ columns }: Schema): string =>
  `<row r="1">${columns.map(({ name }, i) => textCell(`${columnLetters(i)}1`, name, name)).join("")}</row>`;

/** A text cell keeps its spaces. */
function textCell(address: string, text: string, column: string): string {
  return `<c r="${address}"${textBody(text, column)}`;
}

function textBody(text: string, column: string): string {
  if (text.length > MOST_XLSX_TEXT)
    throw new FaultError({
      code: "export-impossible",
      format: "an Excel workbook",
      reason: `A cell of “${column}” has ${text.length.toLocaleString("en")} characters; Excel has room for ${MOST_XLSX_TEXT.toLocaleString("en")}.`,
      remedy: "Write CSV or Parquet.",
    });
  return ` t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

function sheetRows(columns: readonly StoredColumn[], block: Table, before: number): string {
  const formats = formatsOf(columns);
  const writers = columns.map((column, i) => cellWriter(column, block.columns[i] as Column, i, formats));
  let text = "";
  for (let row = 0; row < block.rows; row++) {
    const number = before + row + 2;
    text += `<row r="${number}">`;
    for (const write of writers) text += write(row, number);
    text += "</row>";
  }
  return text;
}

type CellWriter = (row: number, number: number) => string;

function cellWriter(
  stored: StoredColumn,
  column: Column,
  index: number,
  formats: readonly string[],
): CellWriter {
  const open = `<c r="${columnLetters(index)}`;
  const format = formatOf(stored);
  const style = format === undefined ? "" : ` s="${formats.indexOf(format) + 1}"`;
  const cells = stored.cells(column);
  const dated = stored.type === "date" || stored.type === "datetime";
  const texts = dated ? stored.texts(column) : undefined;
  const bodies = new Map<StoredCell, string>();
  const bodyOf = (cell: StoredCell, row: number): string => {
    if (typeof cell === "boolean") return ` t="b"><v>${cell ? 1 : 0}</v></c>`;
    if (typeof cell === "string") return textBody(cell, stored.schema.name);
    const value = dated ? serialOf(cell as number) : (cell as number);
    return value === undefined
      ? textBody(texts?.(row) ?? "", stored.schema.name)
      : `${style}><v>${value}</v></c>`;
  };
  return (row, number) => {
    const cell = cells(row);
    if (cell === null) return "";
    let body = bodies.get(cell);
    if (body === undefined) {
      body = bodyOf(cell, row);
      if (bodies.size < 10_000) bodies.set(cell, body);
    }
    return `${open}${number}"${body}`;
  };
}

const DAY = 86_400_000;
/** 1899-12-30, from which days count since March 1900; before that Excel has a 29 February that never was. */
const EPOCH = Date.UTC(1899, 11, 30);
const FIRST_SERIAL = 61;
/** 9999-12-31 and its last moment */
const END_SERIAL = 2_958_466;

/** Excel's number of a moment; undefined where Excel has none that is right. */
function serialOf(moment: number): number | undefined {
  const serial = (moment - EPOCH) / DAY;
  return serial >= FIRST_SERIAL && serial < END_SERIAL ? Number(serial.toFixed(10)) : undefined;
}
