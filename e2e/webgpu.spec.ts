import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { folderHost, type Host } from "./support/hosts.ts";
import { expect, fewSteps, openLab, openText, requestCount, runEnds, test } from "./support/lab.ts";
import { clinicCsv } from "./support/clinic-csv.ts";

/** Put before the worker's script: remembers the GPU device that it opens, so that a test can take it away. */
const holdDevice = `{
  const open = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    return (globalThis.held = await open.apply(this, given));
  };
}`;

const small = { params: { vae: { steps: 12, hidden: 32, latent: 4 } } };

test("nn's losses and gradients on software WebGPU agree with plain JavaScript", async ({ page }) => {
  const folder = fileURLToPath(new URL("../test-results/parity/", import.meta.url));
  await build({
    configFile: false,
    logLevel: "silent",
    publicDir: false,
    base: "./",
    build: {
      outDir: folder,
      target: "es2023",
      lib: {
        entry: fileURLToPath(new URL("support/parity-entry.ts", import.meta.url)),
        formats: ["es"],
        fileName: "parity",
      },
    },
  });
  const host: Host = await folderHost(folder, "/");
  await writeFile(`${folder}index.html`, "<!doctype html><link rel=icon href=data:,><title>Parity</title>");
  await page.goto(host.address);
  const report = await page.evaluate(async (address) => {
    const { check } = (await import(address)) as typeof import("./support/parity-entry.ts");
    return check("webgpu");
  }, `${host.address}parity.js`);
  await host.close();
  expect(report.device.got).toBe("webgpu");
  expect(report.cases.length).toBeGreaterThan(8);
  test.info().annotations.push({ type: "worst difference", description: String(report.worst) });
  expect(report.worst).toBeLessThan(1e-3);
});

test("a run on software WebGPU says what it ran on, and fetches nothing for it", async ({
  page,
  network,
}) => {
  await fewSteps(page, { ...small, device: "webgpu" });
  await openLab(page, network);
  await openText(page, "klinik.csv", clinicCsv(120));
  await page.getByTestId("train").click();
  await runEnds(page, 100_000);
  await expect(page.locator(".chip.device")).toContainText("WebGPU");
  expect(network.all.slice(network.ready).map((request) => request.url())).toEqual([]);
  expect(await requestCount(page)).toBe("0");
});

test.describe("a GPU that goes away", () => {
  test.use({ serviceWorkers: "block" });

  test("leaves the run to the next device, which finishes it and says so", async ({ page }) => {
    await page.route(/worker-[^/]*\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${holdDevice}\n${await response.text()}` });
    });
    await fewSteps(page, { device: "webgpu", params: { vae: { steps: 60, hidden: 32, latent: 4 } } });
    await openLab(page);
    await openText(page, "klinik.csv", clinicCsv(120));
    await page.getByTestId("train").click();
    await expect(page.getByText(/\d s so far/)).toBeVisible();
    await page.waitForTimeout(1500);
    await page.workers()[0]?.evaluate(() => (globalThis as { held?: GPUDevice }).held?.destroy());
    await runEnds(page, 100_000);
    await expect(page.getByText(/WebGPU.*(lost|gone|went away)/i).first()).toBeVisible();
  });
});
