import type { TokenCodec } from "../../codec/token.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { Places } from "./places.ts";

/** What turns tokens of places into a table. */
interface TokenTable {
  readonly codec: TokenCodec;
  readonly places: Places;
}

/** Tokens of all places, rows x places, as a table; columns without a place have one token only. */
export function toTable({ codec, places }: TokenTable, tokens: Int32Array, rows: number, rng: Rng): Table {
  const breadth = codec.code.columns.length;
  const width = places.columns.length;
  const all = new Int32Array(rows * breadth);
  for (let j = 0; j < width; j++) {
    const column = places.columns[j] as number;
    for (let i = 0; i < rows; i++) all[i * breadth + column] = tokens[i * width + j] as number;
  }
  return codec.fromTokens(all, rng);
}
