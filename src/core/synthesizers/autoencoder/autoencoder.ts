import type { AnyColumnCode, TableCode } from "../../codec/columns/table-code.ts";
import { learnColumn } from "../../codec/columns/table-code.ts";
import { withheldNotice } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { alignTable } from "../training/continue-from.ts";
import { reported, start } from "../training/reported.ts";
import type { Shown } from "../training/shown.ts";
import type { FitOptions, Params, Progress, TableShape } from "../synthesizer.ts";
import { MOST_TRAINING_ROWS, trainingRows, trainingRowsNotice } from "../training/training-rows.ts";
import { holdOutTenth, type ValidationRows } from "../training/validation-rows.ts";
import type { AutoencoderData } from "./data.ts";
import { createAutoencoderData } from "./data.ts";
import type { AutoencoderNetworks, AutoencoderRecipe } from "./network.ts";
import { autoencoderNetworks } from "./network.ts";
import type { AutoencoderPlan } from "./training.ts";
import { trainAutoencoder } from "./training.ts";

/** From here up there are rows enough to learn every number as a softmax over bins. */
const TOKEN_ROWS = 2000;
/** Outputs of a decoder that all bins of numbers share, so that a wide table stays within memory. */
const MOST_BINS = 4096;

/** A trained encoder and decoder with the rows they were trained on. */
export interface Autoencoder {
  readonly data: AutoencoderData;
  readonly nets: AutoencoderNetworks;
  readonly split: ValidationRows;
  /** of encoder, decoder and log sigmas */
  readonly weights: Weights;
  readonly last: Progress;
}

/** A saved autoencoder, to go on from. */
export interface SavedAutoencoder {
  readonly codec: AutoencoderData["codec"];
  readonly heads: AutoencoderPlan["heads"];
  readonly nets: Pick<AutoencoderNetworks, "latent" | "hidden" | "recipe">;
  readonly weights: Weights;
}

/** Sizes and schedule of the lab's own recipe from a synthesizer's params `latent`, `hidden`, `batch` and so on. */
export function planAutoencoder(
  rows: number,
  columns: number,
  params: Params,
  recipe: AutoencoderRecipe = "ours",
): AutoencoderPlan {
  const number = (name: string): number => params[name] as number;
  if (recipe === "tvae") {
    const batch = Math.min(500, rows);
    return {
      recipe,
      heads: "modes",
      latent: 128,
      hidden: 128,
      batch,
      steps: 300 * Math.ceil(rows / batch),
      beta: 1,
      learningRate: 1e-3,
      patience: Infinity,
    };
  }
  const byRows = Math.min(256, Math.max(32, 2 ** Math.round(Math.log2(rows / 20))));
  return {
    recipe,
    heads: rows < TOKEN_ROWS ? "scores" : "tokens",
    latent: number("latent") || Math.min(48, Math.max(8, 2 * columns)),
    hidden: number("hidden"),
    batch: Math.min(number("batch") || byRows, rows),
    steps: number("steps"),
    beta: number("beta"),
    learningRate: number("learningRate"),
    patience: number("patience"),
  };
}

/** Numbers of a table's rows as the encoder reads them and as the decoder writes them, about. */
function widthsOf(
  { rows, numeric, levels }: TableShape,
  heads: AutoencoderPlan["heads"],
): { inputs: number; outputs: number } {
  if (heads === "tokens")
    return { inputs: 14 * numeric + levels, outputs: Math.min(64, rows / 12) * numeric + levels };
  const each = heads === "modes" ? 6 : 1;
  return { inputs: each * numeric + levels, outputs: each * numeric + levels };
}

/**
 * Seconds of training, and steps, that `plan` is expected to need on the machine of METHODS.md's figures: a step is 3 ms
 * and 14 thousand million multiplications and additions a second; held-out rows end it after about 750 + 11 sqrt(rows)
 * steps.
 */
export function expectedTraining(
  shape: TableShape,
  plan: AutoencoderPlan,
): { seconds: number; steps: number } {
  const { inputs, outputs } = widthsOf(shape, plan.heads);
  const { hidden, latent, batch } = plan;
  const weights = hidden * (inputs + 2 * hidden + 3 * latent + outputs);
  const rows = Math.min(shape.rows, MOST_TRAINING_ROWS);
  const steps = plan.patience === Infinity ? plan.steps : Math.min(plan.steps, 750 + 11 * Math.sqrt(rows));
  return { seconds: steps * expectedStep(weights, batch), steps };
}

