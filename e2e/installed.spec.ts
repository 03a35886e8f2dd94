import { expect, openLab, test } from "./support/lab.ts";

test("the page can be installed, and opens a table that the desktop hands it", async ({ page, network }) => {
  await page.addInitScript(() => {
    const queue = (window as unknown as { launchQueue?: object }).launchQueue;
    if (!queue) return;
    Object.getPrototypeOf(queue).setConsumer = (consumer: (params: object) => void) => {
      Object.assign(window, { handToPage: consumer });
    };
  });
  await openLab(page, network);
  const session = await page.context().newCDPSession(page);
  const manifest = await session.send("Page.getAppManifest");
  expect(manifest.errors).toEqual([]);
  expect(JSON.parse(manifest.data ?? "{}")).toMatchObject({ name: "Semblance", display: "standalone" });
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual(
    [],
  );

  await page.evaluate(() => {
    const rows = Array.from({ length: 40 }, (_, i) => `${20 + i},${i % 2 ? "f" : "m"}`);
    const file = new File([`age,sex\n${rows.join("\n")}\n`], "from-the-desktop.csv", { type: "text/csv" });
    const { handToPage } = window as unknown as { handToPage: (params: object) => void };
    handToPage({ files: [{ name: file.name, getFile: () => Promise.resolve(file) }] });
  });
  await expect(page.getByRole("heading", { name: /from-the-desktop/ })).toBeVisible();
  // What the browser itself asks for, to install the page, comes from the copy that the page keeps.
  for (const request of network.all.slice(network.ready))
    expect((await request.response())?.fromServiceWorker(), request.url()).toBe(true);
});
