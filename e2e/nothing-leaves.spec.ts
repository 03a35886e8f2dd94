import { elsewhere, type Host } from "./support/hosts.ts";
import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openSampleCohort,
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
  await openSampleCohort(page);
  await trainToTheEnd(page);
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
});

test.describe("a request that is put into the page", () => {
  let trap: Host;
  test.beforeAll(async () => {
    trap = await elsewhere();
  });
  test.afterAll(() => trap.close());

  test("is refused in the page, whichever way it is made, and counted", async ({ page, trouble }) => {
    await openLab(page);
    const outcomes = await page.evaluate(async (address) => {
      const refused = (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => "went out",
          () => "refused",
        );
      const element = (make: () => HTMLElement): Promise<string> =>
        refused(
          new Promise((resolve, reject) => {
            const made = make();
            made.addEventListener("load", resolve);
            made.addEventListener("error", reject);
            document.body.append(made);
          }),
        );
      const image = (): HTMLElement => Object.assign(new Image(), { src: `${address}image` });
      const script = (): HTMLElement =>
        Object.assign(document.createElement("script"), { src: `${address}script` });
      const style = (): HTMLElement =>
        Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${address}style` });
      const socket = new Promise((resolve, reject) => {
        const made = new WebSocket(address.replace("http", "ws"));
        made.addEventListener("open", resolve);
        made.addEventListener("error", reject);
      });
      return {
        fetch: await refused(fetch(`${address}fetch`)),
        noCors: await refused(fetch(`${address}no-cors`, { mode: "no-cors", method: "POST", body: "a row" })),
        module: await refused(import(`${address}module.js`)),
        image: await element(image),
        script: await element(script),
        style: await element(style),
        socket: await refused(socket),
        beacon: navigator.sendBeacon(`${address}beacon`, "a row") ? "tried" : "refused",
      };
    }, trap.address);
    expect(Object.values(outcomes).filter((outcome) => outcome === "went out")).toEqual([]);
    await page.waitForTimeout(300);
    expect(trap.asked).toEqual([]);
    trouble.seen.length = 0;
    await page.getByTestId("requests").click();
    await expect(page.getByText("requests blocked by the browser").locator("..")).not.toHaveText(/^0/);
    expect(await requestCount(page), "what was refused did not go out").toBe("0");
  });

  test("is refused in the worker", async ({ page, trouble }) => {
    await openLab(page);
    const worker = page.workers()[0];
    if (!worker) throw new Error("The page has no worker.");
    const outcomes = await worker.evaluate(async (address) => {
      const attempt = async (work: () => unknown): Promise<string> => {
        try {
          await work();
          return "went out";
        } catch {
          return "refused";
        }
      };
      return {
        fetch: await attempt(() => fetch(`${address}fetch`)),
        request: await attempt(() => new XMLHttpRequest()),
        socket: await attempt(() => new WebSocket(address.replace("http", "ws"))),
        module: await attempt(() => import(`${address}module.js`)),
        worker: await attempt(() => new Worker(`${address}worker.js`)),
        prototype: await attempt(() =>
          Object.getPrototypeOf(Object.getPrototypeOf(self)).fetch.call(self, address),
        ),
      };
    }, trap.address);
    expect(Object.values(outcomes)).toEqual(Object.values(outcomes).map(() => "refused"));
    await page.waitForTimeout(300);
    expect(trap.asked).toEqual([]);
    expect(await requestCount(page), "what was refused did not go out").toBe("0");
    trouble.seen.length = 0;
  });
});

test("every file comes with the policy, the worker's script too", async ({ page, network, request }) => {
  await openLab(page, network);
  const scripts = network.all.map((one) => one.url()).filter((url) => url.endsWith(".js"));
  expect(scripts.some((url) => /worker-[^/]*\.js$/.test(url))).toBe(true);
  for (const url of [...new Set(scripts), "./"]) {
    const headers = (await request.get(url)).headers();
    expect(headers["content-security-policy"], url).toContain("default-src 'none'");
    expect(headers["content-security-policy"], url).toContain("connect-src 'self'");
    expect(headers["content-security-policy"], url).not.toContain("unsafe-inline");
  }
});
