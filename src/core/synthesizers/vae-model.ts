import type { Codec, CodecState } from "../codec/codec.ts";
import { loadCodec } from "../codec/load-codec.ts";
import { FaultError } from "../fault.ts";
import { breathe } from "../math/breathe.ts";
import { loadMixture, sampleMixture } from "../math/mixture.ts";
import type { Mixture } from "../math/mixture.ts";
import type { Rng } from "../math/rng.ts";
import { add, multiply } from "../nn/ops.ts";
import { checkWeights, predict } from "../nn/predict.ts";
import { softmaxSpans } from "../nn/spans.ts";
import type { Batch, NamedArray, Weights } from "../nn/tensor.ts";
import type { Table } from "../table/table.ts";
import { takeRows } from "../table/table.ts";
import { answer } from "./conditions.ts";
import type { Artifact, Model, Params } from "./synthesizer.ts";
import { LOG_SIGMA, vaeNetworks } from "./vae-network.ts";
import type { VaeNetworks } from "./vae-network.ts";

export const VAE_VERSION = 1;

/** Latent dimensions that say something, and the distribution fitted to them; the others stay N(0, 1). */
export interface LatentPrior {
  readonly active: readonly number[];
  /** undefined where no dimension is active */
  readonly mixture: Mixture | undefined;
}

export interface VaeParts {
  readonly params: Params;
  readonly codec: Codec;
  readonly nets: Pick<VaeNetworks, "latent" | "decoder" | "logSigma" | "layout">;
  readonly hidden: number;
  /** of the decoder and the log sigmas */
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
  if (rows === 0 || codec.width === 0) {
    return codec.decode({ rows, width: codec.width, data: new Float32Array(rows * codec.width) }, rng);
  }
  const inputs = {
    z: drawPrior(prior, nets.latent, rows, rng),
    noise: spreadNoise(nets, weights, rows, rng),
  };
  const data = predict(weights, inputs, ({ z, noise }, pass) => {
    if (!z || !noise) throw new RangeError("no latent rows");
    const output = pass.run(nets.decoder, z);
    const linear = multiply(add(output, noise), pass.constant(nets.layout.linear));
    return add(linear, softmaxSpans(pass, output, nets.layout));
  });
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
  { layout, logSigma }: VaeParts["nets"],
  weights: Weights,
  rows: number,
  rng: Rng,
): Batch {
  const { width } = layout;
  const data = new Float32Array(rows * width);
  const logs = weights.find(({ name }) => name === logSigma.name)?.data;
  for (let column = 0; column < width; column++) {
    if (layout.linear.data[column] !== 1) continue;
    const sigma = Math.exp(Math.min(LOG_SIGMA.high, Math.max(LOG_SIGMA.low, logs?.[column] ?? 0)));
    for (let i = 0; i < rows; i++) data[i * width + column] = sigma * rng.normal();
  }
  return { rows, width, data };
}

/** One table of the rows of all. */
function joinTables(tables: readonly Table[]): Table {
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

function saveParts({ params, codec, nets, hidden, weights, prior }: VaeParts): Artifact {
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
    state: {
      codec: codec.save(),
      latent: nets.latent,
      hidden,
      active,
      covariance: mixture?.covariance ?? null,
    },
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
  const { state, tensors } = artifact;
  const codec = loadCodec(recordOf(state["codec"]) as CodecState);
  const latent = countOf(state["latent"], 1024, "latent");
  const hidden = countOf(state["hidden"], 4096, "hidden");
  const { decoder, logSigma, layout } = vaeNetworks(1, codec, latent, hidden);
  checkWeights(tensors, [decoder], [logSigma]);
  const named = new Set([...decoder.parameters.map(({ name }) => name), logSigma.name]);
  return createVaeModel({
    params: artifact.params,
    codec,
    nets: { latent, decoder, logSigma, layout },
    hidden,
    weights: tensors.filter(({ name }) => named.has(name)),
    prior: loadPrior(state, tensors, latent),
  });
}

function loadPrior(state: Artifact["state"], tensors: Weights, latent: number): LatentPrior {
  const active: unknown = state["active"];
  const isDimension = (x: unknown): x is number =>
    Number.isInteger(x) && (x as number) >= 0 && (x as number) < latent;
  if (!Array.isArray(active) || !active.every(isDimension)) return damaged("active dimensions");
  if (active.length === 0) return { active, mixture: undefined };
  const numbers = (name: string): number[] => {
    const array = tensors.find((tensor) => tensor.name === name);
    return array ? [...array.data] : damaged(name);
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

function damaged(what: string): never {
  throw new FaultError({ code: "model-damaged", reason: `Its ${what} cannot be read.` });
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : damaged("codec");
}

function countOf(value: unknown, most: number, what: string): number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most
    ? (value as number)
    : damaged(what);
}
