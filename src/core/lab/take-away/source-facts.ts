import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Pulse } from "../../metrics/metric.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { createCsvWriter } from "../../table/write-csv.ts";
import type { SourceFacts } from "./facts.ts";

const BLOCK = 5000;

/** The table as CSV in its own dialect: its bytes where there is no file. */
function* tableBytes(table: Table): Generator<Uint8Array> {
  const writer = createCsvWriter(table.schema, { source: table });
  yield writer.header();
  for (let first = 0; first < table.rows; first += BLOCK) {
    const rows = Int32Array.from({ length: Math.min(BLOCK, table.rows - first) }, (_, i) => first + i);
    yield writer.rows(takeRows(table, rows));
  }
}

/**
 * What files say about where the real rows came from. `file`: the bytes of the file that `table` was read from; without
 * one (a simulated cohort) the table is written as CSV and that is hashed. Rejects as `pulse` and `file` do.
 */
export async function sourceFacts(
  table: Table,
  file: AsyncIterable<Uint8Array> | undefined,
  simulated: boolean,
  pulse: Pulse,
): Promise<SourceFacts> {
  const hash = sha256.create();
  let bytes = 0;
  for await (const piece of file ?? tableBytes(table)) {
    // A piece may be a whole file: about 20 ms of work at a time.
    for (let at = 0; at < piece.length; at += 1 << 21) {
      hash.update(piece.subarray(at, at + (1 << 21)));
      await pulse();
    }
    bytes += piece.length;
  }
  const { name, rows, columns } = table;
  const of = file === undefined ? "table" : "file";
  return { name, rows, columns: columns.length, bytes, sha256: bytesToHex(hash.digest()), of, simulated };
}
