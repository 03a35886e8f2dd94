/**
 * Every way off the page that we know of, tried by code that runs in it, on three kinds of host and, so that the listeners
 * are known to hear, on a page without any wall. The table goes to test-results/attacks.md; e2e/attacks.md is a copy.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { chromium, type BrowserContext, type Page } from "@playwright/test";
import { attacks, tools, type Attack } from "./support/attacks.ts";
import { folderHost, plainHost } from "./support/hosts.ts";
import {
  expect,
  fewSteps,
  openText,
  runEnds,
  goTo,
  ready,
  save,
  setRows,
  smallTable,
  test,
} from "./support/lab.ts";
import { setTrap, type Trap } from "./support/trap.ts";

const bare = "no walls";
const walled = ["headers", "no headers", "plain http"] as const;
const places = [bare, ...walled] as const;
type Place = (typeof places)[number];

/** Part of the attack's host name, so that what is heard is known to be its doing. */
const label = (attack: Attack, place: Place): string =>
  `a${attacks.indexOf(attack)}-${places.indexOf(place)}`;

async function evaluate(page: Page, { where }: Attack, code: string): Promise<unknown> {
  if (where === "page") return page.evaluate(code);
  const worker = page.workers()[0] ?? (await page.waitForEvent("worker", { timeout: 5000 }));
  return worker.evaluate(code);
}

/** Runs the attack's code and gives it a moment; most that go out end without a word. */
async function attempt(page: Page, attack: Attack, place: Place, trap: Trap): Promise<void> {
  const name = label(attack, place);
  const port = attack.code.includes("port") ? await trap.udp(name) : 0;
  const given = `const http = ${JSON.stringify(trap.http(name))}, port = ${port};`;
  const code = `(async () => { ${given} ${tools} ${attack.code} })().then(() => "done", String)`;
  const patience = new Promise((resolve) => {
    setTimeout(resolve, 200);
  });
  await Promise.race([evaluate(page, attack, code).catch(() => undefined), patience]);
}

/** A page with a worker and no wall. */
async function openBare(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.evaluate(() => {
    Object.assign(globalThis, { kept: new Worker(URL.createObjectURL(new Blob([""]))) });
  });
  await expect.poll(() => page.workers().length).toBe(1);
}

/** Attacks that take the tab elsewhere, or open another, have each a tab of their own; calls would disturb each other. */
async function attackBare(context: BrowserContext, address: string, trap: Trap): Promise<void> {
  const staying = await context.newPage();
  await openBare(staying, address);
  const isCall = ({ code }: Attack): boolean => code.includes("port");
  const still = attacks.filter((attack) => !attack.alone && !isCall(attack));
  for (const attack of still) await attempt(staying, attack, bare, trap);
  await Promise.all(
    attacks
      .filter(({ alone }) => alone)
      .map(async (attack) => {
        const leaving = await context.newPage();
        await leaving.goto(address);
        await attempt(leaving, attack, bare, trap);
      }),
  );
  const calling = await context.newPage();
  await openBare(calling, address);
  for (const attack of attacks.filter(isCall)) await attempt(calling, attack, bare, trap);
}

/** What the page itself says of it, read without a click, which would wait for navigations that never end. */
function told(page: Page): Promise<{ sent: string; urls: string[]; refused: number }> {
  return page.evaluate(async () => {
    for (const made of document.querySelectorAll("[data-attack]")) made.remove();
    document.querySelector<HTMLElement>("button.trust")?.click();
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    const numbers = [...document.querySelectorAll(".trust-pop .cnt b")].map(({ textContent }) => textContent);
    const urls = [...document.querySelectorAll(".trust-pop .urls li")].map(({ textContent }) => textContent);
    return { sent: numbers[0] ?? "", urls, refused: Number(numbers[2]) };
  });
}

/** A table opened, a model trained, rows saved. */
async function walk(page: Page): Promise<void> {
  await openText(page, "small.csv", smallTable(120));
  await page.getByTestId("train").click();
  await runEnds(page);
  await goTo(page, "Take away");
  await setRows(page, 30);
  const { bytes } = await save(page, "download-csv");
  expect(bytes.toString().trim().split("\n")).toHaveLength(31);
}

