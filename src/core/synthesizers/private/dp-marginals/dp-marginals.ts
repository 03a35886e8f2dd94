import { FaultError } from "../../../fault.ts";
import type { Rng } from "../../../math/rng.ts";
import { targetColumn } from "../../../table/table.ts";
import type { Table } from "../../../table/table.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer, TableShape } from "../../synthesizer.ts";
import { reported, start } from "../../training/reported.ts";
import { learnNoisyColumns } from "../noisy-columns/learn-columns.ts";
import type { NoisyColumns } from "../noisy-columns/noisy-columns.ts";
import { tokensOf, untoldNotice } from "../noisy-columns/noisy-columns.ts";
import { guaranteeOf, guaranteeParams, openPrivate } from "../open-private.ts";
import type { Opened } from "../open-private.ts";
import { aim } from "./choosing/aim.ts";
import type { Choosing } from "./choosing/choosing.ts";
import { mst } from "./choosing/mst.ts";
import { alone } from "./growing.ts";
import type { Growing, TokenTable } from "./growing.ts";
import { groupShares, groupsOf } from "./groups.ts";
import type { Groups } from "./groups.ts";
import { createMarginalsModel, loadMarginalsModel, MOST_CELLS } from "./model.ts";

export const dpMarginals: Synthesizer = {
  id: "dp-marginals",
  name: "Noisy marginals (AIM, MST)",
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
        "By the number of columns: one after the other up to 250, or 100 with a target, which was nearer to real rows wherever it was measured.",
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
  const opened = openPrivate(train, params, options);
  yield { ...start, note: "Counting single columns, with noise" };
  const { columns, groups, data, alone: from } = await learned(train, opened);
  const notice = untoldNotice(columns);
  yield { ...start, fraction: 0.1, ...(notice !== undefined && { notice }) };
  const choosing: Choosing = {
    rows: opened.rows,
    data,
    rho: opened.rows.budget.left(),
    target: targetColumn(train.schema),
    mostCells: params["cells"] as number,
    largest: LARGEST_TABLE,
    enough: () => options.enough?.() === true,
  };
  const method = methodFor(params["selection"] as string, train.columns.length, choosing.target);
  let step = 0;
  const growing = yield* reported(method(choosing, from), (share): Progress => ({
    ...start,
    step: ++step,
    fraction: 0.1 + 0.85 * share,
    note: "Choosing and asking tables, with noise",
  }));
  const model = createMarginalsModel({
    params,
    name: train.name,
    columns,
    groups,
    potentials: growing.fitted.potentials,
    guarantee: guaranteeOf(opened, growing.total),
  });
  const preview =
    options.previewRows > 0 ? await model.sample(options.previewRows, rng.fork("preview")) : undefined;
  yield { ...start, step, steps: step, epoch: 1, epochs: 1, fraction: 1, ...(preview && { preview }) };
  return model;
}

/**
 * With more columns, choosing one after the other takes minutes: every pair is looked at in every round, and with a target
 * every pair beside it too, of which each new model must be sized anew.
 */
const [WIDE, WIDE_WITH_TARGET] = [250, 100];

/** By the number of columns and whether there is a target, both public. */
const methodFor = (selection: string, columns: number, target: number | undefined): typeof aim =>
  selection === "mst" || (selection === "table" && columns > (target === undefined ? WIDE : WIDE_WITH_TARGET))
    ? mst
    : aim;

interface Learned {
  readonly columns: NoisyColumns;
  readonly groups: readonly Groups[];
  readonly data: TokenTable;
  /** the model of columns by themselves */
  readonly alone: Growing;
}

/** Bins, levels and columns by themselves; everything there is to spend where there is one column only. */
async function learned(train: Table, { rows, facts }: Opened): Promise<Learned> {
  const { rho, spent } = rows.budget;
  const share = train.columns.length === 1 ? 1 : COLUMNS_SHARE;
  const columns = await learnNoisyColumns(rows, facts, share * rho, {
    bins: (counted) => binsFor(counted, rho),
    heed: train.schema.columns.flatMap(({ name, role }) => (role === "target" ? [name] : [])),
  });
  const rowsSigma = spent[0]?.sigma ?? 1;
  const sigma = spent.at(-1)?.sigma ?? 1;
  const groups = columns.columns.map((column) => groupsOf(column, columns.rows, sigma));
  const singles = columns.columns.map((column, j) => ({
    clique: [j],
    counts: groupShares(groups[j] as Groups, column.shares).map((own) => own * columns.rows),
    sigma: column.type === "numbers" ? sigma * Math.sqrt(Math.max(1, FINE_CELLS / column.count)) : sigma,
  }));
  const data = tokenTable(train, columns, groups);
  const counted = { sum: columns.rows, variance: rowsSigma ** 2 };
  return { columns, groups, data, alone: await alone(data.counts, singles, counted) };
}

/** Cells that a bin of numbers is made of, all bins together: its noise is theirs. */
const FINE_CELLS = 64;

/** Bins of a column of numbers: the more rows and budget, the more. */
const binsFor = (rows: number, rho: number): number =>
  Math.round(Math.min(24, Math.max(4, (rows * Math.sqrt(rho)) ** 0.37)));

function tokenTable(train: Table, columns: NoisyColumns, groups: readonly Groups[]): TokenTable {
  const tokens = tokensOf(columns, train).map((own, j) => {
    const { of } = groups[j] as Groups;
    return own.map((token) => (token < 0 ? -1 : (of[token] as number)));
  });
  return { counts: groups.map(({ count }) => count), tokens };
}

/** Counting every pair of columns once, then rounds that are more where more can be learned; measured on 9 to 200 columns. */
function expectedSeconds({ rows, columns }: TableShape, params: Params, pace: number): number {
  const signal = 1 + ((params["epsilon"] as number) * columns) / 40;
  const rounds = 0.004 * columns ** 1.3 * signal * Math.min(1, rows / 3000) ** 0.6;
  return pace * (0.1 + 2.5e-8 * rows * columns ** 2 + (params["selection"] === "mst" ? 0.3 : 1) * rounds);
}
