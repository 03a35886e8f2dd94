import type { AnyColumnCode, TableCode } from "../codec/table-code.ts";
import { learnColumnCode } from "../codec/table-code.ts";
import { FaultError } from "../fault.ts";
import { breathe } from "../math/breathe.ts";
import type { Rng } from "../math/rng.ts";
import type { Weights } from "../nn/tensor.ts";
import type { ColumnSchema, Table } from "../table/table.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer } from "./synthesizer.ts";
import { createVaeData } from "./vae-data.ts";
import { createVaeModel, loadVaeModel } from "./vae-model.ts";
import { vaeNetworks } from "./vae-network.ts";
import type { VaeNetworks } from "./vae-network.ts";
import { fitPrior } from "./vae-prior.ts";
import { trainVae } from "./vae-training.ts";
import type { VaePlan } from "./vae-training.ts";

export const vae: Synthesizer = {
  id: "vae",
  name: "VAE",
  summary: "Learns how the columns hang together in a small hidden space; the steady choice for most tables.",
  reference: "Kingma & Welling (2014), Auto-Encoding Variational Bayes; Xu et al. (2019), TVAE",
  params: {
    steps: {
      type: "number",
      label: "Most steps",
      default: 6000,
      min: 10,
      max: 100_000,
      integer: true,
      log: true,
      reason: "Training ends by itself when held-out rows stop improving; this is only the upper limit.",
    },
    latent: {
      type: "number",
      label: "Latent dimensions",
      default: 0,
      min: 0,
      max: 256,
      integer: true,
      reason: "0 means by the table: twice the number of columns, at least 8 and at most 48.",
    },
    hidden: {
      type: "number",
      label: "Layer width",
      default: 256,
      min: 16,
      max: 1024,
      integer: true,
      log: true,
      reason: "Two layers of 256 were enough on every table tried; wider ones only took longer.",
    },
    beta: {
      type: "number",
      label: "Weight of the KL term (beta)",
      default: 0.5,
      min: 0.05,
      max: 4,
      log: true,
      reason:
        "Half the usual weight keeps more detail; the fitted latent prior makes up for it when sampling.",
    },
    learningRate: {
      type: "number",
      label: "Learning rate",
      default: 2e-3,
      min: 1e-5,
      max: 2e-2,
      log: true,
      reason: "As fast as it stays stable with averaged weights.",
    },
    batch: {
      type: "number",
      label: "Rows per step",
      default: 0,
      min: 0,
      max: 4096,
      integer: true,
      reason: "0 means by the table: a twentieth of the rows as a power of two, at least 32 and at most 256.",
    },
    patience: {
      type: "number",
      label: "Checks without gain before it stops",
      default: 15,
      min: 1,
      max: 200,
      integer: true,
      reason: "Stopping on held-out rows is what keeps the model from memorising patients.",
    },
  },
  fit,
  load: (artifact) => Promise.resolve().then(() => loadVaeModel(artifact)),
};

/** From here up there are rows enough to learn every number as a softmax over bins. */
const TOKEN_ROWS = 2000;

function planFor(train: Table, params: Params): VaePlan {
  const number = (name: string): number => params[name] as number;
  const { rows } = train;
  const byRows = Math.min(256, Math.max(32, 2 ** Math.round(Math.log2(rows / 20))));
  return {
    heads: rows < TOKEN_ROWS ? "scores" : "tokens",
    latent: number("latent") || Math.min(48, Math.max(8, 2 * train.columns.length)),
    hidden: number("hidden"),
    batch: Math.min(number("batch") || byRows, rows),
    steps: number("steps"),
    beta: number("beta"),
    learningRate: number("learningRate"),
    patience: number("patience"),
  };
}

async function* fit(
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  if (train.rows < 2) throw new FaultError({ code: "too-few-rows", rows: train.rows, needed: 2 });
  const plan = planFor(train, params);
  const code = yield* learnCode(train);
  const data = yield* told(createVaeData(plan.heads, train, code), () => ({
    ...start,
    note: "Encoding the rows",
  }));
  const nets = vaeNetworks(data.inputs, data.codec, plan.latent, plan.hidden);
  const parts = { params, codec: data.codec, nets, hidden: plan.hidden };
  if (data.codec.width === 0) {
    return createVaeModel({
      ...parts,
      weights: startingWeights(nets),
      prior: { active: [], mixture: undefined },
    });
  }
  const split = holdOut(train.rows, rng.fork("validation"));
  const preview = async (weights: Weights): Promise<Table> => {
    const dice = rng.fork("preview");
    const prior = await resultOf(fitPrior(data, nets, weights, split.train.slice(0, 500), dice, 1));
    return createVaeModel({ ...parts, weights, prior }).sample(options.previewRows, dice);
  };
  const trained = yield* trainVae(data, nets, plan, split, rng, { ...options, preview });
  const { last } = trained;
  const prior = yield* told(
    fitPrior(data, nets, trained.weights, split.train, rng.fork("prior")),
    (share) => ({
      ...last,
      fraction: last.fraction + (1 - last.fraction) * share,
      note: "Fitting the latent prior",
    }),
  );
  const kept = new Set([...nets.decoder.parameters, nets.logSigma].map(({ name }) => name));
  const weights = trained.weights.filter(({ name }) => kept.has(name));
  yield { ...last, fraction: 1 };
  return createVaeModel({ ...parts, weights, prior });
}

const start: Progress = { step: 0, epoch: 0, fraction: 0, losses: {} };

/** Work that yields its share done, as reports. */
async function* told<T>(
  work: AsyncGenerator<number, T, void>,
  report: (share: number) => Progress,
): AsyncGenerator<Progress, T, void> {
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
    yield report(next.value);
  }
}

async function resultOf<T>(work: AsyncGenerator<number, T, void>): Promise<T> {
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
  }
}

/** The columns' codes, learnt one by one. */
async function* learnCode(train: Table): AsyncGenerator<Progress, TableCode, void> {
  const columns: AnyColumnCode[] = [];
  for (const [i, column] of train.columns.entries()) {
    columns.push(learnColumnCode(column, train.schema.columns[i] as ColumnSchema, train.rows));
    await breathe();
    yield { ...start, note: "Reading the columns" };
  }
  return { name: train.name, schema: train.schema, columns };
}

/** Weights of a decoder that has nothing to say: every column holds one value. */
function startingWeights(nets: VaeNetworks): Weights {
  return [...nets.decoder.parameters, nets.logSigma].map(({ name, shape, size }) => ({
    name,
    shape,
    data: new Float32Array(size),
  }));
}

/** A tenth of the rows, at least 30 and at most a quarter, decides when to stop; they are not trained on. */
function holdOut(rows: number, rng: Rng): { train: Int32Array; validation: Int32Array } {
  const order = rng.permutation(rows);
  const count = Math.max(1, Math.min(Math.max(30, Math.round(rows / 10)), Math.floor(rows / 4)));
  return { train: order.slice(count), validation: order.slice(0, count) };
}
