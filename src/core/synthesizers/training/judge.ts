import { breathe } from "../../math/breathe.ts";
import type { Inputs } from "../../nn/tensor.ts";
import type { LossFunction, Trainer } from "../../nn/trainer.ts";

/** Rows held out, in parts that a device takes at once, the same at every look; `x` of each has its rows. */
export interface Judged {
  readonly parts: readonly Inputs[];
  readonly loss: LossFunction;
}

/** Mean loss of a held-out row over all parts. */
export async function judge(trainer: Trainer, { parts, loss }: Judged): Promise<number> {
  let total = 0;
  let rows = 0;
  for (const part of parts) {
    const count = part["x"]?.rows ?? 0;
    total += count * ((await trainer.evaluate(part, loss))["loss"] as number);
    rows += count;
    await breathe();
  }
  return total / rows;
}
