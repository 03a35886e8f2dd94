import { Gzip } from "fflate";
import type { Written } from "./table-writer.ts";

/** The same file packed by gzip (RFC 1952), piece by piece. No time is in it: same input, same bytes. */
export async function* gzipped<P extends Written>(pieces: AsyncIterable<P>): AsyncGenerator<P | Written> {
  let packed: Uint8Array[] = [];
  const gzip = new Gzip({ level: 6, mtime: 0 }, (bytes) => packed.push(bytes));
  const taken = (): Uint8Array => {
    const bytes = joined(packed);
    packed = [];
    return bytes;
  };
  let last: P | Written = { bytes: new Uint8Array(0), rows: 0 };
  for await (const piece of pieces) {
    last = piece;
    gzip.push(piece.bytes);
    yield { ...piece, bytes: taken() };
  }
  gzip.push(new Uint8Array(0), true);
  yield { ...last, bytes: taken() };
}

/** The parts one after another. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
