import { describe, expect, test } from "vitest";
import type { FoundRule } from "../../rules/constraint.ts";
import { readText } from "../../table/fixtures/read-text.ts";
import { askedRows } from "../fit/training-rows.ts";
import { checkRule } from "./check-rule.ts";
import { readRules, rulesToKeep } from "./keep-rules.ts";
import { listRules } from "./list-rules.ts";

/** 100 stays of which ten have no end; four patients are in ward Z. */
const stays = Array.from({ length: 100 }, (_, i) => {
  const arrived = (i * 37) % 90;
  return {
    arrived,
    left: i % 10 === 9 ? undefined : arrived + (i % 7),
    ward: i < 4 ? "Z" : i % 2 ? "A" : "B",
  };
});
const lines = stays.map(({ arrived, left, ward }, i) => [arrived, left ?? "", ward, `note ${i}`].join(","));
const late = stays.filter(({ arrived }) => arrived >= 50).length;
const early = stays.filter(({ left }) => left !== undefined && left < 3).length;
const { table } = await readText(`arrived,left,ward,note\n${lines.join("\n")}\n`, {
  changes: [{ type: "role", column: "note", role: "omit" }],
});
const train = askedRows(table, undefined);
const order: FoundRule = {
  constraint: { kind: "order", columns: ["arrived", "left"], strict: [false] },
  support: { rows: 90, broken: 0 },
  nearly: false,
};
const own = (text: string) => ({ text, on: true, by: "person" }) as const;
const pulse = (): Promise<void> => Promise.resolve();

describe("the list of rules", () => {
  test("says of each rule its kind, words, text, support and how it is kept", async () => {
    const {
      lines: list,
      troubles,
      rows,
    } = await listRules(
      { train, rules: [order] },
      [own("ward in (A, B, Z) and arrived < 50"), { ...own("left >= 3"), on: false }],
      pulse,
    );
    expect([rows, troubles.length]).toEqual([100, 1]);
    expect(list[0]).toMatchObject({
      index: 1,
      group: "found",
      rule: { text: "arrived <= left", on: true, by: "found" },
      kind: "Order",
      words: "left is at least arrived",
      held: "90 of 90",
      remark: "may fail in up to 3.3%",
      gap: "not asked of 10 rows",
      kept: "always, built in",
    });
    expect(list[1]).toMatchObject({
      held: `${100 - late} of 100`,
      remark: `${late} rows break it`,
      kept: expect.stringMatching(/^drawn to fit, or redrawn, up to \d+ in 100$/),
    });
    expect(list[2]).toMatchObject({ kept: "not kept while off", support: { rows: 90, broken: early } });
  });

  test("a rule about a column that is not learned, or about a rare level, must be settled", async () => {
    const list = await listRules(
      { train, rules: [] },
      [own("note is missing"), own('never ward = "Z"')],
      pulse,
    );
    expect(list.troubles.map(({ title, rules }) => [title, ...rules])).toEqual([
      ["Rule 2 names a rare level", 1],
      ["Rule 1 is about a column that is not learned", 0],
    ]);
    expect(() => rulesToKeep(list)).toThrow(/never ward/);
    const off = await listRules({ train, rules: [] }, [{ ...own("note is missing"), on: false }], pulse);
    expect(off.troubles).toEqual([]);
  });

  test("a fit is told the rules that are on, and refuses those that cannot be kept", async () => {
    const rules = [own("arrived <= left"), { ...own("left >= 3"), on: false }];
    expect(await readRules(rules, train)).toEqual({ rules: [order.constraint], found: new Set() });
    const found = await readRules([{ ...own("arrived <= left"), by: "found" }], train);
    expect([...found.found]).toEqual([order.constraint]);
    await expect(readRules([own("arrivd <= left")], train)).rejects.toMatchObject({
      fault: { code: "rule-impossible", text: "arrivd <= left" },
    });
  });

  test("rejects as its pulse does", async () => {
    const stop = (): Promise<void> => Promise.reject(new Error("enough"));
    await expect(listRules({ train, rules: [order] }, [], stop)).rejects.toThrow("enough");
  });
});

describe("a rule that is being written", () => {
  test("is read, said and asked of the training rows", () => {
    const check = checkRule("left >= arrived", train);
    expect(check).toMatchObject({ asked: "left >= arrived", text: "arrived <= left", kind: "Order" });
    expect(check.said.map(({ mark }) => mark)).toEqual(["ok", "ok", "note"]);
    expect(check.said[1]?.text).toBe("Held in all 90 training rows; may fail in up to 3.3% of patients.");
    expect(check.said[2]?.text).toContain("10 rows");
  });

  test("says which rows break it, and where it cannot be read", () => {
    expect(checkRule("left >= 3", train).said[1]).toMatchObject({
      mark: "bad",
      text: expect.stringContaining(`${early} of 90 training rows break it`),
    });
    const broken = checkRule("left >= arrivd", train);
    expect(broken).toMatchObject({
      at: 8,
      said: [{ mark: "bad", text: expect.stringContaining("arrived") }],
    });
    expect(broken.constraint).toBeUndefined();
  });

  test("is written for a form, and read back the same", () => {
    const rule = { kind: "range", column: "arrived", low: 0, high: 120 } as const;
    expect(checkRule(rule, train)).toMatchObject({ text: "arrived in 0..120", constraint: rule });
  });
});

describe("how a rule is kept", () => {
  test.each([
    ['if ward = "A" then left is missing', "always, built in"],
    ['if ward = "A" then left = arrived', "always, built in"],
    ["arrived multiple of 1", "always, built in"],
    ['never ward = "A" and arrived > 200', "drawn to fit, or redrawn"],
    ["left + arrived < 500", "drawn to fit, or redrawn"],
  ])("%s: %s", async (text, kept) => {
    const { lines: list } = await listRules({ train, rules: [] }, [own(text)], pulse);
    expect(list[0]?.kept).toContain(kept);
  });

  test("not at all where no row can meet it, whatever its kind", async () => {
    const { lines: list } = await listRules({ train, rules: [order] }, [own("left < arrived - 500")], pulse);
    expect(list.map(({ kept }) => kept)).toEqual(["always, built in", "cannot be kept"]);
  });
});
