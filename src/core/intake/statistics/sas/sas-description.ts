import { FaultError } from "../../../fault.ts";
import type { FileBytes } from "../../file.ts";
import type { ByteCursor } from "../byte-cursor.ts";
import { MOST_COLUMNS } from "../stored-table.ts";
import { SAS, sasPages, type SasHeader, type SasPage, type SubheaderPlace } from "./sas-pages.ts";
import type { Packing } from "./unpack-row.ts";

export interface SasDescription {
  readonly rowLength: number;
  /** Rows as the file counts them. */
  readonly rows: number;
  readonly packing: Packing;
  readonly variables: readonly SasVariable[];
}

import type { SasVariable } from "./sas-column.ts";

/** The kind of a subheader by the low 32 bits of its signature. */
const ROW_SIZE = 0xf7f7f7f7;
const COLUMN_SIZE = 0xf6f6f6f6;
const TEXT = 0xfffffffd;
const NAMES = 0xffffffff;
const ATTRIBUTES = 0xfffffffc;
const FORMAT = 0xfffffbfe;
const OTHERS = [0xfffffc00, 0xfffffffe, 0xfffffffa];
const KNOWN: ReadonlySet<number> = new Set([
  ROW_SIZE,
  COLUMN_SIZE,
  TEXT,
  NAMES,
  ATTRIBUTES,
  FORMAT,
  ...OTHERS,
]);

/** What a signature tells; undefined: the part is a packed row. */
export function signatureOf(
  page: SasPage,
  { at, length }: SubheaderPlace,
  { integer, littleEndian }: SasHeader,
): number | undefined {
  if (length < integer) return undefined;
  const first = page.view.getUint32(at, littleEndian);
  if (integer === 4) return KNOWN.has(first) ? first : undefined;
  const second = page.view.getUint32(at + 4, littleEndian);
  const [low, high] = littleEndian ? [first, second] : [second, first];
  if (KNOWN.has(low) && (high === 0 || high === 0xffffffff)) return low;
  if (first === ROW_SIZE || first === COLUMN_SIZE) return first;
  return undefined;
}

const TRUNCATED = 1;
const PACKED = 4;
const PACKED_DELETED = 5;

/** Whether a part of a page is a packed row, and whether that was deleted. */
export function packedRow(
  page: SasPage,
  place: SubheaderPlace,
  header: SasHeader,
): "row" | "deleted" | undefined {
  if (place.length === 0 || place.compression === TRUNCATED || place.type !== 1) return undefined;
  if (place.compression === PACKED_DELETED) return "deleted";
  return place.compression === PACKED || signatureOf(page, place, header) === undefined ? "row" : undefined;
}

interface Reference {
  readonly text: number;
  readonly at: number;
  readonly length: number;
}

/** Gathers the description from the pages that have it. */
class Gathering {
  rowLength = 0;
  rows = -1;
  columns = -1;
  packing: Packing = "none";
  readonly texts: Uint8Array[] = [];
  readonly names: Reference[] = [];
  readonly attributes: { readonly at: number; readonly length: number; readonly text: boolean }[] = [];
  readonly formats: {
    readonly format: Reference;
    readonly label: Reference;
    readonly width: number;
    readonly decimals: number;
  }[] = [];
  private readonly header: SasHeader;

  constructor(header: SasHeader) {
    this.header = header;
  }

  get complete(): boolean {
    const { columns } = this;
    return (
      columns >= 0 &&
      this.rows >= 0 &&
      [this.names, this.attributes, this.formats].every(({ length }) => length >= columns)
    );
  }

  add(page: SasPage, place: SubheaderPlace, cursor: ByteCursor): void {
    if (place.length === 0 || place.compression === TRUNCATED || place.compression >= PACKED) return;
    const signature = signatureOf(page, place, this.header);
    const least = LEAST[signature ?? 0]?.(this.header.integer) ?? 0;
    if (place.length < least)
      throw cursor.damaged("A part of its description is shorter than such a part is.");
    if (signature === ROW_SIZE) this.sizes(page, place);
    else if (signature === COLUMN_SIZE) this.columns = page.integer(place.at + this.header.integer);
    else if (signature === TEXT) this.addText(page, place);
    else if (signature === NAMES) this.addNames(page, place);
    else if (signature === ATTRIBUTES) this.addAttributes(page, place);
    else if (signature === FORMAT) this.addFormat(page, place);
    if (this.columns > MOST_COLUMNS || this.names.length > MOST_COLUMNS) {
      throw cursor.damaged("It says that it has more columns than a table can have.");
    }
  }

  private sizes(page: SasPage, { at }: SubheaderPlace): void {
    this.rowLength = page.integer(at + 5 * this.header.integer);
    this.rows = page.integer(at + 6 * this.header.integer);
  }

