import type { AnyColumnCode, TableCode } from "../../codec/columns/table-code.ts";
import {
  assembleTable,
  cellsOf,
  learnColumn,
  loadTableCode,
  saveTableCode,
} from "../../codec/columns/table-code.ts";
import { damaged } from "../../codec/saved-state.ts";
import { withheldNotice } from "../../codec/columns/withheld.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import { answer } from "../requests/answer.ts";
import type { ColumnCondition } from "../requests/check.ts";
import type { Artifact, FitOptions, Model, Params, Progress, Synthesizer } from "../synthesizer.ts";

const id = "independent";

/** .3 to 2.5 microseconds on tables of 9 to 30 columns and 450 to 5,600 rows. */
const SECONDS_PER_CELL = 1.5e-6;

/** The honest floor: every column by itself, as it is distributed in the train table; nothing between columns. */
export const independent: Synthesizer = {
  id,
  name: "Independent columns",
  summary:
    "Each column drawn by itself: right margins, no relation between columns. The floor to compare with.",
  reference: "Baseline; column shapes alone cannot tell it from a good model",
  params: {},
  fit,
  expectedSeconds: ({ rows, columns }, _params, pace) => SECONDS_PER_CELL * rows * columns * pace,
  load: (artifact: Artifact): Promise<Model> => {
    if (artifact.version !== 1) damaged("version");
    return Promise.resolve(createModel(loadTableCode(artifact.state["table"])));
  },
};

async function* fit(
  train: Table,
  _params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  const columns: AnyColumnCode[] = [];
  const total = train.columns.length;
  for (let j = 0; j < total; j++) {
    columns.push(learnColumn(train, j));
    await breathe();
    yield { step: j + 1, steps: total, epoch: 1, epochs: 1, fraction: (j + 1) / (total + 1), losses: {} };
  }
  const code = { name: train.name, schema: train.schema, columns };
  const notice = withheldNotice(code);
  const model = createModel(code);
  const preview =
    options.previewRows > 0 ? await model.sample(options.previewRows, rng.fork("preview")) : undefined;
  yield {
    step: total,
    steps: total,
    epoch: 1,
    epochs: 1,
    fraction: 1,
    losses: {},
    ...(preview && { preview }),
    ...(notice !== undefined && { notice }),
  };
  return model;
}

/** Draws of one cell before its condition is left to the whole row's rejection. */
const TRIES = 1000;

function createModel(code: TableCode): Model {
  const draw = async (rows: number, rng: Rng, where: readonly ColumnCondition[] = []): Promise<Table> => {
    const cells = code.columns.map(() => new Float64Array(rows));
    const meets = code.columns.map((_, j) => where.find(({ column }) => column === j)?.meets);
    for (let i = 0; i < rows; i++) {
      code.columns.forEach((column, j) => {
        (cells[j] as Float64Array)[i] = drawCell(column, rng, meets[j]);
      });
      if (i % 1000 === 999) await breathe();
    }
    return assembleTable(code, rows, cells);
  };
  return {
    synthesizer: id,
    sample: (rows, rng, request) =>
      answer(request, rows, rng, {
        draw,
        drawWhere: draw,
        completeRows: (given, dice) => fillIn(code, given, dice),
      }),
    save: () =>
      Promise.resolve({
        synthesizer: id,
        version: 1,
        params: {},
        state: { table: saveTableCode(code) },
        tensors: [],
      }),
    dispose: () => {},
  };
}

/** A cell of the column as it is distributed; given that it meets the condition, where there is one. */
function drawCell({ code }: AnyColumnCode, rng: Rng, meets?: (cell: number) => boolean): number {
  let cell = code.cellOf(rng.weighted(code.shares), rng);
  for (let tries = 1; meets !== undefined && !meets(cell) && tries < TRIES; tries++)
    cell = code.cellOf(rng.weighted(code.shares), rng);
  return cell;
}

/** Missing cells drawn from their column, given that they are present. */
async function fillIn(code: TableCode, given: Table, rng: Rng): Promise<Table> {
  const cells: Float64Array[] = [];
  for (const [j, column] of code.columns.entries()) {
    const source = cellsOf(given.columns[j] as Column, code.columns[j] as AnyColumnCode);
    const empty = (cell: number): boolean => (column.type === "numeric" ? Number.isNaN(cell) : cell < 0);
    const only = column.code.missing >= 0 && column.code.count === 1;
    cells.push(
      Float64Array.from(source, (cell) =>
        empty(cell) && !only ? drawCell(column, rng, (drawn) => !empty(drawn)) : cell,
      ),
    );
    await breathe();
  }
  return assembleTable(code, given.rows, cells);
}
