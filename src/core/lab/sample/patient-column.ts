import { FaultError } from "../../fault.ts";
import type { TrainedModel } from "../model-file/model-file.ts";

/** Whether a model draws patients over time, as its file says. */
export const drawsPatients = ({ facts }: Pick<TrainedModel, "facts">): boolean =>
  facts.learned?.patients !== undefined;

/** The column that names the patients. Throws FaultError `bad-use` where the model has none, or is one of rows. */
export function patientColumn({ schema, facts }: TrainedModel): string {
  const named = schema.columns.find(({ role }) => role === "identifier");
  if (!drawsPatients({ facts }) || named === undefined)
    throw new FaultError({
      code: "bad-use",
      message: "This model draws rows, not patients over time: it knows no patient to go on from.",
    });
  return named.name;
}
