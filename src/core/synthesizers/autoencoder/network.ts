import { dense, freeParameter, network, relu } from "../../nn/block.ts";
import type { Network, Parameter } from "../../nn/block.ts";
import { drawLatent, gaussianNll } from "../../nn/losses.ts";
import { add, clamp, mean, multiply, splitColumns, sum, tanh } from "../../nn/ops.ts";
import type { Pass } from "../../nn/pass.ts";
import { crossEntropySpans, spanLayout } from "../../nn/spans.ts";
import type { SpanLayout } from "../../nn/spans.ts";
import type { Tensor } from "../../nn/tensor.ts";
import type { LossFunction } from "../../nn/trainer.ts";
import type { Codec } from "../../codec/codec.ts";

/** ours: the lab's own. tvae: as Xu et al. (2019) published it, to compare with. */
export type AutoencoderRecipe = "ours" | "tvae";

/** How a decoder's output is read and weighed. */
export interface Likelihood {
  /** numbers are held inside (-1, 1) by tanh */
  readonly bounded: boolean;
  /** of a number around the decoder's output */
  readonly logSigma: { readonly low: number; readonly high: number; readonly start: number };
  /** on the reconstruction's part of the loss */
  readonly factor: number;
}

export const likelihoods: Readonly<Record<AutoencoderRecipe, Likelihood>> = {
  ours: { bounded: false, logSigma: { low: -4, high: 1, start: -1 }, factor: 1 },
  tvae: { bounded: true, logSigma: { low: Math.log(0.01), high: 0, start: Math.log(0.1) }, factor: 2 },
};

/** Encoder and decoder of a tabular VAE, and what its loss needs. */
export interface AutoencoderNetworks {
  readonly latent: number;
  readonly hidden: number;
  readonly recipe: AutoencoderRecipe;
  readonly encoder: Network;
  readonly decoder: Network;
  /** log sigma of each column of the decoder's output; used in linear ones */
  readonly logSigma: Parameter;
  readonly layout: SpanLayout;
}

export interface AutoencoderSize {
  readonly latent: number;
  readonly hidden: number;
  readonly recipe: AutoencoderRecipe;
}

const LOG_VARIANCE = { low: -8, high: 4 } as const;

/** `inputs` -> hidden -> hidden -> 2 latent; latent -> hidden -> hidden -> the codec's width. */
export function autoencoderNetworks(
  inputs: number,
  codec: Codec,
  { latent, hidden, recipe }: AutoencoderSize,
): AutoencoderNetworks {
  const layers = (): ReturnType<typeof dense>[] => [dense(hidden), relu(), dense(hidden), relu()];
  return {
    latent,
    hidden,
    recipe,
    encoder: network("encoder", inputs, [...layers(), dense(2 * latent)]),
    decoder: network("decoder", latent, [...layers(), dense(codec.width)]),
    logSigma: freeParameter(
      "log-sigma",
      [codec.width],
      likelihoods[recipe].logSigma.start,
      recipe === "ours",
    ),
    layout: spanLayout(codec.spans, codec.width),
  };
}

/** Mean and log variance of q(z | x), side by side: [rows, 2 latent]. */
export function posterior(nets: AutoencoderNetworks, pass: Pass, x: Tensor): [Tensor, Tensor] {
  const [centre, logVariance] = splitColumns(pass.run(nets.encoder, x), [nets.latent, nets.latent]) as [
    Tensor,
    Tensor,
  ];
  return [centre, clamp(logVariance, LOG_VARIANCE.low, LOG_VARIANCE.high)];
}

/**
 * Negative ELBO with weight beta on the KL term (Kingma & Welling 2014; Higgins et al. 2017), the reconstruction times
 * the recipe's factor. Inputs: x, target, noise [rows, latent], beta [1, 1].
 */
export const negativeElbo =
  (nets: AutoencoderNetworks): LossFunction =>
  (inputs, pass) => {
    const { x, target, noise, beta } = inputs as Record<"x" | "target" | "noise" | "beta", Tensor>;
    const { bounded, logSigma, factor } = likelihoods[nets.recipe];
    const [centre, logVariance] = posterior(nets, pass, x);
    const latent = drawLatent(centre, logVariance, noise);
    const output = pass.run(nets.decoder, latent.z);
    const choices = crossEntropySpans(pass, output, target, nets.layout);
    const sigma = clamp(pass.parameter(nets.logSigma), logSigma.low, logSigma.high);
    const numbers = gaussianNll(pass, bounded ? tanh(output) : output, target, sigma, nets.layout);
    const each = mean(add(choices, numbers));
    const reconstruction = factor === 1 ? each : multiply(each, factor);
    const divergence = sum(latent.divergence);
    const loss = add(reconstruction, sum(multiply(beta, divergence)));
    return { loss, reconstruction, divergence };
  };
