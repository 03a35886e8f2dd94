import type { DeviceChoice, DeviceFacts, RunView } from "../../../worker/protocol.ts";
import { ordinal } from "../../../core/words/numbers.ts";
import type { LabState } from "../../state/lab-state.ts";
import { placeInQueue } from "../../state/runs.ts";

export const deviceWords: Readonly<Record<DeviceChoice, string>> = {
  auto: "Automatic",
  webgpu: "WebGPU",
  wasm: "CPU · WASM",
  webgl: "WebGL",
  cpu: "CPU, plain JavaScript",
};

/** "WebGPU · NVIDIA H200", "CPU · WASM SIMD" */
export function deviceName({ got, detail }: DeviceFacts): string {
  if (detail === "" || detail === got) return deviceWords[got];
  return got === "wasm" ? `${deviceWords.wasm} ${detail}` : `${deviceWords[got]} · ${detail}`;
}

export const stateWords: Readonly<Record<RunView["state"], string>> = {
  queued: "waiting",
  running: "training",
  paused: "paused",
  evaluating: "measuring",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
};

/** "waiting, next", "waiting, 3rd" */
export function waitingWords(state: LabState, run: string): string {
  const place = placeInQueue(state, run);
  if (place === undefined) return stateWords.queued;
  return `${stateWords.queued}, ${place === 1 ? "next" : ordinal(place)}`;
}
