import { withholding } from "../../codec/columns/withheld.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import { coverage } from "../../metrics/fidelity/coverage.ts";
import type { Tables } from "../../metrics/metric.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { drawRows } from "../measuring/draw-rows.ts";
import { fitOn, REAL } from "../measuring/fit-and-sample.ts";
import { measureRows } from "../measuring/measure-rows.ts";
import type { CellRow, StudyTools } from "../study.ts";
import { EARLY_STEPS, hasSteps, KEPT_SHARES, nearestCentre } from "./ablation.ts";
import { mixRows } from "./mix-rows.ts";
import { scoreMix } from "./score-mix.ts";
import type { Subgroups } from "./subgroups.ts";

/**
 * What of a cell a row is about. "share": `at` is the share of synthetic rows; "added": synthetic rows for each real one; "alone": as
 * "share", but without the synthetic rows; "quality": steps of training; "diversity": the share of rows kept.
 */
export type Series = "share" | "added" | "alone" | "quality" | "diversity";

export interface MixCell {
  readonly train: Table;
  readonly holdout: Table;
  readonly method: string;
  readonly seed: number;
  readonly shares: readonly number[];
  readonly added: readonly number[];
  readonly ablation: boolean;
  readonly subgroups: Subgroups | undefined;
  readonly target: string;
}

/** `times` as many rows of the cell's model as it learned from. */
type Draw = (times: number, seed: number) => Promise<Table>;

/** The seed of rows that are held out of every mix: another stream of the same model. */
const apartFrom = (seed: number): number =>
  createRng(seed)
    .fork("held-out rows")
    .integer(2 ** 31);

/** All mixes of one fit: scores by who, and how like and how diverse the synthetic rows are. Rejects with FaultError. */
export async function runMix(cell: MixCell, tools: StudyTools): Promise<CellRow[]> {
  const { train, holdout, method, seed } = cell;
  if (method === REAL) return realAlone(cell, tools);
  const model = await fitOn(
    { train, method, seed },
    { ...tools, onProgress: (part) => tools.onProgress?.(part / 3) },
  );
  const draw: Draw = (times, own) => drawRows(model, train, { times, seed: own }, tools);
  const synthetic = await draw(1, seed);
  const fresh = firstRows(await draw(Math.min(1, holdout.rows / train.rows), apartFrom(seed)), holdout.rows);
  const scored = scoring(cell, fresh, tools);
  const rows: CellRow[] = [];
  const size = Math.min(train.rows, synthetic.rows);
  for (const share of cell.shares) {
    const made = Math.round(share * size);
    rows.push(...(await scored(synthetic, { real: size - made, synthetic: made }, "share", share)));
    tools.onProgress?.(1 / 3 + rows.length / 1000);
  }
  if (cell.added.length > 0) {
    const pool = await draw(Math.max(1, ...cell.added), seed);
    for (const times of cell.added)
      rows.push(
        ...(await scored(
          pool,
          { real: train.rows, synthetic: Math.round(times * train.rows) },
          "added",
          times,
        )),
      );
  }
  rows.push(...(await likeness({ train, holdout, synthetic }, cell, "share", 1, tools)));
  if (cell.ablation) rows.push(...(await ablated(cell, draw, scored, tools)));
  return rows;
}

/** Real rows in the place of synthetic ones, and the real rows of each mix with nothing beside them. */
async function realAlone(cell: MixCell, tools: StudyTools): Promise<CellRow[]> {
  const { train, holdout } = cell;
  const rows = await likeness({ train, holdout, synthetic: holdout }, cell, "share", 0, tools);
  const scored = scoring(cell, holdout, tools);
  for (const share of cell.shares.filter((one) => one < 1)) {
    const real = train.rows - Math.round(share * train.rows);
    const scores = await scored(train, { real, synthetic: 0 }, "alone", share);
    rows.push(...scores.filter(({ measure }) => measure === "real"));
  }
  return rows;
}

type Scored = (
  synthetic: Table,
  of: { readonly real: number; readonly synthetic: number },
  series: Series,
  at: number,
) => Promise<CellRow[]>;

/** Scores of a mix, in which levels that no model may know count as what they come out as. */
function scoring({ train, holdout, seed, subgroups }: MixCell, fresh: Table, tools: StudyTools): Scored {
  const known = withholding(train);
  const [real, held] = [known.apply(train), known.apply(holdout)];
  return async (synthetic, of, series, at) => {
    await tools.pulse();
    const mix = mixRows(real, synthetic, of, createRng(seed).fork("mix"));
    const times = Math.max(1, (of.real + of.synthetic) / Math.max(1, train.rows));
    const scores = await scoreMix(
      { train: real, holdout: held, mix, fresh },
      subgroups,
      times,
      createRng(seed).fork("tstr"),
      tools.pulse,
    );
    return scores.map((row) => ({ ...row, of: { ...row.of, series, at } }));
  };
}

/** Poorer rows (training stopped early) and narrower ones (those nearest to the centre of more that were drawn), learned from alone. */
async function ablated(cell: MixCell, draw: Draw, scored: Scored, tools: StudyTools): Promise<CellRow[]> {
  const { train, holdout, method, seed } = cell;
  const rows: CellRow[] = [];
  const measured = async (synthetic: Table, series: Series, at: number): Promise<void> => {
    const size = Math.min(train.rows, synthetic.rows);
    rows.push(...(await scored(synthetic, { real: 0, synthetic: size }, series, at)));
    rows.push(...(await likeness({ train, holdout, synthetic }, cell, series, at, tools)));
  };
  if (hasSteps(method, tools.find))
    for (const steps of EARLY_STEPS) {
      const { onProgress: _none, ...quiet } = tools;
      const model = await fitOn({ train, method, seed, params: { steps } }, quiet);
      await measured(await drawRows(model, train, { seed }, tools), "quality", steps);
    }
  for (const share of KEPT_SHARES) {
    const many = await draw(1 / share, seed);
    await measured(
      nearestCentre(train, many, Math.round(share * many.rows), cell.target),
      "diversity",
      share,
    );
  }
  return rows;
}

/** C2ST and coverage of synthetic rows. */
async function likeness(
  tables: Tables,
  { seed }: MixCell,
  series: Series,
  at: number,
  { pulse }: StudyTools,
): Promise<CellRow[]> {
  const of = { who: "all", series, at };
  const against = at === 0 ? { ...tables, synthetic: tables.train } : tables;
  const told = await measureRows(against, ["c2st"], seed, pulse);
  const rng: Rng = createRng(seed).fork("coverage");
  const known = withholding(tables.train);
  const reached = await coverage.compute(
    { ...tables, train: known.apply(tables.train), holdout: known.apply(tables.holdout) },
    rng,
    pulse,
    true,
  );
  return [
    ...told.map((row) => ({ ...row, of })),
    ...(reached.status === "ok"
      ? [{ measure: "coverage", value: reached.value, of, n: tables.train.rows }]
      : []),
  ];
}

const firstRows = (table: Table, rows: number): Table =>
  table.rows <= rows
    ? table
    : takeRows(
        table,
        Int32Array.from({ length: rows }, (_, i) => i),
      );
