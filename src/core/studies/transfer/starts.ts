import { createRng } from "../../math/rng.ts";
import type { TrainedModel } from "../../lab/model-file/model-file.ts";
import { sampleLearned } from "../../lab/sample/sample.ts";
import { shareLevels } from "../../table/rare-levels.ts";
import type { Column, Table } from "../../table/table.ts";
import { joined } from "../hospitals/two-tables.ts";
import { fitOn, REAL } from "../measuring/fit-and-sample.ts";
import { measureRows } from "../measuring/measure-rows.ts";
import { nestedRows } from "../measuring/nested-rows.ts";
import type { CellRow, StudyTools } from "../study.ts";

/** How a model comes to its rows: from nothing, going on from a model of the other table, on both tables together, or only from the other. */
export const STARTS = ["scratch", "tuned", "pooled", "elsewhere"] as const;
export type Start = (typeof STARTS)[number];

/** Fewest rows that every model writes, so that few training rows are not few rows to measure. */
const LEAST_WRITTEN = 500;

/** The same tables for all cells. */
export interface Trial {
  readonly train: Table;
  readonly holdout: Table;
  readonly elsewhere: Table;
  /** rows of the other table that are learned from, at most */
  readonly most: number;
}

export interface Wanted {
  readonly start: Start;
  /** rows of the open table that are learned from */
  readonly rows: number;
  /** a synthesizer's id, or `REAL` */
  readonly method: string;
  readonly seed: number;
}

/** Runs cells; remembers the last model of the other table, since cells beside each other go on from the same. */
export function createStarts({ train, holdout, elsewhere, most }: Trial) {
  let last: { readonly key: string; readonly model: TrainedModel } | undefined;

  const away = (seed: number): Table => {
    const dice = createRng(seed).fork("elsewhere");
    return nestedRows(elsewhere, most, dice);
  };

  async function learnedAway(method: string, seed: number, tools: StudyTools): Promise<TrainedModel> {
    const key = `${method}/${seed}`;
    if (last?.key === key) return last.model;
    const model = await fitOn({ train: away(seed), method, seed }, tools);
    last = { key, model };
    return model;
  }

  async function modelOf(
    { start, method, seed }: Wanted,
    some: Table,
    tools: StudyTools,
  ): Promise<TrainedModel> {
    switch (start) {
      case "scratch":
        return fitOn({ train: some, method, seed }, tools);
      case "pooled":
        return fitOn({ train: joined(some, away(seed)), method, seed }, tools);
      case "elsewhere":
        return learnedAway(method, seed, tools);
      case "tuned": {
        const from = await learnedAway(method, seed, tools);
        return fitOn({ train: asKnown(some, away(seed)), method, seed, from }, tools);
      }
    }
  }

  /** C2ST and TSTR on held-out rows of the open table. Rejects with FaultError. */
  return async (wanted: Wanted, tools: StudyTools): Promise<CellRow[]> => {
    const { rows, method, seed } = wanted;
    const dice = createRng(seed).fork("rows");
    const some = nestedRows(train, rows, dice);
    const measures = ["c2st", "tstr"] as const;
    if (method === REAL) return measureRows({ train, holdout, synthetic: some }, measures, seed, tools.pulse);
    const model = await modelOf(wanted, some, tools);
    const written = Math.max(LEAST_WRITTEN, holdout.rows);
    const synthetic = await sampleLearned(model, written, seed, undefined, tools.find);
    return measureRows({ train, holdout, synthetic }, measures, seed, tools.pulse);
  };
}

/** `table` as a model of `before` can read it: levels that fewer than five of its patients have are missing. */
export function asKnown(table: Table, before: Table): Table {
  const columns = table.columns.map((column, i): Column => {
    const other = before.columns[i];
    if (column.type !== "coded" || other?.type !== "coded") return column;
    const { known } = shareLevels(other, before.patients);
    const names = new Set(other.levels.filter((_, code) => known[code] === 1));
    return {
      ...column,
      codes: column.codes.map((code) => (names.has(column.levels[code] ?? "") ? code : -1)),
    };
  });
  return { ...table, columns };
}
