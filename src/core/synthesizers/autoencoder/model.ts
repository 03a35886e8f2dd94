import type { CodecState } from "../../codec/codec.ts";
import { asArray, asIndex, asOneOf, asRecord, damaged } from "../../codec/saved-state.ts";
import { loadCodec } from "../../codec/load-codec.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { loadMixture, sampleMixture } from "../../math/mixtures/mixture.ts";
import type { Mixture } from "../../math/mixtures/mixture.ts";
import type { Rng } from "../../math/rng.ts";
import { add, multiply, tanh } from "../../nn/ops.ts";
import { checkWeights, predict } from "../../nn/predict.ts";
import { softmaxSpans } from "../../nn/spans.ts";
import type { Batch, NamedArray, Tensor, Weights } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { answer } from "../requests/answer.ts";
import type { Artifact, Model, Params } from "../synthesizer.ts";
import { keepLargest } from "../../nn/largest-of-spans.ts";
import type { SavedAutoencoder } from "./autoencoder.ts";
import type { AutoencoderData } from "./data.ts";
import { likelihoods, autoencoderNetworks } from "./network.ts";
import type { AutoencoderNetworks } from "./network.ts";

export const VAE_VERSION = 1;

/** Latent dimensions that say something, and the distribution fitted to them; the others stay N(0, 1). */
export interface LatentPrior {
  readonly active: readonly number[];
  /** undefined where no dimension is active */
  readonly mixture: Mixture | undefined;
}

export interface VaeParts {
  readonly params: Params;
  readonly codec: AutoencoderData["codec"];
  readonly nets: AutoencoderNetworks;
  /** of encoder, decoder and log sigmas; the encoder serves to go on training */
  readonly weights: Weights;
  readonly prior: LatentPrior;
}

const CHUNK = 1000;

/** The model of a fit: a decoder, a codec and a latent prior, all on the CPU; nothing stays on the device. */
export function createVaeModel(parts: VaeParts): Model {
  let disposed = false;
  const draw = async (rows: number, rng: Rng): Promise<Table> => {
    if (disposed) throw new FaultError({ code: "unexpected", message: "The model was freed." });
    const tables: Table[] = [];
    for (let done = 0; done < rows || tables.length === 0; done += CHUNK) {
      tables.push(sampleChunk(parts, Math.min(CHUNK, rows - done), rng));
      await breathe();
    }
    return joinTables(tables);
  };
  return {
    synthesizer: "vae",
    sample: (rows, rng, request) => answer(request, rows, rng, { draw }),
    save: () => Promise.resolve(saveParts(parts)),
    dispose: () => {
      disposed = true;
    },
  };
}

function sampleChunk({ codec, nets, weights, prior }: VaeParts, rows: number, rng: Rng): Table {
  const z = rows === 0 ? noLatents : drawPrior(prior, nets.latent, rows, rng);
  return decodeLatents(codec, nets, weights, z, rng);
}

const noLatents: Batch = { rows: 0, width: 1, data: new Float32Array(0) };

/** Rows of the table from latents `z` [rows, latent]. */
export function decodeLatents(
  codec: AutoencoderData["codec"],
  nets: AutoencoderNetworks,
  weights: Weights,
  z: Batch,
  rng: Rng,
): Table {
  const { rows } = z;
  const { layout, recipe } = nets;
  if (rows === 0 || codec.width === 0)
    return codec.decode({ rows, width: codec.width, data: new Float32Array(rows * codec.width) }, rng);
  const noise = spreadNoise(nets, weights, rows, rng);
  const data = predict(weights, { z, noise }, (given, pass) => {
    const { z: latents, noise: spread } = given as Record<"z" | "noise", Tensor>;
    const output = pass.run(nets.decoder, latents);
    const centre = likelihoods[recipe].bounded ? tanh(output) : output;
    const linear = multiply(add(centre, spread), pass.constant(layout.linear));
    return add(linear, softmaxSpans(pass, output, layout));
  });
  if (recipe === "tvae") keepLargest(data, layout);
  return codec.decode({ rows, width: codec.width, data }, rng);
}

function drawPrior({ active, mixture }: LatentPrior, latent: number, rows: number, rng: Rng): Batch {
  const data = Float32Array.from({ length: rows * latent }, () => rng.normal());
  if (mixture) {
    const drawn = sampleMixture(mixture, rows, rng);
    for (let i = 0; i < rows; i++)
      active.forEach((dimension, j) => {
        data[i * latent + dimension] = drawn[i * active.length + j] as number;
      });
  }
  return { rows, width: latent, data };
}

/** sigma times a standard normal in linear columns, 0 elsewhere. */
function spreadNoise(
  { layout, logSigma, recipe }: AutoencoderNetworks,
  weights: Weights,
  rows: number,
  rng: Rng,
): Batch {
  const { width } = layout;
  const data = new Float32Array(rows * width);
  const { low, high } = likelihoods[recipe].logSigma;
  const logs = weights.find(({ name }) => name === logSigma.name)?.data;
  for (let column = 0; column < width; column++) {
    if (layout.linear.data[column] !== 1) continue;
    const sigma = Math.exp(Math.min(high, Math.max(low, logs?.[column] ?? 0)));
    for (let i = 0; i < rows; i++) data[i * width + column] = sigma * rng.normal();
  }
  return { rows, width, data };
}

