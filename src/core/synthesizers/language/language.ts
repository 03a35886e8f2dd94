import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import { withheldNotice } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import { offsetOf } from "../token-rows/heads.ts";
import { learnTokenCodec } from "../token-rows/learn-codec.ts";
import { placesOf, targetLast } from "../token-rows/places.ts";
import { encodeRows } from "../token-rows/rows.ts";
import { alignTable, checkSameSynthesizer } from "../training/continue-from.ts";
import { reported, start } from "../training/reported.ts";
import { shownBy } from "../training/shown.ts";
import type { Shown } from "../training/shown.ts";
import { trainingRowsNotice } from "../training/training-rows.ts";
import type { Artifact, FitOptions, Model, Params, Progress, Synthesizer } from "../synthesizer.ts";
import { logLikelihoods } from "./likelihood.ts";
import { createLanguageModel, loadLanguageParts } from "./model.ts";
import type { LanguageParts } from "./model.ts";
import { languageNetwork } from "./network.ts";
import { expectedSeconds, planLanguage } from "./plan.ts";
import { trainLanguage } from "./training.ts";

/**
 * Rows as a language model writes them, trained from nothing (Borisov et al. 2023, GReaT, without a model of text behind
 * it): cell by cell, each given those before. Half of the rows of a step come in random order, so that whatever is given
 * can come first: conditions and missing cells need nothing else. The other half come in the order in which rows are
 * drawn, target last: the one order that every drawn row needs. The loss is of values only:
 * which column comes next is drawn at random or said by whoever samples, so there is nothing in it to learn.
 */
export const language: Synthesizer = {
  id: "language",
  name: "Small language model",
  summary:
    "A small transformer that writes rows cell by cell in any order; much slower than Autoregressive, for comparison.",
  reference:
    "Borisov et al. (2023), GReaT; Radford et al. (2019), GPT-2; Pannatier et al. (2024), sigma-GPTs",
  continues: true,
  params: {
    steps: {
      type: "number",
      label: "Most steps",
      default: 0,
      min: 0,
      max: 100_000,
      integer: true,
      reason:
        "0 means by the table. Training ends by itself when held-out rows stop improving; this is only the upper limit.",
    },
    width: {
      type: "number",
      label: "Numbers for each token",
      default: 64,
      min: 16,
      max: 512,
      integer: true,
      log: true,
      reason:
        "With two layers about 120,000 weights. 144 and four layers are a million: eight times the work a step, for rows that come slightly nearer in the end.",
    },
    layers: {
      type: "number",
      label: "Layers",
      default: 2,
      min: 1,
      max: 12,
      integer: true,
      reason:
        "Each is attention and two dense layers. One looks up the cells that matter, the next works with what was found.",
    },
    dropout: {
      type: "number",
      label: "Dropout",
      default: 0.1,
      min: 0,
      max: 0.9,
      reason:
        "Of what each layer adds: a tenth, as GPT-2 has it; without any, patients would be learned by heart.",
    },
    learningRate: {
      type: "number",
      label: "Learning rate",
      default: 3e-3,
      min: 1e-5,
      max: 2e-2,
      log: true,
      reason:
        "After a rise over 100 steps. 0.001 was slower in every step; averaged weights stand for a rate that falls.",
    },
    batch: {
      type: "number",
      label: "Rows per step",
      default: 0,
      min: 0,
      max: 1024,
      integer: true,
      reason:
        "0 means by the table: about 1,000 cells, at least 8 rows and at most 256; twice as many cost as much a cell and gave fewer steps.",
    },
    patience: {
      type: "number",
      label: "Checks without gain before it stops",
      default: 5,
      min: 1,
      max: 200,
      integer: true,
      reason: "Stopping on held-out rows is what keeps the model from memorising patients.",
    },
  },
  fit,
  expectedSeconds: (shape, params, pace) =>
    pace * expectedSeconds(shape, planLanguage(shape.rows, shape.columns, params)),
  logLikelihoods,
  load: (artifact) => Promise.resolve().then(() => createLanguageModel(loadLanguageParts(artifact))),
};

async function* fit(
  given: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (given.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  if (given.rows < 2) throw new FaultError({ code: "too-few-rows", rows: given.rows, needed: 2 });
  const before = options.from && partsToContinue(options.from);
  const train = before ? alignTable(given, before.codec.code) : given;
  const plan = { ...planLanguage(train.rows, train.columns.length, params), ...before?.sizes };
  const codec = before?.codec ?? (yield* learnTokenCodec(train, plan.bins));
  const withheld = before ? undefined : withheldNotice(codec.code);
  if (withheld !== undefined) yield { ...start, notice: withheld };
  const places = before?.places ?? placesOf(codec, targetLast(codec, train.rows));
  const data = yield* reported(encodeRows(train, codec, rng.fork("rows"), places), () => ({
    ...start,
    note: "Encoding the rows",
  }));
  if (data.rows < train.rows) yield { ...start, notice: trainingRowsNotice(data.rows, train.rows) };
  const offsets =
    before?.offsets ??
    places.columns.map((column) =>
      offsetOf((codec.code.columns[column] as AnyColumnCode).code.shares, train.rows),
    );
  const sizes = { width: plan.width, heads: plan.heads, layers: plan.layers };
  const parts = { params, codec, places, sizes, offsets };
  if (places.columns.length === 0) {
    const model = createLanguageModel({ ...parts, net: undefined, weights: [] });
    const shown =
      options.previewRows > 0 ? await shownBy(model, options.previewRows, rng.fork("preview")) : {};
    yield { ...start, fraction: 1, ...shown };
    return model;
  }
  const net = languageNetwork(codec, places, offsets, sizes, plan.dropout);
  const modelOf = (weights: Weights): Model => createLanguageModel({ ...parts, net, weights });
  const show = (weights: Weights): Promise<Shown> =>
    shownBy(modelOf(weights), options.previewRows, rng.fork("preview"));
  const trained = yield* trainLanguage(net, data, plan, rng, {
    ...options,
    show,
    ...(before && { start: before.weights }),
  });
  yield { ...trained.last, fraction: 1 };
  return modelOf(trained.weights);
}

/** Throws FaultError `bad-use`, `model-damaged`, `model-version`. */
function partsToContinue(artifact: Artifact): LanguageParts {
  checkSameSynthesizer(artifact, "language");
  return loadLanguageParts(artifact);
}
