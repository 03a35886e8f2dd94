/** Reading: a 100 MB CSV and 1,000,000 rows x 15 columns to a table, and back to CSV. */
import { execFile } from "node:child_process";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRng, type Rng } from "../src/core/math/rng.ts";

export interface ReadTiming {
  readonly file: string;
  readonly megabytes: number;
  readonly rows: number;
  readonly columns: number;
  /** File to table, kinds inferred. */
  readonly readSeconds: number;
  /** The same in processor time, which a busy machine does not stretch. */
  readonly readCpuSeconds: number;
  readonly megabytesPerSecond: number;
  /** Table to column profiles; with the reading, what a person waits for. */
  readonly profileSeconds: number;
  /** Peak resident memory of the process that read, before it wrote. */
  readonly peakMegabytes: number;
  /** Table to CSV in chunks of 10,000 rows. */
  readonly writeSeconds: number;
}

const MEGABYTE = 1e6;
const WARDS = ["Cardiology", "Geriatrics", "Surgery", "Intensive care"];

/** A hospital's kinds of columns: ids, times, few levels, many levels, whole and decimal numbers, missing cells. */
function line(rng: Rng, rows: number): string {
  const at = new Date(1.5e12 + Math.floor(rng.uniform() * 1.5e11)).toISOString();
  return [
    `P${String(rng.integer(rows)).padStart(7, "0")}`,
    at.slice(0, 16).replace("T", " "),
    Math.round(60 + 15 * rng.normal()),
    rng.uniform() < 0.5 ? "F" : "M",
    WARDS[rng.integer(4)],
    Math.round(130 + 20 * rng.normal()),
    Math.round(80 + 12 * rng.normal()),
    Math.exp(4.6 + 0.4 * rng.normal()).toFixed(1),
    rng.uniform() < 0.1 ? "" : Math.round(Math.exp(8 + rng.normal())),
    (75 + 12 * rng.normal()).toFixed(1),
    rng.normal().toFixed(6),
    (rng.uniform() * 1000).toFixed(4),
    `I${rng.integer(900)}.${rng.integer(10)}`,
    rng.uniform() < 0.3 ? "yes" : "no",
    rng.uniform() < 0.07 ? 1 : 0,
  ].join(",");
}

const HEADER =
  "patient_id,admitted_at,age,sex,ward,sbp,dbp,creatinine,nt_probnp,weight,lab1,lab2,code,diabetes,died";

/** Writes a table to `path` until it has `rows` rows or `bytes` bytes. */
async function writeTable(path: string, limit: { rows: number; bytes: number }): Promise<void> {
  const rng = createRng(1);
  const file = await open(path, "w");
  try {
    let text = `${HEADER}\n`;
    let bytes = 0;
    for (let row = 0; row < limit.rows && bytes < limit.bytes; row++) {
      text += `${line(rng, 1_000_000)}\n`;
      if (text.length < 1 << 20) continue;
      bytes += text.length;
      await file.write(text);
      text = "";
    }
    await file.write(text);
  } finally {
    await file.close();
  }
}

interface Measured {
  readonly rows: number;
  readonly columns: number;
  readonly readSeconds: number;
  readonly readCpuSeconds: number;
  readonly profileSeconds: number;
  readonly peakMegabytes: number;
  readonly writeSeconds: number;
}

async function measure(name: string, path: string): Promise<ReadTiming> {
  const child = fileURLToPath(new URL("./read-child.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", child, path]);
  const measured = JSON.parse(stdout) as Measured;
  const megabytes = (await stat(path)).size / MEGABYTE;
  return { file: name, megabytes, ...measured, megabytesPerSecond: megabytes / measured.readSeconds };
}

/** Measures both files, one after the other, each in a process of its own. */
export async function benchRead(): Promise<ReadTiming[]> {
  const folder = await mkdtemp(join(tmpdir(), "semblance-read-"));
  try {
    const files = [
      { name: "100 MB", limit: { rows: Infinity, bytes: 100 * MEGABYTE } },
      { name: "1,000,000 x 15", limit: { rows: 1_000_000, bytes: Infinity } },
    ];
    const timings: ReadTiming[] = [];
    for (const { name, limit } of files) {
      const path = join(folder, `${timings.length}.csv`);
      await writeTable(path, limit);
      timings.push(await measure(name, path));
    }
    return timings;
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await benchRead(), null, 2));
}
