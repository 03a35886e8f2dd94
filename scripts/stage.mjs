import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The project's folder, whatever folder the command was started from. */
export const root = new URL("..", import.meta.url);

/** A tool that the packages bring, e.g. "vite". */
export const tool = (name) => fileURLToPath(new URL(`node_modules/.bin/${name}`, root));

/**
 * Runs one command of the project to its end, its output passed through.
 * @returns {Promise<number>} its exit code (1 when it was ended by a signal or could not be started)
 */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
      shell: process.platform === "win32",
    });
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** A stage's work: one of `tool`s, which must end well. */
export const runs =
  (name, ...args) =>
  async () =>
    (await run(tool(name), args)) === 0;

/** What can be checked without running anything: by name, its work. They do not depend on each other. */
export const readings = {
  ...Object.fromEntries(
    ["tsconfig.json", "tsconfig.core.json", "tsconfig.service-worker.json"].map((config) => [
      `types, ${config}`,
      runs("tsc", "-p", config),
    ]),
  ),
  lint: runs("oxlint"),
};

/** Prints one line when `work` is over: what, how long. @returns {Promise<boolean>} whether it went well */
export async function stage(name, work) {
  const start = performance.now();
  console.log(`\n▸ ${name}`);
  const good = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${good ? "✓" : "✗"} ${name}: ${good ? "ok" : "failed"} in ${seconds} s`);
  return good;
}
