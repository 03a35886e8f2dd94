import { FaultError } from "../../../fault.ts";
import type { Rng } from "../../../math/rng.ts";
import { targetColumn } from "../../../table/table.ts";
import type { Table } from "../../../table/table.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer, TableShape } from "../../synthesizer.ts";
import { start } from "../../training/reported.ts";
import { learnNoisyColumns } from "../noisy-columns/learn-columns.ts";
import type { NoisyColumn } from "../noisy-columns/noisy-columns.ts";
import { tokensOf, untoldNotice } from "../noisy-columns/noisy-columns.ts";
import { guaranteeOf, guaranteeParams, openPrivate } from "../open-private.ts";
import { aim } from "./choosing/aim.ts";
import type { Choosing } from "./choosing/choosing.ts";
import { mst } from "./choosing/mst.ts";
import { alone } from "./growing.ts";
import type { TokenTable } from "./growing.ts";
import { groupShares, groupsOf } from "./groups.ts";
import type { Groups } from "./groups.ts";
import type { Axis } from "./smoothed.ts";
import { createMarginalsModel, loadMarginalsModel, MOST_CELLS } from "./model.ts";

export const dpMarginals: Synthesizer = {
  id: "dp-marginals",
  name: "Noisy tables of columns together (MST, AIM)",
  summary:
    "Asks a few tables of two or three columns with noise, those that teach most, and joins them to one model: the choice with a guarantee where no target is named.",
  reference:
    "McKenna, Sheldon & Miklau 2019, Private-PGM; McKenna, Miklau & Sheldon 2021, MST; McKenna et al. 2022, AIM",
  guarantee: true,
  params: {
    ...guaranteeParams,
    selection: {
      type: "choice",
      label: "How tables are chosen",
      default: "table",
      choices: [
        { value: "table", label: "By the table" },
        { value: "aim", label: "One after the other, by what the model lacks (AIM)" },
        { value: "mst", label: "A tree of pairs, all at once (MST)" },
      ],
      reason:
        "By the noisy number of rows, columns and epsilon alone: one after the other wherever time allows.",
    },
    cells: {
      type: "number",
      label: "Most cells of the model",
      default: 200_000,
      min: 1000,
      max: MOST_CELLS,
      integer: true,
      log: true,
      reason: "Larger models keep more of three columns together and take longer; the noise decides sooner.",
    },
  },
  fit,
  expectedSeconds,
  load: (artifact) => Promise.resolve().then(() => loadMarginalsModel(artifact)),
};

/** Of rho, for bins, levels and columns by themselves. */
const COLUMNS_SHARE = 0.25;
const LARGEST_TABLE = 20_000;

async function* fit(
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  if (train.rows < 2) throw new FaultError({ code: "too-few-rows", rows: train.rows, needed: 2 });
  const opened = openPrivate(train, params, rng.fork("patients"), options);
  const { rows, facts } = opened;
  const { rho } = rows.budget;
  yield { ...start, note: "Counting single columns, with noise" };
  const wide = train.columns.length;
  const share = wide === 1 ? 1 : COLUMNS_SHARE;
  const columns = await learnNoisyColumns(rows, facts, share * rho, {
    bins: (counted) => binsFor(counted, rho),
    heed: train.schema.columns.flatMap(({ name, role }) => (role === "target" ? [name] : [])),
  });
  const notice = untoldNotice(columns);
  if (notice !== undefined) yield { ...start, fraction: 0.1, notice };
  const noise = rows.budget.spent.at(-1)?.sigma ?? 1;
  const groups = columns.columns.map((column) => groupsOf(column, columns.rows, noise));
  const data = tokenTable(train, columns, groups);
  const singles = columns.columns.map((column, j) => ({
    clique: [j],
    counts: groupShares(groups[j] as Groups, column.shares).map((own) => own * columns.rows),
    sigma: noise * (column.type === "numbers" ? Math.sqrt(Math.max(1, FINE_CELLS / column.count)) : 1),
  }));
  let growing = await alone(axesOf(columns.columns, groups), singles, columns.rows);
  const choosing: Choosing = {
    rows,
    data,
    rho: rows.budget.left(),
    target: targetColumn(train.schema),
    mostCells: params["cells"] as number,
    largest: LARGEST_TABLE,
    enough: () => options.enough?.() === true,
  };
  const work = (params["selection"] === "mst" ? mst : aim)(choosing, growing);
  let step = 0;
  for (;;) {
    const next = await work.next();
    if (next.done === true) {
      growing = next.value;
      break;
    }
    step++;
    yield {
      ...start,
      step,
      fraction: 0.1 + 0.85 * next.value,
      note: "Choosing and asking tables, with noise",
    };
  }
  const model = createMarginalsModel({
    params,
    name: train.name,
    columns,
    groups,
    potentials: growing.fitted.potentials,
    guarantee: guaranteeOf(opened, columns.rows),
  });
  const preview =
    options.previewRows > 0 ? await model.sample(options.previewRows, rng.fork("preview")) : undefined;
  yield { ...start, step, steps: step, epoch: 1, epochs: 1, fraction: 1, ...(preview && { preview }) };
  return model;
}

/** How the groups of each column lie. */
const axesOf = (columns: readonly NoisyColumn[], groups: readonly Groups[]): Axis[] =>
  columns.map(({ missing, ordered }, j) => {
    const { of, count } = groups[j] as Groups;
    return { count, ordered, missing: missing < 0 ? -1 : (of[missing] as number) };
  });

const FINE_CELLS = 64;

/** Bins of a column of numbers: the more rows and budget, the more. */
const binsFor = (rows: number, rho: number): number =>
  Math.round(Math.min(24, Math.max(4, (rows * Math.sqrt(rho)) ** 0.37)));

function tokenTable(
  train: Table,
  columns: Parameters<typeof tokensOf>[0],
  groups: readonly Groups[],
): TokenTable {
  const tokens = tokensOf(columns, train).map((own, j) => {
    const { of } = groups[j] as Groups;
    return own.map((token) => (token < 0 ? -1 : (of[token] as number)));
  });
  return { counts: groups.map(({ count }) => count), tokens };
}

function expectedSeconds({ rows, columns }: TableShape, _params: Params, pace: number): number {
  return pace * (0.3 + 2e-8 * rows * columns ** 2 + 0.01 * columns ** 1.6);
}
