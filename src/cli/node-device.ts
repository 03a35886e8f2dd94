import { createRequire } from "node:module";
import { dirname } from "node:path";

/** tfjs's WASM files in node_modules. */
export function nodeWasmPaths(): string {
  const require = createRequire(import.meta.url);
  return `${dirname(require.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"))}/`;
}
