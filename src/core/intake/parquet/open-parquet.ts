import { parquetMetadataAsync, parquetSchema, type FileMetaData } from "hyparquet";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { ColumnHint, ColumnHints } from "../../table/hints.ts";
import type { CellBlock } from "../../table/read/collect-cells.ts";
import { COLUMN_LIMIT } from "../../table/read/lines/header.ts";
import type { FileBytes, OpenedFile, SheetText } from "../file.ts";
import { writeRecords, type RecordBlock } from "../write-records.ts";
import { codecsFor, READ_CODECS } from "./codecs.ts";
import { clockOf, isMoment, leafText } from "./leaf-text.ts";
import { leavesOf, type Leaf, type Leaves } from "./leaves.ts";
import { damaged, FORMAT, guarded, readTop, type Runs, type Stored } from "./read-columns.ts";

/** Most cells of a file, and of the rows that are stored together, which have to be held at once. */
const MOST_CELLS = 2_000_000_000;
const MOST_AT_ONCE = 200_000_000;
const BLOCK = 1024;

interface Parquet extends Stored {
  readonly found: Leaves;
}

/** A Parquet file, its row groups one after another. Rejects with FaultError `file-damaged`, `file-refused`, `no-sheet`. */
export async function openParquet(file: FileBytes): Promise<OpenedFile> {
  const metadata = await guarded(file, () =>
    parquetMetadataAsync(bufferOf(file), { geoparquet: false }).then(withRawDecimals),
  );
  const { found } = await guarded(file, () => Promise.resolve({ found: leavesOf(parquetSchema(metadata)) }));
  check(file, metadata, found);
  const rows = Number(metadata.num_rows);
  const used = metadata.row_groups.flatMap(({ columns }) =>
    columns.flatMap(({ meta_data }) => meta_data?.codec ?? []),
  );
  const codecs = await codecsFor(new Set(used));
  const parquet = { file, codecs, metadata, found };
  return {
    format: "parquet",
    words: "Parquet file",
    sheets: [{ name: file.name, rows, columns: found.leaves.length, table: true }],
    text: async ({ sheet }) => {
      if (sheet === undefined || sheet === file.name) return textOf(parquet);
      throw new FaultError({ code: "unknown-sheet", file: file.name, sheet, known: [file.name] });
    },
  };
}

const bufferOf = (
  file: FileBytes,
): { byteLength: number; slice(from: number, to?: number): Promise<ArrayBuffer> } => ({
  byteLength: file.size,
  slice: async (from, to = file.size) => {
    const bytes = await file.slice(from, to);
    if (bytes.length < to - from) throw new RangeError("it ends too early");
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  },
});

/** The library would make binary fractions of decimals: their digits are read here. */
function withRawDecimals(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (element.converted_type !== "DECIMAL") return element;
    const { converted_type: _, ...rest } = element;
    const { precision = 0, scale = 0 } = element;
    return { ...rest, logical_type: { type: "DECIMAL" as const, precision, scale } };
  });
  return { ...metadata, schema };
}

function check(
  file: FileBytes,
  { row_groups: groups, num_rows: rows }: FileMetaData,
  { leaves, aside }: Leaves,
): void {
  const refuse = (reason: string, remedy: string): FaultError =>
    new FaultError({ code: "file-refused", file: file.name, format: FORMAT, reason, remedy });
  if (leaves.length === 0) {
    const holds = aside.length === 0 ? "no column" : `columns of ${aside[0]?.why} only`;
    throw new FaultError({ code: "no-sheet", file: file.name, holds });
  }
  if (leaves.length > COLUMN_LIMIT) {
    throw new FaultError({ code: "too-many-columns", columns: leaves.length, limit: COLUMN_LIMIT });
  }
  const sum = groups.reduce((all, group) => all + Number(group.num_rows), 0);
  if (sum !== Number(rows) || groups.some((group) => !(Number(group.num_rows) >= 0)))
    throw damaged(file, "It does not hold as many rows as it says.");
  if (sum * leaves.length > MOST_CELLS)
    throw refuse("It holds more than two billion cells.", "Open a part of its rows or columns.");
  if (groups.some((group) => Number(group.num_rows) * leaves.length > MOST_AT_ONCE)) {
    throw refuse(
      "More than 200 million of its cells are stored in one row group, which has to be held at once.",
      "Write it again in smaller row groups, for instance with row_group_size=100000 in pandas.",
    );
  }
  for (const group of groups) {
    for (const { meta_data } of group.columns) {
      if (meta_data === undefined) {
        throw refuse(
          "Some of its columns are encrypted or lie in other files.",
          "Write it again as one file without encryption, for instance with pandas.",
        );
      }
      if (READ_CODECS.has(meta_data.codec)) continue;
      throw refuse(
        `Its columns are packed with ${meta_data.codec ?? "an unknown method"}, which is not read here.`,
        'Write it again with Snappy, gzip or Zstandard, for instance with compression="zstd" in pandas.',
      );
    }
  }
}

