import { Gunzip } from "fflate";
import { breathe } from "../../math/breathe.ts";
import { Crc32 } from "../../math/crc32.ts";
import type { FileBytes, OpenedFile } from "../file.ts";
import { innerFile } from "./inner-file.ts";
import { checkSum, checkUnpacked, damaged, withEnd } from "./unpack.ts";

const FORMAT = "a gzip file";
/** CRC-32 and length, at the end of each member (RFC 1952). */
const TRAILER = 8;

/** A gzip file is opened as what is packed in it. Rejects with FaultError `file-damaged` and `file-refused`. */
export async function openGzip(
  file: FileBytes,
  open: (file: FileBytes) => Promise<OpenedFile>,
): Promise<OpenedFile> {
  const name = file.name.replace(/\.(gz|gzip|bgz)$/i, "").replace(/\.tgz$/i, ".tar");
  const opened = await open(innerFile(name, NaN, () => gunzipped(file)));
  return { ...opened, words: `${opened.words}, packed with gzip` };
}

/** What is packed in all members of the file, each checked against its own checksum. */
export async function* gunzipped(file: FileBytes): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  /** where members after the first begin, each with how many parts of `ready` came before it */
  let members: { readonly at: number; readonly parts: number }[] = [];
  const gunzip = new Gunzip((piece) => void ready.push(piece));
  gunzip.onmember = (at) => void members.push({ at, parts: ready.length });
  let sum = new Crc32();
  let [packed, unpacked, ofMember] = [0, 0, 0];
  const endMember = async (end: number): Promise<void> => {
    checkSum(file.name, FORMAT, await trailer(file, end), { crc: sum.value, size: ofMember % 2 ** 32 });
    sum = new Crc32();
    ofMember = 0;
  };
  for await (const piece of withEnd(file.pieces())) {
    try {
      gunzip.push(piece, piece.length === 0);
    } catch {
      throw damaged(file.name, FORMAT, "What is packed in it is broken or cut off.");
    }
    packed += piece.length;
    const [parts, ends] = [ready, members];
    [ready, members] = [[], []];
    for (let i = 0; i <= parts.length; i++) {
      for (const { at } of ends.filter((end) => end.parts === i)) await endMember(at);
      const part = parts[i];
      if (part === undefined || part.length === 0) continue;
      sum.add(part);
      ofMember += part.length;
      unpacked += part.length;
      checkUnpacked(file.name, FORMAT, packed, unpacked);
      yield part;
    }
    await breathe();
  }
  await endMember(file.size);
}

async function trailer(file: FileBytes, end: number): Promise<{ crc: number; size: number }> {
  const bytes = await file.slice(Math.max(0, end - TRAILER), end);
  if (bytes.length < TRAILER) throw damaged(file.name, FORMAT, "It is cut off.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, TRAILER);
  return { crc: view.getUint32(0, true), size: view.getUint32(4, true) };
}
