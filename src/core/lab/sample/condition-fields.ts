import { stepOf, gridOf } from "../../codec/columns/grid.ts";
import { createRng } from "../../math/rng.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { ColumnSchema } from "../../table/table.ts";
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

/** The learned columns of `model` with what they can be asked for; levels by how often they come. */
export async function conditionFields({ artifact }: TrainedModel): Promise<ConditionField[]> {
  const loaded = await findSynthesizer(artifact.synthesizer).load(artifact);
  try {
    const { columns, schema } = await loaded.sample(LOOKED_AT, createRng(0));
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
