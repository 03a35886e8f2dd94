import { asArray, asRecord, damaged } from "../../../codec/saved-state.ts";
import { FaultError } from "../../../fault.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Table } from "../../../table/table.ts";
import { answer } from "../../requests/answer.ts";
import type { ColumnCondition } from "../../requests/check.ts";
import type { Artifact, Model, SavedTensor } from "../../synthesizer.ts";
import { allowedTokens } from "../noisy-columns/allowed-tokens.ts";
import { tableOf, tokensOf, type NoisyColumn } from "../noisy-columns/noisy-columns.ts";
import { loadNoisyColumns, saveNoisyColumns } from "../noisy-columns/saved-columns.ts";
import { orderOf } from "./correlations.ts";
import { createDrawer, type DrawnColumn } from "./drawer.ts";
import { releasedTables } from "./released.ts";
import type { TargetParts } from "./target-parts.ts";
import { groupsIn, loadTarget, saveTarget, type JointTarget } from "./joint-target.ts";

export const ID = "dp-target";
const VERSION = 1;

/** The target's cell by its share, then every other column within it, joined by correlations where they were learned. */
export function createTargetModel(parts: TargetParts): Model {
  const { columns, name, target, factor } = parts;
  const drawer = createDrawer(parts.weights, drawnColumns(parts), factor);
  const ofTarget = new Set(target.targets.map(({ column }) => column));
  const draw = async (rows: number, rng: Rng, where: readonly ColumnCondition[] = []): Promise<Table> => {
    const asked = where.filter(({ column }) => factor === undefined || ofTarget.has(column));
    const allowed = new Map(
      asked.map((condition) => [
        condition.column,
        allowedTokens(columns.columns[condition.column] as NoisyColumn, condition),
      ]),
    );
    return tableOf(columns, name, await drawer.draw(rows, rng, allowed), rng);
  };
  const completeRows = async (given: Table, rng: Rng): Promise<Table> =>
    tableOf(columns, name, await drawer.complete(tokensOf(columns, given), rng), rng);
  return {
    synthesizer: ID,
    sample: (rows, rng, request) =>
      answer(request, rows, rng, {
        draw: (count, dice) => draw(count, dice),
        drawWhere: draw,
        ...(factor === undefined && { completeRows }),
      }),
    save: () => Promise.resolve(saveParts(parts)),
    released: () => releasedTables(parts),
    dispose: () => {},
  };
}

/** Columns as they are drawn: a target's tokens within its group by their own shares. */
function drawnColumns({ columns, target, shares }: TargetParts): DrawnColumn[] {
  return columns.columns.map((column, j): DrawnColumn => {
    const { count, missing } = column;
    const own = shares[j];
    if (own === undefined) return { shares: targetShares(column, j, target), count, missing };
    const table = Float64Array.from(own);
    return { shares: table, count, missing, ...(column.ordered && { order: orderOf(column) }) };
  });
}

function targetShares(column: NoisyColumn, j: number, target: JointTarget): Float64Array {
  const at = target.targets.findIndex((one) => one.column === j);
  const groups = target.targets[at]?.groups;
  const made = new Float64Array(target.cells * column.count);
  for (let cell = 0; cell < target.cells; cell++) {
    const group = groupsIn(target, cell)[at];
    column.shares.forEach((share, token) => {
      if (groups?.[token] === group) made[cell * column.count + token] = share;
    });
  }
  return made;
}

/** How many columns the correlations are of. */
const correlated = (columns: readonly NoisyColumn[], shares: TargetParts["shares"]): number =>
  columns.filter(({ ordered }, j) => ordered && shares[j] !== undefined).length;

function saveParts(parts: TargetParts): Artifact {
  const { params, name, columns, target, weights, shares, factor, guarantee } = parts;
  const d = correlated(columns.columns, shares);
  const tensors: SavedTensor[] = [
    { name: "cells", shape: [target.cells], data: weights.slice() },
    ...shares.flatMap((table, j): SavedTensor[] =>
      table
        ? [{ name: `table ${j}`, shape: [target.cells, table.length / target.cells], data: table.slice() }]
        : [],
    ),
    ...(factor ? [{ name: "factor", shape: [d, d], data: factor.slice() }] : []),
  ];
  const state = {
    table: saveNoisyColumns(columns, name),
    target: saveTarget(target),
    correlated: factor !== undefined,
    guarantee,
  };
  return { synthesizer: ID, version: VERSION, params, state, tensors };
}

/** Inverse of `save`; throws FaultError `model-damaged` or `model-version`. */
export function loadTargetModel({ version, params, state, tensors }: Artifact): Model {
  if (version !== VERSION)
    throw new FaultError({ code: "model-version", found: String(version), supported: String(VERSION) });
  const { name, ...columns } = loadNoisyColumns(state["table"]);
  const target = loadTarget(state["target"], columns.columns);
  const { cells } = target;
  const ofTarget = new Set(target.targets.map(({ column }) => column));
  const distribution = (label: string, rows: number, count: number): Float32Array => {
    const data = asArray(tensors, label, label === "cells" ? [count] : [rows, count]);
    for (let row = 0; row < rows; row++) {
      const own = data.subarray(row * count, (row + 1) * count);
      const sum = own.reduce((a, b) => a + b, 0);
      if (own.some((share) => share < 0) || Math.abs(sum - 1) > 1e-3) damaged("tables");
    }
    return data;
  };
  const weights = distribution("cells", 1, cells);
  const shares = columns.columns.map(({ count }, j) =>
    ofTarget.has(j) ? undefined : distribution(`table ${j}`, cells, count),
  );
  const d = correlated(columns.columns, shares);
  const factor = state["correlated"] === true ? asArray(tensors, "factor", [d, d]) : undefined;
  if (factor) for (let i = 0; i < d; i++) if (!((factor[i * d + i] as number) > 0)) damaged("correlations");
  const guarantee = asRecord(state["guarantee"], "guarantee");
  return createTargetModel({ params, name, columns, target, weights, shares, factor, guarantee });
}
