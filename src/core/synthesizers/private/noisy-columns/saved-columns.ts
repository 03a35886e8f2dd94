import { loadTableSchema, saveTableSchema } from "../../../codec/columns/table-code.ts";
import {
  asList,
  asNumber,
  asNumbers,
  asOneOf,
  asRecord,
  asTexts,
  damaged,
} from "../../../codec/saved-state.ts";
import type { ColumnSchema } from "../../../table/table.ts";
import { levelsColumn } from "./levels-column.ts";
import { numbersColumn, type NoisyColumn, type NoisyColumns } from "./noisy-columns.ts";
import type { NumberBins } from "./numbers-column.ts";

const WHAT = "columns";

/** JSON-safe; what a model file has of the columns. `name`: of the table. */
export const saveNoisyColumns = (
  { schema, columns, rows }: NoisyColumns,
  name: string,
): Readonly<Record<string, unknown>> => ({
  ...saveTableSchema({ name, schema }),
  rows,
  columns: columns.map(saveColumn),
});

function saveColumn(column: NoisyColumn): Readonly<Record<string, unknown>> {
  const { type, missing } = column;
  const common = { type, missing: missing >= 0, shares: [...column.shares], variance: column.variance };
  if (column.type === "levels") return { ...common, levels: column.levels, untold: column.untold };
  const { edges, knots } = column.bins;
  return { ...common, edges: [...edges], knots: knots.map((own) => [...own]) };
}

/** Inverse of `saveNoisyColumns`; throws FaultError `model-damaged`. */
export function loadNoisyColumns(saved: unknown): NoisyColumns & { readonly name: string } {
  const state = asRecord(saved, WHAT);
  const { name, schema } = loadTableSchema(saved);
  const list = asList(state["columns"], WHAT);
  if (list.length !== schema.columns.length) return damaged(WHAT);
  const rows = asNumber(state["rows"], WHAT);
  if (!(rows > 0)) return damaged(WHAT);
  return {
    name,
    schema,
    rows,
    columns: list.map((item, j) => loadColumn(item, schema.columns[j] as ColumnSchema)),
  };
}

const isNumeric = ({ kind }: ColumnSchema): boolean =>
  kind === "integer" || kind === "decimal" || kind === "datetime";

function loadColumn(saved: unknown, schema: ColumnSchema): NoisyColumn {
  const state = asRecord(saved, WHAT);
  const type = asOneOf(state["type"], ["numbers", "levels"], WHAT);
  if ((type === "numbers") !== isNumeric(schema)) return damaged(WHAT);
  const missing = state["missing"] === true;
  const shares = asNumbers(state["shares"], WHAT);
  const variance = asNumber(state["variance"], WHAT);
  const sum = shares.reduce((a, b) => a + b, 0);
  if (
    shares.length === 0 ||
    !(variance >= 0) ||
    shares.some((share) => share <= 0) ||
    Math.abs(sum - 1) > 1e-6
  )
    return damaged(WHAT);
  const column =
    type === "numbers"
      ? numbersColumn(schema, loadBins(state), { shares, variance }, missing)
      : levelsColumn(
          schema.name,
          loadLevels(state),
          { shares, variance },
          { missing, untold: state["untold"] === true },
        );
  return column.count === shares.length ? column : damaged(WHAT);
}

function loadLevels(state: Readonly<Record<string, unknown>>): readonly string[] {
  const levels = asTexts(state["levels"], WHAT);
  return new Set(levels).size === levels.length ? levels : damaged(WHAT);
}

function loadBins(state: Readonly<Record<string, unknown>>): NumberBins {
  const edges = asNumbers(state["edges"], WHAT);
  const knots = asList(state["knots"], WHAT).map((own) => asNumbers(own, WHAT));
  if (knots.length !== Math.max(0, edges.length - 1)) return damaged(WHAT);
  if (edges.some((edge, k) => !Number.isSafeInteger(edge) || (k > 0 && edge <= (edges[k - 1] as number))))
    return damaged(WHAT);
  const fits = knots.every(
    (own, b) =>
      own.length >= 2 &&
      own[0] === edges[b] &&
      own[own.length - 1] === edges[b + 1] &&
      own.every((knot, k) => k === 0 || knot >= (own[k - 1] as number)),
  );
  return fits ? { edges, knots } : damaged(WHAT);
}
