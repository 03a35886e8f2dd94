import { tensorflowVersion } from "../../nn/device.ts";

/** As in package.json, which a browser does not have; a test holds them together. */
export const SEMBLANCE_VERSION = "0.1.0";

export const versions = { semblance: SEMBLANCE_VERSION, tensorflow: tensorflowVersion } as const;
