import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { existsSync } from "node:fs";
import { run, tool } from "./stage.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome.exe",
  "chrome",
];

const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "/snap/bin/chromium",
];

/** Whether it starts: an executable without its libraries is not a browser. */
function starts(path) {
  if (!existsSync(path)) return false;
  if (process.platform === "win32") return true;
  return spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

/**
 * A Chromium that starts: `SEMBLANCE_BROWSER` if set, then Playwright's own, then the system's.
 * @returns {Promise<string | undefined>} its path
 */
export async function findBrowser() {
  const asked = process.env.SEMBLANCE_BROWSER;
  if (asked) return asked;
  const { chromium } = await import("@playwright/test");
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [chromium.executablePath(), ...onPath, ...elsewhere].find(starts);
}

/** Finds a browser or fetches one: Playwright's build, or Debian's package. @returns {Promise<string | undefined>} */
export async function provideBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.log("No Chromium here. Fetching Playwright's...");
  await run(tool("playwright"), ["install", "chromium"]);
  const fetched = await findBrowser();
  if (fetched) return fetched;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("That did not give one that starts. Installing Debian's chromium...");
    await run("apt-get", ["update", "-qq"]);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  }
  return findBrowser();
}
