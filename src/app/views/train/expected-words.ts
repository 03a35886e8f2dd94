/** What runs are expected to take, in words. */
import type { LabState } from "../../state/lab-state.ts";
import { aboutDuration } from "../../../core/words/numbers.ts";
import { deviceWords } from "./words.ts";

/** The device the next run gets, where the worker has said which there are. */
function deviceOf({ devices, settings }: LabState) {
  return settings.device === "auto" ? devices[0]?.got : settings.device;
}

/** Why there is no estimate, plainly. */
function whyUnknown(state: LabState): string {
  const device = deviceOf(state);
  return device === undefined || device === "wasm"
    ? "time not known yet"
    : `time on ${deviceWords[device]} not known yet`;
}

/** Seconds from Start until a run of `synthesizer` has its verdicts, and until all of it is measured. */
export function waitOf(
  { estimates }: LabState,
  synthesizer: string | undefined,
): { verdicts: number; all: number } | undefined {
  const seconds = estimates.of[synthesizer ?? ""]?.seconds;
  const { first, measuring } = estimates;
  return seconds === undefined ? undefined : { verdicts: seconds + first, all: seconds + measuring };
}

/**
 * "about 20 s to its verdicts, about 35 s to all measures" for a run of `synthesizer` with the settings shown; why not,
 * where nothing is known.
 */
export function expectedWords(state: LabState, synthesizer: string | undefined): string {
  const wait = waitOf(state, synthesizer);
  if (wait === undefined) return whyUnknown(state);
  return `${aboutDuration(wait.verdicts)} to its verdicts, ${aboutDuration(wait.all)} to all measures`;
}

/**
 * Seconds that runs of these synthesizers take one after the other, measuring included.
 * `unknown`: for how many of them there is no estimate.
 */
export function totalOf(
  { estimates }: LabState,
  synthesizers: readonly string[],
): { seconds: number; unknown: number } {
  const known = synthesizers.flatMap((id) => estimates.of[id]?.seconds ?? []);
  return {
    seconds: known.reduce((sum, seconds) => sum + seconds + estimates.measuring, 0),
    unknown: synthesizers.length - known.length,
  };
}

/** "about 3 min", "about 3 min and 2 of unknown length" */
export function totalWords({ seconds, unknown }: { seconds: number; unknown: number }): string {
  if (seconds === 0) return "time not known yet";
  return unknown === 0 ? aboutDuration(seconds) : `${aboutDuration(seconds)}, and ${unknown} of unknown time`;
}
