import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { contentSecurityPolicy } from "./vite/content-security-policy.ts";
import { doorsFirst } from "./vite/doors-first.ts";
import { offlineCopy } from "./vite/offline-copy.ts";
import { securityHeaders } from "./vite/security-headers.ts";

export default defineConfig({
  base: "./",
  appType: "mpa",
  plugins: [react(), doorsFirst(), contentSecurityPolicy(), offlineCopy()],
  worker: { format: "es" },
  build: { target: "es2023" },
  preview: { headers: securityHeaders, cors: false },
});
