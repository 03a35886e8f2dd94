import type { Column } from "../../table/table.ts";
import type { TableWriter } from "../table-writer.ts";
import { ByteBuilder } from "./byte-builder.ts";
import { BIAS, savDictionary, segmentsOf } from "./sav-dictionary.ts";
import { variables, type Variable } from "./variables.ts";

const FORMAT = "an SPSS file";

/** 1582-10-14, from which SPSS counts seconds, in milliseconds since 1970-01-01. */
const GREGORIAN = Date.UTC(1582, 9, 14);

/**
 * An SPSS system file in UTF-8, its rows as byte codes (GNU PSPP, “System File Format”). Labelled levels are their codes with
 * value labels, names that SPSS does not allow are changed and stand in the column's label, texts of more than 255 bytes are
 * very long strings. Numbers among which limits ("<5") stand, and dates without a day, are texts.
 */
export const savWriter: TableWriter = async function* ({ schema, rows: expected }, blocks) {
  let rows = 0;
  let codes: ByteCodes | undefined;
  let made: readonly Variable[] = [];
  for await (const block of blocks) {
    if (codes === undefined) {
      made = variables(schema, block, expected, FORMAT);
      yield { bytes: savDictionary(made), rows };
      codes = new ByteCodes();
    }
    const cells = made.map((variable, i) =>
      elementsOf(variable, block.columns[i] as Column, codes as ByteCodes),
    );
    for (let row = 0; row < block.rows; row++) for (const write of cells) write(row);
    rows += block.rows;
    yield { bytes: codes.take(), rows };
  }
  if (codes === undefined) {
    yield { bytes: savDictionary(variables(schema, undefined, expected, FORMAT)), rows };
    codes = new ByteCodes();
  }
  yield { bytes: codes.end(), rows };
};

function elementsOf(variable: Variable, column: Column, codes: ByteCodes): (row: number) => void {
  if (variable.type === "number") {
    const numbers = variable.numbers(column);
    const { moments } = variable;
    if (moments === undefined) return (row) => codes.number(numbers(row));
    const epoch = moments === "time" ? 0 : GREGORIAN;
    return (row) => codes.number((numbers(row) - epoch) / 1000);
  }
  const texts = variable.texts(column);
  const segments = segmentsOf(variable.width);
  return (row) => {
    const bytes = texts(row);
    let from = 0;
    for (const width of segments) {
      for (let at = 0; at < width; at += 8) codes.text(bytes, from + at, Math.min(8, width - at));
      from += width;
    }
  };
}

const BLANK = 32;
const END = 252;
const RAW = 253;
const BLANKS = 254;
const MISSING = 255;
const MOST_CODE = 251;

/** Eight codes, then what those that are 253 leave raw. */
class ByteCodes {
  private readonly bytes = new ByteBuilder();
  private readonly codes = new Uint8Array(8);
  private readonly raw = new Uint8Array(64);
  private readonly view = new DataView(this.raw.buffer);
  private many = 0;
  private left = 0;

  private push(code: number): void {
    this.codes[this.many++] = code;
    if (this.many < 8) return;
    this.bytes.put(this.codes).put(this.raw.subarray(0, this.left));
    this.many = 0;
    this.left = 0;
  }

  number(value: number): void {
    const code = value + BIAS;
    if (!Number.isFinite(value)) this.push(MISSING);
    else if (Number.isInteger(code) && code >= 1 && code <= MOST_CODE && !Object.is(value, -0))
      this.push(code);
    else {
      this.view.setFloat64(this.left, value, true);
      this.left += 8;
      this.push(RAW);
    }
  }

  /** Up to 8 bytes of a text from `at` on, filled up with blanks. */
  text(bytes: Uint8Array, at: number, most: number): void {
    let blank = true;
    for (let i = 0; i < 8; i++) {
      const byte = i < most && at + i < bytes.length ? (bytes[at + i] as number) : BLANK;
      this.raw[this.left + i] = byte;
      if (byte !== BLANK) blank = false;
    }
    if (!blank) this.left += 8;
    this.push(blank ? BLANKS : RAW);
  }

  take(): Uint8Array {
    return this.bytes.take();
  }

  /** The last codes. */
  end(): Uint8Array {
    this.push(END);
    while (this.many > 0) this.push(0);
    return this.bytes.take();
  }
}
