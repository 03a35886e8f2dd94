import type { MissingRule, StoredColumn } from "../stored-table.ts";
import { spssMoments } from "../moments.ts";
import type { StoredText } from "../stored-text.ts";
import { formatName } from "./spss-formats.ts";
import type { SavDictionary, SavVariable } from "./sav-dictionary.ts";

/** A column and where its cells stand: its elements of 8 bytes, in one run. */
export interface SavColumn {
  readonly column: StoredColumn;
  /** Bytes of each segment of a text, that is in several where it is long; none for a number. */
  readonly segments: readonly number[];
  /** Bytes of the text. */
  readonly width: number;
}

/** Bytes of text that a segment of a very long text holds, and by how many its width grows (PSPP, record 14). */
const SEGMENT = 255;
const EFFECTIVE = 252;

/** The encoding that the file declares: by name (record 20), else by code page (record 3); "utf-8" where by neither. */
export function declaredEncoding({ extensions, littleEndian }: SavDictionary): string {
  const name = extensions.get(20);
  if (name !== undefined) return ascii(name).trim();
  const machine = extensions.get(3);
  if (machine === undefined || machine.length < 32) return "utf-8";
  const code = new DataView(machine.buffer, machine.byteOffset, machine.length).getInt32(28, littleEndian);
  if (code <= 4 || code === 65001) return "utf-8";
  return code >= 28591 && code <= 28606 ? `iso-8859-${code - 28590}` : `cp${code}`;
}

const ascii = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

const TAB = 9;
const EQUALS = 61;

/** “A=B” pairs of an extension record, separated by tabs or zeros. A is bytes, for it may be cut within a character. */
function pairs(bytes: Uint8Array | undefined, text: StoredText): Map<string, string> {
  const found = new Map<string, string>();
  if (bytes === undefined) return found;
  for (let from = 0; from < bytes.length;) {
    let end = from;
    while (end < bytes.length && bytes[end] !== TAB && bytes[end] !== 0) end++;
    const equals = bytes.indexOf(EQUALS, from);
    if (equals > from && equals < end) {
      found.set(keyOf(bytes.subarray(from, equals)), text.decode(bytes.subarray(equals + 1, end)));
    }
    from = end + 1;
  }
  return found;
}

const keyOf = (name: Uint8Array): string => ascii(name).trim().toUpperCase();

/** Columns of the dictionary, with long names, long texts, labels and measures put together. */
export function savColumns(dictionary: SavDictionary, text: StoredText): SavColumn[] {
  const { variables, extensions, littleEndian } = dictionary;
  const longNames = pairs(extensions.get(13), text);
  const longTexts = pairs(extensions.get(14), text);
  const labels = shortLabels(dictionary, text);
  const longLabels = readLongLabels(extensions.get(21), text, littleEndian);
  const longMissing = readLongMissing(extensions.get(22), text, littleEndian);
  const heads = variables.flatMap(({ width }, place) => (width >= 0 ? [place] : []));
  const measures = measuresOf(extensions.get(11), heads.length, littleEndian);
  const columns: SavColumn[] = [];
  for (let i = 0; i < heads.length; i++) {
    const place = heads[i] as number;
    const variable = variables[place] as SavVariable;
    const short = text.decode(variable.name);
    const name = longNames.get(keyOf(variable.name)) ?? short;
    const measure = measures[i];
    const whole = Number.parseInt(longTexts.get(keyOf(variable.name)) ?? "", 10);
    const width = variable.width > 0 && whole > SEGMENT ? whole : variable.width;
    const segments = [variable.width];
    for (
      let rest = width - EFFECTIVE;
      width > SEGMENT && rest > 0 && i + 1 < heads.length;
      rest -= EFFECTIVE
    ) {
      const next = variables[heads[i + 1] as number] as SavVariable;
      if (next.width === 0) break;
      segments.push(next.width);
      i++;
    }
    const moments = variable.width === 0 ? spssMoments(variable.format.type) : undefined;
    const named =
      labels.get(place) ?? longLabels.get(name.toUpperCase()) ?? longLabels.get(short.toUpperCase());
    const missing = missingOf(variable, text, littleEndian) ?? longMissing.get(name.toUpperCase());
    const column: StoredColumn = {
      name,
      type: variable.width === 0 ? "number" : "text",
      storedAs: formatName(variable.format, width),
      ...(variable.label && { label: text.decode(variable.label) }),
      ...(moments && { moments }),
      ...(named && { labels: named }),
      ...(missing && { missing }),
      ...(measure && { measure }),
    };
    columns.push({ column, segments: variable.width === 0 ? [] : segments, width });
  }
  return columns;
}