/** One table of the rows of all. */
export function joinTables(tables: readonly Table[]): Table {
  const first = tables[0] as Table;
  if (tables.length === 1) return first;
  const rows = tables.reduce((total, table) => total + table.rows, 0);
  const joined = takeRows(first, new Int32Array(rows));
  let at = 0;
  for (const table of tables) {
    table.columns.forEach((column, j) => {
      const into = joined.columns[j];
      if (column.type === "numeric" && into?.type === "numeric") into.values.set(column.values, at);
      if (column.type === "coded" && into?.type === "coded") into.codes.set(column.codes, at);
    });
    at += table.rows;
  }
  return joined;
}

function saveParts({ params, codec, nets, weights, prior }: VaeParts): Artifact {
  const { mixture, active } = prior;
  const floats = (name: string, values: Float64Array): NamedArray => ({
    name,
    shape: [values.length],
    data: Float32Array.from(values),
  });
  return {
    synthesizer: "vae",
    version: VAE_VERSION,
    params,
    state: { ...saveAutoencoder(codec, nets), active, covariance: mixture?.covariance ?? null },
    tensors: [
      ...weights.map((array) => ({ ...array, data: array.data.slice() })),
      ...(mixture
        ? [
            floats("prior.weights", mixture.weights),
            floats("prior.means", mixture.means),
            floats("prior.factors", mixture.factors),
          ]
        : []),
    ],
  };
}

/** What, with the weights, an autoencoder is known by. */
export const saveAutoencoder = (
  codec: AutoencoderData["codec"],
  { latent, hidden, recipe, encoder }: AutoencoderNetworks,
): Artifact["state"] => ({ codec: codec.save(), latent, hidden, recipe, inputs: encoder.inputs });

/** Inverse of `saveAutoencoder`; throws FaultError `model-damaged`. */
export function loadAutoencoder({ state, tensors }: Artifact): {
  readonly codec: AutoencoderData["codec"];
  readonly nets: AutoencoderNetworks;
  readonly weights: Weights;
} {
  const codec = loadCodec(asRecord(state["codec"], "codec") as CodecState);
  const nets = autoencoderNetworks(asIndex(state["inputs"], 1_000_000, "inputs"), codec, {
    latent: asCount(state["latent"], 1024, "latent"),
    hidden: asCount(state["hidden"], 4096, "hidden"),
    recipe: asOneOf(state["recipe"], ["ours", "tvae"], "recipe"),
  });
  checkWeights(tensors, [nets.encoder, nets.decoder], [nets.logSigma]);
  const own = [...nets.encoder.parameters, ...nets.decoder.parameters, nets.logSigma];
  const named = new Set(own.map(({ name }) => name));
  return { codec, nets, weights: tensors.filter(({ name }) => named.has(name)) };
}

/** The autoencoder of a saved model, to go on training. */
export function savedAutoencoder(artifact: Artifact): SavedAutoencoder {
  const loaded = loadAutoencoder(artifact);
  const codec = (artifact.state["codec"] as CodecState).codec;
  const heads = codec === "token" ? "tokens" : codec === "quantile-normal" ? "scores" : "modes";
  return { ...loaded, heads };
}

/** A mixture as it comes back from a file: its numbers rounded to float32, so that a saved model samples the same. */
export function asSaved(mixture: Mixture): Mixture {
  const round = (values: Float64Array): Float64Array => Float64Array.from(Float32Array.from(values));
  const { weights, means, factors } = mixture;
  return { ...mixture, weights: round(weights), means: round(means), factors: round(factors) };
}

/** Inverse of `saveParts`; throws FaultError `model-damaged` or `model-version`. */
export function loadVaeModel(artifact: Artifact): Model {
  if (artifact.version !== VAE_VERSION) {
    throw new FaultError({
      code: "model-version",
      found: String(artifact.version),
      supported: String(VAE_VERSION),
    });
  }
  const { codec, nets, weights } = loadAutoencoder(artifact);
  const prior = loadPrior(artifact.state, artifact.tensors, nets.latent);
  return createVaeModel({ params: artifact.params, codec, nets, weights, prior });
}

function loadPrior(state: Artifact["state"], tensors: Weights, latent: number): LatentPrior {
  const active: unknown = state["active"];
  const isDimension = (x: unknown): x is number =>
    Number.isInteger(x) && (x as number) >= 0 && (x as number) < latent;
  if (!Array.isArray(active) || !active.every(isDimension)) return damaged("active dimensions");
  if (active.length === 0) return { active, mixture: undefined };
  const numbers = (name: string): number[] => {
    const length = tensors.find((tensor) => tensor.name === name)?.data.length ?? 0;
    return [...asArray(tensors, name, [length])];
  };
  try {
    const mixture = loadMixture({
      width: active.length,
      covariance: state["covariance"] === "full" ? "full" : "diagonal",
      weights: numbers("prior.weights"),
      means: numbers("prior.means"),
      factors: numbers("prior.factors"),
    });
    return { active, mixture };
  } catch (error) {
    return damaged(error instanceof Error ? error.message : "prior");
  }
}

const asCount = (value: unknown, most: number, what: string): number =>
  Math.max(1, asIndex(value, most + 1, what));
