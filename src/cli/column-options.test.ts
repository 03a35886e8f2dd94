import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../core/report/report.ts";
import { createRng } from "../core/math/rng.ts";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

/** A stay, whether it ended with death, how it ended in other words, age and sex. */
function admissions(rows: number, seed: number): string {
  const rng = createRng(seed);
  const lines = Array.from({ length: rows }, () => {
    const [age, stay, died] = [40 + rng.integer(50), 1 + rng.integer(60), rng.uniform() < 0.4];
    const sex = rng.uniform() < 0.5 ? "f" : "m";
    return `${age},${sex},${stay},${died ? "yes" : "no"},${died ? "morgue" : "home"},w${rng.integer(3)}`;
  });
  return ["age,sex,los_days,died,went_to,ward", ...lines].join("\n");
}

async function evaluate(...options: string[]): Promise<{ report: Report; said: string }> {
  let said = "";
  const status = await run(
    [
      "evaluate",
      "--train",
      at("a.csv"),
      "--synthetic",
      at("s.csv"),
      "--report",
      at("r.json"),
      "--target",
      "died",
      "--seen",
      "some",
      ...options,
    ],
    { stdout: { write: () => {} }, stderr: { write: (text: string) => (said += text) } },
  );
  expect(status, said).toBe(0);
  return { report: JSON.parse(await readFile(at("r.json"), "utf8")) as Report, said };
}
const of = ({ metrics }: Report, id: string) => metrics.find(({ info }) => info.id === id)?.result;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-columns-"));
  await writeFile(at("a.csv"), admissions(300, 1));
  await writeFile(at("s.csv"), admissions(240, 2));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("names follow-up, event and groups, says so, and measures by them", async () => {
  const named = await evaluate(
    "--time",
    "los_days",
    "--event",
    "died",
    "--group",
    "ward",
    "--no-group-of",
    "age",
  );
  expect(named.said).toContain("Survival is compared: los_days until died (--time, --event).");
  expect(named.said).toContain("Groups are compared by sex, ward (--group, --no-group-of).");
  expect(of(named.report, "survival-curves")?.status).toBe("ok");
  const shares = of(named.report, "group-shares");
  const groups = shares?.status === "ok" && shares.detail?.type === "groups" ? shares.detail.groups : [];
  expect(groups.some(({ name }) => name.startsWith("ward: "))).toBe(true);
  expect(groups.some(({ name }) => name.startsWith("age: "))).toBe(false);
}, 120_000);

test("finds age and sex, no survival in a stay, and warns of a target that is given away", async () => {
  const { report, said } = await evaluate();
  expect(said).toContain("Groups are compared by age, sex (--group, --no-group-of).");
  expect(said).not.toContain("Survival is compared");
  expect(of(report, "survival-curves")).toMatchObject({ status: "skipped" });
  const warning = "“went_to” (AUROC 1.000) gives the target died away by itself.";
  expect(said).toContain(warning);
  expect(report.run.notices?.join(" ")).toContain(warning);
}, 120_000);

test("does not warn where nothing gives the target away", async () => {
  await writeFile(at("a.csv"), admissions(300, 1).replaceAll(/,(morgue|home),/g, ",ward,"));
  await writeFile(at("s.csv"), admissions(240, 2).replaceAll(/,(morgue|home),/g, ",ward,"));
  const { report, said } = await evaluate();
  expect(said).not.toContain("by itself");
  expect(report.run.notices?.join(" ") ?? "").not.toContain("by itself");
}, 120_000);

test("a person says what a column measures, and a guess is told and not used", async () => {
  const rng = createRng(3);
  const rows = Array.from({ length: 300 }, () => `${(7 + rng.uniform()).toFixed(1)},${rng.integer(2)}`);
  await writeFile(at("a.csv"), ["K+,died", ...rows].join("\n"));
  await writeFile(at("s.csv"), ["K+,died", ...rows.toReversed()].join("\n"));
  const guessed = await evaluate();
  expect(guessed.said).toContain(
    "Guesses, which no rule uses until you confirm them: K+ (Potassium in mmol/L) (--quantity COLUMN=QUANTITY:UNIT).",
  );
  expect(of(guessed.report, "reference-ranges")?.status).toBe("skipped");
  const told = await evaluate("--quantity", "K+=kalium:mmol/l");
  expect(told.said).toContain("As you said: K+ (Potassium in mmol/L) (--quantity).");
  expect(of(told.report, "reference-ranges")?.status).toBe("ok");
}, 120_000);

test.each([
  ["K", "it is COLUMN=QUANTITY or COLUMN=QUANTITY:UNIT"],
  ["K=Kryptonite", "Semblance knows no quantity “Kryptonite”."],
  ["K=Potassium:mmHg", "Potassium is measured in mmol/L."],
])("--quantity %s is refused in words", async (asked, words) => {
  let said = "";
  const files = ["--train", at("a.csv"), "--synthetic", at("s.csv"), "--report", at("r.json")];
  const status = await run(["evaluate", ...files, "--seen", "some", "--quantity", asked], {
    stdout: { write: () => {} },
    stderr: { write: (text: string) => (said += text) },
  });
  expect(status).not.toBe(0);
  expect(said).toContain(words);
});
