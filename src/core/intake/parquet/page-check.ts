import { parquetHeader } from "hyparquet/src/column.js";
import type { ColumnChunk, ColumnMetaData, Compressors } from "hyparquet";
import { crc32 } from "../../math/crc32.ts";
import { BrokenPage } from "./codecs.ts";
import { checkRuns } from "./run-check.ts";

/** Most bytes of a page unpacked. */
const LARGEST_PAGE = 1 << 28;

/** What the pages of a column have to fit. */
export interface PageFacts {
  readonly rows: number;
  readonly nested: boolean;
  readonly optional: boolean;
  readonly codecs: Compressors;
}

/** Where the pages of a column stand in the file. */
export function chunkRange(chunk: ColumnChunk): { from: number; to: number } {
  const {
    dictionary_page_offset: dictionary,
    data_page_offset: data,
    total_compressed_size: size,
  } = metaOf(chunk);
  const from = Number(dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data);
  return { from, to: from + Number(size) };
}

/** Throws BrokenPage where the column lies in another file or is encrypted. */
export function metaOf({ meta_data }: ColumnChunk): ColumnMetaData {
  if (meta_data === undefined) throw new BrokenPage("a column is encrypted or lies in another file");
  return meta_data;
}

/**
 * Looks at the heads of a column's pages before these are unpacked: that they lie within the column, are no larger than memory
 * takes, hold as many values as the column says, and fit their checksums where they have one. Throws BrokenPage.
 */
export function checkPages(
  bytes: Uint8Array,
  chunk: ColumnChunk,
  { rows, nested, optional, codecs }: PageFacts,
): void {
  const { num_values } = metaOf(chunk);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let values = 0;
  while (values < Number(num_values)) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: unpacked, crc } = header;
    const own =
      header.type === "DATA_PAGE"
        ? header.data_page_header?.num_values
        : header.type === "DATA_PAGE_V2"
          ? header.data_page_header_v2?.num_values
          : 0;
    if (own === undefined || own < 0 || !(packed >= 0) || !(unpacked >= 0) || unpacked > LARGEST_PAGE)
      throw new BrokenPage("the head of a page is broken");
    if (reader.offset + packed > bytes.length) throw new BrokenPage("a page reaches beyond its column");
    if ((header.dictionary_page_header?.num_values ?? 0) > Math.max(unpacked, 1) * 8)
      throw new BrokenPage("a dictionary says it holds more than it can");
    const page = bytes.subarray(reader.offset, reader.offset + packed);
    if (crc !== undefined && crc32(page) !== crc >>> 0)
      throw new BrokenPage("a page was changed or broken on its way: its checksum does not fit");
    if (!nested) checkRuns(page, header, metaOf(chunk), optional, codecs);
    reader.offset += packed;
    values += own;
    if (values > Number(num_values)) throw new BrokenPage("a column holds more values than it says");
  }
  if (!nested && values !== rows)
    throw new BrokenPage("a column has not as many values as the table has rows");
}
