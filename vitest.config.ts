import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "scripts/**/*.test.ts", "vite/**/*.test.ts"],
    environment: "node",
    testTimeout: 60_000,
    // Every core works: by itself vitest leaves one idle, of two half.
    maxWorkers: availableParallelism(),
  },
});
