import type { Rows } from "../simulating/rows.ts";
import type { Emergency, Episode, Onset } from "./episode.ts";

/** The field of what a sign would be without an emergency and without the noise of an hour. */
export const usual = (sign: string): string => `usual_${sign}`;

/** The emergency of patient `i` as it stands when the patient is first seen; undefined for most. */
export function episodeAtFirst(
  kinds: readonly (Emergency | undefined)[],
  patients: Rows,
  i: number,
  onset: Omit<Onset, "severity" | "usualHaemoglobin">,
): Episode | undefined {
  return kinds[patients.get("crisis")[i] as number]?.begin({
    ...onset,
    severity: patients.get("crisis_severity")[i] as number,
    usualHaemoglobin: patients.get(usual("haemoglobin"))[i] as number,
  });
}
