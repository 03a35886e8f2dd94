import { createServer, type AddressInfo } from "node:net";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/browser.mjs";

/** Chosen once, by the process that starts the others. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "localhost", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return String(port);
}

const port = (process.env["SEMBLANCE_PORT"] ??= await freePort());
const browser = (process.env["SEMBLANCE_BROWSER"] ??= (await findBrowser()) ?? "");
const quiet = [
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results/e2e",
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 2,
  forbidOnly: Boolean(process.env["CI"]),
  retries: process.env["CI"] ? 1 : 0,
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: browser, args: quiet },
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "page", testIgnore: "**/webgpu.spec.ts" },
    {
      name: "software WebGPU",
      testMatch: "**/webgpu.spec.ts",
      use: {
        launchOptions: {
          executablePath: browser,
          args: [...quiet, "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
        },
      },
    },
  ],
  webServer: {
    command: `node scripts/serve.mjs ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
