import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleReport } from "../core/lab/take-away/fixtures/example-report.ts";
import { checkRules, failedRules } from "./fail-under.ts";
import { run } from "./run.ts";

describe("rules about an evaluation", () => {
  const report = exampleReport();
  const bad = report.axes.find(({ verdict }) => verdict !== "good");
  const measured = report.metrics.find(({ result }) => result.status === "ok");
  const skipped = report.metrics.find(({ result }) => result.status === "skipped");
  const id = measured?.info.id ?? "";
  const value = measured?.result.status === "ok" ? measured.result.value : NaN;

  test("pass at their bound and fail beyond it, one line a rule", () => {
    expect(failedRules(report, { metrics: { [id]: { "at-most": value, "at-least": value } } })).toEqual([]);
    const failed = failedRules(report, {
      axes: { [bad?.family ?? ""]: "good" },
      metrics: { [id]: { "at-most": value - 0.01, "at-least": value + 0.01 } },
      risk: 0.01,
      findings: 0,
    });
    expect(failed[0]).toMatch(new RegExp(`^axes.${bad?.family}: ${bad?.verdict}, must be good or better`));
    expect(failed[1]).toMatch(new RegExp(`^metrics.${id}: .*must be at most`));
    expect(failed[2]).toMatch(new RegExp(`^metrics.${id}: .*must be at least`));
    expect(failed[3]).toMatch(/^risk: 0\.\d+ by .* must be at most 0\.01/);
    expect(failed.slice(4)).toHaveLength(report.findings.length > 0 ? 1 : 0);
    for (const line of failed) expect(line).not.toContain("\n");
  });

  test("a side passes with the verdict named or a better one, and the worst passes everything", () => {
    const verdicts = ["much-worse", "worse", "cannot-tell", "good"] as const;
    for (const [is, own] of verdicts.entries())
      for (const [wanted, least] of verdicts.entries()) {
        const axes = report.axes.map((axis) => ({ ...axis, verdict: own }));
        const failed = failedRules({ ...report, axes }, { axes: { utility: least } });
        expect(failed.length).toBe(is < wanted ? 1 : 0);
      }
  });

  test("what was not measured fails, and so does a number that is none", () => {
    if (skipped)
      expect(failedRules(report, { metrics: { [skipped.info.id]: { "at-least": -9 } } })).toHaveLength(1);
    const { risk: _none, ...without } = report;
    expect(failedRules(without, { risk: 1 })[0]).toContain("not measured");
    expect(failedRules({ ...report, metrics: [] }, { metrics: { c2st: { "at-most": 1 } } })).toHaveLength(1);
    const metrics = report.metrics.map((row) =>
      row.result.status === "ok" ? { ...row, result: { ...row.result, value: NaN } } : row,
    );
    expect(
      failedRules({ ...report, metrics }, { metrics: { [id]: { "at-most": 1e9, "at-least": -1e9 } } }),
    ).toHaveLength(2);
  });

  test.each([
    [{ axes: { privacy: "fine" } }, /^Rule axes\.privacy: /],
    [{ axes: { secrecy: "good" } }, /^Rule axes\.secrecy: there is no such rule\. Known are fidelity/],
    [{ metrics: { certified: { "at-most": 1 } } }, /^Rule metrics\.certified: there is no such measure/],
    [{ metrics: { c2st: { most: 1 } } }, /^Rule metrics\.c2st\.most: there is no such rule/],
    [{ metrics: { c2st: {} } }, /^Rule metrics\.c2st: says nothing/],
    [{ metrics: { c2st: { "at-most": "0.6" } } }, /^Rule metrics\.c2st\.at-most: /],
    [{ metrics: { c2st: { "at-most": 0.5, "at-least": 0.6 } } }, /^Rule metrics\.c2st: .*nothing can pass/],
    [{ risk: 9 }, /^Rule risk: /],
    [{ findings: -1 }, /^Rule findings: /],
    [{ finding: 0 }, /^Rule finding: there is no such rule\. Known are axes/],
    [{}, /^There is no rule/],
    [{ axes: {} }, /^There is no rule/],
    [[], /^Rule file: /],
  ])("%j is bad use that names the rule", (given, words) => {
    let said = "";
    try {
      checkRules(given);
    } catch (error) {
      said = (error as Error & { fault?: { message?: string } }).fault?.message ?? "";
    }
    expect(said).toMatch(words);
  });
});

