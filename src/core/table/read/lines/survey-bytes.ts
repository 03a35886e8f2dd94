/** What the bytes of a file say that is not valid UTF-8. */
export interface ByteSurvey {
  /** Characters of more than one byte that are valid UTF-8. */
  readonly valid: number;
  /** Places that are not valid UTF-8. */
  readonly bad: number;
  /** The different cells with bytes above 127, the first 2,000 of them, as their bytes. */
  readonly cells: readonly Uint8Array[];
  /** The line that the first byte above 127 stands on. */
  readonly line: number;
}

const MOST_CELLS = 2000;
/** Bytes of a cell that are kept. */
export const LONGEST_CELL = 200;
const LINE_FEED = 10;
/** Line ends, tab, space, quote, comma, semicolon: below 64, where no encoding has the second byte of a character. */
const BETWEEN = new Set([9, LINE_FEED, 13, 32, 34, 44, 59]);

/** Walks through a file once, piece by piece. A cell ends at a line end, a space or what can be a delimiter. */
export class ByteSurveyor {
  private valid = 0;
  private bad = 0;
  private line = 1;
  private firstLine = 0;
  /** Bytes of the character that are still to come, and the lowest and highest that the next one can be. */
  private left = 0;
  private low = 0x80;
  private high = 0xbf;
  private cell: number[] = [];
  private touched = false;
  private readonly cells = new Map<string, Uint8Array>();

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.check(byte);
      if (byte >= 0x80 && this.firstLine === 0) this.firstLine = this.line;
      if (byte === LINE_FEED) this.line++;
      if (BETWEEN.has(byte)) this.endCell();
      else {
        if (byte >= 0x80) this.touched = true;
        if (this.cell.length < LONGEST_CELL) this.cell.push(byte);
      }
    }
  }

  done(): ByteSurvey {
    this.endCell();
    if (this.left > 0) this.bad++;
    return { valid: this.valid, bad: this.bad, cells: [...this.cells.values()], line: this.firstLine };
  }

  private check(byte: number): void {
    if (this.left > 0) {
      if (byte >= this.low && byte <= this.high) {
        this.left--;
        [this.low, this.high] = [0x80, 0xbf];
        if (this.left === 0) this.valid++;
        return;
      }
      this.left = 0;
      [this.low, this.high] = [0x80, 0xbf];
      this.bad++;
    }
    if (byte < 0x80) return;
    if (byte >= 0xc2 && byte <= 0xdf) this.left = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.begin(byte, 2, 0xe0, 0xed);
    else if (byte >= 0xf0 && byte <= 0xf4) this.begin(byte, 3, 0xf0, 0xf4);
    else this.bad++;
  }

  /** A character of three bytes or four, whose second one has its own bounds after the least and the greatest first. */
  private begin(byte: number, left: number, least: number, greatest: number): void {
    this.left = left;
    if (byte === least) this.low = left === 2 ? 0xa0 : 0x90;
    if (byte === greatest) this.high = left === 2 ? 0x9f : 0x8f;
  }

  private endCell(): void {
    if (this.touched && this.cells.size < MOST_CELLS) {
      const bytes = Uint8Array.from(this.cell);
      this.cells.set(bytes.join(), bytes);
    }
    this.touched = false;
    if (this.cell.length > 0) this.cell = [];
  }
}
