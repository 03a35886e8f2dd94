/**
 * Every clinical rule that fits a real table, counted on its rows: what real patients break is a rule too strict, a column
 * read wrongly, or a slip in the data. Options: --data DIR (every .csv in it), --tables a,b. The list of what was broken goes
 * to bench/out/clinical-rules.md; of one to four patients only that they are fewer than five.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readTable } from "../src/cli/files.ts";
import { countedRules, type CountedRule } from "../src/core/clinic/rules/plausibility-rules.ts";
import { brokenWords } from "../src/core/lab/rules/clinical-list.ts";
import type { Table } from "../src/core/table/table.ts";
import type { Figure } from "./figure.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    data: { type: "string", default: join(root, "../shared/data") },
    tables: { type: "string", default: "" },
  },
});

/** The tables as they were published; parts of them and tables that a model wrote are not counted once more. */
async function tablesThere(): Promise<string[]> {
  const wanted = String(asked.tables).split(",").filter(Boolean);
  const names = (await readdir(String(asked.data)))
    .filter((name) => name.endsWith(".csv") && !/\.(train|test)\.csv$|_llm_/.test(name))
    .map((name) => basename(name, ".csv"));
  return wanted.length === 0 ? names.sort() : names.filter((name) => wanted.includes(name));
}

/** "| dbp is below sbp | asked | 12,270 of 12,300 | 30 rows break it (0.2%) |" */
function brokenLine(name: string, { bound, breaks, state }: CountedRule): string {
  const { held, remark } = brokenWords(breaks);
  return `| ${name} | ${bound.text} | ${bound.rule.hard ? "hard" : ""} | ${state} | ${held} | ${remark} |`;
}

function figuresOf(name: string, table: Table, counted: readonly CountedRule[]): Figure[] {
  const judged = counted.filter(({ state }) => state !== "idle");
  const broken = judged.filter(({ breaks }) => breaks.broken > 0);
  const note = `${table.rows} rows, ${judged.length} rules`;
  return [
    { what: `${name}: rules that some real row breaks`, value: broken.length, unit: "", note },
    {
      what: `${name}: rules that more than 5% of the real rows break`,
      value: judged.filter(({ state, disputed }) => state === "asked" && !disputed).length,
      unit: "",
      goal: { most: 0 },
    },
  ];
}

export async function benchClinicalRules(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const lines: string[] = [];
  for (const name of await tablesThere()) {
    const { table } = await readTable(join(String(asked.data), `${name}.csv`));
    const { counted, notes } = countedRules([table]);
    figures.push(...figuresOf(name, table, counted));
    const broken = counted.filter(({ state, breaks }) => state !== "idle" && breaks.broken > 0);
    lines.push(
      ...broken.map((one) => brokenLine(name, one)),
      ...notes.map((note) => `| ${name} | ${note} | | | | |`),
    );
  }
  const out = join(root, "bench/out");
  await mkdir(out, { recursive: true });
  const head = "| table | rule or note | | state | held | broken |\n| - | - | - | - | - | - |\n";
  await writeFile(join(out, "clinical-rules.md"), `${head}${lines.join("\n")}\n`);
  return figures;
}
