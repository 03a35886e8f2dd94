/**
 * Every peer and every one of ours on the same splits, judged by a program that is not ours and by the project's own
 * evaluation, as one table: bench/out/peers.md and peers-table.json. See README.md beside this file for what runs how.
 *
 * Options: --data DIR, --judge SCRIPT, --python BIN (that the environments are made with), --tables a,b,
 * --peers a,b | none, --ours a,b | none, --seeds N (at most this many for a peer), --our-seeds N, --own N (seeds that the
 * project's own evaluation measures too), --limit S (CPU seconds a fit may take), --retry (failed ones again),
 * --any (take kept runs of ours whatever program made them), --browser TABLE (train Auto in the built page, once).
 */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { synthesizers } from "../../src/core/synthesizers/registry.ts";
import type { Figure } from "../figure.ts";
import { benchBrowser } from "./browser.ts";
import { figuresOf, goalTables } from "./goals.ts";
import { judge, ownEvaluation, readSplit, root, type Split } from "./judged.ts";
import { interpreter } from "./environment.ts";
import { ourJob, peerJob, type Job } from "./jobs.ts";
import { keepRun, readOurs, readRuns, type Run } from "./results.ts";
import { peers } from "./roster.ts";
import { mainTable } from "./table.ts";

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    data: { type: "string", default: join(root, "../shared/data") },
    judge: { type: "string", default: join(root, "../shared/judge/evaluate.py") },
    python: { type: "string", default: process.env["PYTHON"] ?? "python3" },
    tables: { type: "string", default: "heart_failure,ckd,wdbc,pima,pbcseq,adult" },
    peers: { type: "string", default: peers.map(({ id }) => id).join() },
    ours: {
      type: "string",
      default: synthesizers.flatMap(({ id, needs }) => (needs === undefined ? [id] : [])).join(),
    },
    seeds: { type: "string", default: "5" },
    "our-seeds": { type: "string", default: "5" },
    own: { type: "string", default: "1" },
    limit: { type: "string", default: "3600" },
    retry: { type: "boolean", default: false },
    any: { type: "boolean", default: false },
    browser: { type: "string" },
  },
});
const option = (name: keyof typeof asked): string => String(asked[name]);
const listed = (name: "peers" | "ours" | "tables"): string[] =>
  option(name) === "none" ? [] : option(name).split(",");

/** What is to be measured, the first seed of everything before the second of anything. */
async function jobs(splits: readonly Split[]): Promise<Job[]> {
  const named = listed("peers").map((id) => {
    const peer = peers.find((item) => item.id === id);
    if (peer === undefined)
      throw new Error(`There is no peer “${id}”; there are ${peers.map((p) => p.id).join()}.`);
    return peer;
  });
  const all: Job[] = [];
  for (const split of splits) {
    for (const peer of named) {
      const seeds = Math.min(peer.seeds(split.name), Number(option("seeds")));
      for (let seed = 1; seed <= seeds; seed++)
        all.push(await peerJob(peer, split, seed, { judge: option("judge"), python: option("python") }));
    }
    for (const design of listed("ours"))
      for (let seed = 1; seed <= Number(option("our-seeds")); seed++)
        all.push(await ourJob(design, split, seed, option("judge")));
  }
  return all.toSorted((a, b) => a.seed - b.seed);
}

async function isKept({ ours, design, split, seed, key }: Job): Promise<boolean> {
  const kept = (await readRuns(ours, design)).find((run) => run.table === split.name && run.seed === seed);
  if (kept === undefined || (kept.failed !== undefined && asked.retry === true)) return false;
  return kept.key === key || (ours && asked.any === true);
}

async function measure(job: Job, folder: string): Promise<Run> {
  const { design, split, seed, key } = job;
  const facts = { design, table: split.name, seed, key, rows: split.rows };
  const csv = join(folder, "synthetic.csv");
  await rm(csv, { force: true });
  try {
    const fitted = await job.fit(csv, Number(option("limit")));
    const python = await interpreter("field", option("python"));
    const verdict = await judge(split, csv, { python, script: option("judge"), folder });
    const own = seed <= Number(option("own")) ? { own: await ownEvaluation(split, csv, folder) } : {};
    return { ...facts, ...fitted, verdict, ...own };
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    return { ...facts, cpu: 0, failed };
  }
}

const said = ({ design, table, seed, cpu, verdict, failed }: Run): string =>
  `  ${design} ${table} ${seed}: ${
    verdict === undefined
      ? `failed: ${failed}`
      : `C2ST ${verdict.c2st} TSTR ${verdict.tstr} CPU ${cpu.toFixed(1)} s`
  }`;

/** Measures what is not kept yet, then writes the tables from everything that is kept. */
export async function benchPeers(): Promise<Figure[]> {
  const missing = [option("judge"), option("data")].find((path) => !existsSync(path));
  if (missing === undefined) await measureAll();
  else console.log(`  ${missing} is not here: nothing was measured, the tables show what is kept.`);
  const page =
    asked.browser === undefined ? [] : await benchBrowser(await readSplit(option("data"), option("browser")));
  const theirs = (await Promise.all(peers.map(({ id }) => readRuns(false, id)))).flat();
  const runs = [...theirs, ...(await readOurs())];
  const text = [mainTable(runs, listed("tables")), ...goalTables(runs, listed("tables"))].join("\n\n");
  const out = fileURLToPath(new URL("../out/", import.meta.url));
  await mkdir(out, { recursive: true });
  await writeFile(`${out}peers.md`, `${text}\n`);
  await writeFile(`${out}peers-table.json`, `${JSON.stringify(runs, null, 1)}\n`);
  console.log(`\n${text}\n`);
  return [...figuresOf(runs, listed("tables")), ...page];
}

async function measureAll(): Promise<void> {
  const splits = await Promise.all(listed("tables").map((name) => readSplit(option("data"), name)));
  const folder = await mkdtemp(join(tmpdir(), "semblance-peers-"));
  try {
    for (const job of await jobs(splits)) {
      if (await isKept(job)) continue;
      const run = await measure(job, folder);
      await keepRun(job.ours, run);
      console.log(said(run));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
