import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]) {
  let [out, error] = ["", ""];
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (error += text) };
  const status = await run(args, { stdout, stderr });
  return { status, out, error };
}

const tiny = ["--rows", "50,80", "--methods", "independent", "--seeds", "1"];
const study = (...more: string[]) => semblance("study", "rows", at("a.csv"), "--target", "died", ...more);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-study-"));
  const rows = (count: number, step: number): string =>
    Array.from(
      { length: count },
      (_, i) => `${(i * step) % 90},${((i * 7) % 50) / 10},${(i * 5) % 7 > 3 ? "yes" : "no"}`,
    ).join("\n");
  await writeFile(at("a.csv"), `age,crp,died\n${rows(160, 37)}\n`);
  await writeFile(at("b.csv"), `age,crp,died\n${rows(160, 41)}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("studies from a terminal", () => {
  test("are listed, and planned without running anything", async () => {
    expect((await semblance("study")).out).toContain("How many patients are enough?");
    expect((await semblance("study", "--help")).out).toContain("--afresh");
    const { status, out } = await study("--plan", ...tiny);
    expect(status).toBe(0);
    expect(out).toMatch(/--methods \S+\n {6}Methods: /);
    expect(out).toContain("50 rows, Independent columns, seed 1 (");
    expect(out).toMatch(/4 cells, about \d+ s\.\n$/);
  });

  test("run, say what they found, and go on where they were stopped to the same figures", async () => {
    const out = at("first");
    const whole = await study(...tiny, "--out", out);
    expect([whole.status, whole.error.includes("4 cells, about")]).toEqual([0, true]);
    const [found] = whole.out.split("\n");
    const result = JSON.parse(await readFile(join(out, "result.json"), "utf8")) as { say: { bold: string } };
    expect(result.say.bold).toBe(found);
    for (const name of ["cells.csv", "report.html"]) expect(existsSync(join(out, name)), name).toBe(true);

    const cells = join(out, "cells.json");
    const kept = JSON.parse(await readFile(cells, "utf8")) as { done: { key: string }[] };
    expect(kept.done).toHaveLength(4);
    await writeFile(cells, JSON.stringify({ ...kept, done: kept.done.slice(0, 3) }));
    const again = await study(...tiny, "--out", out);
    expect(again.error).toContain("4 cells, of which 3 are done");
    expect(again.out).toBe(whole.out);
  });

  test("do not go on with cells of something else, unless told to begin anew", async () => {
    const out = at("second");
    await study(...tiny, "--out", out);
    const refusals = [
      [await study(...tiny, "--out", out, "--seed", "2"), "another seed, 1"],
      [await study(...tiny.slice(0, 4), "--seeds", "2", "--out", out), "other settings"],
      [
        await semblance("study", "rows", at("b.csv"), "--target", "died", ...tiny, "--out", out),
        "another table",
      ],
    ] as const;
    for (const [{ status, error }, words] of refusals) {
      expect(status).toBe(2);
      expect(error).toContain(words);
      expect(error).toContain("--afresh");
    }
    expect((await study(...tiny, "--out", out, "--seed", "2", "--afresh")).status).toBe(0);
    await writeFile(join(out, "cells.json"), "{");
    expect(await study(...tiny, "--out", out)).toMatchObject({ status: 1 });
  });

  test("take replies together by their prompt, or every file by itself", async () => {
    const reply = (shift: number): string =>
      `age,crp,died\n${Array.from({ length: 30 }, (_, i) => `${20 + 2 * i + shift},${i / 10},${i % 3 > 1 ? "yes" : "no"}`).join("\n")}\n`;
    await writeFile(at("plain-a.csv"), reply(0));
    await writeFile(at("private.csv"), reply(1));
    const replies = ["--replies", at("plain-a.csv"), "--replies", at("private.csv"), "--plan"];
    const planned = (...more: string[]) =>
      semblance(
        "study",
        "language",
        at("a.csv"),
        "--target",
        "died",
        "--methods",
        "copula",
        ...replies,
        ...more,
      );
    expect((await planned()).out).toMatch(/Plain prompt, seed 1/);
    const apart = (await planned("--apart")).out;
    expect(apart).toMatch(/plain-a, seed 1 [^]*private, seed 1 /);
    expect(apart).not.toContain("Plain prompt");
  });

  test("do not go on with rows of another form", async () => {
    const out = at("forged");
    await study(...tiny, "--out", out);
    const file = join(out, "cells.json");
    const text = await readFile(file, "utf8");
    for (const row of [
      { of: null },
      { of: { group: { toString: 1 } } },
      { draws: "many" },
      { draws: ["1"] },
      { n: "3" },
      { value: "1" },
      "twice" as const,
    ]) {
      const kept = JSON.parse(text) as { done: { rows: object[] }[] };
      const [first] = kept.done;
      if (first && row === "twice") kept.done.push(first);
      else first?.rows.push({ measure: "kl", value: 1, ...(typeof row === "object" ? row : {}) });
      await writeFile(file, JSON.stringify(kept));
      const { status, error } = await study(...tiny, "--out", out);
      expect([JSON.stringify(row), status]).toEqual([JSON.stringify(row), 1]);
      expect(error).toContain("It holds no cells of a study");
    }
  });

  test("a column named by --group marks the groups", async () => {
    await writeFile(
      at("wards.csv"),
      `age,sex,ward,died\n${Array.from({ length: 240 }, (_, i) => `${20 + (i % 60)},${i % 3 > 0 ? "F" : "M"},${i % 2 > 0 ? "North" : "South"},${i % 5 > 2 ? "yes" : "no"}`).join("\n")}\n`,
    );
    const { out } = await semblance("study", "groups", at("wards.csv"), "--group", "ward", "--plan");
    expect(out).toContain("a model of North");
    const own = await semblance(
      "study",
      "groups",
      at("wards.csv"),
      "--group",
      "ward",
      "--groups",
      "sex",
      "--plan",
    );
    expect(own.out).not.toContain("a model of North");
  });

  test("refuse what they have no setting for, in words", async () => {
    const cases = [
      [await semblance("study", "nothing", at("a.csv")), 2, "unknown-study"],
      [await semblance("study", "rows"), 2, "TABLE.csv is missing"],
      [await study("--colour", "red"), 2, "no setting --colour. It has --rows, --methods, --seeds"],
      [await study("--seeds", "many"), 2, "“many” is not a number"],
      [await study("--seeds", "900"), 2, "parameter-invalid"],
      [await study("--methods", "magic"), 2, "“magic” is not one of"],
      [await study("--asked", "20"), 2, "--asked goes with --replies"],
      [await study("--apart"), 2, "--apart goes with --replies"],
      [await study(...tiny, "--out", at("b.csv")), 1, "file-unwritable"],
    ] as const;
    for (const [{ status, out, error }, expected, words] of cases) {
      expect(error).toContain(words);
      expect([status, out]).toEqual([expected, ""]);
    }
  });
});
