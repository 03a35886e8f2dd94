import { asArray, asIndex, asList } from "../../codec/saved-state.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Network } from "../../nn/block.ts";
import { checkWeights } from "../../nn/predict.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import { answer } from "../requests/answer.ts";
import { saveScale, unscaled } from "./latents.ts";
import type { LatentScale } from "./latents.ts";
import { denoise, denoiserFor } from "./network.ts";
import { solve } from "./solver.ts";
import type { Artifact, Model, Params } from "../synthesizer.ts";
import type { AutoencoderData } from "../autoencoder/data.ts";
import { decodeLatents, joinTables, loadAutoencoder, saveAutoencoder } from "../autoencoder/model.ts";
import type { AutoencoderNetworks } from "../autoencoder/network.ts";

export const DIFFUSION_VERSION = 1;
const CHUNK = 2000;

export interface DiffusionParts {
  readonly params: Params;
  readonly codec: AutoencoderData["codec"];
  readonly nets: AutoencoderNetworks;
  /** of the autoencoder */
  readonly weights: Weights;
  readonly scale: LatentScale;
  /** undefined where no latent dimension says anything */
  readonly denoiser:
    { readonly network: Network; readonly hidden: number; readonly weights: Weights } | undefined;
  /** steps from noise to a row */
  readonly solverSteps: number;
}

/** Decoder, denoiser and codec, all on the CPU. */
export function createDiffusionModel(parts: DiffusionParts): Model {
  let disposed = false;
  const draw = async (rows: number, rng: Rng): Promise<Table> => {
    if (disposed) throw new FaultError({ code: "unexpected", message: "The model was freed." });
    const tables: Table[] = [];
    for (let done = 0; done < rows || tables.length === 0; done += CHUNK)
      tables.push(await drawChunk(parts, Math.min(CHUNK, rows - done), rng));
    return joinTables(tables);
  };
  return {
    synthesizer: "diffusion",
    sample: (rows, rng, request) => answer(request, rows, rng, { draw }),
    save: () => Promise.resolve(saveParts(parts)),
    dispose: () => {
      disposed = true;
    },
  };
}

async function drawChunk(parts: DiffusionParts, rows: number, rng: Rng): Promise<Table> {
  const { codec, nets, weights, scale, denoiser, solverSteps } = parts;
  const width = scale.active.length;
  const scaled =
    denoiser && rows > 0
      ? await solve(rows, width, solverSteps, rng, async (noisy, sigma) => {
          await breathe();
          return denoise(denoiser.network, denoiser.weights, noisy, sigma);
        })
      : new Float32Array(0);
  return decodeLatents(codec, nets, weights, unscaled(rows, scaled, scale, nets.latent, rng), rng);
}

function saveParts({ params, codec, nets, weights, scale, denoiser, solverSteps }: DiffusionParts): Artifact {
  return {
    synthesizer: "diffusion",
    version: DIFFUSION_VERSION,
    params,
    state: {
      ...saveAutoencoder(codec, nets),
      active: scale.active,
      denoiserHidden: denoiser?.hidden ?? 1,
      solverSteps,
    },
    tensors: [
      ...weights.map((array) => ({ ...array, data: array.data.slice() })),
      ...saveScale(scale),
      ...(denoiser?.weights ?? []).map((array) => ({ ...array, data: array.data.slice() })),
    ],
  };
}

/** What a saved model holds; throws FaultError `model-damaged` or `model-version`. */
export function loadDiffusionParts(artifact: Artifact): DiffusionParts {
  const { version, params, state, tensors } = artifact;
  if (version !== DIFFUSION_VERSION) {
    const supported = String(DIFFUSION_VERSION);
    throw new FaultError({ code: "model-version", found: String(version), supported });
  }
  const autoencoder = loadAutoencoder(artifact);
  const { latent } = autoencoder.nets;
  const active = asList(state["active"], "active dimensions").map((k) =>
    asIndex(k, latent, "active dimensions"),
  );
  const scale = {
    active,
    means: asArray(tensors, "scale.means", [active.length]),
    deviations: asArray(tensors, "scale.deviations", [active.length]),
  };
  const solverSteps = Math.max(1, asIndex(state["solverSteps"], 1001, "steps"));
  const parts = { params, ...autoencoder, scale, solverSteps };
  if (active.length === 0) return { ...parts, denoiser: undefined };
  const hidden = Math.max(1, asIndex(state["denoiserHidden"], 4097, "denoiser"));
  const network = denoiserFor(active.length, hidden);
  checkWeights(tensors, [network]);
  const own = new Set(network.parameters.map(({ name }) => name));
  return { ...parts, denoiser: { network, hidden, weights: tensors.filter(({ name }) => own.has(name)) } };
}
