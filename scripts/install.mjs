import { existsSync, readFileSync } from "node:fs";
import { root, run } from "./stage.mjs";

const read = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8")).packages;

/** Whether node_modules holds what package-lock.json names, version by version. */
export function installed() {
  if (!existsSync(new URL("node_modules/.package-lock.json", root))) return false;
  const here = read("node_modules/.package-lock.json");
  return Object.entries(read("package-lock.json")).every(
    ([path, wanted]) => path === "" || wanted.optional || here[path]?.version === wanted.version,
  );
}

/** Installs the locked packages when they are missing or others. @returns {Promise<boolean>} */
export async function installPackages() {
  if (installed()) return true;
  console.log("Installing packages (npm ci)...");
  const code = await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], {
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
  });
  if (code !== 0) console.error("npm ci failed: see above. It needs the network once.");
  return code === 0;
}

/** Ends with a clear line on a Node that cannot run the tools. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
  process.exit(1);
}
