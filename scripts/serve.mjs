import { fileURLToPath } from "node:url";
import { root } from "./stage.mjs";

/**
 * Serves dist/ with the security headers, on `port` or the next free one.
 * @param {{ port: number, exactly?: boolean, open?: boolean }} options
 * @returns {Promise<string>} the address
 */
export async function serve({ port, exactly = false, open = false }) {
  const { preview } = await import("vite");
  const server = await preview({
    root: fileURLToPath(root),
    logLevel: "warn",
    preview: { host: "localhost", port, strictPort: exactly, open },
  });
  return server.resolvedUrls.local[0];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await serve({ port: Number(process.argv[2] ?? 4173), exactly: true }));
}
