/**
 * What use a guarantee leaves, measured in advance: src/core/lab/guarantee/measured-use.json, from which the page says what to
 * expect of a table that nobody has looked at.
 *
 *     node --import tsx bench/private/expected-use.ts '{"data":"DIR","tables":["pima"],"sizes":[200,500],"epsilons":[0.3,1,3,10],
 *       "seeds":2,"method":"dp-target","python":"python3"}'
 *
 * DIR holds NAME.train.csv, NAME.test.csv and NAME.meta.json with the target. Each size is the first rows of train; a size beyond
 * the table is left out, and all its rows are measured too. Ranges of known clinical quantities are public, all else is paid for.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

interface Asked {
  readonly data: string;
  readonly tables: readonly string[];
  readonly sizes: readonly number[];
  readonly epsilons: readonly number[];
  readonly seeds: number;
  readonly method: string;
  readonly python: string;
}

interface Measured {
  readonly units: number;
  readonly columns: number;
  readonly epsilon: number;
  readonly real: number;
  readonly use: number;
  readonly told: number;
}

const run = promisify(execFile);
const here = new URL(".", import.meta.url).pathname;
const OUT = new URL("../../src/core/lab/guarantee/measured-use.json", import.meta.url);
const ABOUT =
  "Methods with a guarantee, measured in advance by bench/private/expected-use.ts: patients learned from, columns, epsilon, AUROC of the target on unseen real rows when learned from real rows (real) and from synthetic rows (use), and how well synthetic rows are told from real ones (told, C2ST AUC). Means over seeds.";

async function measure(name: string, rows: number | undefined, asked: Asked): Promise<Measured[]> {
  const { target } = JSON.parse(await readFile(join(asked.data, `${name}.meta.json`), "utf8")) as {
    target: string;
  };
  const lines = (await readFile(join(asked.data, `${name}.train.csv`), "utf8")).trimEnd().split("\n");
  const folder = await mkdtemp(join(tmpdir(), "expected-use-"));
  try {
    const table = join(folder, "train.csv");
    const kept = lines.slice(0, 1 + (rows ?? lines.length));
    await writeFile(table, `${kept.join("\n")}\n`);
    const out = join(folder, "rows");
    const { method, epsilons, seeds } = asked;
    for (const epsilon of epsilons) {
      const given = { table, target, out, method, epsilons: [epsilon], seeds, facts: "clinical" };
      await run("node", ["--import", "tsx", join(here, "fit-rows.ts"), JSON.stringify(given)]).catch(refused);
    }
    const test = join(asked.data, `${name}.test.csv`);
    const { stdout } = await run(asked.python, [join(here, "judge.py"), table, test, target, out]);
    const real = Number(/TRTR ([\d.]+)/.exec(stdout)?.[1]);
    const found = [...stdout.matchAll(/eps ([\d.]+): TSTR ([\d.]+) \S+ [\d.]+, C2ST ([\d.]+)/g)];
    const columns = (lines[0] ?? "").split(",").length;
    return found.map(([, epsilon, use, told]) => ({
      units: kept.length - 1,
      columns,
      epsilon: Number(epsilon),
      real,
      use: Number(use),
      told: Number(told),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Too few rows for an epsilon are left out. */
function refused(error: unknown): void {
  if (!String(error).includes("No privacy guarantee can be given")) throw error;
}

const asked = JSON.parse(process.argv[2] ?? "{}") as Asked;
const measured: Measured[] = [];
for (const name of asked.tables) {
  const all =
    (await readFile(join(asked.data, `${name}.train.csv`), "utf8")).trimEnd().split("\n").length - 1;
  for (const rows of [...asked.sizes.filter((size) => size < all), undefined]) {
    const found = await measure(name, rows, asked);
    for (const one of found) console.log(name, JSON.stringify(one));
    measured.push(...found);
  }
}
const lines = measured.map(
  (one) =>
    `    ${JSON.stringify(one).replaceAll(":", ": ").replaceAll(",", ", ").replace("{", "{ ").replace("}", " }")}`,
);
await writeFile(
  OUT,
  `{\n  "about": ${JSON.stringify(ABOUT)},\n  "measured": [\n${lines.join(",\n")}\n  ]\n}\n`,
);
