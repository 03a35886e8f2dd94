import { coarsen, LEAST_K, MOST_K, type Coarsened } from "../../anonymity/coarsen.ts";
import { FaultError } from "../../fault.ts";
import type { CoarsenedBy } from "../../report/plane.ts";
import { targetColumn, type Table } from "../../table/table.ts";
import { createCsvWriter } from "../../table/write-csv.ts";
import { learnedTable } from "../left-out.ts";
import { allColumns, knownColumns } from "./plane-tables.ts";

/** The open table coarsened, without identifiers and free text. */
export interface CoarsenedTable extends Coarsened {
  /** columns of the source that are not among it */
  readonly withoutColumns: readonly string[];
  /** columns that stand as they were */
  readonly untouched: readonly string[];
  /** rows of the source */
  readonly of: number;
}

/**
 * Every row of `table`, coarsened until `k` patients look alike in `by`: the columns that an outsider is taken to know, all
 * but the target, or those named. Throws FaultError `bad-use` for k outside 2 to 50, unknown columns, and where nothing is known or
 * nothing is left.
 */
export async function coarsenTable(
  table: Table,
  k: number,
  by: CoarsenedBy | readonly string[],
  pulse?: () => Promise<void>,
): Promise<CoarsenedTable> {
  if (!Number.isInteger(k) || k < LEAST_K || k > MOST_K)
    throw badUse(`k must be a whole number from ${LEAST_K} to ${MOST_K}, not ${k}.`);
  const learned = learnedTable(table);
  const names = learned.schema.columns.map(({ name }) => name);
  const known = typeof by === "string" ? placesBy(learned, by) : by.map((name) => placeOf(names, name));
  if (known.length === 0)
    throw badUse("No column looks like something an outsider could know. Name those that one does.");
  const made = await coarsen(learned, known, k, targetColumn(learned.schema), pulse);
  if (made.rows.length === 0)
    throw badUse(`The table has fewer than ${k} patients, so none can look like ${k - 1} others.`);
  return {
    ...made,
    of: table.rows,
    withoutColumns: table.schema.columns.map(({ name }) => name).filter((name) => !names.includes(name)),
    untouched: names.filter((_, at) => !known.includes(at)),
  };
}

const placesBy = (learned: Table, by: CoarsenedBy): readonly number[] =>
  by === "all" ? allColumns(learned) : knownColumns(learned).known;

function placeOf(names: readonly string[], name: string): number {
  const at = names.indexOf(name);
  if (at < 0)
    throw badUse(`There is no column “${name}” that can be coarsened; there are ${names.join(", ")}.`);
  return at;
}

const badUse = (message: string): FaultError => new FaultError({ code: "bad-use", message });

/** The coarsened rows as a file in the source's dialect. They are real patients, in the order of the source. */
export function coarsenedCsv({ texts }: Pick<Coarsened, "texts">, source: Table): Uint8Array {
  const writer = createCsvWriter(texts.schema, { source });
  const [head, rows] = [writer.header(), writer.rows(texts)];
  const bytes = new Uint8Array(head.length + rows.length);
  bytes.set(head);
  bytes.set(rows, head.length);
  return bytes;
}
