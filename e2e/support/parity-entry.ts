import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import { parityCheck } from "../../src/core/nn/parity/parity.ts";
import type { DeviceChoice } from "../../src/core/nn/device.ts";

const wasmPaths = {
  "tfjs-backend-wasm.wasm": plain,
  "tfjs-backend-wasm-simd.wasm": simd,
  "tfjs-backend-wasm-threaded-simd.wasm": threaded,
};

/** nn's losses and gradients on a device of this browser against plain JavaScript. */
export const check = (asked: DeviceChoice): ReturnType<typeof parityCheck> =>
  parityCheck(asked, { wasmPaths });
