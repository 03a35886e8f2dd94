import type { ByteCursor } from "../byte-cursor.ts";

/** Elements of 8 bytes, one after another: a number each, or a part of a text. */
export interface Elements {
  /** Whether another row begins, which is at hand. */
  begins(): boolean;
  /** NaN = missing */
  number(): number;
  bytes(into: Uint8Array, at: number): void;
}

/** What stands in the place of a missing number: -DBL_MAX. */
const MISSING = -Number.MAX_VALUE;

export class PlainElements implements Elements {
  private readonly cursor: ByteCursor;

  constructor(cursor: ByteCursor) {
    this.cursor = cursor;
  }

  begins(): boolean {
    return this.cursor.left > 0;
  }

  number(): number {
    const { cursor } = this;
    if (cursor.left < 8) throw cut(cursor);
    const value = cursor.float64();
    return value === MISSING ? NaN : value;
  }

  bytes(into: Uint8Array, at: number): void {
    const { cursor } = this;
    if (cursor.left < 8) throw cut(cursor);
    for (let i = 0; i < 8; i++) into[at + i] = cursor.bytes[cursor.at++] as number;
  }
}

const SKIP = 0;
const END = 252;
const RAW = 253;
const BLANKS = 254;
const NOTHING = 255;
const BLANK = 32;

/**
 * Byte codes (PSPP, “Data Record”): eight codes, then what those that are 253 leave raw. A code from 1 to 251 is the
 * number code - bias.
 */
export class ByteCodes implements Elements {
  private readonly codes = new Uint8Array(8);
  private next = 8;
  private ended = false;
  private readonly cursor: ByteCursor;
  private readonly bias: number;

  constructor(cursor: ByteCursor, bias: number) {
    this.cursor = cursor;
    this.bias = bias;
  }

  begins(): boolean {
    for (;;) {
      if (this.next === 8 && !this.load()) return false;
      const code = this.codes[this.next];
      if (code !== SKIP) {
        this.ended = code === END;
        return !this.ended;
      }
      this.next++;
    }
  }

  private load(): boolean {
    const { cursor } = this;
    if (cursor.left < 8) {
      if (cursor.left > 0) throw cut(cursor);
      return false;
    }
    for (let i = 0; i < 8; i++) this.codes[i] = cursor.bytes[cursor.at++] as number;
    this.next = 0;
    return true;
  }

  private code(): number {
    for (;;) {
      if (this.next === 8 && !this.load()) throw cut(this.cursor);
      const code = this.codes[this.next++] as number;
      if (code === END) throw cut(this.cursor);
      if (code !== SKIP) return code;
    }
  }

  number(): number {
    const code = this.code();
    if (code === RAW) {
      const { cursor } = this;
      if (cursor.left < 8) throw cut(cursor);
      const value = cursor.float64();
      return value === MISSING ? NaN : value;
    }
    if (code === NOTHING) return NaN;
    if (code === BLANKS) throw this.cursor.damaged(`Before byte ${this.cursor.offset} a number is blank.`);
    return code - this.bias;
  }

  bytes(into: Uint8Array, at: number): void {
    const { cursor } = this;
    const code = this.code();
    if (code === BLANKS) into.fill(BLANK, at, at + 8);
    else if (code === RAW) {
      if (cursor.left < 8) throw cut(cursor);
      for (let i = 0; i < 8; i++) into[at + i] = cursor.bytes[cursor.at++] as number;
    } else throw cursor.damaged(`Before byte ${cursor.offset} a number stands in the place of a text.`);
  }
}

const cut = (cursor: ByteCursor): Error =>
  cursor.damaged(`It ends at byte ${cursor.offset + cursor.left}, in the middle of a row.`);
