import { FaultError } from "../../fault.ts";
import { spansOf, type RecordSpans } from "./lines/cell-spans.ts";
import { readCsv, type ReadOptions } from "./read-csv.ts";
import { SEPARATOR_LINE } from "./lines/sniff-dialect.ts";
import type { Table } from "../table.ts";

/** A record of the file: where it stands in `text`, and which row of the table it is, -1 for none. */
export interface FileRecord {
  readonly cells: readonly string[];
  readonly spans: RecordSpans;
  readonly row: number;
  /** As a spreadsheet numbers it: the file's first record is 1. */
  readonly record: number;
}

/** A stretch of the file's text with the records in it; what stands before, between and after them is no record. */
export interface FileStretch {
  readonly text: string;
  readonly records: readonly FileRecord[];
}

export type FollowOptions = Pick<ReadOptions, "name" | "repair" | "written" | "headerRow">;

/** The row of the table that a complete row of the file became. */
function tableRows({ reading }: Table): (row: number) => number {
  const out = new Set(reading?.totals.flatMap(({ row }) => row ?? []));
  return (row) => {
    if (row < 0 || out.has(row)) return -1;
    let before = 0;
    for (const other of out) if (other < row) before++;
    return row - before;
  };
}

/**
 * Reads the file of `table` again and gives its whole text, stretch by stretch, with each of its records. Rejects with
 * FaultError: as reading does, and `file-changed` where the file is not the one that `table` was read from.
 */
export async function followFile(
  chunks: AsyncIterable<Uint8Array>,
  table: Table,
  { name, repair, ...layout }: FollowOptions,
  give: (stretch: FileStretch) => Promise<void>,
): Promise<void> {
  const { dialect } = table.schema;
  const rowOf = tableRows(table);
  let rest: string | undefined;
  let told: { cells: readonly string[]; row: number }[] = [];
  let record = 0;
  let rows = 0;
  const watch = {
    record: (cells: readonly string[], row: number): void => void told.push({ cells, row }),
    text: async (more: string): Promise<void> => {
      const text = rest === undefined ? more.replace(/^\ufeff/, "") : rest + more;
      let at = rest === undefined ? (SEPARATOR_LINE.exec(text)?.[0].length ?? 0) : 0;
      const records = told.map(({ cells, row }): FileRecord => {
        const spans = spansOf(text, at, cells, dialect);
        if (spans === undefined) throw changed(name);
        at = spans.next;
        const own = rowOf(row);
        if (own >= 0) rows++;
        return { cells, spans, row: own, record: ++record };
      });
      told = [];
      rest = text.slice(at);
      await give({ text: text.slice(0, at), records });
    },
  };
  // Told its encoding, the file is read once, and `watch` is told once.
  const changes = [{ type: "encoding", encoding: dialect.encoding } as const];
  await readCsv(chunks, { name, watch, changes, ...layout, ...(repair && { repair }) });
  if (rows !== table.rows) throw changed(name);
  if (rest !== undefined && rest !== "") await give({ text: rest, records: [] });
}

const changed = (file: string): FaultError => new FaultError({ code: "file-changed", file });
