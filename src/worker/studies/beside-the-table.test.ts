import { afterEach, describe, expect, test } from "vitest";
import { csvTable, useNewBrowser } from "../fixtures/session-page.ts";
import { studyPage } from "./fixtures/study-page.ts";

afterEach(useNewBrowser);

const choices = { strategy: "schema", rows: 20, replies: 1, format: "csv", cut: [] } as const;
const reply = (rows: number): string =>
  [
    "Here are the rows you asked for:",
    "```csv",
    "age,sex,outcome",
    ...Array.from({ length: rows }, (_, i) => `${30 + i},${i % 3 ? "f" : "m"},${i % 4 ? "no" : "yes"}`),
    "```",
  ].join("\n");

describe("what language models replied", () => {
  test("is read, dropped by its own id, read again when the schema changes, and gone with its table", async () => {
    const page = await studyPage();
    await page.open();
    await page.send({ type: "prompt-pack", job: 2, choices });
    expect(page.of("prompt-pack").at(-1)?.pack.prompts[0]?.text).toContain("outcome");
    const given = { name: "pasted", strategy: "schema", asked: 20 } as const;
    const replies = [
      { ...given, source: reply(12) },
      { ...given, source: new File(["I am sorry, I cannot do that."], "no.txt") },
    ];
    await page.send({ type: "read-replies", job: 3, replies });
    const view = page.of("replies").at(-1)?.replies;
    expect(view?.all.asked).toBe(40);
    expect(view?.all.came).toBe(12);
    expect(new Set(view?.replies.map((one) => one.reply)).size).toBe(2);
    await page.send({ type: "drop-reply", job: 4, reply: view?.replies[1]?.reply ?? "" });
    expect(page.of("replies").at(-1)?.replies.all).toMatchObject({ asked: 20, came: 12 });

    const before = page.of("replies").length;
    const change = { type: "role", column: "age", role: "omit" } as const;
    await page.send({ type: "revise", job: 5, changes: [change] });
    expect(page.of("replies").length).toBe(before + 1);
    await page.open(
      "others.csv",
      csvTable(200, (i) => `${i};${i % 50};m;n;${i % 2 ? "x" : "y"}`),
    );
    await page.send({ type: "read-replies", job: 6, replies: [] });
    expect(page.of("replies").at(-1)?.replies.replies).toEqual([]);
  });

  test("that are too long are refused in words, and change nothing", async () => {
    const page = await studyPage();
    await page.open();
    const source = { size: 101 * 1024 * 1024 } as File;
    const long = { name: "long.txt", source, strategy: "plain", asked: 5 } as const;
    await page.send({ type: "read-replies", job: 2, replies: [long] });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 2, fault: { code: "replies-refused" } });
    expect(page.of("replies")).toEqual([]);
  });
});

describe("a table beside the open one", () => {
  test("is matched by its columns, as the person confirms it, and studies are asked of both", async () => {
    const page = await studyPage();
    await page.open();
    const other = new Blob([
      `Age;gender;outcome\n${Array.from({ length: 180 }, (_, i) => `${20 + (i % 60)};${i % 2 ? "f" : "m"};${i % 3 ? "no" : "yes"}`).join("\n")}\n`,
    ]);
    await page.send({ type: "open-second", job: 2, source: other, name: "north.csv" });
    const { second = "", facts } = page.of("second-opened").at(-1) ?? {};
    expect(facts).toMatchObject({ name: "north.csv", rows: 180 });
    expect(facts?.matches.find(({ column }) => column === "age")?.second).toBe("Age");
    const columns = { age: "Age", outcome: "outcome" };
    await page.send({ type: "match-second", job: 3, second, columns });
    const matches = page.of("second-opened").at(-1)?.facts.matches ?? [];
    expect(matches.find(({ column }) => column === "sex")).toEqual({
      column: "sex",
      reason: "left out",
      sure: 1,
    });
    const hospitals = async () => {
      await page.send({ type: "offer-studies", job: 4, second });
      return page
        .of("studies-offered")
        .at(-1)
        ?.offers.find(({ id }) => id === "hospitals");
    };
    expect((await hospitals())?.refused).toMatchObject({
      reason: expect.stringContaining("shares 2 columns"),
    });
    await page.send({ type: "match-second", job: 5, second, columns: { ...columns, sex: "gender" } });
    expect(await hospitals()).toMatchObject({ cells: expect.any(Number) });

    await page.send({ type: "match-second", job: 5, second, columns: { outcome: "Age" } });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 5, fault: { code: "study-refused" } });
    await page.send({ type: "offer-studies", job: 6, second: "gone" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 6, fault: { code: "bad-use" } });
  });

  test("is gone once everything is forgotten", async () => {
    const page = await studyPage();
    await page.open();
    const other = new Blob([
      `age;outcome\n${Array.from({ length: 60 }, (_, i) => `${20 + i};${i % 3}`).join("\n")}\n`,
    ]);
    await page.send({ type: "open-second", job: 2, source: other, name: "north.csv" });
    const { second = "" } = page.of("second-opened").at(-1) ?? {};
    await page.send({ type: "forget", job: 3 });
    await page.open();
    await page.send({ type: "offer-studies", job: 4, second });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "bad-use" } });
  });
});
