/** How long a fit with a guarantee takes and how much memory, each method in a process of its own. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRng } from "../../src/core/math/rng.ts";
import type { Figure } from "../figure.ts";
import { runTimed } from "../peers/child.ts";
import type { Fit } from "./fit-rows.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const [WIDE_ROWS, WIDE_COLUMNS] = [10_000, 50];
const MOST_MEGABYTES = 1000;

/** Columns that hang together by three hidden ones, half of them numbers and half levels; the last is the target. */
function wideTable(): string {
  const rng = createRng(1);
  const names = Array.from({ length: WIDE_COLUMNS }, (_, j) => `column_${j}`);
  const lines = Array.from({ length: WIDE_ROWS }, () => {
    const hidden = [rng.normal(), rng.normal(), rng.normal()];
    const cell = (j: number): string => {
      const value = (hidden[j % 3] as number) + rng.normal();
      if (j === WIDE_COLUMNS - 1) return value > 1 ? "yes" : "no";
      return j % 2 === 0 ? (10 * value).toFixed(1) : `level ${Math.min(5, Math.floor(Math.abs(2 * value)))}`;
    };
    return names.map((_, j) => cell(j)).join(",");
  });
  return `${names.join(",")}\n${lines.join("\n")}\n`;
}

interface Timed {
  readonly method: string;
  readonly seconds: number;
  readonly name: string;
}

export async function benchPrivateSpeed(data: string): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "private-speed-"));
  try {
    const wide = join(folder, "wide.csv");
    await writeFile(wide, wideTable());
    const adult = { table: join(data, "adult.train.csv"), target: "income" };
    const other = { table: wide, target: `column_${WIDE_COLUMNS - 1}` };
    const shape = `${WIDE_COLUMNS} columns x ${WIDE_ROWS} rows`;
    return [
      ...(await timed(adult, folder, { method: "dp-target", seconds: 1, name: "adult" })),
      ...(await timed(adult, folder, { method: "dp-marginals", seconds: 5, name: "adult" })),
      ...(await timed(adult, folder, { method: "dp-network", seconds: 30, name: "adult" })),
      ...(await timed(other, folder, { method: "dp-target", seconds: 60, name: shape })),
      ...(await timed(other, folder, { method: "dp-marginals", seconds: 60, name: shape })),
      await pace(),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The slowest fit of one process, at three epsilons. */
async function timed(of: object, folder: string, { method, seconds, name }: Timed): Promise<Figure[]> {
  const out = join(folder, `${name} ${method}`);
  const given = { ...of, out, method, epsilons: [1, 3, 8], seeds: 1, facts: "clinical" };
  const args = ["--import", "tsx", join(here, "fit-rows.ts"), JSON.stringify(given)];
  await runTimed(process.execPath, args, { cwd: root, limit: 1200 });
  const fits = JSON.parse(await readFile(join(out, "fits.json"), "utf8")) as Fit[];
  const what = `${name}, ${method}`;
  return [
    { what, value: Math.max(...fits.map((fit) => fit.seconds)), unit: "CPU s", goal: { most: seconds } },
    {
      what: `${what}: memory of the process`,
      value: Math.max(...fits.map((fit) => fit.megabytes ?? NaN)),
      unit: "MB",
      goal: { most: MOST_MEGABYTES },
    },
  ];
}

/** Steps of DP-SGD beside the same without norms, coins and noise. */
async function pace(): Promise<Figure> {
  const args = ["--import", "tsx", join(here, "network-pace.ts")];
  const { stdout } = await runTimed(process.execPath, args, { cwd: root, limit: 600 });
  const times = [...stdout.matchAll(/: ([\d.]+) times/g)].map(([, found]) => Number(found));
  return {
    what: "a step of DP-SGD, times the same without",
    value: Math.max(...times),
    unit: "",
    goal: { most: 3 },
  };
}
