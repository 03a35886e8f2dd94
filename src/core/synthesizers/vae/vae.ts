import { reported, resultOf } from "../training/reported.ts";
import type { Shown } from "../training/shown.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer } from "../synthesizer.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { checkSameSynthesizer } from "../training/continue-from.ts";
import type { Autoencoder } from "../autoencoder/autoencoder.ts";
import { continued, expectedTraining, fitAutoencoder, planAutoencoder } from "../autoencoder/autoencoder.ts";
import { createVaeModel, loadVaeModel, savedAutoencoder } from "../autoencoder/model.ts";
import type { LatentPrior } from "../autoencoder/model.ts";
import { fitPrior } from "../autoencoder/prior.ts";
import type { AutoencoderPlan } from "../autoencoder/training.ts";

export const vae: Synthesizer = {
  id: "vae",
  name: "VAE",
  summary: "Learns how the columns hang together in a small hidden space; the steady choice for most tables.",
  reference: "Kingma & Welling (2014), Auto-Encoding Variational Bayes; Xu et al. (2019), TVAE",
  continues: true,
  params: {
    recipe: {
      type: "choice",
      label: "Recipe",
      default: "ours",
      choices: [
        { value: "ours", label: "The lab's" },
        { value: "tvae", label: "TVAE as published" },
      ],
      reason:
        "TVAE as published (300 epochs, no early stop, latents from N(0, I)) is here to compare with; it ignores the settings below.",
    },
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
  expectedSeconds: (shape, params, pace) => {
    const plan = planFor(shape.rows, shape.columns, params);
    const prior = plan.recipe === "tvae" ? 0 : 1 + Math.min(shape.rows, 6000) * 1e-3;
    return pace * (expectedTraining(shape, plan).seconds + prior);
  },
  load: (artifact) => Promise.resolve().then(() => loadVaeModel(artifact)),
};

const planFor = (rows: number, columns: number, params: Params): AutoencoderPlan =>
  planAutoencoder(rows, columns, params, params["recipe"] === "tvae" ? "tvae" : "ours");

async function* fit(
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (options.from) checkSameSynthesizer(options.from, "vae");
  const saved = options.from && savedAutoencoder(options.from);
  const asked = planFor(train.rows, train.columns.length, params);
  const plan = saved ? continued(asked, saved) : asked;
  const modelOf = ({ data, nets, weights }: Omit<Autoencoder, "last">, prior: LatentPrior): Model =>
    createVaeModel({ params, codec: data.codec, nets, weights, prior });
  const show = async (made: Omit<Autoencoder, "last">): Promise<Shown> => {
    const { data, nets, weights, split } = made;
    const dice = rng.fork("preview");
    const fitting = fitPrior(data, nets, weights, split.train.slice(0, 500), dice, 1);
    const prior = plan.recipe === "tvae" ? standardNormal : await resultOf(fitting);
    const whole = async (): Promise<LatentPrior> =>
      plan.recipe === "tvae"
        ? standardNormal
        : resultOf(fitPrior(data, nets, weights, split.train, rng.fork("prior")));
    return {
      preview: await modelOf(made, prior).sample(options.previewRows, dice),
      checkpoint: async () => modelOf(made, await whole()).save(),
    };
  };
  const made = yield* fitAutoencoder(train, plan, rng, { ...options, show, saved });
  const { data, nets, weights, split, last } = made;
  if (data.codec.width === 0 || plan.recipe === "tvae") {
    yield { ...last, fraction: 1 };
    return modelOf(made, standardNormal);
  }
  const prior = yield* reported(fitPrior(data, nets, weights, split.train, rng.fork("prior")), (share) => ({
    ...last,
    fraction: last.fraction + (1 - last.fraction) * share,
    note: "Fitting the latent prior",
  }));
  yield { ...last, fraction: 1 };
  return modelOf(made, prior);
}

const standardNormal: LatentPrior = { active: [], mixture: undefined };
