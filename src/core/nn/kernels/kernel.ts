/** The functions of the module: numbers of rows and columns, addresses in bytes, factors. */
export type Machine = Readonly<Record<MachineFunction, (...numbers: number[]) => number>>;

type MachineFunction =
  | "product"
  | "productBytes"
  | "transpose"
  | "columnSums"
  | "blockProduct"
  | "blockInputGradient"
  | "blockWeightGradient"
  | "headLosses"
  | "headLogLikelihoods"
  | "leaky"
  | "leakyGradient"
  | "dropout"
  | "batchNorm"
  | "batchNormGradient"
  | "spectral"
  | "spectralGradient"
  | "spanSoftmax"
  | "spanLargest"
  | "spanSoftmaxGradient"
  | "spanCrossEntropy"
  | "scaleRows"
  | "addLinear"
  | "addLinearGradient"
  | "attention"
  | "attentionGradient"
  | "rowNorm"
  | "rowNormGradient"
  | "gelu"
  | "geluGradient"
  | "takeRows"
  | "addRows"
  | "sum"
  | "adam";

export type Shape = readonly number[];

/** A kernel on memory: what it writes, and how. Written numbers start undefined. */
export interface Kernel<Facts extends object = object> {
  /** shapes of the outputs, from those of the inputs */
  shapes(inputs: readonly Shape[], facts: Facts): Shape[];
  run(machine: Machine, call: Call<Facts>): void;
}

/** One call: addresses of inputs and outputs, shapes of the inputs. */
export interface Call<Facts extends object = object> {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly shapes: readonly Shape[];
  readonly facts: Facts;
  /** Memory for the time of the call. */
  space(bytes: number): number;
  /** The numbers at an address, until the next allocation. */
  numbers(address: number, length: number): Float32Array;
}
