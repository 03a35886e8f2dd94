import type { Guarantee } from "../../../private/guarantee.ts";
import type { Params } from "../../synthesizer.ts";
import type { NoisyColumns } from "../noisy-columns/noisy-columns.ts";
import type { JointTarget } from "./joint-target.ts";

/** Everything the model is: noisy tables, and nothing of a patient. */
export interface TargetParts {
  readonly params: Params;
  /** of the table */
  readonly name: string;
  readonly columns: NoisyColumns;
  readonly target: JointTarget;
  /** P(cell) */
  readonly weights: Float32Array;
  /** P(token | cell) of every column, row-major; undefined for the target's own */
  readonly shares: readonly (Float32Array | undefined)[];
  /** lower Cholesky factor of the correlations of all other columns within a cell; left out: none */
  readonly factor?: Float32Array | undefined;
  readonly guarantee: Guarantee | Readonly<Record<string, unknown>>;
}
