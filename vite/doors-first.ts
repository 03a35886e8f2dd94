import type { Plugin } from "vite";

const entry = "doors";

/**
 * Makes src/doors one classic script and puts it before every other: a module would run after whatever the page loads
 * before it. What it declares stays its own.
 */
export function doorsFirst(): Plugin {
  return {
    name: "doors-first",
    apply: "build",
    config: () => ({ build: { rolldownOptions: { input: { [entry]: "src/doors/doors.ts" } } } }),
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk" || chunk.name !== entry) continue;
        if (chunk.imports.length > 0) throw new Error("The first script shares code with another.");
        chunk.code = `(()=>{"use strict";${chunk.code}})();\n`;
      }
    },
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const chunk = Object.values(bundle ?? {}).find(({ name }) => name === entry);
        if (chunk === undefined) throw new Error("The first script was not built.");
        return [{ tag: "script", attrs: { src: `./${chunk.fileName}` }, injectTo: "head-prepend" }];
      },
    },
  };
}
