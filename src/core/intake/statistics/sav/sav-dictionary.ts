import { FaultError } from "../../../fault.ts";
import type { FileBytes } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";
import { MOST_COLUMNS } from "../stored-table.ts";

export const SAV = "an SPSS file";

/** One variable record: a column, or 8 more bytes of the text before it (`width` -1). */
export interface SavVariable {
  /** 0: a number; else bytes of text, 255 at most */
  readonly width: number;
  readonly name: Uint8Array;
  readonly label: Uint8Array | undefined;
  readonly missing: readonly Uint8Array[];
  /** How `missing` is meant: 1 to 3 values, -2 a range, -3 a range and a value. */
  readonly missingType: number;
  /** SPSS's number of the print format, its width and decimals. */
  readonly format: { readonly type: number; readonly width: number; readonly decimals: number };
}

export interface SavLabelSet {
  readonly labels: readonly { readonly value: Uint8Array; readonly label: Uint8Array }[];
  /** places in `variables` */
  readonly variables: readonly number[];
}

/** What stands before the rows, as it stands there. */
export interface SavDictionary {
  readonly littleEndian: boolean;
  readonly compression: 0 | 1 | 2;
  readonly bias: number;
  /** -1: not said */
  readonly rows: number;
  readonly variables: readonly SavVariable[];
  readonly labelSets: readonly SavLabelSet[];
  /** Extension records by subtype; the last of each but for what comes several times. */
  readonly extensions: ReadonlyMap<number, Uint8Array>;
  /** Where the rows begin. */
  readonly dataAt: number;
}

const VARIABLE = 2;
const LABELS = 3;
const LABELLED = 4;
const DOCUMENTS = 6;
const EXTENSION = 7;
const END = 999;

/** Reads the dictionary of a system file. Throws FaultError `file-damaged`, `file-refused`. */
export async function readDictionary(file: FileBytes): Promise<SavDictionary> {
  const cursor = new ByteCursor(file, SAV);
  try {
    return await read(cursor, file);
  } finally {
    await cursor.close();
  }
}

async function read(cursor: ByteCursor, file: FileBytes): Promise<SavDictionary> {
  await cursor.need(176, "its header");
  const magic = String.fromCharCode(...cursor.take(4));
  if (magic !== "$FL2" && magic !== "$FL3") throw cursor.damaged("It does not begin as an SPSS file does.");
  cursor.at += 60;
  const layout = cursor.view.getInt32(cursor.at, true);
  cursor.littleEndian = layout === 2 || layout === 3;
  cursor.at += 8;
  const compression = cursor.int32();
  cursor.at += 4;
  const rows = cursor.int32();
  const bias = cursor.float64();
  cursor.at += 84;
  if (compression !== 0 && compression !== 1 && compression !== 2) {
    throw cursor.damaged(`Its header names a compression, ${compression}, that there is not.`);
  }
  const variables: SavVariable[] = [];
  const labelSets: SavLabelSet[] = [];
  const extensions = new Map<number, Uint8Array>();
  for (;;) {
    await cursor.need(4, "its dictionary");
    const record = cursor.int32();
    if (record === VARIABLE) {
      variables.push(await readVariable(cursor));
      if (variables.length > MOST_COLUMNS) throw cursor.damaged("It has more columns than a table can have.");
    } else if (record === LABELS) labelSets.push(await readLabels(cursor, variables.length));
    else if (record === DOCUMENTS) {
      await cursor.need(4, "its notes");
      await cursor.skip(80 * count(cursor, "lines of notes"), "its notes");
    } else if (record === EXTENSION) await readExtension(cursor, extensions);
    else if (record === END) break;
    else
      throw cursor.damaged(
        `At byte ${cursor.offset - 4} stands a record of a kind, ${record}, that there is not.`,
      );
  }
  await cursor.need(4, "its dictionary");
  cursor.at += 4;
  refuseForeignNumbers(extensions.get(3), cursor, file);
  return {
    littleEndian: cursor.littleEndian,
    compression,
    bias,
    rows,
    variables,
    labelSets,
    extensions,
    dataAt: cursor.offset,
  };
}