function number(bytes: Uint8Array, littleEndian: boolean): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, littleEndian);
}

function shortLabels(
  { labelSets, variables, littleEndian }: SavDictionary,
  text: StoredText,
): Map<number, Map<number | string, string>> {
  const found = new Map<number, Map<number | string, string>>();
  for (const { labels, variables: places } of labelSets) {
    for (const place of places) {
      const width = (variables[place] as SavVariable).width;
      const own = found.get(place) ?? new Map<number | string, string>();
      for (const { value, label } of labels) {
        own.set(
          width === 0 ? number(value, littleEndian) : text.decode(value.subarray(0, width)),
          text.decode(label),
        );
      }
      found.set(place, own);
    }
  }
  return found;
}

function missingOf(
  { missingType, missing, width }: SavVariable,
  text: StoredText,
  littleEndian: boolean,
): MissingRule | undefined {
  if (missing.length === 0) return undefined;
  if (width > 0) return { values: missing.map((bytes) => text.decode(bytes.subarray(0, width))) };
  const values = missing.map((bytes) => number(bytes, littleEndian));
  if (missingType > 0) return { values };
  const [low = NaN, high = NaN, single] = values;
  return { values: single === undefined ? [] : [single], range: { low, high } };
}

const MEASURES = [undefined, "nominal", "ordinal", "scale"] as const;

/** Record 11 has measure, width and alignment of each column, or measure and alignment alone. */
function measuresOf(
  bytes: Uint8Array | undefined,
  columns: number,
  littleEndian: boolean,
): (typeof MEASURES)[number][] {
  if (bytes === undefined || columns === 0) return [];
  const each = Math.floor(bytes.length / 4 / columns);
  if (each < 2 || each > 3) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: columns }, (_, i) => MEASURES[view.getInt32(i * each * 4, littleEndian)]);
}

/** Goes through a record that is made of lengths and texts; stops where it ends too early. */
class Parts {
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly littleEndian: boolean;

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.bytes = bytes;
    this.littleEndian = littleEndian;
  }

  int32(): number {
    if (this.at + 4 > this.bytes.length) return NaN;
    this.at += 4;
    return new DataView(this.bytes.buffer, this.bytes.byteOffset).getInt32(this.at - 4, this.littleEndian);
  }

  take(length: number): Uint8Array | undefined {
    if (!(length >= 0) || this.at + length > this.bytes.length) return undefined;
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** Record 21: value labels of texts of more than 8 bytes. */
function readLongLabels(
  bytes: Uint8Array | undefined,
  text: StoredText,
  littleEndian: boolean,
): Map<string, Map<number | string, string>> {
  const found = new Map<string, Map<number | string, string>>();
  if (bytes === undefined) return found;
  const parts = new Parts(bytes, littleEndian);
  for (;;) {
    const name = parts.take(parts.int32());
    parts.int32();
    const many = parts.int32();
    if (name === undefined || !(many >= 0)) return found;
    const labels = new Map<number | string, string>();
    for (let i = 0; i < many; i++) {
      const value = parts.take(parts.int32());
      const label = parts.take(parts.int32());
      if (value === undefined || label === undefined) return found;
      labels.set(text.decode(value), text.decode(label));
    }
    found.set(text.decode(name).toUpperCase(), labels);
  }
}

/** Record 22: missing values of texts of more than 8 bytes, each of 8 bytes. */
function readLongMissing(
  bytes: Uint8Array | undefined,
  text: StoredText,
  littleEndian: boolean,
): Map<string, MissingRule> {
  const found = new Map<string, MissingRule>();
  if (bytes === undefined) return found;
  const parts = new Parts(bytes, littleEndian);
  for (;;) {
    const name = parts.take(parts.int32());
    const many = parts.take(1)?.[0] ?? 0;
    const length = parts.int32();
    if (name === undefined || many > 3) return found;
    const values: string[] = [];
    for (let i = 0; i < many; i++) {
      const value = parts.take(length);
      if (value === undefined) return found;
      values.push(text.decode(value));
    }
    found.set(text.decode(name).toUpperCase(), { values });
  }
}