test("nothing gets off the page by any way we know of, on three kinds of host", async ({ baseURL }, info) => {
  const log = info.outputPath("net-log.json");
  const folder = info.outputPath("bare");
  await mkdir(folder, { recursive: true });
  const markup = "<!doctype html><link rel=icon href=data:,><title>No walls</title><body>";
  await writeFile(`${folder}/index.html`, markup);
  const [trap, nowhere, plain] = [await setTrap(), await folderHost(folder, "/"), await plainHost("/")];
  // A profile, since a browser keeps its look-ups ahead of time from private windows.
  const context = await chromium.launchPersistentContext(info.outputPath("profile"), {
    executablePath: process.env["SEMBLANCE_BROWSER"] ?? "",
    args: [
      `--log-net-log=${log}`,
      "--disable-quic",
      "--host-resolver-rules=MAP lab.test 127.0.0.1",
      "--allow-loopback-in-peer-connection",
    ],
    ignoreDefaultArgs: ["--disable-background-networking"],
  });
  await attackBare(context, nowhere.address, trap);
  const addresses: Readonly<Record<(typeof walled)[number], string>> = {
    headers: baseURL ?? "",
    "no headers": plain.address,
    "plain http": plain.address.replace("localhost", "lab.test"),
  };
  const attackWalled = async (place: (typeof walled)[number]): Promise<void> => {
    const page = await context.newPage();
    const crashes: string[] = [];
    await fewSteps(page, { synthesizer: "independent" });
    await page.goto(addresses[place]);
    await ready(page);
    const secure = place !== "plain http";
    expect(await page.evaluate(() => isSecureContext && navigator.serviceWorker.controller !== null)).toBe(
      secure,
    );
    await expect(page.getByText("This page came over plain http.")).toHaveCount(secure ? 0 : 1);
    page.on("pageerror", (error) => crashes.push(error.message));
    if (!secure) await walk(page);
    expect(await told(page), `${place}, before any attack`).toEqual({ sent: "0", urls: [], refused: 0 });
    expect(crashes).toEqual([]);
    for (const attack of attacks) await attempt(page, attack, place, trap);
    await page.waitForTimeout(500);
    expect(page.url().split("#")[0], `${place}: the tab is still here`).toBe(addresses[place]);
    await page.evaluate(() => document.querySelector<HTMLElement>("button.trust")?.click());
    const { refused, ...sent } = await told(page);
    expect(sent, `${place}: what was refused is not counted as sent`).toEqual({ sent: "0", urls: [] });
    expect(refused, `${place}: refusals the page can see`).toBeGreaterThan(attacks.length / 2);
  };
  // Every attack bears its host's name, so that the hosts can be attacked at once.
  await Promise.all(walled.map(attackWalled));
  const version = context.browser()?.version() ?? "";
  await context.close();
  const net = await readFile(log, "utf8");
  const heard = (attack: Attack, place: Place): string => {
    const name = label(attack, place);
    const ways = [...(trap.heard.get(name) ?? [])];
    return ways.length === 0 && net.includes(`//${name}.localhost`) ? "name looked up" : ways.join(" and ");
  };
  await Promise.all([trap.close(), nowhere.close(), plain.close()]);

  const rows = attacks.map((attack) => ({ attack, heard: places.map((place) => heard(attack, place)) }));
  const table = [
    `Chromium ${version}, ${new Date().toISOString().slice(0, 10)}.`,
    "",
    `| from | attack | expected | ${places.join(" | ")} |`,
    `|${" --- |".repeat(3 + places.length)}`,
    ...rows.map(
      ({ attack, heard: ways }) =>
        `| ${attack.where} | ${attack.name} | nothing | ${ways.map((way) => way || "nothing").join(" | ")} |`,
    ),
  ];
  await writeFile("test-results/attacks.md", `${table.join("\n")}\n`);
  const named = (list: typeof rows): string[] => list.map(({ attack }) => `${attack.where}: ${attack.name}`);
  expect(named(rows.filter(({ heard: [, ...ways] }) => ways.some((way) => way !== "")))).toEqual([]);
  const deaf = rows.filter(({ attack, heard: [way] }) => way === "" && !attack.unheard);
  // A busy machine may be too slow for one or two.
  const hearable = attacks.filter(({ unheard }) => !unheard).length;
  expect(named(deaf).length, `not heard from a page without walls: ${named(deaf).join(", ")}`).toBeLessThan(
    hearable / 10,
  );
  expect(new Set(rows.map(({ heard: [way] }) => way)), "every kind of listener hears").toEqual(
    new Set(["", "HTTP", "UDP", "name looked up"]),
  );
});
