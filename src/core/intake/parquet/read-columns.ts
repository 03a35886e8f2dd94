import {
  parquetRead,
  type ColumnChunk,
  type Compressors,
  type DecodedArray,
  type FileMetaData,
  type RowGroup,
  type SchemaElement,
} from "hyparquet";
import { FaultError } from "../../fault.ts";
import type { FileBytes } from "../file.ts";
import { parsers } from "./leaf-text.ts";
import { checkPages, chunkRange, metaOf } from "./page-check.ts";

export const FORMAT = "a Parquet file";

/** A file whose head was read, with what unpacks its pages. */
export interface Stored {
  readonly file: FileBytes;
  readonly codecs: Compressors;
  readonly metadata: FileMetaData;
}

/** The values of a column one after another, in runs. */
export type Runs = readonly DecodedArray[];

export const damaged = (file: FileBytes, reason: string): FaultError =>
  new FaultError({ code: "file-damaged", file: file.name, format: FORMAT, reason });

/** What the library throws says that the file is not as its format wants it. */
export async function guarded<T>(file: FileBytes, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FaultError) throw error;
    const said = error instanceof Error ? error.message.replace(/^parquet /, "") : String(error);
    throw damaged(
      file,
      said.includes("footer") ? "Its end is missing: it is cut off." : `It is cut off or broken: ${said}.`,
    );
  }
}

/** The top column at place `top` of a row group, alone. Rejects with FaultError `file-damaged`. */
export function readTop({ file, codecs, metadata }: Stored, group: RowGroup, top: number): Promise<Runs> {
  return guarded(file, async () => {
    const { schema, first, leaves } = partOf(metadata.schema, top);
    const columns = group.columns.slice(first, first + leaves);
    const optional = schema[1]?.repetition_type !== "REQUIRED";
    const rows = Number(group.num_rows);
    const range = rangeOf(columns, file.size);
    const bytes = await file.slice(range.from, range.to);
    if (bytes.length < range.to - range.from) throw new RangeError("it ends too early");
    for (const chunk of columns) {
      const { from, to } = chunkRange(chunk);
      const nested = metaOf(chunk).path_in_schema.length > 1;
      const own = bytes.subarray(from - range.from, to - range.from);
      checkPages(own, chunk, { rows, nested, optional, codecs });
    }
    const runs: DecodedArray[] = [];
    await parquetRead({
      file: {
        byteLength: file.size,
        slice(from: number, to = file.size): ArrayBuffer {
          if (from < range.from || to > range.to) throw new RangeError("a column lies outside its place");
          const start = bytes.byteOffset + from - range.from;
          return bytes.buffer.slice(start, start + to - from) as ArrayBuffer;
        },
      },
      metadata: { ...metadata, schema, num_rows: group.num_rows, row_groups: [{ ...group, columns }] },
      compressors: codecs,
      parsers,
      utf8: false,
      geoparquet: false,
      onChunk: ({ columnData }) => void runs.push(columnData),
    });
    const length = runs.reduce((sum, run) => sum + run.length, 0);
    if (length !== rows)
      throw new RangeError(`“${schema[1]?.name ?? ""}” has ${length} values in ${rows} rows`);
    return runs;
  });
}

/** Where all of these stand in the file. */
function rangeOf(columns: readonly ColumnChunk[], size: number): { from: number; to: number } {
  const ranges = columns.map(chunkRange);
  const from = Math.min(...ranges.map((range) => range.from));
  const to = Math.max(...ranges.map((range) => range.to));
  if (!(from >= 0 && to <= size && ranges.every((range) => range.to >= range.from)))
    throw new RangeError("a column lies outside the file");
  return { from, to };
}

/** The schema of one top column alone, below the root, with the places of its leaves among all of them. */
function partOf(
  schema: readonly SchemaElement[],
  top: number,
): { readonly schema: SchemaElement[]; readonly first: number; readonly leaves: number } {
  let [at, first] = [1, 0];
  for (let before = 0; ; before++) {
    let [end, open, leaves] = [at, 1, 0];
    for (; open > 0 && end < schema.length; end++) {
      const children = schema[end]?.num_children ?? 0;
      if (children === 0) leaves++;
      open += children - 1;
    }
    if (before === top || end >= schema.length)
      return {
        schema: [{ ...(schema[0] as SchemaElement), num_children: 1 }, ...schema.slice(at, end)],
        first,
        leaves,
      };
    at = end;
    first += leaves;
  }
}
