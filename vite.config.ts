import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { contentSecurityPolicy } from "./vite/content-security-policy.ts";
import { firstScripts } from "./vite/first-scripts.ts";
import { licences } from "./vite/licences.ts";
import { offlineCopy } from "./vite/offline-copy.ts";
import { securityHeaders } from "./vite/security-headers.ts";

const { inPage, inWorker } = licences();

export default defineConfig({
  base: "./",
  appType: "mpa",
  plugins: [react(), firstScripts(), contentSecurityPolicy(), inPage, offlineCopy()],
  worker: { format: "es", plugins: inWorker },
  build: { target: "es2023" },
  preview: { headers: securityHeaders, cors: false },
});
