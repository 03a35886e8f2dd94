import { stepOf, gridOf } from "../../codec/columns/grid.ts";
import { createRng } from "../../math/rng.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import { selectColumns, takeRows, type ColumnSchema, type Table } from "../../table/table.ts";
import type { TrainedModel } from "../model-file/model-file.ts";

/** What can be asked of one learned column. */
export type ConditionField = { readonly name: string } & (
  | { readonly type: "levels"; readonly levels: readonly string[] }
  | {
      readonly type: "range";
      /** Least and greatest of synthetic rows; undefined where all were missing. */
      readonly low: number | undefined;
      readonly high: number | undefined;
      /** Distance between neighbouring values, as finely as the column is written. */
      readonly step: number;
      /** of date-times, whose values are milliseconds */
      readonly datePattern?: string;
    }
);

const LOOKED_AT = 1000;
const LOOKED_AT_PATIENTS = 300;

/**
 * The learned columns of `model` with what they can be asked for; levels by how often they come. Of a model of patients over
 * time those that do not change within a patient.
 */
export async function conditionFields(model: TrainedModel): Promise<ConditionField[]> {
  const { columns, schema } = await looked(model);
  return columns.map((column, i): ConditionField => {
    const described = schema.columns[i] as ColumnSchema;
    const { name, date } = described;
    if (column.type === "numeric") {
      const present = column.values.filter(Number.isFinite).sort();
      const step = stepOf(gridOf(described));
      const pattern = date === undefined ? {} : { datePattern: date.pattern };
      return { name, type: "range", low: present[0], high: present.at(-1), step, ...pattern };
    }
    return { name, type: "levels", levels: byFrequency(column.codes, column.levels) };
  });
}

/** Some rows of the model; of one of patients over time the first visits of some patients, in the columns that stay. */
async function looked({ artifact, courses }: TrainedModel): Promise<Table> {
  const loaded = await findSynthesizer(artifact.synthesizer).load(artifact);
  try {
    if (loaded.courses === undefined) return await loaded.sample(LOOKED_AT, createRng(0));
    const drawn = await loaded.courses.sample(LOOKED_AT_PATIENTS, createRng(0));
    const { patients = new Int32Array(0) } = drawn;
    const firsts = [...patients.keys()].filter((row) => patients[row] !== patients[row - 1]);
    const statics = drawn.schema.columns.flatMap(({ name }, i) =>
      courses?.statics.includes(name) === true ? [i] : [],
    );
    return takeRows(selectColumns(drawn, statics), firsts);
  } finally {
    loaded.dispose();
  }
}

function byFrequency(codes: Int32Array, levels: readonly string[]): string[] {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const order = Array.from(counts, (_, code) => code).sort(
    (a, b) => (counts[b] as number) - (counts[a] as number) || a - b,
  );
  return order.map((code) => levels[code] as string);
}