  private addText(page: SasPage, { at, length }: SubheaderPlace): void {
    const from = at + this.header.integer;
    const bytes = page.bytes.slice(from, at + length);
    if (this.texts.length === 0) {
      const words = String.fromCharCode(...bytes.subarray(0, 200));
      this.packing = words.includes("SASYZCRL") ? "runs" : words.includes("SASYZCR2") ? "patterns" : "none";
    }
    this.texts.push(bytes);
  }

  private uint16(page: SasPage, at: number): number {
    return page.view.getUint16(at, this.header.littleEndian);
  }

  private reference(page: SasPage, at: number): Reference {
    return { text: this.uint16(page, at), at: this.uint16(page, at + 2), length: this.uint16(page, at + 4) };
  }

  private addNames(page: SasPage, { at, length }: SubheaderPlace): void {
    const { integer } = this.header;
    const many = Math.floor((length - 2 * integer - 12) / 8);
    for (let i = 0; i < many; i++) this.names.push(this.reference(page, at + integer + 8 * (i + 1)));
  }

  private addAttributes(page: SasPage, { at, length }: SubheaderPlace): void {
    const { integer, littleEndian } = this.header;
    const size = integer + 8;
    const many = Math.floor((length - 2 * integer - 12) / size);
    for (let i = 0; i < many; i++) {
      const from = at + integer + 8 + i * size;
      this.attributes.push({
        at: page.integer(from),
        length: page.view.getUint32(from + integer, littleEndian),
        text: page.bytes[from + integer + 6] !== 1,
      });
    }
  }

  private addFormat(page: SasPage, { at }: SubheaderPlace): void {
    const from = at + 3 * this.header.integer;
    const wide = this.header.integer === 8 ? at + 24 : at + 12;
    this.formats.push({
      format: this.reference(page, from + 22),
      label: this.reference(page, from + 28),
      width: this.uint16(page, wide),
      decimals: this.uint16(page, wide + 2),
    });
  }

  text({ text, at, length }: Reference): Uint8Array {
    const block = this.texts[Math.min(text, this.texts.length - 1)];
    return block?.subarray(at, at + length) ?? new Uint8Array(0);
  }
}

/** Bytes that each kind of part has at least. */
const LEAST: Readonly<Record<number, (integer: number) => number>> = {
  [ROW_SIZE]: (integer) => 7 * integer,
  [COLUMN_SIZE]: (integer) => 2 * integer,
  [TEXT]: (integer) => integer + 2,
  [FORMAT]: (integer) => 3 * integer + 34,
};

/** Reads what describes the rows, wherever in the file it stands. Throws FaultError `file-damaged`, `file-refused`. */
export async function describeSas(file: FileBytes, header: SasHeader): Promise<SasDescription> {
  const found = new Gathering(header);
  let pages = 0;
  for await (const { page, cursor } of sasPages(file, header)) {
    pages++;
    for (const place of page.subheaders) found.add(page, place, cursor);
    if (found.complete) break;
  }
  if (found.rows < 0 || found.columns < 0 || found.texts.length === 0) {
    throw new FaultError({
      code: "file-refused",
      file: file.name,
      format: SAS,
      reason: `None of its ${pages} pages describes its rows: it is encrypted, or damaged.`,
      remedy: "Save it without a password in SAS, or as .xpt or CSV, then open that file.",
    });
  }
  return {
    rowLength: found.rowLength,
    rows: found.rows,
    packing: found.packing,
    variables: variablesOf(found, file, header),
  };
}

function variablesOf(found: Gathering, file: FileBytes, header: SasHeader): SasVariable[] {
  const { columns, rowLength } = found;
  const damaged = (reason: string): FaultError =>
    new FaultError({ code: "file-damaged", file: file.name, format: SAS, reason });
  if (columns > found.names.length || columns > found.attributes.length) {
    throw damaged(
      `It says that it has ${columns} columns, and describes ${Math.min(found.names.length, found.attributes.length)}.`,
    );
  }
  if (rowLength > header.pageLength)
    throw damaged(`It says that a row has ${rowLength} bytes, more than a page.`);
  return Array.from({ length: columns }, (_, i) => {
    const { at, length, text } = found.attributes[i] as (typeof found.attributes)[number];
    if (at + length > rowLength || (!text && (length < 1 || length > 8))) {
      throw damaged(`Column ${i + 1} lies outside of its row.`);
    }
    const said = found.formats[i];
    return {
      name: found.text(found.names[i] as Reference),
      label: said === undefined ? new Uint8Array(0) : found.text(said.label),
      format: {
        name: said === undefined ? new Uint8Array(0) : found.text(said.format),
        width: said?.width ?? 0,
        decimals: said?.decimals ?? 0,
      },
      text,
      at,
      length,
    };
  });
}
