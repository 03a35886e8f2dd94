import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]): Promise<{ status: number; error: string }> {
  let error = "";
  const stderr = { write: (text: string) => (error += text) };
  const status = await run(args, { stdout: { write: () => undefined }, stderr });
  return { status, error };
}

/** Rows of a file without its header, as numbers where they are. */
const rowsOf = async (name: string): Promise<number[][]> =>
  (await readFile(at(name), "utf8"))
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));

const write = (name: string, rules: readonly object[]): Promise<void> =>
  writeFile(at(name), JSON.stringify({ semblance: "rules", version: 1, rules }));

const make = (...more: string[]): Promise<{ status: number; error: string }> =>
  semblance("synthesize", at("stays.csv"), "--synthesizer", "cart", ...more);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-rules-"));
  const rows = Array.from({ length: 300 }, (_, i) => {
    const arrived = (i * 37) % 90;
    return [arrived, arrived + ((i * 13) % 40), (i * 7) % 50].join(",");
  });
  await writeFile(at("stays.csv"), `arrived,left,score\n${rows.join("\n")}\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("rules from a terminal", () => {
  test("what was found in the training rows is written without training, and read again", async () => {
    const suggested = await make("--suggest-rules", at("found.json"), "--holdout", "0.2");
    expect(suggested.status).toBe(0);
    expect(suggested.error).toContain("240 training rows");
    const { rules } = JSON.parse(await readFile(at("found.json"), "utf8")) as {
      rules: object[];
    };
    expect(rules).toContainEqual({
      text: "arrived <= left",
      on: true,
      by: "found",
      words: "left is at least arrived",
      held: { rows: 240, broken: 0 },
    });

    const made = await make("--rules", at("found.json"), "--out", at("kept.csv"), "--rows", "500");
    expect(made.status).toBe(0);
    expect(made.error).toContain("of found.json");
    const kept = await rowsOf("kept.csv");
    expect(kept).toHaveLength(500);
    expect(kept.filter(([arrived = 0, left = 0]) => left < arrived)).toEqual([]);
  });

  test("no rule is kept where none is wanted", async () => {
    expect((await make("--no-rules", "--out", at("free.csv"), "--rows", "500")).status).toBe(0);
    const free = await rowsOf("free.csv");
    expect(free.some(([arrived = 0, left = 0]) => left < arrived)).toBe(true);
  });

  test("a rule of a person's is kept; where it is broken by training rows that is said", async () => {
    await write("own.json", [{ text: "score >= 25", on: true, by: "person" }]);
    const { status, error } = await make("--rules", at("own.json"), "--out", at("own.csv"), "--rows", "200");
    expect(status).toBe(0);
    expect(error).toMatch(/score >= 25: \d+ rows break it/);
    expect(error).toMatch(/\d+% of the rows drawn keep every rule; the others were drawn again/);
    const rows = await rowsOf("own.csv");
    expect(rows).toHaveLength(200);
    expect(rows.filter(([, , score = 0]) => score < 25)).toEqual([]);
  });

  test("faults name the rule and the way out, before anything is trained", async () => {
    await write("typo.json", [{ text: "arrivd <= left", on: true, by: "person" }]);
    const typo = await make("--rules", at("typo.json"), "--out", at("x.csv"));
    expect(typo.status).not.toBe(0);
    expect(typo.error).toMatch(/arrivd <= left.*arrived/s);
    await write("contrary.json", [
      { text: "score >= 25", on: true, by: "person" },
      { text: "score <= 20", on: true, by: "person" },
    ]);
    const contrary = await make("--rules", at("contrary.json"), "--out", at("x.csv"));
    expect(contrary.error).toMatch(/rules-contradict: .*score >= 25.*score <= 20/);
    await writeFile(at("broken.json"), "{");
    const broken = await make("--rules", at("broken.json"), "--out", at("x.csv"));
    expect(broken.error).toMatch(/not JSON/);
    expect([typo, contrary, broken].map(({ error }) => error.includes("Training"))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("options that do not go together are refused", async () => {
    const both = await make("--rules", "a.json", "--no-rules", "--out", at("x.csv"));
    expect([both.status, both.error]).toEqual([2, expect.stringContaining("do not go together")]);
    const neither = await make();
    expect([neither.status, neither.error]).toEqual([2, expect.stringContaining("--out")]);
  });
});
