/**
 * The whole report on a large table, by the terminal, beside the same metrics in Python (`reference.py`), in one run: CPU
 * seconds, peak memory, and their ratio. Options: --data DIR (with adult.csv, or another with --table and --target),
 * --python BIN that the environment is made with.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createRng } from "../../src/core/math/rng.ts";
import type { Figure } from "../figure.ts";
import { runTimed } from "../peers/child.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "bench/out/report");
const LIMIT = 3600;
const TRAIN = 22_000;
const HOLDOUT = 10_000;

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    data: { type: "string", default: join(root, "../shared/data") },
    table: { type: "string", default: "adult" },
    target: { type: "string", default: "income" },
    python: { type: "string", default: process.env["PYTHON"] ?? "python3" },
  },
});

/** The table's rows in random order, cut into train and holdout; same seed, same files. */
async function split(path: string): Promise<{ train: string; holdout: string }> {
  const [header = "", ...rows] = (await readFile(path, "utf8")).trimEnd().split(/\r?\n/);
  const order = createRng(1).permutation(rows.length);
  const part = async (name: string, from: number, to: number): Promise<string> => {
    const file = join(folder, `${name}.csv`);
    const taken = Array.from(order.slice(from, to), (row) => rows[row] as string);
    await writeFile(file, `${[header, ...taken].join("\n")}\n`);
    return file;
  };
  return {
    train: await part("train", 0, TRAIN),
    holdout: await part("holdout", TRAIN, TRAIN + HOLDOUT),
  };
}

const terminal = (...args: string[]): Promise<{ cpu: number }> =>
  runTimed(process.execPath, ["--import", "tsx", join(root, "src/cli/main.ts"), ...args], {
    cwd: root,
    limit: LIMIT,
  });

/** Python with the pinned reference packages, made on first use. */
async function environment(python: string): Promise<string> {
  const home = join(folder, "env");
  const wanted = fileURLToPath(new URL("requirements.txt", import.meta.url));
  const mark = join(home, "requirements.txt");
  const text = await readFile(wanted, "utf8");
  if (existsSync(mark) && (await readFile(mark, "utf8")) === text) return join(home, "bin/python");
  await runTimed(python, ["-m", "venv", home], { cwd: folder, limit: LIMIT });
  await runTimed(join(home, "bin/python"), ["-m", "pip", "install", "-q", "-r", wanted], {
    cwd: folder,
    limit: LIMIT,
  });
  await writeFile(mark, text);
  return join(home, "bin/python");
}

interface Measured {
  readonly metrics: readonly { readonly info: { readonly id: string }; readonly seconds: number }[];
}

export async function benchReport(): Promise<Figure[]> {
  const path = join(String(asked.data), `${String(asked.table)}.csv`);
  if (!existsSync(path)) throw new Error(`${path} is not here.`);
  await mkdir(folder, { recursive: true });
  const target = String(asked.target);
  const { train, holdout } = await split(path);
  const synthetic = join(folder, "synthetic.csv");
  const report = join(folder, "report.json");
  await terminal(
    "synthesize",
    train,
    "--synthesizer",
    "autoregressive",
    "--target",
    target,
    "--out",
    synthetic,
  );
  const tables = ["--train", train, "--holdout", holdout, "--synthetic", synthetic, "--target", target];
  const ours = await terminal("evaluate", ...tables, "--report", report);
  const script = fileURLToPath(new URL("reference.py", import.meta.url));
  const python = await environment(String(asked.python));
  const theirs = await runTimed(python, [script, train, holdout, synthetic, target], {
    cwd: folder,
    limit: LIMIT,
  });
  const parts = JSON.parse(theirs.stdout.trimEnd().split("\n").at(-1) ?? "{}") as Record<string, number>;
  const reference = Object.values(parts).reduce((a, b) => a + b, 0);
  const { metrics } = JSON.parse(await readFile(report, "utf8")) as Measured;
  const slowest = metrics
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 4)
    .map(({ info, seconds }) => `${info.id} ${seconds.toFixed(1)} s`);
  const words = Object.entries(parts).map(([name, seconds]) => `${name} ${seconds.toFixed(0)}`);
  return [
    {
      what: "whole report, 22,000 train x 15, 10,000 held out, 22,000 synthetic",
      value: ours.cpu,
      unit: "CPU s",
      goal: { most: 30 },
      note: `${metrics.length} metrics; longest ${slowest.join(", ")}`,
    },
    {
      what: "the reference implementations in Python",
      value: reference,
      unit: "CPU s",
      note: words.join(", "),
    },
    { what: "ours / Python", value: ours.cpu / reference, unit: "", goal: { most: 1 } },
  ];
}
