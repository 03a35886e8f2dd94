import type { Column } from "../../table/table.ts";
import type { TableWriter, Written } from "../table-writer.ts";
import { ByteBuilder } from "./byte-builder.ts";
import { ibmBytes } from "./ibm-bytes.ts";
import { describe, xptHeaders } from "./xpt-headers.ts";
import { variables, type Variable } from "./variables.ts";

const FORMAT = "a SAS transport file";
const RECORD = 80;
const DAY = 86_400_000;

/** 1960-01-01, from which SAS counts days and seconds, in milliseconds since 1970-01-01. */
const SIXTY = Date.UTC(1960, 0, 1);

/**
 * A SAS transport file in UTF-8: of version 5 where its names fit in 8 characters, labels in 40 and texts in 200 bytes, else of
 * version 8, which says how many rows it has and so is held until the last one is known. Labelled levels are their codes,
 * for which such a file has no labels.
 */
export const xptWriter: TableWriter = async function* ({ name, schema, rows: expected }, blocks) {
  const body = new ByteBuilder(false);
  let made: readonly Variable[] | undefined;
  let described: ReturnType<typeof describe> | undefined;
  let rows = 0;
  let length = 0;
  const held: Uint8Array[] = [];
  for await (const block of blocks) {
    if (made === undefined || described === undefined) {
      made = variables(schema, block, expected, FORMAT);
      described = describe(made);
      if (described.version === 5) yield { bytes: xptHeaders(name, made, described, 0), rows: 0 };
    }
    const cells = made.map((variable, i) => cellOf(variable, block.columns[i] as Column, body));
    for (let row = 0; row < block.rows; row++) for (const write of cells) write(row);
    rows += block.rows;
    const bytes = body.take();
    length += bytes.length;
    if (described.version === 5) yield { bytes, rows };
    else held.push(bytes);
  }
  made ??= variables(schema, undefined, expected, FORMAT);
  const known = described ?? describe(made);
  if (known.version === 8 || described === undefined)
    yield { bytes: xptHeaders(name, made, known, rows), rows: 0 };
  yield* released(held, rows);
  yield { bytes: new Uint8Array((RECORD - (length % RECORD)) % RECORD).fill(32), rows };
};

function* released(held: readonly Uint8Array[], rows: number): Generator<Written> {
  for (let i = 0; i < held.length; i++) {
    yield { bytes: held[i] as Uint8Array, rows: Math.floor((rows * (i + 1)) / held.length) };
  }
}

function cellOf(variable: Variable, column: Column, body: ByteBuilder): (row: number) => void {
  if (variable.type === "text") {
    const texts = variable.texts(column);
    return (row) => void body.padded(texts(row), variable.width);
  }
  const numbers = variable.numbers(column);
  const stored = storing(variable.moments);
  return (row) => void body.put(ibmBytes(stored(numbers(row))));
}

function storing(moments: Variable["moments"]): (value: number) => number {
  if (moments === "date") return (ms) => sasDays(Math.floor((ms - SIXTY) / DAY));
  if (moments === "datetime") return (ms) => (ms - SIXTY) / 1000;
  if (moments === "time") return (ms) => ms / 1000;
  return (value) => value;
}

/** SAS skips 29 February of the years 4000 and 8000. */
const sasDays = (days: number): number => days - (days > 2_206_123 ? 2 : days > 745_153 ? 1 : 0);
