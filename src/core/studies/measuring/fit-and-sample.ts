import { startFit } from "../../lab/fit/fit-run.ts";
import type { TrainedModel } from "../../lab/model-file/model-file.ts";
import { publicFacts } from "../../private/public/known-facts.ts";
import { NOTHING_PUBLIC } from "../../private/public/public-facts.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Params } from "../../synthesizers/synthesizer.ts";
import type { Table } from "../../table/table.ts";
import type { StudyTools } from "../study.ts";
import { drawRows } from "./draw-rows.ts";

/** Real rows in the place of synthetic ones: what every measure comes to without a model. */
export const REAL = "real";
/** Columns drawn independently of each other: the synthesizer that every study shows. */
export const INDEPENDENT = "independent";

export interface FitOf {
  /** learned columns only; all of it is learned from */
  readonly train: Table;
  /** a synthesizer's id, or `REAL` */
  readonly method: string;
  readonly seed: number;
  readonly params?: Partial<Params>;
  /** goes on from this model */
  readonly from?: TrainedModel;
}

/** A model of `train`. Rejects with FaultError; with `cancelled` when the cell is no longer wanted. */
export async function fitOn(
  { train, method, seed, params = {}, from }: FitOf,
  tools: StudyTools,
): Promise<TrainedModel> {
  await tools.pulse();
  const find = tools.find ?? findSynthesizer;
  const limited = find(method).guarantee === true;
  const fit = startFit(
    train,
    {
      synthesizer: method,
      params,
      seed,
      device: "wasm",
      ...(from && { from }),
      ...(limited && { guarantee: { public: publicFacts(train.schema, NOTHING_PUBLIC).facts } }),
    },
    { wasmPaths: tools.wasmPaths, previewRows: 0, ...(tools.find && { find: tools.find }) },
    {
      onProgress: ({ fraction }) => {
        tools.onProgress?.(fraction);
        if (tools.cancelled()) fit.cancel(false);
      },
    },
  );
  return (await fit.done).model;
}

/** Rows of a model of `train`, as many as it has (at most 20,000), and the seconds that fitting took; of `REAL` the rows themselves. */
export async function fitAndSample(
  of: FitOf,
  tools: StudyTools,
): Promise<{ readonly synthetic: Table; readonly seconds: number }> {
  if (of.method === REAL) return { synthetic: of.train, seconds: 0 };
  const started = performance.now();
  const model = await fitOn(of, tools);
  const seconds = (performance.now() - started) / 1000;
  return { synthetic: await drawRows(model, of.train, of, tools), seconds };
}
