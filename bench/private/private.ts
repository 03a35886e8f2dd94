/**
 * Methods with a guarantee beside the peers of PyPI's dpmm (MST and AIM of SAS, bins by PrivTree and paid for), at equal epsilon and
 * delta (n^-1.1). The peers are given every level and range as public, since finding them themselves fails at these sizes: ours are
 * measured with as much (`declared`) and with what names of clinical quantities tell (`clinical`).
 * Options: --data DIR (NAME.train.csv, NAME.test.csv, NAME.meta.json with the target), --python BIN (numpy, pandas, scikit-learn),
 * --peers-python BIN (bench/private/methods/requirements.txt; none: no peers), --tables a,b, --methods a,b, --epsilons a,b, --facts a,b,
 * --seeds N, --rows DIR (rows and judgements are kept there, and taken from there where they are), --speed.
 */
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Figure } from "../figure.ts";
import { runTimed } from "../peers/child.ts";
import type { Fit } from "./fit-rows.ts";
import { rowOf, tableOfRows, type Judged, type Row } from "./private-table.ts";
import { benchPrivateSpeed } from "./speed.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    data: { type: "string", default: join(root, "../shared/data") },
    python: { type: "string", default: process.env["PYTHON"] ?? "python3" },
    "peers-python": { type: "string", default: "" },
    tables: { type: "string", default: "adult,pima,heart_failure,ckd" },
    methods: { type: "string", default: "dp-target,dp-marginals,dp-network,dp-auto,mst,aim" },
    epsilons: { type: "string", default: "1,3,8" },
    facts: { type: "string", default: "clinical,declared" },
    seeds: { type: "string", default: "5" },
    rows: { type: "string", default: join(root, "bench/out/private") },
    speed: { type: "boolean", default: false },
  },
});
const option = (name: keyof typeof asked): string => String(asked[name]);
const list = (name: keyof typeof asked): string[] => option(name).split(",");

const PEERS: ReadonlySet<string> = new Set(["mst", "aim"]);
/** CPU seconds of one fit of a peer. */
const LONGEST = 2400;
/** The attack's baseline: what it finds in rows that no row was learned from, by this method. */
const BASELINE = { method: "dp-marginals", facts: "declared", epsilon: 3, seeds: 4 };

interface Source {
  readonly train: string;
  readonly test: string;
  readonly target: string;
  readonly rows: number;
}

async function source(table: string): Promise<Source> {
  const file = (name: string): string => join(option("data"), `${table}.${name}`);
  const { target } = JSON.parse(await readFile(file("meta.json"), "utf8")) as { target: string };
  const rows = (await readFile(file("train.csv"), "utf8")).trimEnd().split("\n").length - 1;
  return { train: file("train.csv"), test: file("test.csv"), target, rows };
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Rows of one of our methods: one process for all epsilons and seeds. */
async function fitOurs(from: Source, out: string, given: object): Promise<void> {
  if (await exists(join(out, "fits.json"))) return;
  const all = JSON.stringify({ table: from.train, target: from.target, out, ...given });
  await runTimed(process.execPath, ["--import", "tsx", join(here, "fit-rows.ts"), all], {
    cwd: root,
    limit: LONGEST,
  });
}

/** Rows of a peer, a process for each; what it could not do in time is left out. */
async function fitPeer({ train, rows }: Source, out: string, method: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const kept = join(out, "fits.json");
  const fits = (await exists(kept)) ? (JSON.parse(await readFile(kept, "utf8")) as Fit[]) : [];
  for (const epsilon of list("epsilons").map(Number))
    for (let seed = 0; seed < Number(option("seeds")); seed++) {
      if (fits.some((fit) => fit.epsilon === epsilon && fit.seed === seed)) continue;
      const file = join(out, `eps${epsilon}-seed${seed}.csv`);
      const how = ["--method", method, "--epsilon", String(epsilon), "--delta", String(rows ** -1.1)];
      const program = [join(here, "methods/dpmm_rows.py"), train, file, ...how, "--seed", String(seed)];
      try {
        const { stdout } = await runTimed(option("peers-python"), program, { cwd: out, limit: LONGEST });
        fits.push({ epsilon, seed, seconds: Number(/seconds ([\d.]+)/.exec(stdout)?.[1]) });
      } catch (error) {
        fits.push({ epsilon, seed, seconds: NaN, refused: String(error).slice(0, 300) });
      }
      await writeFile(kept, `${JSON.stringify(fits, undefined, 1)}\n`);
    }
}

async function judge({ train, test, target }: Source, out: string, how: string[]): Promise<Judged[]> {
  const kept = join(out, "judged.jsonl");
  if (!(await exists(kept))) {
    const args = [join(here, "judge.py"), train, test, target, out, "--json", ...how];
    const { stdout } = await runTimed(option("python"), args, { cwd: root, limit: 3600 });
    await writeFile(kept, stdout);
  }
  const lines = (await readFile(kept, "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Judged);
}

/** The rows of the table for one method, and how good real rows are. */
async function measure(table: string, method: string, facts: string): Promise<{ real: number; rows: Row[] }> {
  const from = await source(table);
  const out = join(option("rows"), `${table}.${method}.${facts}`);
  const [epsilons, seeds] = [list("epsilons").map(Number), Number(option("seeds"))];
  if (PEERS.has(method)) await fitPeer(from, out, method);
  else await fitOurs(from, out, { method, epsilons, seeds, facts });
  const fits = JSON.parse(await readFile(join(out, "fits.json"), "utf8")) as Fit[];
  const [real, ...judged] = await judge(from, out, ["--mia"]);
  const rows = epsilons.flatMap((epsilon) => {
    const row = rowOf(
      judged.filter((one) => one.epsilon === epsilon),
      fits.filter((one) => one.epsilon === epsilon),
    );
    return row === undefined ? [] : [{ table, method, facts, epsilon, ...row }];
  });
  return { real: real?.tstr ?? NaN, rows };
}

async function baseline(table: string): Promise<readonly Judged[]> {
  const from = await source(table);
  const out = join(option("rows"), `${table}.unseen`);
  const { method, facts, epsilon, seeds } = BASELINE;
  await fitOurs(from, out, { method, facts, epsilons: [epsilon], seeds, half: true });
  return (await judge(from, out, ["--unseen"])).slice(1);
}

export async function benchPrivate(): Promise<Figure[]> {
  if (asked["speed"] === true) return benchPrivateSpeed(option("data"));
  const figures: Figure[] = [];
  const text: string[] = [];
  for (const table of list("tables")) {
    const rows: Row[] = [];
    let real = NaN;
    for (const method of list("methods")) {
      if (PEERS.has(method) && option("peers-python") === "") continue;
      for (const facts of PEERS.has(method) ? ["given"] : list("facts")) {
        const found = await measure(table, method, facts);
        for (const row of found.rows) console.log(`  ${JSON.stringify(row)}`);
        rows.push(...found.rows);
        real = found.real;
      }
    }
    text.push(tableOfRows(table, real, rows, await baseline(table)));
    figures.push(
      ...rows.map((row) => ({
        what: `${table}, ε ${row.epsilon}, ${row.method} ${row.facts}: TSTR`,
        value: row.tstr.mean,
        unit: "",
        note: `C2ST ${row.c2st.mean.toFixed(3)}, MIA ${row.mia.mean.toFixed(3)}, ${row.seconds.toFixed(1)} s`,
      })),
    );
  }
  const out = new URL("../out/", import.meta.url);
  await mkdir(out, { recursive: true });
  await writeFile(new URL("private.md", out), `${text.join("\n\n")}\n`);
  return figures;
}
