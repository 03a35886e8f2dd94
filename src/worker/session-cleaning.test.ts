import { unzipSync } from "fflate";
import { afterEach, describe, expect, test } from "vitest";
import { readSteps } from "../core/cleaning/step-file.ts";
import type { CleaningStep } from "../core/table/cleaning-step.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { createPage, independent, text, useNewBrowser } from "./fixtures/session-page.ts";
import type { TableView } from "./protocol.ts";

afterEach(useNewBrowser);

const SEXES = ["m", "m", "M", "f", "f", "f", "w", "F", "male"];
const patients = new Blob([
  "case,sex,bp,crp,ward,died\n" +
    Array.from({ length: 90 }, (_, i) =>
      [
        `K-${1000 + i * 7}`,
        SEXES[i % 9],
        i === 44 ? "" : `${110 + ((i * 13) % 60)}/${60 + ((i * 7) % 30)}`,
        i % 9 === 4 ? "" : `${(1 + ((i * 17) % 90) / 10).toFixed(1)} mg/l`,
        i % 30 === 7 ? "Surgrey" : i % 3 === 0 ? "Medicine" : "Surgery",
        i % 4 === 0 ? "yes" : "no",
      ].join(","),
    ).join("\n") +
    "\n",
]);
const clean = (step: CleaningStep): SchemaChange => ({ type: "clean", step });
const mergeSex: SchemaChange = clean({
  step: "merge",
  column: "sex",
  from: ["M", "male"],
  to: "m",
  more: [{ from: ["F", "w"], to: "f" }],
});

async function opened() {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
  const view = (): TableView => page.of("table").at(-1)?.table as TableView;
  const names = (): string[] => view().schema.columns.map(({ name }) => name);
  const revise = (changes: readonly SchemaChange[]) => page.send({ type: "revise", job: 2, changes });
  return { page, view, names, revise };
}

