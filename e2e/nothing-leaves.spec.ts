import { writeFile, mkdir } from "node:fs/promises";
import { metaPolicy, securityHeaders } from "../vite/security-headers.ts";
import { folderHost, plainHost } from "./support/hosts.ts";
import {
  expect,
  fewSteps,
  goTo,
  openLab,
  requestCount,
  save,
  setRows,
  test,
  trainToTheEnd,
} from "./support/lab.ts";

test("the whole journey asks no other origin for anything, and nobody for anything once the page is ready", async ({
  page,
  network,
  baseURL,
}) => {
  await fewSteps(page);
  await openLab(page, network);
  expect(network.ready).toBeGreaterThan(3);
  await page.getByTestId("sample-cohort-diabetes").click();
  await trainToTheEnd(page, { whole: true });
  await goTo(page, "Compare");
  await save(page, "save-card");
  await goTo(page, "Take away");
  await setRows(page, 50);
  await save(page, "download-csv");
  await save(page, "export-model");
  await goTo(page, "Data");

  const origin = new URL(baseURL ?? "").origin;
  const others = network.all.map((request) => request.url()).filter((url) => new URL(url).origin !== origin);
  expect(others).toEqual([]);
  expect(network.all.slice(network.ready).map((request) => request.url())).toEqual([]);
  expect(await requestCount(page)).toBe("0");

  await page.getByRole("button", { name: /^Theme/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", /dark|light/);
  await page.getByTestId("requests").click();
  const refused = page.getByText("attempts to reach elsewhere that were refused").locator("..");
  await expect(refused, "the page itself tries nothing that is refused").toHaveText(/^0/);
});

test("page, server and service worker state one policy; the first script is the one that closes the doors", async ({
  page,
  network,
  request,
}) => {
  await openLab(page, network);
  const policy = securityHeaders["Content-Security-Policy"];
  const scripts = network.all.map((one) => one.url()).filter((url) => url.endsWith(".js"));
  expect(scripts.some((url) => /worker-[^/]*\.js$/.test(url))).toBe(true);
  for (const url of [...new Set(scripts), "./"])
    expect((await request.get(url)).headers()["content-security-policy"], url).toBe(policy);

  const markup = await (await request.get("./")).text();
  const order = [...markup.matchAll(/<(meta http-equiv="Content-Security-Policy|script|link|style)\b/g)];
  expect(order[0]?.[1], "nothing comes before the policy").toContain("Content-Security-Policy");
  expect(order[1]?.[1]).toBe("script");
  expect(/<script[^>]*>/.exec(markup)?.[0]).toMatch(/^<script src="\.\/assets\/doors-[^"]+\.js">$/);
  const stated = await page.evaluate(async () => ({
    meta: document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content,
    answered: (await fetch("./index.html")).headers.get("content-security-policy"),
  }));
  expect(stated.meta).toBe(metaPolicy);
  expect(policy).toBe(`${metaPolicy}; frame-ancestors 'none'`);
  expect(stated.answered).toBe(policy);
});

test("the page does not run inside another page", async ({ page, trouble }, info) => {
  const plain = await plainHost("/");
  const folder = info.outputPath("around");
  await mkdir(folder, { recursive: true });
  const frame = `<iframe src="${plain.address}"></iframe>`;
  await writeFile(`${folder}/index.html`, `<!doctype html><link rel=icon href=data:,><body>${frame}`);
  const around = await folderHost(folder, "/");
  await page.goto(around.address);
  await expect(page.frameLocator("iframe").getByText(/does not run inside another page/)).toBeVisible();
  trouble.seen.length = 0;
  await around.close();
  await plain.close();
});
