import { Inflate } from "fflate";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { Crc32 } from "../../math/crc32.ts";

/** Most bytes that anything is unpacked to. */
export const LARGEST_UNPACKED = 2 * 1024 ** 3;
/** What unpacks to more than this many times its size was made to fill a memory; tables come nowhere near. */
const GREATEST_RATIO = 200;
/** Below this the ratio says nothing: a small file of one value over and over. */
const LEAST_JUDGED = 8 * 1024 ** 2;
/** Packed bytes unpacked in one go: at most 64 MB come out of them. */
const PIECE = 1 << 16;

/** Throws FaultError `file-refused` where `unpacked` bytes are too many for themselves or for `packed` ones. */
export function checkUnpacked(file: string, format: string, packed: number, unpacked: number): void {
  if (unpacked > LARGEST_UNPACKED) {
    throw new FaultError({
      code: "file-refused",
      file,
      format,
      reason: "Unpacked it is larger than 2 GB.",
      remedy: "Unpack it yourself and open a part of it.",
    });
  }
  if (unpacked <= LEAST_JUDGED || unpacked <= GREATEST_RATIO * packed) return;
  throw new FaultError({
    code: "file-refused",
    file,
    format,
    reason: `It unpacks to more than ${GREATEST_RATIO} times its size, which no table does.`,
    remedy: "If you trust it, unpack it yourself and open what is in it.",
  });
}

export interface Packed {
  readonly file: string;
  /** “zip archive”, for faults */
  readonly format: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** as its archive says */
  readonly crc: number;
  readonly size: number;
}

/** What DEFLATE (RFC 1951) packed, piece by piece. Rejects with FaultError `file-damaged` and `file-refused`. */
export async function* inflated({ file, format, pieces, crc, size }: Packed): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let ended = false;
  const inflate = new Inflate((piece, last) => {
    ready.push(piece);
    ended ||= last;
  });
  const sum = new Crc32();
  let [packed, unpacked] = [0, 0];
  for await (const piece of withEnd(pieces)) {
    const last = piece.length === 0;
    try {
      inflate.push(piece, last);
    } catch {
      throw damaged(file, format, "What is packed in it is broken or cut off.");
    }
    packed += piece.length;
    for (const part of ready) {
      sum.add(part);
      unpacked += part.length;
      checkUnpacked(file, format, packed, unpacked);
      yield part;
    }
    ready = [];
    await breathe();
  }
  if (!ended) throw damaged(file, format, "It is cut off.");
  checkSum(file, format, { crc, size }, { crc: sum.value, size: unpacked });
}

/** Throws FaultError `file-damaged` where what was unpacked is not what had been packed. */
export function checkSum(
  file: string,
  format: string,
  said: { crc: number; size: number },
  found: { crc: number; size: number },
): void {
  if (said.size !== found.size)
    throw damaged(file, format, `It says it holds ${said.size} bytes and holds ${found.size}.`);
  if (said.crc !== found.crc)
    throw damaged(file, format, "It was changed or broken on its way: its checksum does not fit.");
}

export const damaged = (file: string, format: string, reason: string): FaultError =>
  new FaultError({ code: "file-damaged", file, format, reason });

/** `pieces` cut small, and an empty one that ends them. */
export async function* withEnd(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += PIECE) yield piece.subarray(at, at + PIECE);
  yield new Uint8Array(0);
}
