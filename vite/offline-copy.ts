import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Plugin } from "vite";
import { securityHeaders } from "./security-headers.ts";

const workerFile = "service-worker.js";

/**
 * Tells the built service worker which files the page is made of, by walking what was written: chunks, wasm, icons, all.
 * Their contents give the copy its version, so that a new build is a new copy.
 */
export function offlineCopy(): Plugin {
  let folder = "";
  return {
    name: "offline-copy",
    apply: "build",
    config: () => ({
      build: {
        rolldownOptions: {
          input: { index: "index.html", "service-worker": "src/offline/service-worker.ts" },
          output: {
            entryFileNames: (chunk) =>
              chunk.name === "service-worker" ? workerFile : "assets/[name]-[hash].js",
          },
        },
      },
    }),
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      order: "post",
      handler() {
        const { files, version } = listing(folder);
        const path = join(folder, workerFile);
        const source = readFileSync(path, "utf8");
        const told = source
          .replace(/["'`]__FILES__["'`]/, () => JSON.stringify(files))
          .replace(/["'`]__HEADERS__["'`]/, () => JSON.stringify(securityHeaders))
          .replace("__VERSION__", () => version);
        if (/__(FILES|HEADERS|VERSION)__/.test(told))
          throw new Error("The service worker was not told its files.");
        writeFileSync(path, told);
      },
    },
  };
}

function listing(folder: string): { files: string[]; version: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((file) => file !== workerFile && !file.endsWith(".map"))
    .sort();
  const hash = createHash("sha256");
  for (const file of [...files, workerFile]) hash.update(file).update(readFileSync(join(folder, file)));
  return { files, version: hash.digest("hex").slice(0, 12) };
}