/** Seconds of one training step of a network of `weights` on `batch` rows there. */
export const expectedStep = (weights: number, batch: number): number => 0.003 + (6 * weights * batch) / 14e9;

/** The plan for going on from `saved`: its networks, half the learning rate. */
export const continued = (plan: AutoencoderPlan, { heads, nets }: SavedAutoencoder): AutoencoderPlan => ({
  ...plan,
  heads,
  latent: nets.latent,
  hidden: nets.hidden,
  recipe: nets.recipe,
  learningRate: plan.learningRate / 2,
});

interface AutoencoderOptions extends FitOptions {
  readonly show: (made: Omit<Autoencoder, "last">) => Promise<Shown>;
  readonly saved?: SavedAutoencoder | undefined;
}

/**
 * Learns the columns and trains an autoencoder on them; what the latents are drawn from comes after it.
 * Throws FaultError `no-columns-to-learn`, `too-few-rows`, and `columns-differ` when it goes on from a saved one.
 */
export async function* fitAutoencoder(
  given: Table,
  plan: AutoencoderPlan,
  rng: Rng,
  options: AutoencoderOptions,
): AsyncGenerator<Progress, Autoencoder, void> {
  if (given.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  if (given.rows < 2) throw new FaultError({ code: "too-few-rows", rows: given.rows, needed: 2 });
  const { saved } = options;
  const train = saved ? alignTable(given, saved.codec.code) : given;
  const code = saved?.codec.code ?? (yield* learnCode(train, plan));
  const few = trainingRows(train, MOST_TRAINING_ROWS, rng.fork("training rows"));
  const withheld = saved ? undefined : withheldNotice(code);
  const notices = [few && trainingRowsNotice(few.length, train.rows), withheld].filter(Boolean);
  if (notices.length > 0) yield { ...start, notice: notices.join(" ") };
  const learned = few ? takeRows(train, few) : train;
  const encoding = createAutoencoderData(plan.heads, learned, code, rng.fork("modes"), saved?.codec);
  const data = yield* reported(encoding, () => ({ ...start, note: "Encoding the rows" }));
  const nets = autoencoderNetworks(data.inputs, data.codec, plan);
  if (data.codec.width === 0) {
    return { data, nets, split: unsplit(data.rows, rng), weights: zeros(nets), last: start };
  }
  const dice = rng.fork("validation");
  const stops = plan.patience < Infinity;
  const split = stops ? holdOutTenth(data.rows, dice, learned.patients) : unsplit(data.rows, dice);
  const show = (weights: Weights): Promise<Shown> => options.show({ data, nets, split, weights });
  const trained = yield* trainAutoencoder(data, nets, plan, split, rng, {
    ...options,
    show,
    ...(saved && { start: saved.weights }),
  });
  return { data, nets, split, ...trained };
}

/** The columns' codes, learned one by one. */
async function* learnCode(
  train: Table,
  { heads }: AutoencoderPlan,
): AsyncGenerator<Progress, TableCode, void> {
  const numbers = train.columns.filter(({ type }) => type === "numeric").length;
  const most = Math.max(12, Math.floor(MOST_BINS / Math.max(1, numbers)));
  const columns: AnyColumnCode[] = [];
  for (const i of train.columns.keys()) {
    const options = heads === "tokens" && most < 64 ? { bins: most } : {};
    columns.push(learnColumn(train, i, options));
    await breathe();
    yield { ...start, note: "Reading the columns" };
  }
  return { name: train.name, schema: train.schema, columns };
}

/** Weights of networks that have nothing to say: every column holds one value. */
function zeros({ encoder, decoder, logSigma }: AutoencoderNetworks): Weights {
  return [...encoder.parameters, ...decoder.parameters, logSigma].map(({ name, shape, size }) => ({
    name,
    shape,
    data: new Float32Array(size),
  }));
}

/** All rows are trained on where nothing is to stop it early. */
const unsplit = (rows: number, rng: Rng): ValidationRows => ({
  train: rng.permutation(rows),
  validation: new Int32Array(0),
});
