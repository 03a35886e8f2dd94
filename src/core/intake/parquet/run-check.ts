import { snappyUncompress, type ColumnMetaData, type Compressors, type PageHeader } from "hyparquet";
import { BrokenPage } from "./codecs.ts";

/**
 * Looks through the runs of equal values of a flat column's page: one that says it is longer than its page would be written
 * out, however long, before anybody counts. Throws BrokenPage.
 */
export function checkRuns(
  page: Uint8Array,
  header: PageHeader,
  { codec }: ColumnMetaData,
  optional: boolean,
  codecs: Compressors,
): void {
  const { data_page_header: first, data_page_header_v2: second, uncompressed_page_size: size } = header;
  if (first !== undefined) {
    const bytes = unpacked(page, size, codec, codecs);
    let at = 0;
    if (optional) {
      const length = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      walk(bytes, 4, 4 + length, 1, first.num_values);
      at = 4 + length;
    }
    if (first.encoding.endsWith("_DICTIONARY"))
      walk(bytes, at + 1, bytes.length, bytes[at] ?? 0, first.num_values);
  } else if (second !== undefined) {
    const levels = second.repetition_levels_byte_length + second.definition_levels_byte_length;
    if (optional) walk(page, second.repetition_levels_byte_length, levels, 1, second.num_values);
    if (!second.encoding.endsWith("_DICTIONARY")) return;
    const packed = page.subarray(levels);
    const bytes = second.is_compressed === false ? packed : unpacked(packed, size - levels, codec, codecs);
    walk(bytes, 1, bytes.length, bytes[0] ?? 0, second.num_values);
  }
}

function unpacked(page: Uint8Array, size: number, codec: string, codecs: Compressors): Uint8Array {
  if (codec === "UNCOMPRESSED" || page.length === 0) return page;
  if (codec !== "SNAPPY") return codecs[codec as keyof Compressors]?.(page, size) ?? page;
  const bytes = new Uint8Array(size);
  snappyUncompress(page, bytes);
  return bytes;
}

/** The hybrid of runs and packed bits (Parquet format, Encodings.md) of at most `values` values of `width` bits. */
function walk(bytes: Uint8Array, from: number, to: number, width: number, values: number): void {
  let [at, seen] = [from, 0];
  while (seen < values && at < Math.min(to, bytes.length)) {
    let [head, scale, next] = [0, 1, 128];
    while (next >= 128) {
      next = bytes[at++] ?? 0;
      head += (next & 127) * scale;
      scale *= 128;
    }
    const run = Math.floor(head / 2);
    if (head % 2 === 1) {
      seen += run * 8;
      at += run * width;
    } else {
      if (run > values - seen) throw new BrokenPage("a run of equal values is longer than its page");
      seen += run;
      at += Math.ceil(width / 8);
    }
  }
}
