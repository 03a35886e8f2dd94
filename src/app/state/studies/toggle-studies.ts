import { lab } from "../lab.ts";
import { pauseStudies, resumeStudies } from "./studies.ts";

/** Pauses the queue of studies, or lets it go on; false where nothing is in it. */
export function toggleStudies(): boolean {
  const { studies, paused } = lab.getState().studies;
  if (!studies.some(({ state }) => state === "running" || state === "paused" || state === "waiting"))
    return false;
  if (paused) resumeStudies();
  else pauseStudies();
  return true;
}
