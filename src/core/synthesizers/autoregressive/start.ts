import { keptCount } from "../../codec/columns/column-code.ts";
import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import type { BlockPlan } from "./blocks.ts";
import type { TokenRows } from "../token-rows/rows.ts";
import { offsetOf } from "../token-rows/heads.ts";
import { loadAutoregressiveParts } from "./model.ts";
import { toTable } from "../token-rows/to-table.ts";
import type { AutoregressiveParts } from "./model.ts";
import { checkSameSynthesizer } from "../training/continue-from.ts";
import type { Artifact } from "../synthesizer.ts";

/** The model that a fit goes on from. Throws FaultError `bad-use`, `model-damaged`, `model-version`. */
export function partsToContinue(artifact: Artifact): AutoregressiveParts {
  checkSameSynthesizer(artifact, "autoregressive");
  return loadAutoregressiveParts(artifact);
}

/** `table` with the columns that the model has, in its order. Throws FaultError `columns-differ`. */
export function inOrderOf(before: AutoregressiveParts, table: Table): Table {
  const like = toTable(before, new Int32Array(0), 0, createRng(0));
  const names = table.schema.columns.map(({ name }) => name);
  const wanted = like.schema.columns.map(({ name }) => name);
  const at = wanted.map((name, i) => {
    const found = names.indexOf(name);
    return table.columns[found]?.type === like.columns[i]?.type ? found : -1;
  });
  const missing = wanted.filter((_, i) => (at[i] as number) < 0);
  const extra = names.filter((_, i) => !at.includes(i));
  if (missing.length > 0 || extra.length > 0)
    throw new FaultError({ code: "columns-differ", missing, extra });
  const columns = at.map((i) => table.columns[i] as Column);
  const schema = { ...table.schema, columns: at.map((i) => table.schema.columns[i] as ColumnSchema) };
  return { ...table, columns, schema };
}

/** Logits of each place without a network, in a first fit: the shares in a table of `rows` rows. */
export function firstOffsets({ codec, places }: TokenRows, rows: number): Float32Array[] {
  return places.columns.map((column) =>
    offsetOf((codec.code.columns[column] as AnyColumnCode).code.shares, rows),
  );
}

/** Rows that the model before counts as, where a column's shares are moved to another table's. */
const ROWS_BEFORE = 30;

/**
 * The same when going on from a model: the new table's shares, with those of the model before as 30 rows more. What the
 * networks say beside them stays as it was.
 */
export function movedOffsets(before: readonly BlockPlan[], { tokens, rows }: TokenRows): Float32Array[] {
  return before.map(({ head }, place) => {
    const counts = new Float64Array(head.classes);
    for (let i = 0; i < rows; i++) {
      const token = tokens[i * before.length + place] as number;
      counts[token] = (counts[token] as number) + 1;
    }
    const total = ROWS_BEFORE + counts.reduce((sum, count) => sum + keptCount(count), 0);
    return head.offset.map((log, token) =>
      Math.log((keptCount(counts[token] as number) + ROWS_BEFORE * Math.exp(log)) / total),
    );
  });
}
