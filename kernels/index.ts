/** What the tensor engine calls. Compiled by `npm run kernels` into src/core/nn/kernels/kernel-bytes.ts. */
export { product, productBytes, transpose, columnSums } from "./matrix";
export { blockProduct, blockInputGradient, blockWeightGradient } from "./blocks";
export { headLosses, headLogLikelihoods } from "./heads";
export {
  leaky,
  leakyGradient,
  dropout,
  batchNorm,
  batchNormGradient,
  spectral,
  spectralGradient,
} from "./layers";
export {
  spanSoftmax,
  spanLargest,
  spanSoftmaxGradient,
  spanCrossEntropy,
  scaleRows,
  addLinear,
  addLinearGradient,
  sum,
} from "./spans";
export {
  attention,
  attentionGradient,
  rowNorm,
  rowNormGradient,
  gelu,
  geluGradient,
  takeRows,
  addRows,
} from "./attention";
export { adam } from "./update";
