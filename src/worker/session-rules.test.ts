import { afterEach, describe, expect, test } from "vitest";
import { createPage, exported, independent, useNewBrowser } from "./fixtures/session-page.ts";
import type { RuleChoice, TrainRequest } from "./protocol.ts";

afterEach(useNewBrowser);

/** Stays that never end before they begin; `<b>ward</b>` is a name like another. */
const stays = (): Blob => {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const arrived = (i * 37) % 90;
    return [arrived, arrived + ((i * 13) % 40), (i * 7) % 50, i % 3 === 0 ? "A" : "B"].join(",");
  });
  return new Blob([`arrived,left,score,<b>ward</b>\n${rows.join("\n")}\n`]);
};
const cart: TrainRequest = { ...independent, synthesizer: "cart" };
const { holdout } = independent;

async function opened() {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: stays(), name: "stays.csv" });
  const list = async (job: number, choices: readonly RuleChoice[] = [], of = holdout) => {
    await page.send({ type: "list-rules", job, holdout: of, choices });
    return page.of("rules").find((event) => event.job === job)?.list;
  };
  return { ...page, list };
}

const own = (text: string): RuleChoice => ({ text, on: true, by: "person" });
const cellsOf = (csv: string): string[][] =>
  csv
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

describe("rules, as the page sees them", () => {
  test("are found on the rows that the run trains on, and anew on another split", async () => {
    const page = await opened();
    const list = await page.list(2);
    expect(list?.rows).toBe(150);
    const order = list?.lines.find(({ rule }) => rule.text === "arrived <= left");
    expect(order).toMatchObject({
      group: "found",
      support: { rows: 150, broken: 0 },
      remark: "may fail in up to 2.0%",
    });
    expect((await page.list(3, [], { share: 0.5, seed: 1 }))?.rows).toBe(100);
  });

  test("choices survive a change of the columns; a rule about a column that is left out must be settled", async () => {
    const page = await opened();
    const choices: RuleChoice[] = [{ text: "arrived <= left", on: false, by: "found" }, own("score >= 0")];
    await page.send({ type: "revise", job: 4, changes: [{ type: "role", column: "score", role: "omit" }] });
    const list = await page.list(5, choices);
    expect(list?.lines.find(({ rule }) => rule.text === "arrived <= left")?.rule.on).toBe(false);
    const line = list?.lines.find(({ rule }) => rule.by === "person");
    const at = (line?.index ?? 0) - 1;
    expect(list?.troubles).toMatchObject([
      { code: "unfit", rules: [at], ways: [{ change: { type: "include", column: "score" } }, {}] },
    ]);
  });

  test("a search that is cancelled ends as cancelled and leaves the next one whole", async () => {
    const page = await opened();
    const first = page.send({ type: "list-rules", job: 6, holdout, choices: [] });
    await page.send({ type: "cancel", job: 6 });
    await first;
    expect(page.of("fault").at(-1)).toMatchObject({ job: 6, fault: { code: "cancelled" } });
    expect((await page.list(7))?.lines.length).toBeGreaterThan(0);
  });

  test("a rule being written is read, or the place where it cannot be is told; HTML is a name like another", async () => {
    const page = await opened();
    const check = async (rule: Parameters<typeof page.send>[0] & { type: "check-rule" }) => {
      await page.send(rule);
      return page.of("rule-checked").at(-1)?.check;
    };
    const about = { type: "check-rule", job: 8, holdout } as const;
    expect(await check({ ...about, rule: "score < " })).toMatchObject({ asked: "score < ", at: 8 });
    const read = await check({
      ...about,
      rule: { kind: "missing-together", columns: ["<b>ward</b>", "score"] },
    });
    expect(read?.constraint).toEqual({ kind: "missing-together", columns: ["<b>ward</b>", "score"] });
    expect((await check({ ...about, rule: read?.text ?? "" }))?.constraint).toEqual(read?.constraint);
  });

  test("saved rules come back as they were; a broken file is told", async () => {
    const page = await opened();
    const rules = [own("score >= 0"), { ...own("score <= 60"), on: false }];
    const lines = (await page.list(12, rules))?.lines ?? [];
    await page.send({ type: "save-rules", job: 9, lines });
    const [file] = page.of("rules-file");
    await page.send({ type: "open-rules", job: 10, source: new Blob([file?.text ?? ""]), name: "r.json" });
    expect(page.of("rules-opened")[0]?.opened.choices.filter(({ by }) => by === "person")).toEqual(rules);
    await page.send({ type: "open-rules", job: 11, source: new Blob(["{"]), name: "r.json" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 11 });
  });

  test("a run keeps what was chosen, says so in its facts, and is refused where rules contradict", async () => {
    const page = await opened();
    const rules = [own("score in 10..40")];
    await page.send({ type: "train", job: 12, run: "a", request: { ...cart, rules } });
    const run = await page.settled("a");
    expect(run?.state).toBe("done");
    expect(run?.facts?.rules).toEqual(expect.arrayContaining(["score in 10..40", "arrived <= left"]));
    const rows = cellsOf(await exported(page, "a", 13, 400));
    expect(rows).toHaveLength(400);
    expect(rows.filter(([arrived, left]) => Number(left) < Number(arrived))).toEqual([]);
    expect(rows.filter(([, , score]) => Number(score) < 10 || Number(score) > 40)).toEqual([]);

    const contrary = { ...cart, rules: [own("arrived >= 60"), own("left <= 40")] };
    await page.send({ type: "train", job: 14, run: "b", request: contrary });
    const refused = await page.settled("b");
    expect(refused).toMatchObject({ state: "failed", hasModel: false, fault: { code: "rules-contradict" } });
    expect(JSON.stringify(refused?.fault)).toMatch(/arrived <= left.*arrived >= 60.*left <= 40/);
  });

  test("what a person made of rules comes back with a table that is remembered", async () => {
    const page = await opened();
    await page.send({ type: "remember-table", job: 15, on: true });
    const rules = [own("score <= 60")];
    await page.list(16, rules);
    const again = createPage();
    await again.send({ type: "restore", job: 17 });
    expect(again.of("table").at(-1)?.table).toMatchObject({ name: "stays.csv", remembered: true, rules });
  });
});
