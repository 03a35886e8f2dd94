import { FaultError } from "../../fault.ts";
import type { Guarantee } from "../../private/guarantee.ts";
import { guaranteeShape } from "../../report/report-shape.ts";
import type { Artifact } from "../../synthesizers/synthesizer.ts";

/**
 * What a saved model says of its guarantee; undefined: it gives none. In a file that came from elsewhere it is the file's claim.
 * Throws FaultError `model-damaged` where it is not written as a guarantee is.
 */
export function guaranteeIn({ state }: Pick<Artifact, "state">): Guarantee | undefined {
  const { guarantee } = state;
  if (guarantee === undefined) return undefined;
  const parsed = guaranteeShape.safeParse(guarantee);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = ["guarantee", ...(issue?.path ?? [])].join(".");
  throw new FaultError({
    code: "model-damaged",
    reason: `It is wrong at ${where}: ${issue?.message ?? ""}.`,
  });
}
