import { asArray, asIndex, asList, asRecord, damaged } from "../../../codec/saved-state.ts";
import { FaultError } from "../../../fault.ts";
import { breathe } from "../../../math/breathe.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Guarantee } from "../../../private/guarantee.ts";
import type { Column, Table } from "../../../table/table.ts";
import { answer } from "../../requests/answer.ts";
import type { RowSource } from "../../requests/row-source.ts";
import type { Artifact, Model, Params, ReleasedTable } from "../../synthesizer.ts";
import { completeTokens, type GivenTokens } from "../../token-rows/complete.ts";
import { drawAllowed } from "../../token-rows/conditions.ts";
import { allowedTokens } from "../noisy-columns/allowed-tokens.ts";
import {
  tableOf,
  tokensOf,
  tokensOfColumn,
  type NoisyColumn,
  type NoisyColumns,
} from "../noisy-columns/noisy-columns.ts";
import { loadNoisyColumns, saveNoisyColumns } from "../noisy-columns/saved-columns.ts";
import { tokenFeatures } from "./features.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { forward, roomFor, softmax } from "./passes.ts";
import { createSampler } from "./sampler.ts";

export const ID = "dp-network";
const VERSION = 1;
const MOST_UNITS = 1024;

/** What a model is made of: noisy columns, weights that were learned from noisy sums, and what was spent. */
export interface NetworkParts {
  readonly params: Params;
  /** of the table */
  readonly name: string;
  readonly columns: NoisyColumns;
  /** the column at each place */
  readonly order: readonly number[];
  readonly units: number;
  readonly weights: Float64Array;
  readonly guarantee: Guarantee | Readonly<Record<string, unknown>>;
}

export const columnsInOrder = ({ columns }: NoisyColumns, order: readonly number[]): NoisyColumn[] =>
  order.map((column) => columns[column] as NoisyColumn);

export const networkLayout = (columns: NoisyColumns, order: readonly number[], units: number): Layout =>
  layoutOf(columnsInOrder(columns, order).map(tokenFeatures), units);

/** Tokens of every row of `table` in the places of `order`, rows x places; -1 where a cell has none. */
export function placedTokens(columns: NoisyColumns, order: readonly number[], table: Table): Int32Array {
  const own = tokensOf(columns, table);
  const tokens = new Int32Array(table.rows * order.length);
  order.forEach((column, k) => {
    const from = own[column] as Int32Array;
    for (let row = 0; row < table.rows; row++) tokens[row * order.length + k] = from[row] as number;
  });
  return tokens;
}

export function createNetworkModel(parts: NetworkParts): Model {
  const { columns, order, name } = parts;
  const layout = networkLayout(columns, order, parts.units);
  const sampler = createSampler(layout, parts.weights);
  const made = (tokens: Int32Array, rows: number, rng: Rng): Table => {
    const own = columns.columns.map(() => new Int32Array(rows));
    order.forEach((column, k) => {
      const into = own[column] as Int32Array;
      for (let row = 0; row < rows; row++) into[row] = tokens[row * order.length + k] as number;
    });
    return tableOf(columns, name, own, rng);
  };
  const source: RowSource = {
    draw: async (rows, rng) => made(await sampler.draw(rows, rng), rows, rng),
    drawWhere: async (rows, rng, where) => {
      const allowed = order.map((column) => {
        const condition = where.find((one) => one.column === column);
        return condition && allowedTokens(columns.columns[column] as NoisyColumn, condition);
      });
      const drawn = await drawAllowed(sampler, allowed, rows, rng);
      return made(drawn.tokens, drawn.rows, rng);
    },
    completeRows: async (given, rng) =>
      made(await completeTokens(sampler, givenTokens(columns, order, given), rng), given.rows, rng),
  };
  return {
    synthesizer: ID,
    sample: (rows, rng, request) => answer(request, rows, rng, source),
    released: () =>
      columns.columns.map((column, j): ReleasedTable => ({
        columns: [column.name],
        shares: column.shares,
        noise: Math.sqrt(column.variance),
        cellsOf: (rows) => tokensOfColumn(column, rows.columns[j] as Column),
      })),
    save: () => Promise.resolve(saveParts(parts, layout)),
    dispose: () => {},
  };
}

/** Cells that have no token are asked for as empty ones are. */
function givenTokens(columns: NoisyColumns, order: readonly number[], given: Table): GivenTokens {
  const tokens = placedTokens(columns, order, given);
  const empty = tokens.map((token, at) => {
    const column = given.columns[order[at % order.length] as number] as Column;
    const row = Math.floor(at / order.length);
    const absent =
      column.type === "numeric" ? !Number.isFinite(column.values[row]) : (column.codes[row] as number) < 0;
    return absent || token < 0 ? 1 : 0;
  });
  const missing = columnsInOrder(columns, order).map((column) => column.missing);
  return { rows: given.rows, tokens, empty: Uint8Array.from(empty), missing };
}

const saveParts = (
  { params, name, columns, order, units, weights, guarantee }: NetworkParts,
  { size }: Layout,
): Artifact => ({
  synthesizer: ID,
  version: VERSION,
  params,
  state: { columns: saveNoisyColumns(columns, name), order: [...order], units, guarantee },
  tensors: [{ name: "weights", shape: [size], data: Float32Array.from(weights) }],
});

/** Inverse of a model's `save`; throws FaultError `model-damaged` or `model-version`. */
export function loadNetworkParts({ version, params, state, tensors }: Artifact): NetworkParts {
  if (version !== VERSION)
    throw new FaultError({ code: "model-version", found: String(version), supported: String(VERSION) });
  const { name, ...columns } = loadNoisyColumns(state["columns"]);
  const width = columns.columns.length;
  const order = asList(state["order"], "order").map((item) => asIndex(item, width, "order"));
  if (order.length !== width || new Set(order).size !== width) return damaged("order");
  const units = asIndex(state["units"], MOST_UNITS + 1, "units");
  const { size } = networkLayout(columns, order, units);
  const weights = Float64Array.from(asArray(tensors, "weights", [size]));
  return {
    params,
    name,
    columns,
    order,
    units,
    weights,
    guarantee: asRecord(state["guarantee"], "guarantee"),
  };
}

/** log p of the tokens of each row of `table`, nats; cells without a token tell nothing. */
export async function networkLogLikelihoods(
  artifact: Artifact,
  table: Table,
  pulse: () => Promise<void> = breathe,
): Promise<Float64Array> {
  const { columns, order, units, weights } = loadNetworkParts(artifact);
  const layout = networkLayout(columns, order, units);
  const tokens = placedTokens(columns, order, table);
  const pass = roomFor(layout);
  const logs = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    forward(layout, weights, tokens, row * order.length, pass);
    for (let k = 0; k < order.length; k++) {
      const token = tokens[row * order.length + k] as number;
      const from = layout.logitFrom[k] as number;
      if (token < 0) continue;
      softmax(pass.logits, from, layout.logitFrom[k + 1] as number);
      logs[row] = (logs[row] as number) + Math.log(Math.max(1e-300, pass.logits[from + token] as number));
    }
    if (row % 100 === 99) await pulse();
  }
  return logs;
}
