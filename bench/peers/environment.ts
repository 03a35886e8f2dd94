import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runTimed } from "./child.ts";

const folder = fileURLToPath(new URL("../out/peers/env/", import.meta.url));
const HOURS = 4 * 3600;

/** A set of Python packages that go together, `requirements-NAME.txt`. */
export type Environment = "field" | "synthcity";

export const requirements = (name: Environment): string =>
  fileURLToPath(new URL(`requirements-${name}.txt`, import.meta.url));

/**
 * The interpreter of an environment, made on first use by `python`'s venv and pip from the pinned requirements, under
 * bench/out. Throws with pip's last words when it cannot be made.
 */
export async function interpreter(name: Environment, python: string): Promise<string> {
  const home = `${folder}${name}`;
  const wanted = await readFile(requirements(name), "utf8");
  const mark = `${home}/requirements.txt`;
  if (existsSync(mark) && (await readFile(mark, "utf8")) === wanted) return `${home}/bin/python`;
  await mkdir(folder, { recursive: true });
  const how = { cwd: folder, limit: HOURS };
  console.log(`  making the Python environment “${name}”: some gigabytes, some minutes`);
  if (!existsSync(`${home}/bin/python`)) await runTimed(python, ["-m", "venv", home], how);
  await runTimed(`${home}/bin/python`, ["-m", "pip", "install", "-q", "-r", requirements(name)], how);
  await writeFile(mark, wanted);
  return `${home}/bin/python`;
}
