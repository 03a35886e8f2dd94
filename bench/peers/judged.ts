import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTimed } from "./child.ts";
import { rounded, type Verdict } from "./results.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const LIMIT = 3600;

/** A table's files and facts. */
export interface Split {
  readonly name: string;
  readonly train: string;
  readonly test: string;
  readonly meta: string;
  readonly target: string;
  /** Rows of train, and so rows to sample. */
  readonly rows: number;
}

export async function readSplit(data: string, name: string): Promise<Split> {
  const path = (part: string): string => join(data, `${name}.${part}`);
  const { target, train: rows } = JSON.parse(await readFile(path("meta.json"), "utf8")) as {
    target: string;
    train: number;
  };
  return { name, train: path("train.csv"), test: path("test.csv"), meta: path("meta.json"), target, rows };
}

/** The judge's words for the figures of a verdict. */
const words = {
  c2st: "c2st_test_gbt",
  tstr: "tstr_gbt",
  trtr: "trtr_gbt",
  coverage: "coverage",
  dcr: "dcr_share",
  mia: "mia_auc",
  copies: "exact_copy_share",
  copiesHoldout: "exact_copy_share_holdout",
  quality: "quality",
} as const;

/** Python writes NaN for what a table does not have, which is no JSON. */
export const withoutNaN = (json: string): string => json.replaceAll(/(?<=: )NaN\b/g, "null");

/** Judges synthetic rows against train and test by a program that is not ours. */
export async function judge(
  split: Split,
  synthetic: string,
  { python, script, folder }: { python: string; script: string; folder: string },
): Promise<Verdict> {
  const json = join(folder, "verdict.json");
  const against = ["--test", split.test, "--meta", split.meta, "--json", json, "--quiet"];
  await runTimed(python, [script, split.train, synthetic, ...against], { cwd: folder, limit: LIMIT });
  const said = JSON.parse(withoutNaN(await readFile(json, "utf8"))) as Readonly<
    Record<string, number | null>
  >;
  const figure = (name: keyof typeof words): number => rounded(said[words[name]] ?? NaN);
  return {
    c2st: figure("c2st"),
    tstr: figure("tstr"),
    trtr: figure("trtr"),
    coverage: figure("coverage"),
    dcr: figure("dcr"),
    mia: figure("mia"),
    copies: figure("copies"),
    copiesHoldout: figure("copiesHoldout"),
    quality: figure("quality"),
  };
}

interface OwnReport {
  readonly metrics: readonly {
    readonly info: { readonly id: string };
    readonly result: { readonly status: string; readonly value?: number };
  }[];
}

/** The project's own measures of the same three tables, by the terminal's `evaluate`: metric -> value. */
export async function ownEvaluation(
  split: Split,
  synthetic: string,
  folder: string,
): Promise<Record<string, number>> {
  const json = join(folder, "report.json");
  const tables = ["--train", split.train, "--holdout", split.test, "--synthetic", synthetic];
  const cli = ["--import", "tsx", join(root, "src/cli/main.ts"), "evaluate"];
  await runTimed(process.execPath, [...cli, ...tables, "--target", split.target, "--report", json], {
    cwd: root,
    limit: LIMIT,
  });
  const report = JSON.parse(await readFile(json, "utf8")) as OwnReport;
  const measured = report.metrics.flatMap(({ info, result }): [string, number][] =>
    result.status === "ok" && result.value !== undefined ? [[info.id, rounded(result.value)]] : [],
  );
  return Object.fromEntries(measured);
}
