/**
 * Every synthesizer on real tables, fitted by the command line as a person would, judged by a program that is not ours.
 * Options: --data DIR, --judge SCRIPT, --python BIN, --seeds N, --tables a,b, --synthesizers a,b.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import type { Figure } from "./figure.ts";
import { withoutNaN } from "./peers/judged.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../", import.meta.url));

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    data: { type: "string", default: join(root, "../shared/data") },
    judge: { type: "string", default: join(root, "../shared/judge/evaluate.py") },
    python: { type: "string", default: process.env["PYTHON"] ?? "python3" },
    seeds: { type: "string", default: "3" },
    tables: { type: "string", default: "adult,pima,heart_failure" },
    synthesizers: { type: "string", default: "vae,gan,independent" },
  },
});
const option = (name: keyof typeof asked): string => String(asked[name]);

interface Goal {
  readonly c2st?: number;
  readonly tstr?: number;
}
const goals: Readonly<Record<string, Goal>> = {
  "vae adult": { c2st: 0.65, tstr: 0.88 },
  "vae pima": { c2st: 0.65, tstr: 0.77 },
  "vae heart_failure": { c2st: 0.65, tstr: 0.78 },
  "gan adult": { c2st: 0.7, tstr: 0.87 },
};

interface Verdict {
  readonly seconds: number;
  readonly c2st_test_gbt: number;
  readonly tstr_gbt: number;
  readonly trtr_gbt: number;
  readonly dcr_share: number;
  readonly mia_auc: number;
  readonly exact_copy_share: number;
  readonly exact_copy_share_holdout: number;
}

async function judgeOne(table: string, synthesizer: string, seed: number, folder: string): Promise<Verdict> {
  const data = (part: string): string => join(option("data"), `${table}.${part}`);
  const { target } = JSON.parse(await readFile(data("meta.json"), "utf8")) as { target: string };
  const out = join(folder, `${table}-${synthesizer}-${seed}.csv`);
  const started = performance.now();
  const cli = ["--import", "tsx", join(root, "src/cli/main.ts"), "synthesize", data("train.csv")];
  const how = ["--synthesizer", synthesizer, "--target", target, "--seed", String(seed), "--out", out];
  await run(process.execPath, [...cli, ...how], { cwd: root });
  const seconds = (performance.now() - started) / 1000;
  const json = join(folder, "verdict.json");
  const against = ["--test", data("test.csv"), "--meta", data("meta.json"), "--json", json, "--quiet"];
  await run(option("python"), [option("judge"), data("train.csv"), out, ...against]);
  return { ...(JSON.parse(withoutNaN(await readFile(json, "utf8"))) as Verdict), seconds };
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function figuresOf(what: string, verdicts: readonly Verdict[]): Figure[] {
  const of = (name: keyof Verdict): number => mean(verdicts.map((verdict) => verdict[name]));
  const each = (name: keyof Verdict): string => verdicts.map((verdict) => verdict[name].toFixed(3)).join(" ");
  const { c2st, tstr } = goals[what] ?? {};
  return [
    {
      what: `${what}: C2ST against the test rows`,
      value: of("c2st_test_gbt"),
      unit: "",
      note: `seeds ${each("c2st_test_gbt")}`,
      ...(c2st === undefined ? {} : { goal: { most: c2st } }),
    },
    {
      what: `${what}: TSTR`,
      value: of("tstr_gbt"),
      unit: "",
      note: `seeds ${each("tstr_gbt")}; trained on real ${of("trtr_gbt").toFixed(3)}`,
      ...(tstr === undefined ? {} : { goal: { least: tstr } }),
    },
    {
      what: `${what}: exact copies`,
      value: of("exact_copy_share"),
      unit: "",
      goal: { most: of("exact_copy_share_holdout") },
      note: "goal: the holdout's own rate",
    },
    { what: `${what}: DCR share`, value: of("dcr_share"), unit: "", note: `MIA ${of("mia_auc").toFixed(3)}` },
    { what: `${what}: start to CSV`, value: of("seconds"), unit: "s" },
  ];
}

/** Needs the tables, the judge and a Python that runs it; without them it says so and measures nothing. */
export async function benchJudge(): Promise<Figure[]> {
  const missing = [option("judge"), option("data")].find((path) => !existsSync(path));
  if (missing !== undefined) {
    console.log(`  ${missing} is not here: nothing was judged. Say --data DIR, --judge SCRIPT.`);
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), "semblance-judge-"));
  const figures: Figure[] = [];
  try {
    for (const synthesizer of option("synthesizers").split(",")) {
      for (const table of option("tables").split(",")) {
        const verdicts: Verdict[] = [];
        for (let seed = 1; seed <= Number(option("seeds")); seed++) {
          verdicts.push(await judgeOne(table, synthesizer, seed, folder));
        }
        figures.push(...figuresOf(`${synthesizer} ${table}`, verdicts));
        console.log(`  ${synthesizer} on ${table} judged`);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return figures;
}