describe("cleaning the open table", () => {
  test("what reading does by itself stands first in the list, is undone like any step, and does not come back", async () => {
    const { view, names, revise } = await opened();
    expect(names()).toContain("sbp");
    expect(view().changes).toMatchObject([
      { type: "clean", automatic: true, step: { step: "split", column: "bp" } },
    ]);
    expect(view().done).toEqual([{ text: "bp: split into sbp and dbp, on reading", cells: 89 }]);
    await revise([mergeSex]);
    expect(names()).toContain("bp");
    await revise([]);
    expect(names()).toContain("bp");
  });

  test("steps and changes are one list; each is told in words with its counts", async () => {
    const { view, names, revise } = await opened();
    await revise([
      ...(view().changes ?? []),
      { type: "role", column: "sex", role: "target" },
      mergeSex,
      clean({ step: "rename", column: "sex", to: "gender" }),
      clean({ step: "keep-rows", where: "sbp >= 120 and gender = m" }),
    ]);
    expect(names()).toEqual(["case", "gender", "sbp", "dbp", "crp", "ward", "died"]);
    expect(view().schema.columns[1]).toMatchObject({ role: "target" });
    expect(view().done?.slice(1)).toEqual([
      { text: "sex: the target" },
      { text: "sex: 6 spellings merged into 2", cells: 40 },
      { text: "sex: now called “gender”" },
      {
        text: expect.stringMatching(/rows left out; those where sbp >= 120 and gender = m stay$/),
        rows: 90 - view().rows,
      },
    ]);
    await revise((view().changes ?? []).slice(0, -1));
    expect(view().rows).toBe(90);
  });

  test("a step that cannot be done changes nothing", async () => {
    const { page, view, revise } = await opened();
    await revise([clean({ step: "derive", column: "x", formula: "crb / 2" })]);
    expect(page.of("fault").at(-1)).toMatchObject({
      job: 2,
      fault: { code: "step-impossible", number: 1, reason: expect.stringMatching(/character 1: .*“crp”/) },
    });
    expect(view().done).toHaveLength(1);
  });

  test("suggestions and previews change nothing; a preview shows the column as it would be", async () => {
    const { page, view } = await opened();
    await page.send({ type: "suggest-steps", job: 3 });
    const suggestions = page.of("suggestions").at(-1)?.suggestions ?? [];
    expect(suggestions.map(({ column, lossless }) => [column, lossless])).toEqual([
      ["sex", true],
      ["ward", false],
    ]);
    const { step } = suggestions[0] as (typeof suggestions)[0];
    await page.send({ type: "preview-step", job: 4, step });
    const seen = page.of("step-preview").at(-1);
    expect(seen?.preview).toMatchObject({ title: "merge 6 spellings into 2", cells: 40, rows: 0 });
    expect(seen?.preview.changed[0]).toEqual({ row: 3, before: "M", after: "m" });
    expect(seen?.after).toMatchObject({ distinct: 2, schema: { name: "sex" } });
    await page.send({
      type: "preview-step",
      job: 5,
      step: { step: "replace", column: "case", find: "K-", by: "" },
    });
    expect(page.of("step-preview").at(-1)?.preview.changed[0]).toEqual({
      row: 1,
      before: "•-••••",
      after: "••••",
    });
    expect(page.of("table")).toHaveLength(1);
    expect(view().rows).toBe(90);
  });

  test("last month's steps: those that fit are given, the others with the reason", async () => {
    const { page, view, names, revise } = await opened();
    await revise([...(view().changes ?? []), mergeSex, { type: "role", column: "crp", role: "omit" }]);
    await page.send({ type: "save-steps", job: 3 });
    const saved = page.of("steps-file").at(-1)?.text ?? "";
    expect(saved).not.toMatch(/K-1/);
    const other = new Blob([
      `case,sex,ward\n${Array.from({ length: 30 }, (_, i) => `K${i},${SEXES[i % 9]},${i % 2 ? "A" : "B"}`).join("\n")}\n`,
    ]);
    await page.send({ type: "open", job: 4, source: other, name: "march.csv" });
    await page.send({ type: "open-steps", job: 5, source: new Blob([saved]), name: "steps.json" });
    const fitted = page.of("steps-opened").at(-1);
    expect(fitted?.changes).toEqual([mergeSex]);
    expect(fitted?.unfit).toEqual([
      { text: "bp: split at “/” into sbp and dbp", reason: expect.stringMatching(/There is no column “bp”/) },
      { text: "crp: left out", reason: expect.stringMatching(/There is no column “crp”/) },
    ]);
    await revise(fitted?.changes ?? []);
    expect(names()).toEqual(["case", "sex", "ward"]);
    await page.send({ type: "open-steps", job: 6, source: new Blob(["{}"]), name: "x.json" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 6, fault: { code: "cleaning-unreadable" } });
  });

  test("a kept table comes back cleaned, and its steps can be undone", async () => {
    const { page, view, revise } = await opened();
    await revise([mergeSex]);
    await page.send({ type: "remember-table", job: 3, on: true });
    const next = createPage();
    await next.send({ type: "restore", job: 1 });
    const restored = next.of("table").at(-1)?.table;
    expect(restored?.changes).toEqual([mergeSex]);
    expect(restored?.done).toEqual(view().done);
    await next.send({ type: "revise", job: 2, changes: [] });
    await next.send({ type: "suggest-steps", job: 3 });
    expect(next.of("suggestions").at(-1)?.suggestions[0]?.column).toBe("bp");
    expect(next.of("fault")).toEqual([]);
  });

  test("rules that a person wrote follow a renamed column", async () => {
    const { page, view, revise } = await opened();
    const holdout = { share: 0.25, seed: 9 };
    const rule = (name: string) => ({ text: `${name} >= dbp`, on: true, by: "person" as const });
    await page.send({ type: "list-rules", job: 3, holdout, choices: [rule("sbp")] });
    await revise([...(view().changes ?? []), clean({ step: "rename", column: "sbp", to: "sys tolic" })]);
    expect(view().rules).toEqual([rule("`sys tolic`")]);
    await revise((view().changes ?? []).slice(0, -1));
    expect(view().rules).toEqual([rule("sbp")]);
  });

  test("empty cells of a cleaned table are filled in on its cleaned cells", async () => {
    const { page, view, revise } = await opened();
    await revise([...(view().changes ?? []), mergeSex]);
    await page.send({ type: "train", job: 3, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "complete-csv", job: 4, run: "a", seed: 1, what: "table", fillAll: false });
    expect(page.of("fault")).toEqual([]);
    const filled = text(page.of("chunk").filter(({ job }) => job === 4))
      .trim()
      .split("\n");
    expect(filled[0]).toBe("case,sex,sbp,dbp,crp,ward,died");
    expect(filled).toHaveLength(91);
    expect(filled[3]?.split(",").slice(0, 3)).toEqual(["K-1014", "m", "136"]);
    expect(
      filled[45]
        ?.split(",")
        .slice(2, 4)
        .every((cell) => /^\d+$/.test(cell)),
    ).toBe(true);

    const synthetic = { name: "s.csv", rows: 20, seed: 1 };
    await page.send({ type: "export-report", job: 5, run: "a", kind: "bundle", synthetic, withRows: true });
    const zip = Buffer.concat(page.of("chunk").flatMap(({ job, bytes }) => (job === 5 ? [bytes] : [])));
    const contents = unzipSync(zip);
    expect(readSteps(Buffer.from(contents["private/cleaning.json"] ?? []).toString())).toHaveLength(2);
    expect(Object.keys(contents)).not.toContain("safe-to-share/cleaning.json");
  });
});
