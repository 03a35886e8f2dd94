import { FaultError } from "../../../fault.ts";
import type { FileBytes } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";
import { MOST_COLUMNS } from "../stored-table.ts";

export const DTA = "a Stata file";

/** What one column is stored as: bytes of text, a text that stands elsewhere (strL), or a kind of number. */
export type DtaType = number | "strL" | "byte" | "int" | "long" | "float" | "double";

export interface DtaVariable {
  readonly type: DtaType;
  readonly name: Uint8Array;
  readonly label: Uint8Array;
  readonly format: Uint8Array;
  /** The set of value labels that it uses; empty: none. */
  readonly labels: Uint8Array;
}

export interface DtaHeader {
  /** 113 to 119 */
  readonly version: number;
  readonly littleEndian: boolean;
  readonly rows: number;
  readonly variables: readonly DtaVariable[];
  readonly dataAt: number;
  readonly rowLength: number;
  /** Where the texts of strL columns begin; undefined before version 117. */
  readonly textsAt: number | undefined;
  readonly labelsAt: number;
}

/** How many bytes the parts of a description have in each version. */
interface Widths {
  readonly name: number;
  readonly format: number;
  readonly label: number;
  readonly sort: number;
  readonly type: number;
}

function widthsOf(version: number): Widths {
  if (version === 113) return { name: 33, format: 12, label: 81, sort: 2, type: 1 };
  if (version < 117) return { name: 33, format: 49, label: 81, sort: 2, type: 1 };
  if (version === 117) return { name: 33, format: 49, label: 81, sort: 2, type: 2 };
  return { name: 129, format: 57, label: 321, sort: version === 118 ? 2 : 4, type: 2 };
}

/** Reads what stands before the rows (Stata's “dta” help files). Throws FaultError `file-damaged`, `file-refused`. */
export async function readHeader(file: FileBytes): Promise<DtaHeader> {
  const cursor = new ByteCursor(file, DTA);
  try {
    await cursor.need(12, "its header");
    const first = cursor.bytes[0] as number;
    if (first === 0x3c) return await readTagged(cursor, file);
    if (first < 102 || first > 116) throw cursor.damaged("It does not begin as a Stata file does.");
    if (first < 113) throw tooOld(file, first);
    return await readPlain(cursor, first);
  } finally {
    await cursor.close();
  }
}

const tooOld = (file: FileBytes, version: number): FaultError =>
  new FaultError({
    code: "file-refused",
    file: file.name,
    format: DTA,
    reason: `It is a Stata file of format ${version}; formats 113 to 119 can be read (Stata 8 and later).`,
    remedy: "Save it again with Stata, or as CSV, then open that file.",
  });

async function readPlain(cursor: ByteCursor, version: number): Promise<DtaHeader> {
  await cursor.need(109, "its header");
  cursor.at = 1;
  cursor.littleEndian = cursor.uint8() === 2;
  cursor.at += 2;
  const many = cursor.uint16();
  const rows = cursor.int32();
  cursor.at += 99;
  if (rows < 0) throw cursor.damaged("Its header says that it has less than no rows.");
  const widths = widthsOf(version);
  const parts = await readParts(cursor, many, widths, async () => {});
  for (;;) {
    await cursor.need(5, "its notes");
    const kind = cursor.uint8();
    const length = cursor.int32();
    if (kind === 0 && length === 0) break;
    if (length < 0)
      throw cursor.damaged(`Before byte ${cursor.offset} a note says that it has ${length} bytes.`);
    await cursor.skip(length, "its notes");
  }
  return described(cursor, {
    version,
    rows,
    parts,
    dataAt: cursor.offset,
    textsAt: undefined,
    labelsAt: undefined,
  });
}

async function readTagged(cursor: ByteCursor, file: FileBytes): Promise<DtaHeader> {
  const tag = (name: string): Promise<void> => expectTag(cursor, name);
  await tag("<stata_dta>");
  await tag("<header>");
  await tag("<release>");
  await cursor.need(3, "its header");
  const version = Number(String.fromCharCode(...cursor.take(3)));
  if (!(version >= 117 && version <= 119)) throw tooOld(file, version);
  await tag("</release>");
  await tag("<byteorder>");
  await cursor.need(3, "its header");
  cursor.littleEndian = String.fromCharCode(...cursor.take(3)) === "LSF";
  await tag("</byteorder>");
  await tag("<K>");
  await cursor.need(4, "its header");
  const many = version === 119 ? cursor.int32() >>> 0 : cursor.uint16();
  await tag("</K>");
  await tag("<N>");
  await cursor.need(8, "its header");
  const rows = version === 117 ? cursor.int32() >>> 0 : cursor.uint64();
  await tag("</N>");
  await tag("<label>");
  await cursor.need(2, "its header");
  await cursor.skip(version === 117 ? cursor.uint8() : cursor.uint16(), "its header");
  await tag("</label>");
  await tag("<timestamp>");
  await cursor.need(1, "its header");
  await cursor.skip(cursor.uint8(), "its header");
  await tag("</timestamp>");
  await tag("</header>");
  await tag("<map>");
  await cursor.need(112, "its list of contents");
  const places = Array.from({ length: 14 }, () => cursor.uint64());
  await tag("</map>");
  const parts = await readParts(cursor, many, widthsOf(version), tag);
  const dataAt = (places[9] as number) + "<data>".length;
  const textsAt = (places[10] as number) + "<strls>".length;
  const labelsAt = (places[11] as number) + "<value_labels>".length;
  if (dataAt < cursor.offset || textsAt < dataAt || labelsAt < textsAt || labelsAt > file.size) {
    throw cursor.damaged("Its list of contents does not fit its length: it is cut off or was changed.");
  }
  return described(cursor, { version, rows, parts, dataAt, textsAt, labelsAt });
}

