/** How the rows of a SAS data set are packed, by the word that its texts begin with. */
export type Packing = "none" | "runs" | "patterns";

const AT = 0x40;
const BLANK = 0x20;
const ZERO = 0;

/** `packed` as a row of `length` bytes; undefined when it is none. */
export function unpackRow(packing: Packing, packed: Uint8Array, length: number): Uint8Array | undefined {
  if (packing === "none") return packed.length === length ? packed : undefined;
  const row = new Uint8Array(length);
  const written = packing === "runs" ? fromRuns(packed, row) : fromPatterns(packed, row);
  return written === length ? row : undefined;
}

/** Bytes of run-length commands that stand behind the command itself. */
const ARGUMENTS = [1, 1, 0, 0, 2, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0];

/** SASYZCRL: a command in four bits and a length in four, then what is copied or repeated. Yields bytes written, -1 for none. */
function fromRuns(packed: Uint8Array, row: Uint8Array): number {
  let from = 0;
  let to = 0;
  const next = (): number => packed[from++] as number;
  while (from < packed.length) {
    const control = next();
    const command = control >> 4;
    const length = control & 15;
    if (from + (ARGUMENTS[command] as number) > packed.length) return -1;
    let copied = 0;
    let repeated = 0;
    let byte = ZERO;
    switch (command) {
      case 0:
        copied = next() + 64 + length * 256;
        break;
      case 1:
        copied = next() + 64 + length * 256 + 4096;
        break;
      case 2:
        copied = length + 96;
        break;
      case 3:
        return -1;
      case 4:
        repeated = next() + 18 + length * 256;
        byte = next();
        break;
      case 5:
      case 6:
      case 7:
        repeated = next() + 17 + length * 256;
        byte = [AT, BLANK, ZERO][command - 5] as number;
        break;
      case 12:
        repeated = length + 3;
        byte = next();
        break;
      case 13:
      case 14:
      case 15:
        repeated = length + 2;
        byte = [AT, BLANK, ZERO][command - 13] as number;
        break;
      default:
        copied = length + 1 + 16 * (command - 8);
    }
    if (to + copied + repeated > row.length || from + copied > packed.length) return -1;
    row.set(packed.subarray(from, from + copied), to);
    row.fill(byte, to + copied, to + copied + repeated);
    from += copied;
    to += copied + repeated;
  }
  return to;
}

/** SASYZCR2: Ross data compression. 16 bits say of each item whether it is a byte or a command. Yields bytes written. */
function fromPatterns(packed: Uint8Array, row: Uint8Array): number {
  let from = 0;
  let to = 0;
  let bits = 0;
  let mask = 0;
  while (from < packed.length) {
    mask >>= 1;
    if (mask === 0) {
      if (from + 1 >= packed.length) return to === row.length ? to : -1;
      bits = ((packed[from] as number) << 8) | (packed[from + 1] as number);
      from += 2;
      mask = 0x8000;
      if (from >= packed.length) break;
    }
    if ((bits & mask) === 0) {
      if (to >= row.length) return -1;
      row[to++] = packed[from++] as number;
      continue;
    }
    const command = (packed[from] as number) >> 4;
    const low = (packed[from] as number) & 15;
    const needed = command === 1 || command === 2 ? 3 : 2;
    if (from + needed > packed.length) return -1;
    const second = packed[from + 1] as number;
    const third = packed[from + 2] as number;
    from += needed;
    if (command < 2) {
      const count = command === 0 ? low + 3 : low + (second << 4) + 19;
      if (to + count > row.length) return -1;
      row.fill(command === 0 ? second : third, to, to + count);
      to += count;
      continue;
    }
    const back = low + 3 + (second << 4);
    const count = command === 2 ? third + 16 : command;
    if (back > to || to + count > row.length) return -1;
    for (let i = 0; i < count; i++) row[to + i] = row[to - back + i] as number;
    to += count;
  }
  return to;
}
