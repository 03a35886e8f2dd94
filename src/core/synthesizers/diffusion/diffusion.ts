import type { Rng } from "../../math/rng.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import { checkSameSynthesizer } from "../training/continue-from.ts";
import { learnScale } from "./latents.ts";
import type { LatentScale } from "./latents.ts";
import type { DiffusionParts } from "./model.ts";
import { createDiffusionModel, loadDiffusionParts } from "./model.ts";
import { denoiserFor } from "./network.ts";
import { trainDenoiser } from "./training.ts";
import type { DenoiserPlan } from "./training.ts";
import { keptAfter } from "../training/kept-steps.ts";
import { reported, resultOf } from "../training/reported.ts";
import { shownBy } from "../training/shown.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer } from "../synthesizer.ts";
import type { Autoencoder } from "../autoencoder/autoencoder.ts";
import {
  continued,
  expectedStep,
  expectedTraining,
  fitAutoencoder,
  planAutoencoder,
} from "../autoencoder/autoencoder.ts";
import { createVaeModel, savedAutoencoder } from "../autoencoder/model.ts";
import { encodeRows } from "../autoencoder/posterior.ts";
import type { Posteriors } from "../autoencoder/posterior.ts";
import { fitPrior } from "../autoencoder/prior.ts";
import type { AutoencoderPlan } from "../autoencoder/training.ts";

/** Latent diffusion: an autoencoder, and a denoiser that draws its latents; formulas in METHODS.md. */
export const diffusion: Synthesizer = {
  id: "diffusion",
  name: "Diffusion",
  summary: "Turns noise into patients step by step, in the hidden space of a VAE; about twice as slow as it.",
  reference: "Zhang et al. (2024), TabSyn; Karras et al. (2022), EDM; Lu et al. (2022), DPM-Solver++",
  continues: true,
  params: {
    steps: {
      type: "number",
      label: "Most steps of each of its two networks",
      default: 6000,
      min: 10,
      max: 100_000,
      integer: true,
      log: true,
      reason: "Training ends by itself when held-out rows stop improving; this is only the upper limit.",
    },
    solverSteps: {
      type: "number",
      label: "Steps from noise to a row",
      default: 25,
      min: 5,
      max: 200,
      integer: true,
      reason: "With 25 steps of a second-order solver more of them changed nothing that could be measured.",
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
      reason: "Of the encoder, the decoder and the denoiser; wider ones only took longer.",
    },
    beta: {
      type: "number",
      label: "Weight of the KL term (beta)",
      default: 0,
      min: 0,
      max: 4,
      reason:
        "0 means by the table: 0.1 from 2,000 rows on, where latents may hold more detail than the VAE's; 0.5 under that, where detail is what gives single rows away.",
    },
    learningRate: {
      type: "number",
      label: "Learning rate",
      default: 2e-3,
      min: 1e-5,
      max: 2e-2,
      log: true,
      reason: "Of the autoencoder; the denoiser learns at half of it.",
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
  expectedSeconds: (shape, params, pace) => {
    const plan = planFor(shape.rows, shape.columns, params);
    const first = expectedTraining(shape, plan);
    const { batch } = planDenoiser(plan);
    const weights = plan.hidden * (2 * plan.latent + 2 * plan.hidden + 16);
    return pace * (1 + first.seconds + 1.5 * first.steps * expectedStep(weights, batch));
  },
  load: (artifact) => Promise.resolve().then(() => createDiffusionModel(loadDiffusionParts(artifact))),
};

/** The VAE's plan but for its beta. */
function planFor(rows: number, columns: number, params: Params): AutoencoderPlan {
  const plan = planAutoencoder(rows, columns, params);
  return { ...plan, beta: plan.beta || (plan.heads === "tokens" ? 0.1 : 0.5) };
}

/** Of all the work, the autoencoder's. */
const FIRST = 0.5;

async function* fit(
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (options.from) checkSameSynthesizer(options.from, "diffusion");
  const saved = options.from && savedAutoencoder(options.from);
  const before = options.from && loadDiffusionParts(options.from);
  const asked = planFor(train.rows, train.columns.length, params);
  const plan = saved ? continued(asked, saved) : asked;
  const first = fitAutoencoder(train, plan, rng, {
    ...options,
    saved,
    show: async (made) => ({
      preview: await coarsePreview(made, params, options.previewRows, rng.fork("preview")),
    }),
  });
  const made = yield* scaledTo(first, 0, FIRST);
  const { data, nets, weights, split, last } = made;
  const parts = { params, codec: data.codec, nets, weights, solverSteps: params["solverSteps"] as number };
  if (data.codec.width === 0) {
    yield { ...last, fraction: 1 };
    return createDiffusionModel({ ...parts, scale: nothing, denoiser: undefined });
  }
  const encode = (rows: Int32Array): AsyncGenerator<Progress, Posteriors, void> =>
    reported(encodeRows(data, nets, weights, rows, rng.fork("posterior")), () => ({
      ...last,
      fraction: FIRST,
      note: "Encoding the rows",
    }));
  const latents = { train: yield* encode(split.train), validation: yield* encode(split.validation) };
  const scale = learnScale(latents.train, before?.scale.active);
  if (scale.active.length === 0) {
    yield { ...last, fraction: 1 };
    return createDiffusionModel({ ...parts, scale, denoiser: undefined });
  }
  const hidden = before?.denoiser?.hidden ?? plan.hidden;
  const network = denoiserFor(scale.active.length, hidden);
  const modelOf = (found: Weights): Model => {
    const own: DiffusionParts = { ...parts, scale, denoiser: { network, hidden, weights: found } };
    return createDiffusionModel(own);
  };
  const second = trainDenoiser(network, latents, scale, planDenoiser(plan), rng, {
    ...options,
    ...(before?.denoiser && { start: before.denoiser.weights }),
    show: (found) => shownBy(modelOf(found), options.previewRows, rng.fork("preview")),
  });
  yield { ...last, fraction: FIRST, restart: "the denoising network starts, with a loss of its own" };
  const trained = yield* scaledTo(second, FIRST, 1, last.step);
  yield { ...trained.last, step: last.step + trained.last.step, fraction: 1 };
  return modelOf(trained.weights);
}

const nothing: LatentScale = {
  active: [],
  means: new Float32Array(0),
  deviations: new Float32Array(0),
};

const planDenoiser = (plan: {
  batch: number;
  steps: number;
  learningRate: number;
  patience: number;
}): DenoiserPlan => ({
  batch: Math.max(128, plan.batch),
  steps: plan.steps,
  learningRate: plan.learningRate / 2,
  patience: plan.patience,
});

/** Before there is a denoiser, latents come from one Gaussian. */
async function coarsePreview(
  { data, nets, weights, split }: Omit<Autoencoder, "last">,
  params: Params,
  rows: number,
  rng: Rng,
): Promise<Table> {
  const prior = await resultOf(fitPrior(data, nets, weights, split.train.slice(0, 500), rng, 1));
  return createVaeModel({ params, codec: data.codec, nets, weights, prior }).sample(rows, rng);
}

/** The reports of one part of the work, its share of the whole between `from` and `to`. */
const scaledTo = <T>(
  work: AsyncGenerator<Progress, T, void>,
  from: number,
  to: number,
  stepsBefore = 0,
): AsyncGenerator<Progress, T, void> =>
  reported(work, ({ kept, ...report }) => ({
    ...report,
    step: stepsBefore + report.step,
    fraction: from + (to - from) * report.fraction,
    ...(kept && { kept: keptAfter(stepsBefore, kept) }),
  }));
