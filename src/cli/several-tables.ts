import { extname } from "node:path";
import {
  drawsPatients,
  expectedRows,
  FaultError,
  severalTables,
  type Asked,
  type TrainedModel,
  type Wanted,
} from "../core/lab/lab.ts";
import { writeBytes, writeChunks } from "./files.ts";
import { badUse, numberOf, textOf, type Given, type OptionSpecs } from "./options.ts";
import { sampleFor } from "./out-file.ts";
import type { ProgressLine } from "./progress-line.ts";
import { MOST_ROWS } from "./synthesize.ts";
import { withProgress } from "./write-synthetic.ts";

const MOST_TABLES = 100;

export const severalTablesOptions: OptionSpecs = {
  tables: {
    value: "M",
    help: `Write M tables, 2 to ${MOST_TABLES}, as OUT-1.csv, OUT-2.csv and so on, with the seeds from --seed on.`,
  },
  estimates: {
    value: "FILE.csv",
    help: "With --tables: means and shares of all columns, combined over the tables after Raab, Nowok and Dibben (2016).",
  },
  "learned-rows": {
    value: "N",
    help: "With --estimates: rows that the model learned from, where its file does not tell.",
  },
};

/** How many tables are asked for; undefined: one, as it is. Throws FaultError `bad-use`. */
export function tablesOf(given: Given): number | undefined {
  if (textOf(given, "tables") === undefined) {
    for (const name of ["estimates", "learned-rows"])
      if (textOf(given, name) !== undefined) throw badUse(`--${name} goes with --tables.`);
    return undefined;
  }
  for (const name of ["complete", "where", "shares"])
    if (given.values[name] !== undefined || given.lists[name] !== undefined)
      throw badUse(`--tables and --${name} do not go together.`);
  return numberOf(given, "tables", NaN, { least: 2, most: MOST_TABLES, whole: true });
}

/** "out.csv" and 3: "out-3.csv" */
export function numbered(path: string, table: number): string {
  const packed = /\.gz$/i.exec(path)?.[0] ?? "";
  const end = extname(path.slice(0, path.length - packed.length)) + packed;
  return `${path.slice(0, path.length - end.length)}-${table}${end}`;
}

/** Writes the tables and, where they are asked for, the combined estimates. */
export async function writeTables(
  given: Given,
  model: TrainedModel,
  { tables, wanted, seed, asked }: { tables: number; wanted: Wanted; seed: number; asked: Asked },
  line: ProgressLine,
): Promise<void> {
  const out = textOf(given, "out") as string;
  const estimates = textOf(given, "estimates");
  if (estimates !== undefined && drawsPatients(model))
    throw badUse("--estimates counts rows that do not hang together; visits of one patient do.");
  const learnedRows = estimates === undefined ? NaN : learnedRowsOf(given, model);
  const expected = expectedRows(model, wanted);
  for (let i = 0; i < tables; i++) {
    const path = numbered(out, i + 1);
    const chunks = sampleFor(path, model, { wanted, seed: seed + i, asked });
    await writeChunks(path, withProgress(chunks, expected, line));
  }
  if (estimates === undefined || typeof wanted !== "number") return;
  const found = await severalTables(model, { tables, rows: wanted, seed, learnedRows }, (done) =>
    line.show("Combining", done / tables, `${done} of ${tables} tables`),
  );
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = found.map(({ column, level = "", value, error, interval, between }) =>
    [cell(column), cell(level), ...[value, error, interval.low, interval.high, between].map(String)].join(
      ",",
    ),
  );
  const head = "column,level,estimate,standard_error,low,high,between_tables_sd";
  await writeBytes(estimates, `${[head, ...lines].join("\n")}\n`);
}

function learnedRowsOf(given: Given, model: TrainedModel): number {
  const told = numberOf(given, "learned-rows", NaN, { least: 1, most: MOST_ROWS, whole: true });
  const rows = Number.isNaN(told) ? (model.facts.learned?.rows ?? model.report?.shape.train) : told;
  if (rows === undefined) {
    const message = "The model file does not tell how many rows were learned from: give --learned-rows.";
    throw new FaultError({ code: "bad-use", message });
  }
  return rows;
}
