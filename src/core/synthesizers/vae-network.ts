import { dense, freeParameter, network, relu } from "../nn/block.ts";
import type { Network, Parameter } from "../nn/block.ts";
import { drawLatent, gaussianNll } from "../nn/losses.ts";
import { add, clamp, mean, multiply, splitColumns, sum } from "../nn/ops.ts";
import type { Pass } from "../nn/pass.ts";
import { crossEntropySpans, spanLayout } from "../nn/spans.ts";
import type { SpanLayout } from "../nn/spans.ts";
import type { Tensor } from "../nn/tensor.ts";
import type { LossFunction } from "../nn/trainer.ts";
import type { Codec } from "../codec/codec.ts";

/** Encoder and decoder of a tabular VAE, and what its loss needs. */
export interface VaeNetworks {
  readonly latent: number;
  readonly encoder: Network;
  readonly decoder: Network;
  /** log sigma of each column of the decoder's output; used in linear ones */
  readonly logSigma: Parameter;
  readonly layout: SpanLayout;
}

export const LOG_SIGMA = { low: -4, high: 1 } as const;
const LOG_VARIANCE = { low: -8, high: 4 } as const;

/** `inputs` -> hidden -> hidden -> 2 latent; latent -> hidden -> hidden -> the codec's width. */
export function vaeNetworks(inputs: number, codec: Codec, latent: number, hidden: number): VaeNetworks {
  const layers = (): ReturnType<typeof dense>[] => [dense(hidden), relu(), dense(hidden), relu()];
  return {
    latent,
    encoder: network("encoder", inputs, [...layers(), dense(2 * latent)]),
    decoder: network("decoder", latent, [...layers(), dense(codec.width)]),
    logSigma: freeParameter("log-sigma", [codec.width], -1, true),
    layout: spanLayout(codec.spans, codec.width),
  };
}

/** Mean and log variance of q(z | x), side by side: [rows, 2 latent]. */
export function posterior(nets: VaeNetworks, pass: Pass, x: Tensor): [Tensor, Tensor] {
  const [centre, logVariance] = splitColumns(pass.run(nets.encoder, x), [nets.latent, nets.latent]) as [
    Tensor,
    Tensor,
  ];
  return [centre, clamp(logVariance, LOG_VARIANCE.low, LOG_VARIANCE.high)];
}

/**
 * Negative ELBO with weight beta on the KL term (Kingma & Welling 2014; Higgins et al. 2017). Inputs: x, target,
 * noise [rows, latent], beta [1, 1].
 */
export const vaeLoss =
  (nets: VaeNetworks): LossFunction =>
  (inputs, pass) => {
    const { x, target, noise, beta } = inputs as Record<"x" | "target" | "noise" | "beta", Tensor>;
    const [centre, logVariance] = posterior(nets, pass, x);
    const latent = drawLatent(centre, logVariance, noise);
    const output = pass.run(nets.decoder, latent.z);
    const choices = crossEntropySpans(pass, output, target, nets.layout);
    const sigma = clamp(pass.parameter(nets.logSigma), LOG_SIGMA.low, LOG_SIGMA.high);
    const numbers = gaussianNll(pass, output, target, sigma, nets.layout);
    const reconstruction = mean(add(choices, numbers));
    const divergence = sum(latent.divergence);
    const loss = add(reconstruction, sum(multiply(beta, divergence)));
    return { loss, reconstruction, divergence };
  };