function count(cursor: ByteCursor, of: string): number {
  const number = cursor.int32();
  if (number < 0) throw cursor.damaged(`At byte ${cursor.offset - 4} it says that it has ${number} ${of}.`);
  return number;
}

async function readVariable(cursor: ByteCursor): Promise<SavVariable> {
  await cursor.need(28, "the description of a column");
  const width = cursor.int32();
  const labelled = cursor.int32();
  const missingType = cursor.int32();
  const print = cursor.int32();
  cursor.at += 4;
  const name = cursor.take(8).slice();
  if (width < -1 || width > 255 || missingType < -3 || missingType > 3 || missingType === -1) {
    throw cursor.damaged(`The description of a column before byte ${cursor.offset} cannot be.`);
  }
  let label: Uint8Array | undefined;
  if (labelled !== 0) {
    await cursor.need(4, "the label of a column");
    const length = count(cursor, "bytes of label");
    await cursor.need(Math.ceil(length / 4) * 4, "the label of a column");
    label = cursor.take(Math.ceil(length / 4) * 4).slice(0, length);
  }
  const values = Math.abs(missingType);
  await cursor.need(8 * values, "the missing values of a column");
  const missing = Array.from({ length: values }, () => cursor.take(8).slice());
  const format = { type: (print >> 16) & 0xff, width: (print >> 8) & 0xff, decimals: print & 0xff };
  return { width, name, label, missing, missingType, format };
}

async function readLabels(cursor: ByteCursor, variables: number): Promise<SavLabelSet> {
  await cursor.need(4, "its value labels");
  const many = count(cursor, "labels");
  const labels: { value: Uint8Array; label: Uint8Array }[] = [];
  for (let i = 0; i < many; i++) {
    await cursor.need(9, "its value labels");
    const value = cursor.take(8).slice();
    const length = cursor.uint8();
    const padded = Math.ceil((length + 1) / 8) * 8 - 1;
    await cursor.need(padded, "its value labels");
    labels.push({ value, label: cursor.take(padded).slice(0, length) });
  }
  await cursor.need(8, "its value labels");
  const record = cursor.int32();
  if (record !== LABELLED)
    throw cursor.damaged(`At byte ${cursor.offset - 4} value labels are not said to be of any column.`);
  const of = count(cursor, "labelled columns");
  await cursor.need(4 * of, "its value labels");
  const places = Array.from({ length: of }, () => cursor.int32() - 1);
  if (places.some((place) => place < 0 || place >= variables)) {
    throw cursor.damaged(`The value labels before byte ${cursor.offset} are of a column that there is not.`);
  }
  return { labels, variables: places };
}

/** Subtypes that may come more than once and belong together. */
async function readExtension(cursor: ByteCursor, extensions: Map<number, Uint8Array>): Promise<void> {
  await cursor.need(12, "its dictionary");
  const subtype = cursor.int32();
  const size = count(cursor, "bytes in each part");
  const parts = count(cursor, "parts");
  await cursor.need(size * parts, "its dictionary");
  const bytes = cursor.take(size * parts).slice();
  const before = extensions.get(subtype);
  if (before === undefined || (subtype !== 21 && subtype !== 22)) extensions.set(subtype, bytes);
  else {
    const joined = new Uint8Array(before.length + bytes.length);
    joined.set(before);
    joined.set(bytes, before.length);
    extensions.set(subtype, joined);
  }
}

const IEEE = 1;

/** Machines of another age wrote numbers in other ways (IBM 370, VAX). */
function refuseForeignNumbers(machine: Uint8Array | undefined, cursor: ByteCursor, file: FileBytes): void {
  if (machine === undefined || machine.length < 32) return;
  const view = new DataView(machine.buffer, machine.byteOffset, machine.length);
  if (view.getInt32(16, cursor.littleEndian) === IEEE) return;
  throw new FaultError({
    code: "file-refused",
    file: file.name,
    format: SAV,
    reason: "Its numbers are written as an IBM 370 or a VAX wrote them.",
    remedy: "Save it again with SPSS of today, or as CSV, then open that file.",
  });
}
