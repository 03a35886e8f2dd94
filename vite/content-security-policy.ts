import type { Plugin } from "vite";
import { metaPolicy } from "./security-headers.ts";

/** Writes the policy into the built index.html, before anything that it governs. The dev server is left without. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: metaPolicy },
          injectTo: "head-prepend",
        },
      ],
    },
  };
}
