/** Run in a process of its own by read.ts, so that the peak memory is this task's alone. Prints one line of JSON. */
import { createReadStream } from "node:fs";
import { readCsv } from "../src/core/table/read/read-csv.ts";
import { profileTable } from "../src/core/table/profile/profile-table.ts";
import { createCsvWriter } from "../src/core/table/write-csv.ts";
import { takeRows } from "../src/core/table/table.ts";

const path = process.argv[2] ?? "";
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const cpuAtStart = cpuSeconds();
const started = performance.now();
const { table } = await readCsv(createReadStream(path), { name: path });
const read = performance.now();
const readCpuSeconds = cpuSeconds() - cpuAtStart;
await profileTable(table);
const profiled = performance.now();
const peak = process.resourceUsage().maxRSS / 1024;
const writer = createCsvWriter(table.schema, { source: table });
let bytes = writer.header().length;
for (let from = 0; from < table.rows; from += 10_000) {
  const rows = Int32Array.from({ length: Math.min(10_000, table.rows - from) }, (_, i) => from + i);
  bytes += writer.rows(takeRows(table, rows)).length;
}
const written = performance.now();
process.stdout.write(
  JSON.stringify({
    rows: table.rows,
    columns: table.columns.length,
    readSeconds: (read - started) / 1000,
    readCpuSeconds,
    profileSeconds: (profiled - read) / 1000,
    peakMegabytes: peak,
    writeSeconds: (written - profiled) / 1000,
    writtenBytes: bytes,
  }),
);