async function textOf(parquet: Parquet): Promise<SheetText> {
  const { leaves, aside } = parquet.found;
  const fine = await fractionsOf(parquet);
  const utc = leaves.filter(
    ({ element: { logical_type: logical } }) => logical?.type === "TIMESTAMP" && logical.isAdjustedToUTC,
  );
  const names = (list: readonly { name: string }[]): string =>
    `${list
      .slice(0, 8)
      .map(({ name }) => `“${name}”`)
      .join(", ")}${list.length > 8 ? ` and ${list.length - 8} more` : ""}`;
  const whys = [...new Set(aside.map(({ why }) => why))];
  return {
    pieces: () => writeRecords(records(parquet, fine.fractions)),
    cells: { names: leaves.map(({ name }) => name), blocks: () => blocks(parquet, fine.fractions) },
    hints: hintsOf(parquet),
    written: "typed",
    notes: [
      ...whys.map(
        (why) => `Not read, because they hold ${why}: ${names(aside.filter((one) => one.why === why))}.`,
      ),
      ...(utc.length > 0 ? [`Times are in UTC in ${names(utc)}.`] : []),
      ...(fine.finer.length > 0 ? [`Parts of a millisecond were cut off in ${names(fine.finer)}.`] : []),
    ],
  };
}

function hintsOf({ metadata, found }: Parquet): ColumnHints {
  const levels = pandasCategories(metadata);
  return new Map(
    found.leaves.flatMap(({ name, path, sort }): [string, ColumnHint][] => {
      if (sort === "truth") return [[name, { kind: "boolean" }]];
      if (sort === "day" || sort === "moment") return [[name, { kind: "datetime" }]];
      return path.length === 1 && levels.has(path[0] as string) ? [[name, { kind: "category" }]] : [];
    }),
  );
}

/** Columns that pandas had as categories, as it notes in the file. */
function pandasCategories({ key_value_metadata: pairs = [] }: FileMetaData): ReadonlySet<string> {
  try {
    const told: unknown = JSON.parse(pairs.find(({ key }) => key === "pandas")?.value ?? "{}");
    const { columns } = told as { columns?: { name?: unknown; pandas_type?: unknown }[] };
    const categories = (columns ?? []).filter(({ pandas_type: type }) => type === "categorical");
    return new Set(categories.map(({ name }) => String(name)));
  } catch {
    return new Set();
  }
}

/** Of the columns of moments and times, those with parts of a second, and those with parts of a millisecond. */
async function fractionsOf(parquet: Parquet): Promise<{ fractions: ReadonlySet<Leaf>; finer: Leaf[] }> {
  const timed = parquet.found.leaves.filter(({ sort }) => sort === "moment" || sort === "clock");
  const fractions = new Set<Leaf>();
  const finer = new Set<Leaf>();
  for (const group of timed.length === 0 ? [] : parquet.metadata.row_groups) {
    for (const leaf of timed) {
      const rows = Number(group.num_rows);
      const next = valuesOf(leaf, await readTop(parquet, group, leaf.top));
      for (let row = 0; row < rows; row++) {
        const value = next();
        if (value === null || value === undefined) continue;
        const at = isMoment(value) ? value.milliseconds : clockOf(leaf.element, value);
        if (at % 1000 !== 0) fractions.add(leaf);
        if (isMoment(value) && value.finer) finer.add(leaf);
      }
      await breathe();
    }
  }
  return { fractions, finer: [...finer] };
}

/** The value of a leaf in that of its top column. */
function within(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (let i = 1; i < path.length; i++) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, path[i] as string);
  }
  return found;
}

/** The values of a leaf, the next one at each call. */
function valuesOf({ path }: Leaf, runs: Runs): () => unknown {
  let [run, at] = [0, 0];
  const next = (): unknown => {
    while (run < runs.length && at >= (runs[run]?.length ?? 0)) {
      run++;
      at = 0;
    }
    return runs[run]?.[at++];
  };
  return path.length === 1 ? next : () => within(next(), path);
}

const textsOf = ({ found }: Parquet, fractions: ReadonlySet<Leaf>): ((value: unknown) => string)[] =>
  found.leaves.map((leaf) => leafText(leaf.element, leaf.sort, fractions.has(leaf)));

/** A row group at a time, of which one column at a time is held. */
async function* blocks(parquet: Parquet, fractions: ReadonlySet<Leaf>): AsyncGenerator<CellBlock, undefined> {
  const { leaves } = parquet.found;
  const texts = textsOf(parquet, fractions);
  for (const group of parquet.metadata.row_groups) {
    let held: { readonly top: number; readonly runs: Runs } | undefined;
    yield {
      rows: Number(group.num_rows),
      async texts(column) {
        const leaf = leaves[column] as Leaf;
        const text = texts[column] as (value: unknown) => string;
        if (held?.top !== leaf.top) {
          held = undefined;
          held = { top: leaf.top, runs: await readTop(parquet, group, leaf.top) };
        }
        const next = valuesOf(leaf, held.runs);
        return () => text(next());
      },
    };
  }
  return undefined;
}

async function* records(
  parquet: Parquet,
  fractions: ReadonlySet<Leaf>,
): AsyncGenerator<RecordBlock, undefined> {
  const { leaves } = parquet.found;
  const texts = textsOf(parquet, fractions);
  yield [leaves.map(({ name }) => name)];
  for (const group of parquet.metadata.row_groups) {
    const rows = Number(group.num_rows);
    const tops = new Map<number, Runs>();
    for (const { top } of leaves) if (!tops.has(top)) tops.set(top, await readTop(parquet, group, top));
    const values = leaves.map((leaf) => valuesOf(leaf, tops.get(leaf.top) as Runs));
    for (let row = 0; row < rows; row += BLOCK) {
      const block: string[][] = [];
      for (let i = row; i < Math.min(rows, row + BLOCK); i++)
        block.push(values.map((next, column) => (texts[column] as (value: unknown) => string)(next())));
      yield block;
      await breathe();
    }
  }
  return undefined;
}
