/**
 * Patients over time: our methods and the peers from PyPI on tables split by patient, fitted by the command line as a person
 * would, judged by a program that is not ours.
 * Options: --data DIR, --judge SCRIPT, --python BIN (numpy, pandas, scikit-learn), --peers-python BIN (requirements of
 * bench/peers/requirements-field.txt), --seeds N, --tables a,b, --methods a,b, --speed.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import type { Figure } from "../figure.ts";
import { runTimed } from "../peers/child.ts";
import { withoutNaN } from "../peers/judged.ts";
import { benchVisitsSpeed } from "./speed.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    data: { type: "string", default: join(root, "../shared/data") },
    judge: { type: "string", default: join(root, "../shared/recipes/longitudinal_judge.py") },
    python: { type: "string", default: process.env["PYTHON"] ?? "python3" },
    "peers-python": { type: "string", default: "" },
    seeds: { type: "string", default: "5" },
    tables: { type: "string", default: "pbcseq_visits,icu_pressure_visits" },
    methods: { type: "string", default: "visits,par,argn" },
    speed: { type: "boolean", default: false },
  },
});
const option = (name: keyof typeof asked): string => String(asked[name]);

interface VisitTable {
  readonly key: string;
  readonly time: string;
  readonly target: string;
  readonly end?: string;
}

const tables: Readonly<Record<string, VisitTable>> = {
  pbcseq_visits: { key: "id", time: "day", target: "status", end: "futime" },
  icu_pressure_visits: {
    key: "patientunitstayid",
    time: "observationoffset",
    target: "unitdischargestatus",
  },
};

const peers: Readonly<Record<string, string>> = { par: "sdv_par.py", argn: "sequential_argn.py" };

type Judged = Readonly<Record<string, number>>;

/** What is shown, in its order, by the judge's names. */
const shown = [
  "c2st_pat",
  "c2st_pair",
  "tstr",
  "next_r2",
  "ac1_err",
  "icc_err",
  "dchg_sd",
  "dchg_ks",
  "trans_err",
  "xlag_err",
  "visits_ks",
  "gap_ks",
  "shape_visit",
  "mia",
  "near_train",
  "too_close",
  "bad_time",
  "after_end",
  "after_event",
  "bad_static",
] as const;

interface Job {
  readonly table: string;
  readonly method: string;
  readonly seed: number;
  readonly folder: string;
}

/** Fits and draws as many patients as were trained on; CPU seconds of the whole program. */
async function make({ table, method, seed, folder }: Job): Promise<{ out: string; cpu: number }> {
  const { key, time, target } = tables[table] as VisitTable;
  const out = join(folder, `${table}-${method}-${seed}.csv`);
  const train = join(option("data"), `${table}.train.csv`);
  const peer = peers[method];
  if (peer !== undefined) {
    const program = join(root, "bench/visits/methods", peer);
    const { cpu } = await runTimed(option("peers-python"), [program, train, key, time, String(seed), out], {
      cwd: folder,
      limit: 3600,
    });
    return { out, cpu };
  }
  const cli = ["--import", "tsx", join(root, "src/cli/main.ts"), "synthesize", train];
  const columns = ["--patient", key, "--time", time, "--target", target];
  const how = ["--synthesizer", method === "flat" ? "autoregressive" : method, "--seed", String(seed)];
  const { cpu } = await runTimed(process.execPath, [...cli, ...columns, ...how, "--out", out], {
    cwd: root,
    limit: 3600,
  });
  return { out, cpu };
}

async function judge(table: string, synthetic: string): Promise<Judged> {
  const { key, time, target, end } = tables[table] as VisitTable;
  const file = (part: string): string => join(option("data"), `${table}.${part}.csv`);
  const of = ["--id", key, "--time", time, "--target", target, ...(end === undefined ? [] : ["--end", end])];
  const args = [option("judge"), file("train"), synthetic, "--test", file("test"), ...of];
  const { stdout } = await run(option("python"), args);
  return JSON.parse(withoutNaN(stdout)) as Judged;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const standardError = (values: readonly number[]): number => {
  const m = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - m) ** 2)) / Math.max(1, values.length - 1));
};

export async function benchVisits(): Promise<Figure[]> {
  if (asked["speed"] === true) return benchVisitsSpeed();
  const folder = await mkdtemp(join(tmpdir(), "semblance-visits-"));
  const results: Record<string, unknown> = {};
  const figures: Figure[] = [];
  try {
    for (const table of option("tables").split(","))
      for (const method of option("methods").split(",")) {
        const all: Judged[] = [];
        for (let seed = 1; seed <= Number(option("seeds")); seed++) {
          const { out, cpu } = await make({ table, method, seed, folder });
          all.push({ ...(await judge(table, out)), cpu });
          console.log(`  ${table} ${method} ${seed}: ${JSON.stringify(all.at(-1))}`);
        }
        results[`${table} ${method}`] = all;
        for (const name of [...shown, "cpu"]) {
          const values = all.map((one) => one[name] ?? NaN).filter(Number.isFinite);
          if (values.length > 0)
            figures.push({
              what: `${table}, ${method}: ${name}`,
              value: mean(values),
              unit: name === "cpu" ? "CPU s" : "",
              note: `±${standardError(values).toFixed(3)}`,
            });
        }
      }
    const kept = new URL("../out/", import.meta.url);
    await mkdir(kept, { recursive: true });
    await writeFile(new URL("visits.json", kept), JSON.stringify(results, undefined, 1));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return figures;
}