describe("semblance evaluate --fail-under", () => {
  let folder = "";
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "semblance-rules-"));
    const rows = (from: number, until: number): string =>
      Array.from({ length: until - from }, (_, k) => from + k)
        .map((i) => `${(i * 37) % 90},${((i * 7) % 50) / 10},${i % 3 === 0 ? "yes" : "no"}`)
        .join("\n");
    const header = "age,crp,died\n";
    await writeFile(at("a.csv"), `${header}${rows(0, 60)}\n`);
    await writeFile(at("b.csv"), `${header}${rows(60, 100)}\n`);
    await writeFile(at("c.csv"), `${header}${rows(0, 60)}\n`);
    await writeFile(
      at("strict.json"),
      JSON.stringify({ metrics: { "exact-copies": { "at-most": 0.01 } }, findings: 40 }),
    );
    await writeFile(at("loose.json"), JSON.stringify({ metrics: { "exact-copies": { "at-most": 1 } } }));
    await writeFile(at("bad.json"), JSON.stringify({ axes: { secrecy: "good" } }));
    await writeFile(at("text.json"), "good");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const evaluated = async (rules: string): Promise<{ status: number; error: string }> => {
    let error = "";
    const stream = { write: (text: string) => (error += text) };
    const files = ["--train", at("a.csv"), "--holdout", at("b.csv"), "--synthetic", at("c.csv")];
    const args = ["evaluate", ...files, "--report", at("r.json"), "--fail-under", at(rules)];
    return { status: await run(args, { stdout: stream, stderr: stream }), error };
  };

  test("ends with 3 and a line where a rule fails, with the report written: digests, versions, settings", async () => {
    const { status, error } = await evaluated("strict.json");
    expect(status).toBe(3);
    expect(error.match(/^Failed: /gm)).toHaveLength(1);
    expect(error).toMatch(/^Failed: metrics\.exact-copies: 1, must be at most 0\.01\.$/m);
    const verdicts = error.indexOf("These verdicts stand.");
    expect(verdicts).toBeGreaterThan(-1);
    expect(verdicts).toBeLessThan(error.indexOf("Failed: "));
    const report = JSON.parse(await readFile(at("r.json"), "utf8"));
    expect(report.pending).toBeUndefined();
    for (const [table, file] of [
      ["train", "a.csv"],
      ["holdout", "b.csv"],
      ["synthetic", "c.csv"],
    ] as const) {
      const sha256 = createHash("sha256")
        .update(await readFile(at(file)))
        .digest("hex");
      expect(report.tables[table]).toMatchObject({ name: file, sha256, of: "file" });
    }
    expect(report.versions.semblance).toMatch(/^\d+\.\d+\.\d+$/);
    expect(report.settings).toMatchObject({ compared: ["a.csv", "b.csv", "c.csv"], seed: 1 });
    expect(report.settings.columns).toHaveLength(3);
    expect((await evaluated("loose.json")).status).toBe(0);
  });

  test("ends with 2 before anything is measured where the rules are none", async () => {
    expect(await evaluated("bad.json")).toMatchObject({
      status: 2,
      error: expect.stringMatching(/^semblance: bad-use: .*Rule axes\.secrecy: /),
    });
    expect(await evaluated("text.json")).toMatchObject({
      status: 2,
      error: expect.stringContaining("not JSON"),
    });
    expect((await evaluated("none.json")).status).not.toBe(0);
  });
});
