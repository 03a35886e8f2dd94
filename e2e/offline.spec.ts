import { appendFile, cp } from "node:fs/promises";
import { join } from "node:path";
import { securityHeaders } from "../vite/security-headers.ts";
import { dist, folderHost, plainHost } from "./support/hosts.ts";
import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openSampleCohort,
  ready,
  save,
  setRows,
  test,
  trainToTheEnd,
} from "./support/lab.ts";

const policy = securityHeaders["Content-Security-Policy"];

test("after its first load the page opens and works with the network off", async ({ page, context }) => {
  await fewSteps(page);
  await openLab(page);
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await page.getByRole("link", { name: "Licences" }).click();
  await expect(page.locator("pre")).toContainText(/MIT License[^]*@tensorflow\/tfjs-core[^]*Apache License/);
  await goTo(page, "Data");
  await openSampleCohort(page);
  await trainToTheEnd(page);
  await goTo(page, "Take away");
  await setRows(page, 40);
  expect((await save(page, "download-csv")).bytes.toString().trim().split("\n")).toHaveLength(41);
});

test("on a host without headers, under a sub path: offline once the host is gone, worker closed", async ({
  page,
  network,
  trouble,
}) => {
  const host = await plainHost("/some/lab/");
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page, network, host.address);
  const fetched = host.asked.length;
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);

  const worker = network.all.map((one) => one.url()).find((url) => /worker-[^/]*\.js$/.test(url)) ?? "";
  const policies = await page.evaluate(
    (urls) => Promise.all(urls.map(async (url) => (await fetch(url)).headers.get("content-security-policy"))),
    [`${host.address}index.html`, worker],
  );
  expect(policies).toEqual([policy, policy]);

  const refused = await page.evaluate(() =>
    fetch("./not-a-file-of-the-page?with=a-row").then(
      () => false,
      () => true,
    ),
  );
  expect(refused).toBe(true);
  expect(host.asked).toHaveLength(fetched);
  trouble.seen.length = 0;

  await host.close();
  await page.reload();
  await ready(page);
  await openSampleCohort(page);
  await trainToTheEnd(page);
});

test("a newer build is fetched beside the one in use, and said", async ({ page }, info) => {
  const folder = info.outputPath("dist");
  await cp(dist, folder, { recursive: true });
  const host = await folderHost(folder, "/");
  await openLab(page, undefined, host.address);
  await expect(page.getByText("A newer version is here.")).toHaveCount(0);
  await appendFile(join(folder, "service-worker.js"), "\n// newer\n");
  await page.reload();
  await ready(page);
  await expect(page.getByText("A newer version is here.")).toBeVisible();
  await host.close();
});