async function expectTag(cursor: ByteCursor, name: string): Promise<void> {
  await cursor.need(name.length, "its header");
  const found = String.fromCharCode(...cursor.take(name.length));
  if (found !== name) throw cursor.damaged(`At byte ${cursor.offset - name.length} ${name} should stand.`);
}

interface Parts {
  readonly types: readonly DtaType[];
  readonly names: readonly Uint8Array[];
  readonly formats: readonly Uint8Array[];
  readonly sets: readonly Uint8Array[];
  readonly labels: readonly Uint8Array[];
}

const SECTIONS = [
  "variable_types",
  "varnames",
  "sortlist",
  "formats",
  "value_label_names",
  "variable_labels",
] as const;

async function readParts(
  cursor: ByteCursor,
  many: number,
  widths: Widths,
  tag: (name: string) => Promise<void>,
): Promise<Parts> {
  if (many > MOST_COLUMNS) throw cursor.damaged("It says that it has more columns than a table can have.");
  const width = [widths.type, widths.name, widths.sort, widths.format, widths.name, widths.label];
  const read: Uint8Array[][] = [];
  for (let section = 0; section < SECTIONS.length; section++) {
    const each = width[section] as number;
    const count = SECTIONS[section] === "sortlist" ? many + 1 : many;
    await tag(`<${SECTIONS[section]}>`);
    await cursor.need(each * count, "the description of its columns");
    read.push(Array.from({ length: count }, () => cursor.take(each).slice()));
    await tag(`</${SECTIONS[section]}>`);
  }
  const [types, names, , formats, sets, labels] = read as [
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
  ];
  return { types: types.map((bytes, i) => typeOf(bytes, i, cursor)), names, formats, sets, labels };
}

const PLAIN_TYPES: readonly DtaType[] = ["byte", "int", "long", "float", "double"];
const TAGGED_TYPES: readonly DtaType[] = ["double", "float", "long", "int", "byte"];

function typeOf(bytes: Uint8Array, place: number, cursor: ByteCursor): DtaType {
  const wide = bytes.length === 2;
  const code = wide ? new DataView(bytes.buffer).getUint16(0, cursor.littleEndian) : (bytes[0] as number);
  const found = wide
    ? code >= 1 && code <= 2045
      ? code
      : code === 32768
        ? "strL"
        : TAGGED_TYPES[code - 65526]
    : code >= 1 && code <= 244
      ? code
      : PLAIN_TYPES[code - 251];
  if (found === undefined)
    throw cursor.damaged(`Column ${place + 1} is of a type, ${code}, that there is not.`);
  return found;
}

const BYTES: Readonly<Record<Extract<DtaType, string>, number>> = {
  strL: 8,
  byte: 1,
  int: 2,
  long: 4,
  float: 4,
  double: 8,
};

export const bytesOf = (type: DtaType): number => (typeof type === "number" ? type : BYTES[type]);

function described(
  cursor: ByteCursor,
  found: {
    readonly version: number;
    readonly rows: number;
    readonly parts: Parts;
    readonly dataAt: number;
    readonly textsAt: number | undefined;
    readonly labelsAt: number | undefined;
  },
): DtaHeader {
  const { version, rows, parts, dataAt, textsAt, labelsAt } = found;
  const variables = parts.types.map((type, i): DtaVariable => ({
    type,
    name: ended(parts.names[i] as Uint8Array),
    label: ended(parts.labels[i] as Uint8Array),
    format: ended(parts.formats[i] as Uint8Array),
    labels: ended(parts.sets[i] as Uint8Array),
  }));
  const rowLength = variables.reduce((sum, { type }) => sum + bytesOf(type), 0);
  if (rowLength === 0 && rows > 0) throw cursor.damaged("It has rows, but no column.");
  const end = dataAt + rows * rowLength;
  if (!Number.isSafeInteger(end) || (textsAt !== undefined && end > textsAt)) {
    throw cursor.damaged(
      `It says that it has ${rows.toLocaleString("en")} rows, which its length has no room for.`,
    );
  }
  return {
    version,
    littleEndian: cursor.littleEndian,
    rows,
    variables,
    dataAt,
    rowLength,
    textsAt,
    labelsAt: labelsAt ?? end,
  };
}

/** A text up to its first zero. */
export function ended(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
