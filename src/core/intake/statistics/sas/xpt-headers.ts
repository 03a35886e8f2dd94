import type { ByteCursor } from "../byte-cursor.ts";
import { MOST_COLUMNS } from "../stored-table.ts";
import type { SasVariable } from "./sas-column.ts";

export const XPT = "a SAS transport file";
export const RECORD = 80;

/** One table of the file. */
export interface XptMember {
  readonly name: Uint8Array;
  readonly variables: readonly SasVariable[];
  /** Bytes of a row. */
  readonly rowLength: number;
  /** Where its rows begin. */
  readonly dataAt: number;
  /** Rows as version 8 says them; undefined in version 5, whose rows end where the next table begins. */
  readonly rows: number | undefined;
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** The next record of 80 bytes as text. */
async function record(cursor: ByteCursor, what: string): Promise<string> {
  await cursor.need(RECORD, what);
  return ascii(cursor.take(RECORD));
}

const HEADER = /^HEADER RECORD\*{7}(\w+)\s+HEADER RECORD!{7}(.*)$/s;

/** The name of a header record and what stands behind it; undefined: it is none. */
export function headerOf(text: string): { readonly name: string; readonly rest: string } | undefined {
  const match = HEADER.exec(text);
  return match === null ? undefined : { name: match[1] as string, rest: match[2] as string };
}

/** Reads what stands before all tables. */
export async function readLibrary(cursor: ByteCursor): Promise<void> {
  cursor.littleEndian = false;
  const header = headerOf(await record(cursor, "its header"));
  if (header?.name !== "LIBRARY" && header?.name !== "LIBV8") {
    throw cursor.damaged("It does not begin as a SAS transport file does.");
  }
  await record(cursor, "its header");
  await record(cursor, "its header");
}

/** Reads what stands before the rows of a table, whose first record, `first`, was read. */
export async function readMember(cursor: ByteCursor, first: string): Promise<XptMember> {
  const member = headerOf(first);
  if (member?.name !== "MEMBER" && member?.name !== "MEMBV8") {
    throw cursor.damaged(`At byte ${cursor.offset - RECORD} no table begins where one should.`);
  }
  const long = member.name === "MEMBV8";
  const size = Number.parseInt(member.rest.slice(-6), 10) === 136 ? 136 : 140;
  await record(cursor, "the description of a table");
  await cursor.need(RECORD, "the description of a table");
  const described = cursor.take(RECORD).slice();
  await record(cursor, "the description of a table");
  const names = headerOf(await record(cursor, "the description of a table"));
  const named = names?.name === "NAMESTR" || names?.name === "NAMSTV8";
  const many = named ? Number.parseInt(names.rest.slice(0, 10), 10) : NaN;
  if (!(many >= 0 && many <= MOST_COLUMNS)) {
    throw cursor.damaged(`Before byte ${cursor.offset} it does not say how many columns the table has.`);
  }
  let variables = await readVariables(cursor, many, size, long);
  let header = await record(cursor, "the description of a table");
  const labels = headerOf(header);
  if (labels?.name === "LABELV8" || labels?.name === "LABELV9") {
    variables = await readLabels(
      cursor,
      variables,
      labels.name === "LABELV9",
      Number.parseInt(labels.rest, 10),
    );
    header = await record(cursor, "the description of a table");
  }
  const rows = headerOf(header);
  if (rows?.name !== "OBS" && rows?.name !== "OBSV8") {
    throw cursor.damaged(
      `At byte ${cursor.offset - RECORD} the rows of the table do not begin where they should.`,
    );
  }
  const rowLength = variables.reduce((most, { at, length }) => Math.max(most, at + length), 0);
  const said = rows.name === "OBSV8" ? Number.parseInt(rows.rest.slice(0, 15).trim(), 10) : NaN;
  return {
    name: described.slice(8, long ? 40 : 16),
    variables,
    rowLength,
    dataAt: cursor.offset,
    rows: Number.isFinite(said) && said >= 0 ? said : undefined,
  };
}

const WIDEST = 1 << 24;

/** Cells stand in a row as their variables do here, whatever place (“npos”) a description names: SAS itself goes by that. */
async function readVariables(
  cursor: ByteCursor,
  many: number,
  size: number,
  long: boolean,
): Promise<SasVariable[]> {
  const variables: SasVariable[] = [];
  let at = 0;
  for (let i = 0; i < many; i++) {
    await cursor.need(size, "the description of a column");
    const bytes = cursor.take(size).slice();
    const view = new DataView(bytes.buffer);
    const type = view.getInt16(0);
    const length = view.getInt16(4) & 0xffff;
    const name = long ? bytes.slice(88, 120) : bytes.slice(8, 16);
    const fits = type === 1 ? length >= 2 && length <= 8 : type === 2 && length >= 1;
    if (!fits || at > WIDEST) {
      throw cursor.damaged(`The description of column ${i + 1} before byte ${cursor.offset} cannot be.`);
    }
    variables.push({
      name: long && name.every((byte) => byte === 0 || byte === 32) ? bytes.slice(8, 16) : name,
      label: bytes.slice(16, 56),
      text: type === 2,
      length,
      at,
      format: { name: bytes.slice(56, 64), width: view.getInt16(64), decimals: view.getInt16(66) },
    });
    at += length;
  }
  await cursor.skip((RECORD - ((many * size) % RECORD)) % RECORD, "the description of a table");
  return variables;
}

/** Names, labels and (version 9) formats that are too long for their place. */
async function readLabels(
  cursor: ByteCursor,
  variables: readonly SasVariable[],
  formats: boolean,
  many: number,
): Promise<SasVariable[]> {
  const named = [...variables];
  const start = cursor.offset;
  for (let i = 0; i < (Number.isFinite(many) ? many : 0); i++) {
    const size = formats ? 10 : 6;
    await cursor.need(size, "the labels of the columns");
    const lengths = Array.from({ length: size / 2 }, () => cursor.uint16());
    const [place = 0, name = 0, label = 0, format = 0, informat = 0] = lengths;
    await cursor.need(name + label + format + informat, "the labels of the columns");
    const variable = named[place - 1];
    const own = cursor.take(name).slice();
    const words = cursor.take(label).slice();
    const written = cursor.take(format).slice();
    cursor.at += informat;
    if (variable === undefined)
      throw cursor.damaged(`Before byte ${cursor.offset} stands the label of a column that there is not.`);
    named[place - 1] = {
      ...variable,
      ...(name > 0 && { name: own }),
      ...(label > 0 && { label: words }),
      ...(format > 0 && { format: { ...variable.format, name: written } }),
    };
  }
  await cursor.skip((RECORD - ((cursor.offset - start) % RECORD)) % RECORD, "the labels of the columns");
  return named;
}
