import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultSettings } from "../app/state/lab-state.ts";
import { largestSeed } from "../app/state/settings.ts";
import { createPage, text, useNewBrowser } from "../worker/fixtures/session-page.ts";
import { run } from "./run.ts";
import { LARGEST_SEED } from "./synthesize.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
const { holdout } = defaultSettings;

/** Twelve visits of each fifth patient, one of the others; ages with a comma, names with quotes. */
const csv = (): string => {
  const rows = Array.from({ length: 150 }, (_, i) => {
    const ward = i % 4 === 0 ? '"B; ""old"""' : "A";
    return `${i % 3 === 0 ? 1000 + (i % 12) : 2000 + i};${20 + ((i * 37) % 60)},${i % 10};${ward};${i % 3 === 0 ? "yes" : "no"}`;
  });
  return `patient_id;age;ward;died\r\n${rows.join("\r\n")}\r\n`;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-same-"));
  await writeFile(at("a.csv"), csv());
});

afterAll(async () => {
  useNewBrowser();
  await rm(folder, { recursive: true, force: true });
});

/** What the page saves with its own settings, of which only these are chosen. */
async function fromPage(synthesizer: string, seed: number, splitSeed: number) {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: new Blob([csv()]), name: "a.csv" });
  await page.send({ type: "revise", job: 2, changes: [{ type: "role", column: "died", role: "target" }] });
  const params = synthesizer === "vae" ? { steps: 20 } : {};
  const request = {
    synthesizer,
    params,
    seed,
    device: "wasm",
    holdout: { ...holdout, seed: splitSeed },
  } as const;
  await page.send({ type: "train", job: 3, run: "a", request });
  await page.settled("a");
  const { train, holdout: held } = page.runOf("a")?.report?.shape ?? { train: 0, holdout: 0 };
  await page.send({ type: "export-csv", job: 4, run: "a", rows: train + held, seed });
  return { train, csv: text(page.of("chunk")) };
}

async function fromTerminal(synthesizer: string, ...options: string[]) {
  const out = at("out.csv");
  const args = ["synthesize", at("a.csv"), "--synthesizer", synthesizer, "--target", "died", "--out", out];
  if (synthesizer === "vae") args.push("--steps", "20");
  let error = "";
  const stderr = { write: (words: string) => (error += words) };
  expect(await run([...args, ...options], { stdout: stderr, stderr }), error).toBe(0);
  return readFile(out, "utf8");
}

test("page and terminal make the same rows from the same seed, whatever the seed", async () => {
  const share = ["--holdout", String(holdout.share)];
  for (const seed of [1, 5]) {
    const page = await fromPage("independent", seed, holdout.seed);
    expect(page.csv.trimEnd().split("\n")).toHaveLength(151);
    expect(await fromTerminal("independent", ...share, "--seed", String(seed))).toBe(page.csv);
  }
  const { csv: networks } = await fromPage("vae", 5, holdout.seed);
  expect(await fromTerminal("vae", ...share, "--seed", "5")).toBe(networks);
}, 60_000);

test("both can set which rows are held out, apart from the seed", async () => {
  const page = await fromPage("independent", 5, 9);
  const share = ["--holdout", String(holdout.share), "--seed", "5"];
  expect(await fromTerminal("independent", ...share, "--split-seed", "9")).toBe(page.csv);
  expect(await fromTerminal("independent", ...share)).not.toBe(page.csv);
  expect(LARGEST_SEED).toBe(largestSeed);
}, 60_000);
