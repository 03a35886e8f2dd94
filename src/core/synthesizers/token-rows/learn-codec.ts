import { markCodedNumbers } from "../../codec/columns/coded-numbers.ts";
import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import { learnColumn } from "../../codec/columns/table-code.ts";
import { tokenCodec } from "../../codec/token.ts";
import type { TokenCodec } from "../../codec/token.ts";
import { breathe } from "../../math/breathe.ts";
import type { Table } from "../../table/table.ts";
import { start } from "../training/reported.ts";
import type { Progress } from "../synthesizer.ts";

/** The columns' tokens, learned one by one; numbers have at most `bins` bins. */
export async function* learnTokenCodec(
  train: Table,
  bins: number,
): AsyncGenerator<Progress, TokenCodec, void> {
  const columns: AnyColumnCode[] = [];
  for (const i of train.columns.keys()) {
    columns.push(learnColumn(train, i, { bins }));
    await breathe();
    yield { ...start, note: "Reading the columns" };
  }
  return tokenCodec({ name: train.name, schema: train.schema, columns: markCodedNumbers(train, columns) });
}
