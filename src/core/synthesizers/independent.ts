import type { AnyColumnCode, TableCode } from "../codec/table-code.ts";
import { assembleTable, learnColumnCode, loadTableCode, saveTableCode } from "../codec/table-code.ts";
import { damaged } from "../codec/damaged.ts";
import { breathe } from "../math/breathe.ts";
import type { Rng } from "../math/rng.ts";
import type { ColumnSchema, Table } from "../table/table.ts";
import type { Artifact, FitOptions, Model, Params, Progress, Synthesizer } from "./synthesizer.ts";

const id = "independent";

/** The honest floor: every column by itself, as it is distributed in the train table; nothing between columns. */
export const independent: Synthesizer = {
  id,
  name: "Independent columns",
  summary:
    "Each column drawn by itself: right margins, no relation between columns. The floor to compare with.",
  reference: "Baseline; column shapes alone cannot tell it from a good model",
  params: {},
  fit,
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
    const column = train.columns[j];
    if (!column) break;
    columns.push(learnColumnCode(column, train.schema.columns[j] as ColumnSchema, train.rows));
    await breathe();
    yield { step: j + 1, steps: total, epoch: 1, epochs: 1, fraction: (j + 1) / (total + 1), losses: {} };
  }
  const model = createModel({ name: train.name, schema: train.schema, columns });
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
  };
  return model;
}

function createModel(code: TableCode): Model {
  return {
    synthesizer: id,
    sample: async (rows, rng) => {
      const cells = code.columns.map(() => new Float64Array(rows));
      for (let i = 0; i < rows; i++) {
        code.columns.forEach(({ code: column }, j) => {
          const values = cells[j] as Float64Array;
          values[i] = column.cellOf(rng.weighted(column.shares), rng);
        });
        if (i % 1000 === 999) await breathe();
      }
      return assembleTable(code, rows, cells);
    },
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
