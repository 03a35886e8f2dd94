import { writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { expect, fewSteps, goTo, openLab, save, setRows, test, trainToTheEnd } from "./support/lab.ts";

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test("the evaluation is taken away as HTML, JSON, documents and one zip, and the HTML opens anywhere", async ({
  page,
  browser,
  network,
}, info) => {
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page, network);
  await page.getByTestId("sample-cohort-diabetes").click();
  await trainToTheEnd(page, { whole: true });
  await goTo(page, "Take away");
  await setRows(page, 300);

  await page.getByText("For the board’s page").click();
  await page.getByLabel("Purpose").fill("Test data for discharge letters");
  const html = await save(page, "save-html");
  expect(html.name).toMatch(/-run-1-\d{4}-\d\d-\d\d-evaluation\.html$/);
  await expect(page.getByText(`${html.name} is saved.`)).toBeVisible();
  const path = info.outputPath("evaluation.html");
  await writeFile(path, html.bytes);

  const json = JSON.parse(text((await save(page, "save-json")).bytes));
  expect(json).toMatchObject({ format: "semblance-evaluation", version: 1, report: { version: 3 } });
  expect(json.facts.source.simulated).toBe(true);
  expect(json.settings).toMatchObject({ synthesizer: "independent", holdout: { share: 0.2, seed: 1 } });
  for (const table of ["train", "holdout", "synthetic"])
    expect(json.report.tables[table].sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(text((await save(page, "save-model-card")).bytes)).toContain(json.facts.source.sha256);
  expect(text((await save(page, "save-datasheet")).bytes)).toContain("## Composition");
  const csv = await save(page, "download-csv");
  const metadata = JSON.parse(text((await save(page, "save-croissant")).bytes));
  const sha256 = createHash("sha256").update(csv.bytes).digest("hex");
  expect(metadata.distribution[0]).toMatchObject({ contentUrl: csv.name, sha256 });

  const contents = unzipSync((await save(page, "save-bundle")).bytes);
  expect(Object.keys(contents).toSorted()).toEqual([
    "private/README.txt",
    "private/model.semblance",
    "private/settings.json",
    "safe-to-share/README.txt",
    "safe-to-share/croissant.json",
    "safe-to-share/datasheet.md",
    "safe-to-share/evaluation.html",
    "safe-to-share/evaluation.json",
    "safe-to-share/model-card.md",
    "safe-to-share/synthetic.csv",
  ]);
  expect(Buffer.from(contents["safe-to-share/synthetic.csv"] ?? [])).toEqual(csv.bytes);
  const inside = text(contents["safe-to-share/evaluation.html"]);
  expect(inside).toContain(`synthetic ${sha256.slice(0, 16)}`);
  expect(inside.replace(/synthetic [0-9a-f]{16}…[0-9a-f]{8}/, "")).toBe(
    text(html.bytes).replace("synthetic see the file it goes with", ""),
  );
  await page.getByLabel(/^With the 300 synthetic rows/).uncheck();
  const without = unzipSync((await save(page, "save-bundle")).bytes);
  expect(Object.keys(without)).not.toContain("safe-to-share/synthetic.csv");
  await page.screenshot({ path: "test-results/screenshots/take-away-files.png", fullPage: true });
  expect(network.all.length, "requests since the page was ready").toBe(network.ready);

  const windows = (["light", "dark"] as const).flatMap((colorScheme) =>
    [1280, 390].map((width) => ({ colorScheme, width })),
  );
  await Promise.all(
    windows.map(async ({ colorScheme, width }) => {
      const context = await browser.newContext({
        offline: true,
        colorScheme,
        viewport: { width, height: 900 },
      });
      const opened = await context.newPage();
      const asked: string[] = [];
      const said: string[] = [];
      opened.on("request", (request) => asked.push(request.url()));
      opened.on("console", (message) => said.push(message.text()));
      opened.on("pageerror", (error) => said.push(error.message));
      await opened.goto(`file://${path}`);
      for (const side of ["Fidelity", "Utility", "Privacy", "Fairness", "Clinical plausibility"])
        await expect(opened.getByRole("rowheader", { name: side }).first()).toBeVisible();
      await expect(opened.getByRole("heading", { level: 1 })).toContainText(/^(Use for|Do not use)/);
      await expect(opened.getByText("Test data for discharge letters")).toBeVisible();
      await opened.getByText("As a table").first().click();
      await expect(opened.getByRole("region", { name: /as a table$/ }).first()).toBeVisible();
      const sizes = await opened.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(sizes[0], "nothing hangs over the edge").toBeLessThanOrEqual(sizes[1] ?? 0);
      expect(asked).toEqual([`file://${path}`]);
      expect(said).toEqual([]);
      if (width === 1280 && colorScheme === "light") {
        await opened.emulateMedia({ media: "print" });
        await opened.setViewportSize({ width: 703, height: 1000 });
        const onPaper = await opened.locator("#board").boundingBox();
        // A4 less the report's own edges: 186 x 269 mm.
        expect(onPaper?.height, "the board's page fits on one A4 page").toBeLessThan(1016);
        await opened.emulateMedia({ media: null });
        await opened.setViewportSize({ width, height: 900 });
      }
      const shot = `test-results/screenshots/evaluation-html-${colorScheme}-${width}.png`;
      await opened.screenshot({ path: shot, fullPage: true });
      await context.close();
    }),
  );
});
