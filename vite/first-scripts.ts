import type { Plugin } from "vite";

/** In the order in which they run. */
const entries = { doors: "src/doors/doors.ts", "kept-theme": "src/app/theme/kept-theme.ts" };

/**
 * Makes each of these one classic script and puts them before every other: a module would run after whatever the page
 * loads before it, and after the page may have been painted. What they declare stays their own.
 */
export function firstScripts(): Plugin {
  return {
    name: "first-scripts",
    apply: "build",
    config: () => ({ build: { rolldownOptions: { input: entries } } }),
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk" || !chunk.isEntry || !(chunk.name in entries)) continue;
        if (chunk.imports.length > 0) throw new Error(`${chunk.name} shares code with another script.`);
        chunk.code = `(()=>{"use strict";${chunk.code}})();\n`;
      }
    },
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((one) => one.type === "chunk" && one.isEntry);
        return Object.keys(entries).map((entry) => {
          const chunk = chunks.find(({ name }) => name === entry);
          if (chunk === undefined) throw new Error(`${entry} was not built.`);
          return { tag: "script", attrs: { src: `./${chunk.fileName}` }, injectTo: "head-prepend" };
        });
      },
    },
  };
}
